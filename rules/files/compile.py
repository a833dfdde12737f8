"""A rule file that has no faults to a ruleset that can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rules import ruleset as r
from rules.conditions.clock import TimeOfDay
from rules.conditions.examples import examples_of
from rules.decision import Step
from rules.files import schema
from rules.files.conditions import Compiler
from rules.files.digest import digest_of
from rules.files.faults import START
from rules.files.merge import matchers_of
from rules.files.origins import Origin, written
from rules.files.schema_ladder import Ladder, LadderStep, Limits
from rules.files.schema_rule import SEVERITIES, Rule, Then, Unless
from rules.files.schema_sections import Greeting, Nickname, Quiet
from rules.files.values import Start
from rules.obligations import FollowUp

GRAVE: Final = frozenset(("fraud", "gambling", "porn"))
"""Categories, and rules so called, of which nobody is spared for what an example says."""


def compile_file(says: schema.RuleFile, file: str, origins: Sequence[Origin]) -> r.Ruleset:
    """The ruleset of a file called `file`; `origins` tell of its rules, in their order."""
    compiler = Compiler(says.lists, says.signs)
    ladder = _ladder(says.ladder)
    compiled = tuple(
        _rule(compiler, rule, origin, file, ladder)
        for rule, origin in zip(says.rules, origins, strict=True)
    )
    searched = compiler.searched()
    spares = {
        rule.id: origin.spares
        for rule, origin in zip(compiled, origins, strict=True)
        if rule.spares
    }
    return r.Ruleset(
        name=says.pack,
        rules=compiled,
        matchers=matchers_of(searched),
        digest=digest_of(says, spares),
        searched=searched,
        title=says.title,
        owner=says.owner,
        locale=says.locale,
        timezone=says.timezone,
        mode=says.mode,
        applies_to=_applies_to(says),
        classes=tuple(says.classes.items()),
        ladder=ladder,
        limits=_limits(says.limits),
        roles=_roles(says.roles),
        quiet=_quiet(says.quiet),
        announces=says.announce == "changes",
        greeting=_greeting(says.greeting),
        nickname=_nickname(says.nickname),
        texts={key: text for key, text in says.texts.model_dump().items() if text},
        topics=tuple(r.Topic(id=one.id, cron=one.at, say=one.say) for one in says.topics),
    )


def _applies_to(says: schema.RuleFile) -> r.AppliesTo:
    where = says.applies_to
    return r.AppliesTo(
        groups=where.groups,
        ids=where.ids,
        classes=where.classes,
        platforms=where.platforms,
        is_class=says.class_ is not None,
    )


def recompiled(ruleset: r.Ruleset, says: schema.RuleFile) -> r.Ruleset:
    """A ruleset with its rules as `says` has them, which look for nothing new: matchers stay."""
    compiler = Compiler(says.lists, says.signs, ruleset.searched)
    before = {rule.id: rule for rule in ruleset.rules}
    rules = (_rule(compiler, rule, Origin(place=START), "", ruleset.ladder) for rule in says.rules)
    return replace(ruleset, rules=tuple(_placed(rule, before[rule.id]) for rule in rules))


def _placed(rule: r.Rule, before: r.Rule) -> r.Rule:
    return replace(rule, file=before.file, line=before.line, changed_at=before.changed_at)


def _rule(compiler: Compiler, rule: Rule, origin: Origin, file: str, ladder: r.Ladder) -> r.Rule:
    when = compiler.condition(rule.when)
    return r.Rule(
        id=rule.id,
        title=rule.title,
        was=rule.was,
        when=when,
        then=_consequence(rule.then, ladder),
        why=rule.why,
        owner=rule.owner,
        category=rule.category or "",
        mode=rule.mode,
        article=rule.article or 0,
        public=rule.public,
        on=rule.on,
        audience=rule.for_,
        applies_to_staff=rule.applies_to_staff,
        unless=_unless(rule.unless) if rule.unless is not None else None,
        exception=compiler.condition(rule.except_) if rule.except_ is not None else None,
        at_most=_at_most(rule.then),
        match=rule.match,
        passes=rule.pass_,
        spares=() if GRAVE & {rule.category, rule.id} else examples_of(origin.spares),
        file=origin.place.file or file,
        line=origin.place.line,
        changed_at=tuple(written(place, file) for place in origin.overrides),
    )


def _consequence(then: Then, ladder: r.Ladder) -> r.Consequence:
    return r.Consequence(
        strikes=_strikes(then, ladder),
        aggravate=then.aggravate,
        start_level=_level(then.start_at, ladder) if then.start_at is not None else 0,
        delete=then.delete,
        say=then.say,
        ask=then.ask,
        notify=bool(then.notify),
    )


def _strikes(then: Then, ladder: r.Ladder) -> int:
    """The strikes of a severity; critical is as many as the ladder has steps."""
    if then.severity is None:
        return then.strikes
    return SEVERITIES.get(then.severity, len(ladder.rungs))


def _level(start: Start, ladder: r.Ladder) -> int:
    """The level of a step: the first rung that is such a one; the last one if there is none."""
    if start.number:
        return min(start.number, len(ladder.rungs))
    fitting = (
        level
        for level, rung in enumerate(ladder.rungs, start=1)
        if rung.do == start.do and rung.length == start.length
    )
    return next(fitting, len(ladder.rungs))


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


def _ladder(ladder: Ladder) -> r.Ladder:
    rungs = r.Ladder().rungs if ladder.steps is None else tuple(map(_rung, ladder.steps))
    return r.Ladder(
        rungs=rungs,
        decay=ladder.decay.one_step_per,
        burst=ladder.burst,
        aggravations=ladder.aggravations.model_dump(),
    )


def _rung(step: LadderStep) -> r.Rung:
    waits = step.do == "remove" and step.confirm != "never"
    return r.Rung(do=Step(step.do), length=step.for_, confirm=waits)


def _limits(limits: Limits) -> r.Limits:
    return r.Limits(
        per_hour=limits.enforcements_per_hour,
        share_percent=limits.share_of_messages,
        established_members=limits.established_members,
        same_member=limits.same_member,
    )


def _roles(roles: schema.Roles) -> r.Roles:
    return r.Roles(
        exempt=roles.exempt,
        newcomer_for=roles.newcomer.member_for_less_than,
        trusted_after=roles.trusted.member_for,
        clean_for=roles.trusted.clean_for,
    )


def _greeting(greeting: Greeting | None) -> r.Greeting | None:
    if greeting is None:
        return None
    return r.Greeting(say=greeting.say, about=greeting.about, window=greeting.window)


def _quiet(quiet: Quiet | None) -> TimeOfDay | None:
    if quiet is None:
        return None
    begins, ends = quiet.between
    return TimeOfDay(between=(begins.time, ends.time))


def _nickname(nickname: Nickname | None) -> r.Nickname | None:
    return r.Nickname(format=nickname.format, say=nickname.say) if nickname is not None else None
