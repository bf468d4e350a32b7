"""What the bot says of a pull request: one comment, suggestions on lines, and the job summary.

Findings are grouped by entry. Messages quote the list, so they stand in code; what a rule is for comes from its page,
which is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from listbot import fixer
from listbot.bot import gaps, marker
from listbot.bot.anchors import Lines, Suggestion, can_hold, hunks, suggestion
from listbot.bot.budget import BODY, SUMMARY, Part, fitted
from listbot.bot.change import Change
from listbot.bot.gaps import Gaps
from listbot.bot.links_to import Place, rule_page
from listbot.bot.markdown import Code, Fence, Markdown, Ours, joined, link, md
from listbot.bot.phrases import counted, rule_name, rule_summary
from listbot.bot.pull_cards import Results, cards, section_name
from listbot.bot.pull_planning import MAX_INLINE, InlineText, Wanted
from listbot.document import Document, Entry
from listbot.finding import Diagnostic, RelatedPlace, Severity
from listbot.rulebook import pages

_SIGNS = {Severity.ERROR: md("❌"), Severity.WARNING: md("⚠️")}
_MESSAGE = 300
_MARKER = 1_000
"""Bytes that are kept free for the marker."""
_MAX_GROUPS_SHOWN = 20
"""Entries with findings that are seen at once."""
_MAX_FINDINGS, _MAX_FINDINGS_IN_SUMMARY = 10, 500
"""Findings of one entry that are written out: one line can hold hundreds, and the others must be seen too."""
_MAX_FILES_NAMED = 20


class Compared(NamedTuple):
    """What was compared with what, by hashes of commits."""

    seen: str
    """The head; or, where the branch that it goes to has moved on, the merge of both."""
    base: str


class Pull(NamedTuple):
    """A pull request as the renderer needs it."""

    place: Place
    number: int
    head: str
    """Hash of its newest commit."""
    compared: Compared
    changes: Sequence[Change]
    patches: Mapping[str, str | None]
    """By path."""
    results: Results
    gaps: Gaps = Gaps()
    """What was not looked at."""
    changes_settings: bool = False
    """It changes the file of listbot's settings."""


MOST_PROVED = 3 * MAX_INLINE
"""No more than `MAX_INLINE` are shown; the rest leaves room for those that stand already."""
REVIEW = md("Suggestions for this change, to be applied with a click; listbot's comment has all of it.")


def wanted(pull: Pull) -> Wanted:
    """All there is to say in a pull request."""
    lines = _inline(pull)
    text = _text(pull, BODY - _MARKER, bool(lines), _MAX_FINDINGS) if _has_findings(pull) else None
    return Wanted(pull.number, pull.head, text, gaps.cleared(pull.gaps, pull.results.values()), lines, REVIEW)


def summary(pull: Pull) -> Markdown:
    """The job summary: everything, also where all is well."""
    return _text(pull, SUMMARY, False, _MAX_FINDINGS_IN_SUMMARY)


def _has_findings(pull: Pull) -> bool:
    return any(change.found or change.suppressions for change in pull.changes)


def _text(pull: Pull, limit: int, has_clicks: bool, most: int) -> Markdown:
    parts = [
        Part(_head(pull, has_clicks)),
        *_findings(pull, most),
        *_suppressions(pull),
        *_settings(pull),
        *cards(pull.place, pull.compared.seen, pull.changes, pull.results),
        *_rules(pull),
    ]
    return fitted(parts, _foot(pull), lambda left: _more(pull, left), limit)


def _head(pull: Pull, has_clicks: bool) -> Markdown:
    found = [one for change in pull.changes for one in change.found]
    errors = sum(one.severity == Severity.ERROR for one in found)
    counts = [
        (errors, counted(errors, "error")),
        (len(found) - errors, counted(len(found) - errors, "warning")),
    ]
    said = joined(" and ", [text for number, text in counts if number])
    if not found:
        where = md("this change") if not pull.gaps.unread else md("what could be read of this change")
        return md("### No findings in {where}", where=where)
    if errors == len(found):
        advice = md("Errors make the check fail.")
    elif errors:
        advice = md("Errors make the check fail, warnings are advice.")
    else:
        advice = md("Warnings are advice: the check does not fail.")
    clicks = md(" Where a suggestion stands under *Files changed*, a click applies it.") if has_clicks else md("")
    return md("### This change brings {said}\n\n{advice}{clicks}\n", said=said, advice=advice, clicks=clicks)


def _foot(pull: Pull) -> Markdown:
    head, base = Code(pull.head[:10]), Code(pull.compared.base[:10])
    merged = md("") if pull.compared.seen == pull.head else md(", merged into {base}", base=base)
    notice = gaps.notice(pull.gaps)
    if not pull.changes:
        return md(
            "{notice}\nNo Markdown file of this change was judged, at {head}{merged}.",
            notice=notice,
            head=head,
            merged=merged,
        )
    return md(
        "{notice}\nOnly what this change brings is shown: {files} at {head}{merged}.",
        notice=md("{notice}\n", notice=notice) if notice.text else notice,
        files=_files(pull),
        head=head,
        merged=merged,
    )


def _files(pull: Pull) -> Markdown:
    files = joined(", ", [md("{path}", path=Code(change.path)) for change in pull.changes[:_MAX_FILES_NAMED]])
    if len(pull.changes) > _MAX_FILES_NAMED:
        more = counted(len(pull.changes) - _MAX_FILES_NAMED, "more file")
        files = md("{files} and {more}", files=files, more=more)
    if pull.gaps.left:
        more = counted(len(pull.gaps.left), "more file")
        files = md("{files}, and in {where} {more}", files=files, where=_of_the_run(pull), more=more)
    return files


def _more(pull: Pull, left: int) -> Markdown:
    return md("\n{n} more in {where}.", n=left, where=_of_the_run(pull))


def _of_the_run(pull: Pull) -> Markdown:
    return md("[the summary of the run]({checks})", checks=Ours(pull.place.checks(pull.number)))


# Findings -------------------------------------------------------------------------------------------------------------


def _findings(pull: Pull, most: int) -> list[Part]:
    """The gravest are seen at once; where a change brings very many, the others are folded."""
    rows = [_group(pull, change, entry, found, most) for change in pull.changes for entry, found in _by_entry(change)]
    if not rows:
        return []
    shown, folded = rows[:_MAX_GROUPS_SHOWN], rows[_MAX_GROUPS_SHOWN:]
    head = md("\n<details><summary>{n} with findings</summary>\n", n=counted(len(folded), "further entry"))
    return [Part(md(""), shown), *([Part(head, folded, md("\n</details>"))] if folded else [])]


def _by_entry(change: Change) -> list[tuple[Entry | None, list[Diagnostic]]]:
    """Findings by the entry that holds them, the gravest first; what stands in no entry is alone."""
    groups: dict[tuple[int, int], tuple[Entry | None, list[Diagnostic]]] = {}
    for one in sorted(change.found, key=lambda one: one.severity.rank):
        entry = change.document.entry_at(one.span.start)
        key = (entry.first, 0) if entry is not None else (one.start.line, 1)
        groups.setdefault(key, (entry, []))[1].append(one)
    return list(groups.values())


def _group(pull: Pull, change: Change, entry: Entry | None, found: Sequence[Diagnostic], most: int) -> Markdown:
    first = entry.first if entry is not None else found[0].start.line
    last = entry.last if entry is not None else found[0].end.line
    where = _line(pull, change, first, last)
    section = _section(change.document, change.document.section_at(found[0].span.start))
    title = md("**{title}** · ", title=Code(entry.title, 100)) if entry is not None and entry.title else md("")
    head = md("- {title}{where}{section}", title=title, where=where, section=section)
    more = [md("  - and {n} more here", n=len(found) - most)] if len(found) > most else []
    return joined("\n", [head, *(_finding(pull, change, one) for one in found[:most]), *more])


def _finding(pull: Pull, change: Change, one: Diagnostic) -> Markdown:
    related = [md("<br>See: {where}", where=_related(pull, change, one, place)) for place in one.related[:3]]
    told = (
        one.fix.message if one.fix is not None and one.fix.safe else (one.hint or "").partition("<!--")[0].rstrip(" :")
    )
    how = md("<br>To do: {how}", how=Code(_plain(told), _MESSAGE)) if told else md("")
    return md(
        "  - {sign} {rule}: {message}{related}{how}",
        sign=_SIGNS[one.severity],
        rule=link(rule_name(one.rule), rule_page(one.rule)),
        message=Code(_plain(one.message), _MESSAGE),
        related=joined("", related),
        how=how,
    )


def _related(pull: Pull, change: Change, one: Diagnostic, place: RelatedPlace) -> Markdown:
    """Another place: its entry, where that goes by another name, its line and its section."""
    here, there = (change.document.entry_at(span.start) for span in (one.span, place.span))
    title = there.title if there is not None and (here is None or here.title != there.title) else None
    return md(
        "{title}{where}{section}",
        title=md("{title} · ", title=Code(title, 100)) if title else md(""),
        where=_line(pull, change, place.start.line, place.start.line),
        section=_section(change.document, change.document.section_at(place.span.start)),
    )


def _plain(message: str) -> str:
    """A message without the backticks in which it quotes: here all of it stands in code."""
    return message.replace("`", "")


def _line(pull: Pull, change: Change, first: int, last: int) -> Markdown:
    path = md("{path} ", path=Code(change.path)) if len(pull.changes) > 1 else md("")
    first, last = change.own.shown(first), change.own.shown(last)
    lines = md("line {n}", n=first) if first == last else md("lines {first}–{last}", first=first, last=last)
    return md(
        "{path}{line}", path=path, line=link(lines, pull.place.line(change.path, pull.compared.seen, first, last))
    )


def _section(document: Document, index: int) -> Markdown:
    name = section_name(document, index)
    return md(" · in {section}", section=Code(name, 60)) if name else md("")


def _rules(pull: Pull) -> list[Part]:
    """What the rules are for, and how to disagree: newcomers have not read their pages."""
    rules = sorted({one.rule for change in pull.changes for one in change.found})
    rows = [md("- {rule}: {what}", rule=rule_name(rule), what=rule_summary(rule)) for rule in rules]
    if not rows:
        return []
    head = md("\n<details><summary>What these rules are for, and what to do where one is wrong</summary>\n")
    tail = md(
        "\nIs it meant as it is? Say so on its line, with the reason for the next reader: "
        "`<!-- listbot: ignore[rule] reason -->`.\n\n</details>"
    )
    return [Part(head, rows, tail, False)]


def _suppressions(pull: Pull) -> list[Part]:
    rows = [
        md(
            "- {where}: {rules} {reason}",
            where=_line(pull, change, *[change.document.source.line_of(one.span.start)] * 2),
            rules=joined(", ", [md("{rule}", rule=Code(rule)) for rule in one.rules]),
            reason=Code(one.reason) if one.reason else md("without a reason"),
        )
        for change in pull.changes
        for one in change.suppressions
    ]
    head = md("\n**This change asks listbot to ignore**, which does not silence its errors until it is merged:\n")
    return [Part(head, rows)] if rows else []


def _settings(pull: Pull) -> list[Part]:
    if not pull.changes_settings:
        return []
    return [
        Part(
            md("\n**This change edits listbot's settings**, which hold from the merge on: here they change nothing.\n")
        )
    ]


# Lines ----------------------------------------------------------------------------------------------------------------


def _inline(pull: Pull) -> list[InlineText]:
    """Suggestions that can be applied with a click, one for any line, where the patch can hold them.

    What a click applies is proved as `listbot fix` proves it.
    """
    found: list[InlineText] = []
    for change in pull.changes:
        candidates = _suggestions(change, hunks(pull.patches.get(change.path)))[: MOST_PROVED - len(found)]
        holding = fixer.proved(change.document, [one for one, _ in candidates], pages())
        seen: dict[str, int] = {}
        for one, said in candidates:
            if one in holding:
                number = seen[one.fingerprint] = seen.get(one.fingerprint, 0) + 1
                key = marker.digits(change.path, one.rule, one.fingerprint, str(number))
                found.append(InlineText(key, change.path, *said.lines, _inline_text(one, said.text)))
    return found


def _suggestions(change: Change, stretches: Sequence[Lines]) -> list[tuple[Diagnostic, Suggestion]]:
    """What can be suggested, on lines of the head, the gravest first, and nothing twice on a line."""
    found: list[tuple[Diagnostic, Suggestion]] = []
    taken: set[int] = set()
    for one in sorted(change.found, key=lambda one: (one.severity.rank, one.span)):
        said = suggestion(change.document.source, one.fix)
        lines = change.own.lines(said.lines) if said is not None else None
        if said is not None and lines is not None and can_hold(stretches, lines) and not taken & _numbers(lines):
            taken |= _numbers(lines)
            found.append((one, Suggestion(lines, said.text)))
    return found


def _numbers(lines: Lines) -> set[int]:
    return set(range(lines.first, lines.last + 1))


def _inline_text(one: Diagnostic, text: str) -> Markdown:
    return md(
        "{sign} {rule}: {message}\n\n{block}",
        sign=_SIGNS[one.severity],
        rule=link(rule_name(one.rule), rule_page(one.rule)),
        message=Code(_plain(one.message), _MESSAGE),
        block=Fence(text, "suggestion"),
    )


def failing(changes: Iterable[Change]) -> bool:
    """Whether a pull request introduces an error."""
    return any(one.severity == Severity.ERROR for change in changes for one in change.found)
