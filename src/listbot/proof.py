"""The proof of a fix: after the edits, the text says what it said, but for what the rule said it would change.

A rule's page declares with `fixes = […]` what its fixes may change, in the words of `DECLARATIONS`. All else is held:
outside the edited lines every block, heading, link and entry is as it was, and since GitHub renders a block from its
text and the link definitions alone, the page outside the edited entries looks as it did. Line endings, byte order mark
and the end of the file are as before, whatever a rule declares.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from listbot import identity, works
from listbot.block_rules import Token, block_tokens
from listbot.document import Document, Entry, Link
from listbot.edited_sides import Change, Side, after_edits, before_edits
from listbot.slugs import letters_of
from listbot.source import Span

DECLARATIONS = frozenset({"targets", "works", "text", "comments", "entries"})
"""What fixes may change: where edited links lead (to the same works); which works they lead to; what the edited lines
say, and which links stand in them; comments; which entries there are (and no work may be lost)."""

_NEWLINE = re.compile(r"\r\n|\n|\r")
_SUBTREES = {"list_item_open": "list_item_close", "tr_open": "tr_close"}


def prove(before: Document, after: Document, changes: Sequence[Change]) -> str | None:
    """What the edits changed and no rule declared, as the end of a sentence; None where the proof holds."""
    old, new = before_edits(before, after, changes), after_edits(after, changes)
    for check in (_line_ends, _headings, _comments, _blocks, _definitions, _links, _entries):
        wrong = check(old, new)
        if wrong is not None:
            return wrong
    return _places(old, new, changes)


# What holds for every rule -------------------------------------------------------------------------------------------


def _line_ends(old: Side, new: Side) -> str | None:
    before, after = old.document.source, new.document.source
    if not set(_NEWLINE.findall(after.text)) <= set(_NEWLINE.findall(before.text)):
        return "it brought in another kind of line ending"
    if before.text.endswith(("\n", "\r")) != after.text.endswith(("\n", "\r")):
        return "the line ending at the end of the file changed"
    return None if before.bom == after.bom else "the byte order mark changed"


def _headings(old: Side, new: Side) -> str | None:
    before, after = (
        [(heading.level, heading.text, heading.slug, heading.html) for heading in side.document.headings]
        for side in (old, new)
    )
    if before != after:
        return "a heading changed"
    return None if old.document.anchors == new.document.anchors else "an anchor changed"


def _comments(old: Side, new: Side) -> str | None:
    """Comments stay, but in lines where a rule declares otherwise."""
    before, after = (
        [
            comment.text
            for comment in side.document.comments
            if not {"comments"} & (_may_at(side, comment.span) or frozenset())
        ]
        for side in (old, new)
    )
    return None if before == after else "a comment changed"


def _may_at(side: Side, span: Span) -> frozenset[str] | None:
    line_of = side.document.source.line_of
    return side.may(line_of(span.start), line_of(max(span.start, span.end - 1)))


def _definitions(old: Side, new: Side) -> str | None:
    before, after = old.document.definitions, new.document.definitions
    if before.keys() != after.keys():
        return "a link definition came or went"
    for label, definition in before.items():
        place = definition.destination
        edited = place is not None and any(span.overlaps(place) for span, _ in old.spans)
        if definition.target != after[label].target and not edited:
            return f"the link definition of “{label}” changed"
    return None


# Blocks --------------------------------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """A block's beginning, end or text, as the renderer sees it."""

    kind: tuple[object, ...]
    text: str
    edited: bool


def _blocks(old: Side, new: Side) -> str | None:
    before, after = list(_without_joints(_parts(old))), list(_without_joints(_parts(new)))
    if len(before) != len(after):
        return "a block came or went"
    for one, other in zip(before, after, strict=True):
        if one.kind != other.kind:
            return "a block became another"
        if one.text != other.text and not (one.edited and other.edited):
            return "the text of a block changed that was not edited"
    return None


def _parts(side: Side) -> Iterator[_Part]:
    """The blocks of a document in the order of the text, without items, rows and comments that were taken out."""
    text = _NEWLINE.sub("\n", side.document.source.text).replace("\0", "\ufffd")
    tokens, _ = block_tokens(text, whole=True)
    skipped = 0
    for token in tokens:
        first = token.map[0] + 1 if token.map else 0
        if skipped or (token.type in _SUBTREES and first in side.removed):
            skipped += (token.type in _SUBTREES) - (token.type in _SUBTREES.values())
        elif not (token.type == "html_block" and first in side.removed):
            yield _part(side, token, first)


def _part(side: Side, token: Token, first: int) -> _Part:
    info = "" if token.type == "list_item_open" else token.info  # the list's first number is what counts
    kind = (token.type, token.tag, token.markup, info, token.hidden, token.level, *token.attrs.items())
    edited = token.map is not None and side.may(first, max(first, token.map[1])) is not None
    return _Part(kind, token.content, edited)


def _without_joints(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Two bullet lists of one kind next to each other as one: what parted them was a comment."""
    closed: _Part | None = None
    for part in parts:
        if closed is not None:
            if part.kind[0] == "bullet_list_open" and part.kind[2:] == closed.kind[2:]:
                closed = None
                continue
            yield closed
            closed = None
        if part.kind[0] == "bullet_list_close":
            closed = part
        else:
            yield part
    if closed is not None:
        yield closed


# Links ---------------------------------------------------------------------------------------------------------------


def _links(old: Side, new: Side) -> str | None:
    before, after = ([link for link in _all_links(side) if not _free(side, link)] for side in (old, new))
    if len(before) != len(after):
        return "a link came or went"
    for one, other in zip(before, after, strict=True):
        wrong = _link(old, one, new, other)
        if wrong is not None:
            return wrong
    return None


def _all_links(side: Side) -> list[Link]:
    return sorted(side.document.links + side.document.images, key=lambda link: link.span)


def _free(side: Side, link: Link) -> bool:
    """Whether a link stands in lines whose text may change."""
    return bool({"text", "entries"} & (_may_at(side, link.span) or frozenset()))


def _link(old: Side, one: Link, new: Side, other: Link) -> str | None:
    same_label = one.label == one.destination or old.document.source[one.label] == new.document.source[other.label]
    if one.kind != other.kind or one.image != other.image or not (same_label or old.edited(one) is not None):
        return "a link became another"
    if one.target == other.target:
        return None
    may = old.edited(one)
    if may is None or not may & {"targets", "works"}:
        return f"a link to {one.target} leads elsewhere"
    if "works" not in may and works.identity(one.target) != works.identity(other.target):
        return f"{other.target} is not the work of {one.target}"
    return None


# Entries -------------------------------------------------------------------------------------------------------------


def _entries(old: Side, new: Side) -> str | None:
    if any("text" in may for _, may in old.spans):
        return _works_kept(old, new) or _works_of_others_kept(old, new)
    for keeps, read in ((_untouched, _all_of), (_touched, _identity_of)):
        before, after = ([read(e) for e in side.document.entries if keeps(side, e)] for side in (old, new))
        if before != after:
            return "an entry changed" if keeps is _untouched else "an edited entry became another"
    return _works_kept(old, new)


def _untouched(side: Side, entry: Entry) -> bool:
    return side.may_of(entry) is None


def _touched(side: Side, entry: Entry) -> bool:
    """Whether an entry was edited by rules that may not change which work it is and what it says."""
    may = side.may_of(entry)
    return may is not None and not may & {"works", "text", "entries"}


def _all_of(entry: Entry) -> tuple[object, ...]:
    said = (entry.title, entry.authors, entry.venue, entry.year, entry.tags, entry.marks, entry.notes)
    return (entry.kind, entry.section, *said, tuple(part.label for part in entry.links), identity.works_of(entry))


def _identity_of(entry: Entry) -> tuple[object, ...]:
    return (entry.kind, entry.section, entry.title, entry.marks, identity.works_of(entry))


def _works_of_others_kept(old: Side, new: Side) -> str | None:
    """A link more may have its neighbours read anew; what was listed outside the edited lines still is."""
    before = {work for entry in old.document.entries if _untouched(old, entry) for work in identity.works_of(entry)}
    lost = before - {works.identity(link.target) for link in new.document.links}
    return f"{min(lost)} is not listed any more" if lost else None


def _works_kept(old: Side, new: Side) -> str | None:
    """Where entries are merged, every work that they led to is still led to; where targets may change, as an anchor."""
    lost = _led_to(old) - _led_to(new)
    if any("targets" in may for _, may in old.spans):
        anchors = {letters_of(link.target) for link in new.document.links if link.target.startswith("#")}
        lost -= {one for one in lost if not set(":/") & set(one) and letters_of(unquote(one)) in anchors - {""}}
    return f"the link to {min(lost)} is lost" if lost else None


def _led_to(side: Side) -> set[str]:
    """Where the lines of merged entries lead; where targets may change, an anchor of this document is no work."""
    lines = {line: "targets" in may for line, may in side.touched.items() if "entries" in may}
    return {
        works.identity(link.target) or link.target
        for link in side.document.links
        if (free := lines.get(side.document.source.line_of(link.span.start))) is not None
        and not (free and link.target.startswith("#"))
    }


# Edits ---------------------------------------------------------------------------------------------------------------


def _places(old: Side, new: Side, changes: Sequence[Change]) -> str | None:
    """An edit of a rule that declares targets only replaces a target by a target."""
    bound = [change for change in changes if not change.may & {"text", "entries", "comments"}]
    inside = _all_in_targets(old.document, [c.before for c in bound])
    if inside and _all_in_targets(new.document, [c.after for c in bound]):
        return None
    return "an edit reached beyond the target of a link"


def _all_in_targets(document: Document, spans: Sequence[Span]) -> bool:
    targets = sorted({link.destination for link in document.links + document.images})
    return all(
        any(target.contains(span) for target in targets[max(0, at - 2) : at])
        for span in spans
        if (at := bisect_right(targets, Span(span.start, len(document.source.text)))) >= 0
    )
