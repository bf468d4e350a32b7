"""archived-repository: a repository that its owners have set to read only."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.checks import records
from listbot.finding import Finding
from listbot.rule import Context


def check(context: Context) -> Iterator[Finding]:
    for recorded in records.of(context):
        if recorded.record.archived and not records.states(context.document, recorded, "archived"):
            successor = recorded.record.successor
            yield Finding(
                recorded.link.destination,
                f"{recorded.work.partition(':')[2]} is archived: its owners do not work on it any more",
                work=recorded.work,
                hint=f"it names {successor} in its place"
                if successor
                else "say so beside it, or look for what replaced it",
            )
