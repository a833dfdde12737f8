"""The shipped sentences that a rule file may put in its own words, each with what it may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rules.files.schema_types import Model, sentence

WHO = ("name", "member", "成员")
NEWCOMERS = ("name", "names", "newcomer", "新人", "n", "about")

Told = Annotated[str, sentence(*WHO, "title")]
Until = Annotated[str, sentence(*WHO, "title", "until")]
Named = Annotated[str, sentence(*WHO)]


class Sentences(Model):
    """Sentences in place of the shipped ones. What a rule says of its own goes before both."""

    welcome_one: Annotated[str, sentence(*NEWCOMERS)] = Field(
        default="", description="one newcomer is welcomed"
    )
    welcome_many: Annotated[str, sentence(*NEWCOMERS)] = Field(
        default="", description="several newcomers are welcomed at once"
    )
    rules: Annotated[str, sentence("n", "lines")] = Field(
        default="", description="somebody asks for the rules"
    )
    ad_packet: Annotated[str, sentence(*WHO, "title", "left")] = Field(
        default="", description="a red packet may still follow"
    )
    warn: Told = Field(default="", description="a warning")
    warn_deleted: Told = Field(default="", description="a warning about a message that is gone")
    warn_recall: Told = Field(
        default="", description="a warning about a message that only its author can take back"
    )
    warn_late: Told = Field(
        default="", description="a warning about a message that nobody can take back any more"
    )
    mute: Until = Field(default="", description="a mute that the platform holds")
    rest: Until = Field(default="", description="a mute that only words hold")
    appeal_got: Annotated[str, sentence(*WHO, "due")] = Field(
        default="", description="somebody says that it was a mistake"
    )
    appeal_yes: Named = Field(default="", description="it was a mistake")
    appeal_no: Annotated[str, sentence(*WHO, "admin", "reason")] = Field(
        default="", description="it was no mistake"
    )
    appeal_late: Named = Field(default="", description="nobody looked in time: it is cleared")
    sorry: Named = Field(default="", description="an admin takes something back")
    nickname: Annotated[str, sentence("format")] = Field(
        default="", description="names that are not in the group's format"
    )
