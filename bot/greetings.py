"""Welcoming newcomers: joins that come close together are merged into one welcome."""

from __future__ import annotations

from datetime import timedelta

from rules.actions import Line
from rules.decision import Deadline, Mode, Step
from rules.draft import Draft
from rules.events import MemberJoined, Tick
from rules.links import find_links
from rules.quiet import quiet_until
from rules.text import fold

GREETING = "greeting"
CROWDED_WINDOW = timedelta(minutes=10)  # first-hour.md 1.16: after the third welcome in an hour
CROWDED_AFTER = 3
NAMED_AT_MOST = 5  # requirements.md S03
LONGEST_NAME = 32  # characters; the longest first name that Telegram takes is 64
CONTACT_DIGITS = 5  # a QQ number has at least so many
TOO_LATE = timedelta(minutes=30)  # a welcome later than that is stranger than none


def joined(draft: Draft, event: MemberJoined) -> None:
    """Open the window in which joins are collected, unless one is open or nobody is to be
    greeted.
    """
    greeting = draft.ruleset.greeting
    if greeting is None or draft.ruleset.mode.hardness < Mode.ASK.hardness:
        return
    if event.is_backlog or draft.group.greeting:
        return
    lately = [at for at in draft.group.welcomed_at if event.at - at < timedelta(hours=1)]
    window = CROWDED_WINDOW if len(lately) >= CROWDED_AFTER else greeting.window
    at = quiet_until(draft.ruleset, event.at + window)
    key = f"{GREETING}:{event.group}:{event.key}"
    draft.opened.append(
        Deadline(key=key, kind=GREETING, group=event.group, ref=event.group, at=at, due_at=at)
    )


def may_be_said(name: str) -> bool:
    """Whether the bot may say a name aloud: not one that is an address, a number or a notice."""
    digits = sum("0" <= char <= "9" for char in fold(name).text)
    return len(name) <= LONGEST_NAME and digits < CONTACT_DIGITS and not find_links(name)


def welcome(draft: Draft, tick: Tick) -> None:
    """Greet everybody who came in the window and is still there, in one sentence."""
    greeting = draft.ruleset.greeting
    names = [name for name in dict(draft.group.joiners).values() if may_be_said(name)]
    if greeting is None or not names or tick.is_backlog:
        return
    if draft.ruleset.mode.hardness < Mode.ASK.hardness:
        return
    values = {"about": greeting.about, "n": str(len(names)), "name": names[0]}
    key = "welcome_one" if len(names) == 1 else "welcome_many"
    line = Line(
        key=key, values=values, lists={"names": tuple(names[:NAMED_AT_MOST])}, own=greeting.say
    )
    if draft.say(line, expires_at=tick.at + TOO_LATE):
        draft.amounts_to(Step.NOTICE, "")
