"""Write docs/settings.md and .env.example from the fields of Settings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.settings import Settings, variable

ROOT = Path(__file__).parents[1]
HEAD = """# Settings

<!-- Made by `make docs` from bot/settings.py: change it there. -->

The bot reads them once, when it starts: from the environment, and from a file `.env` in the folder
where it is started; the environment wins. An empty value counts as not set. Wrong values are told
all at once, each in a sentence, and nothing is started. What is allowed in a group is no setting:
see the rule files.

| name | default | expected | what it is for |
|---|---|---|---|
"""
EXAMPLE_HEAD = """\
# Settings of the bot: copy this file to .env and take the # away from what you change.
# All about them: docs/settings.md. Made by `make docs` from bot/settings.py.
"""
COMPOSE = """
# Only for `docker compose --profile postgres up`: the password that its database is made with.
# Letters and digits only.
#POSTGRES_PASSWORD=
"""


def rows() -> list[tuple[str, str, str, str]]:
    """Give name, default, expected form and purpose of each setting."""
    found = []
    for field, info in Settings.model_fields.items():
        extra = info.json_schema_extra
        expected = str(extra["expected"]) if isinstance(extra, dict) else ""
        found.append((variable(field), _shown(info.default), expected, info.description or ""))
    return found


def page() -> str:
    """Give the text of docs/settings.md."""
    return HEAD + "".join(
        f"| `{name}` | {f'`{default}`' if default else 'none'} | {expected} | {purpose} |\n"
        for name, default, expected, purpose in rows()
    )


def example() -> str:
    """Give the text of .env.example."""
    lines = (f"\n# {purpose}\n#{name}={default}\n" for name, default, _, purpose in rows())
    return EXAMPLE_HEAD + "".join(lines) + COMPOSE


PAGES = {"docs/settings.md": page, ".env.example": example}


def _shown(default: object) -> str:
    match default:
        case None:
            return ""
        case bool():
            return "yes" if default else "no"
        case timedelta():
            return f"{default.days}d"
        case _:
            return str(default)


if __name__ == "__main__":
    for name, text in PAGES.items():
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(text(), encoding="utf-8")
        print(f"wrote {name}")
