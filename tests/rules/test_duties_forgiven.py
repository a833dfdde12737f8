"""Obligations that are settled another way: paid before, taken back, gone, or a gap."""

from __future__ import annotations

import pytest

from rules.decision import Step
from rules.events import MemberLeft, MessageRecalled
from tests.builders import at, edited
from tests.rules.test_duties import packet, scene, steps
from tests.scenes import GROUP


@pytest.mark.parametrize(("before", "expected"), [(5, []), (60, []), (61, [Step.WARN])])
def test_a_packet_shortly_before_pays(before: float, expected: list[Step]) -> None:
    """Who paid first and advertised then has paid; a minute is shortly."""
    group = scene()
    group.say(packet(), seconds=0)
    group.say("ad", seconds=before)
    group.wait(3600)
    assert expected == steps(group.decisions)


def test_a_packet_before_whose_amount_cannot_be_seen_is_asked_about() -> None:
    """It may be enough, so nobody is punished."""
    group = scene()
    group.say(packet(None, None), seconds=0)
    group.say("ad", seconds=5)
    group.wait(3600)
    assert [Step.ASK] == steps(group.decisions)


def test_taking_the_ad_back_in_time_forgives() -> None:
    """Recalled, mended by an edit, or gone with its author: nothing is owed."""
    recalled, mended, gone = scene(), scene(), scene()
    ad = recalled.say("ad")
    recalled.take(
        MessageRecalled(
            key="r", at=at(30), seen_at=at(30), group=GROUP, member="m1", message_id=ad.message_id
        )
    )
    ad = mended.say("ad")
    mended.take(edited("sorry", ad, seconds=30))
    gone.say("ad")
    gone.take(MemberLeft(key="l", at=at(30), seen_at=at(30), group=GROUP, member="m1"))
    for group in (recalled, mended, gone):
        group.wait(3600)
        assert [] == steps(group.decisions)


def test_an_edit_that_changes_nothing_owes_on() -> None:
    """A mended typo is no way out, and no second breach."""
    group = scene()
    ad = group.say("ad")
    group.take(edited("ad!", ad, seconds=30))
    group.wait(3600)
    assert [Step.WARN] == steps(group.decisions)


def test_after_a_gap_the_admins_are_asked() -> None:
    """The packet may have come while nobody was looking."""
    group = scene()
    group.say("ad")
    group.wait(260, seen=True)
    assert [Step.ASK] == steps(group.decisions)
