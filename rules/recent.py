"""What a group said lately, as footprints, indexed so that near copies are found without a scan."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime, timedelta
from struct import unpack

from msgspec import Struct

from rules.footprint import Footprint, keys, similarity

KEPT_FOR = timedelta(hours=1)  # the longest window of a `repeat` or `rate` per group
KEPT_AT_MOST = 2000  # messages; at 33 a minute an hour is covered
BITS = 1024  # of a sketch; of 24 hashes seldom two share one
COMPARED_AT_MOST = 256  # unequal texts per index key, the newest first: bounds what a raid costs


Sketch = tuple[int, int]
"""A footprint's hashes as bits of one number, and how many hashes they are."""


class Recent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message as the group remembers it: no text."""

    at: datetime
    member: str
    message_id: str
    footprint: Footprint


class RecentMessages:
    """The last hour of a group in order of arrival, at most KEPT_AT_MOST.

    Messages may arrive out of the order of their own times: each answer goes by those times.
    """

    __slots__ = ("_by_gram", "_first", "_given_back", "_latest", "_sketches", "messages")

    def __init__(self, messages: list[Recent]) -> None:
        self.messages = messages
        self._first = 0
        self._given_back = 0  # messages that `compact` took from the front
        self._latest: list[datetime] = []  # beside each message: the latest time up to there
        self._sketches: list[Sketch | None] = []  # beside each message
        self._by_gram: dict[int, list[int]] = {}  # counted from the first message ever
        for number, one in enumerate(messages):
            self._index(number, one)

    def add(self, one: Recent) -> None:
        """Remember a message, and forget what is too old or too much."""
        self._index(self._given_back + len(self.messages), one)
        self.messages.append(one)
        oldest = one.at - KEPT_FOR
        while (
            self.messages[self._first].at < oldest
            or len(self.messages) - self._first > KEPT_AT_MOST
        ):
            self._unindex(self.messages[self._first])
            self._first += 1
        if self._first > KEPT_AT_MOST:
            self.compact()

    def compact(self) -> None:
        """Give back the room of what was forgotten."""
        del self.messages[: self._first]
        del self._latest[: self._first]
        del self._sketches[: self._first]
        self._given_back += self._first
        self._first = 0

    def since(self, at: datetime) -> Iterator[Recent]:
        """Messages at or after `at`, those that arrived last first."""
        start = bisect_left(self._latest, at, lo=self._first)
        for index in range(len(self.messages) - 1, start - 1, -1):
            if self.messages[index].at >= at:
                yield self.messages[index]

    def alike(
        self, footprint: Footprint, *, since: datetime, at_least: int, member: str | None = None
    ) -> Iterator[Recent]:
        """Messages since then that are at least `at_least` percent like this, each once.

        Of one member only if given. The order is always the same: per index key, those that
        arrived last come first.
        """
        seen: set[int] = set()
        first = self._given_back + bisect_left(self._latest, since, lo=self._first)
        ours = _sketch(footprint)
        for gram in _index_keys(footprint):
            compared = 0
            for number in reversed(self._by_gram.get(gram, ())):
                if compared == COMPARED_AT_MOST or number < first:
                    break
                place = number - self._given_back
                one = self.messages[place]
                if one.at < since or (member is not None and one.member != member):
                    continue
                is_same = one.footprint.digest == footprint.digest
                compared += not is_same
                if number in seen or not (
                    is_same or _may_be(ours, self._sketch_at(place), at_least)
                ):
                    continue
                if similarity(one.footprint, footprint) >= at_least:
                    seen.add(number)
                    yield one

    def _sketch_at(self, place: int) -> Sketch:
        """Made when first compared: most messages never are."""
        found = self._sketches[place]
        if found is None:
            found = self._sketches[place] = _sketch(self.messages[place].footprint)
        return found

    def _index(self, number: int, one: Recent) -> None:
        self._latest.append(max(one.at, self._latest[-1]) if self._latest else one.at)
        self._sketches.append(None)
        for gram in _index_keys(one.footprint):
            self._by_gram.setdefault(gram, []).append(number)

    def _unindex(self, one: Recent) -> None:
        """Forget the oldest message: wherever it stands, it stands first."""
        for gram in _index_keys(one.footprint):
            left = self._by_gram[gram]
            del left[0]
            if not left:
                del self._by_gram[gram]


def _sketch(footprint: Footprint) -> Sketch:
    grams = unpack(f"<{len(footprint.grams) // 4}I", footprint.grams)
    bits = 0
    for gram in grams:
        bits |= 1 << (gram & BITS - 1)
    return bits, len(grams)


def _may_be(ours: Sketch, theirs: Sketch, at_least: int) -> bool:
    """Whether two texts may be so alike: a bound of `similarity` that costs a tenth of it.

    Of the two, the larger one is always compared whole, the other at least in what both have in
    common; and that is at most the bits of both, and ours that share a bit.
    """
    (bits, size), (other_bits, other_size) = ours, theirs
    common = (bits & other_bits).bit_count() + size - bits.bit_count()
    return 200 * common >= at_least * (max(size, other_size) + common)


def _index_keys(footprint: Footprint) -> tuple[int, ...]:
    return keys(footprint) or ((footprint.digest,) if footprint.digest else ())
