"""One file -> what the rules say of it. The unit of work that `pool` hands to processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from listbot import baseline, engine, fixer
from listbot.baseline import Version
from listbot.commands import files
from listbot.commands.fixing import NOT_FIXED, Fixed, Fixing
from listbot.commands.versions import Compared, Text, Versions
from listbot.config import Settings
from listbot.document import Document
from listbot.entries import looks_like_list
from listbot.errors import InputError
from listbot.finding import FileReport, Severity
from listbot.fixer import View
from listbot.generated import recognise
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
    fixed: Fixed | None = None
    """What the fixes make of it, where they were asked for."""
    mended: int = 0
    """Findings of the baseline that are no longer there; 0 where an older version was compared with too."""


class Unread(NamedTuple):
    """A file that could not be read, and why."""

    message: str


def check(
    task: Task, versions: Versions, settings: Settings, *, pedantic: bool, fixing: Fixing | None = None
) -> Checked | Unread:
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
    case = _Case(task, compared, settings, is_list, pedantic)
    report = case.judged(document, compared.head)
    older = case.older()
    notes = compared.notes
    if fixing is not None and not fixing.generated and is_list and recognise(document, compared.head.around):
        notes = (*notes, f"{task.shown}: {NOT_FIXED}")
    elif fixing is not None:
        fixed = case.fixed(document, report, fixing, older)
        after = fixed.result.after
        return Checked(after.report, after.document.source, notes, fixed)
    return Checked(case.new(document, report, older), document.source, notes, mended=case.mended(report))


def ran(report: FileReport, settings: Settings) -> frozenset[str]:
    """The rules that judged a file."""
    return frozenset(rule.page.id for rule in settings.enabled) - {skipped.rule for skipped in report.skipped}


class _Case(NamedTuple):
    """A file, and how its versions are judged: all as lists or none."""

    task: Task
    compared: Compared
    settings: Settings
    is_list: bool
    pedantic: bool

    def judged(self, document: Document, text: Text) -> FileReport:
        """All that the rules say, hints included."""
        links = self.task.links
        return engine.check(
            document, self.settings.enabled, text.around, is_list=self.is_list, known=pages(), links=links
        )

    def shown(self, report: FileReport) -> FileReport:
        """Without hints, unless they are asked for."""
        if self.pedantic:
            return report
        return report._replace(diagnostics=tuple(d for d in report.diagnostics if d.severity != Severity.HINT))

    def older(self) -> list[Version]:
        """The older texts, judged."""
        documents = [parse(base.source) for base in self.compared.bases]
        return [
            Version(document, self.judged(document, base))
            for document, base in zip(documents, self.compared.bases, strict=True)
        ]

    def new(self, document: Document, report: FileReport, older: Sequence[Version]) -> FileReport:
        """What is in no older text and not in the baseline, and how much else there is."""
        new = report
        from_afar = frozenset(page.id for page in pages().values() if page.from_afar)
        for version in older:
            new = baseline.introduced(Version(document, new), version, from_afar)
        new = self.shown(baseline.unknown(new, self.task.known))
        return new._replace(old=max(0, len(self.shown(report).diagnostics) - len(new.diagnostics)))

    def fixed(self, document: Document, report: FileReport, fixing: Fixing, older: Sequence[Version]) -> Fixed:
        """The file after the fixes of what is new. Raises InternalError where one of them cannot be proved."""

        def look(source: Source) -> View:
            document = parse(source)
            return View(document, self.new(document, self.judged(document, self.compared.head), older))

        result = fixer.fix(View(document, self.new(document, report, older)), look, fixing.choice, pages())
        return Fixed(self.task.path, self.task.shown, result)

    def mended(self, report: FileReport) -> int:
        """How many findings of the baseline are gone, of the rules that ran."""
        if self.compared.bases:
            return 0
        rules = ran(report, self.settings)
        known = {(rule, fingerprint): count for (rule, fingerprint), count in self.task.known.items() if rule in rules}
        still_there = len(report.diagnostics) - len(baseline.unknown(report, known).diagnostics)
        return sum(known.values()) - still_there
