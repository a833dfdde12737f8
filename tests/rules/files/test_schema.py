"""Values and models of rule files: what is read, what is refused, and how it is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from rules.conditions import FAMILIES
from rules.decision import Mode
from rules.files import calendars, sentences
from rules.files import values as v
from rules.files.refusals import ValueRefused
from rules.files.schema import RuleFile
from rules.files.schema_rule import FollowedBy
from rules.files.schema_when import WHEN_KEYS, When
from rules.message import Kind, Role


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (v.length, "10s", timedelta(seconds=10)),
        (v.length, "5m", timedelta(minutes=5)),
        (v.length, "2h", timedelta(hours=2)),
        (v.length, "3650d", timedelta(days=3650)),
        (v.number(0, 5), "5", 5),
        (v.percent, "5%", 5),
        (v.percent, "100%", 100),
        (v.switch, "yes", True),
        (v.switch, "off", False),
        (v.switch, "要", True),
        (v.switch, "否", False),
        (v.at_least, ">= 50", "50"),
        (v.cents, "50", 5000),
        (v.cents, "6.66", 666),
        (v.cents, "0.1", 10),
        (v.clock, "23:00", v.Clock(time(23), exact=False)),
        (v.clock, "7:05:09", v.Clock(time(7, 5, 9), exact=True)),
        (v.moment, "10:00", v.Moment(1, time(10), exact=False)),
        (v.moment, "d28 11:00:20", v.Moment(28, time(11, 0, 20), exact=True)),
        (v.pace, "1/30m", v.Pace(1, timedelta(minutes=30))),
        (v.day, "2026-03-01", date(2026, 3, 1)),
        (v.start, "2", v.Start(number=2)),
        (v.start, "warn", v.Start(do="warn")),
        (v.start, "mute 1d", v.Start(do="mute", length=timedelta(days=1))),
        (v.start, "remove", v.Start(do="remove")),
        (v.name_format, "名称-地区", "名称-地区"),
        (calendars.cron, "30 8 * * 1-5", "30 8 * * 1-5"),
        (calendars.cron, "0 0 29 2 *", "0 0 29 2 *"),
        (v.name, "ad-needs-red-packet", "ad-needs-red-packet"),
        (v.word, "加微信", "加微信"),
        (v.word, "➕", "➕"),
        (sentences.said, "早安", "早安"),
        (sentences.say("member"), "@{member} { } {}", "@{member} { } {}"),
    ],
)
def test_values_are_read_as_written(
    read: Callable[[str], object], text: str, value: object
) -> None:
    """Every way of writing a value gives that value."""
    assert value == read(text)


@pytest.mark.parametrize(
    ("read", "text", "message", "hint"),
    [
        (v.length, "10", "expected a length of time like 10s, 5m, 2h or 7d, found", ""),
        (v.length, "1.5h", "expected a length of time", ""),
        (v.length, "５m", "expected a length of time", ""),
        (v.length, "-5m", "expected a length of time", "a length of time is never negative"),
        (v.length, "0s", "expected a length of time above zero", ""),
        (v.length, "3651d", "expected a length of time of at most 3650d", ""),
        (v.length, "999999999d", "expected a length of time of at most 3650d", ""),
        (v.number(1, 5), "6", 'expected a whole number from 1 to 5, found "6"', ""),
        (v.number(1, 5), "two", "expected a whole number", ""),
        (v.percent, "5", "expected a share from 1% to 100%", "did you mean 5%?"),
        (v.percent, "five", "expected a share", ""),
        (v.percent, "0%", "expected a share", ""),
        (v.switch, "ture", "expected true or false", 'did you mean "true"?'),
        (v.at_least, "50", 'expected a lower limit like ">=50"', 'did you mean ">=50"?'),
        (v.at_least, "a lot", "expected a lower limit", ""),
        (v.cents, "1.234", "expected an amount in yuan", ""),
        (v.clock, "11pm", "expected a time of day like 23:00", ""),
        (v.clock, "25:00", 'there is no time "25:00"', ""),
        (v.clock, "24:00", "there is no time", "midnight is 00:00"),
        (v.clock, "10:60", "there is no time", ""),
        (v.clock, "10:00:60", "there is no time", ""),
        (v.moment, "d0 10:00", "expected a day from d1 on", ""),
        (v.moment, "d2 noon", "expected a time of day", ""),
        (v.pace, "once", "expected how often in how long, like 1/30m", ""),
        (v.pace, "33/1h", "expected a whole number from 1 to 32", ""),
        (v.day, "1.3.2026", "expected a day like 2026-03-01", ""),
        (v.day, "2026-06-31", "expected a day like 2026-03-01", ""),
        (v.start, "0", "expected a whole number from 1 to 100", ""),
        (v.start, "mute", "expected a step of the ladder like 2, warn, mute 1d or remove", ""),
        (v.start, "mute long", "expected a length of time", ""),
        (v.name_format, "名称", "expected a name of at least two parts", "put -, _, /,"),
        (
            calendars.cron,
            "30 8 * *",
            "expected five fields of cron",
            'every day at 8:30 is "30 8 * * *"',
        ),
        (calendars.cron, "61 8 * * *", "this is no cron text: bad minute", "every day at 8:30"),
        (calendars.cron, "0 0 * 2 1#6", "this is no cron text", "every day at 8:30"),
        (calendars.zone, "Asia/Shangai", "there is no time zone", 'did you mean "Asia/Shanghai"?'),
        (calendars.zone, "../../etc", "there is no time zone", "names are like Asia/Shanghai"),
        (calendars.zone, "Asia", "there is no time zone", "names are like Asia/Shanghai"),
        (v.name, "a b", "expected an id", "an id is made of a-z"),
        (v.text, " ", "expected some text, found nothing", ""),
        (v.word, "\u200b", 'nothing of "\\u200b" can be looked for', "write a word"),
        (sentences.said, "", "expected some text", ""),
        (
            sentences.said,
            "{name}",
            "there is no placeholder {name} here",
            "nothing is filled in here",
        ),
        (
            sentences.say("member", "left"),
            "{membr}",
            "there is no placeholder",
            "did you mean {member}?",
        ),
        (sentences.say("name"), "{when}", "there is no placeholder", "there are {name}"),
        (v.one_of_words(["ask"], "else"), "no", 'expected "ask", found "no"', "else"),
    ],
)
def test_what_is_no_value_is_refused_in_words(
    read: Callable[[str], object], text: str, message: str, hint: str
) -> None:
    """A value that cannot be read says what was expected and, where there is one, what to write."""
    with pytest.raises(ValueRefused) as refused:
        read(text)
    assert refused.value.message.startswith(message)
    assert refused.value.hint.startswith(hint)
    assert bool(hint) is bool(refused.value.hint)


def test_a_cron_text_must_come_true_some_day() -> None:
    """A cron text whose day never comes is refused, not waited for."""
    with pytest.raises(ValueRefused, match="bad day-of-month"):
        calendars.cron("0 0 31 2,4,6 *")


@pytest.mark.parametrize(
    ("data", "short"),
    [
        ({"words": {"words": ["a"]}}, {"words": ["a"]}),
        ({"regex": {"pattern": "ab", "on": "text"}}, {"regex": "ab"}),
        ({"who": {"is": ["newcomer"]}}, {"who": "newcomer"}),
        ({"who": {"is": ["newcomer", "admin"]}}, {"who": ["newcomer", "admin"]}),
        ({"kind": ["image"]}, {"kind": "image"}),
    ],
)
def test_short_forms_mean_the_same(data: object, short: object) -> None:
    """What can be written shorter means the same as its long form."""
    assert When.model_validate(data) == When.model_validate(short)


def test_a_file_with_only_a_name_has_the_documented_defaults() -> None:
    """What a file leaves out is what docs/rules.md says."""
    file = RuleFile.model_validate({"pack": "p"})
    assert ("zh-CN", "Asia/Shanghai", Mode.SHADOW) == (file.locale, file.timezone.key, file.mode)
    assert (Role.OWNER, Role.ADMIN, Role.BOT) == file.roles.exempt
    assert ((), (), None) == (file.rules, file.topics, file.greeting)


def test_every_key_of_the_format_has_a_description() -> None:
    """The reference is made from the models, so none of their keys is without a word."""
    schema = RuleFile.model_json_schema(by_alias=True)
    models = [schema, *schema["$defs"].values()]
    described = {"words", "regex", "like", "link", "rate", "repeat", "who", "time", "length"}
    described |= {"nickname", "score"}
    missing = [
        (model["title"], key)
        for model in models
        for key, field in model["properties"].items()
        if "description" not in field and not (model["title"] == "When" and key in described)
    ]
    assert [] == missing
    assert 15 < len(models)


def test_conditions_have_the_keys_of_the_families() -> None:
    """Every family of conditions can be written, and nothing else."""
    assert sorted([*FAMILIES, "sign"]) == sorted(WHEN_KEYS)


def test_kinds_and_money_fit() -> None:
    """A transfer has an amount, a red packet has parts too."""
    packet = {"kind": "red_packet", "within": "3m", "amount": ">=50", "parts": ">=20"}
    read = FollowedBy.model_validate(packet)
    assert (Kind.RED_PACKET, 5000, 20) == (read.kind, read.amount, read.parts)
    assert (
        100
        == FollowedBy.model_validate({"kind": "transfer", "within": "1d", "amount": ">=1"}).amount
    )
