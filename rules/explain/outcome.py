"""What a decision came to in one word, the rule it rests on, and the places it marks."""

from __future__ import annotations

from rules.decision import Decision, RuleMatch, Step


def outcome_of(decision: Decision) -> str:
    """What it came to: a Step, or waits, met, burst, braked, exempt, shadow, recorded, or ""."""
    if decision.step is not Step.NONE:
        return decision.step.value
    if decision.obligations:
        return "waits"
    if any(one.burst for one in decision.strikes):
        return "burst"
    if decision.braked:
        return "braked"
    if not decision.verdict.matches:
        return "met" if decision.settled else ""
    return _without_consequence(decision.verdict.matches)


def main_match(decision: Decision) -> RuleMatch | None:
    """The match that the decision rests on: the winner's, else the first."""
    matches = decision.verdict.matches
    winning = (one for one in matches if one.rule == decision.verdict.rule)
    return next(winning, matches[0] if matches else None)


def marks_of(decision: Decision) -> tuple[tuple[int, int], ...]:
    """The places in the text as sent that rules matched: in order, none overlapping another."""
    spans = sorted(
        span
        for rule in decision.verdict.matches
        for match in rule.matches
        for span in match.spans
        if span[0] < span[1]
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _without_consequence(matches: tuple[RuleMatch, ...]) -> str:
    if all(one.exempt for one in matches):
        return "exempt"
    return "recorded" if any(one.counts for one in matches) else "shadow"
