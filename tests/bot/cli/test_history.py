"""`qunguan try`, `replay` and `judge` as somebody types them: what they print, write and return."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from bot.cli import history
from bot.cli.progress import Progress
from bot.clock import FrozenClock
from tests.bot.history.exports import START, chat, said, written
from tests.bot.history.histories import RULES, file_of, line


def typed(*words: str | Path, stdin: str | None = None) -> Result:
    """What comes of a command."""
    app = typer.Typer()
    history.add_to(app)
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file."""
    path = tmp_path / "own.rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


def test_replay_reports_and_writes_lines(tmp_path: Path, rules: Path) -> None:
    """The report is on stdout, faults and progress on stderr, hits in the file."""
    source = file_of(tmp_path, line(0, "加微信"), "{", line(9, "hello"))
    out = tmp_path / "hits.jsonl"
    done = typed("replay", source, "--rules", rules, "--json", out)
    assert 0 == done.exit_code
    assert "Per rule" in done.stdout
    assert "line 2: no JSON object\n1 lines or messages were passed over" in done.stderr
    assert "replaying: 2 messages in" in done.stderr
    (told,) = [json.loads(one) for one in out.read_text().splitlines()]
    assert "ad" == told["rule"]


def test_what_is_read_is_never_written_over(tmp_path: Path, rules: Path) -> None:
    """An output that is the history or a rule file is refused, and both stay as they were."""
    source = file_of(tmp_path, line(0, "加微信"))
    before = source.read_bytes(), rules.read_bytes()
    link = tmp_path / "link.jsonl"
    link.symlink_to(source)
    for out in (source, rules, link):
        done = typed("replay", source, "--rules", rules, "--json", out)
        assert (2, "write to another file" in done.stderr) == (done.exit_code, True)
    done = typed("judge", "--in", source, "--out", source, "--rules", rules)
    assert 2 == done.exit_code
    assert before == (source.read_bytes(), rules.read_bytes())


def test_judging_what_holds_no_message_is_bad_input(tmp_path: Path, rules: Path) -> None:
    """Nothing could be read: that is not success."""
    source = tmp_path / "no.jsonl"
    source.write_text("{}\n[]\n")
    done = typed("judge", "--in", source, "--rules", rules, "--out", tmp_path / "out")
    assert 2 == done.exit_code
    assert "2 lines or messages were passed over" in done.stderr


def test_replay_to_stdout_is_only_lines(tmp_path: Path, rules: Path) -> None:
    """With --json - the lines can be piped: the report goes to stderr."""
    done = typed("replay", file_of(tmp_path, line(0, "加微信")), "--rules", rules, "--json", "-")
    assert "ad" == json.loads(done.stdout)["rule"]
    assert "Per rule" in done.stderr


def test_several_rule_files_count_together(tmp_path: Path, rules: Path) -> None:
    """--rules may be given again; a mode `ask` of one file still asks."""
    more = tmp_path / "more.yaml"
    more.write_text(
        "schema: 1\npack: more\ntitle: More\nmode: ask\nlists: { x: [hello] }\nrules:\n"
        "  - id: greets\n    title: T\n    when: { words: { list: x } }\n    then: { strikes: 1 }\n"
    )
    source = file_of(tmp_path, line(0, "加微信"), line(5, "hello", user="li"))
    done = typed("replay", source, "--rules", rules, "--rules", more, "--json", "-")
    told = [json.loads(one) for one in done.stdout.splitlines()]
    assert [("ad", "block"), ("greets", "review")] == [(o["rule"], o["outcome"]) for o in told]
    twice = typed("replay", source, "--rules", rules, "--rules", rules)
    assert 2 == twice.exit_code
    assert "stands in both" in twice.stderr


def test_every_fault_of_every_rule_file_is_said(tmp_path: Path) -> None:
    """Wrong rule files end the command with exit code 2 and all their faults with places."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("schema: 1\npack: bad\ntitle: T\nmode: sometimes\nruless: []\n")
    source = file_of(tmp_path, line(0, "x"))
    for command in (["replay", source], ["judge", "--in", source], ["try", source, "--no-open"]):
        done = typed(*command, "--rules", bad, "--rules", tmp_path / "missing.yaml")
        assert 2 == done.exit_code
        assert f"{bad}:4:" in done.stderr
        assert f"{bad}:5:" in done.stderr
        assert "missing.yaml: cannot be read (No such file or directory)" in done.stderr


@pytest.mark.parametrize("command", [["replay"], ["judge", "--in"], ["try", "--no-open"]])
def test_what_is_no_file_is_one_sentence(tmp_path: Path, rules: Path, command: list[str]) -> None:
    """A missing history is one sentence and exit code 2, for each command."""
    done = typed(*command, tmp_path / "missing", "--rules", rules)
    assert 2 == done.exit_code
    assert f"qunguan: {tmp_path / 'missing'} does not exist" in done.stderr


def test_a_target_that_cannot_be_written(tmp_path: Path, rules: Path) -> None:
    """A folder that is not there, or a file in its place, is one sentence and exit code 2."""
    source = file_of(tmp_path, line(0, "x"))
    nowhere = tmp_path / "no" / "where.jsonl"
    done = typed("replay", source, "--rules", rules, "--json", nowhere)
    assert (2, True) == (done.exit_code, "cannot be written (No such" in done.stderr)
    done = typed("try", source, "--rules", rules, "--out", source)
    assert (2, True) == (done.exit_code, "give a folder with --out" in done.stderr)


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_judge_reads_and_writes_files(tmp_path: Path, rules: Path, ending: str) -> None:
    """Files are packed where their name or bytes say so."""
    source, out = tmp_path / f"in{ending}", tmp_path / f"out{ending}"
    text = '{"text": "加微信", "id": 1}\n{"text"\n'.encode()
    source.write_bytes(gzip.compress(text) if ending.endswith("gz") else text)
    done = typed("judge", "--rules", rules, "--in", source, "--out", out)
    assert (0, "") == (done.exit_code, done.stdout)
    assert "line 2: no JSON object" in done.stderr
    whole = out.read_bytes()
    told = json.loads(gzip.decompress(whole) if ending.endswith("gz") else whole)
    assert (1, "block", "ad", 100) == (told["id"], told["outcome"], told["rule"], told["score"])


def test_judging_an_empty_file_gives_an_empty_file(tmp_path: Path, rules: Path) -> None:
    """Nothing in is nothing out, and no mistake."""
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.touch()
    assert 0 == typed("judge", "--rules", rules, "--in", source, "--out", out).exit_code
    assert b"" == out.read_bytes()


def test_judge_between_pipes(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --in and --out lines come from stdin and go to stdout."""
    given = tmp_path / "given"
    given.write_text('{"text": "see https://x.example"}\n')
    with given.open() as stdin:
        monkeypatch.setattr(history, "stdin_number", stdin.fileno)
        done = typed("judge", "--rules", rules, "--newcomer")
    assert ("block", "newcomer-link") == (
        json.loads(done.stdout)["outcome"],
        json.loads(done.stdout)["rule"],
    )


def test_try_writes_a_page_beside_the_export(tmp_path: Path, rules: Path) -> None:
    """The page stands beside the export under its name, or in --out; its path is printed."""
    source = tmp_path / "result.json"
    source.write_bytes(written(chat([said(1, "加微信")])))
    done = typed("try", source, "--rules", rules)
    page = tmp_path / "result.qunguan.html"
    assert (0, f"{page}\n") == (done.exit_code, done.stdout)
    assert "<mark>加微信</mark>" in page.read_text(encoding="utf-8")
    done = typed("try", source, "--rules", rules, "--out", tmp_path / "new", "--lang", "en")
    assert 'lang="en"' in (tmp_path / "new" / "result.qunguan.html").read_text(encoding="utf-8")


def test_try_opens_the_page_only_from_a_terminal(
    tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser is opened for a person, not for a script, and never with --no-open."""
    opened: list[str] = []
    monkeypatch.setattr(history.webbrowser, "open", opened.append)
    source = file_of(tmp_path, line(0, "x"), name="chat.jsonl.gz")
    typed("try", source, "--rules", rules)
    assert [] == opened
    monkeypatch.setattr(history, "is_terminal", lambda: True)
    typed("try", source, "--rules", rules, "--no-open")
    assert [] == opened
    typed("try", source, "--rules", rules, "--no-serve")
    assert [(tmp_path / "chat.qunguan.html").as_uri()] == opened


def test_try_serves_the_page_where_a_tap_can_write(
    tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a terminal, with one rule file; elsewhere only when it is asked for."""
    served: list[tuple[Path, bool]] = []

    def serve(_: object, __: Path, file: Path, *, port: int, opens: bool) -> None:
        served.append((file, opens))

    monkeypatch.setattr(history.desk, "serve", serve)
    monkeypatch.setattr(history.webbrowser, "open", lambda _: None)
    source = file_of(tmp_path, line(0, "加微信"))
    typed("try", source, "--rules", rules)
    assert [] == served
    typed("try", source, "--rules", rules, "--serve")
    monkeypatch.setattr(history, "is_terminal", lambda: True)
    typed("try", source)
    typed("try", source, "--rules", rules, "--no-open")
    typed("try", source, "--rules", rules)
    assert [(rules, False), (rules, True)] == served


def test_a_served_page_needs_one_rule_file(tmp_path: Path, rules: Path) -> None:
    """Without one, the sentence says which commands make it and use it."""
    source = file_of(tmp_path, line(0, "加微信"))
    none = typed("try", source, "--serve")
    assert 2 == none.exit_code
    assert "`qunguan init " in none.stderr
    assert f"then `qunguan try {source} --rules " in none.stderr
    two = typed("try", source, "--serve", "--rules", rules, "--rules", rules)
    assert (2, True) == (two.exit_code, "name one with --rules, not several" in two.stderr)


def test_the_bar_shows_how_far_it_is() -> None:
    """At a terminal there is a bar with share and rate, and the count stays when it is gone."""
    page = io.StringIO()
    clock = FrozenClock(START)
    console = Console(file=page, force_terminal=True, width=100)
    with Progress("replaying", 100, console=console, clock=clock) as progress:
        clock.advance(START - START.replace(hour=7, minute=59, second=50))
        progress.at(50, 1000)
        progress.count(2000)
    assert "replaying: 2,000 messages in 10.0 s, 200 messages a second" in page.getvalue()


def test_without_a_terminal_there_are_four_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """In a log there are a few plain lines, and none where the size is not known."""
    with Progress("reading", 100, clock=FrozenClock(START)) as progress:
        for done in range(101):
            progress.at(done)
    assert [f"reading: {share} %" for share in (25, 50, 75, 100)] == (
        capsys.readouterr().err.splitlines()
    )
    with Progress("reading", 0) as progress:
        progress.at(5)
    assert "" == capsys.readouterr().err
