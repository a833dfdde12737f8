"""What stands below `另外` and `规则`: switches of single groups, and an operator's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rules.files.switches.blocks import BULLET, Block, Kind, keyed
from rules.files.switches.lines import Line
from rules.files.switches.reading import setting
from rules.files.switches.switch import Form
from rules.files.switches.table import OWN_BY_NAME
from rules.files.switches.values import Remark, Remarks, Setting


class Exceptional(Struct, frozen=True, kw_only=True):
    """One group for which some switches differ."""

    title: str
    line: Line
    settings: Mapping[str, Setting]


class OwnRule(Struct, frozen=True, kw_only=True):
    """One rule in five plain lines."""

    line: Line
    settings: Mapping[str, Setting]


class OwnBlocks(Struct, frozen=True, kw_only=True):
    """The lines of one own rule: a block for each thing that it says, in order."""

    blocks: tuple[Block, ...]


class GroupBlocks(Struct, frozen=True, kw_only=True):
    """The line that names a group, and a block for each switch below it."""

    line: Line
    title: str
    blocks: tuple[Block, ...]


def group_blocks(block: Block) -> list[GroupBlocks]:
    """The groups below `另外`; the first has no title if a switch stands above all of them."""
    found: list[GroupBlocks] = []
    for line in block.rest:
        title = _title(line)
        if line.is_blank:
            continue
        if title:
            found.append(GroupBlocks(line=line, title=title, blocks=()))
            continue
        last = found[-1] if found else GroupBlocks(line=line, title="", blocks=())
        found[-1:] = [replace(last, blocks=_joined(last.blocks, line))]
    return found


def own_items(block: Block) -> tuple[list[OwnBlocks], list[Line]]:
    """The rules below `规则` in plain lines, and the lines of those in the full form."""
    plain: list[OwnBlocks] = []
    full: list[Line] = []
    is_plain = True
    for line in block.rest:
        if line.is_blank:
            continue
        bare, has_dash = _bare(line)
        last = plain[-1].blocks if plain and is_plain else ()
        found = keyed(bare, OWN_BY_NAME) if is_plain or has_dash else None
        is_example = has_dash and _takes_items(last)
        if found is not None and (not is_example or found.switch.key == "name"):
            begins = not last or found.switch.key == "name" or has_dash
            new = Block(kind=Kind.SWITCH, line=bare, keyed=found, key=found.switch.key)
            plain[len(plain) if begins else -1 :] = [
                OwnBlocks(blocks=(*(() if begins else last), new))
            ]
            is_plain = True
        elif last and (is_example or not has_dash):
            plain[-1] = OwnBlocks(blocks=_continued(last, line))
        else:
            is_plain = False
            full.append(line)
    return plain, full


def exceptional(group: GroupBlocks, remarks: Remarks) -> Exceptional:
    """The switches of one group, read."""
    found: dict[str, Setting] = {}
    for block in group.blocks:
        if block.keyed is None:
            _say(remarks, block.line, "unread", text=block.line.says)
        elif not block.keyed.switch.can_differ:
            _say(remarks, block.line, "not_here", key=block.keyed.typed)
        else:
            _take(block, found, remarks)
    if not group.title:
        _say(remarks, group.line, "no_group")
    return Exceptional(title=group.title, line=group.line, settings=found)


def own_rule(own: OwnBlocks, remarks: Remarks) -> OwnRule:
    """One own rule, read."""
    found: dict[str, Setting] = {}
    for block in own.blocks:
        _take(block, found, remarks)
    return OwnRule(line=own.blocks[0].line, settings=found)


def _take(block: Block, found: dict[str, Setting], remarks: Remarks) -> None:
    one = setting(block, remarks)
    if one is not None and one.key in found:
        _say(remarks, block.line, "twice", key=one.keyed.typed, first=found[one.key].line)
    elif one is not None:
        found[one.key] = one


def _say(remarks: Remarks, line: Line, sentence: str, **values: object) -> None:
    remarks.append(Remark("error", sentence, line.number, line.column, values))


def _title(line: Line) -> str:
    """The group that a line names: it ends with a colon, and is no switch."""
    bare, _ = _bare(line)
    if keyed(line) is not None or bare.says[-1:] not in (":", "："):
        return ""
    return bare.says[:-1].strip(" \t\"'“”‘’")


def _joined(blocks: tuple[Block, ...], line: Line) -> tuple[Block, ...]:
    found = keyed(line)
    if found is not None:
        new = Block(kind=Kind.SWITCH, line=line, keyed=found, key=found.switch.key)
        return (*blocks, new)
    if blocks and blocks[-1].keyed is not None and line.indent > blocks[-1].line.indent:
        return _continued(blocks, line)
    return (*blocks, Block(kind=Kind.UNREAD, line=line))


def _continued(blocks: tuple[Block, ...], line: Line) -> tuple[Block, ...]:
    last = blocks[-1]
    return (*blocks[:-1], replace(last, rest=(*last.rest, line)))


def _takes_items(blocks: Sequence[Block]) -> bool:
    """Whether a line with a dash is one more item of the list above it."""
    last = blocks[-1].keyed if blocks else None
    return last is not None and not last.value and last.switch.form in (Form.LIST, Form.LINES)


def _bare(line: Line) -> tuple[Line, bool]:
    """The line without its dash, and whether it had one."""
    bullet = BULLET.match(line.says)
    if bullet is None:
        return line, False
    end = bullet.end()
    return replace(line, says=line.says[end:], column=line.column + end), True


def own_rules(blocks: Sequence[OwnBlocks], remarks: Remarks) -> Iterator[OwnRule]:
    """All own rules, read; a name stands once."""
    names: set[str] = set()
    for own in blocks:
        rule = own_rule(own, remarks)
        name = rule.settings.get("name")
        text = getattr(name.value, "text", "") if name is not None else ""
        if not text:
            _say(remarks, rule.line, "no_name")
        elif text in names:
            _say(remarks, rule.line, "name_twice", name=text)
        elif "says" not in rule.settings:
            _say(remarks, rule.line, "no_says", name=text)
        else:
            yield rule
        names.add(text)
