"""A list's own campaigns: the tracking parameters by which its owner counts the readers that the list sends.

Such links are written so on purpose, for sponsors and products of the owner's, and stand where the owner wants them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import parse_qs

from listbot.document import Document

_FEWEST_LINKS = 5
_FEWEST_SITES = 3
"""To fewer sites a campaign may be that of one site, whose links somebody brought along."""
_FEWEST_LETTERS = 8
"""A shorter source names no list."""
_NOT_LETTER = re.compile(r"[\W_]+")
_LONGEST_READ = 4_000
"""Longer URLs are nobody's link to a product."""


def own(document: Document) -> frozenset[str]:
    """The campaigns that stand on so many links to so many sites that only the list's owner can have put them there.

    A source alone (`utm_source=feed`) comes with links that are copied from one place, and counts where it names the
    list.
    """
    title = _letters(document.headings[0].text) if document.headings else ""
    links: dict[str, list[str]] = defaultdict(list)
    for link in document.links:
        campaign = of(link.target)
        if campaign is not None:
            links[campaign].append(_site(link.target))
    return frozenset(
        campaign
        for campaign, sites in links.items()
        if len(sites) >= _FEWEST_LINKS
        and len(set(sites)) >= _FEWEST_SITES
        and (campaign.startswith("campaign ") or _names(campaign.partition(" ")[2], title))
    )


def of(target: str) -> str | None:
    """`campaign NAME` or, where a link names none, `source NAME`; None for a link without either."""
    if "utm_" not in target or len(target) > _LONGEST_READ:
        return None
    query = parse_qs(target.partition("#")[0].partition("?")[2])
    for key in ("campaign", "source"):
        if values := query.get(f"utm_{key}"):
            return f"{key} {values[0].casefold().strip('/')}"
    return None


def _site(target: str) -> str:
    authority = target.partition("//")[2]
    return re.split(r"[/?#]", authority, maxsplit=1)[0].lower().removeprefix("www.")


def _names(source: str, title: str) -> bool:
    letters = _letters(source)
    return len(letters) >= _FEWEST_LETTERS and letters in title


def _letters(text: str) -> str:
    return _NOT_LETTER.sub("", text.casefold())
