"""Time the decision about one message, with large rule sets; one line of JSON for each measure.

    python -m benchmarks.bench_decide

Lines, words, regexes and known texts are those of `benchmarks.talk`, the same in every run. A rule
holds for two words of its list: one line in twelve has a listed word, one in 400 is a breach. The
state holds an hour of talk before anything is timed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import quantiles
from time import perf_counter_ns, process_time

from benchmarks.talk import known_texts, listed_patterns, listed_words, ordinary_lines
from bot.decide import decide
from rules.conditions import Like, Rate, Regex, Repeat, Words
from rules.conditions.matchers import MatcherBuilder
from rules.decision import Mode
from rules.events import MessagePosted
from rules.fold import apply
from rules.links import find_links
from rules.message import Author, Message
from rules.rulebook import Rulebook
from rules.ruleset import Consequence, Rule, Ruleset
from rules.state import CommunityState

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
MEMBERS, GROUPS = 200, 4
MESSAGES = 4000
LISTS = 10  # the words are in so many lists, the templates in one


def main() -> None:
    """Print every measure."""
    lines = ordinary_lines(Random(1), MESSAGES)  # noqa: S311 - made-up text, not a secret
    for words in (1_000, 10_000, 100_000):
        book = made_book(words)
        state = _talked(book, lines)
        _measure(f"decide_{words // 1000}k_words", book, state, made_events(lines, 1))


def _measure(
    name: str, book: Rulebook, state: CommunityState, events: Sequence[MessagePosted]
) -> None:
    rounds = []
    for _ in range(5):
        begun = process_time()
        for event in events:
            decide(book, state, event)
        rounds.append(process_time() - begun)
    times = []
    for event in events:
        before = perf_counter_ns()
        decide(book, state, event)
        times.append((perf_counter_ns() - before) / 1000)
    cuts = quantiles(times, n=100)
    found = {
        "measure": name,
        "messages_per_s": round(len(events) / min(rounds)),
        "p50_us": round(cuts[49], 1),
        "p99_us": round(cuts[98], 1),
    }
    print(json.dumps(found), flush=True)


def made_book(words: int) -> Rulebook:
    chance = Random(2)  # noqa: S311 - made-up words, not secrets
    build = MatcherBuilder()
    listed = listed_words(chance, words)
    chance.shuffle(listed)
    lists = [build.add_words(listed[at::LISTS]) for at in range(LISTS)]
    rules = [_rule(f"words{at}", Words(number=at, list=f"l{at}", at_least=2)) for at in lists]
    rules += [
        _rule(f"regex{at}", Regex(number=build.add_pattern(pattern)))
        for at, pattern in enumerate(listed_patterns(chance, 200))
    ]
    known = known_texts(chance, 1000)
    rules += [
        _rule("like", Like(number=build.add_templates(known), list="known", at_least=80)),
        _rule("flood", Rate(messages=8, within=timedelta(seconds=10))),
        _rule("again", Repeat(times=3, within=timedelta(minutes=10), similar=90)),
    ]
    ruleset = Ruleset(
        name="bench",
        rules=tuple(rules),
        matchers=build.build(),
        digest="0" * 16,
        mode=Mode.ENFORCE,
    )
    return Rulebook((ruleset,))


def _rule(name: str, when: Words | Regex | Like | Rate | Repeat) -> Rule:
    return Rule(id=name, title=name, when=when, then=Consequence(strikes=1, delete=True))


def _talked(book: Rulebook, lines: Sequence[str]) -> CommunityState:
    """The state after an hour of this talk."""
    state = CommunityState()
    for event in made_events(lines, 0):
        apply(state, decide(book, state, event))
    return state


def made_events(lines: Sequence[str], hour: int) -> list[MessagePosted]:
    step = timedelta(hours=1) / len(lines)
    return [
        MessagePosted(
            key=f"{hour}:{number}",
            at=START + hour * timedelta(hours=1) + number * step,
            seen_at=START + hour * timedelta(hours=1) + number * step,
            group=f"g{number % GROUPS}",
            author=Author(id=f"m{number % MEMBERS}", name="小明"),
            message_id=f"{hour}:{number}",
            message=Message(text=line, links=find_links(line)),
        )
        for number, line in enumerate(lines)
    ]


if __name__ == "__main__":
    main()
