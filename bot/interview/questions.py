"""The six questions: asked one by one, each with an answer that Enter stands for.

Where they are asked (a terminal, a page) is for the caller; what is written is `rulefile`.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Final

import msgspec
from msgspec import Struct

from bot.interview.pasted import Language
from bot.interview.usual import usual
from rules.files.switches.lines import seen

LONGEST: Final = 60  # characters of a name; WeChat allows 32, Telegram 128 for groups

Ask = Callable[[str], str]
Say = Callable[[str], None]


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question. With `options` it is answered by number; `otherwise` is what Enter means."""

    key: str
    text: str
    help: str = ""
    options: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    otherwise: str = ""


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that the interview says in a language."""

    hello: str
    again: str
    too_long: str
    paste: str
    head: str
    name: str
    owner: str
    welcome: str
    closing: str
    failed: str
    later: str
    wechat: str
    question: tuple[Question, ...]


class Answers(Struct, frozen=True, kw_only=True):
    """What was answered: keys of options, and names as typed ("" where Enter was pressed)."""

    where: str = "nowhere"
    kind: str = "chat"
    name: str = ""
    ads: str = ""
    admin_chat: str = ""
    owner: str = ""


@cache
def words(language: Language) -> Words:
    """What is said in a language."""
    source = resources.files("bot.interview").joinpath(f"words.{language}.toml")
    return msgspec.convert(tomllib.loads(source.read_text("utf-8")), Words)


def interview(language: Language, ask: Ask, say: Say) -> Answers:
    """Ask the questions in their order; `ask` shows a prompt and gives what was typed."""
    spoken = words(language)
    given: dict[str, str] = {}
    for number, question in enumerate(spoken.question, start=1):
        otherwise = _otherwise(question, given)
        prompt = _prompt(question, f"{number}/{len(spoken.question)}", otherwise)
        given[question.key] = _answer(question, prompt, otherwise, (spoken, ask, say))
    return Answers(**given)


def _otherwise(question: Question, given: dict[str, str]) -> str:
    """What Enter means: for ads, what the kind of group answers."""
    if question.key != "ads":
        return question.otherwise
    ads = usual(given["kind"], "ads").key
    return ads if ads in question.keys else question.keys[0]


def _prompt(question: Question, number: str, otherwise: str) -> str:
    if not question.options:
        return f"{number} {question.text}  {question.help} "
    options = "  ".join(f"{n} {one}" for n, one in enumerate(question.options, start=1))
    return f"{number} {question.text}   {options}   [{question.keys.index(otherwise) + 1}] "


def _answer(question: Question, prompt: str, otherwise: str, talk: tuple[Words, Ask, Say]) -> str:
    """What was meant; a slip is asked again."""
    spoken, ask, say = talk
    while True:
        typed = unicodedata.normalize("NFKC", seen(ask(prompt))).strip()
        if not typed:
            return otherwise
        if question.options:
            meant = _option(question, typed)
            if meant:
                return meant
            say(spoken.again.format(typed=typed[:LONGEST], most=len(question.options)))
        elif not typed.strip("? "):  # whoever does not know gets what Enter gives
            return otherwise
        elif len(typed) <= LONGEST:
            return " ".join(typed.split())
        else:
            say(spoken.too_long.format(most=LONGEST))


def _option(question: Question, typed: str) -> str:
    """The key of the option that was typed by its number or in its words; "" if it is none."""
    if typed.isdecimal():
        n = int(typed[:4])  # no question has so many options, and int() takes not every length
        return question.keys[n - 1] if 1 <= n <= len(question.keys) else ""
    fitting = [
        key
        for option, key in zip(question.options, question.keys, strict=True)
        if option.lower().startswith(typed.lower())
    ]
    return fitting[0] if len(fitting) == 1 else ""
