"""One switch of a file set to something else: the line that an editor would have changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from rules.files.faults import START, Fault, nearest
from rules.files.source import whole_lines_of
from rules.files.switches.blocks import Block, Kind, blocks, keyed
from rules.files.switches.document import is_switches, language_of
from rules.files.switches.lines import decoded, lines, seen
from rules.files.switches.notes import told
from rules.files.switches.reading import setting
from rules.files.switches.switch import EN, LANGUAGES, Form
from rules.files.switches.table import SWITCHES
from rules.files.switches.values import Remark, Remarks
from rules.files.switches.write import inline
from rules.files.tongue import tongue

_ORDER: Final = {one.key: n for n, one in enumerate(SWITCHES)}
_IN_ONE_LINE: Final = (Form.CHOICE, Form.TEXT, Form.LIST, Form.SPAN, Form.STEPS)


class Put(Struct, frozen=True, kw_only=True):
    """The file with the switch set: its text, the line as it was ("" if it is new) and as it is.

    With `faults` nothing was set.
    """

    text: str = ""
    before: str = ""
    after: str = ""
    faults: tuple[Fault, ...] = ()


def put(source: bytes | str, said: str) -> Put | None:
    """Set a switch as `said`, such as `广告 先问` or `ads: ask`; None if it is no file of switches.

    Only that line changes; what stands behind it as a comment stays. A switch that is not in the
    file gets a line in its place.
    """
    text = decoded(source)
    found = blocks(lines(text[0])) if text is not None else ()
    if text is None or not is_switches(found):
        return None
    language = language_of(found)
    (line,) = lines(" ".join(said.split()))  # one line, whatever was typed
    wanted = keyed(line)
    if wanted is None:
        return _refused([_unknown(said)], _spoken(said, language))
    if wanted.switch.form not in _IN_ONE_LINE:
        many = Remark("error", "many_lines", 1, 1, {"key": wanted.typed})
        return _refused([many], wanted.language)
    remarks: Remarks = []
    block = Block(kind=Kind.SWITCH, line=line, keyed=wanted, key=wanted.switch.key)
    one = setting(block, remarks)
    if one is None:
        errors = [remark for remark in remarks if remark.level != "note"]
        return _refused(errors, wanted.language)
    old = next((each for each in found if each.key == one.key and each.keyed is not None), None)
    spoken = old.keyed.language if old is not None and old.keyed is not None else language
    value = inline(one.value, spoken) or ""
    if old is None:
        return _added(text[0], found, one.key, f"{wanted.switch.names(spoken)[0]}: {value}")
    return _changed(text[0], old, value)


def _refused(errors: Sequence[Remark], language: str) -> Put:
    """Nothing was set; there is no line of the file to name, only what was typed."""
    faults = (Fault(place=START, message=told(one), level=one.level) for one in errors)
    return Put(faults=tuple(fault.said(tongue(language)) for fault in faults))


def _changed(text: str, old: Block, value: str) -> Put:
    rows = whole_lines_of(text)
    at = old.line.number - 1
    row, end = old.line.raw, _end_of(rows[at])
    begins = (old.keyed.column if old.keyed is not None else 1) - 1
    before = seen(row)[:begins]
    before = before if before.endswith((" ", "\t")) else f"{before} "
    after = f"{before}{value}{old.line.gap}{old.line.comment}"
    last = max((line.number for line in old.rest), default=at + 1)
    rows[at:last] = [after + end]
    return Put(text="".join(rows), before=row, after=after)


def _added(text: str, found: Sequence[Block], key: str, line: str) -> Put:
    """The line in its place: behind the last of the switches that stand before it."""
    rows = whole_lines_of(text)
    at = place_of(found, key)
    end = _end_of(rows[0]) or "\n"
    is_behind_the_last = at == len(rows)
    rows.insert(at, end + line if is_behind_the_last else line + end)
    return Put(text="".join(rows), after=line)


def _end_of(row: str) -> str:
    return row[len(row.rstrip("\r\n")) :]


def place_of(found: Sequence[Block], key: str) -> int:
    """The number of lines that stand above a switch that is not in the file yet."""
    above = [each for each in found if _ORDER.get(each.key, len(_ORDER)) < _ORDER[key]]
    return max((one.number for each in above for one in (each.line, *each.rest)), default=0)


def _spoken(said: str, language: str) -> str:
    return EN if said.isascii() and said.strip() else language


def _unknown(said: str) -> Remark:
    name = (said.split() or [""])[0].rstrip(":：")
    names = [each for one in SWITCHES for spoken in LANGUAGES for each in one.names(spoken)]
    return Remark("error", "unknown", 1, 1, {"key": name, "meant": nearest(name, names) or ""})
