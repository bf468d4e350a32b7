"""unverified-link: a link of which nobody knows whether it lives, with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.checks import checked_links
from listbot.finding import Finding
from listbot.liveness import SENTENCES, SUSPICIONS, Outcome, Reason
from listbot.rule import Context

_UNASKED = frozenset({Reason.DEADLINE, Reason.INTERRUPTED})
"""The run ended before: it says so itself, once, and not at every link."""


def check(context: Context) -> Iterator[Finding]:
    for link, result in checked_links.of(context):
        if result.outcome in (Outcome.BLOCKED, Outcome.UNKNOWN) and result.reason not in _UNASKED:
            suspicious = result.reason in SUSPICIONS
            hint = "open it and look" if suspicious else None
            grade = "suspicious" if suspicious else "unknown"
            yield Finding(link.destination, f"not verified: {SENTENCES[result.reason]}", grade, hint=hint)
