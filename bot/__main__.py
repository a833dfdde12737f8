"""`python -m bot` is the command `qunguan`."""

from __future__ import annotations

import sys

INTERRUPTED = 130  # exit code of a command that was stopped with Ctrl-C, as shells have it


def main() -> None:
    """Run the command; Ctrl-C is no error of anybody, also while the program is still loading."""
    try:
        from bot.cli import main as command  # noqa: PLC0415  # loading it takes a second

        command()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
