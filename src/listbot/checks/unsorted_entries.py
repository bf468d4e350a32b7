"""unsorted-entries: an entry out of the order that its section has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from listbot import dates
from listbot.document import Document, Entry
from listbot.finding import Finding, Related
from listbot.habits import in_body
from listbot.rule import Context
from listbot.source import Span
from listbot.subsequences import longest_sorted

_ENOUGH = 10
_HOUSE_STYLE = 0.95
_JUDGED = 0.9
"""So many of a list's entries show what it is sorted by."""
_NOT_LETTER = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
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
    """
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
        if own is not None and in_body(document, entry.span.start):
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
    if len({found for found, _ in keyed}) < (_ENOUGH // 2 if learned else 2):
        return
    kept = longest_sorted([found for found, _ in keyed])
    also = longest_sorted([(_as_written(entry), found) for found, entry in keyed]) if name == "title" else kept
    stray = [at for at in range(len(keyed)) if at not in kept and at not in also]
    if learned and (
        len(keyed) < max(_ENOUGH, _JUDGED * len(entries)) or len(stray) > max(1, (1 - _HOUSE_STYLE) * len(keyed))
    ):
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


def _dates(document: Document, entries: Sequence[Entry]) -> list[_Key]:
    """Days where every date has one, else months."""
    found = [_date(document, entry) for entry in entries]
    if all(date is None or date.day for date in found):
        return list(found)
    return [date and date[:2] for date in found]


def _date(document: Document, entry: Entry) -> dates.Date | None:
    """The date that an entry states where it states its year or venue."""
    spans = [span for span in (entry.spans.year, entry.spans.venue) if span is not None]
    return next((found for span in spans if (found := dates.find(document.source[span])) is not None), None)


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
