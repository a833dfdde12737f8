"""Logs: their form, and that no message text comes through by any road."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
import structlog

from bot import log

WORDS = "加微信abc123看主页"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(write: Callable[[Any], object], log_format: log.Format = "json") -> list[str]:
    stream = StringIO()
    log.configure("info", log_format, stream)
    write(structlog.get_logger("bot.test"))
    return stream.getvalue().splitlines()


def raise_with_text() -> None:
    try:
        {}[WORDS]
    except KeyError as error:
        raise ExceptionGroup(WORDS, [ValueError(WORDS), OSError(28, WORDS)]) from error


def failing(logger: Any) -> None:
    try:
        raise_with_text()
    except ExceptionGroup:
        logger.exception("rule_failed")


def library_failing(_logger: Any) -> None:
    try:
        raise_with_text()
    except ExceptionGroup as error:
        logging.getLogger("asyncio").error(  # noqa: TRY400
            "Task failed\nfuture: %r", WORDS, exc_info=error
        )


def lost_task(_logger: Any) -> None:
    async def run() -> None:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "Task exception was never retrieved", "exception": ValueError(WORDS)}
        )

    asyncio.run(run())


@pytest.mark.parametrize("log_format", ["json", "console"])
@pytest.mark.parametrize(
    "write",
    [
        *(
            lambda logger, key=key: logger.info("seen", **{key: WORDS})
            for key in ("text", "quote", "name", "nickname", "caption", "matched", "value", "title")
        ),
        lambda logger: logger.info("seen", text=WORDS.encode()),
        lambda logger: logger.info("seen", event_body={"text": WORDS}),
        lambda logger: logger.info("seen", found=[WORDS]),
        lambda logger: logger.bind(text=WORDS).warning("seen"),
        lambda logger: logger.info("seen", error=ValueError(WORDS)),
        failing,
        library_failing,
        lost_task,
    ],
)
def test_no_text_comes_through(write: Callable[[Any], object], log_format: log.Format) -> None:
    """Neither under a key, nor nested, nor in an exception is a message's text in a log line."""
    written = "\n".join(lines(write, log_format))
    assert written
    assert WORDS not in written
    assert WORDS not in written.encode().decode("unicode_escape", "ignore")


def test_a_text_leaves_its_length() -> None:
    """Instead of a text the log has its length, so that a line can still be understood."""
    (line,) = lines(lambda logger: logger.info("seen", text=WORDS))
    assert f"<{len(WORDS)} characters>" == orjson.loads(line)["text"]


def test_scalars_come_through() -> None:
    """Ids, numbers, times and paths are logged as they are; containers by their size."""
    at = datetime(2026, 1, 2, tzinfo=UTC)
    values = {
        "rule": "ads", "position": 7, "text": None, "at": at, "file": Path("a.yaml"),
        "lag": timedelta(seconds=1), "ids": [1, 2], "live": True, "clock": StringIO(),
    }  # fmt: skip
    (line,) = lines(lambda logger: logger.info("seen", **values))
    found = orjson.loads(line)
    assert re.fullmatch(r"20\d\d-[\d-]+T[\d:.]+Z", found.pop("timestamp"))
    assert found == {
        "event": "seen", "level": "info", "rule": "ads", "position": 7, "text": None, "live": True,
        "at": "2026-01-02T00:00:00+00:00", "file": "a.yaml", "lag": "0:00:01",
        "ids": "<list of 2>", "clock": "<StringIO>",
    }  # fmt: skip


def test_an_exception_says_what_and_where() -> None:
    """Of an exception the types, the numbers of system errors and the places are logged."""
    (line,) = lines(failing)
    said = orjson.loads(line)["exception"]
    assert re.match(r"ExceptionGroup at test_log\.py:\d+:failing > test_log\.py:\d+:raise_", said)
    assert (
        " | ValueError at no place | OSError [errno 28] at no place | KeyError at test_log" in said
    )


def test_a_long_chain_of_causes_ends() -> None:
    """However many errors caused one another, a line lists eight of them."""
    error = ValueError()
    for _ in range(20):
        outer = ValueError()
        outer.__cause__ = error
        error = outer
    (line,) = lines(lambda logger: logger.error("failed", exc_info=error))
    assert 8 == orjson.loads(line)["exception"].count("ValueError")


@pytest.mark.parametrize(
    ("name", "level", "written"),
    [
        ("bot.loop", "info", True),
        ("bot.loop", "debug", False),
        ("adapters.simulator", "info", True),
        ("sqlalchemy.engine", "info", False),
        ("watchfiles", "warning", True),
    ],
)
def test_libraries_are_heard_from_warnings_upwards(name: str, level: str, *, written: bool) -> None:
    """Our own parts log from the chosen level, libraries only warnings and errors."""
    told = lines(lambda _: logging.getLogger(name).log(getattr(logging, level.upper()), "told"))
    assert written == bool(told)
