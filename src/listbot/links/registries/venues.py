"""Sites of proceedings: one page lists all papers of a conference, so one request tells of all of them.

Which pages those are is in `rules/data/venue_pages.toml`. The links of a page are read as works, so that whatever the
spelling there, a paper that is linked is found. A paper that is not on the page is asked for at its own: the page
would have to list it, and with a 404 there both agree that it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urljoin

from listbot import proceedings, tables, works
from listbot.links.registries import Absent, Link, Registry, Request, Settings, Word, text_of
from listbot.links.transport import Answer
from listbot.liveness import Record

_FEWEST_WORDS = 3
"""A shorter text of a link may be a label: `abs`, `Download PDF`."""
_MOST_PIECES = 50


class Page(NamedTuple):
    """A kind of page that lists papers: a row of the table."""

    name: str
    """What is shown as the source."""
    host: str
    work: re.Pattern[str]
    """Matches the ids of works that such pages list."""
    path: str
    """Where the page is, made of the groups of `work`, and of those in capitals."""
    titles: str
    """Where titles stand: `in the link`, or in an element of class `title` `before it`."""


@cache
def pages() -> tuple[Page, ...]:
    """All rows. To be confirmed live: that the pages are there for every year; where one is not, nothing is said."""
    rows = tables.load("venue_pages")["page"]
    return tuple(Page(row["name"], row["host"], re.compile(row["work"]), row["path"], row["titles"]) for row in rows)


class Venue(Registry):
    """A site of proceedings; ids are those of works, and a group is a page."""

    batch = 1_000
    interval = 1.0

    def __init__(self, page: Page, settings: Settings = Settings()) -> None:  # noqa: B008 - a frozen record
        self.name, self.host, self._page = page.name, page.host, page
        super().__init__(settings)

    def identifier(self, link: Link) -> str | None:
        work = works.of(link.url)
        return work.id if work is not None and self._page.work.fullmatch(work.id) else None

    def group(self, identifier: str) -> str:
        match = self._page.work.fullmatch(identifier)
        if match is None:
            return ""
        groups: dict[str, Any] = match.groupdict()
        return self._page.path.format_map(groups | {name.upper(): value.upper() for name, value in groups.items()})

    def request(self, ids: Sequence[str]) -> Request:
        return Request("GET", f"{self.base}{self.group(ids[0])}", {"Accept": "text/html"})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        """Nothing where there is no such page, or where it lists no papers: asking for it again would not help."""
        if answer.status != 200:
            return {}
        listed = _Listed(f"https://{self.host}{self.group(ids[0])}", self._page.titles)
        listed.feed(answer.text)
        if not any(map(self._page.work.fullmatch, listed.titles)):
            return {}
        return {name: _word(name, listed.titles[name]) if name in listed.titles else Absent() for name in ids}

    def judged(self, link: Link, word: Word) -> Word | None:
        """A page lists papers; whether a PDF is where its URL says is another question, but for sites where both are
        made of one name."""
        work = works.of(link.url)
        return word if work is not None and (work.landing is not None or work.form == "landing") else None


def _word(work: str, title: str) -> Word:
    """Where a paper appeared, its id says: `usenix:osdi24/…` at OSDI 2024. A volume of PMLR is a number."""
    volume = proceedings.of(work)
    if volume is None:
        return Word(record=Record(title=title))
    return Word(record=Record(title=title, year=volume.year, venue=f"{_as_written(volume.names[0])} {volume.year}"))


@cache
def _as_written(name: str) -> str:
    """A name in lower case as venues are written: `neurips` is NeurIPS."""
    return next((known for known in tables.load("venues")["names"] if known.lower() == name), name.upper())


class _Listed(HTMLParser):
    """The works that a page links, each with its title, where that can be told."""

    def __init__(self, place: str, titles_stand: str) -> None:
        super().__init__(convert_charrefs=True)
        self.titles: dict[str, str] = {}
        self._place = place
        self._in_link = titles_stand == "in the link"
        self._work: str | None = None
        self._before = ""
        self._open = ""
        """The kind of element whose text is being read."""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self._work = self._work_of(given.get("href") or "")
        elif self._in_link or "title" not in (given.get("class") or "").split():
            return
        self._open, self._text = tag, []

    def handle_endtag(self, tag: str) -> None:
        if tag != self._open:
            return
        text = text_of(" ".join(self._text))
        if self._work is not None:
            title = self._title(text)
            self.titles[self._work] = max(self.titles.get(self._work, ""), title, key=len)
        elif tag != "a":
            self._before = text
        self._open, self._work = "", None

    def handle_data(self, data: str) -> None:
        if self._open and len(self._text) < _MOST_PIECES:
            self._text.append(data)

    def _title(self, text: str) -> str:
        """The title of the paper that was linked with a text; empty where that may be a label."""
        if self._in_link:
            return text if len(text.split()) >= _FEWEST_WORDS else ""
        title, self._before = self._before, ""
        return title

    def _work_of(self, href: str) -> str | None:
        try:
            work = works.of(urljoin(self._place, href[:1_000]))
        except ValueError:
            return None
        return work.id if work is not None else None
