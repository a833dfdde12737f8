"""What the parts of a rule file must be to one another: lists that exist, ids that are taken once.

It looks at plain data, so that it finds its mistakes beside those of the models; values of the
wrong type it leaves to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from rules.files.faults import Level, did_you_mean, one_of, quoted
from rules.files.schema_when import WHEN_KEYS
from rules.links import host_of
from rules.phrases import NOTHING, Key, Phrase, joined, phrase
from rules.text import fold

LEAST_LETTERS: Final = 3  # of a text that others are compared with: rules.conditions.likeness

Loc = tuple[str | int, ...]
Plain = Mapping[str, object]


class Finding(NamedTuple):
    """A mistake at a place of the data; `at_key`: at the key rather than at its value."""

    loc: Loc
    message: Phrase
    hint: Phrase = NOTHING
    at_key: bool = False
    level: Level = "error"


class Use(NamedTuple):
    """A list that a condition names, and what it is for: words, templates or hosts."""

    loc: Loc
    name: str
    role: str


def findings(data: object, given: Plain) -> Iterator[Finding]:
    """Everything that does not fit together. `given` are those lists that are of other files."""
    file = map_of(data)
    own = map_of(file.get("lists"))
    rules = list_of(file.get("rules"))
    conditions = [*_conditions(rules), *_of_signs(map_of(file.get("signs")))]
    yield from _lists(own)
    yield from _taken(rules, ("rules",), phrase("rule"))
    yield from _taken(list_of(file.get("topics")), ("topics",), phrase("topic"))
    for loc, when in conditions:
        yield from _shape(when, loc)
    yield from _unknown_signs(conditions, map_of(file.get("signs")))
    uses = [use for loc, when in conditions for use in _uses(when, loc)]
    yield from _unknown_lists(uses, own)
    yield from _misused(uses, own, given)


def expectations(data: object, given: Collection[str]) -> Iterator[Finding]:
    """What tests expect of rules that there are not. `given` are the ids of rules of packs."""
    own = [str(map_of(rule).get("id")) for rule in list_of(map_of(data).get("rules"))]
    rules = [*own, *given]
    for n, test in enumerate(list_of(map_of(data).get("tests"))):
        for m, expected in enumerate(list_of(map_of(test).get("expect"))):
            rule = map_of(expected).get("rule")
            if isinstance(rule, str) and rule not in rules:
                hint = did_you_mean(rule, rules)
                loc: Loc = ("tests", n, "expect", m, "rule")
                yield Finding(loc, phrase("there is no rule {rule}", rule=quoted(rule)), hint)


def nothings(data: object, loc: Loc = ()) -> Iterator[Finding]:
    """Every key without a value: where a value may be left out, its key must be left out too."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if value is None:
                hint = phrase("write a value, or leave the key out")
                yield Finding(
                    (*loc, key), phrase("nothing is written behind {key}:", key=Key(key)), hint
                )
            elif (*loc, key) != ("lists",):
                yield from nothings(value, (*loc, key))
    for n, item in enumerate(list_of(data)):
        yield from nothings(item, (*loc, n))


def _lists(own: Plain) -> Iterator[Finding]:
    for name, items in own.items():
        if items == []:
            message = phrase("the list {name} is empty: it matches nothing", name=quoted(name))
            yield Finding(("lists", name), message, at_key=True, level="warning")


def _taken(items: list[object], loc: Loc, what: Phrase) -> Iterator[Finding]:
    seen: set[str] = set()
    for n, one in enumerate(items):
        own = map_of(one).get("id")
        if isinstance(own, str) and own in seen:
            message = phrase(
                "the id {own} is taken by another {what} above", own=quoted(own), what=what
            )
            yield Finding((*loc, n, "id"), message, phrase("give one of them another id"))
        elif isinstance(own, str):
            seen.add(own)


def _conditions(rules: list[object]) -> Iterator[tuple[Loc, object]]:
    """Every condition with its place, nested ones after those that hold them."""
    for n, rule in enumerate(rules):
        for key in ("when", "except"):
            if key in map_of(rule):
                yield from _nested(map_of(rule)[key], ("rules", n, key))


def _of_signs(signs: Plain) -> Iterator[tuple[Loc, object]]:
    for name, when in signs.items():
        yield from _nested(when, ("signs", name))


def _nested(when: object, loc: Loc) -> Iterator[tuple[Loc, object]]:
    yield loc, when
    inside = map_of(when)
    for key in ("any", "all"):
        for n, part in enumerate(list_of(inside.get(key))):
            yield from _nested(part, (*loc, key, n))
    if "not" in inside:
        yield from _nested(inside["not"], (*loc, "not"))
    for n, signal in enumerate(list_of(map_of(inside.get("score")).get("signals"))):
        if "when" in map_of(signal):
            at = (*loc, "score", "signals", n, "when")
            yield from _nested(map_of(signal)["when"], at)


def _shape(when: object, loc: Loc) -> Iterator[Finding]:
    """A condition has exactly one key, and something behind it."""
    if not isinstance(when, Mapping):
        return
    keys = [key for key in when if key in WHEN_KEYS]
    if not when:
        yield Finding(
            loc,
            phrase(
                "expected a condition: {keys}",
                keys=one_of([Key(key) for key in WHEN_KEYS], at_most=len(WHEN_KEYS)),
            ),
        )
    elif len(keys) > 1:
        message = phrase(
            "expected one condition, found {count}: {names}",
            count=len(keys),
            names=joined([Key(key) for key in keys]),
        )
        yield Finding(
            (*loc, keys[1]), message, phrase("put them under all: or under any:"), at_key=True
        )
    for key in ("any", "all"):
        if when.get(key) == []:
            yield Finding(
                (*loc, key), phrase("{key} needs at least one condition", key=Key(key)), at_key=True
            )


def _uses(when: object, loc: Loc) -> Iterator[Use]:
    inside = map_of(when)
    for key, of, role in (
        ("words", "list", "words"),
        ("like", "list", "texts"),
        ("link", "in", "hosts"),
        ("link", "not_in", "hosts"),
    ):
        name = map_of(inside.get(key)).get(of)
        if isinstance(name, str):
            yield Use((*loc, key, of), name, role)


def _unknown_lists(uses: list[Use], lists: Plain) -> Iterator[Finding]:
    for use in uses:
        if use.name not in lists:
            hint = did_you_mean(use.name, lists) or (
                phrase("there are {lists}", lists=joined(list(lists)))
                if lists
                else phrase("lists: is where lists are written")
            )
            yield Finding(use.loc, phrase("there is no list {name}", name=quoted(use.name)), hint)


def _unknown_signs(conditions: list[tuple[Loc, object]], signs: Plain) -> Iterator[Finding]:
    """Signs that there are not, and signs that lead back to themselves."""
    for loc, when in conditions:
        name = map_of(when).get("sign")
        if isinstance(name, str) and name not in signs:
            hint = did_you_mean(name, signs) or phrase("signs: is where they are written")
            yield Finding(
                (*loc, "sign"), phrase("there is no sign {name}", name=quoted(name)), hint
            )
        elif loc[0] == "signs" and isinstance(name, str) and loc[1] in _signs_behind(name, signs):
            message = phrase("the sign {name} leads back to itself", name=quoted(str(loc[1])))
            yield Finding((*loc, "sign"), message, phrase("write out what it stands for"))


def _signs_behind(name: str, signs: Plain) -> set[str]:
    """The sign and every sign that it is made of, however deep."""
    found: set[str] = set()
    todo = [name]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            parts = _nested(signs.get(one), ())
            inner = (map_of(when).get("sign") for _, when in parts)
            todo += [sign for sign in inner if isinstance(sign, str)]
    return found


def _misused(uses: list[Use], lists: Plain, given: Plain) -> Iterator[Finding]:
    """Items that cannot serve for what their list is used; of a pack's list, where it is named."""
    checked = [use for use in reversed(uses) if use.role != "words"]  # words need only be there
    for (name, role), use in {(use.name, use.role): use for use in checked}.items():
        for n, item in enumerate(list_of(lists.get(name))):
            wrong = _wrong(item, role) if isinstance(item, str) else NOTHING
            if wrong:
                yield Finding(use.loc if name in given else ("lists", name, n), wrong)


def _wrong(item: str, role: str) -> Phrase:
    if role == "texts" and len(fold(item).letters) < LEAST_LETTERS:
        return phrase(
            "a text to compare with needs at least {least} letters, found {text}",
            least=LEAST_LETTERS,
            text=quoted(item),
        )
    if role == "hosts" and "." not in host_of(item.removeprefix("*.")):
        return phrase("expected a site like docs.qq.com, found {text}", text=quoted(item))
    return NOTHING


def map_of(value: object) -> Plain:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def list_of(value: object) -> list[object]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
