"""toc-mismatch: the table of contents and the headings do not say the same."""

from __future__ import annotations

from collections.abc import Iterator

from listbot import contents_table
from listbot.checks.toc_mismatch import anchors, missing, order, renaming, repeated, standing
from listbot.finding import Finding
from listbot.rule import Context


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    contents = contents_table.find(document)
    if contents is None:
        return
    wrong = [*anchors.wrong(document, contents), *anchors.without_hash(contents, context.surroundings)]
    meant = {finding.fix.edits[0].text[1:] for finding in wrong if finding.fix is not None}
    reached = standing.reached(document, contents, meant)
    left_out = list(missing.headings(document, contents, reached))
    renamed = renaming.pairs(document, contents, wrong, reached)
    for finding in wrong:
        heading = renamed.get(finding.span)
        yield finding if heading is None else renaming.finding(finding, heading)
    for heading, finding in left_out:
        if heading not in renamed.values():
            yield finding
    again = list(repeated.lines(document, contents, {finding.span for finding in wrong}))
    yield from again
    yield from order.stray(document, contents, {finding.span for finding in again})
