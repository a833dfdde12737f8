"""The prepared scene of two minutes, as data: who does what, after how many seconds.

Parts are played by whoever is free: `{seller}` in a text becomes the name of who plays the seller.
Playing it is `bot.web.player`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from rules.message import Kind


class Speak(NamedTuple):
    """Somebody says something, or sends something that is not text.

    `if_judged`: only if the rules of the room had something against what they said before.
    """

    who: str
    text: str = ""
    kind: Kind = Kind.TEXT
    if_judged: bool = False


class Enter(NamedTuple):
    """Somebody new comes in."""

    who: str


class Pass(NamedTuple):
    """Time is moved forward, so that nobody has to wait for it."""

    span: timedelta


class Answer(NamedTuple):
    """An admin answers the open card, if there is one, with the first choice that it has."""

    choices: tuple[str, ...]


Step = Speak | Enter | Pass | Answer


class Beat(NamedTuple):
    """One moment of the scene: `after` seconds of waiting, then the step."""

    after: float
    step: Step


OWNER, ADMIN, NEWCOMER = "owner", "admin", "newcomer"
WELCOME_DUE = timedelta(seconds=35)  # the shipped greeting merges joins of 30 s
PACKET_DUE = timedelta(minutes=3, seconds=20)  # the example's three minutes and their grace
CLEARED = ("let_go", "mistake")

ZH = (
    Beat(0.5, Speak("talker", "大家早，今天有人去创业沙龙吗？")),
    Beat(3, Speak("friend", "去，下午两点，我开车还能带两个人")),
    Beat(3, Enter(NEWCOMER)),
    Beat(4, Pass(WELCOME_DUE)),
    Beat(4, Speak(NEWCOMER, "大家好，我做烘焙的，请多关照")),
    Beat(4, Speak(OWNER, "欢迎！有问题直接在群里问")),
    Beat(4, Speak("friend", "百家姓第一个是赵，我家孩子今天刚背会")),
    Beat(4, Speak("talker", "我刚把发票报销单交了，终于搞定")),
    Beat(5, Speak("seller", "新店开张，想了解的加微信 abc123，名额不多")),
    Beat(8, Speak("seller", kind=Kind.RED_PACKET)),
    Beat(2, Answer(CLEARED)),
    Beat(3, Speak("talker", "谢谢老板🧧")),
    Beat(2, Speak("friend", "老板大气")),
    Beat(6, Speak("wronged", "@{owner} 发票清单发你邮箱了，对不上就加微信 zhou_8899 问我同事")),
    Beat(7, Speak("talker", "下周的沙龙主题定了吗")),
    Beat(4, Pass(PACKET_DUE)),
    Beat(6, Speak("wronged", "误会", if_judged=True)),
    Beat(7, Answer(CLEARED)),
    Beat(6, Speak("wronged", "没事，谢谢", if_judged=True)),
    Beat(5, Speak("spammer", "百 家 乐 首存送彩金，稳赚不赔")),
    Beat(8, Speak("flooder", "在吗")),
    Beat(1, Speak("flooder", "有人吗")),
    Beat(1, Speak("flooder", "看看我呀")),
    Beat(1, Speak("flooder", "快来看")),
    Beat(1, Speak("flooder", "真的不骗人")),
    Beat(1, Speak("flooder", "最后一天了")),
    Beat(1, Speak("flooder", "快点快点")),
    Beat(1, Speak("flooder", "都来看看")),
    Beat(6, Speak("talker", "清静了，晚上八点见")),
    Beat(4, Speak(OWNER, "好，晚上见")),
)

EN = (
    Beat(0.5, Speak("talker", "Morning all! Is the market on this Sunday, even if it rains?")),
    Beat(3, Speak(OWNER, "It is, from ten. The hall is dry.")),
    Beat(3, Enter(NEWCOMER)),
    Beat(4, Pass(WELCOME_DUE)),
    Beat(4, Speak(NEWCOMER, "Hi! I'm looking for a desk lamp, ideally something old")),
    Beat(4, Speak("friend", "I have one from the seventies, bringing it on Sunday")),
    Beat(5, Speak("friend", "Two euros for the hall, children are free")),
    Beat(5, Speak("talker", "Is the crypto talk at the library free? My son wants to go")),
    Beat(5, Speak("friend", "It is, I went last week")),
    Beat(5, Speak("seller", "Earn $500 a day from home, message me on WhatsApp +1 555 010 4477")),
    Beat(9, Speak("talker", "Does anybody need moving boxes?")),
    Beat(
        5,
        Speak(
            "wronged",
            "For the oak table the seller wants 50 € and says pay first. Is that normal here?",
        ),
    ),
    Beat(7, Speak("wronged", "mistake", if_judged=True)),
    Beat(7, Answer(CLEARED)),
    Beat(6, Speak("wronged", "Thanks, no harm done", if_judged=True)),
    Beat(4, Speak("friend", "Pay when you pick it up, always")),
    Beat(
        6,
        Speak(
            "spammer",
            "W\u200bork from h\u043eme: ＄500 a day, guar\u0430nteed profit! DM me on Telegram",
        ),
    ),
    Beat(8, Speak("flooder", "hello?")),
    Beat(1, Speak("flooder", "anyone here")),
    Beat(1, Speak("flooder", "look at this")),
    Beat(1, Speak("flooder", "come on people")),
    Beat(1, Speak("flooder", "last chance")),
    Beat(1, Speak("flooder", "today only")),
    Beat(1, Speak("flooder", "best of all")),
    Beat(1, Speak("flooder", "come and see")),
    Beat(8, Speak("talker", "Quiet again. See you on Sunday!")),
    Beat(4, Speak(OWNER, "See you there")),
)

SCENES = {"zh": ZH, "en": EN}
