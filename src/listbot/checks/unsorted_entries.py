"""unsorted-entries: an entry out of the order that its section has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from listbot import campaigns, dates
from listbot.document import Document, Entry
from listbot.finding import Finding, Related
from listbot.habits import in_body
from listbot.rule import Context
from listbot.source import Span
from listbot.subsequences import longest_sorted

_ENOUGH = 10
_SEVERAL, _AGAIN = 3, 2
"""So many years, each so often, are no chance where they stand in order."""
_HOUSE_STYLE = 0.95
_JUDGED = 0.9
"""So many of a list's entries show what it is sorted by."""
_NOT_LETTER = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
_ARTICLE = re.compile(r"\W*(?:the|an?)\s+")
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|(?<=['’])\d\d)(?!\d)")
_ONLY_DATE = re.compile(r"\W*(?:19|20)\d\d[-./]\d\d?(?:[-./]\d\d?)?\W*")
_READ_OUT = re.compile(r"[^\W\d_][#♯+]")
"""`C#` and `C++` stand where they are spelled, and in some lists where they are spoken."""
_MARKS = "-*+ \t"
_COLLATION = {ord(sign): chr(1 + at) for at, sign in enumerate(" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$")}
"""Signs in the order of Unicode's collation, before digits and letters
(https://www.unicode.org/charts/collation/)."""
_Key = Any


class Options(NamedTuple):
    by: Literal["learned", "title", "date", "latest", "year", "newest"]
    """What the entries of each list are sorted by; learned: what nearly all of them are sorted by already."""


def check(context: Context) -> Iterator[Finding]:
    document, by = context.document, context.options.by
    for entries in _runs(document):
        orders = _ORDERS if by == "learned" else {by: _ORDERS[by]}
        for name, key in orders.items():
            finding = list(_outliers(document, entries, name, key(document, entries), learned=by == "learned"))
            if finding:
                yield from finding
                break


def _runs(document: Document) -> list[list[Entry]]:
    """The entries of each list or table of the body, its own ones only.

    Lists that nothing parts but an entry without its bullet are one list to a reader, and the entry is one of it.
    What the owner advertises stands where the owner wants it.
    """
    advertising = campaigns.own(document)
    first = _first_of_its_row(document)
    owner: dict[int, int] = {}
    for index, block in enumerate(document.blocks):
        if block.kind in ("item", "row") and block.mark not in (".", ")"):
            owner.setdefault(block.span.start, block.parent)
        elif block.kind == "paragraph" and index in first:
            owner.setdefault(block.span.start, index)
    runs: dict[int, list[Entry]] = {}
    for entry in document.entries:
        own = owner.get(entry.span.start)
        advertised = any(campaigns.of(link.link.target) in advertising for link in entry.links)
        if own is not None and not advertised and in_body(document, entry.span.start):
            runs.setdefault(first.get(own, own), []).append(entry)
    return list(runs.values())


def _first_of_its_row(document: Document) -> dict[int, int]:
    """From a list, or an entry between lists that lost its bullet, to the first of the lists that stand right behind
    each other with it, all by index."""
    first: dict[int, int] = {}
    last_below: dict[int, int] = {}
    since: dict[int, list[int]] = {}
    entries = {entry.span.start for entry in document.entries if entry.kind == "paragraph"}
    for index, block in enumerate(document.blocks):
        before = last_below.get(block.parent)
        if block.kind == "list":
            first[index] = first.get(before, index) if before is not None else index
            if before is not None:
                first |= dict.fromkeys(since[block.parent], first[index])
            last_below[block.parent], since[block.parent] = index, []
        elif block.kind == "paragraph" and block.span.start in entries:
            since.setdefault(block.parent, []).append(index)
        else:
            last_below.pop(block.parent, None)
    return first


def _outliers(
    document: Document, entries: Sequence[Entry], name: str, keys: Sequence[_Key], *, learned: bool
) -> Iterator[Finding]:
    keyed = [(found, entry) for found, entry in zip(keys, entries, strict=True) if found is not None]
    if learned and (len(keyed) < max(_ENOUGH, _JUDGED * len(entries)) or not _is_telling(document, name, keyed)):
        return
    if name == "title":
        keyed = [(found, entry) for found, entry in keyed if not _READ_OUT.search(entry.title or "")]
    kept = longest_sorted([found for found, _ in keyed])
    also = longest_sorted([(_as_written(entry), found) for found, entry in keyed]) if name == "title" else kept
    stray = [at for at in range(len(keyed)) if at not in kept and at not in also]
    if name == "title" and stray:
        stray = _out_of_place(document, [entry for _, entry in keyed], stray)
    if learned and len(stray) > max(1, (1 - _HOUSE_STYLE) * len(keyed)):
        return
    if learned and min(len(kept), len(also)) < _JUDGED * len(keyed):
        return
    for at in stray:
        if learned and at == 0 and name != "title":
            continue  # put first on purpose, whatever its age
        found, entry = keyed[at]
        after = [other for other in sorted(kept) if keyed[other][0] <= found]
        place = keyed[after[-1]][1] if after else None
        where = f"after “{_short(place)}”" if place is not None else "first"
        reason = (
            f"{len(keyed) - len(stray)} of {len(keyed)} entries here are sorted by {_SAYS[name]}"
            if learned
            else f"the configuration says that entries are sorted by {_SAYS[name]}"
        )
        related = (Related(place.span, "its place is after this one"),) if place is not None else ()
        end = min(entry.span.end, document.source.line_span(entry.first).end)
        yield Finding(Span(entry.span.start, end), f"{reason}; this one belongs {where}", name, related=related)


def _out_of_place(document: Document, entries: Sequence[Entry], stray: list[int]) -> list[int]:
    """Which of those that are out of order by title are so by no other order of titles either.

    Editors and `sort` order whole lines, in which what follows a title counts: `Lark.py]`, `Lark]`. That excuses an
    entry where the list is sorted so for the most part.
    """
    for written in (_line, _collated):
        placed = longest_sorted([written(document, entry) for entry in entries])
        if len(placed) >= _JUDGED * len(entries):
            stray = [at for at in stray if at not in placed]
    if any(_has_article(entries[at]) for at in stray):
        placed = longest_sorted([_without_article(entry) for entry in entries])
        stray = [at for at in stray if not (at in placed and _has_article(entries[at]))]
    return stray


def _is_telling(document: Document, name: str, keyed: Sequence[tuple[_Key, Entry]]) -> bool:
    """Whether keys in order show that somebody sorted: many differ; or several years that come again and again do, and
    no entry has another year beside its own."""
    counts = Counter(key for key, _ in keyed)
    if len(counts) >= _ENOUGH // 2:
        return True
    several = sum(count >= _AGAIN for count in counts.values()) >= _SEVERAL
    texts = (document.prose[entry.span.start : entry.span.end] for _, entry in keyed)
    return name in ("year", "newest") and several and all(len(set(_YEAR.findall(text))) < 2 for text in texts)


def _short(entry: Entry) -> str:
    title = entry.title or ""
    return title if len(title) <= 40 else title[:39] + "…"


# What entries may be sorted by ---------------------------------------------------------------------------------------


def _titles(_: Document, entries: Sequence[Entry]) -> list[_Key]:
    return [_title(entry) for entry in entries]


def _title(entry: Entry) -> str | None:
    """A title's letters and digits. One that begins with neither has no place in the alphabet that all agree on."""
    shown = _NOT_LETTER.sub("", (entry.title or "").casefold())
    return shown if _LETTER.match(shown) and shown.isascii() else None


def _as_written(entry: Entry) -> str:
    """A title in the other common order, in which blanks and hyphens count: an entry is out of order in both or not."""
    return (entry.title or "").casefold()


def _line(document: Document, entry: Entry) -> str:
    """The line of an entry behind its mark, as `sort` sees it, but for case."""
    line = document.source.line_span(entry.first)
    return document.source.text[entry.span.start : line.end].lstrip(_MARKS).casefold()


def _collated(document: Document, entry: Entry) -> str:
    """The same in the order of signs that dictionaries of computers have, where `_` comes before `-` and `.`."""
    return _line(document, entry).translate(_COLLATION)


def _has_article(entry: Entry) -> bool:
    return _ARTICLE.match((entry.title or "").casefold()) is not None


def _without_article(entry: Entry) -> str:
    """A title as libraries sort it: `The Lark` under L, where it is not wrong either."""
    return _NOT_LETTER.sub("", _ARTICLE.sub("", (entry.title or "").casefold(), count=1))


def _dates(document: Document, entries: Sequence[Entry]) -> list[_Key]:
    """Days where every date has one, else months."""
    columns = _date_cells(document) if any(entry.kind == "row" for entry in entries) else {}
    found = [_date(document, entry, columns) for entry in entries]
    if all(date is None or date.day for date in found):
        return list(found)
    return [date and date[:2] for date in found]


def _date(document: Document, entry: Entry, columns: Mapping[int, str]) -> dates.Date | None:
    """The date that an entry states where it states its year or venue, or alone in a column."""
    spans = [span for span in (entry.spans.year, entry.spans.venue) if span is not None]
    texts = [document.source[span] for span in spans] + [columns.get(entry.span.start, "")]
    return next((found for text in texts if (found := dates.find(text)) is not None), None)


@lru_cache(maxsize=1)
def _date_cells(document: Document) -> dict[int, str]:
    """From where a row starts to its first cell that is nothing but a date."""
    cells: dict[int, str] = {}
    for block in document.blocks:
        if block.kind == "cell" and _ONLY_DATE.fullmatch(block.text):
            cells.setdefault(document.blocks[block.parent].span.start, block.text)
    return cells


def _latest(document: Document, entries: Sequence[Entry]) -> list[_Key]:
    return [date and tuple(-part for part in date) for date in _dates(document, entries)]


def _years(_: Document, entries: Sequence[Entry]) -> list[_Key]:
    return [entry.year for entry in entries]


def _newest(_: Document, entries: Sequence[Entry]) -> list[_Key]:
    return [None if entry.year is None else -entry.year for entry in entries]


_ORDERS: dict[str, Callable[[Document, Sequence[Entry]], list[_Key]]] = {
    "title": _titles,
    "date": _dates,
    "latest": _latest,
    "year": _years,
    "newest": _newest,
}
_SAYS = {
    "title": "title",
    "date": "date, the oldest first",
    "latest": "date, the latest first",
    "year": "year, the oldest first",
    "newest": "year, the newest first",
}
