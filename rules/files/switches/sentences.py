"""What is told of a line of switches: one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from rules.phrases import Phrase, phrase


class Said(NamedTuple):
    """One sentence in both languages, with its placeholders."""

    zh: str
    en: str


SENTENCES: Final[Mapping[str, str]] = {
    # read by grace
    "colon": "read “{sign}” as “:”.",
    "colon_space": "read a space behind the “:”.",
    "braces": "read “{typed}” as “{meant}”.",
    "no_colon": "read a “:” behind “{key}”.",
    "bullet": "passed over “{sign}” at the start of the line.",
    "indented": "passed over the spaces before “{key}”.",
    "spelled": "read “{typed}” as “{meant}”.",
    "quotes": "left out the quotes around it.",
    "brackets": "left out the brackets around it.",
    "spaces": "read the spaces as commas: {items}.",
    "encoding": "the file is saved as {name}; it was read, but UTF-8 is safer.",
    "txt": "the file's name ends in “.txt”; it was read all the same.",
    "weird_space": "passed over a character that cannot be seen.",
    "comment_space": "took what follows “#” for a comment.",
    # said, and nothing is wrong
    "later": "“{key}” is kept; it works from a later version.",
    "no_rule": "“{key}” is kept; no shipped rule is about it yet.",
    "words_alone": (
        "“{name}” looks at words alone and may hit the innocent; add a line “and also: contact”."
    ),
    "no_site": "no site is known for “{item}”: its name is let through.",
    "all_groups": "no “groups” are written, so it governs all groups.",
    "no_kind": "no “kind” is written; “chat” is taken.",
    "nobody_yet": "no “owner” is written: fine for the trial, needed to go live.",
    "utc": "no “timezone” is written, so times are UTC; add e.g. timezone: Europe/Berlin.",
    "dash_only": "only “{value}” is written behind “{key}”; it is taken as not written.",
    "nothing": "nothing is written behind “{key}”; it is taken as not written.",
    # faults
    "choice": "“{key}” cannot be “{value}”; it is one of: {choices}.",
    "unknown": "there is no “{key}”.",
    "unread": (
        "“{text}” cannot be read: write one thing a line, like “ads: no”;"
        " indent what goes on from the line above."
    ),
    "twice": "“{key}” is written twice, first in line {first}; keep one.",
    "number": "the number in “{value}” must be from {least} to {most}.",
    "span": "“{key}” cannot be “{value}”; write from when to when, like “23:00-07:00”, or “off”.",
    "long_span": (
        "“{value}” is {hours} hours long: is it the wrong way round?"
        " Write it by the 24-hour clock, like “23:00-07:00”."
    ),
    "step": "“{key}” cannot hold “{value}”; steps are: remind / mute 1d / remove.",
    "step_unit": "is “{value}” {n} minutes, hours or days? Write it out, like “mute {n}d”.",
    "empty_groups": "no name is written behind “groups”.",
    "nobody": "“{key}: {value}” needs somebody to ask: write “owner”, “admin_chat” or “admins”.",
    "placeholder": "nothing is filled in for “{{{name}}}” in “{key}”; there is {known}.",
    "appointment": (
        "“{value}” cannot be read: write when, like “every day 08:30: …” or “friday 20:00: …”."
    ),
    "no_group": "the name of a group belongs above this line, like “Flea Market 2:”.",
    "not_here": "“{key}” cannot differ in one group; write it at the top.",
    "no_name": "this rule has no “name”.",
    "no_says": "the rule “{name}” has no “says”.",
    "name_twice": "there are two rules “{name}”; give one another name.",
    "many_lines": "“{key}” has many lines: edit the file.",
    "site": "“{item}” is no site; write it like shimo.im, with commas between.",
    "full": "“full” needs a number of people, like “480 people”.",
}
"""The English sentences: what is told, by a key of its own."""

REMINDER: Final = Said(
    "@{member} 提醒一下：{title}。我看错了就回“误会”。",
    "{member}, a reminder: {title}. Got it wrong? Reply “mistake”.",
)
"""What an own rule says in the group."""


def sentence(key: str, values: Mapping[str, object]) -> Phrase:
    """The sentence, filled in."""
    return phrase(SENTENCES[key], **values)
