"""Phrases: a text cut at its separators, and what a bracket or a phrase says beside a title.

Pure functions over plain text; `venues` knows the words.
"""

from __future__ import annotations

import re

from listbot import venues
from listbot.source import Span

LONG = 12
"""A title has so many characters at least; a shorter text may be a name, if it stands first."""
WORDS_OF_TITLE = 4
MARKS = re.compile(
    r":(?:fire|star2?|sparkles|new|heart|warning|exclamation|collision|rocket|tada|thumbsup|\+1|bulb|zap|trophy|x"
    r"|1st_place_medal|white_check_mark|heavy_check_mark|construction):|(?<![\w:]):[a-z][a-z0-9_+-]++:(?!\w)"
    "|[\u2b50\u2605\u2606\U0001f525\U0001f31f\u2728\u26a0\u2705\u274c\U0001f195\u2764\U0001f44d\U0001f680"
    "\U0001f947-\U0001f949\U0001f4a5\U0001f3c6\u26a1]\ufe0f?"
)
SHORTCODE = re.compile(r":[a-z0-9_+]+:")
NUMBER = re.compile(r"^\(?\d{1,3}\s*[.)、:]\s+|#\d+\s+")
EDGE = " \t\r\n.,;:：。，、；·•|/&-–—\u200b\ufeff"
EDGE_OF_NOTES = EDGE.replace(".", "")
CLOSING = re.compile(r"\s*[(\[（【](?P<inner>[^()\[\]（）【】]*(?:\([^()]*\)[^()\[\]]*)?)[)\]）】]\s*[.,:;]?\s*$")
_ENDS_IN_BRACKET = re.compile(r"[)\]）】]\s*[.,:;]?\s*$")
_MOST_CLOSINGS = 8
"""Brackets at the end of a title. Real titles have three at most; hostile ones are nothing but brackets."""
AT = re.compile(r"[@＠]")
BY = re.compile(r"\(?\s*(?:by|from|author(?:s)?|presented by|written by|作者)\s*[:：]?\s+", re.IGNORECASE)
ALNUM = re.compile(r"[^\W_]")
_STATUS = re.compile(
    r"(?:oral|spotlight|poster|highlight|best (?:paper|student).*|outstanding.*|accepted.*"
    r"|new|updated?|coming soon|wip|recommended|survey|withdrawn|award.*)",
    re.IGNORECASE,
)
_TRAILING = tuple(
    re.compile(
        rf"(?P<before>[^\s,|–—-]*)(?P<gap>\s*(?:[,|]|\s[-–—])\s+|\s+)(?P<venue>{name}\s?(?:['’]\s?)?\d{{2,4}})\s*$"
    )
    for name in (r"[A-Z][\w&.-]*+ [A-Z][A-Za-z&.-]*+", r"[A-Z][A-Za-z&.-]*+")
)
"""A venue of two words, or of one, with its year at the end of a title."""
_MARKED_YEAR = re.compile(r"['’]\s?\d\d$")
_LONGEST_TRAILING = 48
_LEADS_TO_VENUE = frozenset("a an the of on in at for to from and by with".split())
_MANY = 3
_LONGEST_TITLE = 25
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d[a-z]?")
_CERTAIN = 3
"""`venues.people` of a row of names that nothing else can be, as `Text, Image, Video` can."""
GAP = re.compile(
    r"[\s,，|:；。](?:(?<=\s)(?:(?=[\s,，|；。–—•·/~-])(?:(?<!  )(?<= ) ++(?=[A-Z])"
    r"|(?<!\s\s)(?:(?<=[.;|。；]\s)\s*|\s*[,，]\s+|\s*[-–—|•·/~]+\s+|\s*[|；，。]\s*)|(?<=\n)\n*)"
    r"|(?<=[.;|。；]\s)(?<!\s\s)|(?<=\n))"
    r"|(?<=[,，])\s+|(?<=:)\s+|(?<=[|；，。])\s*)"
)
"""Two blanks before a capital; blanks after a full stop; a comma, a dash or a colon with blanks; a line break.

It begins with one set of characters, so that the search runs in C from one to the next, and sees by the next character
that a blank only stands between words: a fifth of the time of the plain alternation. It tries a run of blanks once, so
that many blanks cost linear time.
"""
_ABBREVIATED = re.compile(
    r"(?:\b(?:al|vs|etc|cf|e\.g|i\.e|Proc|Int|Conf|Trans|J|Vol|No|pp|St|Dr|Mr|Jr|Sr|Inc|Ltd|Ph\.D|Eng|Sci|Biol|Chem|Comput|Syst|Med|Rev|Lett|Nat|Adv|Annu|Acad)|\b[^\W\d_]|^\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.$"
)
_END_OF_PEOPLE = re.compile(r"(?:\bet al\b\.?,?\s*|\betc\b\.?,?\s+|\b[A-Z]\.,?\s+)(?=[A-Z]|ar[Xx]iv|bioR)")
_FINDINGS = re.compile(r"(?:Findings of(?: the)?|in) \w+$|\bFindings$")
QUOTED = re.compile(r"[\"“](?P<title>[^\"“”]{12,}?)[.,]?[\"”]")
NOTHING = re.compile(r"[\W_]*(?:n/?a|none|无|tbd|authors tbd)?[\W_]*", re.IGNORECASE)


def may_hold_by(text: str) -> bool:
    """Whether `BY` may stand in a text: a quick no for most phrases."""
    lowered = text.lower()
    return "by" in lowered or "from" in lowered or "author" in lowered or "作者" in lowered


def may_hold_marks(text: str) -> bool:
    return not text.isascii() or SHORTCODE.search(text) is not None


def tidy(text: str) -> str:
    """A title without the marks, separators and the full stop around it."""
    text = (MARKS.sub("", text) if may_hold_marks(text) else text).strip()
    text = text.strip(" \t\r\n,;:：，；、|-–—\u200b")
    while text.endswith((".", "。")) and not text.endswith("..."):
        text = text[:-1].rstrip()
    if text[:1] in '"“' and text[-1:] in '"”' and len(text) > 2:
        text = text[1:-1].strip().rstrip(".")
    if text[:1] == "《" and text.find("》") == len(text) - 1:
        text = text[1:-1].strip()
    return text


def closing_kind(inner: str) -> str | None:
    """What a bracket says beside a title: `year`, `venue`, `authors`, `status`; None where it belongs to the text."""
    shown = inner.strip(EDGE + "*_")
    if not shown:
        return "status"
    if venues.year(shown) is not None:
        return "year"
    if AT.match(shown) or BY.match(shown):
        return "authors"
    if venues.venue(shown, True) is not None and not shown.isdigit():
        return "venue"
    if venues.people(shown) >= 2 and ("et al" in shown or "," in shown):
        return "authors"
    pieces = [piece for piece in re.split(r"[,;]\s+", shown) if piece]
    if len(pieces) > 1 and any(closing_kind(piece) in ("year", "venue") for piece in pieces):
        return "venue"
    return "status" if _STATUS.fullmatch(shown) else None


def without_closing(text: str, keep_year: bool) -> tuple[str, str]:
    """A title without the facts at its end, in brackets or not, and what was taken off."""
    dropped = ""
    for _ in range(_MOST_CLOSINGS):
        closing = CLOSING.search(text) if _ENDS_IN_BRACKET.search(text, max(0, len(text) - 40)) else None
        if closing is None or closing.start() == 0:
            break
        kind = closing_kind(closing["inner"])
        if kind is None or (kind == "year" and keep_year):
            break
        if kind == "venue" and keep_year and venues.venue(closing["inner"]) is None:
            break  # of a link's own text, only a known venue is taken off
        dropped = text[closing.start() :].strip() + dropped
        text = text[: closing.start()]
    trailing = trailing_venue(text)
    if trailing is not None:
        dropped = trailing["venue"] + dropped
        text = text[: trailing.start("gap")]
    return text, dropped


def trailing_venue(text: str) -> re.Match[str] | None:
    """The venue at the end of a title that stands in no brackets: `A Title MLSYS'23`, `A Title, CVPR 2020`.

    Only a known one counts, and without a separator before it only one whose year an apostrophe marks.
    """
    if not text.rstrip()[-2:].isdigit():
        return None
    for pattern in _TRAILING:
        found = pattern.search(text, max(0, len(text) - _LONGEST_TRAILING))
        if found is None or not venues.is_known(found["venue"]):
            continue
        parted = found["gap"].strip() or (
            _MARKED_YEAR.search(found["venue"]) and found["before"] not in _LEADS_TO_VENUE
        )
        if parted and len(text[: found.start("gap")].split()) >= WORDS_OF_TITLE - 1:
            return found
    return None


def is_citation(text: str, quoted: re.Match[str]) -> bool:
    """Whether a quoted span in a link's text is the title, with people, a year or a venue before or after it."""
    before, after = text[: quoted.start()].strip(EDGE), text[quoted.end() :].strip()
    if before:
        return bool(venues.people(before)) or venues.venue(before, True) is not None or venues.year(before) is not None
    return after[:1] in (",", ".", "(") or BY.match(after) is not None


def phrases_of(raw: str) -> list[Span]:
    """The pieces of a text between separators; a full stop after an abbreviation or an initial separates nothing."""
    found: list[Span] = []
    start = 0
    for gap in GAP.finditer(raw):
        at, after = gap.span()
        if at > start:
            if (raw[at - 1] == "." or raw[at] == ":") and _goes_on(raw[max(start, at - 30) : at], raw[at]):
                continue
            found.append(Span(start, at))
        start = after
    if start < len(raw):
        found.append(Span(start, len(raw)))
    return found


def _goes_on(before: str, gap: str) -> bool:
    """Whether a full stop or a colon separates nothing: after an abbreviation, in `Findings of ACL: EMNLP`."""
    if before.endswith(".") and not before.endswith("al.") and _ABBREVIATED.search(before):
        return True
    return gap == ":" and _FINDINGS.search(before) is not None


def before_year(raw: str, phrases: list[Span], number: int) -> bool:
    return (
        number + 1 < len(phrases) and venues.year(raw[phrases[number + 1].start : phrases[number + 1].end]) is not None
    )


def is_alone(raw: str, phrases: list[Span], number: int, sure: bool) -> bool:
    """Whether a phrase stands where a venue does: after people, before a year or at the end."""
    return sure and (before_year(raw, phrases, number) or number == len(phrases) - 1)


def people_then_venue(shown: str) -> int | None:
    """`Chenfei Wu et al. arXiv`, `Cameron S. Robot Soccer World Cup`: where the people end."""
    if "." not in shown and "et" not in shown:
        return None
    for stop in _END_OF_PEOPLE.finditer(shown):
        if venues.people(shown[: stop.end()].strip()) and not venues.people(shown):
            return stop.end()
    return None


def is_fact(shown: str) -> bool:
    """Whether a phrase is a date or a venue, and no title."""
    return bool(shown) and (
        venues.year(shown) is not None or (venues.venue(shown) is not None and len(shown.split()) < 6)
    )


def skip_authors(raw: str, phrases: list[Span], facts: list[bool]) -> int:
    """The first phrase that may begin the title: past facts, and past people where they stand first.

    People are three names or more, or names that a full stop or a year ends; and something must be left after them.
    """
    first = 0
    while first < len(facts) and facts[first]:
        first += 1
    run = first
    while run < len(phrases) and venues.people(raw[phrases[run].start : phrases[run].end].strip(EDGE)):
        run += 1
    if run >= len(phrases) or run == first:
        return first
    names = raw[phrases[first].start : phrases[run - 1].end]
    many = run - first >= _MANY
    dotted = raw[: phrases[run].start].rstrip().endswith(".") or before_year(raw, phrases, run - 1)
    if not (many or (dotted and venues.people(names) > 1) or _is_reference(raw, phrases, facts, first)):
        return first
    while run < len(phrases) and facts[run]:
        run += 1
    return run if run < len(phrases) else first


def _is_reference(raw: str, phrases: list[Span], facts: list[bool], first: int) -> bool:
    """Whether one name begins a reference as bibliographies write it: `Ada Lark. 2016. A title of some words. In …`.

    One name alone may be a title, so all of it must be there, the place of publication too.
    """
    sentences = [n for n in range(first + 1, len(phrases)) if raw[phrases[n - 1].end - 1] == "."]
    if len(sentences) < 3 or sentences[:2] != [first + 1, first + 2]:
        return False
    year, title, place = sentences[:3]
    words = raw[phrases[title].start : phrases[place - 1].end].strip(EDGE)
    return (
        _YEAR_ALONE.fullmatch(raw[phrases[year].start : phrases[year].end].strip(EDGE)) is not None
        and len(words.split()) >= WORDS_OF_TITLE
        and not facts[title]
        and not venues.people(words)
        and (facts[place] or raw.startswith("In ", phrases[place].start))
    )


def ends_title(raw: str, phrases: list[Span], facts: list[bool], index: int, heading: bool) -> bool:
    """Whether a phrase is no part of the title before it: a fact, or the first of several people.

    In a heading `|` is no end: all of it is the title, but for facts and people.
    """
    if facts[index]:
        return True
    text = raw[phrases[index].start : phrases[index].end]
    between = raw[phrases[index - 1].end : phrases[index].start]
    if "|" in between or " / " in between or "•" in between:
        return not heading or venues.people(text.strip(EDGE)) > 1
    if "  " in between and len(raw.split()) > _LONGEST_TITLE:
        return True  # two blanks between a title and the sentences that tell of it
    stopped = raw[: phrases[index].start].rstrip().endswith(".")
    people = venues.people(text.strip(EDGE))
    following = raw[phrases[index].start : phrases[min(len(phrases), index + 3) - 1].end]
    if stopped and people and (venues.people(following) >= 2 or (index + 1 < len(phrases) and facts[index + 1])):
        return True
    if people and "," in between and index + 2 < len(phrases):
        run = [venues.people(raw[p.start : p.end].strip(EDGE)) for p in phrases[index:]]
        ended = next((n for n, sure in enumerate(run) if not sure), len(run))
        at_end = index + ended >= len(phrases) or facts[index + ended]
        if ended < _MANY or not at_end or "&" in following:
            return False
        names = raw[phrases[index].start : phrases[index + ended - 1].end]
        return index + ended < len(phrases) or venues.people(names) == _CERTAIN
    return False


def key_of(text: str) -> str:
    """What names the bare URL after it: `Project website: https://…`, `地址：https://…`."""
    words = re.split(r"[,;。，；.|]", text.strip(" \t:：-–—"))[-1].split()
    return " ".join(words[-3:])
