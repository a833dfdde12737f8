"""All there is to say about one entry, from what made it to what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from rules.actions import AnyAction
from rules.conditions.examples import SPARED
from rules.decision import Decision, Mode, RuleMatch, Step, Strike
from rules.entries import Decided, Delivered, Result
from rules.events import (
    ButtonPressed,
    MemberJoined,
    MessagePosted,
    OperatorCommanded,
    Release,
    Saved,
    Tick,
    TopicDue,
    Undo,
)
from rules.explain.elsewhere import action_word
from rules.explain.outcome import main_match, marks_of, outcome_of
from rules.explain.reason import Reason, found
from rules.message import Kind
from rules.ruleset import Ruleset


class Explained(Struct, frozen=True, kw_only=True):
    """Why one entry was decided as it was.

    `outcome` in one word (see `outcome_of`), `rule` the one it rests on ("" for none), `place` as
    file:line while that rule set is in force, `marks` half-open spans in the text as sent.
    """

    outcome: str
    rule: str
    title: str
    place: str
    digest: str
    case: int
    marks: tuple[tuple[int, int], ...]
    reasons: tuple[Reason, ...]


def explain(
    decided: Decided, ruleset: Ruleset, delivered: Mapping[str, Delivered] | None = None
) -> Explained:
    """All there is to say about an entry. `delivered` are the receipts so far, by action."""
    decision = decided.decision
    main = main_match(decision)
    rule = main.rule if main else _rule_without_match(decision)
    known = ruleset.rule(rule) if ruleset.digest == decision.rules else None
    reasons = [
        *_cause(decided),
        *(_evidence(main) if main else ()),
        *_standing(decided, ruleset),
        *_count(decision),
        *_steps(decision),
        *_receipts(decision.actions, delivered or {}),
        *(_other(one) for one in decision.verdict.matches if one is not main),
        *(Reason(key="why_fault", values={"rule": one.rule}) for one in decision.faults),
    ]
    return Explained(
        outcome=outcome_of(decision),
        rule=rule,
        title=main.title if main else (known.title if known else _title(decision)),
        place=f"{known.file}:{known.line}" if known and known.file else "",
        digest=decision.rules,
        case=decision.cases[-1].number if decision.cases else 0,
        marks=marks_of(decision),
        reasons=tuple(reasons) or (Reason(key="why_nothing"),),
    )


def _cause(decided: Decided) -> Iterator[Reason]:
    """Why something happened that no message did."""
    match decided.event:
        case Tick(deadline=kind):
            yield Reason(key=f"why_due_{kind}")
        case TopicDue(topic=topic):
            yield Reason(key="why_topic", values={"topic": topic})
        case ButtonPressed(presser=presser, choice=choice):
            yield Reason(
                key="why_pressed",
                values={"name": presser.name},
                terms={"choice": (f"choice_{choice}",)},
            )
        case OperatorCommanded(command=Undo(rule=rule, since=since)):
            yield Reason(key="why_undone", values={"rule": rule}, times={"since": since})
        case OperatorCommanded(command=Release(rule=rule)):
            yield Reason(key="why_released", values={"rule": rule})
        case OperatorCommanded(command=Saved(file=file)):
            yield Reason(key="why_saved", values={"file": file})
        case MemberJoined() if decided.decision.opened:
            yield Reason(key="why_joined")
        case _:
            pass


def _evidence(match: RuleMatch) -> Iterator[Reason]:
    for one in match.matches:
        yield found(one)


def _standing(decided: Decided, ruleset: Ruleset) -> Iterator[Reason]:
    """Why a match had less consequence than its rule says."""
    decision = decided.decision
    main = main_match(decision)
    if main is not None and main.exempt not in ("", SPARED):
        yield Reason(key="why_exempt", terms={"role": (f"role_{main.exempt}",)})
    elif main is not None and main.mode is Mode.SHADOW and not decision.braked:
        yield _would_have(main)
    elif main is not None and main.mode is Mode.ASK and decision.step is Step.ASK:
        yield Reason(key="why_mode_ask")
    if decision.braked:
        yield Reason(key="why_braked")
    if main is not None and decided.event.is_backlog:
        yield Reason(key="why_backlog")
    kind = _unverifiable(decided, ruleset)
    if kind is not None:
        yield Reason(key="why_unverifiable", terms={"kind": (f"kind_{kind}",)})


def _unverifiable(decided: Decided, ruleset: Ruleset) -> Kind | None:
    """What should have followed, or did, where the platform does not show enough of it."""
    decision, event = decided.decision, decided.event
    if decision.step is not Step.ASK or not isinstance(event, MessagePosted):
        return None
    if decision.settled and event.message.media:
        return event.message.kind
    main = main_match(decision)
    rule = ruleset.rule(main.rule) if main is not None and main.waits else None
    return rule.unless.follow_up.kind if rule is not None and rule.unless else None


def _would_have(match: RuleMatch) -> Reason:
    would = [
        *(["would_wait"] if match.waits else []),
        *(["would_delete"] if match.deletes else []),
        *(["would_count"] if match.strikes else []),
        *(["would_ask"] if match.asks else []),
        *(["would_say"] if match.says or match.strikes else []),
    ]
    values = {"strikes": str(match.strikes)}
    return Reason(key="why_shadow", values=values, terms={"would": tuple(would or ["would_note"])})


def _count(decision: Decision) -> Iterator[Reason]:
    for one in decision.obligations:
        yield Reason(
            key="why_waits",
            times={"until": one.until},
            spans={"within": one.follow_up.within},
            terms={"kind": (f"kind_{one.follow_up.kind}",)},
        )
    if decision.settled and not decision.strikes and not decision.cases:
        yield Reason(key="why_met")
    for strike in decision.strikes:
        yield Reason(key=_strike_key(strike), values=_levels(strike))
        for name, count in strike.aggravated.items():
            yield Reason(key=f"why_more_{name}", values={"count": str(count)})
        if strike.start_level > strike.level_before + strike.count and not strike.burst:
            yield Reason(key="why_start", values={"level": str(strike.level_after)})


def _strike_key(strike: Strike) -> str:
    if strike.burst:
        return "why_burst"
    return "why_strikes" if strike.count >= 0 else "why_taken_back"


def _levels(strike: Strike) -> dict[str, str]:
    return {
        "count": str(abs(strike.count)),
        "before": str(strike.level_before),
        "after": str(strike.level_after),
    }


def _steps(decision: Decision) -> Iterator[Reason]:
    for case in decision.cases:
        if case.status in ("done", "asked", "confirm") and case.step is not Step.NONE:
            key = f"why_step_{case.step}" if case.status != "confirm" else "why_step_confirm"
            until = {"until": case.until} if case.until is not None else {}
            yield Reason(key=key, times=until)
        else:
            yield Reason(key=f"why_case_{case.status}", values={"name": case.name})


def _receipts(actions: Iterable[AnyAction], delivered: Mapping[str, Delivered]) -> Iterator[Reason]:
    """What came of each action: those that were done in one sentence, then the others."""
    done: list[str] = []
    others: list[Reason] = []
    for action in actions:
        receipt = delivered.get(action.key)
        if receipt is not None and receipt.result is Result.DONE:
            done.append(action_word(action))
            continue
        how = receipt.result.value if receipt else "open"
        terms: dict[str, tuple[str, ...]] = {"action": (action_word(action),)}
        if receipt is not None and receipt.result is Result.DEGRADED:
            how = "instead" if receipt.did else f"cannot_{type(action).__name__.lower()}"
            terms["did"] = (f"action_{receipt.did.lower()}",) if receipt.did else ()
        others.append(Reason(key=f"why_{how}", terms=terms))
    if done:
        yield Reason(key="why_done", terms={"actions": tuple(dict.fromkeys(done))})
    yield from others


def _other(match: RuleMatch) -> Reason:
    return Reason(key="why_also", values={"title": match.title, "rule": match.rule})


def _rule_without_match(decision: Decision) -> str:
    """The rule of a decision that no message made: a deadline, or an answer to a card."""
    rules = [one.rule for one in decision.strikes] + [one.rule for one in decision.cases]
    return rules[0] if rules else ""


def _title(decision: Decision) -> str:
    return decision.cases[0].title if decision.cases else ""
