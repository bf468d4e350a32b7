"""One pass over inline Markdown, with a stack of brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container

from listbot.html_tags import Reader
from listbot.inlines.bare_urls import URL_MARK, bare_urls
from listbot.inlines.destinations import ends_in_parentheses, link_destination, skip_blank
from listbot.inlines.found import Hit, Inlines
from listbot.source import Span, record

_SPECIAL = re.compile(r"[\\`<\[\]]")
_BACKTICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^<>\x00-\x20\x7f]*+)>")
_EMAIL = re.compile(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]++@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)
_FLAT = re.compile(r"[^\x00-\x20\x7f()\\]*+")
_TITLE = re.compile(r"""\"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)""", re.DOTALL)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_MAX_LABEL = 999

_SIMPLE = re.compile(r"\[([^\[\]]*+)\]\(([^\x00-\x20\x7f()]*+)\)")
_MAY_HOLD = re.compile(r"[\\`<\[:wW]")
"""What begins anything that a scan finds."""


class _Opener:
    """A `[` or `![` that may yet begin a link."""

    __slots__ = ("active", "after", "bracket_after", "image", "start")

    def __init__(self, start: int, after: int, image: bool) -> None:
        self.start = start
        self.after = after
        self.image = image
        self.active = True
        self.bracket_after = False


def normalised_label(label: str) -> str:
    """The key under which CommonMark looks up a reference: blanks collapsed, case folded both ways."""
    return " ".join(label.split()).lower().upper()


def scan(text: str, references: Container[str]) -> Inlines:
    """Find links, images, code spans and tags in one block's inline text (container prefixes already taken off).

    `references` holds the normalised labels that the document defines.
    """
    found = Inlines([], [], [])
    if _MAY_HOLD.search(text) is None:
        return found
    if "`" not in text and "<" not in text and "\\" not in text and _simple(text, references, found.hits):
        if _is_marked_outside(text, found.hits) and (bare := bare_urls(text, found)):
            found.hits.extend(bare)
            found.hits.sort(key=_start)
        return found
    _Scanner(text, references, found).run()
    if URL_MARK.search(text):
        found.hits.extend(bare_urls(text, found))
    found.hits.sort(key=_start)
    return found


def _simple(text: str, references: Container[str], hits: list[Hit]) -> bool:
    """Nine texts in ten hold only links of the form `[label](url)` and no other marks: one expression finds them.

    It did not find all there is where a `](` is left over, or a `[` that may be a reference; then the answer is False.
    """
    for link in _SIMPLE.finditer(text):
        start, end = link.span()
        image = start > 0 and text[start - 1] == "!"
        whole, label, target = (start - image, end), record(Span, link.span(1)), record(Span, link.span(2))
        hits.append(record(Hit, ("inline", image, record(Span, whole), label, target, None)))
    if text.count("](") != len(hits) or (references and text.count("[") != len(hits)):
        hits.clear()
        return False
    return True


def _is_marked_outside(text: str, hits: list[Hit]) -> bool:
    """Whether a bare URL may stand outside links; inside them there are many, which `bare_urls` would walk through."""
    position = 0
    for hit in hits:
        start, end = hit.span
        if start > position and URL_MARK.search(text, position, start):
            return True
        position = end
    return URL_MARK.search(text, position) is not None


def _start(hit: Hit) -> int:
    return hit.span.start


class _Scanner:
    """The state of one pass."""

    __slots__ = ("found", "html", "parentheses", "position", "references", "runs", "stack", "text")

    def __init__(self, text: str, references: Container[str], found: Inlines) -> None:
        self.text = text
        self.references = references
        self.found = found
        self.html = Reader(text)
        self.stack: list[_Opener] = []
        self.runs: dict[int, list[int]] | None = None
        self.parentheses: dict[int, int] | None = None
        self.position = 0

    def run(self) -> None:
        text, stack = self.text, self.stack
        for special in _SPECIAL.finditer(text):
            at, mark = special.start(), special[0]
            if at < self.position:
                continue
            if mark == "[":
                image = at > self.position and text[at - 1] == "!"
                if stack:
                    stack[-1].bracket_after = True
                stack.append(_Opener(at - image, at + 1, image))
                self.position = at + 1
            elif mark == "]":
                self._close(at)
            elif mark == "\\":
                self.position = at + 2
            elif mark == "`":
                self._code(at)
            else:
                self._angle(at)

    def _code(self, start: int) -> None:
        opening = _BACKTICKS.match(self.text, start)
        assert opening is not None  # noqa: S101 - the caller stands on a backtick
        length = opening.end() - start
        if self.runs is None:
            self.runs = {}
            for run in _BACKTICKS.finditer(self.text):
                self.runs.setdefault(run.end() - run.start(), []).append(run.start())
        closers = self.runs.get(length, [])
        index = bisect_left(closers, opening.end())
        self.position = opening.end()
        if index < len(closers):
            self.position = closers[index] + length
            self.found.codes.append(record(Span, (start, self.position)))

    def _angle(self, start: int) -> None:
        link = _AUTOLINK.match(self.text, start) or _EMAIL.match(self.text, start)
        if link is not None:
            inner = Span(*link.span(1))
            self.found.hits.append(Hit("autolink", False, Span(*link.span()), inner, inner, None))
            self.position = link.end()
            return
        tag = self.html.tag_at(start)
        self.position = start + 1 if tag is None else tag.span.end
        if tag is not None:
            self.found.tags.append(tag)

    def _close(self, at: int) -> None:
        self.position = at + 1
        if not self.stack:
            return
        opener = self.stack.pop()
        if not opener.active:
            return
        hit = self._inline(opener, at) or self._reference(opener, at)
        if hit is None:
            return
        hits = self.found.hits
        if opener.image:
            while hits and hits[-1].span.start > opener.start:
                hits.pop()  # an image's description is plain text: what looks like a link there is none
        else:
            self._deactivate()
        hits.append(hit)
        self.position = hit.span.end

    def _deactivate(self) -> None:
        """Links hold no links: every `[` before a link is dead. Those before a dead one are dead already."""
        for earlier in reversed(self.stack):
            if not earlier.image:
                if not earlier.active:
                    return
                earlier.active = False

    def _inline(self, opener: _Opener, at: int) -> Hit | None:
        if not self.text.startswith("(", at + 1):
            return None
        target = self._target(at + 2)
        if target is None:
            return None
        destination, end = target
        return Hit("inline", opener.image, Span(opener.start, end), Span(opener.after, at), destination, None)

    def _target(self, position: int) -> tuple[Span, int] | None:
        """Read `destination "title")` from just after the `(`: the destination's span and the offset after the `)`."""
        text = self.text
        start = skip_blank(text, position)
        read = self._destination(start, position)
        if read is None:
            return None
        destination, end = read
        after = skip_blank(text, end)
        if after > end:
            title = _TITLE.match(text, after)
            if title is not None:
                after = skip_blank(text, title.end())
        return (destination, after + 1) if text.startswith(")", after) else None

    def _destination(self, start: int, position: int) -> tuple[Span, int] | None:
        """A destination that holds parentheses is looked up: `[](` repeated would be read 32 levels deep from each."""
        if start > position or self.text.startswith("<", start):
            return link_destination(self.text, start)
        flat = _FLAT.match(self.text, start)
        end = flat.end() if flat else start
        if self.text.startswith(("(", "\\"), end):
            if self.parentheses is None:
                self.parentheses = ends_in_parentheses(self.text)
            end = self.parentheses.get(position - 1, -1)
        return (Span(start, end), end) if end >= 0 else None

    def _reference(self, opener: _Opener, at: int) -> Hit | None:
        if not self.references:
            return None
        end = at + 1
        full = _LABEL.match(self.text, end)
        label = full[1] if full else ""
        if full is not None and len(label) <= _MAX_LABEL:
            end = full.end()
        if not label.strip():
            if opener.bracket_after or at - opener.after > _MAX_LABEL:
                return None
            label = self.text[opener.after : at]
        key = normalised_label(label)
        if not key or key not in self.references:
            return None
        return Hit("reference", opener.image, Span(opener.start, end), Span(opener.after, at), None, key)
