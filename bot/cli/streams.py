"""Standard input, output and error as they come: closed, full, or in an encoding of their own."""

from __future__ import annotations

import io
import os
import sys

CANNOT_SAY = 1  # exit code: what was to be said went nowhere


def prepare() -> None:
    """Let no character and no closed stream stop a command.

    What an encoding cannot say is written as an escape, what it cannot read becomes U+FFFD; where
    a stream was closed by whoever called, nothing is read, and nothing said.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        _with_errors(stream, "backslashreplace")
    _with_errors(sys.stdin, "replace")


def finish() -> None:
    """Write out what is still held back, while a failure of that can be said in a sentence."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has read enough
        _forget_stdout()
    except OSError as error:
        _forget_stdout()
        sys.stderr.write(f"qunguan: cannot write the output: {error.strerror}\n")
        sys.exit(CANNOT_SAY)


def _with_errors(stream: object, errors: str) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=errors)


def _forget_stdout() -> None:
    """Let the interpreter not try again on its way out."""
    sys.stdout = io.StringIO()
