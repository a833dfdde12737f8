"""Write the tables of docs/rules.md from the models of rule files; the words between are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rules.conditions.values import as_written
from rules.files.schema import RuleFile
from rules.files.schema_types import Read
from rules.files.schema_written import ListFrom

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
HEAD = "| key | value | if left out | what it says |\n|---|---|---|---|\n"
_TABLE = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def models() -> dict[str, type[BaseModel]]:
    """Every model of a rule file, by name."""
    found: dict[str, type[BaseModel]] = {}
    todo: list[type[BaseModel]] = [RuleFile, ListFrom]
    while todo:
        model = todo.pop()
        if model.__name__ not in found:
            found[model.__name__] = model
            for info in model.model_fields.values():
                todo += _models_in(info.annotation)
    return found


def table(model: type[BaseModel]) -> str:
    """The keys of a model: how each is written, what it is if left out, what it says."""
    rows = (_row(info.alias or name, info) for name, info in model.model_fields.items())
    return HEAD + "".join(rows)


def page(text: str) -> str:
    """The page with its tables made again."""
    known = models()
    return _TABLE.sub(lambda hit: f"{hit[1]}{table(known[hit[2]])}{hit[3]}", text)


def tables_in(text: str) -> list[str]:
    """The names of the models whose tables the page has."""
    return [hit[2] for hit in _TABLE.finditer(text)]


def _row(key: str, info: FieldInfo) -> str:
    value = _form(info.annotation, info.metadata)
    says = info.description or " ".join(_first_line(info))
    return f"| `{key}` | {value} | {_default(info)} | {says} |\n"


def _first_line(info: FieldInfo) -> Iterator[str]:
    """What the model behind a key says of itself, where the key has no words of its own."""
    for model in _models_in(info.annotation):
        yield (model.__doc__ or "").partition("\n")[0]


def _form(annotation: object, metadata: list[object]) -> str:
    shown = next((one.shown for one in metadata if isinstance(one, Read)), "")
    origin, args = get_origin(annotation), get_args(annotation)
    inner = [_form(one, []) for one in args if one is not NoneType and origin is not Annotated]
    if shown:
        return shown
    if origin is Annotated:
        shown = _form(args[0], list(args[1:]))
    elif origin in (Union, UnionType):
        shown = " or ".join(inner)
    elif origin is tuple:
        shown = f"list of: {inner[0]}"
    elif origin is dict:
        shown = f"name: {inner[1]}"
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        shown = f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return shown or "text"


def _default(info: FieldInfo) -> str:
    default = info.default
    if info.is_required():
        shown = "must be there"
    elif isinstance(default, timedelta):
        shown = as_written(default)
    elif isinstance(default, tuple):
        shown = ", ".join(map(str, default))
    elif isinstance(default, BaseModel):
        shown = "its defaults"
    else:
        shown = "" if default in (None, {}) else str(default)
    return (shown.lower() if isinstance(default, bool) else shown) or "none"


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for one in get_args(annotation) for model in _models_in(one)]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
