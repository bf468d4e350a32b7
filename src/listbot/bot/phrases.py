"""Sentences and counts of our own, as Markdown. The only texts beside templates that are trusted as they are."""

from __future__ import annotations

from listbot.bot import memory
from listbot.bot.markdown import Markdown
from listbot.liveness import SENTENCES, Reason
from listbot.output import text


def counted(number: int, noun: str) -> Markdown:
    """`1 link`, `2 links`. The noun is ours."""
    return Markdown(text.counted(number, noun))


def reason(of: Reason) -> Markdown:
    """What listbot says of a link for a reason."""
    return Markdown(SENTENCES[of])


def checkbox(what: str, url: str) -> Markdown:
    """The hidden part of a checkbox: an id of hexadecimal digits."""
    return Markdown(memory.checkbox(what, memory.key(url)))
