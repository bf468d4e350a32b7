"""Sentences and counts of our own, as Markdown. The only texts beside templates that are trusted as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from listbot.bot import memory
from listbot.bot.markdown import Cell, Code, Markdown, joined, link, md
from listbot.document import ROLES
from listbot.liveness import SENTENCES, Outcome, Reason, Record, outcome_of
from listbot.output import text
from listbot.rulebook import pages


def counted(number: int, noun: str) -> Markdown:
    """`1 link`, `2 links`. The noun is ours."""
    return Markdown(text.counted(number, noun))


def reason(of: Reason) -> Markdown:
    """What listbot says of a link for a reason."""
    return Markdown(SENTENCES[of])


_REGISTRIES = {
    "arxiv": md("arXiv"),
    "arxiv-pages": md("arXiv"),
    "crossref": md("Crossref"),
    "crossref-titles": md("Crossref"),
    "cvf": md("CVF"),
    "datacite": md("DataCite"),
    "doi": md("doi.org"),
    "github": md("GitHub"),
    "hugging-face": md("Hugging Face"),
    "mlsys": md("MLSys"),
    "mlsys-virtual": md("MLSys"),
    "neurips": md("NeurIPS"),
    "openreview": md("OpenReview"),
    "openreview-v1": md("OpenReview"),
    "pmlr": md("PMLR"),
    "semantic-scholar": md("Semantic Scholar"),
    "usenix": md("USENIX"),
    "youtube": md("YouTube"),
    "youtube-picture": md("YouTube"),
}
"""How people call the registries of `links.registries.roster`."""
_BY_READING = ("page", "table")
_OF_REGISTRIES = {
    Reason.REGISTRY_ABSENT: md("not there"),
    Reason.REGISTRY_WITHDRAWN: md("withdrawn by its authors"),
}


def evidence(of: Reason, sources: Sequence[str]) -> Markdown:
    """What was found, and who said so: `arXiv and doi.org both say: not there`, `the server says that there is no such
    page (404), asked twice`. `sources` name a registry, or `page`, each as often as it was asked."""
    names = list(dict.fromkeys(_registry(name) for name in sources if name not in _BY_READING))
    if names and of in _OF_REGISTRIES:
        says = {1: md("says"), 2: md("both say")}.get(len(names), md("say"))
        return md("{names} {says}: {what}", names=_enumerated(names), says=says, what=_OF_REGISTRIES[of])
    found = reason(of)
    if sources.count("page") > 1:
        found = md("{found}, asked twice", found=found)
    if names and outcome_of(of) == Outcome.GONE:
        has = md("does") if len(names) == 1 else md("do")
        return md("{found}, and {names} {has} not have it", found=found, names=_enumerated(names), has=has)
    return found


def _registry(name: str) -> Markdown:
    return _REGISTRIES.get(name) or md("{name}", name=Code(name))


def _enumerated(names: Sequence[Markdown]) -> Markdown:
    """`A`, `A and B`, `A, B and C`."""
    *most, last = names
    return md("{most} and {last}", most=joined(", ", most), last=last) if most else last


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
