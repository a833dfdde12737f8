"""Files of one home that name the same groups in the same words."""

from __future__ import annotations

from rules.files import clashes, load

HINT = "as well (leave it to one of the files)"


def told(*files: str) -> list[str]:
    """What is told of files with these keys, as people see it."""
    home = [load(f"pack: p{n}\n{text}\n", file=f"{n}.yaml") for n, text in enumerate(files)]
    return [fault.render(file) for file, faults in clashes(home).items() for fault in faults]


def test_equal_names_are_told_for_both_files() -> None:
    """The later file is in error and the first one warned, each at its place."""
    assert [
        f'1.yaml:2:28: the title "创富*" is governed by 0.yaml:2 {HINT}',
        f'0.yaml:2:24: warning: the title "创富*" is governed by 1.yaml:2 {HINT}',
    ] == told("applies_to: { groups: [创富*] }", "applies_to: { groups: [别的, 创富*] }")


def test_ids_classes_and_exceptions_name_groups_too() -> None:
    """Whatever a group can be named by is compared, also where it is an exception."""
    assert 2 == len(told("applies_to: { ids: g1 }", "applies_to: { ids: [g1] }"))
    assert 2 == len(told("applies_to: { classes: [c] }", "applies_to: { classes: [c] }"))
    exception = "applies_to: { groups: [A*] }\nexcept_for: { A7: { mode: ask } }"
    assert 2 == len(told(exception, "applies_to: { groups: [A7] }"))


def test_other_words_and_other_platforms_do_not_clash() -> None:
    """The more exact of differing patterns wins; on different platforms there is no question."""
    assert [] == told("applies_to: { groups: [创富*] }", "applies_to: { groups: [创富*群] }", "")
    telegram, wechat = (
        f"applies_to: {{ groups: [A], platforms: [{one}] }}" for one in ("telegram", "wechat")
    )
    assert [] == told(telegram, wechat)
    assert 2 == len(told(telegram, "applies_to: { groups: [A] }"))
    own = "applies_to: { groups: [A*, A7] }\nexcept_for: { A7: { mode: ask } }"
    assert [] == told(own)


def test_a_file_with_errors_is_passed_over() -> None:
    """Its own faults come first: what it names is perhaps not what it means."""
    assert [] == told("applies_to: { groups: [A] }", "applies_to: { groups: [A] }\nmode: none")


def test_an_id_that_another_file_has_is_told() -> None:
    """At the later one: what a rule did is counted and undone by its id."""
    rule = "rules: [{ id: voice, title: T, when: { kind: voice }, then: {} }]"
    (found,) = told(rule, rule)
    assert found.startswith('1.yaml:2:15: warning: the id "voice" is taken by a rule of 0.yaml:2 (')
    assert [] == told(rule, rule.replace("id: voice", "id: voices"))


def test_rules_that_two_files_extend_are_the_same_rules() -> None:
    """Also where one of the files changes them, and own rules of one name in switches."""
    own = "负责人: 小李\n规则:\n  - 名字: 不发代考\n    说了: 代考\n"
    home = [load(f"群: {n}\n{own}", file=f"{n}.yaml") for n in "ab"]
    assert {} == clashes(home)
    base = "extends: [voice.en]"
    assert [] == told(base, f"{base}\nrules: [{{ use: voice, mode: ask }}]")
