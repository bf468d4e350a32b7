"""pdf-link-format: a link to a work in another form than the list's own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from listbot import works
from listbot.document import Document, Link
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Context
from listbot.source import Span

_SUPPORT = 0.8
"""A majority smaller than this is no style (`design.md` §1: 572 of 584, and 274 of 276, are; 348 of 409 is)."""
_ENOUGH = 5
"""Fewer links of a family say nothing about a list's habits."""
_SAYS_PDF = re.compile(r"\bpdf\b", re.IGNORECASE)
_FAMILY = "arxiv"
_HOST = "arxiv.org"
_FORMS = {"abs": "/abs", "pdf": "/pdf", "pdf.pdf": "/pdf with the suffix .pdf", "html": "/html"}


class Options(NamedTuple):
    arxiv: Literal["learned", "abs", "pdf", "pdf.pdf"]
    """The form that arXiv links have; learned: that of the list's own majority."""
    version: Literal["learned", "never", "any"]
    """Whether arXiv links may name a version; learned: as the list's majority."""
    tracking: bool
    """Whether tracking parameters and empty fragments are reported, for links of any host."""


class _Use(NamedTuple):
    """A link to a work of the family, taken apart."""

    link: Link
    work: works.Work
    scheme: str
    host: str


class _Style(NamedTuple):
    """What the list does with one property of its links: the majority's value and its support."""

    value: str
    support: int
    total: int
    learned: bool


def check(context: Context) -> Iterator[Finding]:
    document, options = context.document, context.options
    uses = [use for link in document.links if (use := _use(link)) is not None]
    styles = _styles(document, uses, options)
    by_link = {use.link.span: use for use in uses}
    for link in document.links:
        use = by_link.get(link.span)
        reasons, url = _judge(document, use, styles) if use is not None else ([], link.url)
        if options.tracking and (bare := works.without_tracking(url)) != url:
            reasons.append(
                "this link carries tracking parameters" if "?" in link.url else "this link ends in an empty #"
            )
            url = bare
        if reasons:
            yield _finding(link, use, reasons, url)


def _use(link: Link) -> _Use | None:
    work = works.of(link.target)
    if work is None or work.family != _FAMILY or work.form not in _FORMS:
        return None
    parts = urlsplit(link.target)
    host = (parts.hostname or "").lower()
    return _Use(link, work, parts.scheme.lower(), host) if host.endswith(_HOST) else None


def _styles(document: Document, uses: list[_Use], options: Options) -> dict[str, _Style]:
    """The list's own style of each property that has one.

    Where an entry links one paper twice, the link that says `pdf` has its form from its label and counts for nothing.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    twice = _linked_twice(document, uses)
    for use in uses:
        if use.link.span not in twice or not _labelled_pdf(document, use.link):
            counts["form"][use.work.form] += 1
        counts["version"]["versioned" if use.work.version else "unversioned"] += 1
        counts["scheme"][use.scheme] += 1
        counts["host"][use.host] += 1
    styles: dict[str, _Style] = {}
    for name, count in counts.items():
        value, support = count.most_common(1)[0]
        total = count.total()
        if total >= _ENOUGH and support >= _SUPPORT * total:
            styles[name] = _Style(value, support, total, True)
    if options.arxiv != "learned":
        styles["form"] = _Style(options.arxiv, 0, 0, False)
    if options.version != "learned":
        styles["version"] = _Style("unversioned" if options.version == "never" else "any", 0, 0, False)
    return styles


def _linked_twice(document: Document, uses: list[_Use]) -> set[Span]:
    """The links that stand in one entry with another link to the same work."""
    together: dict[tuple[Span | int, str], list[Span]] = defaultdict(list)
    for use in uses:
        entry = document.entry_at(use.link.span.start)
        place = entry.span if entry is not None else document.source.line_of(use.link.span.start)
        together[place, use.work.id].append(use.link.span)
    return {span for spans in together.values() if len(spans) > 1 for span in spans}


def _judge(document: Document, use: _Use, styles: dict[str, _Style]) -> tuple[list[str], str]:
    """Why a link differs from the list's style, and the URL that it should have."""
    reasons: list[str] = []
    form, version = use.work.form, use.work.version
    style = styles.get("form")
    if style is not None and form != style.value and style.value in _FORMS and not _labelled_pdf(document, use.link):
        reasons.append(_reason(style, f"arXiv links use {_FORMS[style.value]}", f"this one {_FORMS[form]}"))
        form = style.value
    style = styles.get("version")
    if style is not None and style.value == "unversioned" and version:
        reasons.append(_reason(style, "arXiv links name no version", f"this one v{version}"))
        version = None
    scheme, host = use.scheme, use.host
    style = styles.get("scheme")
    if style is not None and style.value == "https" and scheme != "https":
        reasons.append(_reason(style, "arXiv links use https", f"this one {scheme}"))
        scheme = "https"
    style = styles.get("host")
    if style is not None and style.value == _HOST and host != _HOST:
        reasons.append(_reason(style, f"arXiv links go to {_HOST}", f"this one to {host}"))
        host = _HOST
    if not reasons:
        return [], use.link.url
    path, _, suffix = form.partition(".")
    identifier = use.work.id.removeprefix("arxiv:")
    versioned = identifier + (f"v{version}" if version else "")
    return reasons, f"{scheme}://{host}/{path}/{versioned}{'.' + suffix if suffix else ''}"


def _labelled_pdf(document: Document, link: Link) -> bool:
    return bool(_SAYS_PDF.search(document.source[link.label])) and link.kind == "inline"


def _reason(style: _Style, habit: str, this: str) -> str:
    if not style.learned:
        return f"the configuration says that {habit}; {this}"
    return f"{style.support:,} of {style.total:,} {habit}; {this}"


def _finding(link: Link, use: _Use | None, reasons: list[str], url: str) -> Finding:
    safe = use is None or use.work.version is None or f"v{use.work.version}" in url
    fix = None
    if link.url != url and link.target == link.url:
        fix = Fix(f"write {url}", (Edit(link.destination, url),), safe=safe)
    return Finding(
        link.destination,
        "; ".join(reasons),
        fix=fix,
        work=use.work.id if use is not None else None,
    )
