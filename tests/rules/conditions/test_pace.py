"""Tables for `rate` and `repeat`: windows, runs of pictures, edits, and who is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.conditions.pace import Per, Rate, Repeat
from rules.events import MessagePosted, Spoken
from rules.message import Kind, Message
from tests.builders import after, edited, message, posted, view

IMAGE = message("", Kind.IMAGE)
VIDEO = message("", Kind.VIDEO)
VOICE = message("", Kind.VOICE)
AD = "快来看我们的直播间今晚八点"


def rate(
    earlier: list[MessagePosted], last: Spoken, *, per: Per = "member", messages: int = 6
) -> bool:
    """Whether `messages` in 10 s are reached with the last one."""
    condition = Rate(messages=messages, within=timedelta(seconds=10), per=per)
    return condition.ask(view(last, state=after(*earlier))) is not None


def said(*seconds: float, by: str = "m1", what: str | Message = "哈") -> list[MessagePosted]:
    """The same thing said at each of these times."""
    return [posted(what, seconds=at, by=by) for at in seconds]


RATES = [
    # earlier times, the time of this message, whether 6 in 10 s are reached
    ([0, 2, 4, 6, 8], 10, True),
    ([0, 2, 4, 6, 8], 10.001, False),
    ([0, 2, 4, 6], 8, False),
    ([], 0, False),
    ([0, 1, 2, 3, 4, 5, 6, 7], 8, True),
    ([3, 3, 3, 3, 3], 3, True),
    ([20, 21, 22, 23, 24], 10, False),
]


@pytest.mark.parametrize(("earlier", "last", "expected"), RATES)
@pytest.mark.parametrize("per", ["member", "group"])
def test_a_window_holds_both_its_ends(
    earlier: list[float], last: float, expected: bool, per: Per
) -> None:
    """The sixth message exactly 10 s after the first counts, 1 ms later it does not."""
    assert expected is rate(said(*earlier), posted("哈", seconds=last), per=per)


def test_each_member_has_a_count_of_their_own() -> None:
    """Two who take turns are not one who floods, but the group is as fast as both together."""
    earlier = [*said(0, 2, 4, by="a"), *said(1, 3, 5, by="b")]
    assert not rate(earlier, posted("哈", seconds=6, by="a"))
    assert rate(earlier, posted("哈", seconds=6, by="a"), per="group")
    assert not rate(earlier, posted("哈", seconds=6, by="new"))


PICTURES = [
    # what came before, what comes at 9 s, whether 6 in 10 s are reached
    (said(*range(9), what=IMAGE), posted(IMAGE, seconds=9), False),
    (said(*range(9), what=VOICE), posted(VOICE, seconds=9), True),
    ([*said(0, 1, 2, 3), *said(4, 5, what=IMAGE)], posted(IMAGE, seconds=9), False),
    ([*said(0, 1, 2, 3), *said(4, 5, what=IMAGE)], posted("哈", seconds=9), True),
    ([*said(0, 1, 2, 3), *said(4, 5, what=IMAGE)], posted(VIDEO, seconds=9), True),
    ([*said(0, 1, 2, 3, 4), *said(5, what=IMAGE)], posted(IMAGE, seconds=9), True),
]


@pytest.mark.parametrize(("earlier", "last", "expected"), PICTURES)
@pytest.mark.parametrize("per", ["member", "group"])
def test_a_run_of_pictures_is_one_message(
    earlier: list[MessagePosted], last: MessagePosted, expected: bool, per: Per
) -> None:
    """Nine photos in a row are no flood, whoever is counted; voices and texts are."""
    assert expected is rate(earlier, last, per=per)


def test_pictures_far_apart_are_no_run() -> None:
    """A picture more than 15 s after the last one is a message of its own."""
    condition = Rate(messages=3, within=timedelta(minutes=2))
    state = after(*said(0, 16, what=IMAGE))
    assert condition.ask(view(posted(IMAGE, seconds=32), state=state))
    assert not condition.ask(view(posted(IMAGE, seconds=31), state=state))


def test_pictures_of_two_members_are_two_runs() -> None:
    """One member's pictures do not hide another's."""
    earlier = [*said(0, 2, by="a", what=IMAGE), *said(1, 3, by="b", what=IMAGE)]
    assert rate(earlier, posted("哈", seconds=4, by="c"), per="group", messages=3)
    assert not rate(earlier, posted("哈", seconds=4, by="c"), per="group", messages=4)


def test_an_edit_is_not_one_message_more() -> None:
    """Whoever mends their words five times does not flood."""
    earlier = said(0, 1, 2, 3, 4, 5)
    assert not rate(earlier, edited("哈哈", earlier[0], seconds=6))


def test_the_evidence_of_a_rate_is_its_limits() -> None:
    """Evidence of a rate says the limits as the file writes them."""
    condition = Rate(messages=2, within=timedelta(minutes=5))
    answer = condition.ask(view(posted("哈", seconds=1), state=after(*said(0))))
    assert answer is not None
    assert {"messages": "2", "within": "5m", "per": "member"} == answer[0].values


def repeat(  # noqa: PLR0913 - a row of the table
    earlier: list[MessagePosted],
    last: Spoken,
    *,
    times: int = 3,
    similar: int = 90,
    per: Per = "group",
    min_length: int = 0,
) -> bool:
    """Whether it is said `times` times in 10 minutes with the last one."""
    within = timedelta(minutes=10)
    condition = Repeat(times=times, within=within, similar=similar, per=per, min_length=min_length)
    return condition.ask(view(last, state=after(*earlier))) is not None


REPEATS = [
    # what was said before by three members, what is said at 600 s, whether it is the third time
    ([(0, AD), (120, "快来看我们的直播间，今晚八点！")], AD + "啦", True),
    ([(0, AD), (120, AD)], AD, True),
    ([(-0.001, AD), (120, AD)], AD, False),
    ([(0, AD)], AD, False),
    ([(0, AD), (120, "明天上午九点开会")], AD, False),
    ([(0, AD), (700, AD)], AD, False),
    ([(0, "😀"), (120, "😀")], "😀", False),
    ([(0, ""), (120, "")], "", False),
    ([(0, "收到"), (1, "收到")], "收到", True),
    ([(0, "收到"), (1, "收到")], "收到了", False),
]


@pytest.mark.parametrize(("earlier", "text", "expected"), REPEATS)
def test_near_copies_are_counted(
    earlier: list[tuple[float, str]], text: str, expected: bool
) -> None:
    """Near copies within the window count, both ends included; what has no letters never does."""
    before = [posted(one, seconds=at, by=f"m{at}") for at, one in earlier]
    assert expected is repeat(before, posted(text, seconds=600))


def test_a_member_repeats_only_themselves() -> None:
    """Per member, what others said does not count."""
    earlier = [*said(0, 1, by="a", what=AD), *said(2, by="b", what=AD)]
    assert repeat(earlier, posted(AD, seconds=9, by="a"), per="member")
    assert not repeat(earlier, posted(AD, seconds=9, by="b"), per="member")
    assert repeat(earlier, posted(AD, seconds=9, by="b"), per="group")


def test_an_edit_does_not_repeat_its_own_message() -> None:
    """An edit that comes back to what others said counts, its own first version does not."""
    earlier = [*said(0, by="a", what=AD), *said(1, by="b", what=AD)]
    assert not repeat(earlier, edited(AD + "啦", earlier[1], seconds=5))
    third = posted("早上好大家", seconds=2, by="c")
    assert repeat([*earlier, third], edited(AD, third, seconds=5))


@pytest.mark.parametrize(("min_length", "expected"), [(13, True), (14, False)])
def test_short_messages_may_be_repeated(min_length: int, expected: bool) -> None:
    """Below `min_length` letters nothing is a repetition; punctuation does not make it longer."""
    last = posted(AD + "！！！", seconds=5)
    assert expected is repeat(said(0, 1, what=AD), last, min_length=min_length)


def test_once_is_enough_where_the_rule_says_so() -> None:
    """`times: 1` holds for any message with letters, and for no other."""
    assert repeat([], posted(AD), times=1)
    assert not repeat([], posted("😀"), times=1)


def test_the_evidence_of_a_repeat_is_its_limits() -> None:
    """Evidence of a repeat says the limits as the file writes them, and covers the text."""
    condition = Repeat(times=2, within=timedelta(minutes=10), per="member")
    answer = condition.ask(view(posted(AD, seconds=5), state=after(*said(0, what=AD))))
    assert answer is not None
    assert {"times": "2", "within": "10m", "per": "member"} == answer[0].values
    assert ((0, len(AD)),) == answer[0].spans


def of_kinds(earlier: list[MessagePosted], last: Spoken, per: Per = "member") -> bool:
    """Whether the last is the third voice message in 10 s."""
    condition = Rate(
        messages=3, within=timedelta(seconds=10), per=per, kinds=(Kind.VOICE, Kind.IMAGE)
    )
    return condition.ask(view(last, state=after(*earlier))) is not None


def test_kinds_are_counted_apart() -> None:
    """Only messages of these kinds count, only such a one is judged, and only the member's."""
    voices = [*said(0, 2, what=VOICE), *said(1, 3, 4)]
    assert of_kinds(voices, posted(VOICE, seconds=5))
    assert not of_kinds(voices, posted("哈", seconds=5))
    assert not of_kinds(voices[:1] + voices[2:], posted(VOICE, seconds=5))
    others = [*said(0, what=VOICE), *said(1, 2, 3, what=VOICE, by="m2")]
    assert not of_kinds(others, posted(VOICE, seconds=5))
    assert of_kinds(others, posted(VOICE, seconds=5), "group")
    assert not of_kinds(voices, posted(VOICE, seconds=13))


def test_a_run_of_pictures_is_one_of_its_kind() -> None:
    """Nine photos in a row are one message, in a limit for pictures too."""
    assert not of_kinds(said(0, 1, 2, 3, what=IMAGE), posted(IMAGE, seconds=4))
