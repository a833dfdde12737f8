"""Telegram Desktop's export as JSON: of one chat, or of everything (`chats.list`).

The file names who was invited or removed by name only; ids are found by the names seen so far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from bot.history.fields import FieldError
from bot.history.pull import BrokenJsonError, EndOfJsonError, Pull
from bot.history.records import Faults, HistoryError, Record
from bot.history.source import Source
from bot.history.telegram_message import Chat, records_of

_MESSAGE = re.compile(r'\{\s*"id"\s*:\s*-?\d{1,20}\s*,\s*"type"\s*:\s*"(?:message|service)"')
GROUPS = frozenset(
    ("private_group", "private_supergroup", "public_supergroup", "public_group", "unknown")
)
"""Chats with several people; personal chats, saved messages and channels are passed over."""


class TelegramExport:
    """Reads result.json. Chat after chat: within one chat records are in order of time."""

    def __init__(self, source: Source) -> None:
        self.faults = Faults()
        self.notes: list[str] = []
        self._source = source
        self._passed_over = 0
        self._number = 0

    def records(self) -> Iterator[Record]:
        """Every record of every group. A damaged message is counted, and the rest goes on."""
        pull = Pull(self._source.chunks())
        try:
            yield from self._chat(pull)
        except EndOfJsonError:
            self.faults.add(f"after message {self._number}", "the file breaks off here")
        except BrokenJsonError:
            self.faults.add(f"after message {self._number}", "no JSON; what follows was not read")
        if not self._number:
            raise HistoryError(
                f"{self._source.path} holds no messages of a group: export a group's chat history "
                "in Telegram Desktop, format “Machine-readable JSON”."
            )
        if self._passed_over:
            self.notes.append(f"{self._passed_over} chats were not read: they are no groups.")

    def _chat(self, pull: Pull) -> Iterator[Record]:
        """A chat, or the whole export: both are objects, told apart by their keys."""
        about: dict[str, str] = {}
        for key in pull.members():
            if key == "messages":
                if about.get("type", "unknown") in GROUPS:
                    yield from self._messages(pull, Chat.of(about))
                else:
                    self._passed_over += 1
                    pull.skip()
            elif key in ("chats", "left_chats"):
                yield from self._chats(pull)
            elif key in ("name", "type", "id"):
                about[key] = str(pull.value() or "")
            else:
                pull.skip()

    def _chats(self, pull: Pull) -> Iterator[Record]:
        for key in pull.members():
            if key != "list":
                pull.skip()
                continue
            for _ in pull.places():
                yield from self._chat(pull)

    def _messages(self, pull: Pull, chat: Chat) -> Iterator[Record]:
        """The messages of one chat. After a damaged one, reading goes on at the next whole one."""
        pull.take("[")
        while pull.peek() != "]":
            self._number += 1
            try:
                message = pull.value()
                if pull.peek() != "]":
                    pull.take(",")
            except EndOfJsonError:
                raise
            except BrokenJsonError:
                self.faults.add(f"message {self._number}", "no JSON object")
                if not pull.find(_MESSAGE):
                    raise EndOfJsonError("no message follows") from None
                continue
            yield from self._read(chat, message)
        pull.take("]")

    def _read(self, chat: Chat, message: object) -> list[Record]:
        try:
            return records_of(chat, message, self._number)
        except (FieldError, msgspec.ValidationError) as error:
            self.faults.add(f"message {self._number}", str(error))
            return []
