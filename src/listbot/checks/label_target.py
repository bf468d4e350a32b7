"""label-target: a label or a badge that says another thing than its target."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from listbot import label_targets, link_forms, works
from listbot.document import Document, Link
from listbot.finding import Edit, Finding, Fix
from listbot.habits import ENOUGH, Majority, majority
from listbot.label_targets import PAGES, Labelled, repository
from listbot.rule import Context
from listbot.source import Span


def check(context: Context) -> Iterator[Finding]:
    document = context.document
    by_label: dict[str, list[Labelled]] = defaultdict(list)
    for labelled in label_targets.of(document):
        by_label[labelled.label.name].append(labelled)
    for uses in by_label.values():
        yield from _outliers(document, uses)
    yield from _badges(document)


# Labels --------------------------------------------------------------------------------------------------------------


def _outliers(document: Document, uses: Sequence[Labelled]) -> Iterator[Finding]:
    """The links that contradict a label which the list's others keep; where many do, the list means something else."""
    kept = Majority("kept", sum(not use.contradicts for use in uses), len(uses))
    wrong = [use for use in uses if use.contradicts]
    few = kept.of < ENOUGH
    if not wrong or not (kept.settled or (few and len(wrong) == 1)):
        return
    for use in wrong:
        yield _finding(document, use, "few" if few else "target", kept, uses)


def _finding(document: Document, use: Labelled, grade: str, kept: Majority, uses: Sequence[Labelled]) -> Finding:
    work = works.of(use.link.target)
    fix = _promised(use, work, uses)
    if grade == "target" and use.label.name == "pdf" and use.target.kind in PAGES and not link_forms.is_open(work):
        grade = "walled"
    support = "" if grade == "few" else f"; {kept.count:,} of {kept.of:,} links with such a label do not"
    return Finding(
        use.link.span,
        f"this link says “{label_targets.words(document, use.link)}” and leads to {use.leads_to}{support}",
        grade,
        fix=fix,
        work=work.id if work is not None else None,
        hint="look which is meant: the label or the target",
    )


def _promised(use: Labelled, work: works.Work | None, uses: Sequence[Labelled]) -> Fix | None:
    """Where the target is the other form of the paper that the label names, its address is known without looking."""
    link = use.link
    if work is None or link.target != link.url:
        return None
    if use.label.name == "pdf" and use.target.kind in PAGES and link_forms.has_linkable_pdf(work.family):
        url, suffix = work.pdf, _suffix(uses) if work.family == "arxiv" else ""
    elif use.label.name == "abs" and use.target.kind == "paper PDF":
        url, suffix = work.landing, ""
    else:
        return None
    if not url:
        return None
    version = f"v{work.version}" if work.family == "arxiv" and work.version else ""
    url += version + suffix
    return Fix(f"write {url}", (Edit(link.destination, url),), safe=not link_forms.needs_lookup(link.url, url))


def _suffix(uses: Sequence[Labelled]) -> str:
    """How the list's other PDFs of arXiv end: in `.pdf`, or not."""
    forms = (work.form for use in uses if (work := works.of(use.link.target)) and work.family == "arxiv")
    most = majority(form for form in forms if form in ("pdf", "pdf.pdf"))
    return ".pdf" if most is not None and most.what == "pdf.pdf" else ""


# Badges --------------------------------------------------------------------------------------------------------------


def _badges(document: Document) -> Iterator[Finding]:
    wrapping = [link for link in document.links if link.badge]
    starts = [link.span.start for link in wrapping]
    beside: dict[Span, list[str]] = {}
    for image in document.images:
        counted = label_targets.counted(image.target)
        if counted is None:
            continue
        before = bisect_right(starts, image.span.start) - 1
        around = wrapping[before] if before >= 0 and wrapping[before].span.contains(image.span) else None
        linked = _linked(around, counted) if around is not None else _beside(document, image, counted, beside)
        if linked and counted not in linked:
            yield _badge(image, counted, linked)


def _linked(around: Link, counted: str) -> list[str]:
    """What the link around a badge leads to, where that is of the kind that the badge shows."""
    work = works.of(around.target)
    return [repository(work.id)] if work is not None and work.family == counted.partition(":")[0] else []


def _beside(document: Document, image: Link, counted: str, known: dict[Span, list[str]]) -> list[str]:
    """The repositories that the entry of a badge links; `known` remembers those of entries that were asked."""
    entry = document.entry_at(image.span.start)
    if entry is None or not counted.startswith("github:"):
        return []
    if entry.span not in known:
        known[entry.span] = sorted(label_targets.repositories(entry))
    return known[entry.span]


def _badge(image: Link, counted: str, linked: Sequence[str]) -> Finding:
    _, _, name = counted.rpartition("/")
    moved = counted.startswith("github:") and any(one.endswith(f"/{name}") for one in linked)
    verb = "counts" if counted.startswith("github:") else "shows"
    return Finding(
        image.span,
        f"this badge {verb} {counted.partition(':')[2]}, but the link beside it leads to {linked[0].partition(':')[2]}",
        "moved" if moved else "badge",
        work=linked[0],
        hint="look which is meant: the badge or the link" if not moved else "the repository seems to have moved",
    )
