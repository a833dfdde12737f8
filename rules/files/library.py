"""Where the files that rule files name are found: packs, files of a home, lists of words.

The packs that are shipped are here; those of a home on disk are found by `bot.rulefiles`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import Final, Protocol

from msgspec import Struct


class Found(Struct, frozen=True, kw_only=True):
    """A file that another names: what people call it, and its bytes."""

    file: str
    source: bytes


class Library(Protocol):
    """Gives the files that rule files name."""

    def find(self, name: str) -> Found | None:
        """The pack, class or file that `extends` names; None if there is none."""
        ...

    def names(self) -> Sequence[str]:
        """The names that `extends` may have, in order."""
        ...

    def words(self, file: str) -> Found | None:
        """The file of words that a list names, from the rule file's folder on; None if none is."""
        ...


class Shipped:
    """The packs that come with the program: `ads.zh` is the file `ads.zh.yaml`."""

    def find(self, name: str) -> Found | None:
        """The pack of that name."""
        source = load_pack(name)
        return Found(file=f"{name}.yaml", source=source) if source is not None else None

    def names(self) -> Sequence[str]:
        """The names of the packs."""
        return shipped_packs()

    def words(self, file: str) -> Found | None:
        """Packs are shipped without files of words."""
        return None


SHIPPED: Final = Shipped()

_END: Final = ".yaml"


def is_shipped(file: str, source: bytes | str) -> bool:
    """Whether a file is a shipped pack, or the tests beside one, and no operator's."""
    name = file.replace("\\", "/").rpartition("/")[2]
    if name.endswith(f".test{_END}"):
        return name.removesuffix(f".test{_END}") in shipped_packs()
    pack = load_pack(name.removesuffix(_END))
    return pack is not None and pack == (source.encode() if isinstance(source, str) else source)


def load_pack(name: str) -> bytes | None:
    """The text of a shipped pack; None if there is none of that name."""
    if name not in shipped_packs():
        return None
    return (resources.files("rules") / "packs" / f"{name}.yaml").read_bytes()


def shipped_packs() -> list[str]:
    """The names of the shipped packs, in order; files of tests alone are none."""
    folder = resources.files("rules") / "packs"
    files = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    names = (name.removesuffix(".yaml") for name in files if name.endswith(".yaml"))
    return sorted(name for name in names if not name.endswith(".test"))
