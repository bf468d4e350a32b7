"""`listbot rule`: what a rule is for, from its own page."""

from __future__ import annotations

import sys
from difflib import get_close_matches

from listbot.errors import EXIT_CLEAN, UsageError
from listbot.rulebook import pages


def run(name: str | None) -> int:
    """Print one page, or all rules with a line each. Raises UsageError for a rule that does not exist."""
    book = pages()
    if name is None:
        width = max(len(rule) for rule in book)
        for page in book.values():
            sys.stdout.write(
                f"{page.id:<{width}}  {page.summary}{f' [{page.fixability}]' if page.fixability else ''}\n"
            )
        return EXIT_CLEAN
    if name not in book:
        near = get_close_matches(name, book, 1)
        hint = f"the nearest name is {near[0]!r}" if near else "`listbot rule` lists them"
        raise UsageError(f"there is no rule {name!r}; {hint}")
    sys.stdout.write(book[name].text)
    return EXIT_CLEAN
