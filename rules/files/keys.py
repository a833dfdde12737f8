"""Which keys a mapping of a rule file can have: a pydantic loc followed through the models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import UnionType
from typing import (
    Annotated,
    Literal,
    Protocol,
    TypeGuard,
    Union,
    get_args,
    get_origin,
    runtime_checkable,
)

from msgspec import Struct
from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo


@runtime_checkable
class HasWords(Protocol):
    """A note of a type: the words that a value of it is one of."""

    words: tuple[str, ...]


class _Form(Struct, frozen=True):
    """One of the types that a place can have, the tag that pydantic's locs call it by, and the
    words that it is one of.
    """

    type: object
    tag: str
    words: tuple[str, ...] = ()


def known_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys that the mapping at `loc` can have, in their order; none where it is no mapping.

    Segments of the loc that lead nowhere are passed over.
    """
    # All items of a list can have the same keys: what is known of one is known of all.
    return list(_keys(model, tuple(0 if isinstance(one, int) else one for one in loc)))


@lru_cache(maxsize=4096)
def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    forms = [_Form(model, "")]
    for segment in loc:
        forms = _step(forms, segment) or forms
    return tuple(dict.fromkeys(key for form in forms for key in _fields(form.type)))


def known_words(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[str, ...]:
    """The words that the value at `loc` is one of; none where it is free."""
    forms = [_Form(model, "")]
    for segment in loc:
        forms = _step(forms, segment)
    return tuple(dict.fromkeys(word for form in forms for word in form.words))


def _step(forms: list[_Form], segment: str | int) -> list[_Form]:
    """The forms one segment on. Of several forms a label chooses one; otherwise a key is meant."""
    labelled = [form for form in forms if segment in _labels(form)] if len(forms) > 1 else []
    if labelled:
        return labelled
    return [inner for form in forms for inner in _inside(form.type, segment)]


def _labels(form: _Form) -> list[str]:
    """What pydantic may call a form of a union: its tag, its name, the words of a discriminator."""
    fields = form.type.model_fields if _is_model(form.type) else {}
    words = [word for field in fields.values() for word in _literals(field.annotation)]
    return [form.tag, getattr(form.type, "__name__", ""), *words]


def _literals(annotation: object) -> list[str]:
    return list(get_args(annotation)) if get_origin(annotation) is Literal else []


def _inside(kind: object, segment: str | int) -> Iterator[_Form]:
    arguments = get_args(kind)
    if isinstance(segment, int):
        items = [one for one in arguments if one is not Ellipsis]
        is_list = get_origin(kind) in (list, tuple, set, frozenset)
        yield from (form for one in items if is_list for form in _forms(one))
    elif get_origin(kind) in (dict, Mapping):
        yield from _forms(arguments[-1])
    else:
        field = _fields(kind).get(segment)
        if field is not None:  # pydantic keeps the notes of a field's own type apart from it
            yield from _forms(field.annotation, words=_words_in(field.metadata))


def _fields(kind: object) -> dict[str, FieldInfo]:
    """The fields of a model by the keys that files write; none of anything else."""
    if not _is_model(kind):
        return {}
    return {field.alias or name: field for name, field in kind.model_fields.items()}


def _forms(annotation: object, tag: str = "", words: tuple[str, ...] = ()) -> Iterator[_Form]:
    """The types that an annotation allows, without Annotated and unions."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        own = next((note.tag for note in notes if isinstance(note, Tag)), tag)
        yield from _forms(inner, own, _words_in(notes) or words)
    elif get_origin(annotation) in (Union, UnionType):
        for one in get_args(annotation):
            yield from _forms(one, tag, words)
    elif annotation is not type(None):
        yield _Form(annotation, tag, words)


def _words_in(notes: Iterable[object]) -> tuple[str, ...]:
    return next((note.words for note in notes if isinstance(note, HasWords)), ())


def _is_model(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
