"""What is told of a line of switches, in the language of the file: one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from rules.files.switches.switch import ZH


class Said(NamedTuple):
    """One sentence in both languages, with its placeholders."""

    zh: str
    en: str


SENTENCES: Final[Mapping[str, Said]] = {
    # read by grace
    "colon": Said("“{sign}”我按“:”读了。", "read “{sign}” as “:”."),
    "colon_space": Said("“:”后面我补了个空格。", "read a space behind the “:”."),
    "braces": Said("“{typed}”我按“{meant}”读了。", "read “{typed}” as “{meant}”."),
    "no_colon": Said("“{key}”后面少个“:”，我补上了。", "read a “:” behind “{key}”."),
    "bullet": Said("行首的“{sign}”我没看。", "passed over “{sign}” at the start of the line."),
    "indented": Said("行首的空格我没看。", "passed over the spaces before “{key}”."),
    "spelled": Said("“{typed}”我按“{meant}”读了。", "read “{typed}” as “{meant}”."),
    "quotes": Said("两头的引号我没算进去。", "left out the quotes around it."),
    "brackets": Said("两头的括号我没算进去。", "left out the brackets around it."),
    "spaces": Said("空格我当“、”读了：{items}。", "read the spaces as commas: {items}."),
    "encoding": Said("文件是按 {name} 存的，我照样读了；存成 UTF-8 最稳。",
                     "the file is saved as {name}; it was read, but UTF-8 is safer."),
    "txt": Said("文件名后面多了“.txt”，我照样读了；去掉最好。",
                "the file's name ends in “.txt”; it was read all the same."),
    "weird_space": Said("看不见的字符我跳过了。", "passed over a character that cannot be seen."),
    "comment_space": Said("“#”后面的字我当说明，没读。", "took what follows “#” for a comment."),
    # said, and nothing is wrong
    "later": Said("“{key}”我记下了，这个版本还不会用，以后的版本才管。",
                  "“{key}” is kept; it works from a later version."),
    "no_rule": Said("“{key}”我记下了，自带的规矩里还没有这一条。",
                    "“{key}” is kept; no shipped rule is about it yet."),
    "words_alone": Said("“{name}”光看词容易误伤，最好再写一行“还带着: 联系方式”。",
                        "“{name}” looks at words alone and may hit the innocent;"
                        " add a line “and also: contact”."),
    "no_site": Said("“{item}”我不知道是哪个网址，按名字放行。",
                    "no site is known for “{item}”: its name is let through."),
    "all_groups": Said("没写“群”，所有的群都归它管。",
                       "no “groups” are written, so it governs all groups."),
    "no_kind": Said("没写“群类型”，我按“聊天”来。", "no “kind” is written; “chat” is taken."),
    "nobody_yet": Said("没写“负责人”：试运行没事，要上岗先写上。",
                       "no “owner” is written: fine for the trial, needed to go live."),
    "utc": Said("没写“时区”，我按北京时间。",
                "no “timezone” is written, so times are UTC; add e.g. timezone: Europe/Berlin."),
    "dash_only": Said("“{key}”后面只有一个“{value}”，我当没写。",
                      "only “{value}” is written behind “{key}”; it is taken as not written."),
    "nothing": Said("“{key}”后面没写东西，我当没写。",
                    "nothing is written behind “{key}”; it is taken as not written."),
    # faults
    "choice": Said("“{key}”不能写“{value}”，只能是：{choices}。",
                   "“{key}” cannot be “{value}”; it is one of: {choices}."),
    "meant": Said("是不是“{meant}”？", "Did you mean “{meant}”?"),
    "unknown": Said("没有“{key}”这一项。", "there is no “{key}”."),
    "unread": Said("“{text}”我看不懂：一行写一项，像“广告: 不许”；接着上一行的话，前面空两格。",
                   "“{text}” cannot be read: write one thing a line, like “ads: no”;"
                   " indent what goes on from the line above."),
    "twice": Said("“{key}”写了两次，第{first}行已经有了，留一个。",
                  "“{key}” is written twice, first in line {first}; keep one."),
    "number": Said("“{value}”里的数要在{least}到{most}之间。",
                   "the number in “{value}” must be from {least} to {most}."),
    "span": Said("“{key}”不能写“{value}”，要写从几点到几点，像“23:00-07:00”；不要就写“不管”。",
                 "“{key}” cannot be “{value}”; write from when to when, like “23:00-07:00”,"
                 " or “off”."),
    "long_span": Said("“{value}”有{hours}个小时，是不是写反了？夜里请按24小时写，像“23:00-07:00”。",
                      "“{value}” is {hours} hours long: is it the wrong way round? Write it by"
                      " the 24-hour clock, like “23:00-07:00”."),
    "step": Said("“{key}”里不能写“{value}”，只能是：提醒 / 歇1天 / 请出，中间用“、”隔开。",
                 "“{key}” cannot hold “{value}”; steps are: remind / mute 1d / remove."),
    "step_unit": Said("“{value}”是{n}分钟、{n}小时还是{n}天？写清楚，像“歇{n}天”。",
                      "is “{value}” {n} minutes, hours or days? Write it out, like “mute {n}d”."),
    "empty_groups": Said("“群”后面没写群名。", "no name is written behind “groups”."),
    "nobody": Said("“{key}: {value}”要有人可问：写上“负责人”“管理群”或者“管理员”。",
                   "“{key}: {value}” needs somebody to ask: write “owner”, “admin_chat” or"
                   " “admins”."),
    "placeholder": Said("“{key}”里没有“{{{name}}}”可填，能填的是 {known}。",
                        "nothing is filled in for “{{{name}}}” in “{key}”; there is {known}."),
    "appointment": Said("“{value}”我看不懂：写哪天几点，像“每天 08:30: 早安”“周五 20:00: 聊聊”。",
                        "“{value}” cannot be read: write when, like “every day 08:30: …” or"
                        " “friday 20:00: …”."),
    "no_group": Said("这一行上面要先写群名，像“创富孵化群7:”。",
                     "the name of a group belongs above this line, like “Flea Market 2:”."),
    "not_here": Said("“{key}”不能只给一个群写，写到最上面去。",
                     "“{key}” cannot differ in one group; write it at the top."),
    "no_name": Said("这条规矩没有“名字”。", "this rule has no “name”."),
    "no_says": Said("规矩“{name}”没写“说了”什么。", "the rule “{name}” has no “says”."),
    "name_twice": Said("规矩“{name}”写了两条，换个名字。",
                       "there are two rules “{name}”; give one another name."),
    "many_lines": Said(
        "“{key}”有好几行，请直接在文件里改。", "“{key}” has many lines: edit the file."
    ),
    "site": Said("“{item}”不像一个网址，像 shimo.im 这样写，几个之间用“、”隔开。",
                 "“{item}” is no site; write it like shimo.im, with commas between."),
    "full": Said("“满员”要写到多少人告诉你，像“480人告诉我”。",
                 "“full” needs a number of people, like “480 people”."),
}  # fmt: skip

REMINDER: Final = Said(
    "@{member} 提醒一下：{title}。我看错了就回“误会”。",
    "{member}, a reminder: {title}. Got it wrong? Reply “mistake”.",
)
"""What an own rule says in the group."""


def sentence(key: str, language: str, values: Mapping[str, object]) -> str:
    """The sentence in a language, filled in."""
    said = SENTENCES[key]
    return (said.zh if language == ZH else said.en).format_map(values)


def at_line(line: int, language: str, text: str) -> str:
    """The sentence with its line, as it is read out where no place is shown."""
    return f"第{line}行：{text}" if language == ZH else f"line {line}: {text}"
