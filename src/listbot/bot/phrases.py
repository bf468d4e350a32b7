"""Sentences and counts of our own, as Markdown. The only texts beside templates that are trusted as they are."""

from __future__ import annotations

from listbot.bot import memory
from listbot.bot.markdown import Markdown
from listbot.document import ROLES
from listbot.liveness import SENTENCES, Outcome, Reason
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
    Outcome.BLOCKED: "❔",
    Outcome.UNKNOWN: "❔",
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
