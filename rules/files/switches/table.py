"""The switches of a rule file as data: what each is called, and which answers it takes.

What an answer does to the rules is `expand`, and what a kind of group answers is `kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rules.files.switches.switch import LANGUAGES, Choice, Form, Switch, letters_of

_NO = Choice(
    key="no", zh="不许", en="no", also=("不准", "禁止", "不行", "不可以", "not allowed", "never")
)
_ASK = Choice(
    key="ask", zh="先问", en="ask", also=("先问我", "问我", "先问你们", "ask us", "ask first")
)
_YES = Choice(
    key="yes", zh="可以", en="yes", also=("允许", "随便", "能发", "fine", "allowed", "ok")
)
_REMIND = Choice(key="remind", zh="提醒", en="remind", also=("提醒一下", "reminder"))
_PUNISH = Choice(key="punish", zh="处罚", en="punish", also=("惩罚", "罚"))
_OFF = Choice(key="off", zh="不管", en="off", also=("不用管", "别管", "ignore"))
_TELL = Choice(
    key="tell", zh="悄悄告诉我", en="tell me", also=("告诉我", "偷偷告诉我", "悄悄告诉", "tell us")
)
_AT_ONCE = Choice(key="tell", zh="马上告诉我", en="tell me", also=("告诉我", "悄悄告诉我"))
_HINT = Choice(
    key="hint", zh="只提醒本人", en="remind only them", also=("提醒本人", "只提醒他", "remind")
)
_PACKET = Choice(
    key="packet",
    zh="{n}分钟内补红包",
    en="red packet within {n}m",
    also=(
        "{n}分钟补红包",
        "{n}分钟内发红包",
        "red packet within {n} minutes",
        "red packet in {n}m",
    ),
)
_FIRST_DAYS_ASK = Choice(
    key="first_ask",
    zh="前{n}天先问",
    en="ask for {n}d",
    one="第1天先问",
    also=("第{n}天先问", "头{n}天先问", "{n}天先问", "ask for {n} days", "ask for {n} day"),
    most=90,
)
_FIRST_DAYS_NO = Choice(
    key="first_no",
    zh="前{n}天不许",
    en="no for {n}d",
    one="第1天不许",
    also=("第{n}天不许", "头{n}天不许", "{n}天不许", "no for {n} days", "no for {n} day"),
    most=90,
)

KINDS: Final = (
    Choice(key="chat", zh="聊天", en="chat", also=("闲聊", "聊天群", "朋友")),
    Choice(key="parents", zh="家长", en="parents", also=("家长群", "班级", "家校", "class")),
    Choice(
        key="market",
        zh="二手",
        en="market",
        also=("二手群", "团购", "招聘", "二手团购招聘", "交易", "flea market", "marketplace"),
    ),
    Choice(
        key="neighbours",
        zh="业主",
        en="neighbours",
        also=("业主群", "小区", "邻居", "neighbors", "neighbourhood"),
    ),
    Choice(key="course", zh="学习", en="course", also=("学习群", "课程", "打卡", "study")),
    Choice(key="fans", zh="会员", en="fans", also=("会员群", "粉丝", "会员粉丝", "members")),
    Choice(
        key="promo", zh="推广", en="promo", also=("推广群", "推广创业", "创业", "营销", "promotion")
    ),
    Choice(key="crypto", zh="币圈", en="crypto", also=("币圈群", "加密货币", "web3")),
)

_MODES: Final = (
    Choice(key="shadow", zh="试运行", en="trial", also=("试用", "试跑", "shadow", "watch")),
    Choice(key="ask", zh="先问", en="ask", also=("先问我", "ask first")),
    Choice(key="enforce", zh="上岗", en="live", also=("正式", "正式上岗", "enforce", "on")),
    Choice(key="off", zh="停", en="off", also=("停用", "停止", "关", "stop")),
)


def _choice(
    key: str, zh: tuple[str, ...], en: tuple[str, ...], choices: tuple[Choice, ...]
) -> Switch:
    return Switch(key=key, zh=zh, en=en, form=Form.CHOICE, choices=choices)


SWITCHES: Final = (
    Switch(
        key="groups",
        zh=("群", "群名", "群聊", "群名称", "管的群"),
        en=("groups", "group"),
        form=Form.LIST,
        can_differ=False,
    ),
    Switch(
        key="kind",
        zh=("群类型", "类型", "群种类", "群的类型"),
        en=("kind", "kind of group"),
        form=Form.CHOICE,
        choices=KINDS,
    ),
    Switch(key="owner", zh=("负责人",), en=("owner",), form=Form.TEXT, can_differ=False),
    Switch(
        key="admin_chat",
        zh=("管理群", "管理员群"),
        en=("admin_chat", "admins chat", "mod chat"),
        form=Form.TEXT,
        can_differ=False,
        in_use=False,
    ),
    Switch(
        key="admins",
        zh=("管理员", "管理"),
        en=("admins", "admin", "mods", "moderators"),
        form=Form.LIST,
        in_use=False,
    ),
    Switch(key="helpers", zh=("帮手",), en=("helpers", "helper"), form=Form.LIST, in_use=False),
    _choice("mode", ("状态", "模式"), ("mode",), _MODES),
    _choice(
        "ads", ("广告", "发广告", "打广告"), ("ads", "ad", "adverts"), (_NO, _ASK, _PACKET, _YES)
    ),
    _choice("links", ("链接", "发链接", "网址"), ("links", "link"), (_NO, _ASK, _YES)),
    _choice(
        "newcomer_links",
        ("新人发链接", "新人链接", "新人的链接", "新人发的链接"),
        ("newcomer links", "newcomers' links", "new member links"),
        (_FIRST_DAYS_ASK, _FIRST_DAYS_NO, _YES),
    ),
    _choice(
        "cards",
        ("名片小程序", "名片", "小程序", "名片和小程序"),
        ("cards", "contact cards"),
        (_NO, _ASK, _YES),
    ),
    _choice("flood", ("刷屏",), ("flood", "flooding"), (_REMIND, _PUNISH, _OFF)),
    _choice(
        "scams",
        ("黄赌毒和诈骗", "黄赌毒", "诈骗", "黄赌毒诈骗", "诈骗和黄赌毒"),
        ("scams and adult", "scams", "adult and scams"),
        (_PUNISH, _ASK, _TELL, _OFF),
    ),
    _choice("insults", ("骂人", "脏话"), ("insults", "swearing"), (_TELL, _REMIND, _ASK, _OFF)),
    _choice(
        "private",
        ("手机号", "隐私", "电话号码"),
        ("private data", "phone numbers", "privacy"),
        (_HINT, _OFF),
    ),
    _choice("minors", ("未成年人", "未成年"), ("minors",), (_AT_ONCE, _OFF)),
    _choice("voice", ("语音", "语音消息"), ("voice", "voice messages"), (_NO, _REMIND, _YES)),
    _choice(
        "pictures",
        ("图片", "照片", "发图"),
        ("pictures", "photos", "images"),
        (_NO, _REMIND, _YES),
    ),
    _choice("videos", ("视频", "发视频"), ("videos", "video"), (_NO, _REMIND, _YES)),
    _choice(
        "begging",
        ("拉票砍价", "砍价拉票", "拉票", "砍价"),
        ("begging", "vote begging"),
        (_REMIND, _OFF),
    ),
    Switch(
        key="night",
        zh=("夜里不出声", "夜间免打扰", "免打扰", "夜里安静", "夜间不出声"),
        en=("night", "quiet hours"),
        form=Form.SPAN,
        choices=(_OFF,),
    ),
    Switch(
        key="nickname",
        zh=("昵称", "群昵称"),
        en=("nickname", "nicknames"),
        form=Form.TEXT,
    ),
    Switch(key="ours", zh=("自己的", "我们的", "自家的"), en=("ours",), form=Form.LIST),
    Switch(
        key="allow",
        zh=("放行", "白名单", "都放行"),
        en=("allow", "allowed", "whitelist"),
        form=Form.LIST,
    ),
    Switch(
        key="forbidden",
        zh=("不许说", "违禁词", "敏感词", "禁词", "不能说"),
        en=("forbidden words", "banned words", "blocklist"),
        form=Form.LIST,
    ),
    Switch(key="steps", zh=("处罚", "处罚步骤"), en=("steps", "penalties"), form=Form.STEPS),
    Switch(key="full", zh=("满员", "人满"), en=("full",), form=Form.TEXT, in_use=False),
    Switch(
        key="festivals",
        zh=("节日", "过节"),
        en=("festivals", "holidays"),
        form=Form.CHOICE,
        choices=(
            Choice(key="relaxed", zh="放宽", en="relaxed", also=("放松", "relax")),
            Choice(key="usual", zh="照常", en="as usual", also=("一样", "不变", "usual")),
        ),
        in_use=False,
    ),
    Switch(key="schedule", zh=("定时", "定时发"), en=("schedule",), form=Form.CALENDAR),
    Switch(key="topics", zh=("话题",), en=("topic list",), form=Form.LIST, in_use=False),
    Switch(
        key="welcome",
        zh=("欢迎", "欢迎语", "欢迎词"),
        en=("welcome", "welcome message"),
        form=Form.TEXT,
    ),
    Switch(
        key="pass",
        zh=("这些别管", "别管的话"),
        en=("leave alone", "leave these alone"),
        form=Form.LINES,
        can_differ=False,
    ),
    Switch(
        key="exceptions",
        zh=("另外", "例外"),
        en=("except for", "exceptions"),
        form=Form.EXCEPTIONS,
        can_differ=False,
    ),
    Switch(
        key="rules",
        zh=("规则", "自己的规矩", "规矩"),
        en=("rules", "own rules"),
        form=Form.RULES,
        can_differ=False,
    ),
)
"""All switches, in the order in which a clean file has them."""

BY_KEY: Final[Mapping[str, Switch]] = {one.key: one for one in SWITCHES}

OWN: Final = (
    Switch(key="name", zh=("名字", "名称"), en=("name",), form=Form.TEXT),
    Switch(key="says", zh=("说了", "说"), en=("says",), form=Form.LIST),
    Switch(key="also", zh=("还带着", "还带", "带着"), en=("and also",), form=Form.LIST),
    Switch(
        key="then",
        zh=("就",),
        en=("then",),
        form=Form.CHOICE,
        choices=(_REMIND, _PUNISH, _ASK, _TELL),
    ),
    Switch(key="match", zh=("这些要管", "要管", "要管的"), en=("should catch",), form=Form.LINES),
    Switch(
        key="pass",
        zh=("这些别管", "别管", "别管的"),
        en=("should leave", "leave alone"),
        form=Form.LINES,
    ),
)
"""The lines of a rule of the operator's own."""

ALSO: Final = (
    Choice(key="contact", zh="联系方式", en="contact", also=("联系", "微信号", "a contact")),
    Choice(key="link", zh="链接", en="link", also=("网址", "a link")),
    Choice(key="phone", zh="手机号", en="phone number", also=("电话", "电话号码", "phone")),
    Choice(key="price", zh="价钱", en="price", also=("价格", "钱数", "a price")),
)
"""What an own rule may want beside its words."""


def _named(switches: tuple[Switch, ...]) -> Mapping[str, tuple[Switch, str]]:
    return {
        letters_of(name): (one, language)
        for one in switches
        for language in LANGUAGES
        for name in one.names(language)
    }


BY_NAME: Final = _named(SWITCHES)
"""Switch and language by each of its names, letters only."""

OWN_BY_NAME: Final = _named(OWN)
