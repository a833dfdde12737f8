"""How conditions write values of a rule into their evidence."""

from __future__ import annotations

from datetime import timedelta

_UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "m"))


def as_written(span: timedelta) -> str:
    """A length of time as rule files write it, in the largest unit that fits: `90s`, `10m`."""
    for unit, name in _UNITS:
        if span and not span % unit:
            return f"{span // unit}{name}"
    return f"{span // timedelta(seconds=1)}s"
