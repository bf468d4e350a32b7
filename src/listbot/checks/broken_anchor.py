"""broken-anchor: a link to a place in this document that is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from listbot.document import Link
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Context
from listbot.slugs import letters_of, told_apart, unseen_note

_ALWAYS_THERE = frozenset({"", "top", "readme"})
"""Browsers scroll to the top for the first two (HTML standard, "scrolling to a fragment"); GitHub gives the third to
the box around a README."""
_PREFIX = "user-content-"


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    alike: dict[str, set[str]] = defaultdict(set)
    for anchor in document.anchors:
        alike[letters_of(anchor)].add(anchor)
    folded = {anchor.casefold(): anchor for anchor in document.anchors}
    for link in document.links:
        if not link.target.startswith("#"):
            continue
        fragment = unquote(link.target[1:]).removeprefix(_PREFIX)
        if fragment in document.anchors or fragment.casefold() in _ALWAYS_THERE:
            continue
        same = folded.get(fragment.casefold())
        if same is not None:
            yield Finding(
                link.destination,
                f"the anchor is #{same}, and #{fragment} differs from it in case",
                "case-only",
                fix=_fix(link, same),
            )
            continue
        yield _broken(link, fragment, alike, document.anchors)


def _broken(link: Link, fragment: str, alike: dict[str, set[str]], anchors: frozenset[str]) -> Finding:
    candidates = alike.get(letters_of(fragment), set())
    message = "no heading or anchor here is named"
    if len(candidates) == 1:
        meant = next(iter(candidates))
        shown = told_apart(meant, fragment)
        message = f"{message} #{told_apart(fragment, meant)}; #{shown} is meant{unseen_note(fragment, meant)}"
        return Finding(link.destination, message, "broken", fix=_fix(link, shown))
    near = get_close_matches(fragment, sorted(anchors), 1, 0.75)
    hint = f"the nearest is #{near[0]}" if near else None
    return Finding(link.destination, f"{message} #{fragment}", "broken", hint=hint)


def _fix(link: Link, anchor: str) -> Fix:
    return Fix(f"write #{anchor}", (Edit(link.destination, f"#{anchor}"),), safe=True)
