"""The reference of rule files is what the models say, leaves none of them out, and shows every
condition by an example that holds.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from bot.ruletests import run, suite_of, unspared
from rules.files import Loaded, load
from rules.files.schema_when import WHEN_KEYS
from scripts import rules_docs
from scripts.rules_docs import EXAMPLES, PAGES

HEAD = {
    "en": "pack: p\nlists: {offers: [half price, my half]}\n",
    "zh": "名称: p\n词表: {offers: [全场五折, 账单]}\n",
}


@cache
def examples(language: str) -> Loaded:
    """The rules that show the conditions."""
    file = EXAMPLES[language]
    return load(file.read_bytes(), file=file.name)


def sections(text: str) -> dict[str, str]:
    """What stands under each heading of a page."""
    prose = re.sub("```.*?```", "", text, flags=re.DOTALL)
    parts = re.split(r"^#+ (.+)\n", prose, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("language", PAGES)
def test_the_reference_is_fresh(language: str) -> None:
    """The page in docs/ is what the models and examples make of it."""
    text = PAGES[language].read_text("utf-8")
    assert rules_docs.page(text, language) == text, "run: make docs"


@pytest.mark.parametrize("language", PAGES)
def test_every_model_has_its_table(language: str) -> None:
    """No key of a rule file is missing from the reference: each table stands under its heading."""
    text = PAGES[language].read_text("utf-8")
    assert sorted(rules_docs.models()) == sorted(rules_docs.tables_in(text))
    under = sections(text)
    for model in rules_docs.models():
        assert f"<!-- keys of {model} -->" in under[rules_docs.heading(model, language)]


@pytest.mark.parametrize("language", PAGES)
def test_every_link_leads_somewhere(language: str) -> None:
    """A link within the page names a heading, and no two headings are called alike."""
    text = PAGES[language].read_text("utf-8")
    titles = re.findall("^#+ (.+)$", re.sub("```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    anchors = [re.sub(r"[^\w -]", "", one).replace(" ", "-").lower() for one in titles]
    assert len(set(anchors)) == len(anchors)
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert len(links) > 30
    assert set() == links - set(anchors)


@pytest.mark.parametrize("language", PAGES)
def test_a_changed_key_is_noticed(language: str) -> None:
    """A page that says something else of a key, or shows another example, is not fresh."""
    text = PAGES[language].read_text("utf-8")
    for said in ("`enforcements_per_hour`", "id: who" if language == "en" else "编号: who"):
        assert said in text
        assert rules_docs.page(text.replace(said, "nobody"), language) == text


@pytest.mark.parametrize("language", PAGES)
def test_every_condition_has_an_example_that_holds(language: str) -> None:
    """Each is a rule that hits something and leaves something alone, and the page shows it."""
    loaded = examples(language)
    assert loaded.ruleset is not None
    assert [] == [one.message for one in run(loaded) if not one.passed]
    played = {one.rule: test for test in loaded.tests for one in test.expect}
    bare = {rule.id: rule for rule in unspared(suite_of(loaded)).rules}
    assert list(WHEN_KEYS) == sorted(bare, key=WHEN_KEYS.index)
    for rule in loaded.ruleset.rules:
        hits_and_spares = bool(rule.match and rule.passes) or (
            rule.id in played and len(played[rule.id].steps) > 1
        )
        assert hits_and_spares, rule.id
        assert rule.passes == bare[rule.id].passes, rule.id
    text = PAGES[language].read_text("utf-8")
    assert {*WHEN_KEYS, "lists"} == set(rules_docs.examples_in(text))


@pytest.mark.parametrize("language", PAGES)
def test_an_example_uses_its_condition(language: str) -> None:
    """The rule that is called like a condition has it in `when`."""
    for key in WHEN_KEYS:
        shown = rules_docs.example(key, language)
        spelled = key if language == "en" else rules_docs.KEYS[key][0]
        assert re.search(rf"\b{spelled}:", shown.split("- ", 1)[1]), key
    with pytest.raises(ValueError, match="has no rule nonsense"):
        rules_docs.example("nonsense", language)


@pytest.mark.parametrize("language", PAGES)
def test_the_first_rule_on_the_page_holds(language: str) -> None:
    """What is read aloud loads, and its own examples pass."""
    text = PAGES[language].read_text("utf-8")
    rule = text.split("```yaml\n", 1)[1].split("```", 1)[0]
    loaded = load(HEAD[language] + rule, file="page.yaml")
    assert loaded.ruleset is not None
    one = loaded.ruleset.rules[0]
    assert one.exception is not None
    assert one.unless is not None
    results = run(loaded)
    assert len(results) > 1
    assert [] == [each.message for each in results if not each.passed]
