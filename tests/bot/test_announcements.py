"""Changed clauses are told once, by day, where the file says so."""

from __future__ import annotations

from typing import Any

from bot.decide import switch
from rules.actions import Say
from rules.conditions import KindIs
from rules.decision import Mode
from rules.fold import apply
from rules.message import Kind
from rules.ruleset import Rule
from tests.bots import ruleset
from tests.builders import at
from tests.stories import Story, kinds

NIGHT = 3 * 3600  # seconds after T0: 23:00 in Shanghai
MORNING = 12 * 3600  # 08:00 there


class Group(Story):
    """A group whose rules are saved again and again."""

    def save(self, *titles: str, seconds: float, announces: bool = True, **more: Any) -> None:
        """These clauses are in force from then on."""
        rules = tuple(
            Rule(id=f"r{n}", title=one, when=KindIs(kinds=(Kind.POLL,)))
            for n, one in enumerate(titles)
        )
        made = ruleset(rules=rules, topics=(), digest="".join(titles), announces=announces, **more)
        self.book = type(self.book)((made,))
        apply(self.state, switch(self.book, self.state, at(seconds)))

    def told(self, until: float) -> list[tuple[str, tuple[str, ...]]]:
        """What the group has heard by then: the sentence, and the clauses in it."""
        actions = [one for decision in self.wait(until) for one in decision.actions]
        return [
            (one.line.key, one.line.lists["clauses"]) for one in actions if isinstance(one, Say)
        ]


def group(**more: Any) -> Group:
    """A group that knows two clauses."""
    made = Group()
    made.say("好")
    made.save("no ads", "be kind", seconds=1, **more)
    assert [] == made.told(2)
    return made


def test_a_new_clause_is_told_once() -> None:
    """What is new, or if nothing is, what is gone; a restart with the same rules says nothing."""
    told = group()
    told.save("no ads", "be kind", "no polls", seconds=10)
    told.save("no ads", "be kind", "no polls", seconds=11)
    assert [("announce", ("no polls",))] == told.told(12)
    told.save("no ads", "be kind", "no polls", seconds=13)
    assert [] == told.told(20)
    told.save("no ads", seconds=30)
    assert [("announce_gone", ("be kind", "no polls"))] == told.told(40)


def test_a_change_that_was_taken_back_in_time_is_not_told() -> None:
    """What changed in the night and back again by morning is nobody's news."""
    told = group()
    told.save("no ads", "be kind", "no polls", seconds=NIGHT)
    told.save("no ads", "be kind", seconds=NIGHT + 60)
    assert {} != told.state.deadlines
    assert [] == told.told(MORNING + 1)


def test_nothing_is_told_at_night() -> None:
    """It waits till morning; and a bot that was down at that time waits for the next."""
    told = group()
    told.save("no ads", "be kind", "no polls", seconds=NIGHT)
    assert [] == told.told(MORNING - 1)
    assert [] == told.told(MORNING + 86400 - 60)  # seen only the next night
    assert [("announce", ("no polls",))] == told.told(MORNING + 86400)


def test_other_order_is_no_change() -> None:
    """The same clauses in another order are the same rules."""
    told = group()
    told.save("be kind", "no ads", seconds=10)
    assert [] == told.told(20)


def test_only_who_wants_it_hears_it() -> None:
    """By default nothing is told; rules that only watch note what they would have to tell."""
    told = Group()
    told.say("好")
    told.save("no ads", seconds=1, announces=False)
    assert {} == told.state.deadlines
    told.save("no ads", seconds=2)
    told.save("no polls", seconds=3, announces=False)
    assert [] == told.told(4)
    watched = group(mode=Mode.SHADOW)
    watched.save("no polls", seconds=10, mode=Mode.SHADOW)
    assert [] == watched.told(20)
    assert [] == kinds(watched.say("好", 30))
