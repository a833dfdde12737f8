"""The six questions: Enter is an answer, a slip is asked again, names are kept as typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.interview.pasted import Language
from bot.interview.questions import LONGEST, Answers, interview, words
from bot.interview.rulefile import first_file
from rules.files import load
from rules.files.switches.table import KINDS


def asked(language: Language, typed: list[str]) -> tuple[Answers, list[str], list[str]]:
    """The answers, the prompts, and what was said between them."""
    given: Iterator[str] = iter(typed)
    prompts: list[str] = []
    said: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return next(given)

    return interview(language, ask, said.append), prompts, said


def test_enter_takes_what_stands_in_brackets() -> None:
    """Each question has a usual answer; for ads it is the kind's own."""
    answers, prompts, _ = asked("zh", ["", "7", "", "", "", ""])
    assert answers == Answers(where="nowhere", kind="promo", ads="packet")
    assert prompts[0].startswith("1/6 在哪里用？")
    assert prompts[0].endswith("[4] ")
    assert prompts[3].endswith("[3] ")
    assert prompts[5] == "6/6 怎么称呼你？  （写在群规里，大家有事知道找谁） "


def test_a_kind_whose_usual_answer_is_not_offered() -> None:
    """In English nobody is asked about red packets: the first answer is the usual one."""
    assert asked("en", ["", "7", "", "", "", ""])[0].ads == "no"


def test_numbers_and_words_are_understood() -> None:
    """Full-width digits, words and the beginning of words mean what they say."""
    answers = asked("zh", [" ２ ", "家长", " 三年级 2班 ", "先问你", "", "王可妈妈"])[0]
    assert answers == Answers(
        where="telegram", kind="parents", name="三年级 2班", ads="ask", owner="王可妈妈"
    )
    assert asked("en", ["tele", "market", "", "fine", "", ""])[0].kind == "market"


def test_a_slip_is_asked_again() -> None:
    """A number that is not there, words that are none, a name that is too long."""
    long = "长" * (LONGEST + 1)
    answers, prompts, said = asked("zh", ["9", "火星", "1", "", long, "群", "", "", ""])
    assert answers.where == "wechat"
    assert answers.name == "群"
    assert len(prompts) == 9
    assert said == [
        "没看懂“9”。写 1 到 4 的数字，或者直接回车。",
        "没看懂“火星”。写 1 到 4 的数字，或者直接回车。",
        "太长了：最多 60 个字，再写一次，短一点。",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_gives_a_sound_file(language: Language) -> None:
    """Whatever is chosen, the file is read without a fault, and by the right names."""
    kinds = [key for one in words(language).question if one.key == "kind" for key in one.keys]
    assert set(kinds) <= {one.key for one in KINDS}
    assert len(kinds) >= 7
    for kind in kinds:
        answers = Answers(kind=kind, name="Flea: #1 [x]", ads="no", owner="A: b")
        loaded = load(first_file(answers, {}, language), file="rules.yaml")
        assert [fault for fault in loaded.faults if fault.level != "note"] == []
        assert loaded.ruleset is not None
        assert loaded.ruleset.applies_to.groups == ("Flea: #1 [x]*",)
        assert loaded.ruleset.owner == "A: b"


def test_both_languages_ask_the_same() -> None:
    """The same six questions, in the same order."""
    zh, en = words("zh"), words("en")
    assert [one.key for one in zh.question] == [one.key for one in en.question]
    assert len(zh.question) == 6
