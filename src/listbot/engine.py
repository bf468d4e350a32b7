"""Runs rules over a document. Pure and synchronous: it is given everything and asks nobody.

The engine never names a check. Which finding yields to which, how grave a grade is and where a rule speaks stand on
the rules' pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from listbot import identity
from listbot.document import Document
from listbot.errors import InternalError
from listbot.finding import Diagnostic, FileReport, Finding, RelatedPlace, Severity, Skipped
from listbot.liveness import LinkResult
from listbot.rule import Context, EnabledRule, Surroundings
from listbot.rulebook import Page
from listbot.source import Span
from listbot.suppression import BARE, UNUSED, Suppressions

ENGINE_RULES = frozenset({BARE, UNUSED})
"""Rules that the engine itself carries out: pages without a check."""


class _Candidate(NamedTuple):
    enabled: EnabledRule
    finding: Finding


def check(
    document: Document,
    enabled: Iterable[EnabledRule],
    surroundings: Surroundings,
    *,
    is_list: bool,
    known: Mapping[str, Page],
    links: Mapping[str, LinkResult] | None = None,
) -> FileReport:
    """Run the enabled rules over one document.

    `known` are all pages there are, so that a suppression of an unknown rule can be told from one that is switched
    off. `links` is what is known of links, by target; without it the rules that need it do not run.
    Raises InternalError, with the rule's name, where a check fails.
    """
    by_id = {rule.page.id: rule for rule in enabled}
    reasons = {i: _reason_to_skip(e, is_list, links is not None) for i, e in by_id.items() if e.rule is not None}
    running = {i: by_id[i] for i, reason in reasons.items() if reason is None}
    candidates = [
        _Candidate(rule, finding) for rule in running.values() for finding in _run(rule, document, surroundings, links)
    ]
    kept, silenced = _suppress(_one_rule_a_defect(candidates), by_id, running, document, known)
    kept.sort(key=lambda c: (c.finding.span, c.enabled.page.id, c.finding.message))
    skipped = [Skipped(rule, reason) for rule, reason in reasons.items() if reason is not None]
    return FileReport(
        path=document.source.path,
        diagnostics=tuple(_diagnostic(candidate, document) for candidate in kept),
        suppressed=len(silenced),
        skipped=tuple(skipped),
        entries=len(document.entries),
        links=len(document.links),
        silenced=tuple(fingerprint(c.enabled.page.id, document, c.finding) for c in silenced),
    )


def _reason_to_skip(enabled: EnabledRule, is_list: bool, links_checked: bool) -> str | None:
    if not is_list and enabled.page.scope == "list":
        return "the document is not a list"
    needs_links = enabled.rule is not None and enabled.rule.needs_links
    return "links were not checked" if needs_links and not links_checked else None


def _run(
    enabled: EnabledRule, document: Document, surroundings: Surroundings, links: Mapping[str, LinkResult] | None
) -> list[Finding]:
    if enabled.rule is None:
        return []
    try:
        return list(enabled.rule.check(Context(document, enabled.options, surroundings, links)))
    except Exception as error:
        raise InternalError(
            f"the rule {enabled.page.id} failed on {document.source.path}: {type(error).__name__}: {error}"
        ) from error


def _one_rule_a_defect(candidates: list[_Candidate]) -> list[_Candidate]:
    """Of findings that overlap, or of which one explains the other, those whose rule yields are dropped."""
    rules = {rule for candidate in candidates for rule in candidate.enabled.page.yields_to}
    spans: dict[str, list[Span]] = {rule: [] for rule in rules}
    for candidate in candidates:
        if candidate.enabled.page.id in spans:
            spans[candidate.enabled.page.id] += (candidate.finding.span, *candidate.finding.explains)

    def stands(candidate: _Candidate) -> bool:
        return not any(
            candidate.finding.span.overlaps(span) for rule in candidate.enabled.page.yields_to for span in spans[rule]
        )

    return [candidate for candidate in candidates if stands(candidate)]


def _suppress(
    candidates: list[_Candidate],
    enabled: Mapping[str, EnabledRule],
    running: Mapping[str, EnabledRule],
    document: Document,
    known: Mapping[str, Page],
) -> tuple[list[_Candidate], list[_Candidate]]:
    """Take out what comments silence, and add what the comments themselves do wrong: what is left, and what is out."""
    suppressions = Suppressions(document)
    line_of = document.source.line_of
    kept: list[_Candidate] = []
    silenced: list[_Candidate] = []
    for one in candidates:
        span = one.finding.span
        covered = suppressions.covers(one.enabled.page.id, line_of(span.start), document.source[span])
        (silenced if covered else kept).append(one)
    own = {BARE: suppressions.bare(), UNUSED: suppressions.unused(running, known)}
    of_comments = [
        _Candidate(enabled[rule], finding) for rule, found in own.items() if rule in enabled for finding in found
    ]
    return kept + _one_rule_a_defect(of_comments), silenced


def severity_of(enabled: EnabledRule, grade: str) -> Severity:
    """The page's severity for a grade, capped by the user's."""
    try:
        severity = enabled.page.severities[grade]
    except KeyError:
        raise InternalError(f"rules/{enabled.page.id}.md gives no severity to the grade {grade!r}") from None
    return severity.capped(enabled.cap) if enabled.cap is not None else severity


def _diagnostic(candidate: _Candidate, document: Document) -> Diagnostic:
    finding, rule = candidate.finding, candidate.enabled.page.id
    position = document.source.position
    return Diagnostic(
        rule=rule,
        severity=severity_of(candidate.enabled, finding.grade),
        message=finding.message,
        span=finding.span,
        start=position(finding.span.start),
        end=position(finding.span.end),
        fingerprint=fingerprint(rule, document, finding),
        work=finding.work,
        related=tuple(
            RelatedPlace(r.message, r.span, position(r.span.start), position(r.span.end)) for r in finding.related
        ),
        fix=finding.fix,
        hint=finding.hint,
        mirror=_diagnostic(_Candidate(candidate.enabled, finding.mirror), document) if finding.mirror else None,
        alike=finding.alike,
    )


def fingerprint(rule: str, document: Document, finding: Finding) -> str:
    """16 hexadecimal digits over the rule, the identity of entry or section, and the offending text."""
    text = " ".join(document.source[finding.span].split()).casefold()
    parts = "\0".join((rule, identity.at(document, finding.span.start), text))
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
