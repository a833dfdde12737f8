"""What YAML's reader stumbled over, in the words of the person who typed it.

libyaml names the token at which it gave up; the slip often stands earlier, and is looked for in
the lines around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rules.files.faults import Fault, Place, quoted
from rules.files.lines import (
    body,
    colon_slip,
    indentation,
    indentations_above,
    line_above,
    needs_quotes,
    odd_space,
    spaces,
)
from rules.files.stumble import Stumble
from rules.phrases import either, phrase

_CLOSERS = {"[": "]", "{": "}"}
_OPENERS = {"]": "[", "}": "{"}
_STAR = re.compile(r"(?:^|[ \[{,])\*")
_LONGEST_KEY = 1024  # libyaml's limit for a key without "? "


def explain(stumble: Stumble) -> Fault:
    """The one fault of a file that is not YAML."""
    return _wrong_space(stumble) or _TABLE.get(stumble.context, _other)(stumble)


def _wrong_space(stumble: Stumble) -> Fault | None:
    """Tabs and full-width spaces, of which an indentation cannot be made."""
    if stumble.context in ("while scanning a simple key", "while parsing a block mapping"):
        number = stumble.began.line if "key" in stumble.context else stumble.at.line
        found = odd_space(stumble.line(number), Place(line=number, column=1))
        if found is not None:
            return found
    line = stumble.line(stumble.at.line)
    blank = line[: indentation(line)]
    if "\t" in blank and "flow" not in stumble.context:
        place = Place(line=stumble.at.line, column=blank.index("\t") + 1)
        message = phrase("line {line} is indented with a tab", line=place.line)
        return Fault(place, message, phrase("use spaces"))
    if stumble.sign(stumble.at) == "\t":
        return Fault(stumble.at, phrase("a tab stands here"), phrase("use a space"))
    return None


def _no_colon(stumble: Stumble) -> Fault:
    """A line among `key: value` lines that has no colon."""
    number = stumble.began.line
    return colon_slip(stumble.line(number), Place(line=number, column=1)) or _missing_colon(
        stumble, number
    )


def _missing_colon(stumble: Stumble, number: int) -> Fault:
    line = stumble.line(number)
    start = body(line)
    message = phrase('":" is missing after {words}', words=quoted(line[start:].strip()))
    return Fault(Place(line=number, column=start + 1), message)


def _second_colon(stumble: Stumble) -> Fault:
    """A colon where none can be: inside a value, or in a line that continues a value."""
    before = stumble.line(stumble.at.line)[: stumble.at.column - 1]
    if ": " in before:
        message, hint = (
            phrase('a ": " stands inside a value'),
            phrase("put the whole value in quotes"),
        )
        return Fault(stumble.at, message, hint)
    if len(before) - body(before) > _LONGEST_KEY:
        message = phrase("a key has at most {most} characters", most=_LONGEST_KEY)
        return Fault(stumble.at, message)
    above = line_above(stumble.lines, stumble.at.line)
    return colon_slip(stumble.line(above), Place(line=above, column=1)) or _continued(
        stumble, above
    )


def _continued(stumble: Stumble, above: int) -> Fault:
    """A key that is read as more of the value above it."""
    line = stumble.line(above)
    if ": " not in line:
        return _missing_colon(stumble, above)
    here, there = body(stumble.line(stumble.at.line)), body(line)
    number = stumble.at.line
    message = phrase(
        "line {number} is indented too far: by {here}; line {above} has {there}",
        number=number,
        here=spaces(here),
        above=above,
        there=there,
    )
    place = Place(line=stumble.at.line, column=here + 1)
    return Fault(place, message, phrase("line it up with line {above}", above=above))


def _stray(stumble: Stumble) -> Fault:
    """Something that follows what was complete, or a line that fits no line above."""
    at, sign = stumble.at, stumble.sign(stumble.at)
    if stumble.quote is not None and stumble.quote[0].line < stumble.quote[1].line == at.line:
        message = phrase("the text that opens here ends at a quote in line {line}", line=at.line)
        return Fault(stumble.quote[0], message, phrase("a closing quote is perhaps missing"))
    if sign in _OPENERS:
        return Fault(at, phrase('"{sign}" closes nothing', sign=sign), phrase("delete it"))
    before = stumble.line(at.line)[: at.column - 1]
    if before.strip(" -"):
        return _trailing(stumble, before.rstrip()[-1])
    if sign == ":":
        hint = phrase("write a key, or put the text in quotes")
        return Fault(at, phrase('a key is missing before ":"'), hint)
    if sign in (",", ">", "|"):
        return needs_quotes(sign, at)
    return _misplaced_line(stumble, sign)


def _trailing(stumble: Stumble, closer: str) -> Fault:
    if closer in "\"'":
        message, hint = (
            phrase("something follows the closing quote"),
            phrase("put the whole text in one pair of quotes"),
        )
    elif closer in _OPENERS:
        message = phrase('something follows the closing "{closer}"', closer=closer)
        hint = phrase(
            'a text that begins with "{opener}" must be in quotes', opener=_OPENERS[closer]
        )
    else:
        return _behind_alias(stumble)
    return Fault(stumble.at, message, hint)


def _behind_alias(stumble: Stumble) -> Fault:
    """More words behind what YAML takes for an alias: `- *important message`."""
    line = stumble.line(stumble.at.line)
    star = _STAR.search(line, 0, stumble.at.column - 1)
    if star is None:
        return _other(stumble)
    return needs_quotes("*", Place(line=stumble.at.line, column=star.end()))


def _misplaced_line(stumble: Stumble, sign: str) -> Fault:
    if stumble.at.column == stumble.began.column and "collection" in stumble.context:
        message = phrase(
            'a list item ("- …") is expected here, as in line {line}', line=stumble.began.line
        )
        return Fault(stumble.at, message)
    if stumble.at.column == stumble.began.column and sign == "-":
        message = phrase(
            '"key: value" is expected here, as in line {line}', line=stumble.began.line
        )
        return Fault(stumble.at, message)
    above = indentations_above(stumble.lines, stumble.at.line)
    here = stumble.at.column - 1
    if here in above:
        hint = phrase("indent it like the lines that it belongs to")
        return Fault(stumble.at, phrase("this line belongs to nothing above it"), hint)
    known = either([str(count) for count in sorted(above)])
    line = stumble.at.line
    message = phrase(
        "line {line} is indented by {here}; the lines above have {known}",
        line=line,
        here=spaces(here),
        known=known,
    )
    return Fault(stumble.at, message, phrase("line it up with one of them"))


def _in_brackets(stumble: Stumble) -> Fault:
    """A comma or a closing bracket that is missing, or the wrong one."""
    opener, sign = stumble.sign(stumble.began), stumble.sign(stumble.at)
    closer = _CLOSERS.get(opener, "]")
    if _left_brackets(stumble):
        return _unclosed(stumble, stumble.began)
    hint = phrase(
        '"{opener}" was opened in line {line}, column {column}',
        opener=opener,
        line=stumble.began.line,
        column=stumble.began.column,
    )
    if sign in _OPENERS:
        message = phrase('"{sign}" stands where "{closer}" is expected', sign=sign, closer=closer)
        return Fault(stumble.at, message, hint)
    message = phrase('"," or "{closer}" is expected here', closer=closer)
    return Fault(stumble.at, message, hint)


def _left_brackets(stumble: Stumble) -> bool:
    """Whether the line that was stumbled over seems to belong to the file, not to the brackets."""
    line = stumble.line(stumble.at.line)
    if not line[stumble.at.column - 1 :].strip():
        return True
    outer = indentation(stumble.line(stumble.began.line))
    return stumble.began.line < stumble.at.line and indentation(line) <= outer


def _unclosed(stumble: Stumble, place: Place) -> Fault:
    opener = stumble.sign(place)
    hint = phrase('"{opener}" is missing', opener=_CLOSERS.get(opener, "]"))
    return Fault(place, phrase('"{opener}" is never closed', opener=opener), hint)


def _no_content(stumble: Stumble) -> Fault:
    """Nothing where a value should be."""
    sign = stumble.sign(stumble.at)
    if sign == "" and stumble.bracket is not None:
        return _unclosed(stumble, stumble.bracket)
    if sign in _OPENERS:
        return Fault(stumble.at, phrase('"{sign}" closes nothing', sign=sign), phrase("delete it"))
    what = phrase("key") if sign == ":" else phrase("value")
    message = phrase("a {what} is missing before {sign}", what=what, sign=quoted(sign))
    return Fault(stumble.at, message, phrase("write a {what}, or delete the sign", what=what))


def _open_quote(stumble: Stumble) -> Fault:
    message, hint = (
        phrase("the quote that opens here is never closed"),
        phrase("write the closing quote"),
    )
    return Fault(stumble.began, message, hint)


def _colon_before_bracket(stumble: Stumble) -> Fault:
    hint = phrase("put a space behind it, or the whole text in quotes")
    return Fault(stumble.at, phrase('this ":" belongs to no key'), hint)


def _escape(stumble: Stumble) -> Fault:
    line = stumble.line(stumble.at.line)
    backslash = line.rfind("\\", 0, stumble.at.column)
    message = phrase(
        "{escape} stands for no character inside double quotes", escape=quoted(line[backslash:][:2])
    )
    return Fault(stumble.at, message, phrase('write "\\\\" for a backslash'))


def _began_with_sign(stumble: Stumble) -> Fault:
    return needs_quotes(stumble.sign(stumble.began), stumble.began)


def _without_context(stumble: Stumble) -> Fault:
    if stumble.problem == "mapping values are not allowed in this context":
        return _second_colon(stumble)
    if stumble.problem == "block sequence entries are not allowed in this context":
        hint = phrase("begin the list in the next line, or put the text in quotes")
        return Fault(stumble.at, phrase('a list cannot begin behind "key:"'), hint)
    if stumble.problem == "mapping keys are not allowed in this context":
        return needs_quotes(stumble.sign(stumble.at), stumble.at)
    return _stray(stumble)


def _other(stumble: Stumble) -> Fault:
    return Fault(
        stumble.at,
        phrase("this cannot be read as YAML"),
        phrase("{problem}", problem=stumble.problem),
    )


_TABLE: dict[str, Callable[[Stumble], Fault]] = {
    "": _without_context,
    "while scanning a simple key": _no_colon,
    "while scanning a quoted scalar": _open_quote,
    "while parsing a quoted scalar": _escape,
    "while scanning a block scalar": _began_with_sign,
    "while scanning a plain scalar": _colon_before_bracket,
    "while scanning an alias": _began_with_sign,
    "while scanning an anchor": _began_with_sign,
    "while scanning a tag": _began_with_sign,
    "while parsing a tag": _began_with_sign,
    "while parsing a node": _began_with_sign,
    "while scanning a directive": _began_with_sign,
    "while scanning for the next token": _began_with_sign,
    "while parsing a flow sequence": _in_brackets,
    "while parsing a flow mapping": _in_brackets,
    "while parsing a flow node": _no_content,
    "while parsing a block node": _no_content,
    "while parsing a block mapping": _stray,
    "while parsing a block collection": _stray,
}
