"""A library in memory: rule files by name."""

from __future__ import annotations

from collections.abc import Mapping

from rules.files import Found


class Shelf:
    """Files by the name that `extends` calls them by; each is called `NAME.yaml`."""

    def __init__(self, files: Mapping[str, str], words: Mapping[str, bytes] = {}) -> None:
        self.files = files
        self.lists = words

    def find(self, name: str) -> Found | None:
        """The file of that name."""
        if name not in self.files:
            return None
        return Found(file=f"{name}.yaml", source=self.files[name].encode())

    def names(self) -> list[str]:
        """The names of all files."""
        return sorted(self.files)

    def words(self, file: str) -> Found | None:
        """The file of words of that name."""
        source = self.lists.get(file)
        return None if source is None else Found(file=file, source=source)


EMPTY = Shelf({})
