"""Which ruleset governs a group, and what digest a rulebook has."""

from __future__ import annotations

import pytest

from rules.rulebook import NOBODYS, Rulebook
from rules.state import GroupState
from tests.scenes import Scene


def book(*applies: str) -> Rulebook:
    """A rulebook of files that apply to these groups, named by their order."""
    classes = ("classes: {flats: [Flat *, Flats *]}\n", "classes: {homes: [House *]}\n")
    texts = [f"pack: p{n}\napplies_to: {one}\n{classes[n]}" for n, one in enumerate(applies)]
    return Rulebook(tuple(Scene(text).ruleset for text in texts))


@pytest.mark.parametrize(
    ("applies", "title", "platform", "expected"),
    [
        (["{}"], "Anything", "wechat", "p0"),
        (["{groups: [创富*]}"], "创富孵化群3", "wechat", "p0"),
        (["{groups: [创富*]}"], "别的群", "wechat", ""),
        (["{groups: [创富*]}", "{groups: [创富孵化群*]}"], "创富孵化群3", "wechat", "p1"),
        (["{groups: [创富孵化群*]}", "{groups: [创富*]}"], "创富孵化群3", "wechat", "p0"),
        (["{}", "{groups: ['*']}"], "Anything", "wechat", "p1"),
        (["{groups: [创富孵化群*]}", "{groups: [创富孵化群3]}"], "创富孵化群3", "wechat", "p1"),
        (["{groups: ['[广州]二手群']}"], "[广州]二手群", "wechat", "p0"),
        (["{groups: ['*二手*']}"], "[广州]二手群", "wechat", "p0"),
        (["{groups: ['*二手']}"], "[广州]二手群", "wechat", ""),
        (["{groups: ['广*二*群']}"], "广州二手群", "wechat", "p0"),
        (["{groups: ['广*州*群']}"], "广二手群", "wechat", ""),
        (["{platforms: [telegram]}"], "Anything", "wechat", ""),
        (["{platforms: [telegram]}"], "Anything", "telegram", "p0"),
        (["{platforms: [telegram]}"], "Anything", "", "p0"),
        (["{groups: [g1]}"], "A title", "", ""),
        (["{ids: [g1]}"], "A title", "", "p0"),
        (["{groups: [A title]}", "{ids: [g1]}"], "A title", "", "p1"),
        (["{classes: [flats]}", "{}"], "Flats 3", "", "p0"),
        (["{classes: [flats]}", "{groups: ['Flats*']}"], "Flats 3", "", "p1"),
        (["{classes: [nobody, homes]}"], "Flats 3", "", ""),
        (["{classes: [homes], ids: [g2]}", "{}"], "House 9", "", "p0"),
        ([], "Anything", "", ""),
    ],
)
def test_the_most_exact_title_governs(
    applies: list[str], title: str, platform: str, expected: str
) -> None:
    """Of the files that fit, the one with the longest pattern; none that fits: silence."""
    group = GroupState(id="g1", title=title, platform=platform)
    governing = book(*applies).governing(group)
    assert expected == governing.name
    assert (governing is NOBODYS) is (expected == "")


def test_the_digest_follows_every_file() -> None:
    """The rulebook's digest changes with any file, and with their order."""
    one, other = book("{}", "{groups: [a]}"), book("{groups: [a]}", "{}")
    assert 16 == len(one.digest)
    assert one.digest == book("{}", "{groups: [a]}").digest
    assert one.digest != other.digest
    assert one.digest != book("{}").digest


def test_nobodys_rules_say_nothing() -> None:
    """A group that no file names has no rules, and a rule that is asked for is not there."""
    assert ((), None) == (NOBODYS.rules, NOBODYS.rule("any"))
