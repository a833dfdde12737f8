"""One tap on a wronged message: the example is written, tested, judged with, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path

from msgspec import Struct

from bot.history.hits import Hit
from bot.history.opening import history_of
from bot.impact import Comparison, Side
from bot.impact.change import Change, Kind
from bot.impact.words import words_of as words_of_changes
from bot.replay import pairs
from bot.retrial.rulefile import RefusedError, RuleFile, Text
from bot.trial import Month
from bot.trial.cards import clean, shown, title
from bot.trial.desk import Changed, Desk, Notice
from bot.trial.words import words_of
from rules.files import GRAVE
from rules.files.leave import example_of, leave_alone, text_of
from rules.ruleset import Ruleset

SHOWN = 12  # changes below the sentence; the others are counted
_LONGEST = 120  # characters of a message in the list of changes
_LEFT = (Kind.NO_LONGER_HIT, Kind.LET_THROUGH)


class Undo(Struct, frozen=True, kw_only=True):
    """What a tap changed: the file before and after it, and the month before it."""

    before: bytes
    after: bytes
    month: Month


class Retrial:
    """The month of a history under a rule file that changes tap by tap. `desk` is for the page."""

    def __init__(self, month: Month, history: Path, rules: Path) -> None:
        self.month = month
        self.desk = Desk(rules=rules.name)
        self._history = history
        self._file = RuleFile(rules)
        self._undo: list[Undo] = []

    def leave(self, number: int) -> None:
        """Have the message of that number left alone from now on, or say why it is not."""
        try:
            notice = self._left(self._hit(number))
        except RefusedError as refused:
            notice = self._refused(refused)
        self._tell(notice)

    def undo(self) -> None:
        """Take the last tap back: the file has the bytes that it had before."""
        try:
            notice = self._taken_back()
        except RefusedError as refused:
            notice = self._refused(refused)
        self._tell(notice)

    def _hit(self, number: int) -> Hit:
        for one in self.month.kept():
            if one.record.number == number:
                return one
        raise RefusedError("gone")

    def _taken_back(self) -> Notice:
        if not self._undo:
            raise RefusedError("gone")
        last = self._undo[-1]
        self._file.write(last.before, over=last.after)
        self._undo.pop()
        self.month = last.month
        title = self._words["undone"].format(**self._named)
        return Notice(looks="done", title=title, can_undo=bool(self._undo))

    def _left(self, hit: Hit) -> Notice:
        rules = list(dict.fromkeys(match.rule for match in hit.matches))
        example = _example(hit, rules, self.month.ruleset)
        before = self._file.read()
        source = leave_alone(before.source, example, rules)
        if source is None:
            raise RefusedError("no_place", example=example, **self._named)
        after = self._file.aside(source)
        _check_tests(before, after)
        found, month = self._judged(before, after)
        if any(one.record.number == hit.record.number for one in month.kept()):
            raise RefusedError("still")
        self._file.write(source, over=before.source)
        self._undo.append(Undo(before=before.source, after=source, month=self.month))
        self.month = month
        return self._done(hit, found, _new_lines(before.source, source))

    def _judged(self, before: Text, after: Text) -> tuple[Comparison, Month]:
        """What changes in the month, and the month as it is then."""
        month = self.month.again(after.ruleset)
        found = Comparison(Side(ruleset=before.ruleset), Side(ruleset=after.ruleset))
        with history_of(self._history) as (reader, _):
            for pair in pairs(reader, before.ruleset, after.ruleset, since=month.since):
                found.add(pair)
                month.add(pair.record, pair.after)
        return found, month

    def _done(self, hit: Hit, found: Comparison, added: str) -> Notice:
        number = hit.record.number
        others = [one for one in found.newest if one.record.number != number][::-1]
        was_hit = len(others) < len(found.newest)
        left = sum(found.kinds[kind] for kind in _LEFT) - was_hit
        changed = found.changed - was_hit - left
        key = "left_changed" if changed else "left_others" if left else "left_only"
        return Notice(
            looks="done",
            title=self._words["left"],
            text=self._words[key].format(n=left, m=changed),
            added=added,
            where=self._words["added"].format(**self._named),
            changes=tuple(self._changes(others[:SHOWN])),
            can_undo=True,
        )

    def _changes(self, changes: list[Change]) -> Iterator[Changed]:
        words = words_of_changes(self.month.language)
        for one in changes:
            text = " ".join(clean(one.record.message.text).split())
            yield Changed(
                name=shown(one.record.name) or self._words["empty_name"],
                text=text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…",
                word=words[f"kind_{one.kind}"],
            )

    def _refused(self, refused: RefusedError) -> Notice:
        values = {**self._named, **refused.values}
        return Notice(
            looks="refused",
            title=self._words[f"refused_{refused.key}"].format(**values),
            text=self._words[f"refused_{refused.key}_next"].format(**values),
            can_undo=bool(self._undo),
        )

    def _tell(self, notice: Notice) -> None:
        self.desk = Desk(rules=self._file.path.name, notice=notice)

    @property
    def _words(self) -> dict[str, str]:
        return dict(words_of(self.month.language))

    @property
    def _named(self) -> dict[str, str]:
        return {"file": self._file.path.name}


def _example(hit: Hit, rules: list[str], ruleset: Ruleset) -> str:
    """The message as an example; RefusedError if it can be none, or must not."""
    for name in rules:
        rule = ruleset.rule(name)
        if GRAVE & {name, rule.category if rule is not None else ""}:
            raise RefusedError("grave", title=title(name, ruleset))
    example = example_of(hit.record.message.text)
    if not example:
        raise RefusedError("no_text")
    return example


def _check_tests(before: Text, after: Text) -> None:
    """RefusedError if a test fails with the example that did not fail without it."""
    known = before.failures
    failed = [name for name in after.failures if name not in known]
    if failed:
        raise RefusedError("tests", test=failed[0])


def _new_lines(before: bytes, after: bytes) -> str:
    """The lines of a file that are new in it, as they stand there."""
    old, new = (text_of(one).splitlines() for one in (before, after))
    return "\n".join(row[2:] for row in ndiff(old, new) if row.startswith("+ "))
