"""What readers judge: findings over the corpus, and places that a rule does not report, each under a stable id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from bench.quality.checked import corpus, diagnostics_of, read
from bench.quality.drawing import digest
from listbot import identity
from listbot.document import Document
from listbot.finding import Diagnostic, Severity
from listbot.parser import parse
from listbot.source import Source, Span

ALL_RULES = "all-rules"
"""The name of a sample over the findings of every rule."""


class Case(NamedTuple):
    """One thing to judge. `places` are spans, the finding's own first, related ones behind it."""

    id: str
    repo: str
    rule: str
    severity: Severity | None
    """None for a control: a place that the rule does not report."""
    message: str
    places: tuple[Span, ...]


class Listed(NamedTuple):
    """A list of the corpus with all that is found in it."""

    repo: str
    file: str
    document: Document
    found: tuple[Diagnostic, ...]


@cache
def lists() -> tuple[Listed, ...]:
    """The corpus, parsed and checked by all rules: some 20 s and 500 MB, once a run."""
    return tuple(_listed(repo, path.name, read(path)) for path, repo in corpus())


def _listed(repo: str, file: str, text: str) -> Listed:
    document = parse(Source(file, text))
    return Listed(repo, file, document, diagnostics_of(document))


def findings(one: Listed, name: str, severities: Iterable[Severity]) -> Iterator[Case]:
    """A list's findings of a rule, or of all, at the given severities."""
    wanted = frozenset(severities)
    for found in one.found:
        if name in (found.rule, ALL_RULES) and found.severity in wanted:
            places = (found.span, *(place.span for place in found.related))
            yield Case(case_id(one, found), one.repo, found.rule, found.severity, found.message, places)


def case_id(one: Listed, found: Diagnostic) -> str:
    """Over the finding's fingerprint, its list, and what it relates: related to another place it is another case.

    Holds neither line nor message, so that a verdict outlives a better wording; says nothing of the list's text.
    """
    related = [f"{identity.at(one.document, place.span.start)} {_text(one, place.span)}" for place in found.related]
    return digest(one.repo, found.fingerprint, *sorted(related))


def control(one: Listed, rule: str, places: tuple[Span, ...]) -> Case:
    """A place that the rule does not report, as a case like any other."""
    texts = [f"{identity.at(one.document, span.start)} {_text(one, span)}" for span in places]
    return Case(digest("control", rule, one.repo, *texts), one.repo, rule, None, "", places)


def _text(one: Listed, span: Span) -> str:
    return " ".join(one.document.source[span].split())
