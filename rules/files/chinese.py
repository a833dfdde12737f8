"""The Chinese words of the full form: every key and every choice in words people say.

A file may use them, the English ones, or both. They are read as the English ones; nobody's file is
turned into the other language unasked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace
from pydantic import BaseModel

from rules.files.chinese_words import BESIDE, KEYS, WORDS
from rules.files.faults import Fault, quoted
from rules.files.keys import known_keys
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode
from rules.phrases import phrase


def english_key(typed: str, known: Iterable[str]) -> str:
    """The key that is meant by one as typed, of those that its place can have; else as typed."""
    return _meant(typed, known, KEYS)


def english_word(typed: str, known: Iterable[str]) -> str:
    """The word of a choice that is meant by one as typed; as typed if it is none of them."""
    return _meant(typed, known, WORDS)


def chinese_key(typed: str, known: Sequence[str]) -> str:
    """The Chinese spelling of a key, if it is one of those that its place can have."""
    meant = english_key(typed, known)
    beside = (BESIDE[meant, one] for one in known if (meant, one) in BESIDE)
    return next(beside, _spelled(meant, typed, known, KEYS))


def chinese_word(typed: str, known: Sequence[str]) -> str:
    """The Chinese spelling of a word of a choice; as typed if it is none of them."""
    return _spelled(english_word(typed, known), typed, known, WORDS)


def chinese_keys(known: Iterable[str]) -> list[str]:
    """All Chinese spellings of these keys."""
    return [spelling for one in known for spelling in KEYS.get(one, ())]


def chinese_words(known: Iterable[str]) -> list[str]:
    """All Chinese spellings of these words of a choice."""
    return [spelling for one in known for spelling in WORDS.get(one, ())]


def spellings_of(word: str) -> list[str | int]:
    """A word of a choice in both languages; a number also as what YAML takes it for."""
    return [word, *WORDS.get(word, ()), *([int(word)] if word.isdecimal() else [])]


def in_english(root: Node, model: type[BaseModel]) -> tuple[Node, list[Fault]]:
    """The nodes with English keys wherever `model` has keys; names of lists stay as they are.

    A key that stands twice, once in each language, is a fault.
    """
    translator = _Translator(model)
    return translator.translated(root, ()), translator.faults


class _Translator:
    """Walks through nodes along a model; `faults` grows as it walks."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.faults: list[Fault] = []
        self._model = model

    def translated(self, node: Node, loc: tuple[str | int, ...]) -> Node:
        if isinstance(node, MapNode):
            return replace(node, entries=self._entries(node, loc))
        if isinstance(node, ListNode) and not _is_of_texts(node):
            items = [self.translated(one, (*loc, n)) for n, one in enumerate(node.items)]
            return replace(node, items=tuple(items))
        return node

    def _entries(
        self, node: MapNode, loc: tuple[str | int, ...]
    ) -> tuple[tuple[ScalarNode, Node], ...]:
        known = known_keys(self._model, loc)
        typed: dict[str, ScalarNode] = {}
        entries: list[tuple[ScalarNode, Node]] = []
        for key, value in node.entries:
            meant = english_key(key.text, known)
            first = typed.setdefault(meant, key)
            if first.text != key.text:
                self._twice(key, first)
            inner = self.translated(value, (*loc, meant))
            entries.append((key if meant == key.text else replace(key, text=meant), inner))
        return tuple(entries)

    def _twice(self, key: ScalarNode, first: ScalarNode) -> None:
        message = phrase(
            "{one} and {other} are the same key", one=quoted(key.text), other=quoted(first.text)
        )
        hint = phrase("the first is in line {line}; keep one of them", line=first.place.line)
        self.faults.append(Fault(place=key.place, message=message, hint=hint))


def _is_of_texts(node: ListNode) -> bool:
    """Whether there is nothing to translate in a list, which may be one of 200,000 words."""
    return all(isinstance(one, ScalarNode) for one in node.items)


def _meant(typed: str, known: Iterable[str], table: dict[str, tuple[str, ...]]) -> str:
    if typed.isascii():
        return typed
    return next((one for one in known if typed in table.get(one, ())), typed)


def _spelled(
    meant: str, typed: str, known: Sequence[str], table: dict[str, tuple[str, ...]]
) -> str:
    return table.get(meant, (typed,))[0] if meant in known else typed
