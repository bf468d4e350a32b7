"""empty-repository: a repository with nothing in it, as those whose code is coming soon."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.checks import records
from listbot.finding import Finding
from listbot.rule import Context


def check(context: Context) -> Iterator[Finding]:
    for recorded in records.of(context):
        if recorded.record.empty and not records.states(context.document, recorded, "empty"):
            yield Finding(
                recorded.link.destination,
                f"{recorded.work.partition(':')[2]} is empty: there is no code in it",
                work=recorded.work,
                hint="say that the code is to come, or take the link out until it does",
            )
