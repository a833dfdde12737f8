"""Rule files to nodes: what was typed stays, and what cannot be used is named with its place."""

from __future__ import annotations

import pytest

from rules.files.faults import Place
from rules.files.nodes import ListNode, MapNode, Node, ScalarNode, read


def at(line: int, column: int) -> Place:
    """A place, in fewer letters."""
    return Place(line=line, column=column)


def rendered(source: bytes | str, *, limit_bytes: int = 5_000_000) -> list[str]:
    """The faults of a text as an operator sees them."""
    return [fault.render("a") for fault in read(source, limit_bytes=limit_bytes)[1]]


def whole(source: bytes | str) -> Node:
    """The root of a text without a fault."""
    root, faults = read(source)
    assert [] == faults
    assert root is not None
    return root


@pytest.mark.parametrize(
    "typed", ["22:00", "no", "0123", "~", "null", "1e3", "5%", ">=50", "2024-01-01", "{n}", ""]
)
def test_scalars_stay_as_typed(typed: str) -> None:
    """No text becomes a number, a date or nothing, in quotes or without."""
    root = whole(f'a: "{typed}"\n')
    assert isinstance(root, MapNode)
    assert ScalarNode(text=typed, place=at(1, 4), quoted=True) == root.entries[0][1]
    if typed[:1] not in (">", "{"):
        plain = whole(f"a: {typed}\n")
        assert isinstance(plain, MapNode)
        scalar = plain.entries[0][1]
        assert isinstance(scalar, ScalarNode)
        assert (typed, False) == (scalar.text, scalar.quoted)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", True), ('""', False), ("''", False), ("x", False), ("|\n", False)],
)
def test_nothing_is_not_an_empty_text(typed: str, expected: bool) -> None:
    """Only a key without a value is empty; an empty pair of quotes is a text."""
    root = whole(f"a: {typed}\n")
    assert isinstance(root, MapNode)
    scalar = root.entries[0][1]
    assert isinstance(scalar, ScalarNode)
    assert expected is scalar.is_empty


@pytest.mark.parametrize("start", ["", "\ufeff", "# 注\n---\n"])
def test_every_node_has_its_place(start: str) -> None:
    """Lines and columns count from 1 and in characters, with or without a byte order mark."""
    down = start.count("\n")
    expected = MapNode(
        entries=(
            (
                ScalarNode(text="群规", place=at(1 + down, 1), quoted=False),
                ListNode(
                    items=(
                        ScalarNode(text="甲", place=at(1 + down, 6), quoted=False),
                        ListNode(items=(), place=at(1 + down, 9)),
                    ),
                    place=at(1 + down, 5),
                ),
            ),
            (
                ScalarNode(text="b", place=at(2 + down, 1), quoted=False),
                MapNode(
                    entries=(
                        (
                            ScalarNode(text="c", place=at(3 + down, 3), quoted=True),
                            ScalarNode(text="x\n", place=at(3 + down, 8), quoted=True),
                        ),
                    ),
                    place=at(3 + down, 3),
                ),
            ),
        ),
        place=at(1 + down, 1),
    )
    text = start + '群规: [甲, []]\nb:\n  "c": |\n    x\n...\n# the end\n'
    assert expected == whole(text)
    assert expected == whole(text.encode())
    assert expected == whole(text.replace("\n", "\r\n"))


def test_long_text_may_go_on_in_the_next_line() -> None:
    """A plain text over two lines is one text, and a tab between brackets does no harm."""
    root = whole("a: x\n  y\nb: [1,\n\t2]\n")
    assert isinstance(root, MapNode)
    assert ScalarNode(text="x y", place=at(1, 4), quoted=False) == root.entries[0][1]


def sign(place: str, character: str, name: str) -> str:
    """The fault of a text that begins with a character of YAML's own."""
    hint = f"put the whole text in quotes; YAML's {name} are not read"
    return f'a:{place}: a text cannot begin with "{character}" ({hint})'


DELETE = " (delete it, or put the text in quotes)"
TWO = "a second document begins here; a file holds one (use several files)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: 1\nb: 2\na: 3\n",
            ['a:3:1: the key "a" stands twice; the first is in line 1 (keep one of them)'],
        ),
        (
            "- x: 1\n  x: 2\n  x: 3\n",
            [
                'a:2:3: the key "x" stands twice; the first is in line 1 (keep one of them)',
                'a:3:3: the key "x" stands twice; the first is in line 1 (keep one of them)',
            ],
        ),
        ("a:\n  <<: {b: 1}\n", ["a:2:3: the merge key << is not read (write the keys out)"]),
        ("[a]: b\n", ["a:1:1: a key must be a text (put it in quotes)"]),
        ("? {a: 1}\n: b\n", ["a:1:3: a key must be a text (put it in quotes)"]),
        ("?\n", ["a:1:2: a key is missing here (write key: value)"]),
        (
            "a: {b:1, c:2}\n",
            ['a:1:6: a space is missing after ":"', 'a:1:11: a space is missing after ":"'],
        ),
        ("a: {b：1}\n", ['a:1:6: this colon is the full-width "：" (write ":" and a space)']),
        ("*x : 1\n", [sign("1:1", "*", "aliases")]),
        ("&x {a: !y 1}\n", [sign("1:1", "&", "anchors"), sign("1:8", "!", "tags")]),
        ("\ufeff*x : 1\n", [sign("1:1", "*", "aliases")]),
        ("\ufeff%x: 1\n", [f'a:1:1: a line cannot start with "%"{DELETE}']),
        (
            "*x\n",
            [
                sign("1:1", "*", "aliases"),
                "a:1:1: the file says nothing (qunguan init writes a first file)",
            ],
        ),
        ("a: 1\n---\n", [f"a:2:1: {TWO}"]),
        ("a: 1\n...\n# x\n%TAG ! x\n", [f"a:4:1: {TWO}"]),
        ("", ["a:1:1: the file says nothing (qunguan init writes a first file)"]),
        ("# x\n\n---\n", ["a:1:1: the file says nothing (qunguan init writes a first file)"]),
    ],
)
def test_what_cannot_be_used_is_named(text: str, expected: list[str]) -> None:
    """Keys that stand twice, aliases, tags and merges are refused, each at its place."""
    assert expected == rendered(text)


def test_ten_mistakes_are_ten_faults_in_order() -> None:
    """All mistakes of a file are reported at once, as they stand in it."""
    text = (
        "a: *x\nb: &y 1\na: 2\nc: !z 3\nd:\n  e: 1\n  e: 2\n  <<: 3\n  ? [f]\n  : 4\n"
        "g: {h:1}\ni: text\n  - item\nb: 5\n"
    )
    places = [(fault.place.line, fault.place.column) for fault in read(text)[1]]
    expected = [(1, 4), (2, 4), (3, 1), (4, 4), (7, 3), (8, 3), (9, 5), (11, 6), (13, 3), (14, 1)]
    assert expected == places


def test_faults_of_nodes_have_their_path() -> None:
    """Where the file was read so far, the fault says the way to the value."""
    _, faults = read("rules:\n  - id: x\n  - then:\n      say: *a\n      say: b\n")
    assert ["rules[1].then.say"] * 2 == [fault.path for fault in faults]


def test_the_rest_of_a_faulty_file_is_kept() -> None:
    """A refused key does not hide the others; of equal keys both stay, in order."""
    root, faults = read("a: 1\n<<: 2\nb: *x\na: 3\n*y : 4\n")
    assert 4 == len(faults)
    assert isinstance(root, MapNode)
    assert ["a", "b", "a"] == [key.text for key, _ in root.entries]


def test_one_text_is_a_node_too() -> None:
    """A file of one text is read; what wants a mapping says so."""
    assert ScalarNode(text="x y", place=at(1, 1), quoted=False) == whole("x\ny\n")
    assert ScalarNode(text="a:b", place=at(1, 1), quoted=True) == whole("'a:b'")


def test_after_a_slip_in_yaml_only_that_is_said() -> None:
    """What stands before a syntax error may not be what was meant, and is not judged."""
    assert ['a:3:4: a text cannot begin with "@" (put the whole text in quotes)'] == rendered(
        "a: 1\na: 2\nb: @x\n"
    )


LEVELS = "this is nested more than 50 levels deep (write it with fewer levels)"
BOMB = "a: &a [x, x]\n" + "".join(
    f"b{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(9)
)
MERGES = "a: &a {x: 1}\n" + "".join(f"b{n}: {{<<: [*a, *a, *a]}}\n" for n in range(20))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[" * 200_000, f"a:1:51: {LEVELS}"),
        ("{a: " * 200_000, f"a:1:201: {LEVELS}"),
        ("- " * 200_000, f"a:1:101: {LEVELS}"),
        ("? " * 200_000, f"a:1:101: {LEVELS}"),
        ("".join(" " * n + "a:\n" for n in range(60)), f"a:51:51: {LEVELS}"),
        ("- a\n" * 500_001, "a:500001:3: the file holds more than 500,000 values (split it)"),
        ("%TAG !a b\n" * 100_000, f'a:1:1: a line cannot start with "%"{DELETE}'),
    ],
    ids=["lists", "maps", "dashes", "keys", "indented", "values", "directives"],
)
def test_hostile_files_draw_one_fault(text: str, expected: str) -> None:
    """Depth and number have limits, which are checked while the file is read."""
    assert [expected] == rendered(text)


def test_fifty_levels_are_read() -> None:
    """The limit is above what anybody writes, and is exact."""
    assert [] == rendered("[" * 50 + "]" * 50)
    assert [f"a:1:51: {LEVELS}"] == rendered("[" * 51 + "]" * 51)


@pytest.mark.parametrize(("text", "count"), [(BOMB, 91), (MERGES, 81)], ids=["aliases", "merges"])
def test_a_bomb_is_never_lit(text: str, count: int) -> None:
    """Anchors, aliases and merges are refused one by one, and nothing is multiplied."""
    assert count == len(rendered(text))


def test_mistakes_beyond_a_hundred_are_not_read() -> None:
    """A file of nothing but mistakes draws a hundred faults and a word about the rest."""
    faults = rendered("a: 1\n" * 200_000)
    assert 101 == len(faults)
    assert (
        "a:101:1: there are more than 100 mistakes; the rest is not read (mend those above first)"
        in faults
    )


def test_the_longest_key_has_1024_characters() -> None:
    """A line that is longer before its colon is no key to YAML."""
    assert [] == rendered("k" * 1024 + ": 1\n")
    assert ["a:1:1026: a key has at most 1024 characters"] == rendered("k" * 1025 + ": 1\n")


SPLIT = "read (split it into several files)"
UTF8 = "save the file as UTF-8"
NOT_UTF8 = "the file is not saved as UTF-8:"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"a" * 50_000_000, f"a:1:1: the file is larger than the 5.0 MB that are {SPLIT}"),
        ("a: 群\n".encode("utf-16"), f"a:1:1: the file is saved as UTF-16 ({UTF8})"),
        ("mode: x\n".encode("utf-16-le"), f"a:1:1: the file is saved as UTF-16 ({UTF8})"),
        ("mode: x\n".encode("utf-16-be"), f"a:1:1: the file is saved as UTF-16 ({UTF8})"),
        (b"\x89PNG\r\n\x1a\n\0\0", f"a:3:1: this is not a text file: byte 9 is NUL ({UTF8})"),
        (b"a\0", f"a:1:2: this is not a text file: byte 2 is NUL ({UTF8})"),
        (
            "a: 1\n群: 规则\n".encode("gbk"),
            f"a:2:4: {NOT_UTF8} byte 10 is no character (perhaps it is GBK or ANSI; {UTF8})",
        ),
        ("a: x\u2028b: 1\n", "a:1:5: an invisible character (U+2028) stands here (delete it)"),
        ("a: x\x85b: 1\n", "a:1:5: an invisible character (U+0085) stands here (delete it)"),
        ("a: 1\nb: \0\n", "a:2:4: an invisible character (U+0000) stands here (delete it)"),
        ("a: \ud800\n", "a:1:4: an invisible character (U+D800) stands here (delete it)"),
        (
            "\r\n" * 10_000 + "# x\r\n%YAML 1.1\r\n",
            f'a:10002:1: a line cannot start with "%"{DELETE}',
        ),
    ],
    ids=[
        *["size", "utf-16", "utf-16-le", "utf-16-be", "binary", "nul"],
        *["gbk", "separator", "next-line", "control", "surrogate", "directive"],
    ],
)
def test_what_is_no_text_draws_one_fault(source: bytes | str, expected: str) -> None:
    """A file that is too large, binary, or in another encoding is named as what it is."""
    assert [expected] == rendered(source)


@pytest.mark.parametrize("source", [b"a: 1234567\n", "a: 1234567\n", "a: 一二\n"])
def test_the_limit_counts_bytes(source: bytes | str) -> None:
    """The size that counts is that of the file, whatever its characters."""
    fault = (
        "a:1:1: the file is larger than the 10 bytes that are read (split it into several files)"
    )
    size = len(source if isinstance(source, bytes) else source.encode())
    assert [fault.replace("11", str(size))] * (size > 10) == rendered(source, limit_bytes=10)


def test_two_hundred_thousand_words_are_read() -> None:
    """A long word list is a list like any other."""
    root = whole("".join(f"- 词{n}\n" for n in range(200_000)))
    assert isinstance(root, ListNode)
    assert 200_000 == len(root.items)
    assert ScalarNode(text="词199999", place=at(200_000, 3), quoted=False) == root.items[-1]
