"""A file that is no YAML: the one fault it draws, at the slip and in plain words."""

from __future__ import annotations

import pytest

from rules.files.faults import Fault, Place
from rules.files.nodes import read
from rules.files.slips import explain
from rules.files.stumble import Stumble

LINE_UP = "line it up with one of them"
ORDINARY = "use ordinary spaces"

TABS_AND_ODD_SPACES = [
    ("a:\n\tb: 1\n", "2:1: line 2 is indented with a tab", "use spaces"),
    ("a:\n  b: 1\n  \tc: 2\n", "3:3: line 3 is indented with a tab", "use spaces"),
    ("a: x\n\ty\nb: 1\n", "2:1: line 2 is indented with a tab", "use spaces"),
    ("a:\n\t- x\n", "2:1: line 2 is indented with a tab", "use spaces"),
    ("-\tx\n-\ta: 1\n", "1:2: a tab stands here", "use a space"),
    ("a: |\n\tx\n", "2:1: line 2 is indented with a tab", "use spaces"),
    ("a:\n\u3000b: 1\n", "2:1: an unusual space (U+3000) stands here", ORDINARY),
    ("a:\n\u3000\u3000hello\nb: 1\n", "2:1: an unusual space (U+3000) stands here", ORDINARY),
    ("a:\n\xa0\xa0b: 1\n", "2:1: an unusual space (U+00A0) stands here", ORDINARY),
    ("a: 1\n\ufeffb: 1\n", "2:1: an unusual space (U+FEFF) stands here", ORDINARY),
]

COLONS_AND_DASHES = [
    ("title\nmode: x\n", '1:1: ":" is missing after "title"', ""),
    ("mode: x\ntitle\nb: 1\n", '2:1: ":" is missing after "title"', ""),
    ("mode: x\n# c\n\n   # d\ntitle\nb: 1\n", '5:1: ":" is missing after "title"', ""),
    ("mode:x\nb: 1\n", '1:5: a space is missing after ":"', ""),
    ("a: 1\nmode:x\nb: 1\n", '2:5: a space is missing after ":"', ""),
    ("a:\n  mode:x\n  y: 2\nb: 1\n", '2:7: a space is missing after ":"', ""),
    ("a:1\nb:2\n", '1:2: a space is missing after ":"', ""),
    ('a:"x"\nb: 2\n', '1:2: a space is missing after ":"', ""),
    ("a: 1\nmode：x\nb: 1\n", '2:5: this colon is the full-width "："', 'write ":" and a space'),
    ("mode：x\nb: 1\n", '1:5: this colon is the full-width "："', 'write ":" and a space'),
    ("a：1\nb：2\n", '1:2: this colon is the full-width "："', 'write ":" and a space'),
    (
        "a:\n  - id: x\n    b：1\n    c: 2\n",
        '3:6: this colon is the full-width "："',
        'write ":" and a space',
    ),
    (
        "a：\n  - id: x\n    b: 1\n",
        '1:2: this colon is the full-width "："',
        'write ":" and a space',
    ),
    (
        "a: 1\nsay: 时间: 22:00\n",
        '2:8: a ": " stands inside a value',
        "put the whole value in quotes",
    ),
    ("a: : b\n", '1:4: a ": " stands inside a value', "put the whole value in quotes"),
    (": x\n", '1:1: a key is missing before ":"', "write a key, or put the text in quotes"),
    ("- : b\n", '1:3: a key is missing before ":"', "write a key, or put the text in quotes"),
    ("a:\n  - x\n  -y\n", '3:3: a space is missing after "-"', ""),
    ("-x\na: 1\n", '1:1: a space is missing after "-"', ""),
    ("rules:\n  -id: a\n   t: b\n", '2:3: a space is missing after "-"', ""),
    ("a:\n  -x\n  -y\n", '2:3: a space is missing after "-"', ""),
    (
        "a: - x\n",
        '1:4: a list cannot begin behind "key:"',
        "begin the list in the next line, or put the text in quotes",
    ),
    (
        "a:\n- x\nb: 1\n - y\n",
        "4:2: this list item is read as more of the text in line 3",
        'put "key:" alone in a line and the items below it',
    ),
    (
        "a: 1\n  - x\n",
        "2:3: this list item is read as more of the text in line 1",
        'put "key:" alone in a line and the items below it',
    ),
    ("a: 1\n----\n", '2:1: ":" is missing after "----"', ""),
    ("a: 1\nhttp://x\n", '2:1: ":" is missing after "http://x"', ""),
    (
        "a: [10:, x]\n",
        '1:7: this ":" belongs to no key',
        "put a space behind it, or the whole text in quotes",
    ),
]

QUOTES = [
    (
        'a: "hello\nb: 1\nc: 2\n',
        "1:4: the quote that opens here is never closed",
        "write the closing quote",
    ),
    (
        'a: "hello\nb: "x"\nc: 2\n',
        "1:4: the text that opens here ends at a quote in line 2",
        "a closing quote is perhaps missing",
    ),
    (
        "a: \"x\"\nb: 'it's'\n",
        "2:8: something follows the closing quote",
        "put the whole text in one pair of quotes",
    ),
    (
        'a: "hello" world\nb: 1\n',
        "1:12: something follows the closing quote",
        "put the whole text in one pair of quotes",
    ),
    (
        "a: 'x'b: 1\n",
        "1:7: something follows the closing quote",
        "put the whole text in one pair of quotes",
    ),
    (
        'a: "x\n---\ny"\n',
        "1:4: the quote that opens here is never closed",
        "write the closing quote",
    ),
    (
        'a: "C:\\qq"\n',
        '1:7: "\\q" stands for no character inside double quotes',
        'write "\\\\" for a backslash',
    ),
    (
        'a: "\\xzz"\n',
        '1:7: "\\x" stands for no character inside double quotes',
        'write "\\\\" for a backslash',
    ),
]

BRACKETS = [
    ("a: [x\n", '1:4: "[" is never closed', '"]" is missing'),
    ("a: [1, 2\nb: 1\n", '1:4: "[" is never closed', '"]" is missing'),
    (
        "a: [1, 2}\nb: 1\n",
        '1:9: "}" stands where "]" is expected',
        '"[" was opened in line 1, column 4',
    ),
    ("a: {b: 1\nc: 2\n", '1:4: "{" is never closed', '"}" is missing'),
    ("a: ]\nb: 1\n", '1:4: "]" closes nothing', "delete it"),
    ("a: [1, 2]]\nb: 1\n", '1:10: "]" closes nothing', "delete it"),
    (
        'a: [1 2, "x" "y"]\n',
        '1:14: "," or "]" is expected here',
        '"[" was opened in line 1, column 4',
    ),
    ("a: [x,, y]\n", '1:7: a value is missing before ","', "write a value, or delete the sign"),
    (
        "a: {member}，hello\n",
        '1:12: something follows the closing "}"',
        'a text that begins with "{" must be in quotes',
    ),
    (
        "a: [公告] hello\nb: 1\n",
        '1:9: something follows the closing "]"',
        'a text that begins with "[" must be in quotes',
    ),
    (
        "a: {b: [1}\n",
        '1:10: "}" stands where "]" is expected',
        '"[" was opened in line 1, column 8',
    ),
    (
        "- { at: '10', from: 小王 text: 'x' }\n",
        '1:28: "," or "}" is expected here',
        '"{" was opened in line 1, column 3',
    ),
    (
        "a: [\n  {b: 1}\n  {c: 2}\n]\n",
        '3:3: "," or "]" is expected here',
        '"[" was opened in line 1, column 4',
    ),
    ("a: {b: [", '1:8: "[" is never closed', '"]" is missing'),
    ("a: {x: 1}}\n", '1:10: "}" closes nothing', "delete it"),
    ("a: [\n  x\nb: 1\n", '1:4: "[" is never closed', '"]" is missing'),
]

INDENTATION = [
    (
        "a:\n  b: 1\n   c: 2\n",
        "3:4: line 3 is indented too far: by 3 spaces; line 2 has 2",
        "line it up with line 2",
    ),
    (
        "a:\n    b: 1\n  c: 2\n",
        "3:3: line 3 is indented by 2 spaces; the lines above have 0 or 4",
        LINE_UP,
    ),
    (
        "a:\n  b: 1\n c: 2\n",
        "3:2: line 3 is indented by 1 space; the lines above have 0 or 2",
        LINE_UP,
    ),
    (
        "a:\n  b:\n    c: 1\n   d: 2\n",
        "4:4: line 4 is indented by 3 spaces; the lines above have 0, 2 or 4",
        LINE_UP,
    ),
    (" a: 1\nb: 2\n", "2:1: line 2 is indented by 0 spaces; the lines above have 1", LINE_UP),
    (
        "a:\n  - b: 1\n   c: 2\n",
        "3:4: line 3 is indented by 3 spaces; the lines above have 0, 2 or 4",
        LINE_UP,
    ),
    (
        "a: 1\n  b: 2\n",
        "2:3: line 2 is indented too far: by 2 spaces; line 1 has 0",
        "line it up with line 1",
    ),
    ("a:\n  - x\n  b: 1\n", '3:3: a list item ("- …") is expected here, as in line 2', ""),
    ("a:\n  b: 1\n  - x\n", '3:3: "key: value" is expected here, as in line 2', ""),
    ("a: 1\n- b\n", '2:1: "key: value" is expected here, as in line 1', ""),
    ("a: |\n    \n  x\n", "3:3: line 3 is indented by 2 spaces; the lines above have 0", LINE_UP),
    (
        "{a: 1}\nb: 2\n",
        "2:1: this line belongs to nothing above it",
        "indent it like the lines that it belongs to",
    ),
    ("a: 'x'\n  more\n", "2:3: line 2 is indented by 2 spaces; the lines above have 0", LINE_UP),
    ("a: [x]\n  y: 1\n", "2:3: line 2 is indented by 2 spaces; the lines above have 0", LINE_UP),
    ("a: x # c\n  more\n", "2:3: line 2 is indented by 2 spaces; the lines above have 0", LINE_UP),
    ("? :", "1:3: this cannot be read as YAML", "did not find expected key"),
]

SIGNS = [
    ("a: @x\n", '1:4: a text cannot begin with "@"', "put the whole text in quotes"),
    ("a: %x\n", '1:4: a text cannot begin with "%"', "put the whole text in quotes"),
    ("a: `x`\n", '1:4: a text cannot begin with "`"', "put the whole text in quotes"),
    (
        "a: *.gov.cn\n",
        '1:4: a text cannot begin with "*"',
        "put the whole text in quotes; YAML's aliases are not read",
    ),
    (
        "a: &x y\n",
        '1:4: a text cannot begin with "&"',
        "put the whole text in quotes; YAML's anchors are not read",
    ),
    (
        "a: !python/object/apply:os.system [x]\n",
        '1:4: a text cannot begin with "!"',
        "put the whole text in quotes; YAML's tags are not read",
    ),
    (
        "a: !<x y\n",
        '1:4: a text cannot begin with "!"',
        "put the whole text in quotes; YAML's tags are not read",
    ),
    (
        "a: !! x\n",
        '1:4: a text cannot begin with "!"',
        "put the whole text in quotes; YAML's tags are not read",
    ),
    ("a: >=50\n", '1:4: a text cannot begin with ">"', "put the whole text in quotes"),
    ("a: | hello\n", '1:4: a text cannot begin with "|"', "put the whole text in quotes"),
    ("a: ? x\n", '1:4: a text cannot begin with "?"', "put the whole text in quotes"),
    ("a: 1\n%foo\n", '2:1: a text cannot begin with "%"', "put the whole text in quotes"),
    ("%x: 1\n", '1:1: a line cannot start with "%"', "delete it, or put the text in quotes"),
    (
        "- *important message\n",
        '1:3: a text cannot begin with "*"',
        "put the whole text in quotes; YAML's aliases are not read",
    ),
    ("a: 1\n, b\n", '2:1: a text cannot begin with ","', "put the whole text in quotes"),
]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [*TABS_AND_ODD_SPACES, *COLONS_AND_DASHES, *QUOTES, *BRACKETS, *INDENTATION, *SIGNS],
)
def test_a_slip_is_named_where_it_was_made(text: str, message: str, hint: str) -> None:
    """A slip of the keyboard draws one fault, at the line and column to change."""
    _, (fault,) = read(text)
    expected = f"a.yaml:{message} ({hint})" if hint else f"a.yaml:{message}"
    assert expected == fault.render("a.yaml")


def test_what_is_not_understood_is_quoted() -> None:
    """A complaint of libyaml that is in no table is passed on, at its place."""
    at = Place(line=2, column=3)
    odd = Stumble(lines=["a"], problem="found odd", context="while odd", at=at, began=at)
    expected = Fault(place=at, message="this cannot be read as YAML", hint="found odd")
    assert expected == explain(odd)
