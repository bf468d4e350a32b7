"""What all formats for eyes share: words for counts, and text from a list made safe to print."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from listbot.finding import Diagnostic, FileReport, Severity

_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_KEPT = frozenset("\t\u200d\ufe0f")


def visible(text: str) -> str:
    """Text from a list for a terminal or a log: nothing in it can move the cursor, recolour or reverse the line.

    Control, format and bidirectional characters are shown by their code point; tabs become a space.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if c in _KEPT or unicodedata.category(c) not in _INVISIBLE else f"⟨U+{ord(c):04X}⟩" for c in text
    ).replace("\t", " ")


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def all_diagnostics(reports: Sequence[FileReport]) -> list[Diagnostic]:
    return [diagnostic for report in reports for diagnostic in report.diagnostics]


def summary(reports: Sequence[FileReport], seconds: float) -> str:
    """One line: findings by severity and rule, files, time."""
    diagnostics = all_diagnostics(reports)
    severities = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [counted(severities[severity], severity.value) for severity in Severity if severities[severity]]
    rules = Counter(diagnostic.rule for diagnostic in diagnostics)
    by_rule = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items(), key=lambda r: (-r[1], r[0])))
    found = ", ".join(parts) or "no findings"
    suppressed = sum(report.suppressed for report in reports)
    old = sum(report.old for report in reports)
    entries = sum(report.entries for report in reports)
    links = sum(report.links for report in reports)
    return (
        f"{found} in {counted(len(reports), 'file')}"
        + (f" ({by_rule})" if by_rule else "")
        + (f", {old:,} old" if old else "")
        + (f", {suppressed} suppressed" if suppressed else "")
        + f"; {counted(entries, 'entry')}, {counted(links, 'link')}, {seconds:.2f} s"
    )
