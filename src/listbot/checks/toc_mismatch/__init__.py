"""toc-mismatch: the table of contents and the headings do not say the same."""

from __future__ import annotations

from collections.abc import Iterator

from listbot import contents_table
from listbot.checks.toc_mismatch import anchors, missing, renaming
from listbot.contents_table import ContentsTable
from listbot.document import Document
from listbot.finding import Finding, Related
from listbot.rule import Context
from listbot.subsequences import longest_sorted

_FEWEST = 4
_FEW = 0.1
"""More lines out of order, and the contents have an order of their own."""


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    contents = contents_table.find(document)
    if contents is None:
        return
    wrong = list(anchors.wrong(document, contents))
    meant = {finding.fix.edits[0].text[1:] for finding in wrong if finding.fix is not None}
    left_out = list(missing.headings(document, contents, meant))
    renamed = renaming.pairs(document, contents, [f.span for f in wrong if f.fix is None], [h for h, _ in left_out])
    for finding in wrong:
        heading = renamed.get(finding.span)
        yield finding if heading is None else renaming.finding(finding, heading)
    for heading, finding in left_out:
        if heading not in renamed.values():
            yield finding
    yield from _out_of_order(document, contents)


def _out_of_order(document: Document, contents: ContentsTable) -> Iterator[Finding]:
    if any(block.kind == "table" for block in contents.blocks):
        return  # read in columns
    lines = [line for line in contents.lines if line.heading is not None]
    numbers = [line.heading for line in lines if line.heading is not None]
    kept = longest_sorted(numbers, strictly=True)
    stray = [line for at, line in enumerate(lines) if at not in kept]
    if len(set(numbers)) < len(numbers) or len(stray) > max(1, _FEW * len(lines)) or len(lines) < _FEWEST:
        return
    for line in stray:
        heading = document.headings[line.heading or 0]
        yield Finding(
            line.link.span,
            f"the contents list “{heading.text.strip()}” in another place than the text has it",
            "order",
            related=(Related(heading.span, "the section stands here"),),
        )
