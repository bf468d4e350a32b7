"""Whether two entries with one link name one thing by it."""

from __future__ import annotations

from collections import defaultdict

from listbot import identity, title_match, works
from listbot.document import Entry


def is_one(work: str, first: Entry, again: Entry) -> bool:
    """Whether both titles are names of what the link, which stands for the work, leads to.

    A publication is one, but for the models that it presents. A repository or page may hold several: the versions of a
    model, the parts of a tool.
    """
    if not title_match.alike(first.title, again.title):
        return False
    variant = title_match.is_variant(first.title, again.title)
    if identity.is_publication(work):
        return not (variant and _lead_apart(first, again))
    return not variant and (title_match.share_a_name(first.title, again.title) or not _lead_apart(first, again))


def _lead_apart(first: Entry, again: Entry) -> bool:
    """Whether both entries have links of one role beside their main one, and all of them lead to other places."""
    beside, others = _beside(first), _beside(again)
    return any(role in others for role in beside) and not any(
        found & others.get(role, set()) for role, found in beside.items()
    )


def _beside(entry: Entry) -> dict[str, set[str]]:
    """Where the links beside the main one lead, by role."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in entry.links:
        if part is not entry.primary and not part.link.image and not part.link.badge:
            found[part.role].add(works.identity(part.link.target) or part.link.target)
    return found
