"""Chinese keys and words of the full form: each there, each read as the English one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from rules.conditions.addresses import LinkIs
from rules.files import load
from rules.files.chinese import chinese_key, english_key, english_word, in_english
from rules.files.chinese_words import KEYS, WORDS
from rules.files.data import plain
from rules.files.keys import HasWords, known_keys, known_words
from rules.files.nodes import read
from rules.files.schema_written import Written
from tests.library import Shelf


def models(
    model: type[BaseModel], seen: set[type[BaseModel]] | None = None
) -> set[type[BaseModel]]:
    """A model and all that its fields hold."""
    found = set() if seen is None else seen
    if model not in found:
        found.add(model)
        for field in model.model_fields.values():
            for inner in types_in(field.annotation):
                models(inner, found)
    return found


def types_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The models within an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from types_in(one)


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys that files write for a model."""
    return [field.alias or name for name, field in model.model_fields.items()]


MODELS = sorted(models(Written), key=lambda model: model.__name__)


def test_every_key_has_a_chinese_spelling() -> None:
    """No key of the full form is missing, and none is written that is not there."""
    keys = {key for model in MODELS for key in keys_of(model)}
    assert len(keys) > 80
    assert set(KEYS) == keys


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_no_spelling_means_two_keys(model: type[BaseModel]) -> None:
    """Within one mapping every Chinese spelling names one key."""
    spellings = [spelling for key in keys_of(model) for spelling in KEYS[key]]
    assert len(spellings) == len(set(spellings))
    assert not any(spelling.isascii() for spelling in spellings)


def words_in(annotation: object, notes: tuple[object, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of each choice within an annotation."""
    yield from (note.words for note in notes if isinstance(note, HasWords) and note.words)
    yield from (
        note.words
        for note in getattr(annotation, "__metadata__", ())
        if isinstance(note, HasWords) and note.words
    )
    for one in get_args(annotation):
        yield from words_in(one)


CHOICES = sorted(
    {
        words
        for model in MODELS
        for field in model.model_fields.values()
        for words in words_in(field.annotation, tuple(field.metadata))
    }
)


@pytest.mark.parametrize("words", CHOICES, ids=" ".join)
def test_every_word_has_a_chinese_spelling(words: tuple[str, ...]) -> None:
    """Each word of a choice has its own Chinese spelling; numbers need none."""
    spoken = [word for word in words if not word.isdigit()]
    spellings = [spelling for word in spoken for spelling in WORDS[word]]
    assert len(spellings) == len(set(spellings))
    assert [english_word(WORDS[word][0], words) for word in spoken] == spoken


def test_choices_are_found() -> None:
    """The tests above have something to look at."""
    assert len(CHOICES) > 8


ZH = """\
名称: wo-de-qun
状态: 试运行
词表: { 规则: [加微信], ads: [兼职] }
规则:
  - 编号: ads
    标题: 不发广告
    什么时候: { 都要: [ { 词: { 用词表: ads } }, { 链接: any } ] }
    就: { 记几笔: 1 }
"""

EN = """\
pack: wo-de-qun
mode: 试运行
lists: { 规则: [加微信], ads: [兼职] }
rules:
  - id: ads
    title: 不发广告
    when: { all: [ { words: { list: ads } }, { link: any } ] }
    then: { strikes: 1 }
"""


def test_chinese_keys_become_english() -> None:
    """Keys are translated wherever the format has keys; the names of lists are the operator's."""
    zh, en = read(ZH)[0], read(EN)[0]
    assert zh is not None
    assert en is not None
    translated, faults = in_english(zh, Written)
    assert faults == []
    assert plain(translated) == plain(en)


def test_a_key_in_both_languages_is_a_fault() -> None:
    """The same key twice is told with both places, as in one language."""
    root = read("pack: a\nmode: shadow\n状态: 上岗\n")[0]
    assert root is not None
    faults = in_english(root, Written)[1]
    assert [fault.render("f") for fault in faults] == [
        'f:3:1: "状态" and "mode" are the same key (the first is in line 2; keep one of them)'
    ]


def test_what_is_no_key_stays() -> None:
    """A word that no key is spelled like stays as typed, for the fault that names it."""
    known = known_keys(Written, ())
    assert english_key("状况", known) == "状况"
    assert chinese_key("nothing", known) == "nothing"
    assert chinese_key("mode", known) == "状态"


def test_words_of_a_place() -> None:
    """A place that is free has no words to be one of."""
    assert known_words(Written, ("mode",)) == ("off", "shadow", "ask", "enforce")
    assert known_words(Written, ("rules", 0, "unless", "if_unverifiable")) == (
        "ask",
        "allow",
        "act",
    )
    assert known_words(Written, ("title",)) == ()
    assert known_words(Written, ("nothing", 3)) == ()


def test_off_and_any_and_yes_are_read_in_chinese() -> None:
    """Wherever they are words of a value that may also be something else."""
    text = (
        "格式: 1\n名称: a\n沿用: [b]\n刹车: { 最多占消息: 停, 最多碰老成员: 关 }\n"
        "夜里不出声: 停\n规则:\n"
        "  - { 编号: c, 标题: t, 什么时候: { 链接: 任何 }, 就: { 删除: 要, 先问: 否 } }\n"
    )
    base = "pack: b\nquiet: { between: ['23:00', '07:00'] }\n"
    loaded = load(text, file="a.yaml", library=Shelf({"b": base}))
    assert () == loaded.faults
    assert loaded.ruleset is not None
    (rule,) = loaded.ruleset.rules
    assert LinkIs() == rule.when
    assert (True, False) == (rule.then.delete, rule.then.ask)
    assert loaded.ruleset.quiet is None
    limits = loaded.ruleset.limits
    assert (None, None) == (limits.share_percent, limits.established_members)
