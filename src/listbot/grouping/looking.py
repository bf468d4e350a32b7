"""What can be seen of a leaf without reading it: where it leads, and whether it has a title of its own."""

from __future__ import annotations

import re

from listbot import venues, vocabulary
from listbot.document import Document, Link
from listbot.grouping.own_repository import OwnRepository
from listbot.source import Span
from listbot.tokens import Token, Tokenizer, label_text, plain

_BEFORE_TITLE = re.compile(
    r"(?:\[[ xX]?\]\s*)?(?:\[[^\[\]]*\]\s*(?![(\[]))*(?:[\W\d_]|<[^<>]*>|&[a-z]+;|:[a-z0-9_+-]+:)*"
)
_KEY = re.compile(r"[\W_]*(?P<key>[^\W\d_][^:：\n\[\](){}]{0,24}?)[*_]*\s*[:：]")
_BOLD_OR_QUOTED = re.compile(r"[*_<\"“”„«»]")
_SENTENCE = re.compile(r"[*_]*[A-Z“\"][^.?!]*\s[^.?!]*[.?!][”\"*_]*\s*")
LONG = 12
"""Characters of a title that is no link standing first."""
WORDS_OF_TITLE = 3
_SEVERAL = 2
_WORDS_OF_VENUE = 8
LONGEST_LEAF = 20_000
"""Characters; see `entries`."""


class Look:
    """What can be seen of one leaf; whether it has a title is looked up when somebody asks, and remembered."""

    __slots__ = ("_eye", "_title", "anchors", "links", "span")

    def __init__(self, eye: Eye, span: Span, links: list[Link], anchors: bool) -> None:
        self._eye = eye
        self._title: tuple[Link | None, bool] | None = None
        self.span = span
        self.links = links
        """Links that lead out of the document."""
        self.anchors = anchors
        """Whether there are links into this document."""

    @property
    def named(self) -> Link | None:
        """The first link whose text is no label."""
        return self._judged()[0]

    @property
    def titled(self) -> bool:
        """Whether the leaf has a title of its own."""
        return self._judged()[1]

    def _judged(self) -> tuple[Link | None, bool]:
        if self._title is None:
            self._title = self._eye.title(self.span, self.links, self.anchors)
        return self._title


class Eye:
    """Looks at the leaves of one document."""

    def __init__(self, document: Document, tokenizer: Tokenizer) -> None:
        self.document = document
        self.text = document.source.text
        self.tokenizer = tokenizer
        self._own = OwnRepository(document)
        self._looks: dict[Span, Look] = {}

    def look(self, span: Span) -> Look:
        known = self._looks.get(span)
        if known is None:
            links = self.document.links_in(span) if span.end - span.start <= LONGEST_LEAF else []
            outward = [link for link in links if link.target and not self.stays(link)]
            self._looks[span] = known = Look(self, span, outward, len(outward) < len(links))
        return known

    def forget(self) -> None:
        """Let go of what was seen: what is seen knows its eye, and such circles keep a document until the collector's
        next walk through all that is old (`parser._without_collector`)."""
        self._looks.clear()

    def stays(self, link: Link) -> bool:
        """Whether a link leads to a chapter: of this document, or of another one of the same list (`more.md#birds`)."""
        target = link.target
        if target.startswith("#") or (".md#" in target and target[0] != "h" and "://" not in target):
            return True
        return self._own.holds(link)

    def leads_out(self, span: Span) -> bool:
        """Whether a leaf has a link that leads out of the document."""
        if span.end - span.start > LONGEST_LEAF:
            return False
        for link in self.document.links_in(span):  # noqa: SIM110 - a loop takes half the time of any() with a generator
            if link.target and not self.stays(link):
                return True
        return False

    def title(self, span: Span, links: list[Link], anchors: bool) -> tuple[Link | None, bool]:
        """The first link whose text is no label, and whether the leaf has a title of its own."""
        named, titled = None, False
        if span.end - span.start > LONGEST_LEAF:
            return named, titled
        for link in links:
            first = self.stands_first(link, span)
            if self.is_named(link, first):
                named, titled = link, first
                break
        if not titled and (links or not anchors):
            titled = self._has_text_title(span, links)
        if not titled and named is not None:
            titled = len(label_text(self.text, named)) >= LONG and not self._is_keyed(span, named)
        return named, titled

    def is_named(self, link: Link, first: bool = False) -> bool:
        """Whether a link's text may be a title: no label, no bare URL, no badge, no venue.

        A link that stands first is a venue only where the table knows it: workshops and courses are listed too.
        """
        if link.badge or link.kind in ("bare", "autolink"):
            return False
        written = self.text[link.label.start : link.label.end]
        before = self.text[link.span.start - 1 : link.span.start]
        if before == "[" or (written.startswith("[") and before != "!"):
            return False
        label = label_text(self.text, link)
        if not label:
            return False
        role = vocabulary.role_of_label(label)
        if role is not None:
            return vocabulary.is_name(label)
        if len(label.split()) > _WORDS_OF_VENUE or (first and not venues.is_known(label)):
            return True
        return venues.venue(label, True) is None

    def stands_first(self, link: Link, span: Span) -> bool:
        if link.span.start == span.start:
            return True
        before = _BEFORE_TITLE.match(self.text, span.start, link.span.start)
        return before is not None and before.end() == link.span.start

    def begins_with_title(self, span: Span) -> bool:
        """Whether a text begins with a linked title."""
        links = self.document.links_in(span)
        return bool(links) and self.is_named(links[0], True) and self.stands_first(links[0], span)

    def _has_text_title(self, span: Span, links: list[Link]) -> bool:
        """Bold or quoted or plain words before the first label that are neither people nor a key."""
        if not links and _BOLD_OR_QUOTED.search(self.text, span.start, span.end) is None:
            return False  # plain words are a title only before links
        if links and self._ends_with_citation(span, links[0]):
            return True
        head = self._before_labels(self.tokenizer.tokens(span))
        for token in head:
            if token.kind in ("strong", "quoted") and token.span.end - token.span.start >= LONG:
                shown = plain(self.text, [token]).strip('"“”:. ')
                if len(shown) >= LONG and venues.people(shown) < 2:
                    return True
        shown = plain(self.text, head).strip()
        if not shown or head[0].kind == "emphasis" or _KEY.match(shown):
            return False
        if venues.people(shown) or venues.venue(shown) is not None or venues.year(shown):
            return False
        return bool(links) and len(shown.split()) >= WORDS_OF_TITLE and shown.lstrip("[(0123456789.) ")[:1].isupper()

    def _ends_with_citation(self, span: Span, link: Link) -> bool:
        """`Birds: a guide. [Lark, Finch (1998)](…)`: a title with its full stop, before a link that cites it."""
        if not venues.cites(label_text(self.text, link)):
            return False
        before = self.text[span.start : link.span.start]
        return _SENTENCE.fullmatch(before) is not None and venues.people(before) < _SEVERAL

    def _before_labels(self, tokens: tuple[Token, ...]) -> list[Token]:
        """What stands before the first label that has words before it."""
        head: list[Token] = []
        begun = False
        for token in tokens:
            if token.kind in ("link", "image", "break") or (token.kind in ("bracket", "paren") and _has_link(token)):
                if begun:
                    break
                continue
            head.append(token)
            begun = begun or token.kind != "text" or bool(plain(self.text, [token]).strip(" -*•:"))
        return head

    def _is_keyed(self, span: Span, link: Link) -> bool:
        """`Code: [name](url)`: the link is named by a key before it."""
        key = _KEY.match(self.text, span.start, link.span.start)
        if key is None:
            return False
        return (
            vocabulary.role_of_label(key["key"]) is not None
            or not key["key"].isascii()
            or vocabulary.column(key["key"]) is not None
        )

    def is_only_a_name(self, look: Look) -> bool:
        """`[PyPi](…)`, `[PyTorch](…)` below an entry say where the thing is, and are no things themselves."""
        return look.named is not None and vocabulary.role_of_label(label_text(self.text, look.named)) is not None


def _has_link(token: Token) -> bool:
    return any(inner.kind in ("link", "image") or _has_link(inner) for inner in token.inner)
