"""The explanation of one item as the page shows it: found, counted, done, and what elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from adapters.simulator.room import ALIKE
from bot.web.items import AnyItem, Card, Note, Posted, Said
from bot.web.show import STANDING, Parts, Person, Shower, chip_of, marked, spoken, staff_of
from rules.decision import Step
from rules.entries import Decided, Delivered
from rules.explain import Explained, elsewhere, explain
from rules.message import Author
from rules.ruleset import Ruleset
from rules.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What one decision says: when, and its reasons in words."""

    time: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """All of the panel. `folded` is the text as the rules see it, "" if it is the text as sent."""

    item: str
    chip: str = ""
    person: Person | None = None
    parts: Parts = ()
    folded: str = ""
    title: str = ""
    rule: str = ""
    place: str = ""
    digest: str = ""
    case: int = 0
    can_undo: bool = False
    presser: Author | None = None
    blocks: tuple[Block, ...] = ()
    likeness: str = ""
    elsewhere: tuple[str, ...] = ()


def why_of(item: AnyItem, shower: Shower, ruleset: Ruleset) -> Why:
    """The explanation of an item."""
    match item:
        case Posted():
            return _posted(item, shower, ruleset)
        case Said() | Card():
            parts = ((shower.words_of(item), False),)
            receipts = {item.receipt.action: item.receipt}
            return _told(Why(item=item.id, parts=parts), (item.cause,), receipts, shower, ruleset)
        case Note():
            return Why(item=item.id, parts=((shower.one(item).parts[0][0], False),))


def _posted(item: Posted, shower: Shower, ruleset: Ruleset) -> Why:
    event = spoken(item)
    own = explain(item.versions[-1], ruleset)
    text, seen = event.message.text, fold(event.message.text).text
    case = max(item.cases, default=0)
    known = shower.state.cases.get(case)
    why = Why(
        item=item.id,
        chip=chip_of(item, shower.state.cases),
        person=shower.person(event.author),
        parts=marked(text, own.marks),
        folded=seen if seen != text else "",
        case=case,
        can_undo=known is not None and known.status in STANDING,
        presser=staff_of(shower.room),
    )
    return _told(why, (*item.versions, *item.later), item.receipts, shower, ruleset)


def _told(
    why: Why,
    decisions: Iterable[Decided],
    receipts: dict[str, Delivered],
    shower: Shower,
    ruleset: Ruleset,
) -> Why:
    told = [(one, explain(one, ruleset, receipts)) for one in decisions]
    main = _main([explained for _, explained in told])
    tongue = shower.tongue
    other = next(one for one in ALIKE if one != shower.room.likeness)
    return replace(
        why,
        title=main.title,
        rule=main.rule,
        place=main.place,
        digest=main.digest,
        case=why.case or main.case,
        blocks=tuple(
            Block(
                time=tongue.moment(one.event.at),
                reasons=tuple(dict.fromkeys(map(tongue.because, explained.reasons))),
            )
            for one, explained in told
        ),
        likeness=other,
        elsewhere=tuple(_elsewhere([one for one, _ in told], other, shower)) if why.person else (),
    )


def _main(told: list[Explained]) -> Explained:
    """The explanation that names the rule: the last that rests on one."""
    with_rule = [one for one in told if one.rule]
    return with_rule[-1] if with_rule else told[-1]


def _elsewhere(decisions: list[Decided], other: str, shower: Shower) -> Iterator[str]:
    """What the same message would have come to on the other platform, up to its first sanction."""
    for one in decisions:
        decision = one.decision
        if decision.step is Step.NONE and not decision.obligations:
            continue
        for reason in elsewhere(decision, ALIKE[other]):
            yield shower.tongue.because(reason)
        return
