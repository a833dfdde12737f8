"""The example of every key: it uses each one, what it says acts, and exceptions differ."""

from __future__ import annotations

from pathlib import Path

from bot.rulefiles import Home
from bot.ruletests import run
from rules.decision import Mode
from rules.files import Loaded, load
from rules.files.chinese_words import KEYS
from rules.files.compare import compare
from rules.files.nodes import ListNode, MapNode, Node, read
from rules.files.schema_texts import Sentences
from rules.files.show import shown

FILE = Path(__file__).parents[2] / "examples" / "everything.rules.yaml"


def loaded() -> Loaded:
    """The example, with its list of words beside it."""
    return load(FILE.read_bytes(), file=FILE.name, library=Home(FILE.parent))


def keys_in(node: Node | None) -> set[str]:
    """Every key that is written somewhere in it."""
    if isinstance(node, ListNode):
        return {key for item in node.items for key in keys_in(item)}
    if isinstance(node, MapNode):
        inner = {one for _, value in node.entries for one in keys_in(value)}
        return inner | {key.text for key, _ in node.entries}
    return set()


def test_every_key_is_used() -> None:
    """No key of the full form is missing; of own sentences one is enough."""
    written = keys_in(read(FILE.read_bytes())[0])
    assert set() == set(KEYS) - written - set(Sentences.model_fields)


def test_it_holds() -> None:
    """Nothing is wrong with it but what comes later, and its timelines play as they say."""
    found = loaded()
    assert {"note"} == {fault.level for fault in found.faults}
    assert all("以后的版本才管" in str(fault.message) for fault in found.faults)
    results = run(found)
    assert len(results) > 40
    assert [] == [one.message for one in results if not one.passed]


def test_a_group_may_differ() -> None:
    """What is different in one group is the difference, and nothing else."""
    found = loaded()
    assert found.ruleset is not None
    (group,) = found.exceptions
    assert (Mode.ENFORCE, Mode.SHADOW) == (found.ruleset.mode, group.mode)
    exception, whole = found.documents
    difference = compare(whole, exception)
    assert {"paid": {"mode": ("enforce", "off")}} == difference.rules_changed
    assert {"mode": ("enforce", "shadow")}.items() <= difference.file_changed.items()
    assert () == (*difference.rules_added, *difference.rules_removed)


def test_what_it_amounts_to_is_a_file_of_its_own() -> None:
    """`explain --effective` prints a file that is read to the same meaning."""
    found = loaded()
    assert found.ruleset is not None
    again = load(shown(found.documents[-1], FILE.name), file=FILE.name)
    assert again.ruleset is not None, again.faults
    assert [one.id for one in found.ruleset.rules] == [one.id for one in again.ruleset.rules]
    assert found.ruleset.ladder == again.ruleset.ladder
    assert found.ruleset.limits == again.ruleset.limits
    assert found.ruleset.searched == again.ruleset.searched
