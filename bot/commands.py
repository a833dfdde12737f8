"""What members may type: 群规 / rules, and 误会 / mistake from whom it concerns.

Whole lines only, and 误会 only from somebody with a fresh case or a reminder that still waits, so
that ordinary talk never misfires.
"""

from __future__ import annotations

from datetime import timedelta

from bot import cards
from rules import duties
from rules.actions import Line
from rules.conditions.base import View
from rules.decision import Case, Mode
from rules.draft import Draft
from rules.message import Role
from rules.ruleset import Ruleset

RULES = ("群规", "/rules")
MISTAKES = ("误会", "申诉", "冤枉", "搞错了", "/mistake", "mistake")
FRESH = timedelta(days=7)  # first-hour.md 3.2
SAID_RULES = "/rules"
SAME_ANSWER = timedelta(minutes=10)  # first-hour.md 1.16: the rules still stand a screen above
CLAUSES_AT_MOST = 8  # requirements.md S01
LONGEST = 24  # characters; a command is a word, not a sentence


def obey(draft: Draft, view: View) -> None:
    """Answer a command, if the message is one and its author is entitled to it."""
    if view.message.media or len(view.folded.raw) > LONGEST or view.event.is_backlog:
        return
    if draft.ruleset.mode.hardness < Mode.ASK.hardness or view.event.author.role is Role.BOT:
        return
    word = view.folded.text.strip(" 。.!！？?～~")
    if word in RULES:
        _say_rules(draft)
    elif word in MISTAKES:
        case = duties.protested(draft, view.event.author.id) or _fresh_case(draft, view)
        if case is not None:
            cards.contest(draft, case)


def _say_rules(draft: Draft) -> None:
    history = draft.group.history.get(SAID_RULES)
    said_at = history.said_at[-1] if history and history.said_at else None
    if said_at is not None and draft.event.at - said_at < SAME_ANSWER:
        return
    draft.said.append(SAID_RULES)
    clauses = public_clauses(draft.ruleset)
    lines = "\n".join(f"{n}. {clause}" for n, clause in clauses)
    draft.say(Line(key="rules", values={"n": str(len(clauses)), "lines": lines}))


def public_clauses(ruleset: Ruleset) -> list[tuple[int, str]]:
    """What members read as the rules: the articles, or without any the first titles, numbered."""
    rules = [rule for rule in ruleset.rules if rule.mode is not Mode.OFF]
    articles: dict[int, str] = {}
    for rule in rules:
        if rule.article:
            articles.setdefault(rule.article, rule.public or rule.title)
    titles = enumerate((rule.title for rule in rules), start=1)
    return (sorted(articles.items()) or list(titles))[:CLAUSES_AT_MOST]


def _fresh_case(draft: Draft, view: View) -> Case | None:
    mine = [
        case
        for case in draft.state.cases.values()
        if (case.group, case.member) == (draft.group.id, view.event.author.id)
        and case.status in ("done", "confirm")
        and view.event.at - case.at <= FRESH
    ]
    return max(mine, key=lambda case: case.number, default=None)
