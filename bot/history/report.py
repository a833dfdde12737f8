"""The tables that a replay ends with, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from bot.history.hits import ACTIONS, Hit
from bot.history.tally import BAD, GOOD, LABELS, LabelTally, Tally

EXCERPT = 48  # characters of a message, on the terminal only


def show(tally: Tally, console: Console) -> None:
    """Print the whole report."""
    for part in _parts(tally):
        console.print(part)


def share(part: int, whole: int) -> str:
    """A share in percent, with two digits where it is small."""
    percent = 100 * part / whole if whole else 0.0
    return f"{percent:.2f} %" if percent < 10 else f"{percent:.1f} %"


def plain(text: str, longest: int = EXCERPT) -> str:
    """A text on one line without anything that a terminal would obey."""
    shown = "".join(char if char.isprintable() else " " for char in text[: 4 * longest])
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _parts(tally: Tally) -> Iterator[RenderableType]:
    yield Text(
        f"{tally.messages:,} messages of {len(tally.members):,} members in {len(tally.groups):,} "
        f"groups: {tally.hits:,} hit ({share(tally.hits, tally.messages)}), "
        f"{tally.stopped:,} more stopped, as their author was muted or out."
    )
    if tally.rules:
        yield _title("Per rule")
        yield _rules(tally)
    for rule, times in tally.braked.items():
        yield Text(f"{rule}: a limit of the bot's own held it back {times:,} times.")
    if tally.labels:
        yield _title("By label")
        yield _labels(tally)
        yield Text(_summary(tally))
        yield _title("Right and wrong per rule")
        yield _labels_per_rule(tally)
    if found := tally.candidates():
        why = "labelled ham" if tally.labels else "regulars, thin evidence"
        yield _title(f"Perhaps wronged ({why} first)")
        yield _candidates(found)


def _title(words: str) -> Text:
    return Text(f"\n{words}", style="bold")


def table_of(*columns: str) -> Table:
    """A table without frame, with these columns of text."""
    table = Table(box=SIMPLE_HEAD)
    table.pad_edge = table.show_edge = False
    table.padding = (0, 1, 0, 0)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _table(*columns: str) -> Table:
    """A table whose first column is text and whose others are numbers."""
    table = table_of(columns[0])
    for column in columns[1:]:
        table.add_column(column, justify="right", overflow="fold")
    return table


def _rules(tally: Tally) -> Table:
    used = [one for one in ACTIONS if any(row.actions[one] for row in tally.rules.values())]
    table = _table("rule", "messages", "members", *used, "regulars", "trusted")
    for rule, row in sorted(tally.rules.items(), key=lambda one: (-one[1].messages, one[0])):
        counts = [row.messages, len(row.members), *(row.actions[one] for one in used)]
        table.add_row(Text(rule), *(f"{one:,}" for one in (*counts, row.known, row.trusted)))
    return table


def _labels(tally: Tally) -> Table:
    table = _table("label", "messages", "acted on", "asked", "stopped", "missed", "still standing")
    for label in LABELS:
        row = tally.labels.get(label)
        if row is not None:
            table.add_row(label, *_label_cells(label, row))
    return table


def _summary(tally: Tally) -> str:
    """The two numbers that weigh most: what stays standing, and who is wronged."""
    said = []
    bad = [row for label, row in tally.labels.items() if label in BAD]
    if bad:
        standing, total = sum(row.standing for row in bad), sum(row.total for row in bad)
        said.append(
            f"spam and abuse that stays standing: {standing:,} of {total:,} "
            f"({share(standing, total)})"
        )
    good = tally.labels.get(GOOD)
    if good is not None:
        wrong = share(good.acted, good.total)
        said.append(f"ham wrongly hit: {good.acted:,} of {good.total:,} ({wrong})")
    return "; ".join(said)


def _label_cells(label: str, row: LabelTally) -> list[str]:
    cells = [f"{row.total:,}", f"{row.acted:,}", f"{row.asked:,}", f"{row.stopped:,}"]
    if label == GOOD:
        return [*cells, "", ""]
    return [*cells, f"{row.missed:,}", f"{row.standing:,} ({share(row.standing, row.total)})"]


def _labels_per_rule(tally: Tally) -> Table:
    table = _table("rule", *(f"{one} hit" for one in LABELS), "right")
    for rule, row in sorted(tally.rules.items(), key=lambda one: (-one[1].messages, one[0])):
        counts = [row.labels[one] for one in LABELS]
        right = share(sum(counts) - row.labels[GOOD], sum(counts)) if sum(counts) else "–"
        table.add_row(Text(rule), *(f"{one:,}" for one in counts), right)
    return table


def _candidates(hits: list[Hit]) -> Table:
    table = table_of()
    for column in ("line", "rule", "group", "name"):
        table.add_column(column, no_wrap=column == "line")
    table.add_column("text", overflow="fold")
    for hit in hits:
        record = hit.record
        name = plain(record.name, 16)
        text = plain(record.message.text) or f"({record.message.kind})"
        row = (str(record.number), hit.rule, plain(record.title or record.group, 20), name, text)
        table.add_row(*(Text(cell) for cell in row))
    return table
