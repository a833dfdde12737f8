"""An error of pydantic in the words of a rule file: what was expected, and what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from pydantic_core import ErrorDetails

from rules.files.faults import did_you_mean, one_of, quoted
from rules.files.lines import colon_slip
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode
from rules.files.refusals import ValueRefused
from rules.phrases import NOTHING, Key, Phrase, Word, either, phrase

_MAPPING: Final = phrase('a mapping ("key: value")')
_LIST: Final = phrase("a list")
_WHOLE: Final = phrase("a whole number")
_NUMBER: Final = phrase("a number")
_BOOL: Final = phrase("true or false")

_KINDS: Final = {
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "string_type": phrase("a text"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _BOOL,
    "bool_parsing": _BOOL,
}
"""What each of pydantic's type errors wants."""

_LIMITS: Final = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "string_too_short": "a text with a length of {min_length} or more",
    "string_too_long": "a text with a length of {max_length} or less",
    "string_pattern_mismatch": "a text like {pattern}",
    "too_short": "a list of {min_length} or more",
    "too_long": "a list of {max_length} or fewer",
}
"""What each of pydantic's limits wants, with the names of its values."""

_CHOICES: Final = {"literal_error": "expected", "enum": "expected"}
_CHOICE: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"|([^\s,'\"]+)")


Worded = tuple[Phrase, Phrase]
"""A message and its hint."""


class Wrong(Struct, frozen=True, kw_only=True):
    """An error of pydantic: its type, loc and words.

    `choices` is what it lists as allowed; `expected` what it wants in our words, none if it has
    words of its own; `tag_key` the key by which a union chooses a form, and `tag` what was found
    there.
    """

    type: str
    loc: tuple[str | int, ...]
    message: Phrase
    hint: Phrase = NOTHING
    choices: tuple[str, ...] = ()
    expected: tuple[Phrase, ...] = ()
    tag_key: str = ""
    tag: str = ""

    @classmethod
    def of(cls, error: ErrorDetails) -> Wrong:
        """Take from an error what is needed to say it."""
        context: Mapping[str, Any] = error.get("ctx", {})
        choices = _choices(error["type"], context)
        refused = context.get("error")
        if not isinstance(refused, ValueRefused):
            refused = ValueRefused(phrase("{text}", text=context.get("error", error["msg"])))
        return cls(
            type=error["type"],
            loc=error["loc"],
            message=refused.message,
            hint=refused.hint,
            choices=choices,
            expected=_expected(error["type"], context, choices),
            tag_key=_tag_key(str(context.get("discriminator", ""))),
            tag=str(context.get("tag", "")),
        )


def fits(wrong: Wrong, node: Node) -> bool:
    """Whether the node is at least of the shape (mapping, list or text) that was expected."""
    wanted = _KINDS.get(wrong.type)
    if wanted == _MAPPING:
        return isinstance(node, MapNode)
    if wanted == _LIST:
        return isinstance(node, ListNode)
    return isinstance(node, ScalarNode) or not (wanted or wrong.choices)


def worded(wrong: Wrong, node: Node, keys: Sequence[str] = ()) -> Worded:
    """The message and the hint of an error at `node`, whose mapping can have `keys`."""
    if wrong.type == "missing":
        last = wrong.loc[-1]
        if isinstance(last, int):
            return phrase("missing item {number} of the list", number=last + 1), NOTHING
        return _missing_key(last), NOTHING
    if wrong.type == "union_tag_not_found":
        return _no_tag(wrong, node, keys)
    if not wrong.expected:
        return wrong.message, wrong.hint
    found = quoted(wrong.tag) if wrong.tag else _found(wrong, node)
    message = phrase("expected {what}, found {found}", what=either(wrong.expected), found=found)
    return message, _hint(wrong, node)


def _no_tag(wrong: Wrong, node: Node, keys: Sequence[str]) -> Worded:
    if not isinstance(node, MapNode):
        message = phrase("expected {what}, found {found}", what=_MAPPING, found=_found(wrong, node))
        return message, _hint(wrong, node)
    if wrong.tag_key:
        return _missing_key(wrong.tag_key), NOTHING
    known = one_of([Key(key) for key in keys])
    return phrase("expected one of the keys {keys}", keys=known), NOTHING


def _missing_key(name: str) -> Phrase:
    return phrase("missing key {key}", key=quoted(Key(name)))


def _hint(wrong: Wrong, node: Node) -> Phrase:
    text = wrong.tag or (node.text if isinstance(node, ScalarNode) else "")
    if wrong.choices and text:
        return did_you_mean(text, wrong.choices)
    is_plain = isinstance(node, ScalarNode) and not node.quoted
    wants_mapping = _MAPPING in wrong.expected or wrong.type == "union_tag_not_found"
    slip = colon_slip(text, node.place) if is_plain and wants_mapping else None
    return (slip.hint or slip.message) if slip is not None else NOTHING


def _found(wrong: Wrong, node: Node) -> Phrase:
    if isinstance(node, ScalarNode):
        return phrase("nothing") if node.is_empty else quoted(node.text)
    if wrong.type in ("too_short", "too_long"):
        count = len(node.items if isinstance(node, ListNode) else node.entries)
        return phrase("{count}", count=count)
    return _LIST if isinstance(node, ListNode) else phrase("a mapping")


def _choices(kind: str, context: Mapping[str, Any]) -> tuple[str, ...]:
    """The words that an error lists as allowed; pydantic gives them as `'a', 'b' or 'c'`."""
    listed_as = str(context.get(_CHOICES.get(kind, "expected_tags"), ""))
    found = (_CHOICE.fullmatch(one) for one in re.split(r", | or ", listed_as))
    return tuple(next(filter(None, one.groups()), "") for one in found if one is not None)


def _expected(
    kind: str, context: Mapping[str, Any], choices: tuple[str, ...]
) -> tuple[Phrase, ...]:
    if choices:
        return tuple(quoted(Word(choice)) for choice in choices)
    if kind in _LIMITS:
        return (phrase(_LIMITS[kind], **context),)
    return (_KINDS[kind],) if kind in _KINDS else ()


def _tag_key(discriminator: str) -> str:
    """The key that a union looks at: pydantic gives `'do'` for a key and `f()` for a function."""
    found = _CHOICE.fullmatch(discriminator)
    return (found[1] or "") if found is not None else ""
