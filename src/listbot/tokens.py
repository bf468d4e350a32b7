"""One entry's text -> tokens: links, bold, quoted and bracketed spans, chips, breaks, plain text.

Links, images, code and tags come from the parser, so what is a link here is a link on GitHub. The rest (emphasis,
quotes, brackets) is paired in one pass; a mark without its partner is text. All spans are offsets into the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from listbot.document import Document, Link
from listbot.html_tags import Reader
from listbot.source import Span, record

_MARK = re.compile(
    r"[\\*_~\"“”„«»()（）\[\]【】\r\n](?:(?<=\\)[!-/:-@\[-`{-~]|(?<=\*)\*{1,2}|(?<=_)_+|(?<=~)~|(?<=\r)\n)?"
)
"""A mark begins with one of a set of characters, so that the search runs in C from one to the next: an alternation of
marks took three times as long."""
_KINDS = {
    **dict.fromkeys(("**", "***", "__"), "strong"),
    **dict.fromkeys(("*", "_", "~~"), "emphasis"),
    **dict.fromkeys('"“”„«»', "quote"),
    **dict.fromkeys("([（【", "open"),
    **dict.fromkeys(")]）】", "close"),
    **dict.fromkeys(("\r\n", "\r", "\n"), "break"),
}
"""What a mark is; a backslash, with what it escapes, and a single `~` are none."""
_SPECIAL = re.compile(r"[\\*_~\"“”„«»()（）\[\]【】\r\n]")
"""What begins any mark of `_MARK`."""
_LINE_PREFIX = re.compile(r"[ \t>]*")
_CLOSES = {")": "paren", "）": "paren", "]": "bracket", "】": "bracket"}
_OPENS = {"(": "paren", "（": "paren", "[": "bracket", "【": "bracket"}
_FRAME_TAGS = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "code": "code",
    "kbd": "code",
    "q": "quoted",
}
_BREAK_TAGS = frozenset(
    "br p div td th tr li ul ol summary details table tbody thead h1 h2 h3 h4 h5 h6 hr dd dt".split()
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MAX_DEPTH = 12


class Token(NamedTuple):
    """`inner` holds the tokens of a pair (`strong`, `emphasis`, `quoted`, `paren`, `bracket`) without its marks."""

    kind: str
    """`text`, `link`, `image`, `code`, `strong`, `emphasis`, `quoted`, `paren`, `bracket`, `break`, `cell`."""
    span: Span
    inner: tuple[Token, ...] = ()
    link: Link | None = None


class Atom(NamedTuple):
    """What the parser has read already."""

    span: Span
    kind: str
    """`link`, `image`, `code`, `tag`, `comment`."""
    link: Link | None


_INDENT = 40
"""Characters in which a raw HTML block begins; inside an item it is indented."""


class Tokenizer:
    """Cuts spans of one document into tokens."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.source.text
        self._atoms = _atoms(document)
        self._atoms.sort(key=_outer_first)
        self._starts = [atom.span.start for atom in self._atoms]
        self._cut: dict[Span, tuple[Token, ...]] = {}
        self._cut_html: dict[Span, tuple[Token, ...]] = {}

    def only_link(self, span: Span) -> Link | None:
        """The link in a span in which there is no further link, image, chip, tag or comment."""
        starts = self._starts
        first = bisect_left(starts, span.start)
        if first == len(starts) or (first + 1 < len(starts) and starts[first + 1] < span.end):
            return None
        atom = self._atoms[first]
        return atom.link if atom.kind == "link" and atom.span.start < span.end else None

    def shown(self, span: Span) -> str:
        """What a reader sees of a span."""
        if span not in self._cut and self._is_plain(span):
            return " ".join(unescaped(self._text[span.start : span.end]).split())
        return plain(self._text, self.tokens(span))

    def _is_plain(self, span: Span) -> bool:
        starts = self._starts
        first = bisect_left(starts, span.start)
        return (first == len(starts) or starts[first] >= span.end) and (
            _SPECIAL.search(self._text, span.start, span.end) is None
        )

    def tokens(self, span: Span, is_html: bool = False) -> tuple[Token, ...]:
        """The tokens of a leaf's span; `is_html` where it is a raw HTML block, in which Markdown is plain text."""
        if is_html:
            return self._tokens_of_html(span)
        known = self._cut.get(span)
        if known is not None:
            return known
        if self._is_plain(span):
            return (Token("text", span),) if span.end > span.start else ()
        self._cut[span] = found = _Pass(self._text, span, self._atoms_in(span), is_html=False).run()
        return found

    def _tokens_of_html(self, span: Span) -> tuple[Token, ...]:
        known = self._cut_html.get(span)
        if known is not None:
            return known
        atoms = [atom for atom in self._atoms_in(span) if atom.kind in ("link", "image")]
        kinds = {"!--": "comment"}
        tags = Reader(self._text, lenient=True).tags(span.start, span.end)
        atoms += [Atom(tag.span, kinds.get(tag.name, "tag"), None) for tag in tags]
        atoms.sort(key=lambda atom: (*_outer_first(atom), atom.kind == "tag"))
        self._cut_html[span] = found = _Pass(self._text, span, atoms, is_html=True).run()
        return found

    def _atoms_in(self, span: Span) -> list[Atom]:
        return self._atoms[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def _outer_first(atom: Atom) -> tuple[int, int]:
    return atom.span.start, -atom.span.end


def _atoms(document: Document) -> list[Atom]:
    text = document.source.text
    found = []
    for link in document.links:
        span = link.span
        if link.kind == "html":
            closing = text.find(">", link.label.end)
            span = Span(span.start, closing + 1) if link.label.end > span.end and closing >= 0 else span
        found.append(Atom(span, "link", link))
    found += [Atom(image.span, "image", image) for image in document.images]
    taken = {atom.span.start for atom in found}
    for span in document.opaque:
        if span.start not in taken:
            first = text[span.start : span.start + _INDENT].lstrip()[:4]
            kind = "comment" if first == "<!--" else "tag" if first[:1] == "<" else "code"
            found.append(Atom(span, kind, None))
    return found


class _Frame:
    """A pair that is open."""

    __slots__ = ("after", "kind", "mark", "start", "tokens")

    def __init__(self, kind: str, mark: str, start: int, after: int) -> None:
        self.kind = kind
        self.mark = mark
        self.start = start
        self.after = after
        self.tokens: list[Token] = []


class _Pass:
    """The state of one pass over one span."""

    __slots__ = ("atoms", "html", "span", "stack", "text", "waiting")

    def __init__(self, text: str, span: Span, atoms: list[Atom], is_html: bool) -> None:
        self.text = text
        self.span = span
        self.atoms = atoms
        self.html = is_html
        self.stack = [_Frame("", "", span.start, span.start)]
        self.waiting = span.start

    def run(self) -> tuple[Token, ...]:
        position = self.span.start
        for atom in self.atoms:
            start, end = atom.span
            if start < position:
                continue
            if start > position:
                self._marks(position, start)
            self._atom(atom)
            position = self.waiting = min(end, self.span.end)
        if self.span.end > position:
            self._marks(position, self.span.end)
        while len(self.stack) > 1:
            self._dissolve()
        return tuple(self.stack[0].tokens)

    def _atom(self, atom: Atom) -> None:
        if atom.kind == "tag":
            self._tag(atom.span)
        elif atom.kind != "comment":
            self.stack[-1].tokens.append(record(Token, (atom.kind, atom.span, (), atom.link)))

    def _tag(self, span: Span) -> None:
        written = self.text[span.start : span.end].lower()
        closing = written.startswith("</")
        name = re.split(r"[\s/>]", written.lstrip("</"), maxsplit=1)[0]
        if name in _BREAK_TAGS:
            self._break(span, "cell" if name in ("td", "th") and not closing else "break")
        elif name in _FRAME_TAGS:
            if not closing:
                self._open(_FRAME_TAGS[name], name, *span)
            else:
                self._close(name, span.end)

    def _marks(self, start: int, end: int) -> None:
        """Pairs and breaks in plain text between two atoms."""
        text = self.text
        self.waiting = start
        for found in _MARK.finditer(text, start, end):
            mark = found[0]
            kind = _KINDS.get(mark) or ("strong" if mark.startswith("__") else None)
            at, after = found.span()
            if kind is None or at < self.waiting:
                continue
            if at > self.waiting:
                self._flush(at)
            if kind == "break":
                prefix = _LINE_PREFIX.match(text, after, end)
                self._break(record(Span, (at, prefix.end() if prefix else after)), "break")
            elif (self.html and kind in ("strong", "emphasis")) or not self._pair(mark, kind, at, after):
                self.waiting = at
        self._flush(end)

    def _pair(self, mark: str, group: str, start: int, end: int) -> bool:
        """Open or close a pair. False where the mark is text."""
        if group == "close":
            return self._close(_CLOSES[mark], end)
        if group == "open":
            return self._open(_OPENS[mark], _OPENS[mark], start, end)
        if group == "quote":
            is_open = self._place_of('"') > 0
            if mark in "”»" or (mark == '"' and is_open):
                return self._close('"', end)
            return not is_open and self._open("quoted", '"', start, end)
        before = self.text[start - 1 : start] if start > self.span.start else " "
        after = self.text[end : end + 1] if end < self.span.end else " "
        if "_" in mark and before.isalnum() and after.isalnum():
            return False
        key = mark[:1] * min(len(mark), 2)
        if not before.isspace() and self._close(key, end):
            return True
        return not after.isspace() and self._open("strong" if group == "strong" else "emphasis", key, start, end)

    def _flush(self, end: int) -> None:
        start = self.waiting
        if end > start:
            tokens = self.stack[-1].tokens
            if tokens and tokens[-1].kind == "text" and tokens[-1].span.end == start:
                start = tokens.pop().span.start
            tokens.append(record(Token, ("text", record(Span, (start, end)), (), None)))
            self.waiting = end

    def _break(self, span: Span, kind: str) -> None:
        self.stack[-1].tokens.append(Token(kind, span))
        self.waiting = span.end

    def _open(self, kind: str, mark: str, start: int, end: int) -> bool:
        if len(self.stack) > _MAX_DEPTH:
            return False
        self.stack.append(_Frame(kind, mark, start, end))
        self.waiting = end
        return True

    def _place_of(self, mark: str) -> int:
        """The place in the stack of the innermost pair that a mark closes, or 0."""
        index = len(self.stack) - 1
        while index and self.stack[index].mark != mark:
            index -= 1
        return index

    def _close(self, mark: str, end: int) -> bool:
        index = self._place_of(mark)
        if not index:
            return False
        while len(self.stack) - 1 > index:
            self._dissolve()
        frame = self.stack.pop()
        inner = tuple(frame.tokens)
        self.stack[-1].tokens.append(record(Token, (frame.kind, record(Span, (frame.start, end)), inner, None)))
        self.waiting = end
        return True

    def _dissolve(self) -> None:
        """The innermost open mark has no partner: it is text, and what it held belongs to the frame around it."""
        frame = self.stack.pop()
        tokens = self.stack[-1].tokens
        first = frame.tokens[0].span.start if frame.tokens else frame.after
        if first > frame.start:
            tokens.append(Token("text", Span(frame.start, first)))
        tokens.extend(frame.tokens)


def plain(text: str, tokens: Sequence[Token]) -> str:
    """What a reader sees of some tokens, with single blanks: marks, tags and images off, escapes resolved."""
    pieces: list[str] = []
    _show(text, tokens, pieces)
    return " ".join("".join(pieces).split())


def _show(text: str, tokens: Sequence[Token], pieces: list[str]) -> None:
    for kind, span, inner, link in tokens:
        if kind == "text":
            pieces.append(unescaped(text[span[0] : span[1]]))
        elif kind == "link":
            pieces.append(label_text(text, link) if link is not None else "")
        elif kind == "code":
            pieces.append(plain(text, inner) if inner else text[span[0] : span[1]].strip("`"))
        elif kind == "break" or kind == "cell":
            pieces.append(" ")
        elif kind == "paren" or kind == "bracket" or kind == "quoted":
            pieces.append(text[span[0]])
            _show(text, inner, pieces)
            pieces.append(text[span[1] - 1])
        elif kind != "image":
            _show(text, inner, pieces)


_LABEL_MARKUP = re.compile(
    r"!\[[^\[\]]*+\](?:\([^()]*+\)|\[[^\[\]]*+\])|<[^<>]*+>|(?<!\\)(?:\*+|`+|~~|(?<!\w)_+|_+(?!\w))"
)


def label_text(text: str, link: Link) -> str:
    """What a reader sees of a link, markup and images off; empty for a bare URL."""
    if link.kind == "bare" or link.kind == "autolink":
        return ""
    written = text[link.label.start : link.label.end]
    if "*" in written or "`" in written or "<" in written or "!" in written or "_" in written or "~" in written:
        written = _LABEL_MARKUP.sub("", written)
    return " ".join(unescaped(written).split())


def unescaped(text: str) -> str:
    """Backslash escapes and HTML entities resolved."""
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text and ";" in text:
        from html import unescape  # its table of 2,231 names is worth loading only for texts that use one

        text = unescape(text)
    return text
