"""What rule files may write beyond what they amount to: overrides, lists that are not written out,
exceptions for single groups.

Laying files over one another (`rules.files.overlay`) leaves a plain `RuleFile`.
"""

from __future__ import annotations

from collections.abc import Collection
from types import UnionType
from typing import Annotated, Any, Final, Self, Union, get_args, get_origin

from pydantic import BeforeValidator, Field, create_model, model_validator

from rules.files import values
from rules.files.refusals import ValueRefused
from rules.files.schema import RuleFile
from rules.files.schema_rule import Rule
from rules.files.schema_types import Model, Read, Texts, Word, one_as_many
from rules.files.schema_when import When
from rules.phrases import phrase

OF_ITS_OWN: Final = frozenset(
    (
        "schema",
        "pack",
        "title",
        "owner",
        "version",
        "since",
        "class",
        "classes",
        "applies_to",
        "extends",
        "except_for",
        "tests",
        "equivalent",
    )
)
"""What a file says of itself alone: whoever extends it does not say it too."""

Words = Annotated[
    tuple[Word, ...],
    BeforeValidator(one_as_many, json_schema_input_type=Word | tuple[Word, ...]),
]


class ListFrom(Model):
    """A list that comes from a file, or changes the list of the same name that is extended."""

    file: Annotated[str, Read(values.below, "`lists/ads.txt`")] | None = Field(
        default=None, description="a text file beside the rule file: one word a line, # comments"
    )
    sha256: Annotated[str, Read(values.sha256, "64 hex digits")] | None = Field(
        default=None, description="what the file must hold; it is refused if it holds anything else"
    )
    add: Words = Field(default=(), description="words beside those of the file or extended list")
    remove: Words = Field(default=(), description="words of it that do not count")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.sha256 is not None and self.file is None:
            raise ValueRefused(phrase("a sha256 needs its file"), phrase("write file: beside it"))
        if not self.model_fields_set:
            raise ValueRefused(phrase("expected at least one of the keys file, add and remove"))
        return self


def _changes(model: type[Model], name: str, *, but: Collection[str] = (), **more: Any) -> Any:
    """The model with every key left to choice, within it too; a condition stays whole.

    `but` are keys that it does not have, `more` the types and defaults of those that it has
    besides.
    """
    fields: dict[str, Any] = dict(more)
    for key, info in model.model_fields.items():
        if key not in fields and (info.alias or key) not in but:
            own = Field(default=None, alias=info.alias, description=info.description)
            notes = [own, *info.metadata]
            fields[key] = Annotated[(_loose(info.annotation), *notes)]
    return create_model(name, __base__=Model, **fields)


def _loose(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return Union[tuple(_loose(one) for one in get_args(kind))]  # noqa: UP007 - made of a tuple
    if isinstance(kind, type) and issubclass(kind, Model) and kind is not When:
        return _changes(kind, kind.__name__)
    return kind


_USED: Final = (
    Texts | None,
    Field(default=None, description="the rules it changes: ids or categories"),
)

Override: Any = _changes(Rule, "Override", but=("id", "was"), use=_USED)
"""Changes to rules that are extended: those that `use` names by their id or category."""

_RULES: Final = tuple[Rule | Override, ...]
_LISTS: Final = dict[str, tuple[Word, ...] | ListFrom]
_EXCEPTION: Any = _changes(
    RuleFile, "Exception", but=OF_ITS_OWN, rules=(_RULES | None, None), lists=(_LISTS | None, None)
)

Written: Any = create_model(
    "Written",
    __base__=RuleFile,
    lists=(_LISTS, {}),
    rules=(_RULES, ()),
    except_for=(
        dict[str, _EXCEPTION],
        Field(default={}, description="what is different in one group, by its name"),
    ),
)
"""A rule file as people write it."""
