"""The JSON Schema: what the reader takes, editors take; slips in a file's shape they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from rules.files.jsonschema import either, full_form, in_chinese, switches
from rules.files.tidy import tidy
from tests.rules.files.test_chinese import MODELS, keys_of

ROOT = Path(__file__).parents[3]
FULL = sorted([*ROOT.glob("rules/packs/*.zh.yaml"), *ROOT.glob("examples/*.rules.yaml")])
SHORT = sorted(ROOT.glob("examples/first/*.yaml"))


def data_of(text: str) -> Any:
    """The file as an editor's YAML reads it: numbers and switches typed, dates as text."""
    yaml: Any = YAML(typ="safe", pure=True)
    return json.loads(json.dumps(yaml.load(text), default=str))


def wrong(schema: dict[str, Any], text: str) -> list[str]:
    """What the schema refuses."""
    return [error.message for error in Draft202012Validator(schema).iter_errors(data_of(text))]


@pytest.mark.parametrize("path", FULL, ids=lambda path: str(path.name))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_good_files_are_taken(path: Path, language: Any) -> None:
    """Every shipped file, with English keys and with Chinese ones."""
    assert wrong(full_form(), tidy(path.read_bytes(), to=language).text) == []


@pytest.mark.parametrize("path", [*SHORT, *FULL[-4:]], ids=lambda path: str(path.name))
def test_one_schema_takes_both_forms(path: Path) -> None:
    """An editor has one schema for files of plain lines and for the full form, in one folder."""
    assert wrong(either(), path.read_text("utf-8")) == []


def test_the_form_is_known_by_its_first_keys() -> None:
    """Whoever writes a pack gets the keys of the full form; others those of the switches."""
    Draft202012Validator.check_schema(either())
    assert wrong(either(), "pack: a\nmoed: ask\n") != []
    assert wrong(either(), "名称: a\n状态: 上刚\n") != []
    assert wrong(either(), "群: 一群\n夜里不出声: [1]\n") != []


@pytest.mark.parametrize("path", SHORT, ids=lambda path: str(path.name))
def test_short_files_are_taken(path: Path) -> None:
    """The files of fifteen plain lines."""
    assert wrong(switches(), path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "pack: a\nmoed: ask\n",
        "title: no name\n",
        "pack: a\nmode: enfroce\n",
        "pack: a\nrules: [{ id: b, title: c, then: {} }]\n",
        "名称: a\n规则: [{ 编号: b, 标题: c, 什么时候: { 词语: [d] }, 就: {} }]\n",
    ],
)
def test_slips_are_refused(text: str) -> None:
    """A wrong key, a missing one, a wrong word: while one types."""
    assert wrong(full_form(), text) != []


def test_schemas_are_schemas() -> None:
    """Both are valid, and know both languages."""
    Draft202012Validator.check_schema(full_form())
    Draft202012Validator.check_schema(switches())
    mode = full_form()["properties"]["状态"]
    assert mode["description"] == "how far it may go · 最多做到哪一步"
    assert "试运行" in mode["enum"]
    assert {"const": "3分钟内补红包"} in switches()["properties"]["广告"]["anyOf"]


def test_every_key_is_described_in_chinese() -> None:
    """No key is without a sentence."""
    described = [in_chinese(model.__name__, key) for model in MODELS for key in keys_of(model)]
    assert len(described) > 150
    assert all(described)
