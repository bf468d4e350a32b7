"""Links that Markdown sees, and that lead nowhere as their target is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot.document import Document, Link
from listbot.finding import Edit, Finding, Fix

BROKEN = "broken"
NOT_YET = "not-yet"

_TWO_SCHEMES = re.compile(r"https?:?/{0,2}(?:https?(?::/{0,2}|//))+(?=[\w.-])", re.IGNORECASE)
_WHOLE_LINK = re.compile(r"\[[^\[\]]*\]\(")
_BAD_SCHEME = re.compile(
    r"https?:/(?=[^/])|https?//(?=\w)|https?:/{3,}(?=\w)|https?:(?=www\.)|"
    r"(?P<spelt>(?:h+t{3,}ps?|h{2,}ttps?|htps?|ttps?|htpps?|httpss+|hhtps?|https?[;.,])://)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"[A-Za-z0-9)](?=https?://)")
_BEFORE_SCHEME = re.compile(r"(?:[{(\[“”„’'\"]|%20|%22|<)+(?=https?:/)", re.IGNORECASE)
_CLOSING = "})]”“’'\">"
_WORDS = 3
"""A title has so many words at least; fewer are a label, such as `[Code]()`, `[AAAI]()` or `[Coming soon]()`."""
_NOT_YET_LABEL = re.compile(
    r"\W*(?:(?:official|source|project|code|github|repo|page|homepage|website|web|demo|video|slides?|data|datasets?|"
    r"models?|weights|blog|poster|paper|pdf|link|here|pytorch|tensorflow|jax|arxiv|docs?|bibtex|"
    r"代码|论文|项目|主页|数据|链接)\W*){1,3}",
    re.IGNORECASE,
)


def check(document: Document) -> Iterator[Finding]:
    for link in sorted(document.links + document.images):
        if not link.target:
            yield from _empty(document, link)
        elif link.kind != "bare":
            yield from _unreadable(link)


def _unreadable(link: Link) -> Iterator[Finding]:
    target = link.target
    before = _BEFORE_SCHEME.match(target)
    doubled = _TWO_SCHEMES.match(target)
    bad = _BAD_SCHEME.match(target)
    if _WHOLE_LINK.match(target):
        yield Finding(link.destination, "a whole Markdown link stands where the URL belongs", BROKEN)
    elif before is not None:
        meant = target[before.end() :].rstrip(_CLOSING)
        yield _finding(link, f"“{before[0]}” stands before the URL", meant, safe=True)
    elif doubled is not None:
        scheme = "https" if "https" in doubled[0].lower() else "http"
        yield _finding(link, "the scheme stands twice", f"{scheme}://{target[doubled.end() :]}", safe=False)
    elif bad is not None:
        scheme = "https" if "https" in bad[0].lower() else "http"
        yield _finding(link, f"“{bad[0]}” is no scheme", f"{scheme}://{target[bad.end() :]}", safe=not bad["spelt"])
    elif target.lower().startswith("http") and (glued := _GLUED.search(target)) and "?" not in target[: glued.end()]:
        yield Finding(link.destination, "two URLs stand in one target", BROKEN)


def _finding(link: Link, message: str, meant: str, *, safe: bool) -> Finding:
    fix = Fix(f"write {meant}", (Edit(link.destination, meant),), safe) if link.url == link.target else None
    return Finding(link.destination, f"{message}; {meant} is meant", BROKEN, fix=fix)


def _empty(document: Document, link: Link) -> Iterator[Finding]:
    """`[Code]()` says "not released" in many lists; a title without a target is a slip."""
    if link.kind != "inline":
        return
    label = document.source[link.label]
    if link.image:
        yield Finding(link.span, "this image has no target", NOT_YET)
    elif link.badge:
        yield Finding(link.span, "the target of this badge is empty", NOT_YET)
    elif len(label.split()) < _WORDS or _NOT_YET_LABEL.fullmatch(label):
        yield Finding(link.span, f"the target of “{label}” is empty", NOT_YET)
    else:
        yield Finding(link.span, "this link has no target", BROKEN, hint="put the URL between the parentheses")
