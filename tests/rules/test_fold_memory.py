"""What the fold remembers for a while: welcomes, edits, packets, brakes, and who came back."""

from __future__ import annotations

import pytest

from rules.decision import Deadline, Decision, Mode, RuleMatch, Step, Verdict
from rules.entries import Decided, Switched
from rules.events import AdminsSeen, MemberLeft, Release, Tick
from rules.fold import apply
from rules.message import Kind, Media, Message, Role
from rules.records import NOTICES
from rules.state import CommunityState
from tests.builders import at, commanded, posted
from tests.rules.test_fold import GROUP, event, folded, joined, strike


def greeting(seconds: float) -> Deadline:
    """The deadline of a welcome."""
    key = f"greeting-{seconds}"
    return Deadline(
        key=key, kind="greeting", group=GROUP, ref=GROUP, at=at(seconds), due_at=at(seconds)
    )


def test_only_who_joins_in_the_window_is_welcomed() -> None:
    """Nobody is kept for a welcome that was never opened, or that is over."""
    state = folded(joined("early"))
    opened = Decision(opened=(greeting(30),))
    apply(state, Decided(event=joined("a", 1), decision=opened))
    for one in (joined("b", 2), joined("c", 3), event(MemberLeft, 4, member="c")):
        apply(state, Decided(event=one))
    assert [("a", "A"), ("b", "B")] == state.group(GROUP).joiners
    tick = Tick(
        key="greeting-30",
        at=at(30),
        seen_at=at(30),
        group=GROUP,
        deadline="greeting",
        ref=GROUP,
    )
    for one in (tick, joined("late", 31)):
        apply(state, Decided(event=one))
    assert ([], [at(30)]) == (state.group(GROUP).joiners, state.group(GROUP).welcomed_at)


@pytest.mark.parametrize(
    ("messages", "days", "level", "is_new"),
    [(5, 1, 0, False), (4, 1, 0, True), (5, 31, 0, True), (5, 1, 1, True)],
)
def test_a_regular_who_comes_back_is_no_newcomer(
    messages: int, days: int, level: int, is_new: bool
) -> None:
    """Five messages, within thirty days, and nothing against them."""
    state = folded(*(posted(f"{n}", seconds=n) for n in range(messages)))
    apply(state, Decided(event=posted("x", by="m2", seconds=9), decision=strike(level, level)))
    back = joined("m1", 86_400 * days)
    apply(state, Decided(event=back))
    assert is_new is (state.group(GROUP).members["m1"].joined_at is not None)


def test_edits_are_known_by_their_message() -> None:
    """The rules that had their consequence for a message are kept, for the latest messages."""
    ad = RuleMatch(rule="ad", title="Ads", mode=Mode.ENFORCE)
    spared = RuleMatch(rule="ad", title="Ads", mode=Mode.ENFORCE, exempt="admin")
    state = CommunityState()
    for n in range(502):
        verdict = Verdict(rule="ad", matches=(ad if n else spared,))
        apply(state, Decided(event=posted("x", seconds=n), decision=Decision(verdict=verdict)))
    judged = state.group(GROUP).judged
    assert 500 == len(judged)
    assert [["ad"]] * 500 == list(judged.values())


def test_only_an_operator_releases_a_brake() -> None:
    """A rule that stopped itself stays stopped, whatever rules come, until an operator says so."""
    state = folded(posted("x"))
    braked = Decision(braked=("ad",))
    apply(state, Switched(at=at(0), rules="one"))
    apply(state, Decided(event=posted("y", seconds=1), decision=braked))
    apply(state, Switched(at=at(2), rules="two"))
    assert state.group(GROUP).history["ad"].is_braked
    apply(state, Decided(event=commanded(Release(rule="ad"), seconds=3)))
    assert not state.group(GROUP).history["ad"].is_braked


def test_the_latest_hints_of_a_wild_rule_can_be_taken_back() -> None:
    """Each is kept with who got it, up to a number; then the oldest go."""
    state = CommunityState()
    said = Decision(member="m1", acted="ad", step=Step.NOTICE)
    for n in range(NOTICES + 1):
        apply(state, Decided(event=posted("x", seconds=n), decision=said))
    notices = state.group(GROUP).history["ad"].notices
    assert NOTICES == len(notices)
    assert [at(1), at(NOTICES)] == [notices[0][0], notices[-1][0]]


def test_packets_of_the_last_minute_are_remembered() -> None:
    """Without their words, and no longer than they may pay for something."""
    state = CommunityState()
    packet = Media(kind=Kind.RED_PACKET, title="for you", amount_cents=100, parts=2)
    for seconds in (0, 50, 100):
        event_ = posted(Message(media=(packet,)), seconds=seconds)
        apply(state, Decided(event=event_))
    packets = state.group(GROUP).packets
    assert [at(50), at(100)] == [one.at for one in packets]
    assert {""} == {one.media.title for one in packets}


def test_a_list_of_admins_outlives_a_message_that_does_not_say_so() -> None:
    """A platform that tells roles only in its list keeps its admins admins."""
    state = folded(posted("x"), event(AdminsSeen, roles={"m1": Role.ADMIN}), posted("y", seconds=9))
    assert Role.ADMIN is state.group(GROUP).members["m1"].role
