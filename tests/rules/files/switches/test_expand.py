"""What switches do to the rules: kinds, answers, own rules, and groups that differ."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from rules.decision import Mode, Step
from rules.files import Loaded, load
from rules.files.switches import read_switches
from rules.ruleset import Rule, Ruleset
from tests.switchfiles import FIRST, FIRST_FOLDER

WEEK_TWO = (FIRST_FOLDER / "chuangfu.第二周.群规.yaml").read_text("utf-8")
EXAMPLES = sorted(FIRST_FOLDER.glob("*.yaml"))


def loaded(text: str) -> Loaded:
    """The file as it is loaded."""
    return load(text, file="群规.yaml")


def ruleset(text: str) -> Ruleset:
    """The ruleset of a file that has no error."""
    found = loaded(text)
    assert found.ruleset is not None, [one.message for one in found.faults]
    return found.ruleset


def rule(found: Ruleset, name: str) -> Rule:
    """One rule of a ruleset."""
    return next(one for one in found.rules if one.id == name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.name))
def test_every_example_loads(path: str) -> None:
    """The files that the documents show have no error and no warning."""
    found = load(FIRST_FOLDER.joinpath(path).read_bytes(), file="群规.yaml")
    assert found.ruleset is not None
    assert {"note"} >= {one.level for one in found.faults}


def test_the_second_week() -> None:
    """Each line of the long example has its effect in the rules."""
    found = ruleset(WEEK_TWO)
    assert ("创富孵化群*",) == found.applies_to.groups
    assert ("小李", Mode.ASK, "zh-CN") == (found.owner, found.mode, found.locale)
    ads, perhaps = rule(found, "ads"), rule(found, "ads-perhaps")
    assert ads.unless is not None
    assert timedelta(minutes=3) == ads.unless.follow_up.within
    assert (Mode.ENFORCE, Mode.ASK, ads.unless) == (ads.mode, perhaps.mode, perhaps.unless)
    assert Mode.ASK == rule(found, "newcomer-links").mode
    assert Mode.ASK == rule(found, "links").mode
    assert Mode.ENFORCE == rule(found, "voice").mode
    assert Mode.OFF == rule(found, "pictures").mode
    assert timedelta(days=1) == found.roles.newcomer_for
    assert [Step.WARN, Step.WARN, Step.MUTE, Step.MUTE, Step.MUTE, Step.REMOVE] == [
        rung.do for rung in found.ladder.rungs
    ]
    assert ["0 20 * * 5"] == [topic.cron for topic in found.topics]


def test_a_group_that_differs_has_rules_of_its_own() -> None:
    """另外 makes a second ruleset: the file's, with the answers of that group."""
    (group,) = loaded(WEEK_TWO).exceptions
    assert ("创富孵化群7",) == group.applies_to.groups
    assert None is rule(group, "ads").unless
    assert rule(group, "voice").then.delete
    assert ruleset(WEEK_TWO).digest != group.digest
    assert Mode.ENFORCE == rule(group, "begging").mode


def test_an_own_rule_is_a_rule_like_any_other() -> None:
    """Its words and what stands beside them must both be there, and its examples are its tests."""
    text = (FIRST_FOLDER / "own-rule.群规.yaml").read_text("utf-8")
    own = next(one for one in ruleset(text).rules if one.id.startswith("own-"))
    assert "不发代考" == own.title
    assert ("四六级代考包过 加V abc12345",) == own.match
    assert 3 == len(own.passes)
    assert (0, False) == (own.then.strikes, own.then.delete)
    assert "{title}" in own.then.say


def test_sections_of_the_full_form_stand_below() -> None:
    """Rules, lists and tests in the full form go on in the same file, with their own places."""
    below = """\
timezone: Europe/Berlin
lists:
  exam: [代考]
规则:
  - id: exam
    title: 不发代考
    when: { words: { list: exam } }
    then: { ask: true }
  - 名字: 不发替考
    说了: 替考
    就: 先问
"""
    found = ruleset(FIRST + below)
    assert "Europe/Berlin" == str(found.timezone)
    assert 20 == rule(found, "exam").line
    assert "不发替考" in [one.title for one in found.rules]
    broken = loaded(FIRST + below.replace("list: exam", "list: exma"))
    assert [22] == [one.place.line for one in broken.faults if one.level == "error"]


def test_nobody_to_ask() -> None:
    """先问, 处罚 and 上岗 are refused where nobody is named."""
    text = "群: 一群\n群类型: 聊天\n广告: 先问\n"
    found = loaded(text)
    sentence = "第3行：“广告: 先问”要有人可问：写上“负责人”“管理群”或者“管理员”。"
    assert [sentence] == [one.message for one in found.faults if one.level == "error"]
    assert loaded(text + "管理群: 管理\n").ruleset is not None


def test_what_no_shipped_rule_is_about_is_a_note() -> None:
    """A switch whose category has no rule yet is told of, and refused is nothing."""
    switches = read_switches(FIRST, file="群规.yaml")
    assert switches is not None
    notes = [one.message for one in switches.faults(()) if "自带的规矩" in one.message]
    assert "第7行：“广告”我记下了，自带的规矩里还没有这一条。" in notes


def test_the_full_form_is_no_file_of_switches() -> None:
    """A file with schema or pack is read as ever, also where it shares words with switches."""
    text = "schema: 1\npack: a\nowner: 小李\nmode: shadow\n"
    assert "a" == ruleset(text).name


def test_quiet_hours_come_from_the_line() -> None:
    """夜里不出声 keeps the bot silent from then to then."""
    quiet = ruleset(FIRST).quiet
    assert quiet is not None
    assert (time(23), time(7)) == quiet.between


def test_a_group_may_be_awake_at_night() -> None:
    """不管 takes away in one group what the file says, and a group may be of another kind."""
    text = f"{FIRST}另外:\n  夜猫子:\n    夜里不出声: 不管\n  家长们:\n    群类型: 家长\n"
    awake, parents = loaded(text).exceptions
    assert awake.quiet is None
    assert Mode.OFF == rule(parents, "begging").mode
    assert Mode.OFF == rule(parents, "newcomer-links").mode
    assert Mode.ENFORCE == rule(awake, "begging").mode


def test_a_switch_that_cannot_differ() -> None:
    """What is of the whole file is refused below a group, and so is a switch of no group."""
    below = "  广告: 不许\n  七群:\n    负责人: 老赵\n    嗯\n    广告: 不许\n    广告: 可以\n"
    errors = [
        one.message for one in loaded(f"{FIRST}另外:\n{below}").faults if one.level == "error"
    ]
    assert errors == [
        "第17行：这一行上面要先写群名，像“创富孵化群7:”。",
        "第19行：“负责人”不能只给一个群写，写到最上面去。",
        "第20行：“嗯”我看不懂：一行写一项，像“广告: 不许”；接着上一行的话，前面空两格。",
        "第22行：“广告”写了两次，第21行已经有了，留一个。",
    ]


OWN_FAULTS = """\
规则:
  - 名字: 一
    还带着: 表情
    说了: 甲
  - 说了: 乙
  - 名字: 三
  - 名字: 一
    说了:
      - 丁
      - 戊
  - 名字: 五
    说了: 己
    这些别管:
      - 名字叫小己
      - 说了己
      就是己
    就: 歇
"""


def test_faults_of_own_rules() -> None:
    """Each own rule has a name of its own and words, and its lines take what they can take."""
    errors = [one.message for one in loaded(FIRST + OWN_FAULTS).faults if one.level == "error"]
    assert errors == [
        "第18行：“还带着”不能写“表情”，只能是：联系方式 / 链接 / 手机号 / 价钱。",
        "第20行：这条规矩没有“名字”。",
        "第21行：规矩“三”没写“说了”什么。",
        "第22行：规矩“一”写了两条，换个名字。",
        "第32行：“就”不能写“歇”，只能是：提醒 / 处罚 / 先问 / 悄悄告诉我。",
    ]
