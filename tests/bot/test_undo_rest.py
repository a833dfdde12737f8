"""What an undo takes back beside cases: what is owed, bursts, and what had another name."""

from __future__ import annotations

from dataclasses import replace

from rules.actions import Say, Tell
from rules.conditions import KindIs
from rules.message import Kind
from rules.ruleset import Consequence, Limits, Rule
from tests.bots import ruleset
from tests.builders import message
from tests.stories import Story, able, kinds, lines, statuses, undo

DAY = 86400


def test_what_is_still_owed_is_forgiven() -> None:
    """Nobody is warned later for what the undone rule waits for; whoever was reminded hears it."""
    told = able()
    told.say("加微信", 0)
    assert 1 == len(told.state.group("g1").obligations)
    decision = undo(told, "ads", 60)
    assert ["tell_undone", "undo_sorry"] == kinds(decision)
    assert {"title": "广告配红包", "n": "1", "people": "1"} == lines(decision)["tell_undone"]
    assert ({}, {}) == (told.state.group("g1").obligations, told.state.deadlines)
    assert [] == told.wait(DAY)


def test_what_another_rule_is_owed_stays() -> None:
    """Only the undone rule waits no more, and only for what came since."""
    told = able()
    told.say("加微信", 0)
    assert [] == kinds(undo(told, "swears", 10))
    assert [] == kinds(undo(told, "ads", 20, since=10))
    assert 1 == len(told.state.group("g1").obligations)


def test_every_deleted_message_of_a_burst_is_shown() -> None:
    """A burst is one case, but each of its messages was deleted, and its author may want it."""
    told = able()
    for seconds in (0, 1, 2):
        told.say("笨蛋", seconds)
    assert ["done"] == statuses(told)
    decision = undo(told, "swears", 60)
    assert {"title": "好好说话", "n": "3", "people": "1"} == lines(decision)["tell_undone"]
    deleted = next(one for one in decision.actions if isinstance(one, Tell) and one.line.quotes)
    assert ("e2", "e3", "e4") == deleted.line.quotes
    assert [] == kinds(undo(told, "swears", 70))


def test_every_deleted_message_of_one_wait_is_shown() -> None:
    """Two ads that waited for one red packet were deleted together: both are shown."""
    told = able()
    told.say("加微信", 0)
    told.say("代购", 60)
    told.wait(200)
    decision = undo(told, "ads", 400)
    deleted = next(one for one in decision.actions if isinstance(one, Tell) and one.line.quotes)
    assert ("e2", "e3") == deleted.line.quotes


def test_a_rule_is_undone_under_its_former_id_too() -> None:
    """What it did without a case before it got another name is taken back with the rest."""
    rule = Rule(
        id="pics", title="P", when=KindIs(kinds=(Kind.FILE,)), then=Consequence(delete=True)
    )
    told = able(rules=(rule,))
    told.say(message("", Kind.FILE), 0)
    named = replace(rule, id="files", was=("pics",))
    told.book = Story(ruleset(topics=(), rules=(named,))).book
    assert ["tell_undone", "tell_deleted", "undo_sorry"] == kinds(undo(told, "files", 60))


def test_many_people_are_told_in_few_sentences() -> None:
    """Up to 25 people hear it in sentences of five names; more, in long ones: no hundred lines."""
    for people, expected in ((25, [5] * 5), (26, [26]), (60, [50, 10])):
        told = able(limits=Limits(established_members=None))
        for n in range(people):
            told.say("笨蛋", 10 * n, by=f"m{n}")
        says = [one for one in undo(told, "swears", 900).actions if isinstance(one, Say)]
        assert expected == [len(one.line.lists["names"]) for one in says]
