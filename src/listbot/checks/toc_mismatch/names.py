"""How the words of a line and of a heading are compared."""

from __future__ import annotations

import re

from listbot.document import Document, Heading

_NOT_LETTER = re.compile(r"[\W_]+")


def name_of(text: str) -> str:
    """Words in lower case, whatever stands between them as one blank."""
    return _NOT_LETTER.sub(" ", text.casefold()).strip()


def name_of_heading(document: Document, heading: Heading) -> str:
    """The name of a heading without the way back that stands behind its words: `Tools ([back to top](#top))`."""
    text = heading.text
    links = [link for link in document.links_in(heading.span) if not link.image]
    back = links[-1] if links and links[-1].target.startswith("#") else None
    shown = document.source[back.label] if back is not None else ""
    before, found, behind = text.rpartition(shown) if shown else (text, "", "")
    return name_of(before) if found and not name_of(behind) and name_of(before) else name_of(text)
