"""The words that a list's authors wrote as prose: what is left when titles, names, links, code and quotations are out.

Links inside the document are prose, and so are headings. A word is a run of ASCII letters, or a part of one between
hyphens or slashes, that belongs to no path, address, number or identifier.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from listbot import languages, typed
from listbot.document import Document
from listbot.html_tags import Reader, Tag
from listbot.languages import Verdict
from listbot.source import Span

_QUOTED = re.compile(r'"[^"\n\0]{1,300}"|“[^”\n]{1,300}”|«[^»\n]{1,300}»|「[^」\n]{1,300}」|《[^》\n]{1,300}》')
_ALTERNATIVES = re.compile(r"\w{0,30}[(\[{]\w{1,30}(?:\|\w{1,30}){1,9}[)\]}]\w{0,30}")
"""A word with several forms: `P(ortable|ackageable)`."""
_TOKEN = re.compile(
    r"(?=[A-Za-z])(?<![\w@#$\\./:=~+^&{\x01-\x08-])(?<![\w\0]['’])(?<![\w)][*_])(?<![\w)][*_][*_])(?<!\w\))(?<![a-z]- )"
    r"[A-Za-z]+(?:['’][A-Za-z]+)?(?:[-/][A-Za-z]+(?:['’][A-Za-z]+)?)*"
    r"(?![\w\\^=~{}@>\x01-\x08]|[-./:+@&'’*_][\w/]|\*\*\w|\+\+|#)"
)
_BEGINS = re.compile(r"(?:^|[\r\n\0|>•]|[-–—:.!?][ *_]|[*_] ?)[ \t*_~\d.+#]*\Z")
"""What stands before the first word of a sentence, a cell or a description."""
_BEFORE = 40
_PART = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_NOT_NEWLINE = re.compile(r"[^\r\n]")
_ANY_WORD = re.compile(r"[a-z]{3,}")
_DASHES = re.compile(r"\n[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+\|[-|: \t]*+(?:\n|\Z)")
"""The dashes below a header, in a paragraph: a table that Markdown does not see. Its words are those of cells."""
_WITH_LABEL = frozenset({"inline", "reference", "html"})
_NO_WORDS = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "svg", "tt", "var"})
"""HTML elements whose text is none of a list's own words."""


class ProseWord(NamedTuple):
    """One word of prose, or a part of a compound with hyphens or slashes."""

    text: str
    """As written, a typographic apostrophe made plain."""
    span: Span


class Prose(NamedTuple):
    """The prose of a document."""

    text: str
    """The document's text with all that is no prose blanked out by NUL, offsets and line breaks kept."""
    tokens: Mapping[str, tuple[str, ...]]
    """Each word of prose as written, with its parts between hyphens and slashes in lower case."""
    counts: Mapping[str, int]
    """How often each word is prose, in lower case, an apostrophe made plain."""
    named: Mapping[str, int]
    """How often each word stands in titles, links, code, quotations: in what is no prose. In lower case."""
    inner: tuple[Span, ...]
    """The texts of links that lead to places in the document, as those of its contents do."""

    def where(self, wanted: Container[str]) -> Iterator[ProseWord]:
        """The places of some words, given in lower case, in the order of the text."""
        chosen = {token for token, parts in self.tokens.items() if any(part in wanted for part in parts)}
        for token in _TOKEN.finditer(self.text) if chosen else ():
            if token[0] in chosen:
                yield from (word for word in _parts(token) if word.text.lower() in wanted)

    def is_heading(self, document: Document, word: ProseWord) -> bool:
        """Whether a word stands in a heading or a line of the contents, where capitals say nothing."""
        return document.in_heading(word.span.start) or _overlaps(self.inner, word.span)

    def begins(self, span: Span) -> bool:
        """Whether a sentence, a cell or a description begins with a word; one that stands out alone is a name."""
        if self.text[span.end : span.end + 1] in ("*", "_"):
            return False
        return _BEGINS.search(self.text, max(0, span.start - _BEFORE), span.start) is not None


@lru_cache(maxsize=1)
def of(document: Document) -> Prose:
    """The prose of a document; the last one is kept, because several rules ask for it in turn."""
    inner = [link for link in document.links if link.target.startswith("#") and link.kind in _WITH_LABEL]
    labels = tuple(link.label for link in inner)
    text, rest = _separated(document.source.text, _hidden(document, labels))
    tokens = Counter(_TOKEN.findall(text))
    parts = {token: tuple(part.replace("’", "'") for part in _PART.findall(token.lower())) for token in tokens}
    counts: Counter[str] = Counter()
    for token, count in tokens.items():
        for part in parts[token]:
            counts[part] += count
    named = Counter(_ANY_WORD.findall(rest.lower()))
    named.subtract(word for link in inner for word in _ANY_WORD.findall(link.url.lower()))
    for comment in document.comments:  # which may speak of a word, to silence it
        named.subtract(_ANY_WORD.findall(document.source[comment.span].lower()))
    return Prose(text, parts, counts, {word: count for word, count in named.items() if count > 0}, labels)


@lru_cache(maxsize=1)
def languages_of(document: Document) -> Verdict:
    """Which lines' prose is in another language; the last verdict is kept, because several rules ask for it in turn."""
    source, text = document.source, of(document).text
    spans = [source.line_span(line) for line in range(1, source.line_count + 1)]
    return languages.judge([text[a:b] for a, b in spans], [document.section_at(start) for start, _ in spans])


def _hidden(document: Document, inner: tuple[Span, ...]) -> list[Span]:
    """What is no prose; `inner` are labels that are."""
    text = document.source.text
    html = [block.span for block in document.blocks if block.kind == "html"]
    hidden = [span for span in document.opaque if span not in set(html)]
    hidden += [image.span for image in document.images]
    hidden += typed.lost_links(document)  # titles still, though Markdown sees no link
    hidden += [b.span for b in document.blocks if b.kind == "paragraph" and _DASHES.search(b.text)]
    reader = Reader(text, lenient=True)
    hidden += [span for block in html for span in _markup(reader, block)]
    labels = set(inner)
    for link in document.links:
        if link.label in labels:
            hidden += [Span(link.span.start, link.label.start), Span(link.label.end, link.span.end)]
        else:
            hidden += [link.span, link.label]
    shown = sorted(labels)
    for entry in document.entries:
        spans = entry.spans
        parts = [span for span in (spans.title, spans.authors, spans.venue, spans.year, *spans.tags) if span]
        hidden += [part for part in parts if not _overlaps(shown, part)]
    return hidden + [Span(*found.span()) for pattern in (_QUOTED, _ALTERNATIVES) for found in pattern.finditer(text)]


def _markup(reader: Reader, block: Span) -> Iterator[Span]:
    """What is no text in a block of raw HTML."""
    opened: Tag | None = None
    for tag in reader.tags(*block):
        yield tag.span
        if tag.name not in _NO_WORDS:
            continue
        if not tag.closing:
            opened = opened or tag
        elif opened is not None and opened.name == tag.name:
            yield Span(opened.span.end, tag.span.start)
            opened = None
    if opened is not None:
        yield Span(opened.span.end, block.end)


def _overlaps(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of several spans in the order of the text shares a character with another."""
    at = bisect_left(spans, Span(span.end, 0))
    return at > 0 and spans[at - 1].end > span.start


def _separated(text: str, hidden: list[Span]) -> tuple[str, str]:
    """The text with some spans blanked out, line breaks kept; and what they hide, a line each."""
    pieces: list[str] = []
    rest: list[str] = []
    position = 0
    for span in sorted(hidden):
        if span.end <= position:
            continue
        start = max(span.start, position)
        piece = text[start : span.end]
        pieces.append(text[position:start])
        pieces.append(_NOT_NEWLINE.sub("\0", piece) if "\n" in piece or "\r" in piece else "\0" * len(piece))
        rest.append(piece)
        position = span.end
    pieces.append(text[position:])
    return "".join(pieces), "\n".join(rest)


def _parts(token: re.Match[str]) -> Iterator[ProseWord]:
    start, written = token.start(), token[0]
    for part in _PART.finditer(written):
        yield ProseWord(part[0].replace("’", "'"), Span(start + part.start(), start + part.end()))
