"""A file compiled: every key reaches the ruleset; digests, merging, and rules taken as in force."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from rules import ruleset as r
from rules.conditions.addresses import LinkIs
from rules.conditions.clock import TimeOfDay
from rules.conditions.likeness import Like
from rules.conditions.logic import AllOf, AnyOf, Not
from rules.conditions.media import KindIs, Length
from rules.conditions.pace import Rate, Repeat
from rules.conditions.patterns import Regex
from rules.conditions.who import Who
from rules.conditions.words import Words
from rules.decision import Mode, Step
from rules.files import load
from rules.message import Kind, Role
from rules.obligations import FollowUp
from tests.library import Shelf


def ruleset(text: str, file: str = "test.yaml") -> r.Ruleset:
    """The ruleset of a file without faults."""
    loaded = load(text, file=file)
    assert loaded.ruleset is not None, loaded.faults
    return loaded.ruleset


FULL = """\
schema: 1
pack: full
title: 全
owner: 小李
locale: en
timezone: Europe/Berlin
applies_to: { groups: ["a*", b], platforms: [telegram] }
mode: ask
lists: { ads: ["加微信"], texts: [一段很长的文字], sites: [docs.qq.com] }
roles:
  exempt: [owner]
  trusted: { member_for: 10d, clean_for: 20d }
  newcomer: { member_for_less_than: 2d }
ladder:
  steps: [{ do: mute, for: 1h }, { do: remove }, { do: remove, confirm: never }]
  decay: { one_step_per: 7d }
  burst: 30s
limits: { enforcements_per_hour: 20, share_of_messages: 5%, established_members: off }
greeting: { say: "Hi {names}", about: flats, window: 1m }
topics: [{ id: morning, at: "30 8 * * *", say: Good morning }]
rules:
  - id: full
    title: Full
    why: because
    owner: 王姐
    mode: shadow
    for: newcomer
    applies_to_staff: true
    when:
      any:
        - words: { list: ads }
        - words: { words: [buy, sell], at_least: 2 }
        - regex: "ab+c"
        - regex: { pattern: "AB", on: raw }
        - like: { list: texts, at_least: 70 }
        - link: any
        - link: { in: sites }
        - link: { not_in: sites }
        - kind: [image, video]
        - rate: { messages: 6, within: 10s, per: group }
        - repeat: { times: 3, within: 10m, similar: 80, per: group, min_length: 12 }
        - all: [{ who: { is: trusted, joined_less_than: 3d, messages_fewer_than: 5 } }]
        - not: { time: { between: ["23:00", "07:00"], days: [mon, sun] } }
        - length: { at_least: 600, at_most: 900 }
    except: { who: admin }
    unless:
      followed_by: { kind: red_packet, from: anybody, within: 3m, amount: ">=6.66", parts: ">=20" }
      if_unverifiable: allow
      say: "{left}"
    then: { strikes: 2, delete: true, say: "{member}!", ask: true, notify: admins, at_most: 2/1h }
    match: [x]
    pass: [y, z]
"""


def test_every_key_reaches_the_ruleset() -> None:
    """What a file says is what the ruleset holds: nothing is lost, nothing is invented."""
    got = ruleset(FULL)
    assert ("full", "全", "小李", "en", "Europe/Berlin", Mode.ASK) == (
        got.name, got.title, got.owner, got.locale, got.timezone.key, got.mode
    )  # fmt: skip
    assert r.AppliesTo(groups=("a*", "b"), platforms=("telegram",)) == got.applies_to
    assert (
        r.Ladder(
            rungs=(
                r.Rung(do=Step.MUTE, length=timedelta(hours=1)),
                r.Rung(do=Step.REMOVE, confirm=True),
                r.Rung(do=Step.REMOVE),
            ),
            decay=timedelta(days=7),
            burst=timedelta(seconds=30),
        )
        == got.ladder
    )
    assert r.Limits(per_hour=20, share_percent=5, established_members=None) == got.limits
    assert (
        r.Roles(
            exempt=(Role.OWNER,),
            newcomer_for=timedelta(days=2),
            trusted_after=timedelta(days=10),
            clean_for=timedelta(days=20),
        )
        == got.roles
    )
    assert got.greeting == r.Greeting(say="Hi {names}", about="flats", window=timedelta(minutes=1))
    assert (r.Topic(id="morning", cron="30 8 * * *", say="Good morning"),) == got.topics


def test_every_key_reaches_the_rule() -> None:
    """A rule has everything that its file says of it, and where it stands."""
    (rule,) = ruleset(FULL).rules
    assert ("full", "Full", "because", "王姐", Mode.SHADOW, "newcomer", True) == (
        rule.id, rule.title, rule.why, rule.owner, rule.mode, rule.audience, rule.applies_to_staff
    )  # fmt: skip
    assert (
        r.Consequence(strikes=2, delete=True, say="{member}!", ask=True, notify=True) == rule.then
    )
    assert r.AtMost(times=2, within=timedelta(hours=1)) == rule.at_most
    follow_up = FollowUp(
        kind=Kind.RED_PACKET,
        within=timedelta(minutes=3),
        same_member=False,
        amount_cents=666,
        parts=20,
    )
    assert r.Unless(follow_up=follow_up, if_unverifiable="allow", say="{left}") == rule.unless
    assert (("x",), ("y", "z")) == (rule.match, rule.passes)
    assert ("test.yaml", 22) == (rule.file, rule.line)


def test_every_condition_is_compiled() -> None:
    """Each family of conditions becomes its class, with its values and numbers."""
    (rule,) = ruleset(FULL).rules
    sites = ("docs.qq.com",)
    trusted = Who(is_a=("trusted",), joined_less_than=timedelta(days=3), messages_fewer_than=5)
    assert (
        AnyOf(
            conditions=(
                Words(number=0, list="ads"),
                Words(number=1, list="", at_least=2),
                Regex(number=0),
                Regex(number=1, on="raw"),
                Like(number=0, list="texts", at_least=70),
                LinkIs(),
                LinkIs(among=sites),
                LinkIs(allowed=sites),
                KindIs(kinds=(Kind.IMAGE, Kind.VIDEO)),
                Rate(messages=6, within=timedelta(seconds=10), per="group"),
                Repeat(
                    times=3, within=timedelta(minutes=10), similar=80, per="group", min_length=12
                ),
                AllOf(conditions=(trusted,)),
                Not(condition=TimeOfDay(between=(time(23), time(7)), days=(0, 6))),
                Length(at_least=600, at_most=900),
            )
        )
        == rule.when
    )
    assert Who(is_a=("admin",)) == rule.exception


def test_what_is_left_out_is_the_default() -> None:
    """A rule of four keys is enough; everything else has a default, the ladder too."""
    got = ruleset("pack: p\nrules:\n- {id: a, title: A, when: {kind: image}, then: {}}\n")
    (rule,) = got.rules
    assert r.Consequence() == rule.then
    assert (None, None, None, "everyone") == (
        rule.unless, rule.exception, rule.at_most, rule.audience
    )  # fmt: skip
    assert (r.Ladder(), r.Limits(), r.Roles(), None) == (
        got.ladder, got.limits, got.roles, got.greeting
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("# a comment\n" + FULL, True),
        (FULL.replace("burst: 30s", "burst: 30s    # measured"), True),
        (FULL.replace("title: 全\nowner: 小李\n", "owner: 小李\ntitle: 全\n"), True),
        (
            FULL.replace(
                "newcomer: { member_for_less_than: 2d }", "newcomer: { member_for_less_than: 48h }"
            ),
            True,
        ),
        (FULL.replace("match: [x]", "match: [x, xx]"), True),
        (FULL.replace("burst: 30s", "burst: 31s"), False),
        (FULL.replace("加微信", "加微"), False),
        (FULL.replace("delete: true", "delete: false"), False),
        (FULL.replace("similar: 80", "similar: 81"), False),
    ],
)
def test_the_digest_is_of_the_meaning(other: str, is_same: bool) -> None:
    """Comments, order of keys, spelling of a length and examples do not change it; meaning does."""
    assert is_same is (ruleset(FULL).digest == ruleset(other).digest)
    assert 16 == len(ruleset(FULL).digest)


def test_the_digest_covers_extended_packs() -> None:
    """A pack that changes changes the digest of every file that extends it."""
    text = "pack: own\nextends: base\n"
    one, other = (
        load(
            text,
            file="f",
            library=Shelf({"base": f"pack: base\nlists: {{a: [{word}]}}\n"}),
        )
        for word in ("x", "y")
    )
    assert one.ruleset is not None
    assert other.ruleset is not None
    assert one.ruleset.digest != other.ruleset.digest
