"""Write the tables and examples of docs/rules.md and its Chinese twin; the words between are kept.

Tables come from the models of rule files, examples from the rules of examples/conditions*.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Final, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rules.conditions.values import as_written
from rules.files.chinese import chinese_key
from rules.files.chinese_words import KEYS, WORDS
from rules.files.jsonschema import in_chinese
from rules.files.schema import RuleFile
from rules.files.schema_types import Read
from rules.files.schema_written import ListFrom

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = {"en": ROOT / "docs" / "rules.md", "zh": ROOT / "docs" / "rules.zh-CN.md"}
EXAMPLES: Final = {
    "en": ROOT / "examples" / "conditions.rules.yaml",
    "zh": ROOT / "examples" / "conditions.zh.rules.yaml",
}
HEADS: Final = {
    "en": "| key | value | if left out | what it says |\n|---|---|---|---|\n",
    "zh": "| 键 | 英文 | 写什么 | 不写就是 | 意思 |\n|---|---|---|---|---|\n",
}
WHOLE: Final = {"en": "The file", "zh": "整个文件"}
HEADINGS: Final = {
    "ListFrom": "lists",
    "LadderStep": "ladder.steps",
    "Newcomer": "roles.newcomer",
    "Question": "questions.ask",
    "NicknameWhen": "when.nickname",
    "Step": "tests.steps",
    "When": "when",
}
"""Models whose heading is not the key under which they stand."""

IN_CHINESE: Final = (
    (r"\blist of: ", "几个："),
    (r"\bname: ", "名字："),
    (r"\btext, may hold\b", "文字，可以有"),
    (r"\btext(?! \\\|)", "文字"),
    (r"\byuan: ", "元："),
    (r"(\d) to (\d)", r"\1 到 \2"),
    (r"` to `", "` 到 `"),
    (r"\b64 hex digits\b", "64 位十六进制数"),
    (r"\bmust be there\b", "必须写"),
    (r"\bits defaults\b", "见下"),
    (r"\bnone\b", "没有"),
)
"""What stands in the columns of values, in Chinese; words of choices are in the format's table."""

_TABLE: Final = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_EXAMPLE: Final = re.compile(r"(<!-- example of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_ITEM: Final = re.compile(r"^  - \S+: .*\n(?:(?:    .*)?\n)*", re.MULTILINE)
_SHARED: Final = {"en": "lists:\n", "zh": "词表:\n"}
_RULES: Final = {"en": "rules:\n", "zh": "规则:\n"}
_PLAYED: Final = {"en": "played, under tests:", "zh": "演练:"}
_WORD: Final = re.compile(r"[A-Za-z][\w-]*")


def models() -> dict[str, type[BaseModel]]:
    """Every model of a rule file, by name."""
    return {model.__name__: model for model, _ in _walked()}


def headings() -> dict[str, str]:
    """What each model is called on the page: the key under which it stands."""
    return {model.__name__: HEADINGS.get(model.__name__, key) for model, key in _walked()}


def heading(model: str, language: str) -> str:
    """The line over a table, without its signs: in Chinese both words for the key."""
    name = headings()[model]
    if not name:
        return WHOLE[language]
    return name if language == "en" else f"{_spelled(name)} {name}"


def table(model: type[BaseModel], language: str = "en") -> str:
    """The keys of a model: how each is written, what it is if left out, what it says."""
    row = _row if language == "en" else _chinese_row
    fields = model.model_fields.items()
    rows = (row(model.__name__, info.alias or name, info) for name, info in fields)
    return HEADS[language] + "".join(rows)


def example(condition: str, language: str) -> str:
    """The rule of the examples that is called like a condition, and the timeline that plays it, as
    they stand in their file; of `lists`, what they share.
    """
    text = EXAMPLES[language].read_text("utf-8")
    if condition == "lists":
        return _fenced(text[text.index(_SHARED[language]) : text.index(_RULES[language])])
    found = _ITEM.findall(text)
    items = [one for one in found if one.partition(": ")[2].partition("\n")[0] == condition]
    if not items:
        raise ValueError(f"{EXAMPLES[language].name} has no rule {condition}: write one")
    shown = [re.sub("^  ", "", one.rstrip(), flags=re.MULTILINE) for one in items]
    return _fenced(f"\n# {_PLAYED[language]}\n".join(shown))


def _fenced(text: str) -> str:
    return f"```yaml\n{text.rstrip()}\n```\n"


def page(text: str, language: str = "en") -> str:
    """The page with its tables and examples made again."""
    known = models()
    text = _TABLE.sub(lambda hit: f"{hit[1]}{table(known[hit[2]], language)}{hit[3]}", text)
    return _EXAMPLE.sub(lambda hit: f"{hit[1]}{example(hit[2], language)}{hit[3]}", text)


def tables_in(text: str) -> list[str]:
    """The names of the models whose tables the page has."""
    return [hit[2] for hit in _TABLE.finditer(text)]


def examples_in(text: str) -> list[str]:
    """The conditions of which the page has an example."""
    return [hit[2] for hit in _EXAMPLE.finditer(text)]


def _walked() -> Iterator[tuple[type[BaseModel], str]]:
    """Every model once, with the first key under which it stands."""
    found: set[type[BaseModel]] = set()
    todo: list[tuple[type[BaseModel], str]] = [(RuleFile, ""), (ListFrom, "")]
    while todo:
        model, key = todo.pop(0)
        if model in found:
            continue
        found.add(model)
        yield model, key
        for name, info in model.model_fields.items():
            todo += [(one, info.alias or name) for one in _models_in(info.annotation)]


def _row(_: str, key: str, info: FieldInfo) -> str:
    value = _linked(_form(info.annotation, info.metadata), "en")
    says = info.description or " ".join(_first_line(info))
    return f"| `{key}` | {value} | {_default(info)} | {says} |\n"


def _chinese_row(model: str, key: str, info: FieldInfo) -> str:
    value = _translated(_form(info.annotation, info.metadata))
    fields = models()[model].model_fields
    says = in_chinese(model, key)
    default = _translated(_default(info))
    first = chinese_key(key, [one.alias or name for name, one in fields.items()])
    spellings = " ".join(f"`{one}`" for one in dict.fromkeys((first, *KEYS[key])))
    return f"| {spellings} | `{key}` | {_linked(value, 'zh')} | {default} | {says} |\n"


def _linked(form: str, language: str) -> str:
    """The form with a link for each model that it names as `<Model>`."""
    return re.sub(r"<(\w+)>", lambda hit: _link(hit[1], language), form)


def _link(model: str, language: str) -> str:
    named = heading(model, language)
    anchor = re.sub(r"[^\w -]", "", named).replace(" ", "-").lower()
    shown = named if language == "en" else named.partition(" ")[0]
    return f"[{shown}](#{anchor})"


def _translated(form: str) -> str:
    """What is written in Chinese for a form; what stands in quotes and braces stays."""
    for pattern, chinese in IN_CHINESE:
        form = re.sub(pattern, chinese, form)
    parts = re.split(r"(`[^`]*`|\{[^}]*\}|<\w+>|a-z 0-9 - _|Asia/Shanghai)", form)
    return "".join(
        _WORD.sub(lambda hit: WORDS.get(hit[0], (hit[0],))[0], part) if n % 2 == 0 else part
        for n, part in enumerate(parts)
    )


def _spelled(name: str) -> str:
    return ".".join(KEYS[one][0] for one in name.split("."))


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
        shown = f"<{annotation.__name__}>"
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
    for language, path in PAGES.items():
        path.write_text(page(path.read_text("utf-8"), language), "utf-8")
