"""A group's tokens -> the parts of an entry: title, links, authors, venue, year, tags, marks, notes.

In half of the entries of paper lists no link text is the title: it is bold, quoted or plain, and the links are labels
(`reference/lists.md` §3). So a link's text is first looked up among the labels; what is no label may be the title. The
facts beside the title are read phrase by phrase (`venues`); what no phrase states is absent.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from listbot import venues, vocabulary
from listbot.document import Document, Entry, EntryLink, Link, PartSpans
from listbot.grouping import Group, Leaf
from listbot.source import Span
from listbot.tokens import Token, Tokenizer, label_text, plain

_LONG = 12
"""A title has so many characters at least; a shorter text may be a name, if it stands first."""
_WORDS_OF_TITLE = 4
_CHECKBOX = re.compile(r"\[(?P<mark>[ xX]?)\][ \t]+")
_MARKS = re.compile(
    r":(?:fire|star2?|sparkles|new|heart|warning|exclamation|collision|rocket|tada|thumbsup|\+1|bulb|zap|trophy|x"
    r"|1st_place_medal|white_check_mark|heavy_check_mark|construction):"
    "|[\u2b50\u2605\u2606\U0001f525\U0001f31f\u2728\u26a0\u2705\u274c\U0001f195\u2764\U0001f44d\U0001f680"
    "\U0001f947-\U0001f949\U0001f4a5\U0001f3c6\u26a1]\ufe0f?"
)
_COMPLEX = re.compile(r"[\d\\*_~\"“”„«»()（）\[\]【】<>`&\r\n|@]|:(?=[^\s])|[^\x00-\x7f–—’‘]|\.\s*$(?<=\.\.)|\s\s")
"""What the simple reading leaves to the general one; a colon only before a blank, as in a separator."""
_SHORTCODE = re.compile(r":[a-z0-9_+]+:")
_NUMBER = re.compile(r"\(?\d{1,3}\s*[.)、:]\s+|#\d+\s+")
_EDGE = " \t\r\n.,;:·•|/&-–—\u200b\ufeff"
_EDGE_OF_NOTES = _EDGE.replace(".", "")
_CLOSING = re.compile(r"\s*[(\[（【](?P<inner>[^()\[\]（）【】]*(?:\([^()]*\)[^()\[\]]*)?)[)\]）】]\s*[.,:;]?\s*$")
_AT = re.compile(r"[@＠]")
_BY = re.compile(r"\(?\s*(?:by|from|author(?:s)?|presented by|written by|作者)\s*[:：]?\s+", re.IGNORECASE)
_STATUS = re.compile(
    r"(?:oral|spotlight|poster|highlight|best (?:paper|student).*|outstanding.*|accepted.*|new|updated?|coming soon|wip|recommended|survey|withdrawn|award.*)",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"(?<=[.;|。；])\s+|\s*[,，]\s+|\s+[-–—|•·/~]+\s+|(?<=[^\d]):\s+|\s*[|；，。]\s*|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:al|vs|etc|cf|e\.g|i\.e|Proc|Int|Conf|Trans|J|Vol|No|pp|St|Dr|Mr|Jr|Sr|Inc|Ltd|Ph\.D|Eng|Sci|Biol|Chem|Comput|Syst|Med|Rev|Lett|Nat|Adv|Annu|Acad)|\b[^\W\d_])\.$"
)
_FINDINGS = re.compile(r"(?:Findings of(?: the)?|in) \w+$|\bFindings$")
_QUOTED = re.compile(r"[\"“](?P<title>[^\"“”]{12,}?)[.,]?[\"”]")
_SEPARATOR = re.compile(r"\s*(?:[-–—:：|,;.·•>]+)\s*")
_NOTHING = re.compile(r"[\W_]*(?:n/?a|none|无|tbd|authors tbd)?[\W_]*", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:?\s*)?10\.\d{4,9}/\S+|(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_PAPER_ROLES = ("paper", "pdf")
_BESIDE_A_PAPER = frozenset({"code", "slides", "video", "data", "model", "demo", "other", "badge", "image", "source"})
_OF_COLUMN = {"code": "code", "data": "data", "demo": "demo"}
_TITLE_COLUMNS = ("title", "paper", "name")


class _Piece(NamedTuple):
    """A token, or a link out of a pair of brackets."""

    kind: str
    span: Span
    text: str
    """What a reader sees of it; of text tokens the source as it stands, so that offsets hold."""
    link: EntryLink | None
    enclosed: bool
    """Between brackets, or the label itself begins with one: `[[pdf](…)]`, `([code](…))`, `[[pdf]](…)`."""
    leaf: int


class _Title(NamedTuple):
    text: str
    span: Span
    kind: str
    """`link`, `bold`, `quoted` or `text`."""
    first: int
    last: int
    """The pieces that it covers; where it ends inside a piece, `rest` begins there."""
    rest: int
    link: EntryLink | None


class _Facts:
    """What the text beside the title states."""

    __slots__ = ("authors", "marked", "notes", "tags", "venue", "year", "year_rank")

    def __init__(self) -> None:
        self.authors: Span | None = None
        self.venue: Span | None = None
        self.year: tuple[int, Span] | None = None
        self.year_rank = 9
        self.tags: list[tuple[str, Span]] = []
        self.notes: list[Span] = []

    def take_year(self, value: int | None, span: Span, rank: int) -> None:
        """A year that a venue states outranks one that stands alone, and the first of one rank the later ones."""
        if value is not None and rank < self.year_rank:
            self.year, self.year_rank = (value, span), rank


class Reader:
    """Reads the parts of one document's groups."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.text = document.source.text
        self.tokenizer = tokenizer

    def entry(self, group: Group) -> Entry | None:
        """The entry that a group is, or None where it lists nothing."""
        if len(group.leaves) == 1 and group.leaves[0].column is None and not group.leaves[0].html:
            simple = self._simple(group)
            if simple is not None:
                return simple
        pieces: list[_Piece] = []
        marks: list[tuple[str, Span]] = []
        for number, leaf in enumerate(group.leaves):
            span = leaf.span
            if number == 0:
                box = _CHECKBOX.match(self.text, span.start, span.end)
                if box is not None:
                    names = ("checkbox",) if box["mark"] in (" ", "") else ("checkbox", "checked")
                    marks += [(name, Span(*box.span())) for name in names]
                    span = Span(box.end(), span.end)
            self._flatten(self.tokenizer.tokens(span, leaf.html), number, False, pieces, leaf)
            pieces.append(
                _Piece(
                    "cell" if leaf.column is not None else "break", Span(span.end, span.end), "", None, False, number
                )
            )
        links = [piece.link for piece in pieces if piece.link is not None]
        if links and all(link.role in ("badge", "image") for link in links) and not any(link.label for link in links):
            return None
        title = self._title(pieces, group)
        facts = self._facts(pieces, title, group)
        if not any(not link.link.image for link in links) and not self._is_paper_like(title, facts):
            return None
        kept, primary = self._links(pieces, title, facts)
        for piece in pieces:
            if piece.kind == "text" and _may_hold_marks(piece.text):
                marks += [
                    (mark[0], Span(piece.span.start + mark.start(), piece.span.start + mark.end()))
                    for mark in _MARKS.finditer(piece.text)
                ]
        notes = facts.notes
        return Entry(
            kind=group.kind,
            span=group.span,
            first=group.first,
            last=group.last,
            section=self.document.section_at(group.span.start),
            title=title.text if title else None,
            links=tuple(kept),
            primary=primary,
            authors=self._shown(facts.authors),
            venue=self._shown(facts.venue),
            year=facts.year[0] if facts.year else None,
            tags=tuple(text for text, _ in facts.tags),
            marks=tuple(dict.fromkeys(name for name, _ in marks)),
            notes=" ".join(shown for span in notes if (shown := self._shown(span))) or None,
            shape=self._shape(title, facts, kept, primary, group),
            spans=PartSpans(
                title.span if title else None,
                facts.authors,
                facts.venue,
                facts.year[1] if facts.year else None,
                Span(notes[0].start, notes[-1].end) if notes else None,
                tuple(span for _, span in facts.tags),
                tuple(span for _, span in marks),
            ),
        )

    def _simple(self, group: Group) -> Entry | None:
        """`[Title](url) - notes` without any fact or further mark, as two thirds of all entries of tools are.

        Reads the same as the general way (the tests hold them against each other) in a tenth of the time.
        """
        text, span = self.text, group.leaves[0].span
        links = self.document.links_in(span)
        if len(links) != 1 or links[0].kind != "inline" or not links[0].target:
            return None
        link = links[0]
        box = _CHECKBOX.match(text, span.start, link.span.start)
        if (box.end() if box else span.start) != link.span.start:
            return None
        label = text[link.label.start : link.label.end]
        tail = text[link.span.end : span.end]
        if _COMPLEX.search(label) or _COMPLEX.search(tail) or len(label) < 2 or self.tokenizer.has_more(span):
            return None
        notes = tail.lstrip(_EDGE).rstrip(_EDGE_OF_NOTES)
        if notes:
            begins = _SEPARATOR.match(tail)
            first = _PHRASE.split(notes, maxsplit=1)[0]
            if begins is None or _BY.match(notes) or venues.people(first) or venues.venue(first, True) is not None:
                return None
        if vocabulary.role_of_label(label) is not None or venues.venue(label, True) is not None:
            return None
        part = self._entry_link(link, label.strip(), group.leaves[0])
        if part.role in ("other", "docs") and not vocabulary.is_known_host(link.target):
            part = part._replace(role="project")
        start = link.span.end + (tail.find(notes) if notes else 0)
        marks = () if box is None else ("checkbox", "checked") if box["mark"] in ("x", "X") else ("checkbox",)
        return Entry(
            kind=group.kind,
            span=group.span,
            first=group.first,
            last=group.last,
            section=self.document.section_at(group.span.start),
            title=_tidy(label),
            links=(part,),
            primary=part,
            authors=None,
            venue=None,
            year=None,
            tags=(),
            marks=marks,
            notes=notes or None,
            shape="link notes" if notes else "link",
            spans=PartSpans(
                title=link.label,
                notes=Span(start, start + len(notes)) if notes else None,
                marks=(Span(*box.span()),) * len(marks) if box else (),
            ),
        )

    def _shown(self, span: Span | None) -> str | None:
        if span is None:
            return None
        return plain(self.text, self.tokenizer.tokens(span)).strip(_EDGE_OF_NOTES) or None

    # Pieces -----------------------------------------------------------------------------------------------------------

    def _flatten(
        self, tokens: tuple[Token, ...], number: int, enclosed: bool, pieces: list[_Piece], leaf: Leaf
    ) -> None:
        for token in tokens:
            if token.link is not None:
                label = label_text(self.text, token.link)
                inside = enclosed
                if label.startswith("[") and label.endswith("]") and not token.link.image:
                    label, inside = label[1:-1].strip(), True
                key = (
                    pieces[-1].text
                    if pieces and token.link.kind in ("bare", "autolink") and pieces[-1].kind == "text"
                    else ""
                )
                link = self._entry_link(token.link, label or _key_of(key), leaf)._replace(label=label)
                pieces.append(_Piece(token.kind, token.span, label, link, inside, number))
                for image in self._images_in(token.link):
                    pieces.append(_Piece("image", image.span, "", self._entry_link(image, "", leaf), True, number))
            elif token.inner and _holds_link(token):
                bracket = token.kind in ("paren", "bracket")
                self._flatten(token.inner, number, enclosed or bracket, pieces, leaf)
            elif token.kind == "text":
                pieces.append(
                    _Piece("text", token.span, self.text[token.span.start : token.span.end], None, enclosed, number)
                )
            else:
                pieces.append(
                    _Piece(token.kind, token.span, plain(self.text, token.inner or [token]), None, enclosed, number)
                )

    def _images_in(self, link: Link) -> list[Link]:
        if link.image or (
            "!" not in self.text[link.label.start : link.label.end]
            and "<img" not in self.text[link.label.start : link.label.end]
        ):
            return []
        return (
            [image for image in self.document.images if link.label.contains(image.span)]
            if len(self.document.images) < 500
            else self._images_by_place(link.label)
        )

    def _images_by_place(self, span: Span) -> list[Link]:
        from bisect import bisect_left

        images = self.document.images
        return images[
            bisect_left(images, span.start, key=lambda i: i.span.start) : bisect_left(
                images, span.end, key=lambda i: i.span.start
            )
        ]

    def _entry_link(self, link: Link, label: str, leaf: Leaf) -> EntryLink:
        if link.image:
            return EntryLink(link, "", "badge" if vocabulary.is_badge(link.target) else "image")
        named = vocabulary.role_of_label(label) if label else None
        target = vocabulary.role_of_target(link.target)
        column = _OF_COLUMN.get(leaf.column or "")
        if named is None:
            return EntryLink(link, label, column if column and target in (None, "code", "other") else target or "other")
        if vocabulary.points(label) or named in ("project", "other"):
            if target in _PAPER_ROLES or (vocabulary.points(label) and named == "other" and target is not None):
                return EntryLink(link, label, target)
            if column is not None and named == "other":
                return EntryLink(link, label, column)
        return EntryLink(link, label, named)

    # The title --------------------------------------------------------------------------------------------------------

    def _title(self, pieces: list[_Piece], group: Group) -> _Title | None:
        if group.kind == "row" and group.leaves and group.leaves[0].column is not None:
            return self._title_of_row(pieces, group)
        first = [place for place, piece in enumerate(pieces) if group.leaves[piece.leaf].level == 0]
        found = self._title_in(pieces, first[0], first[-1] + 1) if first else None
        return found or self._any_link(pieces)

    def _title_of_row(self, pieces: list[_Piece], group: Group) -> _Title | None:
        columns = [leaf.column for leaf in group.leaves]
        for wanted in _TITLE_COLUMNS:
            for number, column in enumerate(columns):
                if column == wanted:
                    found = self._title_in_cell(pieces, number)
                    if found is not None:
                        return found
        bounds = [
            self._cell(pieces, number) for number, column in enumerate(columns) if not column or column == "links"
        ]
        found_ones = [title for start, end in bounds if (title := self._title_in(pieces, start, end)) is not None]
        linked = [title for title in found_ones if title.link is not None]
        if linked:
            return max(linked, key=lambda title: len(title.text) >= _LONG)
        return max(found_ones, key=lambda title: len(title.text), default=None) or self._any_link(pieces)

    def _cell(self, pieces: list[_Piece], number: int) -> tuple[int, int]:
        places = [place for place, piece in enumerate(pieces) if piece.leaf == number]
        return places[0], places[-1] + 1

    def _title_in_cell(self, pieces: list[_Piece], number: int) -> _Title | None:
        start, end = self._cell(pieces, number)
        found = self._title_in(pieces, start, end)
        if found is not None or any(piece.link for piece in pieces[start:end]):
            return found
        shown = plain(self.text, self.tokenizer.tokens(Span(pieces[start].span.start, pieces[end - 1].span.end))).strip(
            _EDGE
        )
        if _NOTHING.fullmatch(shown) or venues.year(shown):
            return None
        return _Title(
            shown,
            Span(pieces[start].span.start, pieces[end - 1].span.end),
            "text",
            start,
            end - 1,
            pieces[end - 1].span.end,
            None,
        )

    def _title_in(self, pieces: list[_Piece], start: int, end: int) -> _Title | None:
        """By precedence: a link's own text, a quoted span, a bold one, plain text (`reference/lists.md` §3)."""
        head = self._after_head(pieces, start, end)
        linked = next((place for place in range(start, end) if self._is_title_link(pieces, place, start)), None)
        for place in range(head, min(end, head + 5)):
            piece = pieces[place]
            if linked is not None and place >= linked:
                break
            if piece.kind == "break" and place > head:
                break
            if piece.kind == "quoted" and len(piece.text) >= _LONG:
                return self._from_pieces(pieces, place, place, "quoted")
        if head < end and pieces[head].kind == "strong" and (linked is None or self._outweighs(pieces, head, linked)):
            found = self._bold(pieces, head, end)
            if found is not None:
                return found
        if linked is not None:
            return self._from_link(pieces, linked)
        lost = next((p for p in range(start, head) if self._lost_its_target(pieces, p, end)), None)
        if lost is not None:
            return self._from_pieces(pieces, lost, lost, "text")._replace(text=_tidy(pieces[lost].text.strip("[] ")))
        bold = next(
            (
                p
                for p in range(head, end)
                if pieces[p].kind == "strong" and len(pieces[p].text) >= _LONG and not pieces[p].enclosed
            ),
            None,
        )
        if bold is not None and self._is_authors_first(pieces, start, bold):
            return self._bold(pieces, bold, end)
        return self._from_text(pieces, head, end)

    def _outweighs(self, pieces: list[_Piece], bold: int, linked: int) -> bool:
        """Bold words before a link are the title where they are long, and the link stands on a line of its own."""
        piece = pieces[bold]
        if len(piece.text) < _LONG or piece.text.rstrip().endswith((":", "：")):
            return False
        between = pieces[bold + 1 : linked]
        if any(p.kind in ("break", "cell") for p in between):
            return True
        if between and between[0].kind == "text" and between[0].text.lstrip().startswith((":", "：")):
            return False
        return len(piece.text.split()) >= _WORDS_OF_TITLE

    def _is_authors_first(self, pieces: list[_Piece], start: int, bold: int) -> bool:
        before = "".join(piece.text for piece in pieces[start:bold])
        return venues.people(re.split(r"[.(]?\s*\b(?:19|20)\d\d", before, maxsplit=1)[0]) > 0 or not before.strip(_EDGE)

    def _is_title_link(self, pieces: list[_Piece], place: int, start: int) -> bool:
        piece = pieces[place]
        if piece.kind != "link" or piece.link is None or not piece.text or piece.link.link.badge:
            return False
        label = piece.text
        first = all(self._is_preamble(p) for p in pieces[start:place])
        if piece.enclosed:
            return False
        role = vocabulary.role_of_label(label)
        if role is not None:
            return first and vocabulary.is_name(label) and not venues.venue(label)
        if _DOI.fullmatch(label) or (
            venues.venue(label, True) is not None and len(label.split()) < 9 and not (first and len(pieces) < 4)
        ):
            return False
        return len(label) >= _LONG or first

    def _is_preamble(self, piece: _Piece) -> bool:
        """What may stand before a title and says nothing: marks, images, chips, dates, short tags in brackets."""
        if piece.kind in ("image", "break", "code", "cell"):
            return True
        if piece.kind == "bracket":
            return len(piece.text) <= 40
        if piece.link is not None:
            return False
        shown = piece.text.strip(_EDGE + "*_[]()<>")
        shown = _MARKS.sub("", shown).strip(_EDGE) if _may_hold_marks(shown) else shown
        numbered = _NUMBER.fullmatch(piece.text.strip() + " ") is not None
        return numbered or not any(c.isalnum() for c in shown) or venues.year(shown) is not None

    def _after_head(self, pieces: list[_Piece], start: int, end: int) -> int:
        """The first piece that may belong to the title: past marks, tags, chips, images, and a link or date in front."""
        place = start
        while place < end:
            piece = pieces[place]
            enclosed_link = piece.kind == "link" and (piece.enclosed or self._is_fact(piece.text))
            if (
                self._is_preamble(piece)
                or enclosed_link
                or (piece.enclosed and piece.kind == "text")
                or (piece.kind == "strong" and self._is_tag(pieces, place))
                or (piece.kind in ("paren", "emphasis") and (self._is_fact(piece.text) or len(piece.text) < 3))
            ):
                place += 1
            else:
                break
        return place

    def _is_tag(self, pieces: list[_Piece], place: int) -> bool:
        """`**[LeViT]**`, `**2017-01**`, `**CVPR 2020**`."""
        shown = pieces[place].text
        return (shown.startswith("[") and shown.endswith("]")) or self._is_fact(shown)

    def _is_fact(self, shown: str) -> bool:
        return bool(shown) and (
            venues.year(shown) is not None or (venues.venue(shown) is not None and len(shown.split()) < 6)
        )

    def _from_link(self, pieces: list[_Piece], place: int) -> _Title | None:
        piece = pieces[place]
        assert piece.link is not None  # noqa: S101 - the caller stands on a link
        label = piece.link.link.label
        quoted = _QUOTED.search(piece.text)
        if quoted is not None and quoted.start() > 0 and venues.people(piece.text[: quoted.start()].rstrip(" ,.")):
            return _Title(quoted["title"], label, "link", place, place, piece.span.end, piece.link)
        text, _ = _without_closing(piece.text, keep_year=True)
        text = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) and len(text) > _LONG else text
        return _Title(_tidy(text), label, "link", place, place, piece.span.end, piece.link)

    def _lost_its_target(self, pieces: list[_Piece], place: int, end: int) -> bool:
        """`[A title that lost its target]: notes`, `[A title] (https://…)`."""
        piece = pieces[place]
        if piece.kind != "bracket" or len(piece.text) < _LONG or len(piece.text.split()) < _WORDS_OF_TITLE - 1:
            return False
        following = pieces[place + 1] if place + 1 < end else None
        return following is not None and (
            following.kind in ("paren", "break") or following.text.lstrip().startswith(":")
        )

    def _from_pieces(self, pieces: list[_Piece], first: int, last: int, kind: str) -> _Title:
        span = Span(pieces[first].span.start, pieces[last].span.end)
        shown = plain(self.text, self.tokenizer.tokens(span))
        text, _ = _without_closing(shown.strip(' "“”„«»'), keep_year=False)
        return _Title(_tidy(text), span, kind, first, last, span.end, None)

    def _bold(self, pieces: list[_Piece], place: int, end: int) -> _Title | None:
        """A bold title; a bold name with a colon is the beginning of one (`**PreAfford**: Universal …`)."""
        piece = pieces[place]
        following = pieces[place + 1].text.lstrip() if place + 1 < end and pieces[place + 1].kind == "text" else ""
        continues = (
            following[:1] in (":", "：") or piece.text.rstrip().endswith((":", "：")) or following[:1].isalnum()
        ) and not following.startswith("- ")
        if continues and len(piece.text.split()) <= _WORDS_OF_TITLE:
            tail = self._from_text(pieces, place, end)
            if tail is not None and len(tail.text) > len(piece.text) + 2:
                return tail
        if venues.people(piece.text) == 3:
            return None
        return self._from_pieces(pieces, place, place, "bold")

    def _from_text(self, pieces: list[_Piece], start: int, end: int) -> _Title | None:
        """Plain words: from the first phrase that is no fact to the first that is one, or a label, or a line's end."""
        stop = start
        while stop < end and not self._stops_text(pieces, start, stop):
            stop += 1
        if stop == start:
            return None
        base = pieces[start].span.start
        raw = self._blanked(Span(base, pieces[stop - 1].span.end), pieces[start:stop])
        phrases = _phrases(raw)
        facts = [
            self._phrase_is_fact(raw, phrase)
            or (_before_year(raw, phrases, number) and venues.venue(raw[phrase.start : phrase.end], True) is not None)
            for number, phrase in enumerate(phrases)
        ]
        first = _skip_authors(raw, phrases, _skip_facts(facts))
        if first >= len(phrases):
            first = 0
        last = first
        while last + 1 < len(phrases) and not _ends_title(raw, phrases, facts, last + 1):
            last += 1
        begin, finish = phrases[first].start, phrases[last].end
        if not raw[begin:finish].strip(_EDGE):
            return None
        span = Span(base + begin, base + finish)
        shown, dropped = _without_closing(plain(self.text, self.tokenizer.tokens(span)), keep_year=False)
        shown = _tidy(_NUMBER.sub("", shown, count=1) if first == 0 else shown)
        if not any(c.isalnum() for c in shown):
            return None
        if dropped:
            at = self.text.rfind(dropped[:1], span.start, span.end)
            span = Span(span.start, at if at > span.start else span.end)
        span = Span(span.start, span.start + len(self.text[span.start : span.end].rstrip(_EDGE)))
        covered = max(p for p in range(start, stop) if pieces[p].span.start < max(span.end, span.start + 1))
        return _Title(shown, span, "text", start, covered, span.end, None)

    def _stops_text(self, pieces: list[_Piece], start: int, place: int) -> bool:
        piece = pieces[place]
        begun = any(p.text.strip(_EDGE) for p in pieces[start:place])
        if piece.link is not None or piece.enclosed:
            return piece.kind != "image" or begun
        if piece.kind in ("break", "cell"):
            return begun
        if piece.kind in ("paren", "bracket"):
            return begun and (piece.kind == "bracket" or _closing_kind(piece.text) is not None)
        if piece.kind == "emphasis":
            return begun and (
                venues.people(piece.text) > 0
                or venues.venue(piece.text, True) is not None
                or len(piece.text.split()) > 3
            )
        return (
            piece.kind == "code"
            and begun
            and place + 1 < len(pieces)
            and pieces[place + 1].kind in ("code", "break", "link", "bracket")
        )

    def _blanked(self, span: Span, pieces: list[_Piece]) -> str:
        """The source of some pieces with marks of emphasis blanked out, so that offsets hold."""
        raw = list(self.text[span.start : span.end])
        for piece in pieces:
            if piece.kind in ("strong", "emphasis"):
                for at in range(piece.span.start - span.start, piece.span.end - span.start):
                    if raw[at] in "*_~":
                        raw[at] = "\u200b"
        return "".join(raw)

    def _phrase_is_fact(self, raw: str, phrase: Span) -> bool:
        text = raw[phrase.start : phrase.end]
        return self._is_fact(text.strip(_EDGE)) or (
            phrase.start > 0 and venues.people(text.strip(_EDGE)) == 3 and len(text.split()) < 60
        )

    def _any_link(self, pieces: list[_Piece]) -> _Title | None:
        """Nothing better than the first link's text, in brackets or below: `[[Inflated models on PyTorch]](…)`."""
        for place, piece in enumerate(pieces):
            if (
                piece.kind == "link"
                and piece.link is not None
                and piece.text
                and vocabulary.role_of_label(piece.text) is None
            ):
                if not _DOI.fullmatch(piece.text) and not self._is_fact(piece.text):
                    return self._from_link(pieces, place)
        return None

    # Facts ------------------------------------------------------------------------------------------------------------

    def _facts(self, pieces: list[_Piece], title: _Title | None, group: Group) -> _Facts:
        facts = _Facts()
        for leaf in group.leaves:
            if leaf.column is not None:
                self._cell_facts(leaf, title, facts)
        for place, piece in enumerate(pieces):
            if title is not None and title.first <= place <= title.last:
                if title.kind == "link":
                    self._inside_link(piece, title, facts)
                    continue
                if title.span.start > piece.span.start and piece.kind == "text":
                    self._read_text(Span(piece.span.start, min(title.span.start, piece.span.end)), facts, after=False)
                if place == title.last and piece.span.end > title.rest and piece.kind == "text":
                    self._read_text(Span(max(title.rest, piece.span.start), piece.span.end), facts, after=True)
                elif piece.kind in ("strong", "quoted"):
                    self._closing_facts(piece, facts)
                elif piece.kind in ("paren", "bracket") and piece.span.start >= title.span.end:
                    self._piece_facts(piece, group.leaves[piece.leaf], facts, True)
                continue
            after = title is None or place > title.last
            self._piece_facts(piece, group.leaves[piece.leaf], facts, after)
        if facts.year is None:
            for span in facts.notes:
                found = venues.venue_in(self.text[span.start : span.end])
                if found is not None and facts.venue is None:
                    facts.venue = Span(span.start + found.start, span.start + found.end)
                    facts.take_year(found.year, facts.venue, 3)
                    break
        return facts

    def _cell_facts(self, leaf: Leaf, title: _Title | None, facts: _Facts) -> None:
        """A cell without links that is a venue, a date or a row of people as a whole."""
        if self.document.links_in(leaf.span) or (title is not None and title.span.overlaps(leaf.span)):
            return
        shown = plain(self.text, self.tokenizer.tokens(leaf.span, leaf.html)).strip(_EDGE)
        if not shown or _NOTHING.fullmatch(shown) or len(shown) > 160:
            return
        found = venues.venue(shown, True)
        if leaf.column == "authors":
            facts.authors = facts.authors or leaf.span
        elif leaf.column == "year" or (not leaf.column and venues.year(shown) is not None):
            facts.take_year(venues.year(shown), leaf.span, 2)
        elif (leaf.column == "venue" or (not leaf.column and found is not None)) and facts.venue is None:
            facts.venue = leaf.span
            if found is not None:
                facts.take_year(found.year, leaf.span, 1)

    def _inside_link(self, piece: _Piece, title: _Title, facts: _Facts) -> None:
        """What a title's link says beside the title: `(by NimbleBox.ai)`, `(ICLR 2020)`, a whole citation."""
        quoted = _QUOTED.search(piece.text)
        label = piece.link.link.label if piece.link else piece.span
        written = self.text[label.start : label.end]
        if quoted is not None and quoted["title"] == title.text and quoted.start() > 0:
            at = written.find(title.text)
            if at > 0:
                self._read_text(Span(label.start, label.start + at), facts, after=False)
                self._read_text(Span(label.start + at + len(title.text), label.end), facts, after=True)
            return
        self._closing_of(written, label.start, facts)

    def _closing_facts(self, piece: _Piece, facts: _Facts) -> None:
        self._closing_of(
            self.text[piece.span.start : piece.span.end].rstrip('*_"”>.bstrong</'), piece.span.start, facts
        )

    def _closing_of(self, written: str, base: int, facts: _Facts) -> None:
        closing = _CLOSING.search(written.rstrip(" *_."))
        if closing is not None:
            self._enclosed(Span(base + closing.start("inner"), base + closing.end("inner")), facts, tag=False)

    def _piece_facts(self, piece: _Piece, leaf: Leaf, facts: _Facts, after: bool) -> None:
        shown = piece.text.strip(_EDGE)
        if leaf.column and piece.kind != "cell" and self._column_facts(piece, leaf.column, facts):
            return
        if piece.kind == "link" and piece.link is not None:
            self._label_facts(piece, facts)
        elif piece.kind == "code":
            year = venues.year(shown)
            found = venues.venue(shown)
            if year is not None:
                facts.take_year(year, piece.span, 2)
            elif found is not None and facts.venue is None:
                facts.venue = piece.span
                facts.take_year(found.year, piece.span, 1)
            elif shown:
                facts.tags.append((shown, piece.span))
        elif piece.kind in ("paren", "bracket"):
            self._enclosed(Span(piece.span.start + 1, piece.span.end - 1), facts, tag=piece.kind == "bracket")
        elif piece.kind in ("emphasis", "quoted", "strong"):
            self._marked(piece, facts)
        elif piece.kind == "text":
            self._read_text(piece.span, facts, after)

    def _column_facts(self, piece: _Piece, column: str, facts: _Facts) -> bool:
        shown = piece.text.strip(_EDGE)
        if not shown or _NOTHING.fullmatch(shown):
            return piece.link is None
        if column == "year":
            facts.take_year(venues.year(shown), piece.span, 2)
            return venues.year(shown) is not None
        if column == "venue" and (
            piece.link is None or vocabulary.role_of_label(shown) is None or venues.venue(shown) is not None
        ):
            label = piece.link.link.label if piece.link else piece.span
            found = venues.venue(piece.text, True)
            if found is not None:
                facts.take_year(found.year, label, 1)
            if facts.venue is None and len(shown) < 160:
                lead = len(piece.text) - len(piece.text.lstrip(_EDGE)) if piece.kind == "text" else 0
                tail = len(piece.text.rstrip(_EDGE)) if piece.kind == "text" else label.end - label.start
                facts.venue = Span(label.start + lead, label.start + tail)
            return True
        if column == "authors" and piece.link is None:
            facts.authors = facts.authors or piece.span
            return True
        if column == "tags" and piece.link is None:
            for tag in re.finditer(r"[^,;，；、]+", self.text[piece.span.start : piece.span.end]):
                if tag[0].strip(" `*_[]"):
                    facts.tags.append(
                        (tag[0].strip(" `*_[]"), Span(piece.span.start + tag.start(), piece.span.start + tag.end()))
                    )
            return True
        if column == "notes" and piece.link is None:
            facts.notes.append(piece.span)
            return True
        return column in ("title", "paper") and piece.kind == "code"

    def _label_facts(self, piece: _Piece, facts: _Facts) -> None:
        """`[[CVPR](…)]`, `[Nature Biotechnology (2024)](…)`: a label that is the venue."""
        found = venues.venue(piece.text, True)
        if (
            found is None
            or piece.link is None
            or piece.link.link.badge
            or vocabulary.role_of_label(piece.text) not in (None, "paper")
        ):
            return
        if vocabulary.role_of_label(piece.text) == "paper" and (not piece.enclosed or facts.venue is not None):
            if facts.venue is not None:
                return
        elif vocabulary.role_of_label(piece.text) is not None and venues.venue(piece.text) is None:
            return
        label = piece.link.link.label
        if facts.venue is None:
            written = self.text[label.start : label.end]
            at = written.find(piece.text[found.start : found.end])
            facts.venue = Span(label.start + at, label.start + at + found.end - found.start) if at >= 0 else label
        facts.take_year(found.year, label, 1)

    def _enclosed(self, span: Span, facts: _Facts, tag: bool) -> None:
        raw = self.text[span.start : span.end]
        shown = plain(self.text, self.tokenizer.tokens(span)).strip(_EDGE)
        kind = _closing_kind(shown)
        if kind == "year":
            facts.take_year(venues.year(shown), span, 2)
        elif kind == "venue":
            found = venues.venue(raw, True)
            if found is not None and facts.venue is None:
                facts.venue = Span(span.start + found.start, span.start + found.end)
                facts.take_year(found.year, facts.venue, 1)
            elif found is None:
                self._read_text(span, facts, after=True)
        elif kind == "authors":
            lead = re.match(r"\s*(?:[@＠]|by\s+)\s*", raw, re.IGNORECASE)
            people = Span(span.start + (lead.end() if lead else 0), span.end)
            if facts.authors is None and (
                not _AT.match(raw) or venues.people(self.text[people.start : people.end]) >= 2
            ):
                facts.authors = people
        elif tag and shown and len(shown) <= 40 and not shown.isdigit():
            facts.tags.append((shown, span))

    def _marked(self, piece: _Piece, facts: _Facts) -> None:
        """Italics: people, a venue, both (`*Jiafei Duan et al. IEEE (TETCI).*`), else notes."""
        inner = self._inner(piece)
        raw = self.text[inner.start : inner.end]
        dated = venues.venue(raw, True)
        if (
            dated is not None
            and dated.year is not None
            and facts.venue is None
            and (facts.authors is not None or venues.people(raw) == 0)
        ):
            facts.venue = Span(inner.start + dated.start, inner.start + dated.end)
            facts.take_year(dated.year, facts.venue, 1)
            return
        if venues.people(raw) >= 2 or (
            venues.people(raw)
            and piece.kind == "emphasis"
            and facts.authors is None
            and len(raw.split()) < 4
            and not venues.venue(raw, True)
        ):
            facts.authors = facts.authors or inner
            return
        found = venues.venue(raw, True)
        if found is not None and venues.people(raw.split(",")[0]) < 2:
            if facts.venue is None:
                facts.venue = Span(inner.start + found.start, inner.start + found.end)
                facts.take_year(found.year, facts.venue, 1)
            return
        if venues.year(raw) is not None:
            facts.take_year(venues.year(raw), inner, 2)
            return
        if piece.kind == "emphasis":
            self._read_text(inner, facts, after=True, marked=True)
        else:
            facts.notes.append(piece.span)

    def _inner(self, piece: _Piece) -> Span:
        start, end = piece.span
        while start < end and self.text[start] in '*_~"“':
            start += 1
        while end > start and self.text[end - 1] in '*_~"”':
            end -= 1
        if self.text[start : start + 1] == "<":
            start = self.text.find(">", start, end) + 1
            end = max(start, self.text.rfind("<", start, end))
        return Span(start, end)

    def _read_text(self, span: Span, facts: _Facts, after: bool, marked: bool = False) -> None:
        """Phrases of plain text: years, venues, runs of people; the rest is notes."""
        raw = self.text[span.start : span.end]
        if not any(c.isalnum() for c in raw):
            return
        phrases = _phrases(raw)
        authors: list[Span] = []
        rest: list[Span] = []
        others = after
        plain_notes = not venues.may_hold(raw)
        by = _BY.match(raw.lstrip(" \t,.-–—:")) is not None
        for number, phrase in enumerate(phrases):
            text = raw[phrase.start : phrase.end]
            shown = text.strip(_EDGE)
            place = Span(span.start + phrase.start, span.start + phrase.end)
            if not shown:
                continue
            if rest and plain_notes:
                rest.append(Span(place.start, span.end))
                break
            year = venues.year(shown)
            named = bool(authors) or facts.authors is not None
            found = venues.venue(text, marked or _is_alone(raw, phrases, number, named))
            sentence = raw[: phrase.start].rstrip().endswith(".") and bool(authors)
            if year is not None:
                facts.take_year(year, place, 2)
            elif (
                found is not None
                and (not rest or found.year is not None or authors or _is_alone(raw, phrases, number, True))
                and not (len(phrases) == 1 and len(shown.split()) > 12)
            ):
                if facts.venue is None:
                    facts.venue = Span(place.start + found.start, place.start + found.end)
                facts.take_year(found.year, place, 1)
            elif (
                sentence
                and facts.venue is None
                and _before_year(raw, phrases, number)
                and venues.people(shown) < 3
                and shown[:1].isupper()
            ) or (
                marked
                and authors
                and facts.venue is None
                and number == len(phrases) - 1
                and shown[:1].isupper()
                and sentence
            ):
                facts.venue = Span(
                    span.start + raw.find(shown, phrase.start), span.start + raw.find(shown, phrase.start) + len(shown)
                )
            elif (
                not rest
                and venues.people(re.sub(_BY, "", shown, count=1))
                and (not authors or authors[-1].end + 8 > place.start)
            ):
                authors.append(place)
            elif not rest and (split := _people_then_venue(shown)) is not None:
                at = raw.find(shown, phrase.start)
                authors.append(Span(span.start + at, span.start + at + split))
                found = venues.venue(shown[split:], True)
                if found is not None and facts.venue is None:
                    facts.venue = Span(span.start + at + split + found.start, span.start + at + split + found.end)
                    facts.take_year(found.year, facts.venue, 1)
                elif (
                    facts.venue is None
                    and number + 1 < len(phrases)
                    and venues.year(raw[phrases[number + 1].start : phrases[number + 1].end])
                ):
                    facts.venue = Span(span.start + at + split, span.start + at + len(shown))
            elif (
                authors
                and facts.venue is None
                and _before_year(raw, phrases, number)
                and shown[:1].isupper()
                and len(shown.split()) < 14
            ):
                facts.venue = Span(
                    span.start + raw.find(shown, phrase.start), span.start + raw.find(shown, phrase.start) + len(shown)
                )
            elif others:
                rest.append(place)
        if authors:
            whole = Span(authors[0].start, authors[-1].end)
            lead = re.match(rf"[{re.escape(_EDGE)}(]*", self.text[whole.start : whole.end])
            skipped = whole.start + (lead.end() if lead else 0)
            named = _BY.match(self.text, skipped, whole.end)
            whole = Span(named.end() if named else skipped, whole.end)
            sure = (
                venues.people(self.text[whole.start : whole.end]) >= 2
                or by
                or facts.venue is not None
                or facts.year is not None
            )
            if sure and facts.authors is None:
                facts.authors = whole
            elif others and not sure:
                rest.insert(0, whole)
        if rest:
            start = rest[0].start
            while start < rest[-1].end and self.text[start] in _EDGE:
                start += 1
            facts.notes.append(Span(start, max(start, rest[-1].end)))

    def _is_paper_like(self, title: _Title | None, facts: _Facts) -> bool:
        """Whether a line without links lists something: a title with a venue, a year or people beside it."""
        if title is None or len(title.text.split()) < _WORDS_OF_TITLE:
            return False
        stated = (facts.venue is not None) + (facts.year is not None) + (facts.authors is not None)
        return stated >= (1 if title.kind in ("bold", "quoted") else 2) or self._was_a_link(title)

    def _was_a_link(self, title: _Title) -> bool:
        """`[A title that lost its target]: notes`."""
        return self.text[title.span.start : title.span.start + 1] == "["

    # Links ------------------------------------------------------------------------------------------------------------

    def _links(
        self, pieces: list[_Piece], title: _Title | None, facts: _Facts
    ) -> tuple[list[EntryLink], EntryLink | None]:
        kept: dict[str, EntryLink] = {}
        main: EntryLink | None = None
        for piece in pieces:
            link = piece.link
            if link is None or not link.link.target:
                continue
            is_title = title is not None and title.link is link
            if (is_title and link.role == "other" and vocabulary.role_of_target(link.link.target) is None) or (
                is_title and link.role in ("other", "docs") and not vocabulary.is_known_host(link.link.target)
            ):
                link = link._replace(role="project")
            if is_title:
                main = link
            kept.setdefault(link.link.target, link)
            if is_title and kept[link.link.target] is not link:
                kept[link.link.target] = link
        links = list(kept.values())
        if main is not None:
            return links, main
        return self._without_title_link(links, title, facts)

    def _without_title_link(
        self, links: list[EntryLink], title: _Title | None, facts: _Facts
    ) -> tuple[list[EntryLink], EntryLink | None]:
        """The first paper, else a tool's own link; a paper that has only code or slides beside it has none."""
        papers = [link for link in links if link.role in _PAPER_ROLES]
        if papers:
            return links, papers[0]
        candidates = [link for link in links if link.role not in ("badge", "image") and not link.link.badge]
        is_paper = facts.venue is not None or (title is not None and len(title.text.split()) >= _WORDS_OF_TITLE)
        unlabelled = [link for link in candidates if vocabulary.role_of_label(link.label) is None]
        if is_paper:
            if facts.venue is not None or facts.authors is not None:
                candidates = [link for link in unlabelled if link.role not in _BESIDE_A_PAPER or link.role == "other"]
            else:
                candidates = [
                    link
                    for link in candidates
                    if link.role not in _BESIDE_A_PAPER or (link in unlabelled and link.role == "other")
                ]
        if not candidates:
            return links, None
        main = candidates[0]
        if (
            main.role == "other"
            and vocabulary.role_of_label(main.label) is None
            and vocabulary.role_of_target(main.link.target) is None
        ):
            named = main._replace(role="project")
            return [named if link is main else link for link in links], named
        return links, main

    # The shape --------------------------------------------------------------------------------------------------------

    def _shape(
        self, title: _Title | None, facts: _Facts, links: list[EntryLink], primary: EntryLink | None, group: Group
    ) -> str:
        if group.kind == "row":
            return "row"
        places: list[tuple[int, str]] = []
        if title is not None:
            places.append((title.span.start, title.kind))
        if facts.authors is not None:
            places.append((facts.authors.start, "authors"))
        if facts.venue is not None:
            places.append((facts.venue.start, "venue"))
        elif facts.year is not None:
            places.append((facts.year[1].start, "year"))
        places += [(span.start, "notes") for span in facts.notes[:1]]
        places += [(span.start, "tags") for _, span in facts.tags[:1]]
        labels = [link.link.span.start for link in links if title is None or link is not primary or title.link is None]
        places += [(start, "labels") for start in labels[:1]]
        return " ".join(name for _, name in sorted(places))


def _key_of(text: str) -> str:
    """What names the bare URL after it: `Project website: https://…`, `地址：https://…`."""
    words = re.split(r"[,;。，；.|]", text.strip(" \t:：-–—"))[-1].split()
    return " ".join(words[-3:])


def _holds_link(token: Token) -> bool:
    return any(inner.link is not None or _holds_link(inner) for inner in token.inner)


def _may_hold_marks(text: str) -> bool:
    return not text.isascii() or _SHORTCODE.search(text) is not None


def _tidy(text: str) -> str:
    """A title without the marks, separators and the full stop around it."""
    text = (_MARKS.sub("", text) if _may_hold_marks(text) else text).strip()
    text = text.strip(" \t\r\n,;:|-–—\u200b")
    while text.endswith(".") and not text.endswith("..."):
        text = text[:-1].rstrip()
    if text[:1] in '"“' and text[-1:] in '"”' and len(text) > 2:
        text = text[1:-1].strip().rstrip(".")
    return text


def _closing_kind(inner: str) -> str | None:
    """What a bracket says beside a title: `year`, `venue`, `authors`, `status`; None where it belongs to the text."""
    shown = inner.strip(_EDGE + "*_")
    if not shown:
        return "status"
    if venues.year(shown) is not None:
        return "year"
    if _AT.match(shown) or _BY.match(shown):
        return "authors"
    if venues.venue(shown, True) is not None and not shown.isdigit():
        return "venue"
    if venues.people(shown) >= 2 and ("et al" in shown or "," in shown):
        return "authors"
    pieces = [piece for piece in re.split(r"[,;]\s+", shown) if piece]
    if len(pieces) > 1 and any(_closing_kind(piece) in ("year", "venue") for piece in pieces):
        return "venue"
    return "status" if _STATUS.fullmatch(shown) else None


def _without_closing(text: str, keep_year: bool) -> tuple[str, str]:
    """A title without the facts in brackets at its end, and what was taken off."""
    dropped = ""
    while (closing := _CLOSING.search(text)) is not None and closing.start() > 0:
        kind = _closing_kind(closing["inner"])
        if kind is None or (kind == "year" and keep_year):
            break
        if (
            kind == "venue"
            and keep_year
            and venues.venue(closing["inner"]) is None
            and venues.venue(closing["inner"], True) is None
        ):
            break
        dropped = text[closing.start() :].strip() + dropped
        text = text[: closing.start()]
    return text, dropped


def _phrases(raw: str) -> list[Span]:
    """The pieces of a text between separators; a full stop after an abbreviation or an initial separates nothing."""
    found: list[Span] = []
    start = 0
    for gap in _PHRASE.finditer(raw):
        before = raw[max(start, gap.start() - 12) : gap.start()]
        if before.endswith(".") and _ABBREVIATED.search(before):
            if not before.endswith("al."):
                continue
        if gap[0].startswith(":") and _FINDINGS.search(before):
            continue
        if gap.start() > start:
            found.append(Span(start, gap.start()))
        start = gap.end()
    if start < len(raw):
        found.append(Span(start, len(raw)))
    return found


def _skip_facts(facts: list[bool]) -> int:
    first = 0
    while first < len(facts) and facts[first]:
        first += 1
    return first


def _skip_authors(raw: str, phrases: list[Span], first: int) -> int:
    """Past a run of three people and more, or of people that a full stop or a year ends: authors stand first."""
    run = first
    while run < len(phrases) and venues.people(raw[phrases[run].start : phrases[run].end].strip(_EDGE)):
        run += 1
    names = raw[phrases[first].start : phrases[run - 1].end] if run > first else ""
    if run >= len(phrases) or run == first:
        return first
    sure = run - first >= 3 or venues.people(names) >= 2
    dotted = (
        raw[: phrases[run].start].rstrip().endswith(".")
        or venues.year(raw[phrases[run].start : phrases[run].end]) is not None
    )
    if not sure or not (run - first >= 3 or dotted):
        return first
    while run < len(phrases) and venues.year(raw[phrases[run].start : phrases[run].end]) is not None:
        run += 1
    return run


def _ends_title(raw: str, phrases: list[Span], facts: list[bool], index: int) -> bool:
    """Whether a phrase is no part of the title before it: a fact, or the first of several people."""
    if facts[index]:
        return True
    text = raw[phrases[index].start : phrases[index].end]
    between = raw[phrases[index - 1].end : phrases[index].start]
    if "|" in between or " / " in between or "•" in between:
        return True
    stopped = raw[: phrases[index].start].rstrip().endswith(".")
    people = venues.people(text.strip(_EDGE))
    following = raw[phrases[index].start : phrases[min(len(phrases), index + 3) - 1].end]
    if stopped and people and (venues.people(following) >= 2 or (index + 1 < len(phrases) and facts[index + 1])):
        return True
    if people and "," in between and index + 2 < len(phrases):
        run = [venues.people(raw[p.start : p.end].strip(_EDGE)) for p in phrases[index:]]
        ended = next((n for n, sure in enumerate(run) if not sure), len(run))
        at_end = index + ended >= len(phrases) or facts[index + ended]
        return ended >= 3 and at_end and not any(ord(c) == 38 for c in following)
    return False


def _is_alone(raw: str, phrases: list[Span], number: int, sure: bool) -> bool:
    """Whether a phrase stands where a venue does: after people, before a year or at the end."""
    return sure and (_before_year(raw, phrases, number) or number == len(phrases) - 1)


def _before_year(raw: str, phrases: list[Span], number: int) -> bool:
    return (
        number + 1 < len(phrases) and venues.year(raw[phrases[number + 1].start : phrases[number + 1].end]) is not None
    )


def _people_then_venue(shown: str) -> int | None:
    """`Chenfei Wu et al. arXiv`, `Cameron S. Robot Soccer World Cup`: where the people end."""
    for stop in re.finditer(r"(?:\bet al\b\.?|\betc\b\.?|\b[A-Z]\.),?\s+(?=[A-Z])", shown):
        if venues.people(shown[: stop.end()].strip()) and not venues.people(shown):
            return stop.end()
    return None
