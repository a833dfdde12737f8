"""Tables for regexes: what they see, where they match, and which are refused."""

from __future__ import annotations

import pytest
import re2

from rules.conditions import patterns
from rules.conditions.matchers import MatcherBuilder
from rules.conditions.patterns import SPANS_AT_MOST, On, PatternSet, Regex, compile_fault
from rules.text import fold
from tests.builders import view

MATCHED: list[tuple[str, On, str, list[str]]] = [
    # regex, what it sees, text, the pieces that matched
    (r"v[x信][:：]?\s*[a-z0-9]{5,}", "text", "加 VX: abc12345!", ["VX: abc12345"]),
    (r"VX", "text", "加vx", ["vx"]),
    (r"\d{11}", "text", "１３８００１３８０００", ["１３８００１３８０００"]),
    (r"\d{11}", "letters", "138-0013-8000", ["138-0013-8000"]),
    (r"加微.{0,2}信", "letters", "加 微 一 信", ["加 微 一 信"]),
    (r"VX\d+", "raw", "VX1 vx2", ["VX1"]),
    (r"￥\d+", "raw", "￥100 a￥2", ["￥100", "￥2"]),
    (r"^日赚", "text", "日赚三百", ["日赚"]),
    (r"\x{5FAE}信", "text", "微信", ["微信"]),
    (r"\b", "text", "a b", []),
    (r".", "raw", "a\ud800", ["a", "\ud800"]),
]

NOT_MATCHED: list[tuple[str, On, str]] = [
    (r"VX", "raw", "vx"),
    (r"\d{11}", "text", "138-0013-8000"),
    (r"加微信", "text", "加 微 信"),
    (r"$", "text", ""),
]

FAULTS = [
    ("(?=a)b", "lookahead"),
    ("(?!a)b", "lookahead"),
    ("(?<=a)b", "lookbehind"),
    ("(?<!a)b", "lookbehind"),
    ("(?>a)", "atomic"),
    ("(?#a)b", "this kind of group"),
    (r"(a)\1", "backreferences"),
    (r"(?P<a>x)\k<a>", "backreferences"),
    (r"\u4e00", r"\x{4E00}"),
    (r"\U0001F600", r"\x{1F600}"),
    (r"a\Z", r"\z"),
    (r"a\e", "RE2 does not accept it: invalid escape sequence"),
    ("a{2000}", "up to 1000"),
    ("(?:a{1000}){1000}", "up to 1000"),
    ("a++", "two repetitions"),
    ("*a", "nothing before"),
    ("(a", "never closed"),
    ("a)", "never opened"),
    ("[a", "never closed"),
    ("[z-a]", "backwards"),
    ("a\\", "single"),
    (r"a\C", "half a character"),
    ("a\ud800", "half of a character"),
    (f"(?:{'[一-龥]{1,900}' * 4})", "too large"),
    (f"(?:{'[一-龥]{1,1000}' * 200})", "too large"),
    ("x*", "empty text"),
    ("", "empty text"),
    ("a|", "empty text"),
]


def answer(regex: str, on: On, text: str) -> list[str] | None:
    """The matched pieces of the text as sent, or None."""
    builder = MatcherBuilder()
    number = builder.add_pattern(regex, on)
    found = Regex(number=number, on=on).ask(view(text, matchers=builder.build()))
    return None if found is None else [text[start:end] for start, end in found[0].spans]


@pytest.mark.parametrize(("regex", "on", "text", "pieces"), MATCHED)
def test_a_regex_sees_its_stream(regex: str, on: On, text: str, pieces: list[str]) -> None:
    """Folded streams are seen without case, the raw one with it; places are of the raw text."""
    assert pieces == answer(regex, on, text)


@pytest.mark.parametrize(("regex", "on", "text"), NOT_MATCHED)
def test_a_regex_sees_no_other_stream(regex: str, on: On, text: str) -> None:
    """What stands in another stream only, or in an empty text, is no match."""
    assert None is answer(regex, on, text)


def test_the_evidence_holds_the_pattern() -> None:
    """Evidence shows the pattern of the rule and never the text of the member."""
    builder = MatcherBuilder()
    number = builder.add_pattern(r"v\d+", "text")
    found = Regex(number=number).ask(view("加V123", matchers=builder.build()))
    assert found is not None
    assert ("regex", {"pattern": r"v\d+", "on": "text"}) == (found[0].condition, found[0].values)
    assert ((1, 5),) == found[0].spans


@pytest.mark.parametrize(("regex", "said"), FAULTS)
def test_a_regex_that_cannot_be_used_is_explained(
    regex: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each reason is one sentence that says what to do, and nothing is written to the terminal."""
    assert said in (compile_fault(regex) or "")
    assert ("", "") == capfd.readouterr()


@pytest.mark.parametrize(
    "regex", [row[0] for row in MATCHED if row[0] != r"\b"] + [r"\\C", "a{1000}"]
)
def test_a_regex_that_can_be_used_has_no_fault(regex: str) -> None:
    """Ordinary patterns are accepted."""
    assert None is compile_fault(regex)


def test_many_patterns_are_told_apart() -> None:
    """Among 300 patterns over three streams exactly those that match are named."""
    streams: tuple[On, ...] = ("text", "letters", "raw")
    index = PatternSet([(f"第{n}号", streams[n % 3]) for n in range(300)])
    assert frozenset({7, 15}) == index.find(fold("第7号 和第15号"))
    assert frozenset({10}) == index.find(fold("第 10 号"))
    assert frozenset() == index.find(fold(""))
    assert frozenset() == PatternSet([]).find(fold("第7号"))


def test_patterns_too_large_for_one_set_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """More patterns than one set holds are searched in several, with the same answers."""
    monkeypatch.setattr(patterns, "_MEMORY", 1 << 17)
    index = PatternSet([(f"第{n}号[一-龥]{{1,20}}完", "text") for n in range(64)])
    assert 1 < len(index._sets)
    assert frozenset({63}) == index.find(fold("第63号就这样完"))


def test_a_pattern_too_large_for_any_set_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that no set can hold is refused, and not left out quietly."""
    monkeypatch.setattr(patterns, "_MEMORY", 1 << 12)
    with pytest.raises(re2.error):
        PatternSet([("[一-龥]{1,200}完", "text")])


def test_a_search_that_runs_out_of_memory_misses_nothing() -> None:
    """If matching all at once fails, each pattern is asked by itself, so that none is missed."""
    index = PatternSet([("加微信", "text"), ("刷单", "text")])
    _, all_at_once = index._sets[0]
    all_at_once._set = re2.Set.SearchSet(re2.Options())
    all_at_once._set.Add("no such text")
    all_at_once._set.Compile()
    assert frozenset({0, 1}) == index.find(fold("加微信"))
    assert (((0, 3),), None) == (index.spans(0, fold("加微信")), index.spans(1, fold("加微信")))


def test_a_candidate_that_is_none_is_no_match() -> None:
    """A pattern that the search at once could not rule out still has to match by itself."""
    builder = MatcherBuilder()
    number = builder.add_pattern("刷单")
    asked = view("加微信", matchers=builder.build())
    asked._patterns = frozenset({number})
    assert None is Regex(number=number).ask(asked)


def test_a_pattern_that_is_refused_alone_is_an_error() -> None:
    """A pattern that slips through the check is not left out quietly."""
    with pytest.raises(re2.error):
        PatternSet([("(", "text")])


def test_places_of_a_wall_are_cut_short() -> None:
    """Of very many places only some are shown."""
    found = answer("a", "text", "a" * 4000)
    assert found is not None
    assert SPANS_AT_MOST == len(found)
