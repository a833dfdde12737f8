"""One hit as the page shows it: who, when, what was said with its marks, what and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
from msgspec import Struct

from bot.history.hits import Hit, Whom
from bot.texts import catalogue, moment
from bot.texts.why import because
from bot.trial.words import ago, day, words_of
from rules.decision import Match
from rules.explain.reason import found
from rules.message import Message, Role
from rules.ruleset import Ruleset

LONGEST = 420  # characters of a text that are shown; around its first mark if it is longer
_BEFORE_MARK = 80
_LINKS = 3
_FEW = 5  # messages below which their number is said with "only"
_LONG = timedelta(days=2)  # shorter is no news about somebody who has talked before
_GRAVE = frozenset({"mute", "remove", "ban"})
_MILD = frozenset({"ask", "notice", "tell"})


class About(Protocol):
    """What a card must know besides its hit; `titles` are those of all groups that are shown."""

    @property
    def language(self) -> str:
        """The language of the page."""

    @property
    def ruleset(self) -> Ruleset:
        """The rules that were hit."""

    @property
    def titles(self) -> Mapping[str, str]:
        """The groups' titles by their ids."""


class Piece(Struct, frozen=True):
    """A run of a text, marked or not."""

    text: str
    is_marked: bool


class Did(Struct, frozen=True):
    """Something that would have been done: its word, and grave, firm or mild for its looks."""

    word: str
    looks: str


class Card(Struct, frozen=True, kw_only=True):
    """One hit, all of it in words."""

    number: int
    at: datetime
    clock: str
    day: str
    name: str
    initial: str
    group: str
    whom: str
    pieces: tuple[Piece, ...]
    no_text: str
    hidden: tuple[str, ...]
    did: tuple[Did, ...]
    title: str
    because: tuple[str, ...]
    also: str
    more: str = ""


def cards_of(hits: Iterable[Hit], about: About) -> list[Card]:
    """Cards of hits in order of time, newest first. What only adds to a burst is counted beside."""
    shown_hits: list[Hit] = []
    more: Counter[int] = Counter()
    latest: dict[tuple[str, str], int] = {}
    for hit in hits:
        who = (hit.record.group, hit.record.user)
        if not hit.done and who in latest:
            more[latest[who]] += 1
        else:
            latest[who] = len(shown_hits)
            shown_hits.append(hit)
    words = words_of(about.language)
    made = [
        msgspec.structs.replace(card_of(hit, about), more=words["more"].format(n=more[place]))
        if more[place]
        else card_of(hit, about)
        for place, hit in enumerate(shown_hits)
    ]
    return made[::-1]


def card_of(hit: Hit, about: About) -> Card:
    """The card of a hit, in the language of the page."""
    words = words_of(about.language)
    record = hit.record
    local = record.at.astimezone(about.ruleset.timezone)
    name = shown(record.name) or words["empty_name"]
    text = clean(record.message.text)
    return Card(
        number=record.number,
        at=local,
        clock=f"{local.hour}:{local.minute:02}",
        day=day(local.date(), about.language, "day_short"),
        name=name,
        initial=name[0],
        group=about.titles.get(record.group, record.group) if len(about.titles) > 1 else "",
        whom=_whom(hit, words),
        pieces=pieces(text, hit.spans),
        no_text="" if text.strip() else _kind(record.message, words),
        hidden=tuple(clean(one.url) for one in record.message.links if one.hidden)[:_LINKS],
        did=did(hit, about),
        title=title(hit.rule, about.ruleset),
        because=tuple(_because(hit, about)),
        also=_also(hit, about, words),
    )


def did(hit: Hit, about: About) -> tuple[Did, ...]:
    """What would have been done about a hit."""
    words = words_of(about.language)
    if not hit.done:
        return (Did(words["did_nothing"], "mild"),)
    until = ""
    if hit.until is not None:
        seen = catalogue(about.language)
        until = moment(hit.until, seen, about.ruleset.timezone, hit.record.at)
    return tuple(Did(words[f"did_{one}"].format(until=until), _looks(one)) for one in hit.done)


def title(rule: str, ruleset: Ruleset) -> str:
    """The title of a rule; its id if the rules have none of that id."""
    known = ruleset.rule(rule)
    return known.title if known is not None else rule


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text in runs, those of the spans marked; of a long text what is around the first."""
    first = spans[0][0] if spans else 0
    start = max(0, first - _BEFORE_MARK) if len(text) > LONGEST else 0
    end = min(len(text), start + LONGEST)
    made = [Piece("…", is_marked=False)] if start else []
    at = start
    for span in sorted(spans):
        left, right = max(span[0], at), min(span[1], end)
        if left >= right:
            continue
        made += [Piece(text[at:left], is_marked=False), Piece(text[left:right], is_marked=True)]
        at = right
    made.append(Piece(text[at:end] + ("…" if end < len(text) else ""), is_marked=False))
    return tuple(one for one in made if one.text)


def clean(text: str) -> str:
    """A text that any file can hold, each character in its place."""
    kept = text.encode("utf-8", "replace").decode()
    return "".join(char if char >= " " or char in "\n\t" else "\ufffd" for char in kept)


def shown(name: str, longest: int = 40) -> str:
    """A name on one line."""
    return " ".join(clean(name).split())[:longest]


def _whom(hit: Hit, words: Mapping[str, str]) -> str:
    whom = hit.whom
    if hit.record.role in (Role.ADMIN, Role.OWNER):
        return words["who_staff"]
    key = _whom_key(whom)
    since = ago(whom.here_for or timedelta(0), words)
    said = words[key].format(n=f"{whom.messages:,}", ago=since)
    return words["who_trusted"].format(whom=said) if whom.is_trusted else said


def _whom_key(whom: Whom) -> str:
    """The sentence that says most about somebody: new, back again, known, or hardly known."""
    if whom.is_newcomer:
        return "who_back" if whom.came_back else "who_newcomer"
    if whom.messages < _FEW:
        return "who_few" if whom.messages else "who_first"
    return "who_known_since" if (whom.here_for or timedelta(0)) >= _LONG else "who_known"


def _kind(message: Message, words: Mapping[str, str]) -> str:
    return words["no_text"].format(kind=words[f"kind_{message.kind}"])


def _looks(action: str) -> str:
    return "grave" if action in _GRAVE else "mild" if action in _MILD else "firm"


def _because(hit: Hit, about: About) -> list[str]:
    mine = [one for one in hit.matches if one.rule == hit.rule]
    said = [_reason(match, hit, about) for one in mine for match in one.matches]
    return list(dict.fromkeys(said))


def _reason(match: Match, hit: Hit, about: About) -> str:
    """The evidence in words. Names of lists and patterns say nothing to who reads the page."""
    own = words_of(about.language).get(f"because_{match.condition}")
    if own is not None:
        words = found(match).lists.get("words", ())
        return own.format(words=catalogue(about.language)["list_separator"].join(words))
    return because(
        found(match),
        language=about.language,
        locale=about.ruleset.locale,
        zone=about.ruleset.timezone,
        at=hit.record.at,
    )


def _also(hit: Hit, about: About, words: Mapping[str, str]) -> str:
    others = dict.fromkeys(one.rule for one in hit.matches if one.rule != hit.rule)
    separator = catalogue(about.language)["list_separator"]
    titles = separator.join(title(one, about.ruleset) for one in others)
    return words["also"].format(titles=titles) if titles else ""
