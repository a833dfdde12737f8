"""The JSON Schema of rule files, for editors that complete and check while one types.

It knows English and Chinese keys, and says each in both languages. What only the reader can know
(whether a list exists, whether a pattern is one) is left to `check`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from rules.files.chinese_words import KEYS
from rules.files.schema_written import Written
from rules.files.switches.document import FULL_FORM
from rules.files.switches.switch import LANGUAGES, Form, Switch
from rules.files.switches.table import SWITCHES

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
LIKE: Final[Mapping[str, str]] = {
    "RuleFile": "Written",
    "Exception": "Written",
    "Override": "Rule",
}
"""Models whose keys say the same as those of another."""

_SPAN: Final = "23:00-07:00"


def full_form() -> Schema:
    """The schema of the full form."""
    schema = Written.model_json_schema(by_alias=True)
    models = schema.pop("$defs")
    schema["$defs"] = {name: _bilingual(name.rpartition("__")[2], models[name]) for name in models}
    return {"$schema": DIALECT, **_bilingual("Written", schema), "title": "Qunguan 群管: rules"}


def switches() -> Schema:
    """The schema of the switch form: every name of every switch, and its answers."""
    properties = {
        name: _switch(one, language)
        for one in SWITCHES
        for language in LANGUAGES
        for name in one.names(language)
    }
    return {
        "$schema": DIALECT,
        "title": "Qunguan 群管: switches",
        "type": "object",
        "properties": properties,
    }


def either() -> Schema:
    """The schema of both: of the full form where its name or format is written, else of switches,
    below which sections of the full form may stand.
    """
    full = full_form()
    models = full.pop("$defs")
    named = [{"required": [one]} for key in FULL_FORM for one in (key, *KEYS[key])]
    choice = {"if": {"anyOf": named}, "then": full, "else": switches()}
    return {"$schema": DIALECT, "title": "Qunguan 群管", "$defs": models, **choice}


@cache
def described() -> Mapping[str, Mapping[str, str]]:
    """What each key says in Chinese, by model."""
    source = resources.files("rules.files").joinpath("described.zh.toml")
    return tomllib.loads(source.read_text("utf-8"))


def in_chinese(model: str, key: str) -> str:
    """What a key of a model says in Chinese."""
    sayings = {**described().get(LIKE.get(model, ""), {}), **described().get(model, {})}
    return sayings[key]


def _bilingual(name: str, model: Schema) -> Schema:
    """The model with its Chinese keys beside the English ones; either stands for both."""
    properties: Schema = {}
    for key, value in model["properties"].items():
        english = value.get("description", "")
        said = " · ".join(one for one in (english, in_chinese(name, key)) if one)
        for spelling in (key, *KEYS[key]):
            properties[spelling] = {**value, "description": said}
    required = [_one_of(key) for key in model.get("required", ())]
    kept = {key: value for key, value in model.items() if key not in ("required", "properties")}
    return {**kept, "properties": properties, **({"allOf": required} if required else {})}


def _one_of(key: str) -> Schema:
    """That a key is there in one of its spellings."""
    return {"anyOf": [{"required": [spelling]} for spelling in (key, *KEYS[key])]}


def _switch(one: Switch, language: str) -> Schema:
    if one.form is Form.CHOICE:
        written = [choice.written(language) for choice in one.choices]
        return {"description": " / ".join(written), "anyOf": [*_examples(written), {}]}
    if one.form is Form.SPAN:
        return {"description": _SPAN, "type": "string"}
    return {"description": one.names(language)[0]}


def _examples(written: Iterable[str]) -> Iterable[Schema]:
    """Answers that an editor offers; it refuses no other, as numbers in them are free."""
    return [{"const": one} for one in written]
