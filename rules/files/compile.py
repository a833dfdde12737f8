"""A rule file that has no faults to a ruleset that can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules import ruleset as r
from rules.decision import Step
from rules.files import schema
from rules.files.conditions import Compiler
from rules.files.digest import digest_of
from rules.files.merge import matchers_of
from rules.files.schema_rule import Rule, Then, Unless
from rules.obligations import FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as it was read: its name, what it says, and the line of each rule by id."""

    file: str
    says: schema.RuleFile
    lines: Mapping[str, int]


def compile_file(own: Source, packs: Sequence[Source] = ()) -> r.Ruleset:
    """The ruleset of a file and the packs it extends, in that order.

    Lists and rules of the packs come first; the file's replace those of the same name or id, each
    in the place of the first.
    """
    says = own.says
    sources = (*packs, own)
    lists = {name: words for one in sources for name, words in one.says.lists.items()}
    rules = {rule.id: (one, rule) for one in sources for rule in one.says.rules}
    compiler = Compiler(lists)
    compiled = tuple(_rule(compiler, source, rule) for source, rule in rules.values())
    searched = compiler.searched()
    return r.Ruleset(
        name=says.pack,
        rules=compiled,
        matchers=matchers_of(searched),
        digest=digest_of([one.says for one in sources]),
        searched=searched,
        title=says.title,
        owner=says.owner,
        locale=says.locale,
        timezone=says.timezone,
        mode=says.mode,
        applies_to=r.AppliesTo(groups=says.applies_to.groups, platforms=says.applies_to.platforms),
        ladder=_ladder(says.ladder),
        limits=_limits(says.limits),
        roles=_roles(says.roles),
        greeting=_greeting(says.greeting),
        topics=tuple(r.Topic(id=one.id, cron=one.at, say=one.say) for one in says.topics),
    )


def _rule(compiler: Compiler, source: Source, rule: Rule) -> r.Rule:
    when = compiler.condition(rule.when)
    return r.Rule(
        id=rule.id,
        title=rule.title,
        when=when,
        then=_consequence(rule.then),
        why=rule.why,
        owner=rule.owner,
        mode=rule.mode,
        audience=rule.for_,
        applies_to_staff=rule.applies_to_staff,
        unless=_unless(rule.unless) if rule.unless is not None else None,
        exception=compiler.condition(rule.except_) if rule.except_ is not None else None,
        at_most=_at_most(rule.then),
        match=rule.match,
        passes=rule.pass_,
        file=source.file,
        line=source.lines[rule.id],
    )


def _consequence(then: Then) -> r.Consequence:
    return r.Consequence(
        strikes=then.strikes,
        delete=then.delete,
        say=then.say,
        ask=then.ask,
        notify=bool(then.notify),
    )


def _at_most(then: Then) -> r.AtMost | None:
    if then.at_most is None:
        return None
    return r.AtMost(times=then.at_most.times, within=then.at_most.within)


def _unless(unless: Unless) -> r.Unless:
    wanted = unless.followed_by
    follow_up = FollowUp(
        kind=wanted.kind,
        within=wanted.within,
        same_member=wanted.from_ == "same_member",
        amount_cents=wanted.amount,
        parts=wanted.parts,
    )
    return r.Unless(follow_up=follow_up, if_unverifiable=unless.if_unverifiable, say=unless.say)


def _ladder(ladder: schema.Ladder) -> r.Ladder:
    rungs = r.Ladder().rungs if ladder.steps is None else tuple(map(_rung, ladder.steps))
    return r.Ladder(rungs=rungs, decay=ladder.decay.one_step_per, burst=ladder.burst)


def _rung(step: schema.LadderStep) -> r.Rung:
    waits = step.do == "remove" and step.confirm != "never"
    return r.Rung(do=Step(step.do), length=step.for_, confirm=waits)


def _limits(limits: schema.Limits) -> r.Limits:
    return r.Limits(
        per_hour=limits.enforcements_per_hour,
        share_percent=limits.share_of_messages,
        established_members=limits.established_members,
    )


def _roles(roles: schema.Roles) -> r.Roles:
    return r.Roles(
        exempt=roles.exempt,
        newcomer_for=roles.newcomer.member_for_less_than,
        trusted_after=roles.trusted.member_for,
        clean_for=roles.trusted.clean_for,
    )


def _greeting(greeting: schema.Greeting | None) -> r.Greeting | None:
    if greeting is None:
        return None
    return r.Greeting(say=greeting.say, about=greeting.about, window=greeting.window)
