"""Cards for the admins about a breach: shown at once, or when the quiet hours are over."""

from __future__ import annotations

from datetime import timedelta

from rules.actions import Ask, Line
from rules.decision import Case, Deadline, Step
from rules.draft import Draft
from rules.events import Tick
from rules.quiet import URGENT, quiet_until

ASK_FOR = timedelta(hours=12)  # first-hour.md 4: an unanswered question is let go
CASE_EXPIRES = "case"
CARD = "card"
ACT, LET_GO, CONFIRM = "act", "let_go", "confirm"
CHOICES = {"asked": (ACT, LET_GO), "confirm": (CONFIRM, LET_GO)}
"""What a card offers, by the status of its case; a case of another status needs none."""


def card(draft: Draft, case: Case, words: str) -> None:
    """Ask the admins about a case; in quiet hours later, unless it may not wait."""
    rule = draft.ruleset.rule(case.rule)
    at = quiet_until(draft.ruleset, draft.event.seen_at)
    if at == draft.event.seen_at or (rule is not None and rule.category in URGENT):
        _show(draft, case, words)
        return
    ref = f"{case.number}\n{words}"
    key = f"{CARD}:{case.number}"
    draft.opened.append(
        Deadline(key=key, kind=CARD, group=draft.group.id, ref=ref, at=at, due_at=at)
    )


def card_due(draft: Draft, tick: Tick) -> None:
    """The quiet hours are over: ask, unless the case was settled meanwhile."""
    number, _, words = tick.ref.partition("\n")
    case = draft.state.cases.get(int(number))
    if case is not None and case.status in CHOICES:
        _show(draft, case, words)


def _show(draft: Draft, case: Case, words: str) -> None:
    key = "card_remove" if case.step is Step.REMOVE else "card"
    values = {"case": str(case.number), "name": case.name, "title": case.title, "words": words}
    line = Line(key=key, values=values, times={"at": case.breach_at})
    draft.actions.append(
        Ask(
            key=draft.key(),
            group=draft.group.id,
            case=case.number,
            line=line,
            choices=CHOICES[case.status],
        )
    )
    at = draft.event.seen_at + ASK_FOR
    draft.opened.append(
        Deadline(
            key=f"{CASE_EXPIRES}:{case.number}",
            kind=CASE_EXPIRES,
            group=draft.group.id,
            ref=str(case.number),
            at=at,
            due_at=at,
        )
    )
