"""One more message that a rule file leaves alone: an example is written, every other byte stays.

An own rule gets it under `pass`, a rule of an extended file under an override of its own; how files
of switches have it is `rules.files.switches.leave`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from rules.files.chinese_words import KEYS
from rules.files.data import plain
from rules.files.effective import read_in_english
from rules.files.lint import list_of, map_of
from rules.files.nodes import ListNode, Node
from rules.files.switches.leave import leave, rows_of
from rules.files.switches.lines import decoded, encoded
from rules.files.switches.write import scalar as written
from rules.files.trees import child, entries_of, one_or_more, scalar
from rules.text import fold

_COMMENT: Final = re.compile("(?:^| )[#＃](?= |$)")
_LEFT: Final = "pass"


def example_of(text: str) -> str:
    """A message as an example: on one line, without what nobody sees; "" if it has no letter."""
    seen = "".join(one for one in " ".join(text.split()) if one.isprintable())
    line = _COMMENT.sub("", seen).strip()
    return line if fold(line).letters else ""


def leave_alone(source: bytes, example: str, rules: Sequence[str]) -> bytes | None:
    """The file in which these rules leave an example alone; None if it cannot be written in."""
    text = leave(source, example, rules)
    if text is None:
        text = _in_full_form(source, example, rules)
    return encoded(text, source) if text else None


def text_of(source: bytes) -> str:
    """What the file says, in whatever encoding; "" if it is no text."""
    said = decoded(source)
    return said[0] if said is not None else ""


def _in_full_form(source: bytes, example: str, rules: Sequence[str]) -> str:
    text = text_of(source)
    for rule in rules:
        ways = _ways(text, example, rule)
        text = next((way for way in ways if _is_meant(text, way, example, rule)), "")
    return text


def _ways(text: str, example: str, rule: str) -> Iterator[str]:
    """The text with the example written in, in one way after the other."""
    root, _ = read_in_english(text)
    rows = rows_of(text)
    found = _item(root, rule) if root is not None else None
    if root is None:
        yield from ()
    elif found is None:
        yield from _overridden(rows, root, example, rule)
    elif isinstance(left := child(found, _LEFT), ListNode):
        yield from _longer(rows, left, example)
    else:
        yield from _begun(rows, root, found, example)


def _longer(rows: list[str], left: ListNode, example: str) -> Iterator[str]:
    """The list goes on: in brackets behind the first of them, else below its last item."""
    line, column = left.place.line, left.place.column
    if rows[line - 1][column - 1] == "[":
        more = f"{_quoted(example)}, " if left.items else _quoted(example)
        yield _inserted(rows, line, column, more)
    else:
        item = f"{rows[line - 1][: column - 1]}- {written(example)}"
        yield _below(rows, left.items[-1].place.line, [item])
        yield _below(rows, line - 1, [item])


def _begun(rows: list[str], root: Node, rule: Node, example: str) -> Iterator[str]:
    """The rule gets its list: in braces behind the first of them, else below all that it says."""
    line, column = rule.place.line, rule.place.column
    key = _key(rows, root, _LEFT)
    if rows[line - 1][column - 1] == "{":
        yield _inserted(rows, line, column, f" {key}: [{_quoted(example)}],")
    else:
        margin = " " * (column - 1)
        new = [f"{margin}{key}:", f"{margin}  - {written(example)}"]
        yield _below(rows, _end(rows, root, rule), new)
        yield _below(rows, line, new)


def _overridden(rows: list[str], root: Node, example: str, rule: str) -> Iterator[str]:
    """A rule of another file is changed: behind the other rules of this one."""
    rules = child(root, "rules")
    use, left = _key(rows, root, "use"), _key(rows, root, _LEFT)
    line, column = (rules.place.line, rules.place.column) if isinstance(rules, ListNode) else (1, 3)
    margin = rows[line - 1][: column - 1] if isinstance(rules, ListNode) else "  "
    new = [f"{margin}- {use}: {rule}", f"{margin}  {left}:", f"{margin}    - {written(example)}"]
    if not isinstance(rules, ListNode):
        yield _below(rows, len(rows) - 1, [f"{_key(rows, root, 'rules')}:", *new])
    elif rows[line - 1][column - 1] == "[":
        more = ", " if rules.items else ""
        text = f"{{ {use}: {rule}, {left}: [{_quoted(example)}] }}{more}"
        yield _inserted(rows, line, column, text)
    else:
        yield _below(rows, _end(rows, root, rules.items[-1]), new)


def _end(rows: Sequence[str], root: Node, item: Node) -> int:
    """The number of the last line of an item of `rules` that says something."""
    begins = [one.place.line for one in one_or_more(child(root, "rules"))]
    begins += [key.place.line for key, _ in entries_of(root)]
    end = min((line for line in begins if line > item.place.line), default=len(rows) + 1) - 1
    while not rows[end - 1].strip() or rows[end - 1].lstrip().startswith("#"):
        end -= 1
    return end


def _below(rows: Sequence[str], line: int, new: Sequence[str]) -> str:
    """The text with new lines behind one of it, which end as the first does."""
    end = "\r" if rows[0].endswith("\r") else ""
    return "\n".join([*rows[:line], *(one + end for one in new), *rows[line:]])


def _inserted(rows: Sequence[str], line: int, column: int, more: str) -> str:
    """The text with something more behind one of its characters."""
    row = rows[line - 1]
    return "\n".join([*rows[: line - 1], row[:column] + more + row[column:], *rows[line:]])


def _quoted(example: str) -> str:
    return json.dumps(example, ensure_ascii=False)


def _key(rows: Sequence[str], root: Node, key: str) -> str:
    """The key in the language in which the file has its first one."""
    first = next((name for name, _ in entries_of(root)), None)
    is_english = first is None or rows[first.place.line - 1][first.place.column - 1].isascii()
    return key if is_english else KEYS[key][0]


def _item(root: Node, rule: str) -> Node | None:
    """The own rule of that id, or else the override of that rule alone."""
    items = one_or_more(child(root, "rules"))
    own = (one for one in items if scalar(child(one, "id")) == rule)
    used = (one for one in items if [scalar(each) for each in _used(one)] == [rule])
    return next(own, None) or next(used, None)


def _used(item: Node) -> tuple[Node, ...]:
    return one_or_more(child(item, "use"))


def _is_meant(before: str, after: str, example: str, rule: str) -> bool:
    """Whether the example, and nothing else, came to what the file says."""
    root, _ = read_in_english(before)
    again, faults = read_in_english(after)
    if again is None or faults or root is None:
        return False
    (old, rest), (new, others) = _taken_out(root, rule), _taken_out(again, rule)
    return sorted([*old, example]) == sorted(new) and rest == others


def _taken_out(root: Node, rule: str) -> tuple[list[str], object]:
    """The examples of a rule, and what the file says besides."""
    data = map_of(plain(root))
    rules = [map_of(one) for one in list_of(data.get("rules"))]
    item = _item(root, rule)
    places = [one.place for one in one_or_more(child(root, "rules"))]
    if item is None:
        return [], {**data, "rules": rules}
    at = places.index(item.place)
    texts = [str(one) for one in list_of(rules[at].get(_LEFT))]
    rest = {key: value for key, value in rules[at].items() if key != _LEFT}
    kept = [rest] if set(rest) - {"use"} else []
    return texts, {**data, "rules": [*rules[:at], *kept, *rules[at + 1 :]]}
