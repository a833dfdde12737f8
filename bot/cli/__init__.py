"""The command `qunguan`: what it offers, and how it says that something went wrong."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from bot.cli import (
    check,
    effective,
    history,
    home,
    init,
    prove,
    rulefile,
    rules,
    schema,
    serve,
    streams,
    switches,
    undo,
)
from bot.operators import CommandError
from bot.settings import SettingsError
from bot.storage import StorageError
from bot.versions import VersionError
from bot.web.serving import WebError

app = typer.Typer(
    name="qunguan",
    help="Moderates WeChat and Telegram groups by rules like the group's own. 群管小助手。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
serve.add_to(app)
init.add_to(app)
home.add_to(app)
check.add_to(app)
rulefile.add_to(app)
effective.add_to(app)
prove.add_to(app)
history.add_to(app)
switches.add_to(app)
undo.add_to(app)
rules.add_to(app)
schema.add_to(app)

EXPECTED = (SettingsError, StorageError, WebError, CommandError, VersionError)
"""What may go wrong outside our code: said in its own sentence, with exit code 1."""


def main() -> None:
    """Run the command; what went wrong is one sentence on standard error."""
    streams.prepare()
    try:
        app()
    except EXPECTED as error:
        _say_and_exit(error)
    except OSError as error:
        _say_and_exit(_sentence(error))
    except BaseExceptionGroup as group:
        expected = group.subgroup(EXPECTED)
        if expected is None:
            raise
        _say_and_exit(_first(expected))
    finally:
        streams.finish()


def _sentence(error: OSError) -> str:
    """What the system refused, and of which file: no fault of the program, so no traceback."""
    what = error.strerror or type(error).__name__
    if error.filename is None:
        return f"the system refuses what is needed here: {what}; mend that and try again"
    return (
        f"cannot use {os.fspath(error.filename)}: {what}; check that it exists, that you may read "
        "and write it, and that its disk has room"
    )


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


def _say_and_exit(error: BaseException | str) -> NoReturn:
    sys.stderr.write(f"qunguan: {error}\n")
    sys.exit(1)
