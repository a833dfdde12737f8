"""A journal of every kind of event, and the rules it was decided by: see `decide-1.jsonl`.

`python -m tests.golden.deciding --write` decides it anew and writes it, when decisions change on
purpose; without --write it prints the digest of what this interpreter decides.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import time, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec

from bot.decide import advance, decide
from bot.storage.codec import decode_entry, encode_entry
from rules.conditions import (
    AllOf,
    AnyOf,
    KindIs,
    Length,
    Like,
    LinkIs,
    Not,
    Rate,
    Regex,
    Repeat,
    TimeOfDay,
    Who,
    Words,
)
from rules.conditions.matchers import MatcherBuilder
from rules.decision import Step
from rules.entries import Decided
from rules.events import AnyEvent, MessagePosted, Tick, TopicDue
from rules.fold import apply
from rules.links import find_links
from rules.message import Kind, Media, Mention, Message, Quote
from rules.obligations import FollowUp
from rules.rulebook import Rulebook
from rules.ruleset import Consequence, Ladder, Rule, Rung, Unless
from rules.state import CommunityState
from tests.bots import ruleset
from tests.crash.script import script

GOLDEN = Path(__file__).with_name("decide-1.jsonl")
DIGEST = GOLDEN.with_suffix(".sha256")
SEED, MOMENTS = 20260302, 84

TEXTS = (
    "ＶＸ：ａｂｃ１２３ 加 微-信",
    "這個週末我們一起去爬山吧😀",
    "新店開業全場五折歡迎掃碼進群領取優惠券",
    "See https://bit.ly/x and HTTP://Example.COM/Pfad?q=ß",
    "ﬁnal ŒUVRE İstanbul ǅ \u200b\u2060",
    "日赚3OO元，名额有限",
    "Заработок от 5000 в день, пиши в лс",
    "哈哈哈哈哈哈哈哈哈哈",
)


def book() -> Rulebook:
    """Rules that ask every family of conditions."""
    build = MatcherBuilder()
    ads = build.add_words(["加微信", "代购", "笨蛋", "赌场", "пиши в лс"])
    pay = build.add_pattern(r"日赚\s*\d+")
    known = build.add_templates(["新店开业全场五折欢迎扫码进群领取优惠券"])
    rules = (
        Rule(
            id="ads",
            title="Ads",
            when=Words(number=ads, list="ads"),
            then=Consequence(strikes=1, delete=True),
            unless=Unless(follow_up=FollowUp(kind=Kind.RED_PACKET, within=timedelta(minutes=3))),
        ),
        Rule(
            id="pay",
            title="Pay",
            when=AnyOf(conditions=(Regex(number=pay), Like(number=known, list="k", at_least=80))),
            then=Consequence(strikes=2, delete=True, notify=True),
        ),
        Rule(
            id="links",
            title="Links",
            when=AllOf(
                conditions=(
                    LinkIs(allowed=("example.com",)),
                    Not(condition=Who(is_a=("trusted",))),
                    Length(at_least=5),
                )
            ),
            then=Consequence(strikes=4),
        ),
        Rule(
            id="night",
            title="Night",
            when=AllOf(
                conditions=(
                    TimeOfDay(between=(time(21), time(23))),
                    Rate(messages=3, within=timedelta(minutes=1), per="group"),
                )
            ),
            then=Consequence(say="{name}, later"),
        ),
        Rule(
            id="again",
            title="Again",
            when=Repeat(times=2, within=timedelta(minutes=30), similar=70),
            then=Consequence(strikes=1, say="once is enough"),
        ),
        Rule(
            id="files",
            title="Files",
            when=KindIs(kinds=(Kind.FILE, Kind.IMAGE)),
            then=Consequence(strikes=1, ask=True),
        ),
    )
    rungs = (
        Rung(do=Step.WARN),
        Rung(do=Step.MUTE, length=timedelta(minutes=30)),
        Rung(do=Step.REMOVE),
        Rung(do=Step.REMOVE, confirm=True),
    )
    ladder = Ladder(rungs=rungs, burst=timedelta(seconds=2))
    made = ruleset(rules=rules, matchers=build.build(), ladder=ladder, locale="en")
    return Rulebook((made,))


def inputs() -> Iterator[list[AnyEvent]]:
    """The events of the golden journal, by the moment at which they were seen."""
    moment: list[AnyEvent] = []
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        entry = decode_entry(line)
        assert isinstance(entry, Decided)
        if isinstance(entry.event, Tick | TopicDue):
            continue
        if moment and moment[0].seen_at != entry.event.seen_at:
            yield moment
            moment = []
        moment.append(entry.event)
    yield moment


def decided(moments: Iterator[list[AnyEvent]]) -> list[str]:
    """The entries, encoded, that the rules make of these moments."""
    rulebook, state = book(), CommunityState()
    lines: list[str] = []
    for events in moments:
        at = events[0].seen_at
        for due in advance(rulebook, state, at, at):
            apply(state, due)
            lines.append(encode_entry(due))
        for event in events:
            entry = decide(rulebook, state, event)
            apply(state, entry)
            lines.append(encode_entry(entry))
    return lines


def digest(lines: list[str]) -> str:
    """The digest of encoded entries."""
    return sha256("\n".join(lines).encode()).hexdigest()


def _made_up() -> Iterator[list[AnyEvent]]:
    chance = Random(SEED)  # noqa: S311 - a script, not a secret
    for moment in script(SEED, MOMENTS):
        yield [_richer(chance, event) for event in moment.events]


def _richer(chance: Random, event: AnyEvent) -> AnyEvent:
    """Some messages say more than the crash suite's do."""
    if not isinstance(event, MessagePosted) or chance.random() < 0.5:
        return event
    text = chance.choice(TEXTS)
    said = Message(
        text=text,
        links=find_links(text),
        quote=Quote(text="加微信", member="m1", message_id="n1") if chance.random() < 0.2 else None,
        mentions=(Mention(name="M1", member="m1"),) if chance.random() < 0.2 else (),
        media=event.message.media or ((Media(kind=Kind.VIDEO),) if chance.random() < 0.1 else ()),
    )
    return msgspec.structs.replace(event, message=said)


if __name__ == "__main__":
    if "--write" in sys.argv:
        made = decided(_made_up())
        GOLDEN.write_text("".join(f"{line}\n" for line in made), encoding="utf-8")
        DIGEST.write_text(f"{digest(made)}\n", encoding="utf-8")
    sys.stdout.write(f"{digest(decided(inputs()))}\n")
