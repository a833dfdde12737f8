"""Examples of single messages: what stands under `match` and `pass` of a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import time, timedelta

from bot.decide import decide
from bot.ruletests.outcomes import TestResult
from bot.ruletests.world import FIRST_DAY, GROUP, capabilities, local, posted, renamed
from rules.decision import Mode
from rules.files.switches.own import OWN
from rules.links import written
from rules.message import Author
from rules.phrases import Key, Phrase, joined, phrase
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
    alone = _alone(rule, ruleset)
    for texts, is_wanted in ((rule.match, True), (rule.passes, False)):
        for text in texts:
            key = Key("match" if is_wanted else "pass")
            name = phrase("{rule}: {key} “{text}”", rule=_name(rule), key=key, text=text)
            if (rule.id in _hit_by(alone, text, like=rule)) is is_wanted:
                yield TestResult(name, passed=True)
            else:
                yield TestResult(name, passed=False, message=_failure(rule, is_wanted=is_wanted))


def passing(rule: Rule, ruleset: Ruleset) -> tuple[str, ...]:
    """Of the messages that a rule must leave alone those that it does, as it is tested."""
    alone = _alone(rule, ruleset)
    return tuple(text for text in rule.passes if not _hit_by(alone, text, like=rule))


def left_alone(texts: Iterable[str], ruleset: Ruleset) -> Iterator[TestResult]:
    """What comes of messages that no rule may hit, in the ruleset as it is tested."""
    for text in texts:
        name = phrase("{key} “{text}”", key=Key("pass"), text=text)
        hit_by = _hit_by(ruleset, text)
        if not hit_by:
            yield TestResult(name, passed=True)
            continue
        message = phrase(
            "expected: left alone by every rule\ngot: it was hit by {rules}", rules=joined(hit_by)
        )
        yield TestResult(name, passed=False, message=message)


def _name(rule: Rule) -> str:
    """The id; of a rule that its operator only gave a title, the title."""
    return rule.title if rule.id.startswith(OWN) else rule.id


def _failure(rule: Rule, *, is_wanted: bool) -> Phrase:
    called = f"{rule.title} ({rule.id})" if rule.title else rule.id
    if is_wanted:
        return phrase("expected: hit by {rule}\ngot: it was left alone", rule=called)
    return phrase("expected: left alone by {rule}\ngot: it was hit", rule=called)


def _alone(rule: Rule, ruleset: Ruleset) -> Ruleset:
    asked = [one for one in ruleset.rules if one.id == rule.id]
    rules = tuple(replace(one, mode=Mode.ENFORCE) for one in asked)
    return replace(ruleset, rules=rules, mode=Mode.ENFORCE)


def _hit_by(ruleset: Ruleset, text: str, like: Rule | None = None) -> list[str]:
    """The rules that hit a message of an old member; of a newcomer if `like` is only for those.

    If `like` is only on names the text is the name that the member takes.
    """
    at = local(FIRST_DAY, NOON, ruleset.timezone)
    is_new = like is not None and like.audience == "newcomer"
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
    is_name = like is not None and like.on == ("name",)
    event = renamed("example", at, author.id, text) if is_name else said
    decision = decide(Rulebook((ruleset,)), state, event).decision
    return [one.rule for one in decision.verdict.matches if one.counts]
