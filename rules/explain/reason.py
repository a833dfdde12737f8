"""One sentence of an explanation as data, and the evidence of conditions as such sentences."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from rules.actions import Line
from rules.decision import Match

_LONGEST = 32  # characters of a pattern that a person may still read
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPANS = ("within", "joined_less_than")
_LISTS = ("words", "sites", "signals")
_TERMS = {"kinds": "kind", "is_a": "who", "per": "per", "on": "on"}
"""Values of evidence that are names of ours, and the prefix of their words."""


class Reason(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence of an explanation. `terms`: keys of words that the language has for our names;
    `lists`: words of a rule, which are in no language of ours.

    `says` is a sentence of the bot that is quoted, in the language of its group.
    """

    key: str
    values: dict[str, str] = {}
    times: dict[str, datetime] = {}
    spans: dict[str, timedelta] = {}
    terms: dict[str, tuple[str, ...]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    says: Line | None = None


def found(match: Match) -> Reason:
    """The evidence of one condition: its values are the rule's, never the member's words."""
    values = dict(match.values)
    spans = {key: _span(values.pop(key)) for key in _SPANS if key in values}
    terms = {
        key: tuple(f"{prefix}_{one}" for one in values.pop(key).split("、"))
        for key, prefix in _TERMS.items()
        if key in values
    }
    lists = {key: tuple(values.pop(key).split("、")) for key in _LISTS if key in values}
    key = f"why_{match.condition}"
    if match.condition in ("length", "who"):  # their values are all optional
        key = "_".join([key, *match.values])
    elif match.condition == "rate" and "kinds" in match.values:
        key = "why_rate_kinds"
    elif match.condition == "score":
        key = f"why_score_{match.values['outcome']}"
    elif match.condition == "link" and lists:
        key = "why_link_sites"
    elif match.condition == "regex" and len(match.values["pattern"]) > _LONGEST:
        key = "why_regex_long"
    return Reason(key=key, values=values, spans=spans, terms=terms, lists=lists)


def _span(written: str) -> timedelta:
    """A length of time as evidence has it: 90s, 10m, 24h, 7d."""
    return timedelta(**{_UNITS[written[-1]]: int(written[:-1])})
