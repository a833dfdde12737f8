"""What a rule that holds says of an event: its evidence, what it costs here, and who is spared."""

from __future__ import annotations

from rules.conditions.base import Evidence, View
from rules.conditions.evasion import is_evasive
from rules.conditions.examples import SPARED, spared
from rules.conditions.score import asks_for_review
from rules.decision import RuleMatch
from rules.draft import Draft
from rules.message import Role
from rules.ruleset import Roles, Rule


def match_of(draft: Draft, rule: Rule, view: View, evidence: Evidence) -> RuleMatch:
    """The match of a rule, with what makes the breach worse counted in its strikes."""
    more = _aggravated(draft.ruleset.ladder.aggravations, rule, view, evidence)
    like = spared(rule.spares, view) if rule.spares else None
    exempt = _exempt(draft.ruleset.roles, rule, view)
    return RuleMatch(
        rule=rule.id,
        title=rule.title,
        mode=draft.mode(rule),
        strikes=rule.then.strikes + sum(more.values()),
        deletes=rule.then.delete,
        says=bool(rule.then.say),
        asks=rule.then.ask or asks_for_review(evidence),
        matches=evidence if like is None else (*evidence, like),
        exempt=exempt or (SPARED if like is not None else ""),
        waits=rule.unless is not None,
        aggravated=more,
    )


def _aggravated(
    extra: dict[str, int], rule: Rule, view: View, evidence: Evidence
) -> dict[str, int]:
    """The strikes that are added, by name. A rule that names minors is about them."""
    return {
        name: extra[name]
        for name in rule.then.aggravate
        if extra[name] and (name == "minors" or (name == "evasion" and is_evasive(view, evidence)))
    }


def _exempt(roles: Roles, rule: Rule, view: View) -> str:
    """The role that is spared: as the message says it, or as the group's list of admins does."""
    known = view.member.role if view.member else Role.MEMBER
    spared = [one for one in (view.event.author.role, known) if one in roles.exempt]
    return str(spared[0]) if spared and not rule.applies_to_staff else ""
