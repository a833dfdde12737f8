"""`qunguan replay` as somebody types it: against other rules, over a home, since a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.clock import FrozenClock
from bot.storage import Batch, Store
from bot.storage.database import default_url
from rules.entries import Decided
from tests.bot.cli.test_history import typed
from tests.bot.history.histories import RULES, file_of, line
from tests.builders import T0, posted, print_of


@pytest.fixture
def rules(tmp_path: Path) -> tuple[Path, Path]:
    """The proposed rules, and the present ones, which know fewer words."""
    new, old = tmp_path / "new.rules.yaml", tmp_path / "old.rules.yaml"
    new.write_text(RULES, encoding="utf-8")
    old.write_text(RULES.replace("[加微信, casino]", "[casino]"), encoding="utf-8")
    return new, old


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which two members wrote, two days apart; the bot has it open."""
    monkeypatch.delenv("QUNGUAN_HOME", raising=False)
    monkeypatch.delenv("QUNGUAN_DATABASE_URL", raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    events = [posted("加微信", by="a"), posted("加微信 two", by="b", seconds=2 * 86_400)]
    with_prints = [Decided(event=one, footprint=print_of(one)) for one in events]
    store = Store.open(default_url(folder), home=folder, now=FrozenClock(T0).now)
    store.commit(Batch(entries=tuple(with_prints)))
    store.close()
    return folder


def test_two_rule_sets_are_compared(tmp_path: Path, rules: tuple[Path, Path]) -> None:
    """The report is on stdout, a line for each change and the page are in their files."""
    new, old = rules
    source = file_of(tmp_path, line(0, "加微信"), "{", line(9, "hello"))
    out, page = tmp_path / "changes.jsonl", tmp_path / "deep" / "page.html"
    done = typed("replay", source, "--rules", new, "--against", old, "--json", out, "--html", page)
    assert 0 == done.exit_code, done.output
    assert "1 条消息的结果会变" in done.stdout
    assert "现在: old.rules.yaml\n改后: new.rules.yaml" in done.stdout
    assert "line 2: no JSON object" in done.stderr
    assert str(page) in done.stderr
    (told,) = [json.loads(one) for one in out.read_text().splitlines()]
    assert ("newly_hit", "nothing", "block") == (
        told["change"],
        told["before"]["outcome"],
        told["after"]["outcome"],
    )
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_journal_is_replayed(
    home: Path, rules: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home is given as HISTORY, with --home or by the settings; --since counts from its end."""
    said = "2 messages of 2 members in 1 groups: 2 hit"
    assert said in typed("replay", home, "--rules", rules[0]).stdout
    assert said in typed("replay", "--home", home, "--rules", rules[0]).stdout
    lately = typed("replay", "--home", home, "--since", "1d", "--rules", rules[0])
    assert "1 messages of 1 members in 1 groups: 1 hit" in lately.stdout
    monkeypatch.setenv("QUNGUAN_HOME", str(home))
    assert said in typed("replay", "--rules", rules[0]).stdout


def test_a_home_can_be_tried(home: Path) -> None:
    """`try` makes its page of a home, too."""
    done = typed("try", home, "--no-open")
    assert 0 == done.exit_code, done.output
    assert (home.parent / "home.qunguan.html").exists()


def test_what_cannot_be_done_is_said(tmp_path: Path, home: Path, rules: tuple[Path, Path]) -> None:
    """Each wrong combination gives its sentence, exit code 2, and writes nothing."""
    new, old = rules
    source = file_of(tmp_path, line(0, "hi"))
    joins = file_of(tmp_path, line(0, "", event="join"), name="joins.jsonl")
    page = tmp_path / "page.html"
    for expected, words in (
        ("--html shows what changes", (source, "--html", page)),
        ("leave one of them out", (source, "--home", home)),
        ("is no home of a bot that has run", ("--home", tmp_path)),
        ("`--since` must be a span", (source, "--since", "soon")),
        ("would be lost", (source, "--against", old, "--html", old)),
        ("nothing that anybody said", (joins, "--against", old, "--html", page)),
        ("does not exist", (tmp_path / "no.jsonl", "--since", "1d")),
    ):
        done = typed("replay", *words, "--rules", new)
        assert (2, True) == (done.exit_code, expected in done.stderr), (expected, done.output)
    assert not page.exists()


def test_nothing_was_said_lately(tmp_path: Path, rules: tuple[Path, Path]) -> None:
    """A history without messages is compared, and nothing changes."""
    joins = file_of(tmp_path, line(0, "", event="join"))
    done = typed("replay", joins, "--rules", rules[0], "--against", rules[1])
    assert (0, True) == (done.exit_code, "没有一条消息的结果会变" in done.stdout)


def test_the_example_of_the_manual(tmp_path: Path) -> None:
    """The files of examples/compare give what docs/replay.md shows."""
    folder = Path(__file__).parents[3] / "examples" / "compare"
    done = typed(
        "replay",
        folder / "chat.jsonl",
        "--rules",
        folder / "then.rules.yaml",
        "--against",
        folder / "now.rules.yaml",
    )
    assert 0 == done.exit_code, done.output
    assert "12 条消息的结果会变 (2.18 %)" in done.stdout
    manual = (folder.parents[1] / "docs" / "replay.md").read_text(encoding="utf-8")
    assert "12 条消息的结果会变 (2.18 %)" in manual
