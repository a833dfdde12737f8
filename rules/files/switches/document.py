"""A file of switches: its text to everything that it says, with remarks at their lines.

It holds what stands in the file; defaults and what follows for the rules are left to `expand`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from rules.files.chinese import english_key, english_word, in_english
from rules.files.chinese_words import KEYS
from rules.files.faults import Fault, nearest
from rules.files.keys import known_keys
from rules.files.nodes import MapNode, Node, ScalarNode, read
from rules.files.schema_written import Written
from rules.files.switches.blocks import Block, Kind, blocks
from rules.files.switches.lines import UTF8, Line, decoded, lines
from rules.files.switches.nested import (
    Exceptional,
    OwnRule,
    exceptional,
    group_blocks,
    own_items,
    own_rules,
)
from rules.files.switches.reading import setting
from rules.files.switches.switch import EN, ZH, Form
from rules.files.switches.table import SWITCHES
from rules.files.switches.values import Picked, Remark, Remarks, Setting, Text
from rules.files.trees import scalar

PLACEHOLDERS: Final = ("新人", "newcomer", "names", "name", "member", "成员", "n", "about")
FULL_FORM: Final = ("schema", "pack")
"""Whoever writes one of these has written the full form."""

# The same without a look at every line: a list of 200,000 words is no switch.
_PLAINLY_FULL: Final = re.compile(
    rf"^(?:{'|'.join((*FULL_FORM, *KEYS['schema']))}): ", re.MULTILINE
)

_KEYS: Final = tuple(known_keys(Written, ()))
_SPOKEN: Final = {"zh-CN": ZH, "en": EN}
_PLACEHOLDER: Final = re.compile(r"\{([^{}\s]+)\}")
_ASKING: Final = ("ask", "first_ask", "punish")


class Document(Struct, frozen=True, kw_only=True):
    """Everything that a file of switches says.

    `written` are the switches that stand there, readable or not; `sections` are entries of the full
    form, with English keys; `faults` are those of their text.
    """

    language: str
    settings: Mapping[str, Setting]
    written: frozenset[str] = frozenset()
    exceptions: tuple[Exceptional, ...] = ()
    rules: tuple[OwnRule, ...] = ()
    sections: tuple[tuple[ScalarNode, Node], ...] = ()
    remarks: tuple[Remark, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def speaks(self) -> str:
        """The language of what the bot says: that of the file, unless `locale` names another."""
        said = next((scalar(value) for key, value in self.sections if key.text == "locale"), "")
        return _SPOKEN.get(english_word(said, _SPOKEN), self.language)


def is_switches(found: Sequence[Block]) -> bool:
    """Whether the blocks of a file are switches, and not the full form."""
    sections = {one.key for one in found if one.kind is Kind.SECTION}
    return not sections & set(FULL_FORM) and any(map(_is_one, found))


def _is_one(block: Block) -> bool:
    """Whether a block can only be a switch: its name is none of the full form's."""
    if block.keyed is None:
        return False
    if block.keyed.switch.form is Form.RULES:
        return bool(own_items(block)[0])
    return english_key(block.keyed.typed, _KEYS) not in _KEYS


def document(source: bytes | str) -> Document | None:
    """What a file of switches says; None if it is none."""
    text = decoded(source)
    if text is None or _PLAINLY_FULL.search(text[0]) is not None:
        return None
    found = blocks(lines(text[0]))
    if not is_switches(found):
        return None
    remarks: Remarks = []
    if text[1] != UTF8:
        remarks.append(Remark("note", "encoding", 1, 1, {"name": text[1]}))
    return _Reader(text[0], found, remarks).read()


class _Reader:
    """Reads block after block; what it finds grows."""

    def __init__(self, text: str, found: Sequence[Block], remarks: Remarks) -> None:
        self._text = text
        self._blocks = found
        self._remarks = remarks
        self._settings: dict[str, Setting] = {}
        self._first: dict[str, Block] = {}
        self._exceptions: tuple[Exceptional, ...] = ()
        self._rules: tuple[OwnRule, ...] = ()
        self._full: list[Line] = []
        self._language = language_of(found)

    def read(self) -> Document:
        """The whole file."""
        for block in self._blocks:
            self._take(block)
        self._check()
        sections, faults = self._sections()
        return Document(
            language=self._language,
            settings=self._settings,
            written=frozenset(self._first),
            exceptions=self._exceptions,
            rules=self._rules,
            sections=sections,
            remarks=tuple(self._remarks),
            faults=tuple(faults),
        )

    def _take(self, block: Block) -> None:
        if block.kind is Kind.SECTION:
            self._full += [block.line, *block.rest]
        elif block.kind is Kind.UNKNOWN:
            meant = nearest(block.key, _names(self._language)) or ""
            self._say(block, "unknown", key=block.key, meant=meant)
        elif block.kind is Kind.UNREAD:
            self._say(block, "unread", text=block.line.says)
        elif block.keyed is not None and self._is_first(block):
            self._take_switch(block, block.keyed.switch.form)

    def _is_first(self, block: Block) -> bool:
        first = self._first.setdefault(block.key, block)
        if first is not block and block.keyed is not None:
            self._say(block, "twice", key=block.keyed.typed, first=first.line.number)
        return first is block

    def _take_switch(self, block: Block, form: Form) -> None:
        if form is Form.RULES:
            plain, full = own_items(block)
            self._rules = tuple(own_rules(plain, self._remarks))
            self._full += [block.line, *full] if full else []
        elif form is Form.EXCEPTIONS:
            groups = group_blocks(block)
            self._exceptions = tuple(exceptional(one, self._remarks) for one in groups)
        else:
            one = setting(block, self._remarks)
            if one is not None:
                self._settings[block.key] = one

    def _say(self, block: Block, sentence: str, **values: object) -> None:
        line = block.line
        self._remarks.append(Remark("error", sentence, line.number, line.column, values))

    def _check(self) -> None:
        """What must hold between the lines."""
        groups = self._first.get("groups")
        if groups is not None and "groups" not in self._settings:
            self._remarks.append(Remark("error", "empty_groups", groups.line.number, 1, {}))
        for one in _every(self._settings, self._exceptions, self._rules):
            self._check_one(one)
        if not {"owner", "admin_chat", "admins"} & self._first.keys():
            self._check_nobody()

    def _check_one(self, one: Setting) -> None:
        text = one.value.text if isinstance(one.value, Text) else ""
        if one.key == "welcome":
            for name in _PLACEHOLDER.findall(text):
                if name not in PLACEHOLDERS:
                    known = "{新人}" if self._language == ZH else "{newcomer}"
                    self._refuse(one, "placeholder", name=name, known=known)
        if one.key == "full" and not re.search("[0-9]", text):
            self._refuse(one, "full")

    def _check_nobody(self) -> None:
        """Who is to be asked, if nobody is named?"""
        asking = [
            one for one in _every(self._settings, self._exceptions, self._rules) if _asks(one)
        ]
        for one in asking:
            value = (
                one.value.choice.written(self._language) if isinstance(one.value, Picked) else ""
            )
            self._refuse(one, "nobody", value=value)
        if not asking:
            self._remarks.append(Remark("note", "nobody_yet", 1, 1, {}))

    def _refuse(self, one: Setting, sentence: str, **values: object) -> None:
        filled = {"key": one.keyed.typed, **values}
        self._remarks.append(Remark("error", sentence, one.line, one.keyed.column, filled))

    def _sections(self) -> tuple[tuple[tuple[ScalarNode, Node], ...], list[Fault]]:
        """The sections of the full form, read where they stand."""
        if not self._full:
            return (), []
        kept = {line.number: line.raw for line in self._full}
        count = self._text.count("\n") + 1
        root, faults = read("\n".join(kept.get(n, "") for n in range(1, count + 1)))
        if not isinstance(root, MapNode):
            return (), faults
        english, twice = in_english(root, Written)
        entries = english.entries if isinstance(english, MapNode) else ()
        return tuple(entries), [*faults, *twice]


def _every(
    settings: Mapping[str, Setting], groups: Sequence[Exceptional], rules: Sequence[OwnRule]
) -> list[Setting]:
    nested = [*(group.settings for group in groups), *(rule.settings for rule in rules)]
    return [one for said in (settings, *nested) for one in said.values()]


def _asks(one: Setting) -> bool:
    if not isinstance(one.value, Picked):
        return False
    key = one.value.choice.key
    return key in _ASKING or (one.key == "mode" and key == "enforce")


def language_of(found: Sequence[Block]) -> str:
    """The language of most switches; with as many of each, Chinese."""
    keys = [one.keyed.language for one in found if one.keyed is not None]
    return EN if keys.count(EN) > keys.count(ZH) else ZH


def _names(language: str) -> list[str]:
    return [name for one in SWITCHES for name in one.names(language)]
