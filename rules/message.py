"""What somebody wrote or sent: authored text, quoted text, links, mentions and media, never mixed.

Finding links inside a text is `rules.links`; making a message of a platform's update is an
adapter's job.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


def readable(text: str) -> str:
    """The text as it can be stored: halves of characters become U+FFFD, NUL goes.

    Adapters pass every text of a platform through it.
    """
    if text.isascii() and "\0" not in text:
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "")


class Role(StrEnum):
    """What somebody is in a group, as the platform or the rule file says it."""

    MEMBER = "member"
    HELPER = "helper"
    ADMIN = "admin"
    OWNER = "owner"
    BOT = "bot"


class Kind(StrEnum):
    """What a message is. UNKNOWN is a kind like any other: a rule may have a policy for it."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    VOICE = "voice"
    STICKER = "sticker"
    FILE = "file"
    LOCATION = "location"
    CONTACT_CARD = "contact_card"
    MINI_PROGRAM = "mini_program"
    OFFICIAL_ACCOUNT = "official_account"
    LINK_CARD = "link_card"
    RED_PACKET = "red_packet"
    TRANSFER = "transfer"
    FORWARDED = "forwarded"
    POLL = "poll"
    UNKNOWN = "unknown"


class Author(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who sent it: our member id, the name shown in the group, and the role at that moment."""

    id: str
    name: str
    role: Role = Role.MEMBER


class Link(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A web address. `host` is lower case without `www.`; `hidden` stands behind other words.

    `start` and `end` are half-open indices into the authored text, both 0 for a hidden link.
    """

    url: str
    host: str
    hidden: bool = False
    start: int = 0
    end: int = 0


class Mention(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody named with an @. `member` is None where the platform did not say whom it means."""

    name: str
    member: str | None = None


class Quote(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What this message answers: somebody else's words, never judged as the author's own."""

    text: str = ""
    member: str | None = None
    message_id: str | None = None


class Media(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part that is not text. `amount_cents` and `parts` of a red packet: None = cannot be
    seen.
    """

    kind: Kind
    title: str = ""
    amount_cents: int | None = None
    parts: int | None = None


class Message(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message. `text` is what its author wrote, captions included; `links` hold hidden ones
    too.
    """

    text: str = ""
    quote: Quote | None = None
    links: tuple[Link, ...] = ()
    mentions: tuple[Mention, ...] = ()
    media: tuple[Media, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of its first part that is not text, else TEXT."""
        return self.media[0].kind if self.media else Kind.TEXT
