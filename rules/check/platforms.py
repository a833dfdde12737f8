"""What the platforms that a file governs cannot do, or never show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from rules.capability import Capability
from rules.check.subject import Numbered, Subject
from rules.conditions.base import Condition
from rules.conditions.logic import AllOf, AnyOf
from rules.conditions.media import KindIs
from rules.decision import Step
from rules.files.lint import Finding
from rules.message import Kind
from rules.phrases import Noun, Phrase, either, joined, phrase, semicolons
from rules.ruleset import Rule

UNSEEN: Final = {
    "telegram": frozenset(
        (Kind.RED_PACKET, Kind.TRANSFER, Kind.MINI_PROGRAM, Kind.OFFICIAL_ACCOUNT, Kind.LINK_CARD)
    ),
    "wechat": frozenset((Kind.POLL,)),
}
"""Kinds of messages that a platform does not have."""

UNVERIFIED: Final = {
    "ask": phrase("the admins are asked each time"),
    "allow": phrase("every breach is let pass"),
    "act": phrase("every breach counts"),
}

STEPS: Final = {
    Step.MUTE: (Capability.MUTE, phrase("a mute becomes a rest that is announced once")),
    Step.REMOVE: (Capability.REMOVE, phrase("a removal is asked of the group's owner")),
}

HIDDEN: Final = Capability.SEE_RED_PACKET_AMOUNTS

Able = Mapping[str, Collection[Capability]]


def findings(subject: Subject, able: Able) -> Iterator[Finding]:
    """A note for each platform with all that becomes something else there; warnings at rules that
    do nothing on a platform, or never hold there.
    """
    wanted = subject.says.applies_to.platforms
    for platform in wanted or able:
        can = able[platform]
        rules = list(subject.own())
        if others := _instead(subject, [rule for _, rule in rules], can):
            yield Finding(
                ("pack",),
                phrase("on {platform}: {others}", platform=Noun(platform), others=others),
                level="note",
            )
        for one in rules:
            yield from _idle(one, platform, can)
            if wanted:
                yield from _unseen(one, platform)
            yield from _owed(one, platform, can, is_wanted=platform in wanted)


def _instead(subject: Subject, rules: Collection[Rule], can: Collection[Capability]) -> Phrase:
    """What becomes something else on the platform; nothing if all can be done."""
    found: list[Phrase] = []
    deleting = [rule.id for rule in rules if rule.then.delete]
    if deleting and Capability.DELETE not in can:
        found.append(phrase("nothing can be deleted, only said ({rules})", rules=joined(deleting)))
    if any(rule.then.strikes for rule in rules):
        rungs = {rung.do for rung in subject.ruleset.ladder.rungs}
        found += [said for do, (needs, said) in STEPS.items() if do in rungs and needs not in can]
    return semicolons(found)


def _idle(one: Numbered, platform: str, can: Collection[Capability]) -> Iterator[Finding]:
    then = one.rule.then
    does_more = then.strikes or then.say or then.ask or then.notify
    if then.delete and not does_more and Capability.DELETE not in can:
        message = phrase(
            "on {platform} this rule does nothing: no message can be deleted there",
            platform=Noun(platform),
        )
        hint = phrase("write say: or strikes: beside delete:")
        yield Finding(("rules", one.number, "then"), message, hint, level="warning")


def _unseen(one: Numbered, platform: str) -> Iterator[Finding]:
    kinds = _needed(one.rule.when)
    if kinds is not None and kinds <= UNSEEN[platform]:
        message = phrase(
            "{platform} has no messages of the kind {kinds}",
            platform=Noun(platform),
            kinds=either([Noun(kind) for kind in sorted(kinds)]),
        )
        yield Finding(("rules", one.number, "when"), message, level="warning")


def _needed(condition: Condition) -> frozenset[Kind] | None:
    """The kinds of which a message must have one for the condition to hold; None: any may do."""
    match condition:
        case KindIs():
            return frozenset(condition.kinds)
        case AllOf():
            known = [kinds for one in condition.conditions if (kinds := _needed(one)) is not None]
            return min(known, key=len, default=None)
        case AnyOf():
            parts = [_needed(one) for one in condition.conditions]
            return None if None in parts else frozenset[Kind]().union(*(one or () for one in parts))
        case _:
            return None


def _owed(
    one: Numbered, platform: str, can: Collection[Capability], *, is_wanted: bool
) -> Iterator[Finding]:
    """What forgives a breach, and is not there, or not shown, on a platform."""
    unless = one.rule.unless
    if unless is None:
        return
    wanted, kind = unless.follow_up, unless.follow_up.kind
    has_none = kind in UNSEEN[platform]
    hides = bool(wanted.amount_cents or wanted.parts) and HIDDEN not in can
    if (has_none and is_wanted) or (hides and not has_none):
        values = {"platform": Noun(platform), "kind": Noun(kind)}
        way = phrase("{platform} does not show what is in a {kind}", **values)
        if has_none:
            way = phrase("{platform} has no {kind}", **values)
        message = phrase("{way}: {then}", way=way, then=UNVERIFIED[unless.if_unverifiable])
        hint = phrase("if_unverifiable says what happens then")
        yield Finding(("rules", one.number, "unless"), message, hint, level="note")
