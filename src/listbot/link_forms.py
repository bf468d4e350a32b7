"""How a list spells its links to works: page or PDF, which host, which view of a page.

Each *property* is one question with a few answers, asked of every link that has one: `arXiv form` is `abs`, `pdf`,
`pdf.pdf` or `html`; `acm form` is `landing` or `pdf`; `acm view` is `doi`, `abs` or `full`. What most links answer is a
habit (`habits.py`); `listbot style` shows it and pdf-link-format holds the rest to it. The spellings are in
`rules/data/families.toml` and `rules/data/link_forms.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from listbot import tables, works
from listbot.document import Document, Link
from listbot.habits import Observation, in_body
from listbot.source import Span

ARXIV_HOST = "arxiv.org"
ARXIV_FORMS = frozenset({"abs", "pdf", "pdf.pdf", "html"})
PAGE, PDF = "landing", "pdf"
_PDF_FORMS = frozenset({"pdf", "pdf.pdf", "epdf", "pdfdirect"})
_ENOUGH_OF_A_FAMILY = 10
"""Fewer links of a family say little about what the list wants of the next one; arXiv's are habits from five on."""
_SAYS_FORM = re.compile(r"\b(?:pdf|abs|abstract|html)\b", re.IGNORECASE)
_README = re.compile(r"#readme", re.IGNORECASE)


class Use(NamedTuple):
    """A link to a work at one of its family's own hosts, taken apart."""

    link: Link
    work: works.Work
    scheme: str
    host: str
    """In lower case, as written: `www.` is kept."""

    @property
    def kind(self) -> str:
        """`pdf` or `landing`."""
        return PDF if is_pdf(self.work) else PAGE

    @property
    def in_family(self) -> bool:
        """Whether the host is of the work's own family: not a resolver's, not a mirror's."""
        return works.family_of_host(self.host.removeprefix("www.")) == self.work.family


def is_pdf(work: works.Work) -> bool:
    """Whether a link's form is the PDF, and not the page, of a work."""
    return work.form in _PDF_FORMS


def name(family: str) -> str:
    """A family's name as people write it."""
    return str(tables.load("link_forms")["names"].get(family, family))


def views(family: str) -> Mapping[str, tuple[str, str]]:
    """The views that a family's pages have, with how to get there from the landing page."""
    found: Mapping[str, tuple[str, str]] = tables.load("link_forms")["views"].get(family, {})
    return found


@cache
def shut() -> Mapping[str, str]:
    """Hosts that no longer answer, and the host that has their works."""
    rows: Mapping[str, Any] = tables.load("link_forms")["shut"]
    return {host: successor for successor, hosts in rows.items() for host in hosts}


@cache
def _with_pdf() -> frozenset[str]:
    """The families that have PDFs beside their pages."""
    rows = tables.load("families")["family"]
    views = {"pdf", "epdf", "pdfdirect"}
    return frozenset(
        row["name"]
        for row in rows
        for route in row["route"]
        if route["form"] in _PDF_FORMS or (route["form"] == "{view}" and any(view in route["path"] for view in views))
    )


@cache
def _lookup() -> re.Pattern[str]:
    return re.compile("|".join(tables.load("link_forms")["lookup"]))


@cache
def _both_forms() -> re.Pattern[str]:
    return re.compile("|".join(tables.load("link_forms")["both-forms"]))


def has_linkable_pdf(family: str) -> bool:
    """Whether a family's PDFs are files that anybody can open, and not a wrapper behind a login."""
    return family not in tables.load("link_forms")["no-pdf"]


def is_open(work: works.Work | None) -> bool:
    """Whether a work has a PDF for certain, and one that anybody can open."""
    return work is not None and _both_forms().match(work.id) is not None


def needs_lookup(before: str, after: str) -> bool:
    """Whether nobody knows without looking that a work is there in the form of `after`, which `before` has not.

    A landing page is there for each view of it; PDFs and pages are both there where the table says so.
    """
    if _lookup().search(before):
        return True
    old, new = works.of(before), works.of(after)
    if old is None or new is None or old.form == new.form:
        return False
    if _both_forms().match(old.id):
        return new.form in tables.load("link_forms")["not-always"]
    return is_pdf(old) or is_pdf(new) or after != new.landing


@cache
def _placed() -> re.Pattern[str]:
    return re.compile(tables.load("link_forms")["placed"], re.IGNORECASE)


def is_placed(url: str) -> bool:
    """Whether a URL's campaign parameters name the list, so that somebody put them there to see who comes from it."""
    return _placed().search(url) is not None


def is_readme(fragment: str) -> bool:
    """Whether a fragment names the README as a whole."""
    return _README.fullmatch(f"#{fragment}") is not None


def uses(document: Document) -> list[Use]:
    """The links to works at hosts of the families, in the order of the text; wrapped ones are not judged."""
    found = []
    for link in document.links:
        work = works.of(link.target)
        if work is None:
            continue
        try:
            parts = urlsplit(link.target)
            host = (parts.hostname or "").lower()
        except ValueError:
            continue
        if host and works.family_of_host(host.removeprefix("www.")) is not None:
            found.append(Use(link, work, parts.scheme.lower(), host))
    return found


def says_form(document: Document, link: Link) -> bool:
    """Whether a link's label names a form, `pdf` or `abs`, so that it may well have it."""
    return bool(_SAYS_FORM.search(document.source[link.label])) and link.kind == "inline"


def linked_twice(document: Document, found: Iterable[Use]) -> set[Span]:
    """The links that stand in one entry with another link to the same work."""
    together: dict[tuple[Span | int, str], list[Span]] = defaultdict(list)
    for use in found:
        entry = document.entry_at(use.link.span.start)
        place = entry.span if entry is not None else document.source.line_of(use.link.span.start)
        together[place, use.work.id].append(use.link.span)
    return {span for spans in together.values() if len(spans) > 1 for span in spans}


def schemes(document: Document) -> list[Observation]:
    """How the body's links begin, of all hosts: who writes http to half of the web wants no https to papers."""
    return [
        Observation(scheme, link.span.start)
        for link in document.links
        if (scheme := link.target.partition("://")[0].lower()) in ("http", "https")
        and in_body(document, link.span.start)
    ]


# Properties ----------------------------------------------------------------------------------------------------------


def answers(use: Use) -> Iterator[tuple[str, str]]:
    """The properties that a link has, each with the link's answer."""
    work = use.work
    if work.family == "arxiv" and use.host.endswith(ARXIV_HOST) and work.form in ARXIV_FORMS:
        yield "arXiv form", work.form
        yield "arXiv version", "versioned" if work.version else "unversioned"
        yield "arXiv scheme", use.scheme
        yield "arXiv host", use.host
        return
    if works.family_of_host(use.host.removeprefix("www.")) == "doi":
        yield "doi resolver", f"{use.scheme}://{use.host}"
    elif work.family == "github" and use.in_family and work.form == "repository":
        yield "github form", github_form(use.link.target)
    elif work.family == "youtube" and work.form in ("watch", "short"):
        yield "youtube form", work.form
    elif use.in_family and (work.landing or work.pdf) and work.family in tables.load("link_forms")["names"]:
        if work.family in _with_pdf():
            yield f"{work.family} form", use.kind
        if use.kind == PAGE and work.form in views(work.family):
            yield f"{work.family} view", work.form


def github_form(url: str) -> str:
    """How a link to a repository ends: `plain`, `slash`, `.git`, `#readme`, `?tab`; `other` for other fragments."""
    address, mark, fragment = url.partition("#")
    address, question, query = address.partition("?")
    if question:
        return "?tab" if re.fullmatch(r"tab=readme(?:-ov-file)?", query) and (not mark or fragment) else "other"
    if mark:
        return "#readme" if _README.fullmatch("#" + fragment) else "other"
    return ".git" if address.endswith(".git") else "slash" if address.endswith("/") else "plain"


def observations(document: Document, found: list[Use]) -> dict[str, list[Observation]]:
    """What the body's links do about each property.

    Where an entry links one work twice, a link that says `pdf` or `abs` has its form from its label and does not count.
    """
    observed: dict[str, list[Observation]] = {f"arXiv {part}": [] for part in ("form", "version", "scheme", "host")}
    twice = linked_twice(document, found)
    for use in found:
        start = use.link.span.start
        if not in_body(document, start):
            continue
        chosen_by_label = use.link.span in twice and says_form(document, use.link)
        for prop, answer in answers(use):
            if not (chosen_by_label and prop.endswith(" form")):
                observed.setdefault(prop, []).append(Observation(answer, start))
    return {
        prop: seen for prop, seen in observed.items() if prop.startswith("arXiv ") or len(seen) >= _ENOUGH_OF_A_FAMILY
    }
