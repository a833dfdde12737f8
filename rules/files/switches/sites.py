"""Apps and sites by the names that people call them, with the hosts of their links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SITES: Final[Mapping[str, tuple[str, ...]]] = {
    "腾讯会议": ("meeting.tencent.com", "voovmeeting.com"),
    "腾讯文档": ("docs.qq.com",),
    "公众号": ("mp.weixin.qq.com",),
    "视频号": ("channels.weixin.qq.com",),
    "小红书": ("xiaohongshu.com", "xhslink.com"),
    "抖音": ("douyin.com", "iesdouyin.com"),
    "快手": ("kuaishou.com",),
    "B站": ("bilibili.com", "b23.tv"),
    "哔哩哔哩": ("bilibili.com", "b23.tv"),
    "知乎": ("zhihu.com",),
    "微博": ("weibo.com", "weibo.cn"),
    "淘宝": ("taobao.com", "tb.cn"),
    "天猫": ("tmall.com",),
    "京东": ("jd.com",),
    "拼多多": ("pinduoduo.com", "yangkeduo.com"),
    "闲鱼": ("goofish.com",),
    "转转": ("zhuanzhuan.com",),
    "美团": ("meituan.com", "dianping.com"),
    "大众点评": ("dianping.com",),
    "石墨": ("shimo.im",),
    "石墨文档": ("shimo.im",),
    "语雀": ("yuque.com",),
    "飞书": ("feishu.cn",),
    "钉钉": ("dingtalk.com",),
    "金山文档": ("kdocs.cn",),
    "问卷星": ("wjx.cn", "wjx.top"),
    "群接龙": ("qunjielong.com",),
    "百度网盘": ("pan.baidu.com",),
    "夸克网盘": ("pan.quark.cn",),
    "高德": ("amap.com",),
    "高德地图": ("amap.com",),
    "网易云音乐": ("music.163.com", "163cn.tv"),
    "喜马拉雅": ("ximalaya.com",),
    "zoom": ("zoom.us",),
    "youtube": ("youtube.com", "youtu.be"),
    "ebay": ("ebay.com", "ebay.de", "ebay.co.uk"),
    "google docs": ("docs.google.com",),
    "google maps": ("maps.google.com", "maps.app.goo.gl"),
    "github": ("github.com",),
    "instagram": ("instagram.com",),
    "wikipedia": ("wikipedia.org",),
}


def hosts_of(name: str) -> tuple[str, ...]:
    """The hosts of an app or a site; () if it is not known by that name."""
    return SITES.get(name) or SITES.get(name.lower()) or ()
