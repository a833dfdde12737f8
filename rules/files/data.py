"""Nodes to plain data for pydantic, and pydantic's errors back to faults at their places.

How an error is put into words is left to `rules.files.wording`, and which keys a place can have to
`rules.files.keys`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from rules.files.chinese import chinese_keys
from rules.files.faults import Fault, Place, did_you_mean, in_order, nearest, quoted
from rules.files.keys import known_keys
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode
from rules.files.wording import Wrong, fits, worded
from rules.phrases import Key, Phrase, either, phrase

Loc = Sequence[str | int]

MOST_ERRORS = 1000  # beyond this nobody reads; a list of 200,000 numbers would be as many errors

MOST_KEYS = 12  # that are told where an unknown one is like none of them

_AT_A_KEY = ("missing", "extra_forbidden")


class _Step(Struct, frozen=True):
    """One segment of a loc, the node it leads to, and the place of its key.

    Not `is_real`: it is not in the file, and leads nowhere.
    """

    segment: str | int
    node: Node
    key: Place
    is_real: bool


class _Problem(Struct, frozen=True, kw_only=True):
    """An error of pydantic with its way through the file."""

    wrong: Wrong
    steps: tuple[_Step, ...]
    node: Node


def plain(node: Node) -> object:
    """The node as dicts, lists and texts; nothing is None, the first of equal keys counts."""
    if isinstance(node, ScalarNode):
        return None if node.is_empty else node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    firsts: dict[str, object] = {}
    for key, value in node.entries:
        firsts.setdefault(key.text, plain(value))
    return firsts


def path_of(loc: Loc) -> str:
    """The loc as people write it: `rules[0].then.say`."""
    parts = (f"[{one}]" if isinstance(one, int) else f".{one}" for one in loc)
    return "".join(parts).removeprefix(".")


def place_of(root: Node, loc: Loc, *, key: bool = False) -> Place:
    """The place of the value that a pydantic loc leads to, or with `key` of its key.

    Segments that are not in the file (a union's label, `[key]`, the name of a missing key) are
    passed over, so that the place is that of the nearest value around it.
    """
    steps = _walk(root, loc)
    real = [step for step in steps if step.is_real]
    if key and real:
        return real[-1].key
    return steps[-1].node.place if steps else root.place


def faults_of(root: Node, error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """Every mistake that pydantic found, in the order of the file, in plain words.

    Of the forms that a union allows, only the one is reported that fits best: the one of the
    value's own shape (text, list or mapping), then with the fewest unknown and missing keys, then
    with the fewest mistakes. Forms that fit equally badly are named together. A key that is
    missing because it is misspelt is one mistake. `model` is what the file was validated against;
    its keys are what an unknown key is compared with.
    """
    found = error.errors(include_url=False)[:MOST_ERRORS]
    problems = _best([_problem(root, Wrong.of(one)) for one in found], 0)
    meant = {_meant(one, model) for one in problems if one.wrong.type == "extra_forbidden"}
    missed = [one for one in problems if one.wrong.type != "missing" or one.wrong.loc not in meant]
    return in_order(_fault(problem, model) for problem in missed)


def _walk(root: Node, loc: Loc) -> tuple[_Step, ...]:
    """Each segment with the node that it leads to; one that leads nowhere stays where it is.

    A union's label may be the same word as a key. That shows one segment later: what is no key
    of the new node, but one of the node before, makes the segment before a label.
    """
    steps: list[_Step] = []
    before = here = root
    for segment in loc:
        child = _child(here, segment)
        if child is None and steps and steps[-1].is_real and isinstance(segment, str):
            child = _child(before, segment)
            if child is not None:
                steps[-1] = _Step(steps[-1].segment, before, before.place, False)
                here = before
        before = here
        here, key = child if child is not None else (here, here.place)
        steps.append(_Step(segment, here, key, child is not None))
    return tuple(steps)


def _child(node: Node, segment: str | int) -> tuple[Node, Place] | None:
    """What stands under a key or number, with the place of the key or item; None if nothing."""
    if isinstance(node, MapNode):
        found = ((value, key.place) for key, value in node.entries if key.text == segment)
        return next(found, None)
    if isinstance(node, ListNode) and isinstance(segment, int) and segment < len(node.items):
        item = node.items[segment]
        return item, item.place
    return None


def _problem(root: Node, wrong: Wrong) -> _Problem:
    """The error with its way: a missing key is not in the file, and is a step all the same."""
    if wrong.type != "missing":
        steps = _walk(root, wrong.loc)
        return _Problem(wrong=wrong, steps=steps, node=steps[-1].node if steps else root)
    around = _walk(root, wrong.loc[:-1])
    node = around[-1].node if around else root
    steps = (*around, _Step(wrong.loc[-1], node, node.place, True))
    return _Problem(wrong=wrong, steps=steps, node=node)


def _best(problems: list[_Problem], depth: int) -> list[_Problem]:
    """The problems without those of union forms that fit less well than another."""
    chosen = [one for one in problems if len(one.steps) == depth]
    groups: dict[tuple[str | int, bool], list[_Problem]] = {}
    for one in problems:
        if len(one.steps) > depth:
            step = one.steps[depth]
            groups.setdefault((step.segment, step.is_real), []).append(one)
    forms: list[list[_Problem]] = []
    for (segment, is_real), group in groups.items():
        inner = _best(group, depth + 1)
        if is_real or isinstance(segment, int):
            chosen += inner
        else:
            forms.append(inner)
    return chosen + _best_form(forms, depth + 1)


def _best_form(forms: list[list[_Problem]], depth: int) -> list[_Problem]:
    if len(forms) < 2:
        return [one for form in forms for one in form]
    least = min(_misfit(form, depth) for form in forms)
    best = [form for form in forms if _misfit(form, depth) == least]
    whole = [form[0].wrong for form in best if len(form) == 1 and len(form[0].steps) == depth]
    if len(whole) < len(best) or not all(wrong.expected for wrong in whole):
        own_words = [form for form in best if not form[0].wrong.expected]
        return (own_words or best)[0]
    expected = dict.fromkeys(one for wrong in whole for one in wrong.expected)
    choices = tuple(choice for wrong in whole for choice in wrong.choices)
    together = replace(whole[0], expected=tuple(expected), choices=choices)
    return [replace(best[0][0], wrong=together)]


def _misfit(form: list[_Problem], depth: int) -> tuple[bool, int, int]:
    other_shape = any(len(one.steps) == depth and not fits(one.wrong, one.node) for one in form)
    return other_shape, sum(one.wrong.type in _AT_A_KEY for one in form), len(form)


def _meant(problem: _Problem, model: type[BaseModel]) -> tuple[str | int, ...]:
    """The loc of the key that an unknown key is a slip of: it is not missing as well."""
    *around, name = problem.wrong.loc
    return (*around, nearest(str(name), known_keys(model, around)) or "")


def _fault(problem: _Problem, model: type[BaseModel]) -> Fault:
    wrong, node = problem.wrong, problem.node
    real = [step for step in problem.steps if step.is_real]
    path = path_of([step.segment for step in real])
    if wrong.type == "extra_forbidden":
        name = str(wrong.loc[-1])
        known = known_keys(model, wrong.loc[:-1])
        message, hint = phrase("unknown key {name}", name=quoted(name)), _known_instead(name, known)
        return Fault(place=real[-1].key, message=message, hint=hint, path=path)
    if wrong.loc and wrong.loc[-1] == "[key]":
        node = ScalarNode(text=str(real[-1].segment), place=real[-1].key, quoted=True)
    tag = _child(node, wrong.tag_key) if wrong.tag_key else None
    if tag is not None:
        node, path = tag[0], path_of([*(step.segment for step in real), wrong.tag_key])
    message, hint = worded(wrong, node, known_keys(model, wrong.loc))
    return Fault(place=node.place, message=message, hint=hint, path=path)


def _known_instead(name: str, known: Sequence[str]) -> Phrase:
    """The key that was perhaps meant, in the language of the one that is unknown, or all keys."""
    near = did_you_mean(name, known if name.isascii() else chinese_keys(known))
    if near or not known:
        return near
    if len(known) > MOST_KEYS:
        return phrase("docs/rules.md has all keys")
    return phrase("there is {keys}", keys=either([Key(one) for one in known]))
