"""What is different between two rule files, by what they mean."""

from __future__ import annotations

import pytest

from rules.files import load
from rules.files.compare import Difference, compare

A = """\
pack: a
lists: { ads: [x, y], gone: [z] }
rules:
  - { id: ads, title: Ads, when: { words: { list: ads } }, then: { strikes: 1 } }
  - { id: old, title: Old, when: { any: [ kind: image, kind: [voice, video] ] }, then: {} }
"""


def difference(b: str) -> Difference:
    """The way from A to B."""
    first, second = load(A, file="a.yaml").effective, load(b, file="b.yaml").effective
    assert first is not None
    assert second is not None
    return compare(first.document, second.document)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("x, y", "y, x", Difference()),
        ("title: Ads", "title: Ads, mode: enforce, match: [x]", Difference()),
        ("pack: a", "pack: a\nmode: shadow\ntests: []", Difference()),
        (
            "strikes: 1",
            "strikes: 2",
            Difference(rules_changed={"ads": {"then.strikes": ("1", "2")}}),
        ),
        (
            "title: Ads",
            "title: Ads, mode: ask",
            Difference(rules_changed={"ads": {"mode": ("", "ask")}}),
        ),
        (
            "[voice, video]",
            "[voice]",
            Difference(rules_changed={"old": {"when.any[1].kind": ("voice, video", "voice")}}),
        ),
        (
            "id: old",
            "id: new, was: [old]",
            Difference(rules_changed={"new": {"id": ("old", "new"), "was": ("", "old")}}),
        ),
        ("id: old", "id: new", Difference(rules_added=("new",), rules_removed=("old",))),
        (
            "[x, y], gone: [z]",
            "[x, w], come: [v]",
            Difference(
                words_added={"ads": ("w",), "come": ("v",)},
                words_removed={"ads": ("y",), "gone": ("z",)},
            ),
        ),
        (
            "pack: a",
            "pack: a\napplies_to: { groups: [g] }",
            Difference(file_changed={"applies_to.groups": ("", "g")}),
        ),
    ],
)
def test_only_what_means_something_else_is_different(
    old: str, new: str, expected: Difference
) -> None:
    """Defaults that are written, the order of words, examples and tests make no difference."""
    found = difference(A.replace(old, new))
    assert expected == found
    assert (expected == Difference()) is found.is_none
