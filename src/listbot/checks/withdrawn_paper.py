"""withdrawn-paper: a paper that its authors or its publisher took back."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.checks import records
from listbot.checks.records import Recorded
from listbot.finding import Finding
from listbot.liveness import Notice
from listbot.rule import Context

_LONGEST = 160
"""Characters of what authors say; they write whole paragraphs."""


def check(context: Context) -> Iterator[Finding]:
    for recorded in records.of(context):
        notice = recorded.record.notice
        if notice is not None and not records.states(context.document, recorded, "withdrawn"):
            yield _finding(recorded, notice)


def _finding(recorded: Recorded, notice: Notice) -> Finding:
    successor = recorded.record.successor
    return Finding(
        recorded.link.destination,
        _message(recorded, notice),
        _grade(recorded, notice),
        work=recorded.work,
        hint=f"its authors name {successor} in its place" if successor else "say so beside it, or take it out",
    )


def _grade(recorded: Recorded, notice: Notice) -> str:
    if notice.kind == "retraction":
        return "retracted"
    return "submission" if recorded.work.startswith("openreview:") else "withdrawn"


def _message(recorded: Recorded, notice: Notice) -> str:
    """What happened, and where it can be read."""
    if notice.kind == "retraction":
        return f"{recorded.work} was retracted" + (f": {notice.link}" if notice.link else "")
    if recorded.work.startswith("openreview:"):
        return f"{recorded.work} was withdrawn from the conference that it was submitted to"
    said = notice.text if len(notice.text) <= _LONGEST else notice.text[: _LONGEST - 1].rstrip() + "…"
    return f"{recorded.work} was withdrawn by its authors" + (f": “{said}”" if said else "")
