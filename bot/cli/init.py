"""`qunguan init`: six questions, and the group's first rule file is written, tried and in trial."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.atomic import replace
from bot.cli.called import called
from bot.interview.pasted import Language, blocklist, findings, lines
from bot.interview.questions import Answers, interview, words
from bot.interview.rulefile import first_file
from bot.rulefiles import load_file, rule_files
from bot.ruletests import run
from bot.settings import load_settings

NAME: Final = {"zh": "群规.yaml", "en": "rules.yaml"}
BLANKS = 2  # empty lines in a row end what is pasted: one may stand between two rules


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(init)


def init(
    folder: Annotated[Path, typer.Argument(help="The home folder to make.")],
    lang: Annotated[
        Language | None, typer.Option(help="The language of the questions and the file.")
    ] = None,
) -> None:
    """Ask six questions and write a first rule file, in trial mode. Enter is always an answer."""
    language: Language = lang or load_settings().speaks
    path = folder / NAME[language]
    _refuse_home_with_rules(folder)
    _say(words(language).hello + "\n")
    answers = interview(language, _ask, _say)
    text = first_file(answers, _pasted(language), language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace(path, text.encode())
    except OSError as error:
        sys.stderr.write(f"qunguan: cannot make {path}: {error.strerror}; choose another folder\n")
        raise typer.Exit(1) from None
    _say(_closing(path, answers, language))


def _refuse_home_with_rules(folder: Path) -> None:
    there = rule_files(folder)
    if there:
        sys.stderr.write(
            f"qunguan: {there[0]} is there already; choose another folder or edit it\n"
        )
        raise typer.Exit(1)


def _pasted(language: Language) -> Mapping[str, str]:
    """What the group's own rules write, after each of them was answered."""
    _say("\n" + words(language).paste)
    text = "\n".join(_until_blank())
    banned, others = blocklist(text)
    found = findings(others, language)
    _say("\n".join(one.line for one in found) + "\n" if found else "")
    joined = "、".join(banned) if language == "zh" else ", ".join(banned)
    return {**lines(found), **({"forbidden": joined} if banned else {})}


def _until_blank() -> Iterator[str]:
    blanks = 0
    for n, line in enumerate(sys.stdin):
        blanks = 0 if line.strip() else blanks + 1
        if blanks == BLANKS or (n == 0 and blanks):
            return
        yield line.rstrip("\n")


def _ask(prompt: str) -> str:
    """What was typed after a prompt; nothing at the end of the input, as if Enter were pressed."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    return sys.stdin.readline()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _closing(path: Path, answers: Answers, language: Language) -> str:
    """That it is written and tried, and what comes next."""
    spoken = words(language)
    loaded = load_file(path)
    wrong = [fault.render(str(path)) for fault in loaded.faults if fault.level == "error"]
    results = run(loaded) if loaded.ruleset is not None else []
    failed = (result.said(loaded.tongue) for result in results if not result.passed)
    wrong += [f"{result.name}: {result.message}" for result in failed]
    said = (spoken.failed if wrong else spoken.closing).format(
        path=path,
        lines=len(path.read_text(encoding="utf-8").splitlines()),
        tests=len(results),
        qunguan=called(),
        folder=path.parent,
    )
    later = spoken.later if answers.where != "nowhere" else ""
    wechat = spoken.wechat if answers.where in ("wechat", "both") else ""
    return "\n".join([said, *wrong]) + later + wechat
