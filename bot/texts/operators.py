"""What came of an operator's command, in words for the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources

from bot.texts import Said, catalogue, moment, sentence
from rules.actions import AnyAction, Mute, Say, Tell, Unmute
from rules.decision import Case
from rules.entries import Decided
from rules.events import OperatorCommanded, Release
from rules.ruleset import Ruleset
from rules.state import CommunityState


@cache
def words_of(language: str) -> Mapping[str, str]:
    """The words of a language, by key."""
    file = resources.files("bot.texts").joinpath(f"operators.{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Tells what was decided about a command in one group. `quoted`: messages by event key."""

    state: CommunityState
    ruleset: Ruleset
    language: str
    quoted: Mapping[str, Said]

    def lines(self, decided: Decided) -> Iterator[str]:
        """A line for the group, then one for each thing that is done."""
        group = self.state.group(decided.event.group)
        yield self._words("group", title=group.title or group.id)
        owed = [
            group.obligations[one] for one in decided.decision.settled if one in group.obligations
        ]
        event, decision = decided.event, decided.decision
        if isinstance(event, OperatorCommanded) and isinstance(event.command, Release):
            yield self._words("released", rule=event.command.rule)
        for case in decision.cases:
            yield self._case(case)
        yield from (self._words("owes_nothing", name=one.name) for one in owed)
        for strike in decision.strikes:
            before, after = str(strike.level_before), str(strike.level_after)
            name = self._name(decided, strike.member)
            yield self._words("level", name=name, before=before, after=after)
        for action in decision.actions:
            yield from self._action(decided, action)
        for deadline in decision.opened:
            if deadline.kind == "undo_sorry":
                names = [self._name(decided, one) for one in deadline.ref.split("\n")]
                joined = catalogue(self.language)["list_separator"].join(names)
                yield self._words("later", at=self.moment(deadline.at, event.seen_at), names=joined)

    def moment(self, at: datetime, now: datetime) -> str:
        """A time on the group's clock."""
        return moment(at, catalogue(self.language), self.ruleset.timezone, now)

    def _case(self, case: Case) -> str:
        key = f"case_{case.status}" if case.status in ("overturned", "let_go") else "case_milder"
        return self._words(key, case=str(case.number), name=case.name, step=case.step.value)

    def _action(self, decided: Decided, action: AnyAction) -> Iterator[str]:
        at, zone = decided.event.seen_at, self.ruleset.timezone
        match action:
            case Unmute(member=member):
                yield self._words("unmute", name=self._name(decided, member))
            case Mute(member=member, until=until):
                name = self._name(decided, member)
                yield self._words("mute", name=name, until=self.moment(until, at))
            case Say(line=line) | Tell(line=line):
                key = "say" if isinstance(action, Say) else "tell"
                locale = self.ruleset.locale
                told = sentence(line, locale=locale, zone=zone, at=at, quoted=self.quoted)
                yield self._words(key, line=told.replace("\n", "\n    "))
            case _:
                pass

    def _name(self, decided: Decided, member: str) -> str:
        known = self.state.group(decided.event.group).members.get(member)
        return known.name if known is not None else member

    def _words(self, key: str, **values: str) -> str:
        return words_of(self.language)[key].format(**values)
