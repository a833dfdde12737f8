"""Logs of the bot, as lines for people or as JSON, in which no message text can appear.

Events are constant words, values are numbers, ids and other scalars. What could hold a person's
words becomes its length here, whoever logs it; the text is in the journal and nowhere else.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Literal, TextIO

import orjson
import structlog
from structlog.types import EventDict, Processor, WrappedLogger

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["console", "json"]

# Keys whose values are, or may be, words of a member.
# fmt: off
_TEXT_KEYS = frozenset({
    "args", "body", "caption", "content", "excerpt", "line", "match", "matched", "matches",
    "message", "name", "names", "nick", "nickname", "quote", "quoted", "reason", "say", "sentence",
    "text", "texts", "title", "user_name", "username", "value", "words",
})
# fmt: on
_SCALARS = (bool, int, float, date, timedelta, Enum, Path)
_CHAIN_AT_MOST = 8  # causes of one exception that are listed; a chain is rarely longer than 3


def configure(level: Level, log_format: Format, stream: TextIO | None = None) -> None:
    """Send logs from `level` upwards to `stream` (standard error), of libraries only warnings."""
    target = stream or sys.stderr
    render: Processor
    if log_format == "json":
        render = structlog.processors.JSONRenderer(serializer=_dumps)
    else:
        render = structlog.dev.ConsoleRenderer(colors=target.isatty())
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
        drop_texts,
    ]
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, _first_line, *shared],
            processors=[remove_meta, render],
            keep_exc_info=False,
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for ours in ("bot", "adapters"):
        logging.getLogger(ours).setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def drop_texts(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace what could hold a person's words by its length, and what is no scalar by its type."""
    for key in [key for key in event if not key.startswith("_")]:
        event[key] = _safe(key, event[key])
    return event


def describe_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turn `exc_info` into types and places; an exception's message may hold a text: left out."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = " | ".join(_lines(error))
    return event


def _first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep the first line of a library's log; asyncio puts the repr of objects into the others."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def _safe(key: str, value: object) -> object:
    if value is None or isinstance(value, _SCALARS):
        return value
    if key in _TEXT_KEYS and isinstance(value, str | bytes):
        return f"<{len(value)} characters>"
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple | dict | set | frozenset):
        return f"<{type(value).__name__} of {len(value)}>"
    return f"<{type(value).__name__}>"


def _lines(error: BaseException) -> Iterator[str]:
    seen: BaseException | None = error
    for _ in range(_CHAIN_AT_MOST):
        if seen is None:
            return
        yield f"{_kind(seen)} at {_place(seen)}"
        if isinstance(seen, BaseExceptionGroup):
            for inner in seen.exceptions:
                yield from _lines(inner)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _kind(error: BaseException) -> str:
    """Name the type, and of an error of the system its number: what happened, without a text."""
    number = f" [errno {error.errno}]" if isinstance(error, OSError) and error.errno else ""
    return f"{type(error).__name__}{number}"


def _place(error: BaseException) -> str:
    """Give the calls that led to the error, outermost first, as file:line:function."""
    calls = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        calls.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return " > ".join(calls) or "no place"


def _dumps(event: EventDict, **_options: object) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
