"""A wronged message becomes an example: what is written, what changes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.retrial import Retrial
from bot.trial import month, page_of
from bot.trial.desk import Notice
from tests.bot.history.exports import chat, said, written
from tests.bot.history.histories import RULES, file_of, line
from tests.bot.history.pages import text_of
from tests.switchfiles import FIRST

AD = "草莓团购的清单在这里，要的加微信找我"
CHAT = (
    line(0, AD, user="li"),
    line(10, f"{AD}！", user="li"),
    line(20, "加微信 abc", user="wang"),
    line(30, "大家好", user="mei"),
    line(40, "百家乐 hello", user="du"),
)


def opened(
    folder: Path, rules: str = RULES, chat: tuple[str, ...] = CHAT, language: str = "zh"
) -> Retrial:
    """The month of a chat under rules of one's own."""
    file = folder / "own.rules.yaml"
    file.write_text(rules, encoding="utf-8")
    path = file_of(folder, *chat)
    found = month(path, [file], language=language, progress=lambda _: None)
    return Retrial(found, path, file)


def notice(retrial: Retrial) -> Notice:
    """What the last tap said."""
    assert retrial.desk.notice is not None
    return retrial.desk.notice


def source(folder: Path) -> str:
    """What the rule file holds."""
    return (folder / "own.rules.yaml").read_text("utf-8")


def test_a_tap_is_written_judged_and_undone(tmp_path: Path) -> None:
    """The message and what is nearly the same are left alone; undo gives back every byte."""
    retrial = opened(tmp_path)
    assert 4 == retrial.month.hits
    retrial.leave(1)
    told = notice(retrial)
    assert ("done", True) == (told.looks, told.can_undo)
    assert "这一个月里还有 1 条跟着不管了。" == told.text
    assert [("Li", f"{AD}！", "不再管")] == [(c.name, c.text, c.word) for c in told.changes]
    assert f"    pass:\n      - {AD}" == told.added
    assert 2 == retrial.month.hits
    assert source(tmp_path) == RULES.replace(
        "delete: true }\n  - id: worse", f"delete: true }}\n{told.added}\n  - id: worse"
    )
    retrial.undo()
    assert RULES == source(tmp_path)
    assert ("done", 4) == (notice(retrial).looks, retrial.month.hits)


def test_taps_are_undone_one_by_one(tmp_path: Path) -> None:
    """The last comes first; when all are undone there is nothing more."""
    retrial = opened(tmp_path)
    retrial.leave(1)
    once = source(tmp_path)
    retrial.leave(3)
    assert "这一个月里，别的消息都和原来一样。" == notice(retrial).text
    assert (1, 5) == (retrial.month.hits, retrial.month.messages)
    retrial.undo()
    assert once == source(tmp_path)
    assert notice(retrial).can_undo
    retrial.undo()
    assert not notice(retrial).can_undo
    retrial.undo()
    assert ("refused", RULES) == (notice(retrial).looks, source(tmp_path))


def test_a_mute_that_falls_away_lets_others_through(tmp_path: Path) -> None:
    """Messages that a mute had stopped are counted as left alone, and named."""
    ladder = "ladder: { steps: [{ do: mute, for: 1d }] }\nlists:"
    chat = (line(0, AD, user="li"), line(10, "大家好" * 60, user="li"))
    retrial = opened(tmp_path, RULES.replace("lists:", ladder, 1), chat)
    retrial.leave(1)
    [change] = notice(retrial).changes
    assert ("说得出来了", 121) == (change.word, len(change.text))
    assert "这一个月里还有 1 条跟着不管了。" == notice(retrial).text


def test_what_gets_harder_is_counted_apart(tmp_path: Path) -> None:
    """Where another rule acts then, the sentence says how many come out differently."""
    rules = RULES + "  - { id: shop, title: 店, when: { words: [大家好] }, then: { strikes: 2 } }\n"
    rules = rules.replace("then: { strikes: 2 } }", "then: { strikes: 2 } }\nladder: { burst: 1h }")
    chat = (line(0, AD, user="li"), line(1, "大家好", user="li"))
    retrial = opened(tmp_path, rules, chat)
    retrial.leave(1)
    assert "这一个月里还有 0 条跟着不管了，另有 1 条的结果有变。" == notice(retrial).text


def test_a_file_of_switches_gets_its_list(tmp_path: Path) -> None:
    """The line that an editor would write; the rest of the file stays."""
    text = "要的加微信 zhou_8899 下单，全场包邮，限时特价，名额有限，先到先得"
    retrial = opened(tmp_path, FIRST, (line(0, text, user="li"), line(9, "早", user="mei")))
    retrial.leave(1)
    assert f"{FIRST}这些别管:\n  - {text}\n" == source(tmp_path)
    assert 0 == retrial.month.hits


@pytest.mark.parametrize("language", ["zh", "en"])
def test_grave_rules_know_no_exception(tmp_path: Path, language: str) -> None:
    """Nothing is written, and the page says in both languages that it stays, and why."""
    retrial = opened(tmp_path, RULES.replace("id: worse", "id: gambling"), language=language)
    retrial.leave(5)
    told = notice(retrial)
    safe = "为了大家的安全，这条照旧要管。" if language == "zh" else "for everybody’s safety"
    assert safe in told.title
    assert "不赌" in told.text
    assert "id: gambling" in source(tmp_path)
    assert "pass" not in source(tmp_path)
    assert told.title in text_of(page_of(retrial.month, retrial.desk))


CATEGORY = RULES.replace("id: worse", "id: worse\n    category: gambling")


@pytest.mark.parametrize(
    ("rules", "chat", "number", "title"),
    [
        (CATEGORY, CHAT, 5, "为了大家的安全"),
        (RULES, CHAT, 99, "这一页旧了"),
        (
            f"{RULES}  - {{ id: p, title: P, when: {{ kind: image }}, then: {{ ask: true }} }}\n",
            (line(0, "", kind="image"),),
            1,
            "这条没有字",
        ),
        (
            RULES.replace("delete: true }\n", f"delete: true }}\n    match: [{AD}]\n", 1),
            CHAT,
            1,
            "另一个例子就不对了",
        ),
        (RULES, (line(0, AD, links=["https://evil.example/"]),), 1, "只凭这句话放不掉它"),
        (
            RULES.replace("rules:", "rules: &all", 1),
            CHAT,
            1,
            "有写错的地方",
        ),
    ],
)
def test_what_is_refused(
    tmp_path: Path, rules: str, chat: tuple[str, ...], number: int, title: str
) -> None:
    """One sentence says what is wrong, another what to do, and nothing is written."""
    is_broken = "&all" in rules
    retrial = opened(tmp_path, RULES if is_broken else rules, chat)
    if is_broken:
        (tmp_path / "own.rules.yaml").write_text(rules, encoding="utf-8")
    retrial.leave(number)
    assert "refused" == notice(retrial).looks
    assert title in notice(retrial).title
    assert notice(retrial).text
    assert rules == source(tmp_path)


def test_a_file_that_has_changed_is_not_undone(tmp_path: Path) -> None:
    """Somebody else's change is never overwritten; a tap goes on from the file as it is."""
    retrial = opened(tmp_path)
    retrial.leave(1)
    file = tmp_path / "own.rules.yaml"
    file.write_text(f"{source(tmp_path)}# mine\n", encoding="utf-8")
    changed = source(tmp_path)
    retrial.undo()
    assert ("refused", changed) == (notice(retrial).looks, source(tmp_path))
    retrial.leave(3)
    assert "done" == notice(retrial).looks
    assert source(tmp_path).endswith("# mine\n")


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    """The page says which file cannot be read."""
    retrial = opened(tmp_path)
    (tmp_path / "own.rules.yaml").unlink()
    retrial.leave(1)
    path = tmp_path / "own.rules.yaml"
    assert f"读不了 {path}，什么都没有改。" == notice(retrial).title


def test_a_file_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk leaves the file, and what the page shows, as they were."""

    def full(path: Path, body: bytes) -> None:
        raise OSError(28, "No space left on device")

    retrial = opened(tmp_path)
    monkeypatch.setattr("bot.retrial.rulefile.replace", full)
    retrial.leave(1)
    assert ("refused", 4, RULES) == (notice(retrial).looks, retrial.month.hits, source(tmp_path))
    assert "No space left on device" in notice(retrial).text


def test_an_example_that_has_no_place(tmp_path: Path) -> None:
    """What cannot be written without changing more is shown, to be written by hand."""
    rules = RULES.replace("  - id: ad\n", "  - id: ad\n    pass: 一句\n", 1)
    retrial = opened(tmp_path, rules)
    retrial.leave(1)
    assert "refused" == notice(retrial).looks
    assert AD in notice(retrial).text
    assert rules == source(tmp_path)


def test_the_oddities_of_an_export(tmp_path: Path) -> None:
    """Bold pieces are one text, a deleted account has a name, nobody's message is counted."""
    bold = [{"type": "bold", "text": "草莓团购"}, "的清单在这里，要的加微信找我"]
    export = chat([
        said(1, bold),
        {**said(2, f"{AD}。", by="Gone"), "from": None},
        {**said(3, "加微信"), "from": None, "from_id": None},
        {**said(4, ""), "type": "service", "action": "phone_call"},
    ])  # fmt: skip
    path = tmp_path / "result.json"
    path.write_bytes(written(export))
    file = tmp_path / "own.rules.yaml"
    file.write_text(RULES, encoding="utf-8")
    retrial = Retrial(month(path, [file], language=None, progress=lambda _: None), path, file)
    assert (2, 1) == (retrial.month.hits, retrial.month.faults.count)
    retrial.leave(1)
    assert [("已注销的账号", "不再管")] == [(c.name, c.word) for c in notice(retrial).changes]
    assert AD in source(tmp_path)
