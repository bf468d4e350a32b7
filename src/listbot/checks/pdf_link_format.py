"""pdf-link-format: a link to a work in another form than the list's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from listbot import works
from listbot.document import Document, Link
from listbot.finding import Edit, Finding, Fix
from listbot.house_style import ARXIV_HOST, ArxivLink, arxiv_links, arxiv_observations, in_body, majority, says_pdf
from listbot.rule import Context

_FORMS = {"abs": "/abs", "pdf": "/pdf", "pdf.pdf": "/pdf with the suffix .pdf", "html": "/html"}


class Options(NamedTuple):
    arxiv: Literal["learned", "abs", "pdf", "pdf.pdf"]
    """The form that arXiv links have; learned: that of the list's own majority."""
    version: Literal["learned", "never", "any"]
    """Whether arXiv links may name a version; learned: as the list's majority."""
    tracking: bool
    """Whether tracking parameters and empty fragments are reported, for links of any host."""


class _Style(NamedTuple):
    """What the list does with one property of its links: the majority's value and its support."""

    value: str
    support: int
    total: int
    learned: bool


def check(context: Context) -> Iterator[Finding]:
    document, options = context.document, context.options
    uses = arxiv_links(document)
    styles = _styles(document, uses, options)
    by_link = {use.link.span: use for use in uses}
    for link in document.links:
        use = by_link.get(link.span)
        judged = use is not None and in_body(document, link.span.start)
        reasons, url = _judge(document, use, styles) if use is not None and judged else ([], link.url)
        if options.tracking and (bare := works.without_tracking(url)) != url:
            reasons.append(
                "this link carries tracking parameters" if "?" in link.url else "this link ends in an empty #"
            )
            url = bare
        if reasons:
            yield _finding(link, use, reasons, url)


def _styles(document: Document, uses: list[ArxivLink], options: Options) -> dict[str, _Style]:
    """The list's own style of each property that has one, unless the options say what it is."""
    styles: dict[str, _Style] = {}
    for name, observations in arxiv_observations(document, uses).items():
        most = majority(observation.what for observation in observations)
        if most is not None and most.settled:
            styles[name] = _Style(most.what, most.count, most.of, True)
    if options.arxiv != "learned":
        styles["arXiv form"] = _Style(options.arxiv, 0, 0, False)
    if options.version != "learned":
        styles["arXiv version"] = _Style("unversioned" if options.version == "never" else "any", 0, 0, False)
    return styles


def _judge(document: Document, use: ArxivLink, styles: dict[str, _Style]) -> tuple[list[str], str]:
    """Why a link differs from the list's style, and the URL that it should have."""
    reasons: list[str] = []
    form, version = use.work.form, use.work.version
    style = styles.get("arXiv form")
    if style is not None and form != style.value and style.value in _FORMS and not says_pdf(document, use.link):
        reasons.append(_reason(style, f"arXiv links use {_FORMS[style.value]}", f"this one {_FORMS[form]}"))
        form = style.value
    style = styles.get("arXiv version")
    if style is not None and style.value == "unversioned" and version:
        reasons.append(_reason(style, "arXiv links name no version", f"this one v{version}"))
        version = None
    scheme, host = use.scheme, use.host
    style = styles.get("arXiv scheme")
    if style is not None and style.value == "https" and scheme != "https":
        reasons.append(_reason(style, "arXiv links use https", f"this one {scheme}"))
        scheme = "https"
    style = styles.get("arXiv host")
    if style is not None and style.value == ARXIV_HOST and host != ARXIV_HOST:
        reasons.append(_reason(style, f"arXiv links go to {ARXIV_HOST}", f"this one to {host}"))
        host = ARXIV_HOST
    if not reasons:
        return [], use.link.url
    path, _, suffix = form.partition(".")
    identifier = use.work.id.removeprefix("arxiv:")
    versioned = identifier + (f"v{version}" if version else "")
    return reasons, f"{scheme}://{host}/{path}/{versioned}{'.' + suffix if suffix else ''}"


def _reason(style: _Style, habit: str, this: str) -> str:
    if not style.learned:
        return f"the configuration says that {habit}; {this}"
    return f"{style.support:,} of {style.total:,} {habit}; {this}"


def _finding(link: Link, use: ArxivLink | None, reasons: list[str], url: str) -> Finding:
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
