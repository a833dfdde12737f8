"""Sentences for operators that can be said in another language after they were made.

A sentence is an English template with its values. Which languages there are is for the callers to
say; the tables of rule files are in `rules.files.tongue`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Final

from msgspec import Struct

Spellings = Mapping[str, Sequence[str]]


class Tongue(Struct, frozen=True):
    """A language: its sentence for each English template, and what it calls keys, words and things.

    In a sentence `{@mode}` is a key of rule files and `{=mute}` a word of a choice, both as the
    file spells them. What a table does not have is said in English.
    """

    sentences: Mapping[str, str] = {}
    keys: Spellings = {}
    words: Spellings = {}
    nouns: Spellings = {}

    def key(self, english: str) -> str:
        """What a key is called."""
        return self.keys.get(english, (english,))[0]

    def word(self, english: str) -> str:
        """What a word of a choice is called."""
        return self.words.get(english, (english,))[0]

    def noun(self, english: str) -> str:
        """What a thing is called, whatever the file calls it."""
        return self.nouns.get(english, (english,))[0]


ENGLISH: Final = Tongue()


class Phrase(str):
    """A sentence, or a part of one: as a text it is as it was last said, at first in English.

    `template` is the English sentence and stays; values that are phrases are said with it.
    """

    template: str = ""
    values: Mapping[str, object] = {}

    def said(self, tongue: Tongue) -> Phrase:
        """The same in a language."""
        values = {
            name: one.said(tongue) if isinstance(one, Phrase) else one
            for name, one in self.values.items()
        }
        sentence = tongue.sentences.get(self.template, self.template)
        made = Phrase(sentence.format_map(_Filled(tongue, values)))
        made.template, made.values = self.template, self.values
        return made


class Key(Phrase):
    """A key of rule files, by its English name."""

    def said(self, tongue: Tongue) -> Phrase:
        """The key as the file spells keys."""
        return _named(Key(tongue.key(self.template or self)), self.template or self)


class Word(Phrase):
    """A word of a choice, by its English name."""

    def said(self, tongue: Tongue) -> Phrase:
        """The word as the file spells words."""
        return _named(Word(tongue.word(self.template or self)), self.template or self)


class Noun(Phrase):
    """What a word of a choice stands for, by its English name: a platform, a kind of messages."""

    def said(self, tongue: Tongue) -> Phrase:
        """The thing as people call it."""
        return _named(Noun(tongue.noun(self.template or self)), self.template or self)


class _Filled(dict[str, object]):
    """The values of a sentence; names of keys and of words are looked up."""

    def __init__(self, tongue: Tongue, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self._tongue = tongue

    def __missing__(self, name: str) -> str:
        kind, english = name[:1], name[1:]
        return self._tongue.key(english) if kind == "@" else self._tongue.word(english)


def phrase(template: str, /, **values: object) -> Phrase:
    """A sentence with its values filled in."""
    made = Phrase()
    made.template, made.values = template, values
    return made.said(ENGLISH)


NOTHING: Final = Phrase()


def joined(parts: Sequence[Phrase | str]) -> Phrase:
    """The parts with commas between them."""
    return reduce(lambda some, one: phrase("{some}, {one}", some=some, one=one), _phrases(parts))


def semicolons(parts: Sequence[Phrase]) -> Phrase:
    """The parts with semicolons between them."""
    return reduce(lambda some, one: phrase("{some}; {one}", some=some, one=one), _phrases(parts))


def either(parts: Sequence[Phrase | str]) -> Phrase:
    """The parts with commas between them and "or" before the last."""
    if len(parts) < 2:
        return joined(parts)
    return phrase("{some} or {last}", some=joined(parts[:-1]), last=parts[-1])


def _phrases(parts: Sequence[Phrase | str]) -> list[Phrase]:
    """The parts as phrases; without any, nothing is said."""
    made = [one if isinstance(one, Phrase) else phrase("{text}", text=one) for one in parts]
    return made or [NOTHING]


def _named(made: Phrase, english: str) -> Phrase:
    made.template = english
    return made
