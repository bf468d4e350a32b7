"""dead-link: a link that leads to nothing any more. Speaks of what was checked before the rules ran."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from listbot.checks import checked_links
from listbot.finding import Finding
from listbot.liveness import LinkResult, Outcome, sentence
from listbot.rule import Context


def check(context: Context) -> Iterator[Finding]:
    for link, result in checked_links.of(context):
        if result.outcome == Outcome.GONE:
            hint = f"an archived copy is at {result.archived}" if result.archived is not None else None
            yield Finding(link.destination, _message(result), _grade(result), hint=hint)


def _grade(result: LinkResult) -> str:
    if result.added:
        return "added"
    return "dead" if result.standing.dead else "gone"


def _message(result: LinkResult) -> str:
    standing = result.standing
    message = f"{result.url} is {'dead' if standing.dead else 'gone'}: {sentence(result)}"
    if standing.strikes > 1 and standing.gone_since is not None:
        message += f", {standing.strikes} times since {_day(standing.gone_since)}"
    if standing.last_alive is not None:
        message += f"; last alive {_day(standing.last_alive)}"
    return message


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
