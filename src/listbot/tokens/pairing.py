"""One pass over a span: atoms as they stand, marks paired; a mark without its partner is text."""

from __future__ import annotations

import re

from listbot.source import Span, record
from listbot.tokens.records import Atom, Token

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
_CLOSING_QUOTE = re.compile(r'\S"(?=[\s.,;:?!)\]]|$)')
_FAR = 500
"""Characters: a quote inside a quote is closed within so many, or each of a row of quotes would look at all others."""
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
_MAX_DEPTH = 12


class _Frame:
    """A pair that is open."""

    __slots__ = ("after", "kind", "mark", "start", "tokens")

    def __init__(self, kind: str, mark: str, start: int, after: int) -> None:
        self.kind = kind
        self.mark = mark
        self.start = start
        self.after = after
        self.tokens: list[Token] = []


class Pass:
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
            if mark == '"' and is_open and self._is_nested(start):
                return self._open("quoted", '"', start, end)
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

    def _is_nested(self, start: int) -> bool:
        """Whether a quote opens inside a quote, with both closed on its line: `"Is a "Bird" One?"`."""
        before = self.text[start - 1]
        if not ((before.isspace() or before == '"') and self.text[start + 1 : start + 2].isalnum()):
            return False
        far = min(self.span.end, start + _FAR)
        end = self.text.find("\n", start, far)
        line = self.text[start + 1 : end if end >= 0 else far]
        return line.count('"') % 2 == 0 and _CLOSING_QUOTE.search(line) is not None

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
