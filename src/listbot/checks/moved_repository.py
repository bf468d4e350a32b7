"""moved-repository: a repository that has another name or owner now. The fix writes it, also into badges beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot import label_targets, works
from listbot.checks import checked_links
from listbot.document import Document, Link
from listbot.finding import Edit, Finding, Fix
from listbot.liveness import LinkResult, Outcome
from listbot.rule import Context

_PLAIN = re.compile(r"https://github\.com/[A-Za-z0-9-]+/[\w.-]+(?:/[^\s<>()\\|\"'`*\[\]]*)?")
"""What can be written at any place: nothing in it is Markdown."""


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    renamed: set[Link] = set()
    for link, result in checked_links.of(context):
        if is_repository_move(result) and result.target is not None:
            yield _finding(document, link, result, result.target, renamed)


def is_repository_move(result: LinkResult) -> bool:
    """Whether what moved is a repository of GitHub's, to another of its repositories."""
    if result.outcome != Outcome.MOVED or result.target is None:
        return False
    before, after = repository(result.url), repository(result.target)
    return bool(before and after) and before.lower() != after.lower()


def repository(url: str) -> str:
    """`Owner/name` as a URL of GitHub's has it; empty for any other."""
    work = works.of(url)
    if work is None or not work.id.startswith("github:") or work.landing is None:
        return ""
    return "/".join(work.landing.removeprefix("https://github.com/").split("/")[:2])


def _finding(document: Document, link: Link, result: LinkResult, target: str, renamed: set[Link]) -> Finding:
    before, after = repository(result.url), repository(target)
    fragment = link.target.partition("#")[2]
    now = f"{target}#{fragment}" if fragment else target
    fix = None
    if _PLAIN.fullmatch(now):
        badges = _badges(document, link, before, after, renamed)
        fix = Fix(f"write {now}", (Edit(link.destination, now), *badges), safe=result.certain)
    return Finding(
        link.destination,
        f"{before} is {after} now",
        "certain" if result.certain else "elsewhere",
        fix,
        work=works.identity(link.target),
    )


def _badges(document: Document, link: Link, before: str, after: str, renamed: set[Link]) -> Iterator[Edit]:
    """The badges of the same entry that count the repository under its old name, each once."""
    entry = document.entry_at(link.span.start)
    if entry is None:
        return
    name = re.compile(re.escape(before), re.IGNORECASE)
    for image in document.images:
        counts = label_targets.counted(image.target) == f"github:{before.lower()}"
        if counts and entry.span.contains(image.span) and image not in renamed and image.url == image.target:
            renamed.add(image)
            yield Edit(image.destination, name.sub(after, image.url, count=1))
