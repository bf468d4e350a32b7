"""The links of a document with what is known of them. Shared by the rules about links that were checked."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.document import Link
from listbot.liveness import LinkResult
from listbot.rule import Context


def of(context: Context) -> Iterator[tuple[Link, LinkResult]]:
    """Links and images in the order of the text; uses of one definition once, because its URL stands once."""
    document, results = context.document, context.links or {}
    seen = set()
    for link in sorted(document.links + document.images):
        result = results.get(link.target)
        if result is not None and link.destination not in seen:
            seen.add(link.destination)
            yield link, result
