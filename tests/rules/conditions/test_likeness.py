"""Tables for likeness: how alike a message is to known texts, and which part of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio_alignment

from rules.conditions.likeness import LEAST, Like, TemplateHit, _measure
from rules.conditions.matchers import MatcherBuilder
from rules.text import fold
from tests.builders import view

SHOP = "新店开业全场五折欢迎扫码进群领取优惠券"
LOAN = "手头紧找我无抵押信用贷款当天放款"


def hit(templates: list[str], text: str) -> tuple[int, str] | None:
    """The score, and the part of the text as sent."""
    builder = MatcherBuilder()
    number = builder.add_templates(templates)
    found = Like(number=number, list="ads", at_least=LEAST).ask(
        view(text, matchers=builder.build())
    )
    if found is None:
        return None
    [(start, end)] = found[0].spans
    return int(found[0].values["score"]), text[start:end]


LIKE = [
    # templates, text, score, part
    ([SHOP, LOAN], SHOP, 100, SHOP),
    (
        [SHOP],
        "新店开业，全场五折！欢迎扫码进群 领取优惠券",
        100,
        "新店开业，全场五折！欢迎扫码进群 领取优惠券",
    ),
    ([LOAN], "手頭緊找我無抵押信用貸款當天放款", 100, "手頭緊找我無抵押信用貸款當天放款"),
    ([LOAN], f"大家晚上好，{LOAN}，谢谢", 100, LOAN),
    ([LOAN], "手头紧找我无抵押信用贷款次日放款", 87, "手头紧找我无抵押信用贷款次日放款"),
    ([LOAN], "信用贷款当天放款", 66, "信用贷款当天放款"),
    ([LOAN, "手头紧找我无抵押信用消费借款"], LOAN, 100, LOAN),
    (["手头紧找我无抵押信用消费借款", LOAN], LOAN, 100, LOAN),
    (["刷单日结"], "刷单日结", 100, "刷单日结"),
    (["刷单日结"], "今天刷单日结", 80, "今天刷单日结"),
]

UNLIKE = [
    ([LOAN], "抵押信这三个字出现在一句很长很长但完全没有关系的话里，大家不用在意它"),
    ([LOAN], "手里有点事，头也有点疼，紧着点，找一下，抵押信这三个字，款到了再说吧，大家不用在意"),
    ([LOAN], "今天刷单日结，信用卡还款日到了大家记得还"),
    (["刷单日结"], "有人说刷单日结都是骗人的，大家别信"),
    ([SHOP], "大家周末加班吗"),
    ([SHOP], ""),
    ([SHOP], "新店"),
    ([], SHOP),
]


@pytest.mark.parametrize(("templates", "text", "score", "part"), LIKE)
def test_a_copy_is_found(templates: list[str], text: str, score: int, part: str) -> None:
    """Copies are found through punctuation, script, small changes, and inside longer messages."""
    assert (score, part) == hit(templates, text)


@pytest.mark.parametrize(("templates", "text"), UNLIKE)
def test_other_texts_are_not_like_it(templates: list[str], text: str) -> None:
    """A few words in common are no likeness; short templates are not looked for inside."""
    assert None is hit(templates, text)


@given(st.text("甲乙丙丁", min_size=3, max_size=30), st.text("甲乙丙丁戊", max_size=60))
def test_nothing_alike_is_passed_over(known: str, letters: str) -> None:
    """What is passed over early would score less than LEAST when it is measured all the same."""
    score = 100 * Indel.similarity(known, letters) // (len(known) + len(letters))
    if 10 <= len(known) < len(letters):
        found = partial_ratio_alignment(known, letters)
        assert found is not None
        part = letters[found.dest_start : found.dest_end]
        score = max(score, 100 * Indel.similarity(known, part) // (len(known) + len(part)))
    hit = _measure(known, letters)
    assert (score if score >= LEAST else None) == (hit.score if hit else None)


def test_the_limit_is_inclusive_and_the_evidence_names_it() -> None:
    """A score of exactly `at_least` holds, one more does not; the evidence has list and score."""
    builder = MatcherBuilder()
    number = builder.add_templates([LOAN])
    asked = view("手头紧找我无抵押信用贷款次日放款", matchers=builder.build())
    found = Like(number=number, list="ads", at_least=87).ask(asked)
    assert found is not None
    assert ("like", {"list": "ads", "score": "87"}) == (found[0].condition, found[0].values)
    assert None is Like(number=number, list="ads", at_least=88).ask(asked)


def test_lists_are_told_apart() -> None:
    """Each list has its own best hit, whatever other lists hold."""
    builder = MatcherBuilder()
    crowd = builder.add_templates([f"{LOAN}{n}" for n in range(50)])
    alone = builder.add_templates([SHOP, LOAN])
    hits = builder.build().likeness.find(fold(LOAN))
    assert TemplateHit(100, 0, len(LOAN)) == hits[alone]
    assert 90 <= hits[crowd].score < 100


@pytest.mark.parametrize("template", ["", "ab", "加 微", "！！！！"])
def test_a_template_too_short_to_compare_is_refused(template: str) -> None:
    """Fewer than 3 letters are refused at load, by name."""
    with pytest.raises(ValueError, match="at least 3 letters"):
        MatcherBuilder().add_templates([SHOP, template])


def test_ten_thousand_templates_of_one_kind_are_bounded() -> None:
    """Where very many templates share their grams, the rare grams still find the right one."""
    builder = MatcherBuilder()
    number = builder.add_templates([f"欢迎扫码进群领取优惠券{n:05}" for n in range(10_000)])
    hits = builder.build().likeness.find(fold("欢迎扫码进群领取优惠券07777"))
    assert 93 <= hits[number].score


@given(st.text(alphabet="新店开业全场五折a1，", min_size=3, max_size=40))
def test_every_text_is_like_itself(text: str) -> None:
    """A template scores 100 on itself, over the whole of its letters."""
    letters = fold(text).letters
    if len(letters) < 3:
        return
    builder = MatcherBuilder()
    number = builder.add_templates([text])
    hits = builder.build().likeness.find(fold(text))
    assert TemplateHit(100, 0, len(letters)) == hits[number]
