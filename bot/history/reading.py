"""Which format a history has, told by its beginning, and the reader for it."""

from __future__ import annotations

import re

import msgspec

from bot.history.jsonl import JsonLines
from bot.history.records import HistoryError, Reader
from bot.history.source import Source
from bot.history.telegram import TelegramExport

_EXPORT = re.compile(
    rb'"(?:messages|chats|left_chats|personal_information|contacts|frequent_contacts)"\s*:\s*[\[{]'
)
_HTML = re.compile(rb"\s*<(?:!doctype|html|head)", re.IGNORECASE)
_LOOKED_AT = 50  # lines
HOW_TO_EXPORT = (
    "in Telegram Desktop open the chat, ⋮, “Export chat history”, format “Machine-readable JSON”, "
    "and give the file result.json"
)


def reader_of(source: Source) -> Reader:
    """The reader for this file; HistoryError says what it is instead, and what to do."""
    head = source.head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        raise HistoryError(f"{source.path} is a page of HTML, JSON is needed: {HOW_TO_EXPORT}.")
    if _is_lines(head):
        return JsonLines(source)
    if head.lstrip().startswith(b"{") and _EXPORT.search(head):
        return TelegramExport(source)
    if head.lstrip().startswith(b"["):
        raise HistoryError(f"{source.path} is one JSON array: write one object a line instead.")
    raise HistoryError(
        f"{source.path} is no chat history that is known here: expected one JSON object a line "
        f"(docs/replay.md), or a Telegram export: {HOW_TO_EXPORT}."
    )


def _is_lines(head: bytes) -> bool:
    """Whether one of the first lines is an object by itself, and is not the whole export."""
    for line in head.split(b"\n")[:_LOOKED_AT]:
        if not line.lstrip().startswith(b"{"):
            continue
        try:
            keys = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        if keys:
            return not {"messages", "chats", "left_chats"} & keys.keys()
    return False
