"""Titles -> keys under which two spellings of one title are equal.

The order of the steps is that of `reference/scholar.md` §2.3, measured on 90 labelled pairs: 63 % of the titles that
are written in several ways under one id become equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_HTML_TAG = re.compile(r"<[^<>]*+>")
_IMAGE = re.compile(r"!\[[^\[\]]*+\]\([^()]*+\)")
_LINK = re.compile(r"\[([^\[\]]*+)\]\([^()]*+\)")
_LATEX_COMMAND = re.compile(r"\\[A-Za-z]+\s?")
_LATEX_MARK = re.compile(r"[{}$\\]")
_LEADING_TAG = re.compile(r"^[^\w\[]*(?:\[(?P<tag>[^\[\]]{1,40})\]\s*)+(?=\S)")
_TRAILING_AFFILIATION = re.compile(r"\s*\(@[^()]*\)\s*$")
_STATUS = re.compile(
    r"[(\[]\s*(?:oral|spotlight|poster|highlight|best paper[^()\[\]]*|accepted[^()\[\]]*|"
    r"[A-Za-z&/ -]{2,24}\s*['’]?\s*(?:19|20)?\d\d)\s*[)\]]",
    re.IGNORECASE,
)
_TRAILING_VENUE = re.compile(r"\s+[A-Za-z]{2,12}\s?['’]\s?\d\d\s*$")
_KEPT_SYMBOLS = (("++", " plusplus "), ("+", " plus "), ("#", " sharp "), ("&", " and "))
_NOT_WORD = re.compile(r"[\W_]+")
_LEAD = re.compile(r"^([^:：]{1,60}?)\s*[:：]\s+(\S.*)$")
_MAX_LEAD_WORDS = 4


class TitleKeys(NamedTuple):
    """`full` is the whole title; `lead` the name before the first colon (or empty), `tail` what follows it."""

    full: str
    lead: str
    tail: str
    tag: str = ""
    """What stands in brackets before the title; the last, where there are several. It is in none of the others."""


@lru_cache(maxsize=65_536)
def keys(title: str) -> TitleKeys:
    """The comparison keys of a title. Keys are lower-case words with single spaces; empty for an empty title."""
    cleaned, tag = _cleaned(title)
    lead = _LEAD.match(cleaned)
    full = _words(cleaned)
    if lead is None or len(lead[1].split()) > _MAX_LEAD_WORDS:
        return TitleKeys(full, "", full, _words(tag))
    return TitleKeys(full, _words(lead[1]), _words(lead[2]), _words(tag))


def _cleaned(title: str) -> tuple[str, str]:
    """A title without markup and decoration, and the tag that stood before it."""
    text = unicodedata.normalize("NFKC", title)
    if "<" in text:
        text = _HTML_TAG.sub(" ", text)
    if "](" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(" ", text))
    if "\\" in text or "{" in text or "$" in text:
        text = _LATEX_MARK.sub("", _LATEX_COMMAND.sub("", text))
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.replace("**", "").replace("`", "")
    tag = _LEADING_TAG.match(text) if "[" in text else None
    if tag is not None:
        text = text[tag.end() :]
    for pattern in (_TRAILING_AFFILIATION, _STATUS, _TRAILING_VENUE):
        shorter = pattern.sub("", text)
        if shorter.strip():
            text = shorter
    return text.strip(), tag["tag"] if tag is not None else ""


def _words(text: str) -> str:
    folded = text.casefold()
    for symbol, word in _KEPT_SYMBOLS:
        if symbol in folded:
            folded = folded.replace(symbol, word)
    return " ".join(_NOT_WORD.sub(" ", folded).split())
