"""One file -> what the rules say of it. The unit of work that `pool` hands to processes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from listbot import baseline, engine
from listbot.commands import files
from listbot.commands.versions import Compared, Text, Versions
from listbot.config import Settings
from listbot.document import Document
from listbot.entries import looks_like_list
from listbot.errors import InputError
from listbot.finding import FileReport, Severity
from listbot.generated import recognise, sentence
from listbot.liveness import LinkResult
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source


class Task(NamedTuple):
    """A file, and how it is judged."""

    path: Path
    shown: str
    known: Mapping[tuple[str, str], int]
    """What the baseline has of it: counts by rule and fingerprint."""
    stdin: bool = False
    named: bool = True
    """Whether the text from standard input has a name."""
    links: Mapping[str, LinkResult] | None = None
    """What is known of links; None where they were not checked."""


class Checked(NamedTuple):
    """What came of a file."""

    report: FileReport
    source: Source
    notes: tuple[str, ...] = ()
    """Sentences that go to standard error."""


class Unread(NamedTuple):
    """A file that could not be read, and why."""

    message: str


def check(task: Task, versions: Versions, settings: Settings, *, pedantic: bool) -> Checked | Unread:
    """Judge a file. Raises UsageError where it cannot be compared as the user asked."""
    try:
        if task.stdin:
            compared = versions.of_stdin(task.shown if task.named else None, settings.max_file_size)
        else:
            compared = versions.of_file(task.path, task.shown, settings.max_file_size)
    except InputError as error:
        return Unread(str(error))
    document = parse(compared.head.source)
    is_list = files.matches(task.path, settings, "lists") if settings.lists is not None else looks_like_list(document)
    report = _judged(document, compared.head, settings, is_list, task.links)
    new = baseline.unknown(_introduced(document, report, compared, settings, is_list, task.links), task.known)
    new, all_of_it = (one if pedantic else _without_hints(one) for one in (new, report))
    old = max(0, len(all_of_it.diagnostics) - len(new.diagnostics))
    found = recognise(document, compared.head.around) if is_list else None
    generated = (f"{task.shown}: {sentence(found)}",) if found is not None else ()
    return Checked(new._replace(old=old), document.source, (*compared.notes, *generated))


def _introduced(
    document: Document,
    report: FileReport,
    compared: Compared,
    settings: Settings,
    is_list: bool,
    links: Mapping[str, LinkResult] | None,
) -> FileReport:
    """What is in none of the older texts. They are judged as the newer one is, as a list or not."""
    from_afar = frozenset(page.id for page in pages().values() if page.from_afar)
    for base in compared.bases:
        older = parse(base.source)
        version = baseline.Version(older, _judged(older, base, settings, is_list, links))
        report = baseline.introduced(baseline.Version(document, report), version, from_afar)
    return report


def _judged(
    document: Document, text: Text, settings: Settings, is_list: bool, links: Mapping[str, LinkResult] | None
) -> FileReport:
    return engine.check(document, settings.enabled, text.around, is_list=is_list, known=pages(), links=links)


def _without_hints(report: FileReport) -> FileReport:
    return report._replace(diagnostics=tuple(d for d in report.diagnostics if d.severity != Severity.HINT))
