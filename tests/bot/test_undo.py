"""What operators command: a braked rule acts again, and a rule that was wrong is undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage.codec import encode_state
from rules.actions import Mute, Say, Tell
from rules.conditions import KindIs
from rules.decision import Mode, Step
from rules.events import MemberJoined, MemberLeft, OperatorCommanded, Release
from rules.message import Kind
from rules.ruleset import Consequence, Ladder, Limits, Rule, Rung
from tests.bots import ruleset
from tests.builders import at, message
from tests.stories import Story, able, kinds, lines, statuses, undo

DAY = 86400
NIGHT = 3 * 3600  # seconds after T0: 23:00 in Shanghai
MORNING = 12 * 3600  # 08:00 there


def test_a_warning_is_undone() -> None:
    """No strike is left, the admins get the deleted text, the member one sorry."""
    told = able()
    told.say("笨蛋")
    decision = undo(told, "swears", 60)
    assert ["tell_undone", "tell_deleted", "undo_sorry"] == kinds(decision)
    assert {"title": "好好说话", "n": "1", "people": "1"} == lines(decision)["tell_undone"]
    deleted, sorry = decision.actions[1:]
    assert isinstance(deleted, Tell)
    assert isinstance(sorry, Say)
    assert ("e2",) == deleted.line.quotes
    assert ("m1", {"names": ("M1",)}) == (sorry.to, sorry.line.lists)
    assert (["overturned"], 0) == (statuses(told), told.state.standing("g1", "m1").level)


def test_everybody_is_told_sorry_once() -> None:
    """Seven people, two cases each: two sentences, each name in one; each mute is lifted."""
    told = able(limits=Limits(established_members=None))
    for n in range(14):
        told.say("笨蛋", 10 * n, by=f"m{n % 7}")
    decision = undo(told, "swears", 300)
    names = [one.line.lists["names"] for one in decision.actions if isinstance(one, Say)]
    assert [5, 2] == [len(one) for one in names]
    assert {f"M{n}" for n in range(7)} == {name for some in names for name in some}
    assert 7 == kinds(decision).count("Unmute")
    assert ({}, {}) == (told.state.group("g1").sanctions, told.state.deadlines)
    quotes = [len(one.line.quotes) for one in decision.actions if isinstance(one, Tell)]
    assert [0, 10, 4] == quotes


def test_only_what_the_rule_did_since_is_undone() -> None:
    """Earlier cases of the rule, and cases of other rules, stay."""
    told = able()
    told.say("笨蛋", 0)
    told.say("笨蛋", 100, by="m2")
    told.say("赌场", 200, by="m3")
    undo(told, "swears", 300, since=50)
    assert ["done", "overturned", "done"] == statuses(told)
    assert [1, 0, 4] == [told.state.standing("g1", f"m{n}").level for n in (1, 2, 3)]


def test_the_standing_is_that_of_a_history_without_the_rule() -> None:
    """After an undo the same next breach has the same consequence as if the rule had been off."""
    with_rule, without = able(), able()
    for n, word in enumerate(["赌场", "笨蛋", "笨蛋"]):
        with_rule.say(word, 100 * n)
        without.say(word if word == "笨蛋" else "好", 100 * n)
    undo(with_rule, "casino", 400)
    ours, theirs = (one.state.standing("g1", "m1") for one in (with_rule, without))
    assert theirs == ours
    again = [one.say("笨蛋", 500).strikes for one in (with_rule, without)]
    assert again[0] == again[1]


def test_a_rung_that_followed_from_it_is_taken_back_too() -> None:
    """Muted for a day as third, by rights for 20 minutes as second: the mute ends when that did."""
    told = able()
    told.say(message("", Kind.FILE), 0)
    told.press(1, "act", 5)
    told.say("笨蛋", 100)
    told.say("笨蛋", 200)
    assert [Step.WARN, Step.MUTE, Step.MUTE] == [one.step for one in told.state.cases.values()]
    decision = undo(told, "files", 300)
    mute = next(one for one in decision.actions if isinstance(one, Mute))
    assert at(200) + timedelta(minutes=20) == mute.until == told.state.cases[3].until
    assert Step.WARN is told.state.cases[2].step
    assert 2 == told.state.standing("g1", "m1").level
    assert [] == told.wait(1399)
    assert 1 == len(told.wait(1401))


def test_a_mute_that_another_rule_asks_for_stays() -> None:
    """Undoing the rule that muted last leaves the mute that was there before."""
    told = able()
    told.say("笨蛋", 0)
    told.say("笨蛋", 100)
    told.say(message("", Kind.FILE), 200)
    told.press(3, "act", 210)
    decision = undo(told, "files", 300)
    assert ["Mute", "tell_undone", "tell_deleted", "undo_sorry"] == kinds(decision)
    assert 2 == told.state.group("g1").sanctions["m1"].case


def test_a_mute_by_a_rule_that_stays_is_left_alone() -> None:
    """Undoing a rule that only warned touches nobody's mute."""
    told = able()
    told.say("笨蛋", 0)
    told.say(message("", Kind.FILE), 50)
    told.say("笨蛋", 100)
    decision = undo(told, "files", 300)
    assert ["tell_undone"] == kinds(decision)
    assert ["done", "let_go", "done"] == statuses(told)
    assert 3 == told.state.group("g1").sanctions["m1"].case


def test_a_removal_that_waits_is_let_go_when_its_rung_is_gone() -> None:
    """The card about a removal is closed, and nothing else takes its place."""
    told = able()
    told.say("赌场", 0)
    told.say("笨蛋", 100)
    assert ["done", "confirm"] == statuses(told)
    undo(told, "casino", 200)
    assert ["overturned", "let_go"] == statuses(told)
    assert 1 == told.state.standing("g1", "m1").level
    assert [] == told.wait(DAY)


@pytest.mark.parametrize(
    ("inviter", "key"), [("m7", "tell_removed_by"), (None, "tell_removed"), ("m8", "tell_removed")]
)
def test_who_was_removed_can_be_invited_by_somebody(inviter: str | None, key: str) -> None:
    """The bot cannot invite: it names who is outside, and who had brought them in."""
    told = able()
    told.say("好", 0, by="m7")
    told.tell(MemberJoined(member="m1", name="M1", inviter=inviter, **told.common(1)))
    told.say("赌场", 50)
    told.tell(MemberLeft(member="m1", **told.common(60)))
    assert {"name": "M1", "inviter": "M7" if inviter == "m7" else ""} == lines(
        undo(told, "casino", 90)
    )[key]


def test_who_is_back_already_needs_no_invitation() -> None:
    """Nothing is said of somebody who was removed and is there."""
    told = able()
    told.say("赌场", 50)
    assert "tell_removed" not in lines(undo(told, "casino", 90))


def test_at_night_the_sorry_waits_till_morning() -> None:
    """Mutes end at once; nobody's phone lights up at 23:00."""
    told = able()
    told.say("笨蛋", NIGHT - 20)
    told.say("笨蛋", NIGHT - 10)
    decision = undo(told, "swears", NIGHT)
    assert ["Unmute", "tell_undone", "tell_deleted"] == kinds(decision)
    assert [] == told.wait(MORNING - 1)
    (morning,) = told.wait(MORNING)
    assert ["undo_sorry"] == kinds(morning)


def test_nobody_is_told_sorry_for_a_question() -> None:
    """What only the admins knew of is let go without a word in the group, by day and by night."""
    for seconds in (0, NIGHT):
        told = able()
        told.say(message("", Kind.FILE), seconds)
        assert ["tell_undone"] == kinds(undo(told, "files", seconds + 60))
        assert (["let_go"], {}) == (statuses(told), told.state.deadlines)


def test_a_protest_that_waits_is_answered_by_it() -> None:
    """Who has said 误会 hears a sorry, and the card is closed."""
    told = able()
    told.say("笨蛋", 0)
    told.say("误会", 10)
    decision = undo(told, "swears", 60)
    assert ["tell_undone", "tell_deleted", "undo_sorry"] == kinds(decision)
    assert (["overturned"], {}) == (statuses(told), told.state.deadlines)


def test_what_was_done_without_a_case_is_undone() -> None:
    """A rule without strikes deletes: the text goes to the admins, the member hears a sorry."""
    rule = Rule(
        id="pics", title="P", when=KindIs(kinds=(Kind.FILE,)), then=Consequence(delete=True)
    )
    told = able(rules=(rule,))
    told.say(message("", Kind.FILE), 0)
    told.say(message("", Kind.FILE), 100)
    decision = undo(told, "pics", 200, since=50)
    assert {"title": "P", "n": "1", "people": "1"} == lines(decision)["tell_undone"]
    assert ["tell_undone", "tell_deleted", "undo_sorry"] == kinds(decision)
    assert ["tell_undone", "tell_deleted", "undo_sorry"] == kinds(undo(told, "pics", 300))
    assert [] == kinds(undo(told, "pics", 400))


def test_nothing_is_reposted_where_nothing_could_be_deleted() -> None:
    """On WeChat the messages are still there, with a case and without."""
    told = Story(ruleset(topics=()))
    told.say("笨蛋", 0)
    told.say("笨蛋", 1)
    assert ["tell_undone", "undo_sorry"] == kinds(undo(told, "swears", 60))


def test_an_undo_of_what_nobody_did_changes_nothing() -> None:
    """A rule that nobody has, or that did nothing since, leaves the state as it is."""
    told = able()
    told.say("笨蛋", 0)
    before = encode_state(told.state)
    for rule, since in (("nobody", -50), ("swears", 30)):
        assert [] == kinds(undo(told, rule, 60, since))
    told.state.entries -= 2
    told.state.group("g1").history.pop("nobody")
    told.state.seen_at = at(0)
    assert before == encode_state(told.state)


def test_a_released_rule_acts_again() -> None:
    """A rule that stopped itself acts again after an operator's word, and the admins are told."""
    ladder = Ladder(rungs=(Rung(do=Step.WARN),), burst=timedelta(seconds=1))
    told = able(ladder=ladder, limits=Limits(established_members=3))
    for n in range(30):
        told.say("好", n - 40, by=f"m{n % 6}")
    for n in range(8):
        told.say("笨蛋", 4000 + 10 * n, by=f"m{n % 6}")
    assert told.state.group("g1").history["swears"].is_braked
    release = Release(rule="swears")
    told.say("笨蛋", 4100)
    assert ["tell_released"] == kinds(
        told.tell(OperatorCommanded(command=release, **told.common(4200)))
    )
    assert [] == kinds(told.tell(OperatorCommanded(command=release, **told.common(4201))))
    assert ["Delete", "warn_deleted"] == kinds(told.say("笨蛋", 4210))


def test_rules_that_only_watch_still_undo() -> None:
    """An operator who has silenced the wild rule first gets everything taken back all the same."""
    told = able()
    told.say("笨蛋", 0)
    told.book = Story(ruleset(topics=(), mode=Mode.SHADOW)).book
    assert "undo_sorry" in kinds(undo(told, "swears", 60))
