"""Sentences and counts of our own, as Markdown. The only texts beside templates that are trusted as they are."""

from __future__ import annotations

from collections.abc import Iterator

from listbot.bot import memory
from listbot.bot.markdown import Cell, Code, Markdown, link, md
from listbot.document import ROLES
from listbot.liveness import SENTENCES, Outcome, Reason, Record
from listbot.output import text
from listbot.rulebook import pages


def counted(number: int, noun: str) -> Markdown:
    """`1 link`, `2 links`. The noun is ours."""
    return Markdown(text.counted(number, noun))


def reason(of: Reason) -> Markdown:
    """What listbot says of a link for a reason."""
    return Markdown(SENTENCES[of])


def checkbox(what: str, url: str) -> Markdown:
    """The hidden part of a checkbox: an id of hexadecimal digits."""
    return Markdown(memory.checkbox(what, memory.key(url)))


def rule_summary(rule: str) -> Markdown:
    """What a rule finds, as its page says."""
    return Markdown(pages()[rule].summary)


_OUTCOMES = {
    Outcome.ALIVE: "✅",
    Outcome.MOVED: "➡️ moved",
    Outcome.WITHDRAWN: "⚠️ withdrawn",
    Outcome.GONE: "❌ gone",
    Outcome.BLOCKED: "❔ refuses programs",
    Outcome.UNKNOWN: "❔ unverified",
}


def outcome(of: Outcome) -> Markdown:
    """A sign for what is known of a link."""
    return Markdown(_OUTCOMES[of])


def rule_name(rule: str) -> Markdown:
    """A rule's id. Raises KeyError for what is none of ours."""
    return Markdown(pages()[rule].id)


def role(name: str) -> Markdown:
    """What a link is to its entry. Raises ValueError for a word that is not in the table."""
    return Markdown(ROLES[ROLES.index(name)])


_TITLE = 120
_VENUE = 60
_STATES = {"archived": md("archived by its owners"), "empty": md("nothing in it yet")}


def record(told: Record, words: type[Cell] | type[Code] = Code) -> Iterator[Markdown]:
    """What registries say of a work, a phrase each; their words stand in code, in a table in `Cell`."""
    if told.title:
        yield md("{title}", title=words(told.title, _TITLE))
    if told.venue or told.published:
        venue = md("{venue}", venue=words(told.venue, _VENUE)) if told.venue else md("published")
        yield link(venue, told.published or None)
    if told.notice is not None:
        yield link(md("⚠️ {kind}", kind=words(told.notice.kind)), told.notice.link or None)
    yield from standing(told, words)


def standing(told: Record, words: type[Cell] | type[Code] = Code) -> Iterator[Markdown]:
    """Of what registries say of a work, whether people should still be sent there."""
    yield from (phrase for name, phrase in _STATES.items() if getattr(told, name))
    if told.successor:
        yield md("in its place: {url}", url=link(words(told.successor, 100), told.successor))
