"""What readers judge: findings over the corpus, and places that a rule does not report, each under a stable id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from bench.quality.checked import corpus, diagnostics_of, read
from bench.quality.drawing import digest
from listbot import identity
from listbot.document import Document
from listbot.finding import Diagnostic, Fix, Severity
from listbot.parser import parse
from listbot.source import Source, Span

ALL_RULES = "all-rules"
SAFE_FIXES = "safe-fixes"
SAMPLES = (ALL_RULES, SAFE_FIXES)
"""Samples over the findings of every rule: of all, and of those that have a safe fix, where the fix is judged."""


_PROPOSED = re.compile(r"`([^`]*)`")


class Case(NamedTuple):
    """One thing to judge. `places` are spans, the finding's own first, related ones behind it."""

    id: str
    repo: str
    rule: str
    about: str
    """The row of `questions.toml` that says what is asked: the rule, or `safe-fixes`."""
    severity: Severity | None
    """None for a control: a place that the rule does not report."""
    message: str
    places: tuple[Span, ...]
    fix: Fix | None = None
    """The change to judge, where it is not the finding that is judged."""


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
    """A list's findings of a rule, or of one of `SAMPLES`, at the given severities."""
    wanted = frozenset(severities)
    for found in one.found:
        if name not in (found.rule, *SAMPLES) or found.severity not in wanted:
            continue
        places = (found.span, *(place.span for place in found.related))
        case = Case(case_id(one, found), one.repo, found.rule, found.rule, found.severity, found.message, places)
        if name != SAFE_FIXES:
            yield case
        elif found.fix is not None and found.fix.safe:
            yield of_fix(case, found.fix)


def proposal(message: str) -> str:
    """What a message proposes to write, `a` → `b` or `c`, under a hash; empty where it proposes nothing.

    The reader who sees the message judges this too, so that their verdict holds for this proposal and no other.
    """
    written = _PROPOSED.findall(message.partition("→")[2])
    return digest("proposal", *written) if written else ""


def of_fix(case: Case, fix: Fix) -> Case:
    """The same place, but it is the change that is judged."""
    key = digest(case.id, *(edit.text for edit in fix.edits))
    return case._replace(id=key, about=SAFE_FIXES, places=tuple(edit.span for edit in fix.edits), fix=fix)


def case_id(one: Listed, found: Diagnostic) -> str:
    """Over the finding's fingerprint, its list, and what it relates: related to another place it is another case.

    Holds neither line nor message, so that a verdict outlives a better wording (what the message proposes is held by
    the verdict itself); says nothing of the list's text.
    """
    related = [f"{identity.at(one.document, place.span.start)} {_text(one, place.span)}" for place in found.related]
    return digest(one.repo, found.fingerprint, *sorted(related))


def control(one: Listed, rule: str, places: tuple[Span, ...]) -> Case:
    """A place that the rule does not report, as a case like any other."""
    texts = [f"{identity.at(one.document, span.start)} {_text(one, span)}" for span in places]
    return Case(digest("control", rule, one.repo, *texts), one.repo, rule, rule, None, "", places)


def _text(one: Listed, span: Span) -> str:
    return " ".join(one.document.source[span].split())
