"""What of a change was not looked at: where there is any of it, nobody is told that all has been put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from listbot.bot.markdown import Code, Markdown, joined, md
from listbot.bot.phrases import counted
from listbot.liveness import LinkResult, Outcome, Reason

_NAMED = 5
_PATH = 100
"""Code points."""
_CLEARED = md("### All fixed\n\nWhat this change brought up has been put right. Thank you!")
_NOT_ALL = md(
    "### Nothing found in what was looked at\n\nBut not all was, so what was said here before may still hold."
)


class Gaps(NamedTuple):
    """What is missing, and why."""

    unread: Sequence[str] = ()
    """Paths of changed lists that could not be read, in either version."""
    left: Sequence[str] = ()
    """Paths of those that were too many to be looked at here."""
    hidden: bool = False
    """GitHub tells of the first files of a change only, and this one has more."""
    facts: bool = True
    """Something is known of new links, or there are none."""


def cleared(gaps: Gaps, results: Iterable[LinkResult] = ()) -> Markdown:
    """What an earlier comment becomes where nothing is found. `results`: what is known of the new links."""
    untold = sum(map(_is_untold, results))
    if gaps == Gaps() and not untold:
        return _CLEARED
    return md("{said}\n{notice}", said=_NOT_ALL, notice=notice(gaps, untold))


def _is_untold(result: LinkResult) -> bool:
    """Whether a link that was found dead by an earlier run may be so still: a host that is silent, or has had enough of
    us, says nothing. One that never answers programs has not said that the link is dead."""
    return result.outcome == Outcome.UNKNOWN or result.reason == Reason.RATE_LIMITED


def notice(gaps: Gaps, untold: int = 0) -> Markdown:
    """What was not looked at, a line for each reason; empty where all was. `untold`: new links that gave no answer."""
    said = []
    if gaps.unread:
        said.append(md("- Could not be read, and is not judged: {paths}", paths=_named(gaps.unread)))
    if gaps.left:
        said.append(md("- Not looked at here, as this change has so many files: {paths}", paths=_named(gaps.left)))
    if gaps.hidden:
        said.append(md("- GitHub does not show all files of so large a change, and no others were looked at"))
    if not gaps.facts:
        said.append(md("- Whether its new links lead anywhere is not known here"))
    if untold:
        said.append(md("- {links} gave no answer", links=counted(untold, "new link")))
    return md("\n{said}", said=joined("\n", said)) if said else md("")


def _named(paths: Sequence[str]) -> Markdown:
    named = joined(", ", [md("{path}", path=Code(path, _PATH)) for path in paths[:_NAMED]])
    more = len(paths) - _NAMED
    return md("{named} and {more} more", named=named, more=more) if more > 0 else named
