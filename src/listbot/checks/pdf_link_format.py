"""pdf-link-format: a link to a work in another form than the list's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from listbot import campaigns, link_forms, works
from listbot.document import Document, Link
from listbot.finding import Edit, Finding, Fix
from listbot.habits import in_body, majority
from listbot.inlines import scan
from listbot.link_forms import ARXIV_HOST, Use
from listbot.rule import Context
from listbot.source import Span

_ARXIV_FORMS = {"abs": "/abs", "pdf": "/pdf", "pdf.pdf": "/pdf with the suffix .pdf", "html": "/html"}
_KINDS = {link_forms.PAGE: "go to the paper's page", link_forms.PDF: "go to the PDF"}
_SHOWN_AS_TEXT = frozenset({"bare", "autolink"})
_GITHUB = {
    "plain": "end in the repository's name",
    "slash": "end in a slash",
    ".git": "end in .git",
    "#readme": "end in #readme",
    "?tab": "ask for the tab of the README",
}
_SAYS_VERSION = re.compile(r"\d{4,5}v\d+|\b(?:v|version |rev(?:ision)? )\d{1,2}\b", re.IGNORECASE)
"""A label that names a version means it."""
_PICTURE = re.compile(r"<(?:img|picture)\b", re.IGNORECASE)
_HOUSE_STYLE = 0.95
_FEW_OUTLIERS = 2
_GRADES = ("form", "mixed", "spelling")
"""The gravest first."""
_YOUTUBE = {"watch": "have the form youtube.com/watch?v=…", "short": "have the form youtu.be/…"}


class Options(NamedTuple):
    arxiv: Literal["learned", "abs", "pdf", "pdf.pdf"]
    """The form that arXiv links have; learned: that of the list's own majority."""
    papers: Literal["learned", "landing", "pdf"]
    """Whether links of the other families go to a paper's page or to its PDF."""
    version: Literal["learned", "never", "any"]
    """Whether arXiv links may name a version; learned: as the list's majority."""
    mirrors: Literal["any", "never"]
    """Whether links may go to other front ends of arXiv (alphaXiv, ar5iv, Hugging Face papers)."""
    tracking: bool
    """Whether tracking parameters and empty fragments are reported, for links of any host."""


class _Style(NamedTuple):
    """What the list does with one property of its links: the majority's value and its support."""

    value: str
    support: int
    total: int
    learned: bool

    @property
    def grade(self) -> str:
        """A majority that many links do not follow is a leaning: one more of them surprises nobody."""
        few = max(_FEW_OUTLIERS, (1 - _HOUSE_STYLE) * self.total)
        return "form" if not self.learned or self.total - self.support <= few else "mixed"


class _Verdict(NamedTuple):
    """What is wrong with a link, and the URL that it should have: None where somebody has to look it up."""

    reasons: list[str]
    url: str | None
    grade: str = "form"


_RIGHT = _Verdict([], None, "spelling")
_Styles = Mapping[str, _Style]


def check(context: Context) -> Iterator[Finding]:
    document, options = context.document, context.options
    uses = link_forms.uses(document)
    styles = _styles(document, uses, options)
    twice = link_forms.linked_twice(document, uses)
    by_link = {use.link.span: use for use in uses}
    banners = _banners(document)
    own = campaigns.own(document) if options.tracking else frozenset()
    for link in document.links:
        if link.target in banners:
            continue
        use = by_link.get(link.span)
        verdict = _RIGHT
        if use is not None:
            body = in_body(document, link.span.start)
            verdict = _judge(document, use, styles if body else {}, twice, options)
            if body:
                verdict = _by_https(use, styles, verdict)
        url = verdict.url or link.url
        reasons, grade = verdict.reasons, verdict.grade
        tracked = options.tracking and campaigns.of(link.target) not in own
        if tracked and (bare := works.without_tracking(url)) != url:
            grade = "form"
            reasons = [
                *reasons,
                "this link carries tracking parameters"
                if _loses_a_key(link.url, bare)
                else f"this link ends in an empty {link.url[-1]}",
            ]
            url = bare
        if reasons:
            finding = _finding(link, use, reasons, url, grade)
            yield finding if _is_writable(document, link, url) else finding._replace(fix=None)


def _is_writable(document: Document, link: Link, url: str) -> bool:
    """Whether another URL can stand in a link's place: a bare one must be read to its end, and makes an anchor."""
    if link.kind in _SHOWN_AS_TEXT and document.in_heading(link.span.start):
        return False
    written = {"bare": url, "inline": f"[x]({url})"}.get(link.kind)
    return written is None or [hit.span for hit in scan(written, {}).hits] == [Span(0, len(written))]


def _banners(document: Document) -> set[str]:
    """The targets of pictures in HTML: sponsors, who pay to know where their readers come from."""
    return {link.target for link in document.links if link.kind == "html" and _is_picture(document, link)}


def _is_picture(document: Document, link: Link) -> bool:
    return _PICTURE.search(document.source[link.label]) is not None


def _loses_a_key(before: str, after: str) -> bool:
    """Whether keys of the query are gone, and not only a `#` or `?` with nothing behind it."""
    return before.partition("#")[0].rstrip("?") != after.partition("#")[0]


def _styles(document: Document, uses: list[Use], options: Options) -> dict[str, _Style]:
    """The list's own style of each property that has one, unless the options say what it is."""
    styles: dict[str, _Style] = {}
    observations = {**link_forms.observations(document, uses), "scheme": link_forms.schemes(document)}
    for name, observed in observations.items():
        most = majority(observation.what for observation in observed)
        if most is not None and most.settled:
            styles[name] = _Style(most.what, most.count, most.of, True)
    if options.arxiv != "learned":
        styles["arXiv form"] = _Style(options.arxiv, 0, 0, False)
    if options.version != "learned":
        styles["arXiv version"] = _Style("unversioned" if options.version == "never" else "any", 0, 0, False)
    if options.papers != "learned":
        families = {use.work.family for use in uses if use.work.family != "arxiv"}
        styles |= {f"{family} form": _Style(options.papers, 0, 0, False) for family in families - {"github", "youtube"}}
    return styles


def _judge(document: Document, use: Use, styles: _Styles, twice: set[Span], options: Options) -> _Verdict:
    answers = dict(link_forms.answers(use))
    if "arXiv form" in answers:
        return _judge_arxiv(document, use, styles, twice)
    if (successor := link_forms.shut().get(use.host)) is not None and use.work.landing:
        return _Verdict([f"{use.host} was shut down; {successor} has the paper"], use.work.landing)
    if works.family_of_host(use.host.removeprefix("www.")) == "doi":
        return _judge_resolver(use, styles)
    if use.work.family == "arxiv" and options.mirrors == "never" and use.work.landing:
        return _Verdict([f"the configuration says that papers are linked at {ARXIV_HOST}"], use.work.landing)
    if not use.in_family:
        return _RIGHT
    if use.work.form == "tab" and use.work.landing:
        return _Verdict([f"this link goes to a tab of the {link_forms.name(use.work.family)} page"], use.work.landing)
    for prop in ("github form", "youtube form"):
        if prop in answers and prop in styles:
            return _judge_spelling(use, styles[prop], prop, answers[prop])
    has_page = any(prop in (f"{use.work.family} form", f"{use.work.family} view") for prop in answers)
    return _judge_family(document, use, styles, twice) if has_page else _RIGHT


def _by_https(use: Use, styles: _Styles, verdict: _Verdict) -> _Verdict:
    """The hosts of the families all serve https; a list that writes it elsewhere wants it here."""
    style = styles.get("scheme")
    if style is None or style.value != "https" or use.scheme != "http" or not use.in_family or verdict.url:
        return verdict
    if use.work.family in ("doi", "arxiv"):
        return verdict
    reason = _reason(style, "links use https", "this one http")
    grade = min(style.grade, verdict.grade, key=_GRADES.index)
    return _Verdict([*verdict.reasons, reason], "https" + use.link.target[len("http") :], grade)


# arXiv ---------------------------------------------------------------------------------------------------------------


def _judge_arxiv(document: Document, use: Use, styles: _Styles, twice: set[Span]) -> _Verdict:
    reasons: list[str] = []
    grades: list[str] = []
    form, version, scheme, host = use.work.form, use.work.version, use.scheme, use.host

    def differs(style: _Style, habit: str, this: str) -> None:
        reasons.append(_reason(style, habit, this))
        grades.append(style.grade)

    if host in link_forms.shut():
        reasons.append(f"{host} was shut down; {ARXIV_HOST} has the paper")
        grades.append("form")
        host = ARXIV_HOST
    style = styles.get("arXiv form")
    free = link_forms.says_form(document, use.link) or use.link.span in twice
    if style is not None and form != style.value and style.value in _ARXIV_FORMS and not free:
        differs(style, f"arXiv links use {_ARXIV_FORMS[style.value]}", f"this one {_ARXIV_FORMS[form]}")
        form = style.value
    style = styles.get("arXiv version")
    meant = _SAYS_VERSION.search(document.source[use.link.label]) is not None
    if style is not None and style.value == "unversioned" and version and not meant:
        differs(style, "arXiv links name no version", f"this one v{version}")
        version = None
    style = styles.get("arXiv scheme")
    if style is not None and style.value == "https" and scheme != "https":
        differs(style, "arXiv links use https", f"this one {scheme}")
        scheme = "https"
    style = styles.get("arXiv host")
    if style is not None and style.value == ARXIV_HOST and host != ARXIV_HOST:
        differs(style, f"arXiv links go to {ARXIV_HOST}", f"this one to {host}")
        host = ARXIV_HOST
    if not reasons:
        return _RIGHT
    path, _, suffix = form.partition(".")
    identifier = use.work.id.removeprefix("arxiv:")
    versioned = identifier + (f"v{version}" if version else "")
    url = f"{scheme}://{host}/{path}/{versioned}{'.' + suffix if suffix else ''}"
    return _Verdict(reasons, url, min(grades, key=_GRADES.index))


# Other families ------------------------------------------------------------------------------------------------------


def _judge_resolver(use: Use, styles: _Styles) -> _Verdict:
    if use.work.family == "acm" and use.work.id.startswith("acm:10.5555/"):
        return _Verdict(["10.5555 is no DOI but a number of ACM's: doi.org does not know it"], use.work.landing)
    style, here = styles.get("doi resolver"), f"{use.scheme}://{use.host}"
    if style is None or style.value != "https://doi.org" or here == style.value or use.host == "hdl.handle.net":
        return _RIGHT
    start = use.link.target.lower().find(use.host) + len(use.host)
    reason = _reason(style, f"DOIs go to {style.value}", f"this one to {here}")
    return _Verdict([reason], style.value + use.link.target[start:], style.grade)


def _judge_spelling(use: Use, style: _Style, prop: str, here: str) -> _Verdict:
    """A repository's or video's URL that leads to the same page in another spelling."""
    says = _GITHUB if prop == "github form" else _YOUTUBE
    if here == style.value or here not in says or style.value not in says:
        return _RIGHT
    address, _, fragment = use.link.target.partition("#")
    bare = address.partition("?")[0].removesuffix("/").removesuffix(".git")
    if fragment and not link_forms.is_readme(fragment):
        urls = {"plain": f"{bare}#{fragment}"}  # a heading of the README is meant, and stays so
    else:
        urls = {"plain": bare, "slash": f"{bare}/", "#readme": f"{bare}#readme"}
    links = "links to repositories" if prop == "github form" else "links to YouTube"
    reason = _reason(style, f"{links} {says[style.value]}", f"this one does not: it {_singular(says[here])}")
    grade = style.grade if here in (".git", "?tab") else "spelling"
    return _Verdict([reason], urls.get(style.value) if prop == "github form" else None, grade)


def _singular(says: str) -> str:
    verb, _, rest = says.partition(" ")
    return f"{'has' if verb == 'have' else verb + 's'} {rest}"


def _judge_family(document: Document, use: Use, styles: _Styles, twice: set[Span]) -> _Verdict:
    """Page or PDF, and which view of the page."""
    family, name = use.work.family, link_forms.name(use.work.family)
    view = styles.get(f"{family} view")
    style = styles.get(f"{family} form")
    free = link_forms.says_form(document, use.link) or use.link.span in twice
    wanted = style is not None and (style.value == link_forms.PAGE or link_forms.has_linkable_pdf(family))
    if style is not None and wanted and use.kind != style.value and not free:
        here = "to the PDF" if use.kind == link_forms.PDF else "to the page"
        reason = _reason(style, f"{name} links {_KINDS[style.value]}", f"this one {here}")
        url = use.work.pdf if style.value == link_forms.PDF else _in_view(use, view.value if view else "")
        return _Verdict([reason], url or None, style.grade)
    if view is None or use.kind != link_forms.PAGE or use.work.form not in link_forms.views(family):
        return _RIGHT
    if use.work.form == view.value:
        return _RIGHT
    paths = {form: path for form, (_, path) in link_forms.views(family).items()}
    reason = _reason(view, f"{name} links use {paths[view.value]}", f"this one {paths[use.work.form]}")
    return _Verdict([reason], _in_view(use, view.value), "spelling")


def _in_view(use: Use, form: str) -> str | None:
    """The work's page in one of its views; the landing page itself where the family has none."""
    if use.work.landing is None:
        return None
    plain, written = link_forms.views(use.work.family).get(form, ("", ""))
    return use.work.landing.replace(plain, written, 1) if plain else use.work.landing


def _reason(style: _Style, habit: str, this: str) -> str:
    if not style.learned:
        return f"the configuration says that {habit}; {this}"
    return f"{style.support:,} of {style.total:,} {habit}; {this}"


def _finding(link: Link, use: Use | None, reasons: list[str], url: str, grade: str) -> Finding:
    fix, hint = None, None
    if link.url != url and link.target == link.url and works.identity(link.url) == works.identity(url):
        kept = use is None or _keeps_the_work(use, url)
        looked_up = use is not None and link_forms.needs_lookup(link.url, url)
        safe = kept and not looked_up and not link_forms.is_placed(link.url)
        fix = Fix(f"write {url}", (Edit(link.destination, url),), safe)
        if looked_up:
            hint = "open the new URL before you write it: such a page or file is not always there"
    elif link.url == url:
        hint = "no rule gives the other form: look it up on the paper's page"
    return Finding(
        link.destination,
        "; ".join(reasons),
        grade,
        fix=fix,
        work=use.work.id if use is not None else None,
        hint=hint,
    )


def _keeps_the_work(use: Use, url: str) -> bool:
    """Whether the new URL stands for the same work in the same version, so that nothing but its form changes."""
    after = works.of(url)
    return after is not None and after.id == use.work.id and after.version == use.work.version
