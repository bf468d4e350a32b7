"""What is said of what stands behind a title: another separator than usual, none, or one without its blank."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from listbot import entry_habits, lexicon, separator
from listbot.checks.entry_format.outliers import Outlier, in_line, is_house_style
from listbot.document import Entry
from listbot.entry_habits import Body
from listbot.finding import Edit, Finding, Fix
from listbot.habits import majority
from listbot.section_roles import RELATED
from listbot.source import Span

_SEPARATOR = re.compile(r"\s*([-–—:：|,，.;>~→]+)(?:\s|$)")
_MEANT_ALIKE = separator.DASHES | frozenset(":：")
"""Separators that stand for each other; behind `|` or a comma comes another part of the entry."""
_JOINTS = frozenset("-–—:.,")
_CLOSED_TITLE = ("?", "!", ".", ":")
_GOES_ON = "->/"
"""Behind a dash or a colon: an arrow, a URL."""
_ARTICLE = re.compile(r"(?:an?|the)\s")
_WORD = re.compile(r"[^\W\d_]{4,}(?=\s)")
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{4}")


def between(body: Body, outlier: Outlier) -> Finding | None:
    """What stands between title and notes."""
    found = separator.of_entry(body.document, outlier.entry)
    this, most = _core(outlier.what), _core(outlier.most.what)
    if found is None or outlier.entry.kind == "row":
        return None
    if not this:
        return _lacks(body, outlier, found.span, most) if most else None
    at = body.document.source.text.index(this, found.span.start)
    core = Span(at, at + len(this))
    if not set(this + most) <= _MEANT_ALIKE:
        return None
    if not most:
        reason = outlier.counted("entries", "have nothing between title and notes")
        return Finding(core, f"{reason}; this one has '{this}'", "trifle") if outlier.stands_out else None
    return _without_blank(body, outlier, core) if this == most else _another(outlier, core, most)


def dashes_of_related(body: Body) -> Iterator[Finding]:
    """Another dash in a section of related lists that has the list's own, too; else it has a form of its own."""
    most = majority(observation.what for observation in entry_habits.separators(body))
    if most is None or not is_house_style(most) or most.what.strip() not in separator.DASHES:
        return
    related: dict[int, list[tuple[separator.Separator, Entry]]] = defaultdict(list)
    for entry in body.document.entries:
        found = separator.of_entry(body.document, entry)
        if found is not None and entry.section >= 0 and body.document.sections[entry.section].role == RELATED:
            related[entry.section].append((found, entry))
    for group in related.values():
        usual = sum(found.text == most.what for found, _ in group)
        for found, entry in group if usual else ():
            if found.text.strip() in separator.DASHES - {most.what.strip()}:
                outlier = Outlier(found.text, entry, most, usual, len(group))
                at = body.document.source.text.index(found.text.strip(), found.span.start)
                yield _another(outlier, Span(at, at + 1), most.what.strip())


def _another(outlier: Outlier, core: Span, most: str) -> Finding:
    this = _core(outlier.what)
    fix = Fix(f"write '{most}'", (Edit(core, most),), safe=True) if {this, most} <= separator.DASHES else None
    reason = outlier.counted("entries", f"separate title and notes with '{outlier.most.what}'")
    return Finding(core, f"{reason}; this one with '{this}'", "separator", fix=fix)


def _without_blank(body: Body, outlier: Outlier, core: Span) -> Finding | None:
    """A blank that lacks on one side or on both; one too many is hardly seen."""
    text, usual = body.document.source.text, outlier.most.what
    before = usual[:1].isspace() and not text[core.start - 1].isspace()
    behind = usual[-1:].isspace() and not text[core.end].isspace() and text[core.end] not in _GOES_ON
    if not (before or behind):
        return None
    side = "on both sides" if before and behind else "before it" if before else "behind it"
    fix = Fix(
        "put a blank here", (Edit(core, f"{' ' * before}{text[core.start : core.end]}{' ' * behind}"),), safe=True
    )
    reason = outlier.counted("entries", f"separate title and notes with '{usual}'")
    return Finding(core, f"{reason}; here the blank {side} is missing", "separator", fix=fix)


def _lacks(body: Body, outlier: Outlier, span: Span, most: str) -> Finding | None:
    """Notes that begin right behind the title's link.

    They are a sentence of their own where they begin with a capital, a digit, an article or in Chinese, and where no
    blank parts their first word from the link; `[it](…) reads text` goes on, and where the separator stands further
    behind, the words before it belong to the title: `[Lark](…) Pro - reads text`.
    """
    notes, end = outlier.entry.spans.notes, separator.title_end(outlier.entry)
    linked = any(part.link.span.end == end for part in outlier.entry.links)
    if (
        notes is None
        or not linked
        or not outlier.stands_out
        or outlier.what.strip()
        or "\n" in body.document.source[span]
    ):
        return None
    said = body.document.source[in_line(body, notes)]
    title_closed = most == "." and (outlier.entry.title or "").endswith(("?", "!", "."))
    begins = _begins_a_sentence(said) or (outlier.what == "" and _is_glued(said, outlier.entry.title or ""))
    if title_closed or not begins or re.search(rf"{re.escape(most)}\s", said):
        return None
    reason = outlier.counted("entries", f"separate title and notes with '{outlier.most.what}'")
    fix = Fix(f"write '{most}' between them", (Edit(span, outlier.most.what),), safe=False)
    return Finding(span, f"{reason}; this one with nothing", "separator", fix=fix)


def _begins_a_sentence(said: str) -> bool:
    begins = said[:1].isupper() or said[:1].isdigit() or _ARTICLE.match(said) is not None
    return (begins and len(said.split()) > 1) or _CHINESE.match(said) is not None


def _is_glued(said: str, title: str) -> bool:
    """Whether a word that stands close behind a link is one of its own, and no ending of the title: `[API](…)s`."""
    word = _WORD.match(said)
    return word is not None and (word[0].casefold() in title.casefold().split() or lexicon.knows(word[0]))


def notes_behind(body: Body, outlier: Outlier) -> Finding | None:
    """A dash with nothing behind it; items below it are what it leads to."""
    span = separator.without_notes(body.document, outlier.entry)
    if span is None or _has_items(body, outlier.entry):
        return None
    reason = outlier.counted("dashes", "have notes behind them")
    return Finding(span, f"{reason}; this one has nothing", "separator")


def _has_items(body: Body, entry: Entry) -> bool:
    """Whether anything stands below an item, in it."""
    item = body.items.get(entry.span.start)
    return item is None or item.last > entry.last


def _core(between: str) -> str:
    """The separator itself; what stands between it and the notes (an emoji, the dot of `.NET`) is no part of it."""
    match = _SEPARATOR.match(between)
    return match[1] if match else ""


def title_joint(body: Body, outlier: Outlier) -> Finding | None:
    """What lacks, or is another, between a title and the authors or the venue behind it.

    Another separator is usual at another kind of entry; blanks beside a full stop or a comma are `spacing`'s.
    """
    span = entry_habits.title_joint(body.document, outlier.entry)
    usual, this = outlier.most.what.strip(), outlier.what.strip()
    if span is None or not outlier.stands_out or usual == this or usual not in _JOINTS:
        return None
    title, behind = body.document.source.text[: span.start], body.document.source.text[span.end]
    reason = outlier.counted("titles", f"are followed by '{outlier.most.what}'")
    if not this:
        if title.endswith(_CLOSED_TITLE) or not (behind.isupper() or behind.isdigit()):
            return None
        return Finding(span, f"{reason}; here '{usual}' is missing", "separator")
    if {this, usual} <= {",", "."}:
        return Finding(span, f"{reason}; this one by '{outlier.what}'", "trifle")
    return None
