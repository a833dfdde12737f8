"""Lines to blocks: a switch with all its lines, a section of the full form, or what is neither.

What a value means is for `values` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from rules.files.chinese import english_key
from rules.files.keys import known_keys
from rules.files.schema_written import Written
from rules.files.switches.calendar import looks_like_appointment
from rules.files.switches.lines import Line
from rules.files.switches.switch import Form, Switch
from rules.files.switches.table import BY_NAME, OWN_BY_NAME
from rules.text import fold

LITERAL: Final = ("|", "|-", "|+", ">", ">-", ">+")
BULLET: Final = re.compile(r"(?:[-－–—•·●◆*]+[ \t]*|[0-9]{1,2}[ ]?[.、)）．][ \t]*)(?=\S)")

_SEPARATOR: Final = re.compile(r"[:：﹕︰;；=＝]")
_BEHIND_A_NAME: Final = re.compile(r"[:：﹕︰;；=＝ \t\u00a0\u3000]")
_PLAIN_SEPARATOR: Final = re.compile(r"[:：﹕︰]")
_DECOR: Final = " \t\"'“”‘’「」『』【】[]《》*`"
_LONGEST_KEY: Final = 24  # characters; the longest name of a switch has 18
_SECTIONS: Final = frozenset(known_keys(Written, ()))

Names = Mapping[str, tuple[Switch, str]]


class Kind(StrEnum):
    """What a block is."""

    SWITCH = "switch"
    SECTION = "section"
    UNKNOWN = "unknown"
    UNREAD = "unread"
    LOOSE = "loose"


class Grace(NamedTuple):
    """Something that was read though it was written otherwise: a sentence and its values."""

    key: str
    values: Mapping[str, object]


class Keyed(Struct, frozen=True, kw_only=True):
    """A line that begins with the name of a switch."""

    switch: Switch
    language: str
    typed: str
    value: str
    column: int
    graces: tuple[Grace, ...] = ()


class Block(Struct, frozen=True, kw_only=True):
    """One thing that the file says, with the lines that belong to it."""

    kind: Kind
    line: Line
    keyed: Keyed | None = None
    key: str = ""
    rest: tuple[Line, ...] = ()

    @property
    def is_literal(self) -> bool:
        """Whether its text stands in the lines below, behind a `|`."""
        return self.keyed is not None and self.keyed.value in LITERAL


def keyed(line: Line, names: Names = BY_NAME) -> Keyed | None:
    """The switch that the line begins with, however its colon is written; None if there is none."""
    bullet = BULLET.match(line.says)
    start = bullet.end() if bullet is not None else 0
    says = line.says[start:]
    if _BEHIND_A_NAME.search(says) is None:
        return None
    graces = [Grace("bullet", {"sign": bullet[0].strip()})] if bullet is not None else []
    found = _separated(says, names) or _unseparated(says, names)
    if found is None:
        return None
    end, typed, sign = found
    switch, language = names[_letters(typed)]
    value = says[end:].lstrip()
    column = line.column + start + len(says) - len(value)
    graces += _of_key(typed, switch, language)
    graces += _of_sign(sign, says[end : end + 1], typed)
    return Keyed(
        switch=switch,
        language=language,
        typed=typed,
        value=value,
        column=column,
        graces=tuple(graces),
    )


def unknown_key(line: Line) -> str:
    """What stands where the name of a switch belongs; "" if the line is nothing of the kind."""
    found = _PLAIN_SEPARATOR.search(line.says)
    key = line.says[: found.start()].strip(_DECOR) if found is not None else ""
    return key if len(key) <= _LONGEST_KEY else ""


def blocks(lines: Iterable[Line]) -> tuple[Block, ...]:
    """The blocks of a file, in order; together they hold every line once."""
    said = tuple(lines)
    top = min((line.indent for line in said if not line.is_blank), default=0)
    found: list[Block] = []
    rests: list[list[Line]] = []
    waiting: list[Line] = []
    for line in said:
        if line.is_blank:
            waiting.append(line)
            continue
        if found and _belongs(line, found[-1], top) and not _ends(line, found[-1], rests[-1], top):
            rests[-1] += [*waiting, line]
        else:
            found += [*map(_loose, waiting), _begun(line, top)]
            rests += [[] for _ in range(len(found) - len(rests))]
        waiting = []
    whole = (replace(one, rest=tuple(rest)) for one, rest in zip(found, rests, strict=True))
    return (*whole, *map(_loose, waiting))


def _belongs(line: Line, last: Block, top: int) -> bool:
    """Whether a line goes on with the last block."""
    if last.kind is Kind.SECTION or last.is_literal:
        return line.indent > top or (last.kind is Kind.SECTION and line.says.startswith("- "))
    if last.kind is Kind.LOOSE or last.keyed is None:
        return False
    form = last.keyed.switch.form
    is_inside = line.indent > top
    if form is Form.RULES:
        return is_inside or keyed(line, OWN_BY_NAME) is not None or _is_item(line)
    if form is Form.LINES and is_inside:
        return True
    if form is Form.EXCEPTIONS or keyed(line) is not None:
        return is_inside and form is Form.EXCEPTIONS
    is_list = form is not Form.CALENDAR and not last.keyed.value and _is_item(line)
    return is_inside or is_list or (form is Form.CALENDAR and looks_like_appointment(line.says))


def _ends(line: Line, last: Block, rest: Sequence[Line], top: int) -> bool:
    """Whether a line of the file itself ends its own rules, which are indented, though they have
    lines of that name too.
    """
    is_top = line.indent <= top and keyed(line) is not None
    is_rules = last.keyed is not None and last.keyed.switch.form is Form.RULES
    inner = next((one.indent for one in rest if not one.is_blank), top)
    return is_top and is_rules and inner > top


def _is_item(line: Line) -> bool:
    return BULLET.match(line.says) is not None


def _begun(line: Line, top: int) -> Block:
    """A block that begins with the line."""
    found = keyed(line)
    section = _section(line) if found is None or found.switch.form is Form.RULES else ""
    if section and found is None:
        return Block(kind=Kind.SECTION, line=line, key=section)
    if found is not None:
        if line.indent > top:
            found = _graced(found, Grace("indented", {"key": found.typed}))
        if line.is_dirty:
            found = _graced(found, Grace("weird_space", {}))
        return Block(kind=Kind.SWITCH, line=line, keyed=found, key=found.switch.key)
    unknown = unknown_key(line)
    return Block(kind=Kind.UNKNOWN if unknown else Kind.UNREAD, line=line, key=unknown)


def _graced(found: Keyed, grace: Grace) -> Keyed:
    return replace(found, graces=(*found.graces, grace))


def _section(line: Line) -> str:
    """The section of the full form that the line opens, by its English key."""
    key, colon, _ = line.says.partition(":")
    meant = english_key(key.strip(), sorted(_SECTIONS))
    return meant if colon and meant in _SECTIONS else ""


def _loose(line: Line) -> Block:
    return Block(kind=Kind.LOOSE, line=line)


def _letters(text: str) -> str:
    return fold(text).letters


def _separated(says: str, names: Names) -> tuple[int, str, str] | None:
    found = _SEPARATOR.search(says)
    if found is None or _letters(says[: found.start()]) not in names:
        return None
    return found.end(), says[: found.start()].strip(), found[0]


def _unseparated(says: str, names: Names) -> tuple[int, str, str] | None:
    """A name with only a space behind it, the longest that there is."""
    for found in reversed(list(re.finditer(r"[ \t\u00a0\u3000]+(?=\S)", says[: _LONGEST_KEY * 2]))):
        if _letters(says[: found.start()]) in names:
            return found.end(), says[: found.start()].strip(), ""
    return None


def _of_key(typed: str, switch: Switch, language: str) -> list[Grace]:
    if typed.lower() in (name.lower() for name in switch.names(language)):
        return []
    return [Grace("spelled", {"typed": typed, "meant": _nearest(typed, switch, language)})]


def _nearest(typed: str, switch: Switch, language: str) -> str:
    same = (one for one in switch.names(language) if _letters(one) == _letters(typed))
    return next(same, switch.names(language)[0])


def _of_sign(sign: str, behind: str, typed: str) -> list[Grace]:
    if sign == "":
        return [Grace("no_colon", {"key": typed})]
    if sign != ":":
        return [Grace("colon", {"sign": sign})]
    if behind.strip():
        return [Grace("colon_space", {})]
    return []
