"""What a bot may be able to do, or to see, in a group. What to do where it cannot:
`rules.actions`.
"""

from __future__ import annotations

from enum import StrEnum


class Capability(StrEnum):
    """Something that a bot is able to do, or to see, in a group."""

    SAY = "say"
    DELETE = "delete"
    MUTE = "mute"
    REMOVE = "remove"
    BAN = "ban"
    ASK = "ask"
    SEE_RED_PACKETS = "see_red_packets"
    SEE_RED_PACKET_AMOUNTS = "see_red_packet_amounts"
