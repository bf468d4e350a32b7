"""The ways to set blanks and marks wrong, a row each."""

from __future__ import annotations

import re
from typing import NamedTuple

TWO = "two blanks stand here where one is enough"
LATIN = "A-Za-z\u00c0-\u024f"

_OPENERS = "|".join(
    (
        "A|An|The|It|Its|This|That|These|Those|There|We|Our|They|Their|You|Your|In|On|At|For|From|With|By|To|As|If",
        "When|While|Where|However|Also|And|But|Or|So|Here|Then|Thus|All|Each|Both|Some|Many|Most|Not|No|Only",
    )
)
"""Words that begin sentences and no names."""


class Form(NamedTuple):
    """One way to set blanks wrong."""

    wrong: re.Pattern[str]
    """The group `gap` is what is replaced; it may be empty."""
    right: re.Pattern[str]
    """The same place, set right."""
    least: float
    """The share of right places below which the list is silent: its own habit is another, or none."""
    blank: str
    """What stands in the gap where it is right."""
    message: str
    grade: str
    why: str
    fix: str = "take the blanks out"
    safe: bool = True


def _form(wrong: str, right: str, least: float, blank: str, message: str, grade: str, why: str) -> Form:
    """A row whose fix is known by what it does: where something stands in the gap, a blank was lost."""
    fix = "put a blank here" if blank and "(?P<gap>)" in wrong else "take the blanks out"
    return Form(re.compile(wrong, re.MULTILINE), re.compile(right), least, blank, message, grade, why, fix)


FORMS = (
    _form(
        rf"(?<=[{LATIN}0-9,:;)\]%–—-])(?P<gap> {{2,}})(?=[{LATIN}0-9(])",
        r"\w \w",
        0.995,
        " ",
        TWO,
        "text",
        "between words; a sentence's end and what stands before marks and links are the next row's",
    ),
    _form(
        rf"(?<=[.!?*\x01])(?P<gap> {{2,}})(?=[{LATIN}0-9(\[\x01])",
        r"(?<=[.!?*\x01]) (?=\S)",
        0.9,
        " ",
        TWO,
        "taste",
        "two blanks behind a sentence are an old habit of typists, and nobody sees them on the page",
    ),
    _form(
        rf"(?<![\w.\\])(?<!\w-)(?=[{LATIN}][{LATIN}'’0-9-]{{0,40}}[{LATIN}0-9]\()(?:[{LATIN}'’-]{{2,40}}\d{{0,4}})(?P<gap>)"
        rf"(?=\((?:\?\)|[^()\n\x00\u2e80-\uffef]{{0,80}}?[{LATIN}]{{3}}[^()\n\x00\u2e80-\uffef]{{0,300}}\)))"
        r"(?!\((?:[A-Z]?[a-z]{1,40}|[^\s()]{0,80},[^\s(),]{0,80})\))(?!\((?:ly|e?s|e?d|e?r|ers|ing)\b)",
        rf"[{LATIN}0-9] \([{LATIN}?]",
        0.65,
        " ",
        "the blank before “(” is missing",
        "text",
        "words around and words inside; `f(x)`, `SE(3)`, `word(s)`, `Net(working)`, `load(a,b)` are names or one word, "
        "and so is what goes on with an ending: `insane(ly slow)`",
    ),
    _form(
        rf"(?:(?<=['’]\d\d)|(?<=(?:19|20)\d\d))(?P<gap>)(?=\([{LATIN}]{{3,40}}\))",
        rf"[{LATIN}0-9] \([{LATIN}?]",
        0.65,
        " ",
        "the blank before “(” is missing",
        "text",
        "a year and a remark, `2024(oral)`: where the word before is a year, one word inside is no part of a name",
    ),
    _form(
        rf"(?<![\w(/_=.,-])[{LATIN}][{LATIN}'’-]{{1,40}},(?P<gap>)(?=[{LATIN}]{{2,}}[\s.,;:)])",
        rf"[{LATIN}], [{LATIN}]",
        0.9,
        " ",
        "the blank behind “,” is missing",
        "text",
        "a word before and a word after",
    ),
    _form(
        r"(?<![\w:/.-])(?P<key>[a-z]{3,40}):(?P<gap>)(?=[A-Z][a-z]{1,40} [a-z])",
        rf"[{LATIN}]: [{LATIN}]",
        0.9,
        " ",
        "the blank behind “:” is missing",
        "text",
        "a sentence begins behind it; `key:Value` alone is a tag",
    ),
    _form(
        rf"(?<=[a-z]{{3}})\.(?P<gap>)(?=(?:{_OPENERS}) [a-z])",
        r"[a-z]{3}\. [A-Z]",
        0.0,
        " ",
        "the blank behind “.” is missing",
        "text",
        "a sentence begins behind it, with a word that begins no name: `http.Handler wrapper`, `Node.js` are names",
    ),
    _form(
        rf"(?<![\w:/.@+-])(?P<key>[{LATIN}][{LATIN}-]{{1,40}}):(?P<gap>)"
        rf"(?=(?:A|[A-Z][a-z]{{1,40}}) [{LATIN}]{{1,40}} [{LATIN}])",
        rf"[{LATIN}]: [{LATIN}]",
        0.9,
        " ",
        "the blank behind “:” is missing",
        "text",
        "three words behind it, of which the first begins like a sentence: `MtDNA:Nuclear ratio`, `JSON:API` are names",
    ),
    _form(
        rf"(?<=[{LATIN}0-9)\]\x01])(?P<gap> +)(?=[,;](?:\s+[{LATIN}0-9\x01\[(*]|\s*$)|\.\s*$)",
        rf"[{LATIN}0-9)\]\x01][,;.](?:\s|$)",
        0.9,
        "",
        "the blank before this mark is one too many",
        "text",
        "a comma or semicolon inside a line, a full stop at its end; French sets blanks before others",
    ),
    _form(
        rf"(?<=[{LATIN}]{{2}})(?P<gap> +)(?=\.\s+[A-Z][a-z]{{2}})",
        rf"[{LATIN}]{{2}}\. [A-Z]",
        0.9,
        "",
        "the blank before this mark is one too many",
        "text",
        "a full stop between sentences; ` .NET` and ` ...` are no full stops",
    ),
    _form(
        rf"(?<=[{LATIN}]{{2}})(?P<gap> +)(?=: [{LATIN}\x01\[])",
        rf"[{LATIN}]{{2}}: [{LATIN}\x01\[]",
        0.9,
        "",
        "the blank before this mark is one too many",
        "text",
        "a colon between words; behind a link it sets titles apart, which is `entry-format`'s",
    ),
    _form(
        r"(?<=[a-z]{3})(?P<gap> +)(?=[!?]\s*$)",
        r"[a-z]{2}[!?](?:\s|$)",
        0.5,
        "",
        "the blank before this mark is one too many",
        "text",
        "at a line's end; French sets a blank there, and then does so everywhere",
    ),
    _form(
        rf"(?P<gap>(?<=\s\() +(?=[{LATIN}]{{2}}[^()\n]{{0,200}}\))|(?<=[a-z]{{2}}) +(?=\)))",
        rf"(?<=\s)\([{LATIN}]{{2}}|[a-z]{{3}}\)",
        0.9,
        "",
        "the blank inside the brackets is one too many",
        "text",
        "words in brackets; `f( x )` is a call, and so is one letter",
    ),
    _form(
        r"\bet(?:\.)(?P<gap>)(?=al\b)",
        r"\bet\.? al\b",
        0.0,
        " ",
        "the blank in “et al.” is missing",
        "abbreviation",
        "two words of Latin; which of “et al.” and “etc.” was meant is not known",
    )._replace(safe=False),
    _form(
        r"(?<![\w-])[A-Za-z]?[a-z]{3,40}(?P<gap>)(?=20\d\d[/-]\d{1,2}[/-]\d)",
        r"[a-z] 20\d\d[/-]\d",
        0.0,
        " ",
        "the blank before the date is missing",
        "text",
        "a word grown together with a whole date",
    ),
    _form(
        rf"(?<=[{LATIN}0-9)\]\x01]\.)(?P<gap>\.)(?=\s*$|\s+[A-Z])",
        rf"[{LATIN}0-9)\]\x01]\.(?:\s|$)",
        0.9,
        "",
        "one full stop is enough",
        "text",
        "two at a sentence's end; three are left out words",
    )._replace(fix="take one out"),
    _form(
        r"(?<=[a-z]{2}[!?])(?<!\bYahoo!)(?P<gap>\.)(?=\s*$|\s+[A-Z])",
        r"[a-z]{2}[!?](?:\s|$)",
        0.0,
        "",
        "the full stop behind this mark is one too many",
        "text",
        "a sentence ends once",
    )._replace(fix="take the full stop out"),
    _form(
        r"(?<=[\x01\]]),(?P<gap>)(?=[\x01\[])",
        r"[\x01\]], [\x01\[]",
        0.9,
        " ",
        "the blank behind “,” is missing",
        "text",
        "a comma between two links",
    ),
    _form(
        rf"(?<=[{LATIN}])(?P<gap>， ?)(?=[{LATIN}])",
        rf"[{LATIN}], [{LATIN}]",
        0.9,
        ", ",
        "this comma is full-width, and the words beside it are not",
        "text",
        "a comma of a Chinese keyboard, in a line that has no Chinese",
    )._replace(fix="write a comma and a blank"),
)
KEY = _form(
    rf"^[ \t]*([{LATIN}]{{2,30}}):(?P<gap>)(?=[{LATIN}\x01\[])",
    rf"(?m)^[ \t]*([{LATIN}]{{2,30}}): +[{LATIN}\x01\[]",
    0.9,
    " ",
    "the blank behind “:” is missing",
    "text",
    "`paper: …`, `code: …` in lines of an entry; each word is weighed by itself",
)
