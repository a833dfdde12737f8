"""Remarks on what a file of switches leaves out, or says that is not used yet; and their faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rules.files.faults import Fault, Place
from rules.files.switches.choices import nearest, picked
from rules.files.switches.document import Document
from rules.files.switches.expand import is_host
from rules.files.switches.nested import OwnRule
from rules.files.switches.sentences import sentence
from rules.files.switches.sites import hosts_of
from rules.files.switches.switch import EN
from rules.files.switches.table import ALSO
from rules.files.switches.values import Calendar, Item, Items, Remark, Setting, Text
from rules.files.tongue import tongue
from rules.phrases import Phrase, phrase

_CLOCKED: Final = ("night", "schedule")


def remarks(document: Document) -> Iterator[Remark]:
    """What is to be told of a file beside what its reader found."""
    yield from document.remarks
    yield from _missing(document)
    for said in (document.settings, *(one.settings for one in document.exceptions)):
        for one in said.values():
            yield from _of_setting(one)
    for rule in document.rules:
        yield from _of_rule(rule, document.language)


def faults_of(found: Sequence[Remark], language: str) -> list[Fault]:
    """Remarks as faults, in a language."""
    return [_fault(one, language) for one in found]


def told(one: Remark) -> Phrase:
    """What a remark says, with what was perhaps meant instead of a mistake."""
    said = sentence(one.key, one.values)
    meant = one.values.get("meant") if one.level == "error" else ""
    return phrase("{said} Did you mean “{meant}”?", said=said, meant=meant) if meant else said


def _fault(one: Remark, language: str) -> Fault:
    said = told(one)
    place = Place(line=one.line, column=one.column)
    message = phrase("line {line}: {said}", line=one.line, said=said)
    return Fault(place=place, message=message, level=one.level).said(tongue(language))


def _missing(document: Document) -> Iterator[Remark]:
    said, written = document.settings, document.written
    sections = {key.text for key, _ in document.sections}
    if "groups" not in written and "applies_to" not in sections:
        yield Remark("note", "all_groups", 1, 1, {})
    if "kind" not in written:
        yield Remark("note", "no_kind", 1, 1, {})
    clocked = next((said[key] for key in _CLOCKED if key in said), None)
    if document.speaks == EN and clocked is not None and "timezone" not in sections:
        yield Remark("note", "utc", clocked.line, clocked.keyed.column, {})


def _of_setting(one: Setting) -> Iterator[Remark]:
    at = (one.line, one.keyed.column)
    later = not one.keyed.switch.in_use
    if isinstance(one.value, Calendar):
        later = any("{" in each.say for each in one.value.appointments)
    if later:
        yield Remark("note", "later", *at, {"key": one.keyed.typed})
    if one.key == "allow" and isinstance(one.value, Items):
        for item in one.value.items:
            if not is_host(item.text) and not hosts_of(item.text):
                yield _named(item)


def _named(item: Item) -> Remark:
    """An item of `放行` that is no address: a name, or an address with a slip."""
    values = {"item": item.text}
    if "." in item.text:
        return Remark("error", "site", item.line, item.column, values)
    return Remark("note", "no_site", item.line, item.column, values)


def _of_rule(rule: OwnRule, language: str) -> Iterator[Remark]:
    also = rule.settings.get("also")
    if also is None:
        name = rule.settings["name"].value
        values = {"name": name.text if isinstance(name, Text) else ""}
        yield Remark("note", "words_alone", rule.line.number, rule.line.column, values)
        return
    for item in also.value.items if isinstance(also.value, Items) else ():
        if picked(item.text, ALSO) is None:
            values = {
                "key": also.keyed.typed,
                "value": item.text,
                "choices": " / ".join(one.written(language) for one in ALSO),
                "meant": nearest(item.text, ALSO, language),
            }
            yield Remark("error", "choice", item.line, item.column, values)
