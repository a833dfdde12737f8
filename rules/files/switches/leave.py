"""One more message that a file of switches leaves alone, and every other byte as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rules.files.switches.blocks import Block, blocks
from rules.files.switches.document import is_switches, language_of
from rules.files.switches.edit import place_of
from rules.files.switches.lines import decoded, lines
from rules.files.switches.nested import OwnBlocks, own_items
from rules.files.switches.own import short
from rules.files.switches.reading import setting
from rules.files.switches.table import BY_KEY, OWN
from rules.files.switches.values import Text, texts_of
from rules.files.switches.write import meaning, scalar

LEFT: Final = "pass"
_OWN: Final = next(one for one in OWN if one.key == LEFT)


def leave(source: bytes | str, example: str, rules: Sequence[str]) -> str | None:
    """The file with an example, which is one line, under `这些别管`; "" if it has no place there.

    It goes to the own rule if that is the only one of `rules`, else to the list of the whole file.
    None: it is no file of switches.
    """
    text = decoded(source)
    found = blocks(lines(text[0])) if text is not None else ()
    if text is None or not is_switches(found):
        return None
    places = [*(rules if len(rules) == 1 and rules[0] in _owns(found) else ()), ""]
    tried = (_put(text[0], found, place, example) for place in places)
    return next((written for written in tried if written), "")


def rows_of(text: str) -> list[str]:
    """The lines of a text with what stands before each \\n; behind the last one there is one."""
    end = "\r" if "\r\n" in text else ""
    return text.split("\n") if text.endswith("\n") else [*f"{text}{end}".split("\n"), ""]


def _put(text: str, found: Sequence[Block], place: str, example: str) -> str:
    """The text with the example at a place: an own rule's id, or "" for the whole file.

    "" if it would be read otherwise than meant.
    """
    rows = rows_of(text)
    end = "\r" if rows[0].endswith("\r") else ""
    own = _owns(found)[place].blocks if place else ()
    item = f"- {scalar(example)}"
    block = next((one for one in own or found if one.key == LEFT), None)
    if block is not None:
        _go_on(rows, block, item, end)
    else:
        at = _end(own[-1]) if own else place_of(found, LEFT)
        margin = " " * (own[0].line.column - 1) if own else ""
        key = (_OWN if own else BY_KEY[LEFT]).names(language_of(found))[0]
        rows[at:at] = [f"{margin}{key}:{end}", f"{margin}  {item}{end}"]
    written = "\n".join(rows)
    wanted = _examples(found)
    wanted[place] = (*wanted.get(place, ()), example)
    again = blocks(lines(written))
    return written if _examples(again) == wanted and _rest(again) == _rest(found) else ""


def _go_on(rows: list[str], block: Block, item: str, end: str) -> None:
    """Write an item behind the last of a list; one that stands behind the key goes below it."""
    at = block.line.number - 1
    below = [rows[one.number - 1] for one in block.rest if not one.is_blank]
    margin = _margin(below[0]) if below else f"{_margin(rows[at])}  "
    new = [f"{margin}{item}{end}"]
    if block.keyed is not None and block.keyed.value:
        typed = rows[at].index(block.keyed.value, block.keyed.column - 1)
        new.insert(0, f"{margin}- {rows[at][typed:]}")
        rows[at] = rows[at][:typed].rstrip() + end
    rows[_end(block) : _end(block)] = new


def _margin(row: str) -> str:
    return row[: len(row) - len(row.lstrip())]


def _end(block: Block) -> int:
    """The number of the last line of a block that says something."""
    return max((one.number for one in block.rest if not one.is_blank), default=block.line.number)


def _owns(found: Sequence[Block]) -> dict[str, OwnBlocks]:
    """The own rules in plain lines by their ids."""
    plain = [own for block in found if block.key == "rules" for own in own_items(block)[0]]
    return {f"own-{short(_name(own))}": own for own in plain}


def _name(own: OwnBlocks) -> str:
    read = [setting(one, []) for one in own.blocks if one.key == "name"]
    values = [one.value for one in read if one is not None]
    return values[0].text if values and isinstance(values[0], Text) else ""


def _examples(found: Sequence[Block]) -> dict[str, tuple[str, ...]]:
    """What is left alone, by own rule; by "" what the whole file leaves alone."""
    owns: Mapping[str, Sequence[Block]] = {key: own.blocks for key, own in _owns(found).items()}
    return {
        key: texts_of(setting(block, []))
        for key, said in {"": found, **owns}.items()
        for block in said
        if block.key == LEFT
    }


def _rest(found: Sequence[Block]) -> list[object]:
    """What the file says besides."""
    others = [block for block in found if block.key not in (LEFT, "rules")]
    owns = [[one for one in own.blocks if one.key != LEFT] for own in _owns(found).values()]
    return [meaning(others), *map(meaning, owns)]
