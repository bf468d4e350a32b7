from __future__ import annotations
from collections.abc import Iterator
from listbot.checks.malformed_link import joints
from listbot.checks.malformed_link.typed import typed
from listbot.finding import Finding
from listbot.rule import Context


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    yield from joints.check(document, typed(document))
