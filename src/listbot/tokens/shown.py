"""What a reader sees of tokens and links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from listbot.document import Link
from listbot.tokens.records import Token

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


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
