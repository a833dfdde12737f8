"""What a breach costs where it is worse than usual, what scores ask, and who is known."""

from __future__ import annotations

import pytest

from rules.decision import Decision, Step
from rules.entries import Decided
from rules.explain import explain
from tests.scenes import Scene

RULES = """\
pack: p
mode: enforce
ladder: { burst: 60s, aggravations: { evasion: 2 } }
rules:
  - id: ad
    title: Ad
    when: { words: [加微信] }
    then: { strikes: 1, aggravate: evasion }
  - id: kids
    title: Kids
    when: { words: [kids] }
    then: { severity: low, aggravate: [minors, multi_account] }
  - id: late
    title: Late
    when: { words: [late] }
    then: { strikes: 1, start_at: mute 7d }
  - id: worst
    title: Worst
    when: { words: [worst] }
    then: { severity: critical }
  - id: card
    title: Card
    when: { words: [packet] }
    unless: { followed_by: { kind: red_packet, within: 3m } }
    then: { strikes: 1, start_at: 2, aggravate: minors }
  - id: job
    title: Job
    when:
      score:
        signals:
          - { name: job, when: { words: [job] }, weight: 2 }
          - { name: pay, when: { words: [pay] }, weight: 2 }
          - { name: call, when: { words: [call] }, weight: 3 }
        review: 4
        block: 7
    then: { strikes: 1 }
  - id: known
    title: Known
    for: known
    when: { words: [old] }
    then: { strikes: 1 }
"""


def scene() -> Scene:
    """A group under these rules."""
    return Scene(RULES)


def said(group: Scene, text: str, *, seconds: float = 0, by: str = "m1") -> Decision:
    """What is decided about a message."""
    group.say(text, seconds=seconds, by=by)
    return group.decisions[-1]


@pytest.mark.parametrize(
    ("text", "count", "level", "more", "step"),
    [
        ("加微信", 1, 1, {}, Step.WARN),
        ("加 微信", 3, 3, {"evasion": 2}, Step.MUTE),
        ("kids", 3, 3, {"minors": 2}, Step.MUTE),
        ("late", 1, 3, {}, Step.MUTE),
        ("worst", 5, 5, {}, Step.REMOVE),
        ("job pay call", 1, 1, {}, Step.WARN),
    ],
)
def test_the_strike_holds_its_whole_arithmetic(
    text: str, count: int, level: int, more: dict[str, int], step: Step
) -> None:
    """What a rule costs, what made it worse, and the step that it begins with."""
    decision = said(scene(), text)
    strike = decision.strikes[0]
    assert (count, level, more, step) == (
        strike.count,
        strike.level_after,
        strike.aggravated,
        decision.step,
    )


def test_a_second_breach_climbs_from_where_it_is() -> None:
    """The start step is a least: from there each breach is one step more."""
    group = scene()
    assert 3 == said(group, "late").strikes[0].level_after
    assert 4 == said(group, "late", seconds=100).strikes[0].level_after


def test_no_breach_leads_above_the_last_step() -> None:
    """However grave it is, the level has to be able to fall again."""
    group = scene()
    said(group, "kids")
    assert 5 == said(group, "worst", seconds=100).strikes[0].level_after


def test_a_burst_adds_nothing_at_all() -> None:
    """Neither strikes nor what would have made them worse."""
    group = scene()
    said(group, "kids")
    strike = said(group, "加 微信", seconds=10).strikes[0]
    assert (0, 3, {}) == (strike.count, strike.alone, strike.aggravated)


def test_what_waits_and_what_is_asked_keep_their_weight() -> None:
    """A breach that was frozen, or that an admin confirms, costs what it cost when it was found."""
    group = scene()
    group.say("packet")
    group.wait(300)
    strike = next(one.strikes[0] for one in group.decisions if one.strikes)
    assert (3, {"minors": 2}, 2) == (strike.count, strike.aggravated, strike.start_level)
    case = group.state.cases[1]
    assert (3, {"minors": 2}, 2) == (case.strikes, case.aggravated, case.start_level)
    assert 2 == group.state.standing("g1", "m1").strikes[0].start_level


def test_a_case_that_stands_counts_what_it_counted() -> None:
    """Contested and upheld, the level is where the start step had put it."""
    group = scene()
    group.say("late")
    group.say("误会", seconds=10)
    assert 0 == group.state.standing("g1", "m1").level
    group.press(1, "stands", seconds=20)
    assert 3 == group.state.standing("g1", "m1").level
    assert 3 == group.decisions[-1].strikes[0].start_level


@pytest.mark.parametrize(
    ("text", "step", "asks"),
    [
        ("job", Step.NONE, []),
        ("job pay", Step.ASK, [True]),
        ("job pay call", Step.WARN, [False]),
    ],
)
def test_a_score_asks_before_it_acts(text: str, step: Step, asks: list[bool]) -> None:
    """Below review nothing, then a card for the admins, then the rule acts."""
    decision = said(scene(), text)
    assert step is decision.step
    assert asks == [one.asks for one in decision.verdict.matches]


def test_known_is_who_is_no_newcomer() -> None:
    """Whoever was there before the bot is known; whoever has just come is not."""
    group = scene()
    group.join("new")
    assert () == said(group, "old", by="new", seconds=60).strikes
    assert 1 == len(said(group, "old", by="m1", seconds=60).strikes)
    assert 1 == len(said(group, "old", by="new", seconds=25 * 3600).strikes)


def keys(group: Scene, text: str, *, seconds: float = 0) -> list[str]:
    """The keys of the sentences that explain a message."""
    event = group.say(text, seconds=seconds)
    decided = Decided(event=event, decision=group.decisions[-1])
    return [reason.key for reason in explain(decided, group.ruleset).reasons]


def test_the_arithmetic_is_explained() -> None:
    """What made it worse and where it began are sentences of their own, if they had a say."""
    assert ["why_strikes", "why_more_evasion"] == [
        key for key in keys(scene(), "加 微信") if key.startswith(("why_str", "why_more"))
    ]
    assert "why_start" in keys(scene(), "late")
    group = scene()
    group.say("worst")
    assert "why_start" not in keys(group, "late", seconds=100)
    assert "why_score_review" in keys(scene(), "job pay")
    assert "why_score_block" in keys(scene(), "job pay call")
