"""typo: a word of prose, of a venue or of a link's text that is misspelt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from listbot import meanings, misspellings, project_words, slot_words
from listbot.finding import Edit, Finding, Fix
from listbot.rule import Context


class Options(NamedTuple):
    words: list[str]


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    accepted = project_words.accepted(context.options.words)
    for word, meant, also, grade in misspellings.of(document, accepted):
        fix = None
        if grade == meanings.CERTAIN and not document.in_heading(word.span.start):  # whose anchor others link to
            # a word with a capital may be a name that nobody has heard of
            fix = Fix(f"write {meant}", (Edit(word.span, meant),), safe=word.text.islower())
        said = f"`{word.text}` → `{meant}`" + (f" or `{also}`" if also is not None else "")
        yield Finding(word.span, said, grade, fix=fix, alike=True)
    for one in slot_words.misspelt(document, accepted):
        written = document.source[one.span]
        fix = Fix(f"write {one.meant}", (Edit(one.span, one.meant),), safe=False)
        yield Finding(one.span, f"`{written}` → `{one.meant}`", meanings.LIKELY, fix=fix, alike=True)
