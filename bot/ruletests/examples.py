"""Examples of single messages: what stands under `match` and `pass` of a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from bot.decide import decide
from bot.ruletests.outcomes import TestResult
from bot.ruletests.world import FIRST_DAY, GROUP, capabilities, local, posted, renamed
from rules.decision import Mode
from rules.links import written
from rules.message import Author
from rules.rulebook import Rulebook
from rules.ruleset import Rule, Ruleset
from rules.state import CommunityState, GroupState, MemberState

NOON = time(12)
LONG_AGO = timedelta(days=400)
JUST_NOW = timedelta(minutes=1)
MESSAGES_OF_OLD = 100  # an old member has talked before


def examples(rule: Rule, ruleset: Ruleset) -> Iterator[TestResult]:
    """What comes of the examples of a rule, in the ruleset as it is tested.

    They are about the rule alone, and about one that is off too: it is taken as in force.
    """
    asked = [one for one in ruleset.rules if one.id == rule.id]
    rules = tuple(replace(one, mode=Mode.ENFORCE) for one in asked)
    alone = replace(ruleset, rules=rules, mode=Mode.ENFORCE)
    for texts, is_wanted in ((rule.match, True), (rule.passes, False)):
        for text in texts:
            name = f"{rule.id}: {'match' if is_wanted else 'pass'} “{text}”"
            if _hits(rule, alone, text) is is_wanted:
                yield TestResult(name, passed=True)
            else:
                found = "it was left alone" if is_wanted else "it was hit"
                wanted = "hit" if is_wanted else "left alone"
                called = f"{rule.title} ({rule.id})" if rule.title else rule.id
                message = f"expected: {wanted} by {called}\ngot: {found}"
                yield TestResult(name, passed=False, message=message)


def _hits(rule: Rule, ruleset: Ruleset, text: str) -> bool:
    """Whether the rule hits a message of an old member; of a newcomer if it is only for those.

    For a rule that is only on names the text is the name that the member takes.
    """
    at = local(FIRST_DAY, NOON, ruleset.timezone)
    is_new = rule.audience == "newcomer"
    member = MemberState(
        name="member",
        first_seen_at=at - (JUST_NOW if is_new else LONG_AGO),
        joined_at=at - JUST_NOW if is_new else None,
        messages=0 if is_new else MESSAGES_OF_OLD,
    )
    group = GroupState(id=GROUP, capabilities=capabilities(), members={"member": member})
    state = CommunityState(groups={GROUP: group})
    author = Author(id="member", name="member")
    said = posted("example", at, author, written(text))
    is_name = rule.on == ("name",)
    event = renamed("example", at, author.id, text) if is_name else said
    decision = decide(Rulebook((ruleset,)), state, event).decision
    return any(one.rule == rule.id and one.counts for one in decision.verdict.matches)
