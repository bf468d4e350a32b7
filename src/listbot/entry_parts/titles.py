"""Which of an entry's pieces are its title.

By the precedence that `reference/lists.md` §3 measured: a link's own text, a quoted span, a bold one, plain text up to
the first fact or label; in tables by the header.
"""

from __future__ import annotations

import re

from listbot import venues, vocabulary
from listbot.document import Document
from listbot.entry_parts.phrases import (
    EDGE,
    LONG,
    MARKS,
    NOTHING,
    NUMBER,
    QUOTED,
    WORDS_OF_TITLE,
    closing_kind,
    is_citation,
    is_fact,
    may_hold_marks,
    tidy,
    without_closing,
)
from listbot.entry_parts.pieces import Piece, Title, is_keyed
from listbot.entry_parts.plain_titles import PlainTitles
from listbot.grouping import Group
from listbot.source import Span
from listbot.tokens import Tokenizer, plain

_DOI = re.compile(r"(?:doi:?\s*)?10\.\d{4,9}/\S+|(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_NOTES_FOLLOW = re.compile(r"\s*(?:[-–—:：]|[.]\s)")
_CERTAIN = 3
"""`venues.people` of a row of names that nothing else can be."""
_ALONE = 4
_WORDS_OF_GROUP = 6
_WORDS_OF_VENUE = 8
_NO_NAMES = frozenset({"year", "venue", "authors", "notes"})
"""Columns that hold no names of things."""
_TITLE_COLUMNS = ("title", "paper", "name")


class TitleReader:
    """Finds the titles of one document's entries."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.text = document.source.text
        self.tokenizer = tokenizer
        self.plain = PlainTitles(document, tokenizer)

    def title(self, pieces: list[Piece], group: Group) -> Title | None:
        if group.kind == "row" and group.leaves and group.leaves[0].column is not None:
            return self._title_of_row(pieces, group)
        first = [place for place, piece in enumerate(pieces) if group.leaves[piece.leaf].level == 0]
        if group.kind == "heading" and first and group.leaves[0].span.start > group.span.start:
            found = self._title_in(pieces, first[0], first[-1] + 1, heading=True)  # a bold line has no `#` before it
        else:
            found = self._title_in(pieces, first[0], first[-1] + 1) if first else None
        if found is None and first and len(first) > 1:
            found = self._after_labels(pieces, first[0], first[-1] + 1)
        if found is None or (found.kind == "text" and len(found.text.split()) <= _WORDS_OF_GROUP):
            found = self._cited_below(pieces, group) or found
        return found or self._any_link(pieces)

    def _cited_below(self, pieces: list[Piece], group: Group) -> Title | None:
        """The title of a citation on the line below, where the entry's own line names a group of people only.

        `* Wren Lab [paper](…)` with `  * Ada Lark, Bo Wren, Cy Owl, Counting birds from far, ICML 2020` below it.
        """
        below = next((number for number, leaf in enumerate(group.leaves) if leaf.level > 0), None)
        if below is None or any(piece.link for piece in pieces if piece.leaf == below):
            return None
        start, end = self._cell(pieces, below)
        found = self._title_in(pieces, start, end)
        if found is None or len(found.text.split()) < WORDS_OF_TITLE:
            return None
        before = self.text[pieces[start].span.start : found.span.start].rstrip(EDGE + '"“')
        return found if venues.people(before) == _CERTAIN else None

    def _title_of_row(self, pieces: list[Piece], group: Group) -> Title | None:
        columns = [leaf.column for leaf in group.leaves]
        for wanted in _TITLE_COLUMNS:
            for number, column in enumerate(columns):
                if column == wanted:
                    found = self._title_in_cell(pieces, number)
                    if found is not None:
                        return found
        named = self._named_first(pieces, group)
        if named is not None:
            return named
        bounds = [
            self._cell(pieces, number) for number, column in enumerate(columns) if not column or column == "links"
        ]
        found_ones = [title for start, end in bounds if (title := self._title_in(pieces, start, end)) is not None]
        linked = [title for title in found_ones if title.link is not None]
        if linked:
            return max(linked, key=lambda title: len(title.text) >= LONG)
        return max(found_ones, key=lambda title: len(title.text), default=None) or self._any_link(pieces)

    def _named_first(self, pieces: list[Piece], group: Group) -> Title | None:
        """The title of a row whose first cell with words holds a linked name, whatever its heading says."""
        for number, leaf in enumerate(group.leaves):
            start, end = self._cell(pieces, number)
            if leaf.column in _NO_NAMES or not any(piece.text.strip(EDGE) for piece in pieces[start:end]):
                continue
            found = self._title_in(pieces, start, end)
            return found if found is not None and found.link is not None else None
        return None

    def _cell(self, pieces: list[Piece], number: int) -> tuple[int, int]:
        places = [place for place, piece in enumerate(pieces) if piece.leaf == number]
        return places[0], places[-1] + 1

    def _title_in_cell(self, pieces: list[Piece], number: int) -> Title | None:
        start, end = self._cell(pieces, number)
        found = self._title_in(pieces, start, end)
        if found is not None or any(piece.link for piece in pieces[start:end]):
            return found
        shown = plain(self.text, self.tokenizer.tokens(Span(pieces[start].span.start, pieces[end - 1].span.end))).strip(
            EDGE
        )
        if NOTHING.fullmatch(shown) or venues.year(shown):
            return None
        return Title(
            shown,
            Span(pieces[start].span.start, pieces[end - 1].span.end),
            "text",
            start,
            end - 1,
            pieces[end - 1].span.end,
            None,
        )

    def _title_in(self, pieces: list[Piece], start: int, end: int, *, heading: bool = False) -> Title | None:
        """By precedence: a link's own text, a quoted span, a bold one, plain text (`reference/lists.md` §3)."""
        head = self._after_head(pieces, start, end)
        linked = next((place for place in range(start, end) if self._is_title_link(pieces, place, start)), None)
        for place in range(head, min(end, head + 5)):
            piece = pieces[place]
            if linked is not None and place >= linked:
                break
            if piece.kind == "break" and place > head:
                break
            if piece.kind == "quoted" and len(piece.text) >= LONG:
                return self._from_pieces(pieces, place, place, "quoted")
        if head < end and pieces[head].kind == "strong" and (linked is None or self._outweighs(pieces, head, linked)):
            found = self._bold(pieces, head, end)
            if found is not None:
                return found
        if linked is not None and not self._stands_after_people(pieces, head, linked):
            return self._from_link(pieces, linked)
        lost = next((p for p in range(start, min(head + 1, end)) if self._lost_its_target(pieces, p, end)), None)
        if lost is not None:
            return self._from_pieces(pieces, lost, lost, "text")._replace(text=tidy(pieces[lost].text.strip("[] ")))
        bold = next(
            (
                p
                for p in range(head, end)
                if pieces[p].kind == "strong" and len(pieces[p].text) >= LONG and not pieces[p].enclosed
            ),
            None,
        )
        if bold is not None and self._is_authors_first(pieces, start, bold):
            return self._bold(pieces, bold, end)
        return self.plain.title(pieces, head, end, heading=heading)

    def _stands_after_people(self, pieces: list[Piece], head: int, linked: int) -> bool:
        """`A title | *Tao Zeng, …* | [BMC Bioinformatics](…)`: words, people in italics, then the venue."""
        before = pieces[head:linked]
        people = next((n for n, p in enumerate(before) if p.kind == "emphasis" and venues.people(p.text) > 1), 0)
        return people > 0 and len("".join(p.text for p in before[:people]).split()) >= WORDS_OF_TITLE - 1

    def _outweighs(self, pieces: list[Piece], bold: int, linked: int) -> bool:
        """Bold words before a link are the title where they are long, and the link stands on a line of its own."""
        piece = pieces[bold]
        if len(piece.text) < LONG or piece.text.rstrip().endswith((":", "：")):
            return False
        between = pieces[bold + 1 : linked]
        if any(p.kind in ("break", "cell") for p in between):
            return True
        if between and between[0].kind == "text" and between[0].text.lstrip().startswith((":", "：")):
            return False
        return len(piece.text.split()) >= WORDS_OF_TITLE

    def _is_authors_first(self, pieces: list[Piece], start: int, bold: int) -> bool:
        before = "".join(piece.text for piece in pieces[start:bold])
        return venues.people(re.split(r"[.(]?\s*\b(?:19|20)\d\d", before, maxsplit=1)[0]) > 0 or not before.strip(EDGE)

    def _is_title_link(self, pieces: list[Piece], place: int, start: int) -> bool:
        piece = pieces[place]
        if piece.kind != "link" or piece.link is None or not piece.text or piece.link.link.badge:
            return False
        label = piece.text
        first = all(self._is_preamble(p) for p in pieces[start : place - is_keyed(pieces, place)])
        if piece.enclosed:
            return False
        role = vocabulary.role_of_label(label)
        if role is not None:
            return first and vocabulary.is_name(label) and not venues.venue(label)
        if _DOI.fullmatch(label):
            return False
        if venues.is_known(label) if first else self._is_venue_label(label):
            return first and (len(pieces) < _ALONE or _names_code(label, piece.link.link.target))
        return len(label) >= LONG or first

    @staticmethod
    def _is_venue_label(label: str) -> bool:
        return len(label.split()) <= _WORDS_OF_VENUE and venues.venue(label, True) is not None

    def _is_preamble(self, piece: Piece) -> bool:
        """What may stand before a title and says nothing: marks, images, chips, dates, short tags in brackets."""
        if piece.kind in ("image", "break", "code", "cell"):
            return True
        if piece.kind == "bracket":
            return len(piece.text) <= 40
        if piece.link is not None:
            return False
        shown = MARKS.sub("", piece.text) if may_hold_marks(piece.text) else piece.text
        shown = shown.strip(EDGE + "*_[]()<>")
        numbered = NUMBER.fullmatch(piece.text.strip() + " ") is not None
        return numbered or not any(c.isalnum() for c in shown) or venues.year(shown) is not None

    def _after_head(self, pieces: list[Piece], start: int, end: int) -> int:
        """The first piece that may belong to the title: past marks, tags, chips, images, links and dates."""
        place = start
        while place < end:
            piece = pieces[place]
            enclosed_link = piece.kind == "link" and (piece.enclosed or is_fact(piece.text))
            if (
                self._is_preamble(piece)
                or enclosed_link
                or (piece.enclosed and piece.kind == "text")
                or (piece.kind == "strong" and self._is_tag(pieces, place))
                or (piece.kind in ("paren", "emphasis") and (is_fact(piece.text) or len(piece.text) < 3))
                or (piece.kind == "paren" and closing_kind(piece.text) in ("year", "venue"))
            ):
                place += 1
            else:
                break
        return place

    def _is_tag(self, pieces: list[Piece], place: int) -> bool:
        """`**[LeViT]**`, `**2017-01**`, `**CVPR 2020**`."""
        shown = pieces[place].text
        return (shown.startswith("[") and shown.endswith("]")) or is_fact(shown)

    def _from_link(self, pieces: list[Piece], place: int) -> Title | None:
        piece = pieces[place]
        assert piece.link is not None  # noqa: S101 - the caller stands on a link
        label = piece.link.link.label
        quoted = QUOTED.search(piece.text)
        if quoted is not None and is_citation(piece.text, quoted):
            return Title(quoted["title"], label, "link", place, place, piece.span.end, piece.link)
        text, _ = without_closing(piece.text, keep_year=True)
        text = NUMBER.sub("", text, count=1) if NUMBER.match(text) and len(text) > LONG else text
        return Title(tidy(text), label, "link", place, place, piece.span.end, piece.link)

    def _lost_its_target(self, pieces: list[Piece], place: int, end: int) -> bool:
        """`[A title that lost its target]: notes`, `[A title] (https://…)`."""
        piece = pieces[place]
        if piece.kind != "bracket" or len(piece.text) < LONG or len(piece.text.split()) < WORDS_OF_TITLE - 1:
            return False
        following = pieces[place + 1] if place + 1 < end else None
        return following is not None and (
            following.kind in ("paren", "break") or following.text.lstrip().startswith(":")
        )

    def _from_pieces(self, pieces: list[Piece], first: int, last: int, kind: str) -> Title:
        span = Span(pieces[first].span.start, pieces[last].span.end)
        shown = self.tokenizer.shown(span)
        whole = kind == "quoted" and sum(map(shown.count, '"“”„«»')) % 2 == 0
        shown = shown[1:-1] if whole else shown.strip(' "“”„«»')
        text, _ = without_closing(shown, keep_year=False)
        return Title(tidy(text), span, kind, first, last, span.end, None)

    def _bold(self, pieces: list[Piece], place: int, end: int) -> Title | None:
        """A bold title; a bold name with a colon is the beginning of one (`**PreAfford**: Universal …`)."""
        piece = pieces[place]
        following = pieces[place + 1].text.lstrip() if place + 1 < end and pieces[place + 1].kind == "text" else ""
        continues = following[:1] in (":", "：") or piece.text.rstrip().endswith((":", "："))
        if (
            following[:1].isalnum()
            and not is_fact(following.strip(EDGE))
            and not piece.text.rstrip().endswith((".", "?", "!"))
        ):
            continues = True
        if continues and len(piece.text.split()) <= WORDS_OF_TITLE:
            tail = self.plain.title(pieces, place, end)
            if tail is not None and len(tail.text) > len(piece.text) + 2:
                return tail
        is_notes = _NOTES_FOLLOW.match(" " + following) is not None
        if venues.people(piece.text) == _CERTAIN and place + 1 < end and not is_notes:
            following_title = self.plain.title(pieces, place + 1, end)
            if following_title is not None and len(following_title.text.split()) >= WORDS_OF_TITLE:
                return None
        return self._from_pieces(pieces, place, place, "bold")

    def _after_labels(self, pieces: list[Piece], start: int, end: int) -> Title | None:
        """`[website](…), A title`: words after the labels, unless a separator says that they are notes.

        Where they are notes, a label is the name of the thing: `[slides](…) - Shows slides in a terminal`.
        """
        place = start
        while place < end and (pieces[place].kind == "link" or not pieces[place].text.strip(EDGE)):
            place += 1
        labels = [at for at in range(start, place) if pieces[at].kind == "link"]
        follows = place < end and bool(labels) and pieces[place].kind == "text"
        if follows and _NOTES_FOLLOW.match(pieces[place].text) is None:
            found = self.plain.title(pieces, place, end)
            if found is not None and len(found.text) >= LONG:
                return found
        if not labels or pieces[labels[0]].enclosed or not pieces[labels[0]].text:
            return None
        alone = place >= end or pieces[place].kind == "text"
        return self._from_link(pieces, labels[0]) if alone and len(labels) == 1 else None

    def _any_link(self, pieces: list[Piece]) -> Title | None:
        """Nothing better than the first link's text, in brackets or below: `[[Inflated models on PyTorch]](…)`."""
        for place, piece in enumerate(pieces):
            if piece.kind != "link" or not piece.text or vocabulary.role_of_label(piece.text) is not None:
                continue
            if not _DOI.fullmatch(piece.text) and not is_fact(piece.text):
                return self._from_link(pieces, place)
        return None


def _names_code(label: str, target: str) -> bool:
    """Whether a label that reads as a venue names a repository: `[cidr](https://github.com/example/cidr)`."""
    return label.islower() and vocabulary.role_of_target(target) == "code"
