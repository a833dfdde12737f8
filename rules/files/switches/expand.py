"""What switches do to the rules: the nodes that a file in the full form would have been read to.

Every node stands at the line of the switch that it comes from, so that faults and origins point
to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from msgspec import Struct

from rules.files.faults import START, Place
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode
from rules.files.switches.blocks import blocks
from rules.files.switches.built import key as key_node
from rules.files.switches.built import node
from rules.files.switches.document import Document
from rules.files.switches.effects import EFFECTS, EFFECTS_OF_KIND, Data, uses_of
from rules.files.switches.kinds import ORDINARY, answers
from rules.files.switches.lines import lines
from rules.files.switches.nested import Exceptional
from rules.files.switches.own import own_rule, short
from rules.files.switches.reading import setting
from rules.files.switches.sites import hosts_of
from rules.files.switches.switch import EN, ZH
from rules.files.switches.values import (
    Calendar,
    Picked,
    Remark,
    Setting,
    Span,
    Steps,
    StepValue,
    Text,
    choice_of,
    texts_of,
)
from rules.files.values import OFF

PACK: Final = {ZH: "zh-starter", EN: "en-starter"}
LOCALE: Final = {ZH: "zh-CN", EN: "en"}
CLOCK: Final = {ZH: "Asia/Shanghai", EN: "UTC"}
_TEXTS: Final = (
    ("owner", "owner", ""),
    ("admin_chat", "admin_chat", ""),
    ("nickname", "nickname", "format"),
    ("welcome", "greeting", "say"),
)
"""Switches of one text: the section of the full form, and the key in it."""

Settings = Mapping[str, Setting]


class Expansion(Struct, frozen=True, kw_only=True):
    """What one group or set of groups says, answer by answer, with what its kind answers.

    `known` are the rules, categories and lists (`lists.ours`) that there are: of what switches
    change no others are named.
    """

    known: Collection[str]

    language: str
    groups: tuple[str, ...]
    kind: str
    said: Settings
    answers: Settings

    def place(self, key: str) -> Place:
        """Where a switch stands; the start of the file, if it is not written."""
        one = self.said.get(key)
        return Place(line=one.line, column=one.keyed.column) if one is not None else START


def expansion(document: Document, known: Collection[str]) -> Expansion:
    """The file, with what its kind of group answers; `known` are the rules that it extends."""
    said = document.settings
    kind = choice_of(said.get("kind")) or "chat"
    return Expansion(
        known=known,
        language=document.speaks,
        groups=texts_of(said.get("groups")),
        kind=kind,
        said=said,
        answers={**_usual(kind), **said},
    )


def root(document: Document, known: Collection[str]) -> MapNode:
    """The whole file as nodes, with the sections that it has in the full form."""
    one = expansion(document, known)
    entries = {key: (key_node(key, START), value) for key, value in _entries(one)}
    rules = (*_rules(one), *(own_rule(each, one.language) for each in document.rules))
    entries["rules"] = (key_node("rules", START), ListNode(items=rules, place=START))
    groups = tuple(_exception(one, each) for each in document.exceptions if each.title)
    if groups:
        key = key_node("except_for", groups[0][0].place)
        entries["except_for"] = (key, MapNode(entries=groups, place=key.place))
    for name, value in document.sections:
        before = entries.get(name.text)
        entries[name.text] = (name, _joined(before[1] if before else None, value))
    return MapNode(entries=tuple(entries.values()), place=START)


def _exception(one: Expansion, group: Exceptional) -> tuple[ScalarNode, MapNode]:
    """What is different in one group, under its title."""
    own = exceptional(one, group)
    place = Place(line=group.line.number, column=group.line.column)
    rules = ListNode(items=tuple(_rules(own)), place=place)
    entries = {key: (key_node(key, place), value) for key, value in _differing(own)}
    entries["rules"] = (key_node("rules", place), rules)
    return key_node(group.title, place), MapNode(entries=tuple(entries.values()), place=place)


def exceptional(one: Expansion, group: Exceptional) -> Expansion:
    """What is different in one group: its own answers, and those of its kind if that differs."""
    kind = choice_of(group.settings.get("kind"))
    return Expansion(
        known=one.known,
        language=one.language,
        groups=(),
        kind=kind or one.kind,
        said=group.settings,
        answers={**(_usual(kind) if kind else {}), **group.settings},
    )


@cache
def _usual(kind: str) -> Settings:
    """What a kind answers, read like the lines of a file."""
    text = "\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in answers(kind).items())
    names = {"private": "private data", "scams": "scams and adult"}
    for key, name in names.items():
        text = text.replace(f"{key}: ", f"{name}: ")
    found = (setting(block, []) for block in blocks(lines(text)))
    return {one.key: one for one in found if one is not None}


def _entries(one: Expansion) -> Iterator[tuple[str, Node]]:
    """The sections of the full form, but the rules, in its order."""
    place = one.place("groups")
    yield "schema", node("1", place)
    yield "pack", node(f"group-{short(*one.groups)}", place)
    yield "title", node("、".join(one.groups) or "群规", place)
    yield "locale", node(LOCALE[one.language], place)
    yield "timezone", node(CLOCK[one.language], place)
    if one.groups:
        yield "applies_to", node({"groups": one.groups}, place)
    yield "mode", node("shadow", START)
    yield "extends", node((PACK[one.language],), one.place("kind"))
    left_alone = texts_of(one.said.get("pass"))
    if left_alone:
        yield "pass", node(left_alone, one.place("pass"))
    yield from _differing(one)


def _differing(one: Expansion) -> Iterator[tuple[str, Node]]:
    """The sections that may differ in one group, as far as something is answered."""
    mode = choice_of(one.said.get("mode"))
    if mode:
        yield "mode", node(mode, one.place("mode"))
    if "steps" in one.answers:
        yield "ladder", node({"steps": _steps(one)}, one.place("steps"))
    for key, section, inside in _TEXTS:
        text = _of(one, key)
        if text:
            yield section, node({inside: text} if inside else text, one.place(key))
    night = one.answers.get("night")
    if choice_of(one.said.get("night")) == OFF:
        yield "quiet", node(OFF, one.place("night"))
    elif night is not None and isinstance(night.value, Span):
        between = (f"{night.value.start:%H:%M}", f"{night.value.end:%H:%M}")
        yield "quiet", node({"between": between}, one.place("night"))
    yield from _named(one)


def _named(one: Expansion) -> Iterator[tuple[str, Node]]:
    """The sections of which every item has a place of its own."""
    lists, roles, topics = tuple(_lists(one)), tuple(_roles(one)), tuple(_topics(one))
    if lists:
        yield "lists", MapNode(entries=lists, place=lists[0][1].place)
    if roles:
        yield "roles", MapNode(entries=roles, place=roles[0][1].place)
    if topics:
        yield "topics", ListNode(items=topics, place=one.place("schedule"))


def _lists(one: Expansion) -> Iterator[tuple[ScalarNode, Node]]:
    ours, allowed = texts_of(one.said.get("ours")), texts_of(one.said.get("allow"))
    sites = [host for item in (*ours, *allowed) for host in sites_of(item)]
    named = [item for item in allowed if not sites_of(item)]
    words = [*(item for item in ours if not is_host(item)), *named]
    forbidden = texts_of(one.said.get("forbidden"))
    named_lists: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("ours", "ours", words),
        ("allow", "our_sites", sites),
        ("forbidden", "forbidden", forbidden),
    )
    for key, name, found in named_lists:
        place = one.place(key)
        if found:
            yield key_node(name, place), node(tuple(dict.fromkeys(found)), place)
    for name, ordinary in ORDINARY.get(one.kind, {}).items():
        if f"lists.{name}" in one.known:
            yield key_node(name, one.place("kind")), node({"remove": ordinary}, one.place("kind"))


def sites_of(item: str) -> tuple[str, ...]:
    """The hosts that an item of `自己的` or `放行` stands for."""
    return (_host(item),) if is_host(item) else hosts_of(item)


def is_host(item: str) -> bool:
    """Whether an item is a web address, and not a name."""
    host = _host(item)
    return "." in host.strip(".") and " " not in host and host.isascii()


def _host(item: str) -> str:
    return item.removeprefix("https://").removeprefix("http://").partition("/")[0].lower()


def _roles(one: Expansion) -> Iterator[tuple[ScalarNode, Node]]:
    links = one.answers.get("newcomer_links")
    if links is not None and isinstance(links.value, Picked) and links.value.n is not None:
        place = one.place("newcomer_links")
        length = {"member_for_less_than": f"{links.value.n}d"}
        yield key_node("newcomer", place), node(length, place)
    for key in ("admins", "helpers"):
        names = texts_of(one.said.get(key))
        if names:
            yield key_node(key, one.place(key)), node(names, one.place(key))


def _steps(one: Expansion) -> tuple[Data, ...]:
    value = one.answers["steps"].value
    steps = value.steps if isinstance(value, Steps) else ()
    return tuple(_step(step) for step in steps)


def _step(step: StepValue) -> Data:
    return {"do": step.do, **({"for": f"{step.number}{step.unit}"} if step.unit else {})}


def overrides(one: Expansion) -> Iterator[tuple[str, Mapping[str, Data], int | None]]:
    """What the answers change: the switch, the override, and the number of the answer."""
    for key, answer in one.answers.items():
        value = answer.value
        choice = choice_of(answer)
        of_kind = EFFECTS_OF_KIND.get((one.kind, key, choice), ())
        for effect in (*EFFECTS.get((key, choice), ()), *of_kind):
            meant = tuple(name for name in uses_of(effect) if name in one.known)
            if meant:
                number = value.n if isinstance(value, Picked) else None
                yield key, {**effect, "use": meant}, number


def unruled(one: Expansion) -> Iterator[Remark]:
    """A remark on every switch that is written, and that no known rule is about."""
    ruled = {key for key, _, _ in overrides(one)}
    for key, said in one.said.items():
        if key not in ruled and (key, choice_of(said)) in EFFECTS:
            yield Remark("note", "no_rule", said.line, said.keyed.column, {"key": said.keyed.typed})


def _rules(one: Expansion) -> Iterator[Node]:
    for key, effect, n in overrides(one):
        yield node(effect, one.place(key), one.language, n)


def _topics(one: Expansion) -> Iterator[Node]:
    schedule = one.said.get("schedule")
    found = schedule.value.appointments if schedule and isinstance(schedule.value, Calendar) else ()
    for n, each in enumerate(found, start=1):
        if "{" not in each.say:
            place = Place(line=each.line, column=each.column)
            yield node({"id": f"topic-{n}", "at": each.cron, "say": each.say}, place)


def _joined(before: Node | None, section: Node) -> Node:
    """A section of the full form after what switches put there: lists and rules are both kept."""
    if isinstance(before, ListNode) and isinstance(section, ListNode):
        return ListNode(items=(*before.items, *section.items), place=section.place)
    if isinstance(before, MapNode) and isinstance(section, MapNode):
        merged = {key.text: (key, value) for key, value in (*before.entries, *section.entries)}
        return MapNode(entries=tuple(merged.values()), place=section.place)
    return section


def _of(one: Expansion, key: str) -> str:
    found = one.said.get(key)
    text = found.value.text if found is not None and isinstance(found.value, Text) else ""
    return text.replace("{新人}", "{newcomer}")
