"""`](` and a URL, and yet no link: the text's other end is wrong, or the URL's."""

from __future__ import annotations

import re

from listbot.checks.malformed_link.grades import BROKEN
from listbot.checks.malformed_link.joint import Joint, repaired, short
from listbot.finding import Finding
from listbot.source import Span
from listbot.typed import LINK

_LONGEST_TEXT = 2_000
_SPLIT_URL = re.compile(
    r"[ \t]++(?P<rest>(?![-–—][ \t])[^\s()\[\]<>\x00-\x1f|]++(?:[ \t]++[^\s()\[\]<>\x00-\x1f|]++){0,7})[ \t]*+[)）]"
)
"""What a blank cuts off a URL, up to the `)`; behind a dash stand notes, and the `)` is theirs."""
_URL_LIKE = re.compile(r"[/._%=&?#~\d-]")
_TITLE = re.compile(r"[ \t]++[\"'“”‘’]")


def unfinished(joint: Joint) -> Finding | None:
    """`](` stands right, so it is the text's other end or the URL's that is wrong."""
    opening = joint.typed.partner.get(joint.span.start)
    if opening is None:
        return _without_opening(joint)
    if joint.span.start - opening > _LONGEST_TEXT:
        return None
    label = joint.typed.text[opening + 1 : joint.span.start]
    shown = short(joint.document.source.text[opening + 1 : joint.span.start])
    if LINK in label:
        message = f"a link stands inside the text of this link, so “{shown}” is none"
        return Finding(Span(opening, joint.after), message, BROKEN, hint="links hold no links")
    if joint.closer and joint.closer in "）]}】":
        message = f"“{joint.closer}” stands where the “)” after the URL of “{shown}” is meant"
        return _closed_wrongly(joint, opening, message)
    if joint.document.source.text[joint.after : joint.after + 1] == "<":
        message = f"“<” ends the URL of “{shown}”, so this is no link"
        return Finding(Span(opening, joint.after + 1), message, BROKEN, hint="write < and > of a URL as %3C and %3E")
    split = _SPLIT_URL.match(joint.rest)
    if split is not None and joint.url.end == joint.after:
        return _split(joint, opening, shown, split)
    if joint.closer == ")":
        return None
    return _unclosed(joint, opening, shown)


def _closed_wrongly(joint: Joint, opening: int, message: str) -> Finding:
    closing = Span(joint.after, joint.after + 1)
    fix = repaired(joint, opening, closing)
    if joint.closer == "]" and opening and joint.typed.text[opening - 1] == "[":
        fix = repaired(joint, opening, Span(joint.after, joint.after))  # [[text](URL] lacks a mark and has none wrong
    if fix is not None:
        fix = fix._replace(safe=joint.closer == "）")
    return Finding(Span(opening, closing.end), message, BROKEN, fix=fix, hint=fix.message if fix else None)


def _split(joint: Joint, opening: int, shown: str, split: re.Match[str]) -> Finding:
    end = joint.url.end + split.end()
    rest = split["rest"]
    if _TITLE.match(joint.rest) or not _URL_LIKE.search(rest):
        message = f"the words after the URL of “{shown}” keep it from being a link"
        hint = "a link's title stands in straight quotes: (URL 'title')"
    else:
        message = f"the blank inside the URL of “{shown}” ends it: “{short(rest)}” is cut off"
        hint = "take the blank out, or write it as %20"
    return Finding(Span(opening, end), message, BROKEN, hint=hint)


def _unclosed(joint: Joint, opening: int, shown: str) -> Finding:
    fix = repaired(joint, opening, Span(joint.url.end, joint.url.end))
    if fix is not None:
        fix = fix._replace(safe=not joint.rest.strip() and _ends_block(joint))
    message = f"the “)” after the URL of “{shown}” is missing"
    return Finding(Span(opening, joint.url.end), message, BROKEN, fix=fix, hint=fix.message if fix else None)


def _ends_block(joint: Joint) -> bool:
    """Whether the paragraph or cell ends with the line, so that no `)` can stand on the next."""
    follows = joint.typed.text[joint.line.end : joint.line.end + 3].lstrip("\r")
    return follows in ("", "\n") or follows.startswith("\n\n")


def _without_opening(joint: Joint) -> Finding | None:
    """`text](URL)`."""
    text = joint.typed.text
    if "\\[" in joint.document.source.text[joint.line.start : joint.span.start]:
        return None  # `\[text](URL)` shows how a link is written
    end = joint.after + (joint.closer == ")")
    brace = text.rfind("{", joint.line.start, joint.span.start)
    if brace >= 0 and not set("[]}") & set(text[brace + 1 : joint.span.start]):
        fix = repaired(joint, brace, Span(joint.after, end))
        message = "“{” stands where the “[” of the link's text is meant"
        return Finding(Span(brace, end), message, BROKEN, fix=fix, hint=fix.message if fix else None)
    words = max(joint.line.start, *(text.rfind(mark, joint.line.start, joint.span.start) + 1 for mark in ")]|"))
    return Finding(
        Span(joint.span.start, end),
        "the “[” before the link's text is missing",
        BROKEN,
        hint="put “[” where the link's text begins",
        explains=(Span(words, joint.span.start),),
    )
