"""The page itself: one file of HTML that loads nothing from anywhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from datetime import timedelta
from hashlib import sha256
from importlib import metadata, resources
from itertools import groupby
from math import floor

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from bot.trial.cards import card_of, cards_of, shown, title
from bot.trial.desk import Desk
from bot.trial.month import Month
from bot.trial.words import day, words_of

CHART_HEIGHT = 64  # units of the drawing
FEWEST_DAYS = 14  # so that a few days are not drawn as blocks
_BAR, _GAP = 8, 2
SERVED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'"
"""What a browser may do with a page that is served."""


class Number(Struct, frozen=True):
    """One number of the glance, and its words."""

    value: str
    label: str


class Bar(Struct, frozen=True, kw_only=True):
    """One day of the chart, in units of the drawing."""

    x: int
    height: int
    hit_height: int
    title: str


def page_of(month: Month, desk: Desk | None = None) -> str:
    """The page about a month, complete. Everything from the chat is escaped.

    With a desk it is served: it has buttons, and its style has an address of its own.
    """
    style = stylesheet("bot.trial")
    cards = cards_of(month.newest, month)
    return (
        environment("bot.trial")
        .get_template("page.html.j2")
        .render(
            words=words_of(month.language),
            language="zh-CN" if month.language == "zh" else "en",
            style=Markup(style),  # noqa: S704 - our own file
            policy=policy(style) if desk is None else SERVED,
            desk=desk,
            wronged=[card_of(hit, month) for hit in month.wronged()],
            days=[
                (day(at, month.language), list(found))
                for at, found in groupby(cards, lambda card: card.at.date())
            ],
            count=_count(month),
            bars=list(_bars(month)),
            **_head(month),
        )
    )


def _head(month: Month) -> dict[str, object]:
    """The title, the numbers and the other texts that are the same for the whole page."""
    words = words_of(month.language)
    titles = sorted(shown(one, 60) for one in month.titles.values())
    since, until = (
        day(at, month.language, "day_short") for at in (min(month.days), max(month.days))
    )
    rules = words["rules_own" if month.has_own_rules else "rules_starter"]
    lead = words["lead" if len(titles) == 1 else "lead_many"]
    detail = words["untouched_detail"].format(
        messages=f"{month.messages:,}", touched=f"{month.touched:,}"
    )
    if month.stopped:
        detail += words["untouched_stopped"].format(stopped=f"{month.stopped:,}")
    most = max(month.rules.values(), default=1)
    return {
        "title": words["page_title"].format(title=titles[0]),
        "lead": lead.format(title=titles[0], n=len(titles), since=since, until=until, rules=rules),
        "untouched": _percent(month.untouched_percent),
        "detail": detail,
        "numbers": _numbers(month, words),
        "rules": [
            (title(rule, month.ruleset), n, 100 * n // most)
            for rule, n in month.rules.most_common(8)
        ],
        **_typed(month, words),
        "footer": words["footer"].format(version=version(), digest=month.ruleset.digest),
    }


def _typed(month: Month, words: Mapping[str, str]) -> dict[str, object]:
    """What to type for buttons, and what next: as it must be typed here."""
    own = f"{words['home']}/{words['rules_file']}"
    program, history = month.typed.program, month.typed.history
    given = f"{history} --rules {month.typed.rules or own}"
    commands = {
        "next_init": f"{program} init {words['home']}",
        "next_try": f"{program} try {given}",
        "next_replay": f"{program} replay {given}",
    }
    if month.has_own_rules:
        del commands["next_init"]
    how = words["not_this_serve" if month.has_own_rules else "not_this_init"]
    return {
        "how": how.format(home=words["home"], program=program, given=given),
        "commands": [(command, words[key]) for key, command in commands.items()],
    }


def version() -> str:
    """The version of this program; empty where it is not installed."""
    try:
        return metadata.version("qunguan")
    except metadata.PackageNotFoundError:
        return ""


def _count(month: Month) -> str:
    words = words_of(month.language)
    key = "all_count" if len(month.newest) == month.hits else "all_newest"
    return words[key].format(n=f"{month.hits:,}", shown=len(month.newest))


def _numbers(month: Month, words: Mapping[str, str]) -> list[Number]:
    """The numbers of the glance, in the order of their weight for whoever decides."""
    people = month.people
    found = [
        ("people", len(people["all"])),
        ("reminded", len(people["reminded"])),
        ("asked", month.asked),
        ("deleted", month.deleted),
        ("muted", len(people["muted"])),
        ("removed", len(people["removed"])),
    ]
    return [Number(f"{value:,}", words[f"num_{name}"]) for name, value in found]


def _percent(share: float) -> str:
    """A share near 100 is never rounded up to it."""
    if share >= 100:
        return "100%"
    return f"{floor(share * 10) / 10:.1f}%" if share < 99.9 else f"{floor(share * 100) / 100:.2f}%"


def _bars(month: Month) -> Iterator[Bar]:
    """One bar for each day of the month; a day with hits shows at least a trace of them."""
    first, most = min(month.days), max(month.days.values())
    for place in range(max(FEWEST_DAYS, (max(month.days) - first).days + 1)):
        at = first + timedelta(days=place)
        total, hits = month.days[at], month.hit_days[at]
        yield Bar(
            x=place * (_BAR + _GAP),
            height=_height(total, most),
            hit_height=_height(hits, most),
            title=f"{day(at, month.language)}: {hits:,} / {total:,}",
        )


def _height(part: int, most: int) -> int:
    return max(2, CHART_HEIGHT * part // most) if part else 0


def policy(style: str) -> str:
    """What a browser may do with a page: show it, with exactly this style, and nothing else."""
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def environment(*packages: str) -> Environment:
    """Templates of these packages, the first that has one of the name; all values are escaped."""
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=ChoiceLoader([PackageLoader(one, "") for one in packages]),
    )


def stylesheet(*packages: str) -> str:
    """The `page.css` of these packages, one after the other."""
    return "".join(resources.files(one).joinpath("page.css").read_text("utf-8") for one in packages)
