"""What a comparison says to a person at a terminal of 80 columns, in the language of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from bot.history.hits import Hit
from bot.history.report import plain, share, table_of
from bot.history.tally import Fate
from bot.impact.change import Change, Kind
from bot.impact.comparison import Comparison, MemberRow
from bot.impact.labels import labels_of
from bot.impact.words import words_of

MEMBERS = 15
RULES = 20
NAME = 16  # characters of a name, and of a rule's id


def show(found: Comparison, console: Console) -> None:
    """Print the whole report."""
    for part in _parts(found, words_of(found.language)):
        console.print(part)


def _parts(found: Comparison, words: Mapping[str, str]) -> Iterator[RenderableType]:
    tally = found.after.tally
    yield Text(
        words["summary"].format(
            messages=f"{tally.messages:,}",
            members=f"{len(tally.members):,}",
            groups=f"{len(tally.groups):,}",
        )
    )
    yield Text(f"{words['before']}: {found.before.name}\n{words['after']}: {found.after.name}")
    if not found.changed:
        yield Text(f"\n{words['nothing']}", style="bold")
        return
    yield from _numbers(found, words)
    if wronged := found.wronged():
        yield _title(words["wronged_short"])
        yield _wronged(wronged, words)
    yield _title(words["members"])
    yield _members(found.by_standing()[:MEMBERS], found, words)
    if (rest := len(found.members) - MEMBERS) > 0:
        yield Text(words["members_rest"].format(n=f"{rest:,}"))
    yield _title(words["rules"])
    yield _rules(found, words)
    if labels := list(labels_of(found)):
        yield _title(words["labels"])
        for key, before, after in labels:
            yield Text(f"{words[key]}: {before} → {after}")


def _numbers(found: Comparison, words: Mapping[str, str]) -> Iterator[RenderableType]:
    total = share(found.changed, found.after.tally.messages)
    yield Text(f"\n{found.changed:,} {words['changed']} ({total})", style="bold")
    for kind in Kind:
        if found.kinds[kind]:
            line = f"  {found.kinds[kind]:>7,}  {words[f'kind_{kind}']}"
            yield Text.assemble(line, (f"  {words[f'means_{kind}']}", "dim"))


def _title(words: str) -> Text:
    return Text(f"\n{words}", style="bold")


def _wronged(changes: list[Change], words: Mapping[str, str]) -> Table:
    table = table_of(*(words[f"col_{one}"] for one in ("line", "member", "before", "after")))
    table.add_column(words["col_text"], overflow="fold", ratio=1)
    for one in changes:
        record = one.record
        text = plain(record.message.text) or f"({words[f'kind_{record.message.kind}']})"
        sides = (_said(one.before, words), _said(one.after, words))
        cells = (str(record.number), plain(record.name, NAME), *sides, text)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _members(rows: list[MemberRow], found: Comparison, words: Mapping[str, str]) -> Table:
    table = table_of(*(words[f"col_{one}"] for one in ("member", "changes", "before", "after")))
    standing = None
    for row in rows:
        if row.standing != standing:
            standing = row.standing
            table.add_row(Text(words[f"standing_{standing}"], style="dim"), "", "", "")
        name = f"  {plain(row.name, NAME)}"
        if len(found.titles) > 1:
            name += f" · {plain(found.titles[row.group], NAME)}"
        sides = (_said(row.before, words), _said(row.after, words))
        table.add_row(*(Text(cell) for cell in (name, f"{row.changes.total():,}", *sides)))
    return table


def _rules(found: Comparison, words: Mapping[str, str]) -> Table:
    kinds = (Kind.NEWLY_HIT, Kind.NO_LONGER_HIT, Kind.HARDER, Kind.SOFTER)
    names = ("before", "after", "newly", "gone", "harder", "softer")
    table = table_of(words["col_rule"])
    for name in names:
        table.add_column(words[f"col_{name}"], justify="right")
    for row in found.rule_rows()[:RULES]:
        counts = (row.before, row.after, *(row.changes[kind] for kind in kinds))
        table.add_row(Text(row.rule), *(f"{one:,}" if one else "·" for one in counts))
    return table


def _said(fate: Fate, words: Mapping[str, str]) -> str:
    """A verdict in as few words as possible."""
    if not isinstance(fate, Hit):
        return words["stopped"] if fate else words["left_alone"]
    said = [words[f"short_{one}"] for one in fate.done] or [words["did_nothing"]]
    return ", ".join(said)
