"""Files of one home that cannot both be meant: two that name the same groups in the same words, or
have rules of the same id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from rules.files.faults import Fault, Place, quoted
from rules.files.load import Loaded
from rules.files.origins import written
from rules.files.switches.own import OWN
from rules.files.trees import child, one_or_more, scalar
from rules.phrases import Phrase, Tongue, phrase

_NAMED: Final = {
    "groups": phrase("the title"),
    "ids": phrase("the group"),
    "classes": phrase("the class"),
}


class _Claim(Struct, frozen=True, kw_only=True):
    """A file that names groups, where it does, and on which platforms (empty: on all)."""

    file: str
    place: Place
    platforms: frozenset[str]
    tongue: Tongue

    def is_against(self, other: _Claim) -> bool:
        """Whether another file names the same groups on the same platform."""
        apart = self.platforms and other.platforms and not self.platforms & other.platforms
        return self.file != other.file and not apart


def clashes(home: Sequence[Loaded]) -> Mapping[str, list[Fault]]:
    """The faults of files that name groups by the very words of another, by the file's name.

    Of differing patterns that fit one group the more exact wins; of equal ones none can: the first
    file is warned, those that follow are in error. A rule that has the id of another file's is
    warned. Files that have errors are passed over.
    """
    claims: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    faults: dict[str, list[Fault]] = defaultdict(list)
    for loaded in home:
        for key, said, claim in _claims(loaded):
            first = next((one for one in claims[key, said] if claim.is_against(one)), None)
            claims[key, said].append(claim)
            if first is not None:
                what = phrase("{kind} {name}", kind=_NAMED[key], name=quoted(said))
                faults[claim.file].append(_fault(claim, first, what, "error"))
                faults[first.file].append(_fault(first, claim, what, "warning"))
    for file, fault in _taken_ids(home):
        faults[file].append(fault)
    return faults


def _taken_ids(home: Sequence[Loaded]) -> Iterator[tuple[str, Fault]]:
    """The rules that have the id of a rule of a file before, with the files they stand in.

    Own rules of switches have an id by their name: of one name they are meant to be the same.
    """
    first: dict[str, tuple[str, Place]] = {}
    for loaded in home:
        rules = loaded.ruleset.rules if loaded.ruleset is not None else ()
        for rule in rules:
            if rule.file != loaded.file or rule.id.startswith(OWN):
                continue
            place = loaded.place("rules", rule.id, "id")
            file, at = first.setdefault(rule.id, (loaded.file, place))
            if file != loaded.file:
                fault = _taken(rule.id, place, written(at, file))
                yield loaded.file, fault.said(loaded.tongue)


def _taken(rule: str, place: Place, where: str) -> Fault:
    message = phrase("the id {own} is taken by a rule of {at}", own=quoted(rule), at=where)
    hint = phrase("give one of them another id: undo and reports tell rules apart by it")
    return Fault(place=place, message=message, hint=hint, level="warning")


def _fault(one: _Claim, other: _Claim, what: Phrase, level: Literal["error", "warning"]) -> Fault:
    message = phrase(
        "{what} is governed by {place} as well", what=what, place=written(other.place, other.file)
    )
    hint = phrase("leave it to one of the files")
    fault = Fault(place=one.place, message=message, hint=hint, path="applies_to", level=level)
    return fault.said(one.tongue)


def _claims(loaded: Loaded) -> Iterator[tuple[str, str, _Claim]]:
    """Everything by which a file names groups."""
    if loaded.ruleset is None or loaded.effective is None:
        return
    for document in (loaded.effective.document, *loaded.effective.exceptions):
        where = child(document.root, "applies_to")
        platforms = frozenset(map(scalar, one_or_more(child(where, "platforms"))))
        for key in _NAMED:
            for said in one_or_more(child(where, key)):
                yield (
                    key,
                    scalar(said),
                    _Claim(
                        file=loaded.file,
                        place=said.place,
                        platforms=platforms,
                        tongue=loaded.tongue,
                    ),
                )
