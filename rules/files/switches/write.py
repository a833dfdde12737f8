"""Switches written cleanly: strict YAML, with the comments, the order and the language of the file.

Only when asked for it is a file rewritten into the other language. What it means never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

import yaml

from rules.files.chinese import english_key
from rules.files.switches.blocks import Block, Keyed, Kind, blocks
from rules.files.switches.document import is_switches, language_of
from rules.files.switches.expand import LOCALE
from rules.files.switches.lines import Line, decoded, lines
from rules.files.switches.nested import group_blocks, own_items
from rules.files.switches.reading import setting, span_written
from rules.files.switches.switch import ZH, Form
from rules.files.switches.values import (
    Calendar,
    Items,
    Picked,
    Setting,
    Span,
    Steps,
    StepValue,
    Text,
    Value,
)

_NEWCOMER: Final = {ZH: ("{newcomer}", "{新人}"), "en": ("{新人}", "{newcomer}")}
_STEP: Final = {"warn": ("提醒", "remind"), "remove": ("请出", "remove")}
_UNIT: Final = {"d": "天", "h": "小时", "m": "分钟"}


def clean(source: bytes | str, *, to: str = "") -> str | None:
    """The file in its clean form, in its own language or in `to`; None if it is no switches.

    A line that cannot be read stays as it is.
    """
    text = decoded(source)
    found = blocks(lines(text[0])) if text is not None else ()
    if text is None or not is_switches(found):
        return None
    body = _whole(found, to)
    written = _said_anyway(body, found, to) + _kept(found, to)
    same = meaning(blocks(lines(body))) == meaning(found)
    same = same and _whole(blocks(lines(written)), to) == written
    return written if same else text[0]


def meaning(found: Iterable[Block]) -> list[object]:
    """What blocks say, whatever they look like: equal for two files that mean the same."""
    return [_meant(block) for block in found if block.kind is not Kind.LOOSE]


def inline(value: Value, language: str) -> str | None:
    """A value as it stands behind its key in one line; None if it needs lines of its own."""
    match value:
        case Picked():
            return value.choice.written(language, value.n)
        case Span():
            return span_written(value)
        case Items():
            return scalar(("、" if language == ZH else ", ").join(value.texts))
        case Steps():
            joined = "、" if language == ZH else ", "
            return joined.join(_step(step, language) for step in value.steps)
        case Text():
            old, new = _NEWCOMER[language]
            text = value.text.replace(old, new)
            return scalar(text) if "\n" not in text else None
        case Calendar():
            return None  # its lines stand below the key
        case _:
            assert_never(value)


def scalar(text: str) -> str:
    """The text as strict YAML: plain if that is read as the same text, else in quotes."""
    return text if _is_plain(text) else "'" + text.replace("'", "''") + "'"


def _is_plain(text: str) -> bool:
    try:
        return bool(yaml.load(f"k: {text}", Loader=yaml.CSafeLoader) == {"k": text})
    except (yaml.YAMLError, ValueError):
        return False


def _kept(found: Sequence[Block], to: str) -> str:
    """What the language of a file decided before it was rewritten: what the bot speaks."""
    language = language_of(found)
    said = {english_key(block.key, ("locale",)) for block in found if block.kind is Kind.SECTION}
    return _locale(language) if to not in ("", language) and "locale" not in said else ""


def _locale(language: str) -> str:
    return f"locale: {LOCALE[language]}\n"


def _said_anyway(body: str, found: Sequence[Block], to: str) -> str:
    """The text without the last line that its own language says from here on."""
    return body.removesuffix(_locale(to)) if to not in ("", language_of(found)) else body


def _whole(found: Sequence[Block], to: str) -> str:
    written = [line for block in found for line in _block(block, to)]
    return "\n".join(written).rstrip("\n") + "\n"


def _block(block: Block, to: str) -> Iterator[str]:
    if block.kind is Kind.LOOSE:
        yield _loose(block.line)
    elif block.keyed is None:
        yield from (line.raw.rstrip() for line in (block.line, *block.rest))
    elif block.keyed.switch.form is Form.EXCEPTIONS:
        yield from _exceptions(block, block.keyed, to)
    elif block.keyed.switch.form is Form.RULES:
        yield from _rules(block, block.keyed, to)
    else:
        yield from _switch(block, "", to)


def _loose(line: Line) -> str:
    """A blank line, or a comment; a ruler becomes one."""
    body = line.raw.strip(" \t\u3000\u00a0")
    if not body or body[0] == "#":
        return line.raw.rstrip().expandtabs(4) if body else ""
    return f"#{body[1:]}" if body[0] == "＃" else f"# {body}"


def _switch(block: Block, margin: str, to: str, dash: str = "") -> Iterator[str]:
    """A switch with its lines; as it stands, if it cannot be read."""
    one = setting(block, [])
    if block.keyed is None or one is None:
        yield from (margin + line.raw.strip() for line in (block.line, *block.rest))
        return
    language = to or block.keyed.language
    key = f"{margin}{dash}{_name(block.keyed, to)}:"
    deeper = margin + " " * len(dash) + "  "
    value = one.value
    is_list = isinstance(value, Calendar) or (isinstance(value, Items) and not value.in_line)
    text = None if is_list else inline(value, _language(one, to))
    if text is not None:
        yield from _asides(block, margin)
        yield _with_comment(f"{key} {text}", block.line)
    elif isinstance(value, Text):
        yield from _asides(block, margin)
        yield _with_comment(f"{key} |-", block.line)
        yield from (deeper + line if line else "" for line in _said(value, language).split("\n"))
    else:
        yield _with_comment(key, block.line)
        yield from _listed(block, one, deeper, language)


def _listed(block: Block, one: Setting, margin: str, language: str) -> Iterator[str]:
    """The items of a list below its key, each with the comment behind it."""
    by_line: dict[int, list[str]] = {}
    if isinstance(one.value, Items):
        for item in one.value.items:
            by_line.setdefault(item.line, []).append(f"- {scalar(item.text)}")
    if isinstance(one.value, Calendar):
        for each in one.value.appointments:
            by_line.setdefault(each.line, []).append(f"{each.when(language)} {scalar(each.say)}")
    for line in (block.line, *block.rest):
        found = by_line.get(line.number, [])
        if line.is_blank and line is not block.line:
            yield _loose(line)
        for n, text in enumerate(found):
            at = line if line is not block.line and n == 0 else None
            yield _with_comment(margin + text, at)


def _exceptions(block: Block, keyed: Keyed, to: str) -> Iterator[str]:
    yield _with_comment(f"{_name(keyed, to)}:", block.line)
    waiting = [line for line in block.rest if line.is_blank]
    for group in group_blocks(block):
        yield from _flushed(waiting, group.line.number)
        if group.title:
            yield _with_comment(f"  {scalar(group.title)}:", group.line)
        for one in group.blocks:
            yield from _flushed(waiting, one.line.number)
            yield from _switch(one, "    ", to)
    yield from _flushed(waiting, None)


def _rules(block: Block, keyed: Keyed, to: str) -> Iterator[str]:
    """Own rules; a block that holds rules of the full form stays as it is."""
    plain, full = own_items(block)
    if full:
        yield from (line.raw.rstrip() for line in (block.line, *block.rest))
        return
    yield _with_comment(f"{_name(keyed, to)}:", block.line)
    waiting = [line for line in block.rest if line.is_blank]
    for own in plain:
        for n, one in enumerate(own.blocks):
            yield from _flushed(waiting, one.line.number)
            yield from _switch(one, "  " if n == 0 else "    ", to, "- " if n == 0 else "")
    yield from _flushed(waiting, None)


def _flushed(waiting: list[Line], before: int | None) -> Iterator[str]:
    """The comments that stand above a line."""
    while waiting and (before is None or waiting[0].number < before):
        yield _loose(waiting.pop(0))


def _asides(block: Block, margin: str) -> Iterator[str]:
    """Comments behind lines that become one line; they go above it."""
    for line in () if block.is_literal else block.rest:
        comment = line.comment or (line.raw.strip() if line.is_blank else "")
        if comment:
            yield f"{margin}# {comment.lstrip('#＃ ')}".rstrip()


def _with_comment(text: str, line: Line | None) -> str:
    if line is None or not line.comment:
        return text
    gap = line.gap.expandtabs(4).replace("\u3000", "  ").replace("\u00a0", " ")
    return f"{text}{gap}#{line.comment[1:]}".rstrip()


def _name(keyed: Keyed, to: str) -> str:
    return keyed.switch.names(to or keyed.language)[0]


def _language(one: Setting, to: str) -> str:
    if to:
        return to
    return one.value.language if isinstance(one.value, Picked) else one.keyed.language


def _said(value: Text, language: str) -> str:
    old, new = _NEWCOMER[language]
    return value.text.replace(old, new)


def _step(step: StepValue, language: str) -> str:
    if step.do in _STEP:
        return _STEP[step.do][0 if language == ZH else 1]
    if language == ZH:
        return f"歇{step.number}{_UNIT[step.unit]}"
    return f"mute {step.number}{step.unit}"


def _meant(block: Block) -> object:
    if block.keyed is None:
        return [line.raw.rstrip() for line in (block.line, *block.rest) if not line.is_blank]
    if block.keyed.switch.form is Form.EXCEPTIONS:
        return [(one.title, meaning(one.blocks)) for one in group_blocks(block)]
    if block.keyed.switch.form is Form.RULES:
        plain, full = own_items(block)
        return [meaning(one.blocks) for one in plain], [line.raw.rstrip() for line in full]
    one = setting(block, [])
    return block.key, _bare(one.value) if one is not None else block.line.says


def _bare(value: Value) -> object:
    """The value without the places and the language in which it was written."""
    match value:
        case Picked():
            return value.choice.key, value.n
        case Items():
            return value.texts
        case Calendar():
            return [(one.cron, one.say) for one in value.appointments]
        case Text():
            return value.text.replace(*_NEWCOMER[ZH])
        case Span() | Steps():
            return value
        case _:
            assert_never(value)
