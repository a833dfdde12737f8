"""Group talk to measure with: clauses that people really wrote, put together anew.

The clauses of ordinary lines are of Chinese dialogues, those of rules of advertisements: see
`tests/data/README.md`. Characters and their neighbours are then as frequent as in a group, which
characters drawn evenly are not, while no line is said again and again.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from random import Random

_MESSAGES = Path(__file__).parents[1] / "tests/data/repo_safe.jsonl.gz"
_NOT_HAN = re.compile("[^\u4e00-\u9fff]")
_CLAUSE = re.compile(r"[^，。！？!?,;；~…\s]{2,40}")


def ordinary_lines(chance: Random, count: int) -> list[str]:
    """Nine of ten of 25 characters, the tenth of 100 to 500."""
    clauses = _clauses("ham")
    lengths = [25 if chance.random() < 0.9 else chance.randint(100, 500) for _ in range(count)]
    return [_line(chance, clauses, length) for length in lengths]


def known_texts(chance: Random, count: int) -> list[str]:
    """Advertisements of 20 to 60 characters."""
    return [_line(chance, _clauses("spam"), chance.randint(20, 60)) for _ in range(count)]


def listed_words(chance: Random, count: int) -> list[str]:
    """So many different words of 3 to 5 characters.

    They are cut out of advertisements, and put together from their characters where these are not
    enough.
    """
    whole = "".join(_NOT_HAN.sub("", clause) for clause in _clauses("spam"))
    words: set[str] = set()
    while len(words) < count:
        length = chance.randint(3, 5)
        at = chance.randrange(len(whole) - length)
        is_cut = len(words) < len(whole) // 4
        words.add(whole[at : at + length] if is_cut else "".join(chance.choices(whole, k=length)))
    return sorted(words)


def listed_patterns(chance: Random, count: int) -> list[str]:
    """Regexes of two pieces of advertisements that stand close, before a number."""
    pieces = [word[:2] for word in listed_words(chance, 2 * count)]
    chance.shuffle(pieces)
    return [
        f"{one}.{{0,3}}{other}[0-9]+" for one, other in zip(pieces[::2], pieces[1::2], strict=True)
    ]


def _line(chance: Random, clauses: list[str], length: int) -> str:
    line = chance.choice(clauses)
    while len(line) < length:
        line += f"，{chance.choice(clauses)}"
    return line[:length]


@cache
def _clauses(label: str) -> list[str]:
    with gzip.open(_MESSAGES, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows if row["lang"] == "zh" and row["label"] == label]
    return [clause for text in texts for clause in _CLAUSE.findall(text)]
