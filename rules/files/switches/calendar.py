"""What is said on schedule: `每天 08:30: 早安`, `friday 20:00: …`, as lines and as cron."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from rules.files.switches.numbers import in_digits
from rules.files.switches.switch import ZH
from rules.text import fold

DAYS: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("*", "每天", "every day", ("天天", "每日", "daily", "everyday")),
    ("1-5", "工作日", "weekdays", ("周一到周五", "周一至周五", "weekday")),
    ("0,6", "周末", "weekends", ("双休日", "weekend")),
    ("1", "周一", "monday", ("星期1", "礼拜1", "每周1", "mon", "mondays")),
    ("2", "周二", "tuesday", ("星期2", "礼拜2", "每周2", "tue", "tuesdays")),
    ("3", "周三", "wednesday", ("星期3", "礼拜3", "每周3", "wed", "wednesdays")),
    ("4", "周四", "thursday", ("星期4", "礼拜4", "每周4", "thu", "thursdays")),
    ("5", "周五", "friday", ("星期5", "礼拜5", "每周5", "fri", "fridays")),
    ("6", "周六", "saturday", ("星期6", "礼拜6", "每周6", "sat", "saturdays")),
    ("0", "周日", "sunday", ("星期日", "星期天", "周天", "每周日", "礼拜天", "sun", "sundays")),
)
"""Days of cron with their clean form in both languages and other ways to say them."""

_BY_NAME: Final = {in_digits(name): row[0] for row in DAYS for name in (row[1], row[2], *row[3])}
_LINE: Final = re.compile(
    r"(?P<day>[^0-9:：]*?[^0-9:：\s]?)\s*(?P<hour>[0-9]{1,2})\s*"
    r"(?:[:：点時时]\s*(?P<minute>[0-9]{2}|半)?分?)\s*[:：]?\s*(?P<say>\S.*)?"
)


class Appointment(Struct, frozen=True, kw_only=True):
    """A sentence with the time at which it is said; `line` is where it stands."""

    day: str
    hour: int
    minute: int
    say: str
    line: int
    column: int

    @property
    def cron(self) -> str:
        """The time in five fields of cron."""
        return f"{self.minute} {self.hour} * * {self.day}"

    def when(self, language: str) -> str:
        """The key of the line in its clean form."""
        names = {row[0]: row[1] if language == ZH else row[2] for row in DAYS}
        return f"{names[self.day]} {self.hour:02}:{self.minute:02}:"


def looks_like_appointment(says: str) -> bool:
    """Whether a line begins with a day and a time."""
    return appointment(says, 0, 0) is not None


def appointment(says: str, line: int, column: int) -> Appointment | None:
    """The line as an appointment; None if its day or time cannot be read, or nothing is said."""
    found = _LINE.fullmatch(says)
    if found is None or not found["say"]:
        return None
    day = _BY_NAME.get(in_digits(fold(found["day"]).letters or found["day"].strip()))
    hour = int(found["hour"])
    minute = 30 if found["minute"] == "半" else int(found["minute"] or 0)
    if day is None or hour > 23 or minute > 59:
        return None
    return Appointment(
        day=day, hour=hour, minute=minute, say=found["say"], line=line, column=column
    )
