"""malformed-link: Markdown that was meant to be a link and is none, or whose target cannot be one.

Each module knows one family of slips; `reference/lists.md`, "Malformed Markdown fixed in history", says which there
are and how often maintainers repaired them.
"""

from __future__ import annotations

from collections.abc import Iterator

from listbot.checks.malformed_link import blanks, brackets, joints, targets, untargeted
from listbot.checks.malformed_link.typed import typed
from listbot.finding import Finding
from listbot.rule import Context


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    plain = typed(document)
    broken = [
        *joints.check(document, plain),
        *blanks.check(document, plain),
        *targets.check(document),
        *untargeted.check(document),
    ]
    yield from broken
    for finding in brackets.check(document, plain):
        if not any(finding.span.overlaps(other.span) for other in broken):
            yield finding
