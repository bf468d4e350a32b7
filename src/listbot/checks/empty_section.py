"""empty-section: a heading with nothing under it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listbot.document import Block, Document, Heading, Section
from listbot.finding import Finding
from listbot.rule import Context
from listbot.sentences import is_sentence

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*+>", re.DOTALL)
_INCLUDES = re.compile(
    r"<!--\s*(?:[@#](?:include|import)\b|(?:include|import|embed)\s*:)[^<>]*[./][^<>]*-->", re.IGNORECASE
)
"""A comment for the program that puts another file in its place."""
_SHOWN_TAG = re.compile(r"<(?:img|video|audio|iframe|object|svg|picture|table|hr)\b", re.IGNORECASE)
_HTML_HEADING = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_NEAR = 200
"""So far before a heading stands the tag that makes it the summary of what a click opens."""
_NUMBER = re.compile(r"\W*(\d{1,3}(?:\.\d{1,3})*)\.?\s")
_COLON = re.compile("[:：]")
_DATE = re.compile(
    r"\d ?[月日]|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.? ?\d"
    r"|\d(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{4}[-/.]\d{1,2}[-/.]\d",
    re.IGNORECASE,
)
_CONTENT = frozenset({"paragraph", "cell", "code", "html"})


def check(context: Context) -> Iterator[Finding]:
    """The first heading is the document's title and needs no text of its own; a heading with subheadings is full."""
    document = context.document
    contents = [block for block in document.blocks if block.kind in _CONTENT]
    position = 0
    for index, section in enumerate(document.sections):
        following = document.sections[index + 1] if index + 1 < len(document.sections) else None
        limit = following.heading.first if following is not None else document.source.line_count + 1
        while position < len(contents) and contents[position].last <= section.heading.last:
            position += 1
        own = []
        while position < len(contents) and contents[position].first < limit:
            own.append(contents[position])
            position += 1
        is_alone = index and not _goes_on(document, section, following) and not _is_subtitle(document, index)
        if (
            is_alone
            and not _speaks_itself(document, section.heading)
            and not any(_shows_something(block, document) for block in own)
        ):
            yield Finding(
                section.heading.span,
                f"the section “{section.heading.text}” is empty",
                hint="fill it, or take the heading out until there is something to list",
            )


def _goes_on(document: Document, section: Section, following: Section | None) -> bool:
    """Whether what follows belongs to the section: deeper headings; shallower ones under the same parent, where the
    levels slipped; one whose number says so (`2.1.1` after `2.1`); and one that begins with a link, as entries do."""
    if following is None:
        return False
    if following.heading.level != section.heading.level and following.parent == section.parent:
        return True
    number, next_number = _number(section.heading), _number(following.heading)
    return (
        following.heading.level > section.heading.level
        or (bool(number) and next_number.startswith(f"{number}."))
        or _begins_with_link(document, following.heading)
    )


def _number(heading: Heading) -> str:
    found = _NUMBER.match(heading.text)
    return found[1] if found is not None else ""


def _begins_with_link(document: Document, heading: Heading) -> bool:
    links = document.links_in(heading.span)
    before = document.source.text[heading.span.start : links[0].span.start] if links else "x"
    return not any(character.isalnum() for character in before) and not links[0].target.startswith("#")


def _is_subtitle(document: Document, index: int) -> bool:
    """`# Title`, `### What it is about`, `## First section`: a line below the title, smaller than the sections are."""
    if index != 1:
        return False
    title, level = document.sections[0].heading.level, document.sections[1].heading.level
    return any(title < section.heading.level < level for section in document.sections)


def _speaks_itself(document: Document, heading: Heading) -> bool:
    """A heading that is a link has its contents there; one that is a sentence, or gives a date, has said all of it; one
    in HTML may be a banner, or be opened by a click."""
    if is_sentence(heading.text) or _gives_date(heading.text):
        return True
    in_html = heading.html or _HTML_HEADING.search(document.source[heading.span]) is not None
    return in_html or bool(document.links_in(heading.span)) or _is_summary(document, heading)


def _gives_date(text: str) -> bool:
    """`Main conference: June 19-21`."""
    colon = _COLON.search(text)
    return colon is not None and _DATE.search(text, colon.end()) is not None


def _is_summary(document: Document, heading: Heading) -> bool:
    before = document.source.text[max(0, heading.span.start - _NEAR) : heading.span.start].lower()
    return before.rfind("<summary") > before.rfind("</summary")


def _shows_something(block: Block, document: Document) -> bool:
    """Comments, bare anchors and a way back to the top are nothing to read; a file that a comment includes is."""
    if block.kind == "html":
        return bool(_INCLUDES.search(block.text) or _SHOWN_TAG.search(block.text) or _TAG.sub("", block.text).strip())
    if block.kind == "code":
        return True
    links = document.links_in(block.span)
    if block.kind == "paragraph" and block.parent < 0 and len(links) == 1 and links[0].target.startswith("#"):
        prose = document.prose[block.span.start : block.span.end]
        return any(character.isalnum() for character in prose)
    return bool(_TAG.sub("", block.text).strip())
