"""The page about a comparison: one file of HTML with its charts, that loads nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from bot.history.hits import Hit
from bot.history.report import share
from bot.history.tally import Fate
from bot.impact.change import Change, Kind
from bot.impact.chart import FEWEST, HEIGHT, WIDTH, Chart, chart_of
from bot.impact.comparison import Comparison, MemberRow, Side
from bot.impact.labels import labels_of
from bot.impact.words import words_of
from bot.trial.cards import Card, Did, card_of, did, shown, title
from bot.trial.page import Number, environment, policy, stylesheet, version
from bot.trial.words import day
from rules.ruleset import Ruleset

PACKAGES = ("bot.impact", "bot.trial")
MEMBERS = 60  # rows; further ones are counted
RULES = 30


class About(Struct, frozen=True, kw_only=True):
    """What a card must know: the language, the rules of its side, the groups' titles."""

    language: str
    ruleset: Ruleset
    titles: Mapping[str, str]


class ChangeCard(Struct, frozen=True, kw_only=True):
    """One change: the message, and what is done about it on both sides."""

    card: Card
    kind: Kind
    before: tuple[Did, ...]
    after: tuple[Did, ...]


class Member(Struct, frozen=True, kw_only=True):
    """One member in words."""

    name: str
    group: str
    changes: str
    before: tuple[Did, ...]
    after: tuple[Did, ...]


class RuleBars(Struct, frozen=True, kw_only=True):
    """One rule: both numbers, both lengths in percent of the longest, and its changes in words."""

    title: str
    before: int
    after: int
    before_width: int
    after_width: int
    changes: str


def page_of(found: Comparison) -> str:
    """The page, complete. Everything from the chat is escaped."""
    style = stylesheet(*reversed(PACKAGES))
    language = found.language
    template = environment(*PACKAGES).get_template("impact.html.j2")
    return template.render(
        words=words_of(language),
        language="zh-CN" if language == "zh" else "en",
        style=Markup(style),  # noqa: S704 - our own files
        policy=policy(style),
        **_head(found),
        **(_body(found) if found.changed else {}),
    )


def _head(found: Comparison) -> dict[str, object]:
    words = words_of(found.language)
    titles = sorted(shown(one, 60) for one in found.titles.values()) or [""]
    days = [day(at, found.language, "day_short") for at in _ends(found.days)]
    lead = words["lead" if len(titles) == 1 else "lead_many"]
    return {
        "title": words["page_title"].format(title=titles[0]),
        "lead": lead.format(
            title=titles[0],
            n=len(titles),
            since=days[0],
            until=days[-1],
            messages=f"{found.after.tally.messages:,}",
        ),
        "names": (found.before.name, found.after.name),
        "changed": found.changed,
        "footer": words["footer"].format(
            version=version(),
            before=found.before.ruleset.digest,
            after=found.after.ruleset.digest,
        ),
    }


def _body(found: Comparison) -> dict[str, object]:
    words = words_of(found.language)
    rows = found.by_standing()
    return {
        "detail": words["changed_detail"].format(
            share=share(found.changed, found.after.tally.messages),
            people=f"{len(rows):,}",
            known=f"{sum(row.standing < 2 for row in rows):,}",
        ),
        "numbers": [
            (kind, Number(f"{found.kinds[kind]:,}", words[f"kind_{kind}"]))
            for kind in Kind
            if kind is not Kind.OTHERWISE
        ],
        "chart": (chart := _chart(found)),
        "chart_width": WIDTH * max(FEWEST, len(chart.bars)),
        "chart_ends": [day(at, found.language, "day_short") for at in _ends(found.days)],
        "chart_height": HEIGHT,
        "wronged": [card for one in found.wronged() if (card := _card(one, found))],
        "members": list(_members(found, rows[:MEMBERS])),
        "members_rest": max(0, len(rows) - MEMBERS),
        "rules": list(_rules(found)),
        "labels": [(words[key], *numbers) for key, *numbers in labels_of(found)],
        "kinds": list(_kinds(found)),
        "all": _all(found),
    }


def _chart(found: Comparison) -> Chart:
    def titled(since: date, before: int, after: int) -> str:
        return f"{day(since, found.language)}: {before:,} → {after:,}"

    return chart_of(found.days, found.before.days, found.after.days, titled)


def _ends(days: Counter[date]) -> tuple[date, date]:
    """The first day and the last: there is no comparison without messages."""
    return min(days), max(days)


def _about(found: Comparison, side: Side) -> About:
    return About(language=found.language, ruleset=side.ruleset, titles=found.titles)


def _card(change: Change, found: Comparison) -> ChangeCard | None:
    """The card of a change; None where neither side has anything to show of the message."""
    hit = change.hit
    if hit is None:
        return None
    side = found.after if hit is change.after else found.before
    return ChangeCard(
        card=card_of(hit, _about(found, side)),
        kind=change.kind,
        before=_did(change.before, found, found.before),
        after=_did(change.after, found, found.after),
    )


def _did(fate: Fate, found: Comparison, side: Side) -> tuple[Did, ...]:
    if isinstance(fate, Hit):
        return did(fate, _about(found, side))
    words = words_of(found.language)
    return (Did(words["stopped"], "grave") if fate else Did(words["left_alone"], "none"),)


def _members(found: Comparison, rows: list[MemberRow]) -> Iterator[tuple[str, list[Member]]]:
    words = words_of(found.language)
    for standing in range(4):
        members = [_member(row, found) for row in rows if row.standing == standing]
        if members:
            yield words[f"standing_{standing}"], members


def _member(row: MemberRow, found: Comparison) -> Member:
    words = words_of(found.language)
    return Member(
        name=shown(row.name) or words["empty_name"],
        group=found.titles[row.group] if len(found.titles) > 1 else "",
        changes=_in_words(row.changes, words),
        before=_did(row.before, found, found.before),
        after=_did(row.after, found, found.after),
    )


def _in_words(changes: Counter[Kind], words: Mapping[str, str]) -> str:
    return " · ".join(
        f"{words[f'kind_{kind}']} {changes[kind]:,}" for kind in Kind if changes[kind]
    )


def _rules(found: Comparison) -> Iterator[RuleBars]:
    words = words_of(found.language)
    rows = found.rule_rows()[:RULES]
    most = max(1, *(max(row.before, row.after) for row in rows))
    for row in rows:
        yield RuleBars(
            title=rule_title(row.rule, found),
            before=row.before,
            after=row.after,
            before_width=100 * row.before // most,
            after_width=100 * row.after // most,
            changes=_in_words(row.changes, words),
        )


def rule_title(rule: str, found: Comparison) -> str:
    """What a rule is called by the proposed rules, or by those that have it."""
    known = found.after.ruleset.rule(rule) is not None
    return title(rule, (found.after if known else found.before).ruleset)


def _kinds(found: Comparison) -> Iterator[tuple[Kind, int, list[ChangeCard]]]:
    for kind in Kind:
        if found.kinds[kind]:
            ours = [one for one in reversed(found.newest) if one.kind is kind]
            cards = [card for one in ours if (card := _card(one, found)) is not None]
            yield kind, found.kinds[kind], cards


def _all(found: Comparison) -> str:
    words = words_of(found.language)
    key = "all_count" if len(found.newest) == found.changed else "all_newest"
    return words[key].format(n=f"{found.changed:,}", shown=len(found.newest))
