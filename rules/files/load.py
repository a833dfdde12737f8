"""Load a rule file: its text to a ruleset and its tests, or to all its faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pydantic import ValidationError

from rules.files.compile import compile_file
from rules.files.data import faults_of, path_of, place_of, plain
from rules.files.effective import Document, Effective, effective, read_in_english
from rules.files.faults import START, Fault, Place, in_order
from rules.files.fitting import misplaced
from rules.files.later import kept_for_later
from rules.files.library import SHIPPED, Library, is_shipped
from rules.files.lint import Finding, expectations, findings, list_of, map_of, nothings
from rules.files.nodes import Node
from rules.files.schema import RuleFile
from rules.files.schema_tests import Expect, Timeline
from rules.files.schema_written import Written
from rules.files.spares import origins_of
from rules.files.switches import read_switches
from rules.files.tongue import tongue, tongue_of
from rules.files.trees import child, entries_of, one_or_more, scalar
from rules.phrases import ENGLISH, Tongue
from rules.ruleset import Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of a rule file. `ruleset` is None if there is an error among `faults`.

    `exceptions` are the rulesets of single groups, of which the file says something else; `tests`
    are its timeline tests; examples of single messages are with their rules. `effective`
    is what it says together with all that it extends; None if it cannot be read at all. `says`
    is the same for the models, None if there is an error. `tongue` is what its faults are told in.
    """

    file: str
    ruleset: Ruleset | None
    faults: tuple[Fault, ...]
    exceptions: tuple[Ruleset, ...] = ()
    tests: tuple[Timeline, ...] = ()
    effective: Effective | None = None
    says: RuleFile | None = None
    tongue: Tongue = ENGLISH

    def place(self, section: str, name: str, *loc: str | int) -> Place:
        """The place of a rule or a sign, or of something in it; `file` is empty in the own one."""
        if self.says is None or self.effective is None:
            return START
        ids = [rule.id for rule in self.says.rules]
        at = ids.index(name) if section == "rules" else name
        return place_of(self.effective.document.root, (section, at, *loc))

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """All rulesets of the file, those of single groups first; none if it has an error."""
        return (*self.exceptions, self.ruleset) if self.ruleset is not None else ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """What each of the rulesets was made of."""
        whole = self.effective
        return (*whole.exceptions, whole.document) if whole is not None else ()


def load(source: bytes | str, *, file: str, library: Library = SHIPPED) -> Loaded:
    """Read a rule file that people call `file`; never raises for what stands in it.

    What it extends comes from `library`; a fault in there is told with that file's name.
    """
    switches = read_switches(source, file=file)
    if switches is None:
        read = read_in_english(source)
        ours = is_shipped(file, source)
        whole = _loaded(*read, file=file, library=library, is_ours=ours)
        return _said(whole, whole.faults, tongue_of(source))
    known = _names(effective(switches.bases, file=file, library=library).document.root)
    below = _loaded(switches.root(known), [], file=file, library=library)
    own = switches.faults(known)
    named = {fault.place.line for fault in own if fault.level == "error"}
    follow = (one for one in below.faults if one.level != "note" and one.place.line not in named)
    told = (*own, *follow)
    found = tuple(in_order({(one.place, one.message): one for one in told}.values()))
    is_good = all(fault.level != "error" for fault in found)
    whole = replace(below, ruleset=below.ruleset if is_good else None)
    return _said(whole, found, tongue(switches.document.language))


def _said(whole: Loaded, faults: Iterable[Fault], spoken: Tongue) -> Loaded:
    """What came of a file with its faults, told in its language."""
    return replace(whole, faults=tuple(in_order(one.said(spoken) for one in faults)), tongue=spoken)


def _names(root: Node) -> frozenset[str]:
    """The ids and categories of all rules of a document, and its lists as `lists.ours`."""
    rules = one_or_more(child(root, "rules"))
    named = (scalar(child(one, key)) for one in rules for key in ("id", "category"))
    lists = (f"lists.{name.text}" for name, _ in entries_of(child(root, "lists")))
    return frozenset((*named, *lists))


def _loaded(
    root: Node | None,
    faults: Sequence[Fault],
    *,
    file: str,
    library: Library,
    is_ours: bool = False,
) -> Loaded:
    """A file in the full form, read as `root`, of which `faults` were found so far.

    `is_ours`: it is no operator's, and its examples are tests and nothing else.
    """
    if root is None:
        return Loaded(file=file, ruleset=None, faults=tuple(faults))
    whole = effective(root, file=file, library=library)
    checked = [_checked(one) for one in (whole.document, *whole.exceptions)]
    refused = [fault.path for fault in whole.faults]
    wrong = [fault for one in checked for fault in one.faults if not _follows(fault, refused)]
    read = {fault.place for fault in faults}
    follow = (one for one in (*whole.faults, *wrong) if one.place not in read)
    told = (one for one in (*faults, *follow) if not _is_theirs(one))
    once = {(one.place, one.message): one for one in told}
    found = tuple(in_order(once.values()))
    if any(fault.level == "error" for fault in found):
        return Loaded(file=file, ruleset=None, faults=found, effective=whole)
    own, *others = [
        compile_file(one.says, file, origins_of(one.document, is_ours=is_ours))
        for one in checked
        if one.says
    ]
    return Loaded(
        file=file,
        ruleset=own,
        exceptions=tuple(others),
        faults=found,
        tests=_by_their_ids(checked[0].says, own),
        effective=whole,
        says=checked[0].says,
    )


def _by_their_ids(says: RuleFile | None, ruleset: Ruleset) -> tuple[Timeline, ...]:
    """The tests of a file; what they expect of a rule by a former id they expect of its id."""
    return tuple(
        test.model_copy(update={"expect": tuple(_expected(one, ruleset) for one in test.expect)})
        for test in (says.tests if says is not None else ())
    )


def _expected(expect: Expect, ruleset: Ruleset) -> Expect:
    rule = ruleset.rule(expect.rule or "")
    return expect if rule is None else expect.model_copy(update={"rule": rule.id})


def _is_theirs(fault: Fault) -> bool:
    """A warning or note about a file that this one extends is for whoever writes that file."""
    return fault.level != "error" and bool(fault.place.file)


def _follows(fault: Fault, refused: Sequence[str]) -> bool:
    """Whether a warning only follows from an error: that a list is empty which cannot be read."""
    return fault.level == "warning" and any(path.startswith(fault.path) for path in refused)


class _Checked(NamedTuple):
    """A document, what it says (None if the models refuse it), and all that is wrong with it."""

    document: Document
    says: RuleFile | None
    faults: list[Fault]


def _checked(document: Document) -> _Checked:
    root = document.root
    data = plain(root)
    faults: list[Fault] = []
    says: RuleFile | None = None
    try:
        says = RuleFile.model_validate(data)
    except ValidationError as error:
        faults += faults_of(root, error, Written)
    found = [*findings(data, _given(root, data)), *expectations(data, _former_ids(data))]
    found += [*misplaced(data), *kept_for_later(data)]
    faults += [fault_of(root, one) for one in found]
    known = {fault.place for fault in faults}
    empty = [fault_of(root, one) for one in nothings(data)]
    faults += [fault for fault in empty if fault.place not in known]
    return _Checked(document, says, faults)


def _former_ids(data: object) -> list[str]:
    rules = list_of(map_of(data).get("rules"))
    return [str(one) for rule in rules for one in list_of(map_of(rule).get("was"))]


def _given(root: Node, data: object) -> Mapping[str, object]:
    """The lists that come from other files."""
    lists = entries_of(child(root, "lists"))
    theirs = {name.text for name, words in lists if words.place.file}
    said = map_of(map_of(data).get("lists"))
    return {name: words for name, words in said.items() if name in theirs}


def fault_of(root: Node, found: Finding) -> Fault:
    """The finding as a fault, with the place that its way leads to."""
    return Fault(
        place=place_of(root, found.loc, key=found.at_key),
        message=found.message,
        hint=found.hint,
        path=path_of(found.loc),
        level=found.level,
    )
