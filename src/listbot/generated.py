"""Whether a program writes this README, and from what: then a fix belongs into the source, and is lost here.

Three things tell it: what the file says of itself, comments that enclose what a program writes, and what lies beside
it (a template, a workflow, a script). The words are in `rules/data/generated.toml`. What stands beside the file comes
in through `Neighbours`; other people's files are searched with patterns and never run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple, Protocol

from listbot import tables
from listbot.document import Document
from listbot.section_roles import BODY

_EDGE_LINES = 40
"""A file speaks of itself in its first and last lines, and in its sections on contributing."""
_MAX_TEXT = 4_000
_MAX_FILES = 40
_MAX_QUOTED = 90
_HALF = 0.5
_WORKFLOWS = "/.github/workflows"
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\([^()]*+\)")
_MARKUP = re.compile(r"<[^<>]*+>|(?<![\w`])_+|_+(?!\w)|[*`]+")
_HIDDEN = re.compile(r"^[^:]*+:\s*(?:#|<#?>)\s*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n\s*\n")
_REMARK = re.compile(r"^[ \t]*(?:#|//).*$", re.MULTILINE)
_TRIGGERS = re.compile(r"^[ \t]*paths:[ \t]*\n((?:[ \t]*-[^\n]*\n?)+)", re.MULTILINE)
_TRIGGER = re.compile(r"^[ \t]*-[ \t]*[\"']?([\w./-]+?)(?:/\*{1,2})?[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)


class Neighbours(Protocol):
    """What lies around the file. Paths are relative to it or, with a leading `/`, to the repository."""

    def exists(self, path: str) -> bool | None:
        """Whether a path is there; None where nobody can know."""

    def read(self, path: str) -> str | None:
        """The text of a file; None where it is absent, too large or no text."""

    def names(self, path: str) -> Collection[str]:
        """The names in a directory; none where there is no such directory."""


class Generated(NamedTuple):
    """How it is known that a program writes the file, and where an edit belongs."""

    evidence: str
    """`line 3 says “…”`, `README.md.j2 lies beside it`: continues a sentence, and quotes text of the list as it is."""
    line: int | None
    """The line that says so, or None."""
    file: str | None
    """The neighbour that shows it, or None."""
    source: str | None
    """What the file is written from, where that is known."""


class _Quote(NamedTuple):
    """A piece of the list's own text."""

    text: str
    line: int
    around: str = ""
    """The rest of its block, where the source may be named."""


def recognise(document: Document, neighbours: Neighbours | None = None) -> Generated | None:
    """Whether a program writes the document, by its own text or else by its neighbours."""
    said = _said(document) or _enclosed(document)
    if neighbours is None or (said is not None and said.source is not None):
        return said
    shown = _shown(PurePosixPath(document.source.path).name or "README.md", neighbours)
    if said is None or shown is None:
        return said or shown
    return said._replace(source=shown.source)


def sentence(found: Generated) -> str:
    """One line for a summary."""
    where = f"edit {found.source} instead" if found.source else "edit what it is generated from instead"
    return f"this file is generated ({found.evidence}); {where}"


@cache
def _rows(key: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one row of the table, for a file called README."""
    return _patterns(key, "README")


@cache
def _patterns(key: str, stem: str) -> tuple[re.Pattern[str], ...]:
    found: Any = tables.load("generated")[key]
    patterns = [found] if isinstance(found, str) else found
    return tuple(re.compile(pattern.replace("README", re.escape(stem)), re.IGNORECASE) for pattern in patterns)


def _search(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(text)) is not None), None)


def _source_in(match: re.Match[str]) -> str | None:
    return match.groupdict().get("source")


# What the file says of itself ----------------------------------------------------------------------------------------


def _said(document: Document) -> Generated | None:
    stem = PurePosixPath(document.source.path).stem or "README"
    for quotes, kind in ((_comments(document), "comment"), (_prose(document), "prose")):
        for quote in quotes:
            match = _search(_patterns(kind, stem), quote.text)
            if match is not None and _search(_rows(f"not-{kind}"), quote.text) is None:
                return _quoted(quote, match, stem)
    return None


def _quoted(quote: _Quote, match: re.Match[str], stem: str) -> Generated:
    named = [match, *_rows("source")[0].finditer(quote.text), *_rows("source")[0].finditer(quote.around)]
    sources = (source for one in named if (source := _source_in(one)) is not None)
    source = next((source for source in sources if source.lower() != f"{stem}.md".lower()), None)
    shown = " ".join((quote.text if len(quote.text) <= _MAX_QUOTED else match[0]).split())[:_MAX_QUOTED]
    return Generated(f"line {quote.line} says “{shown}”", quote.line, None, source)


def _comments(document: Document) -> Iterator[_Quote]:
    """Comments at the head of the file, and before its first entry; `[//]: # (text)` is one, too."""
    first_entry = min((entry.span.start for entry in document.entries), default=len(document.source.text))
    for comment in document.comments:
        line = document.source.line_of(comment.span.start)
        if line <= _EDGE_LINES or comment.span.start < first_entry:
            yield _Quote(comment.text[:_MAX_TEXT].replace("`", ""), line)
    for definition in document.definitions.values():
        if definition.target in ("", "#") and definition.line <= _EDGE_LINES:
            text = _HIDDEN.sub("", document.source.line(definition.line))
            yield _Quote(text[:_MAX_TEXT].replace("`", "").strip("()\"' "), definition.line)


def _prose(document: Document) -> Iterator[_Quote]:
    """Sentences at the edges of the file and in its sections on contributing, entries of the list left out."""
    end = document.source.line_count - _EDGE_LINES
    for block in document.blocks:
        if block.kind not in ("paragraph", "html"):
            continue
        section = document.section_at(block.span.start)
        role = document.sections[section].role if section >= 0 else BODY
        if not (role == "contributing" or block.first <= _EDGE_LINES or block.last > end):
            continue
        if role == BODY and document.entry_at(block.span.start) is not None:
            continue
        text = _MARKUP.sub("", _LINK.sub(r"\1", block.text[:_MAX_TEXT]))
        start = 0
        for piece in [*_SENTENCE.finditer(text), None]:
            stop = piece.start() if piece is not None else len(text)
            if text[start:stop].strip():
                yield _Quote(text[start:stop].strip(), block.first + text.count("\n", 0, start), text[stop:])
            start = piece.end() if piece is not None else stop


def _enclosed(document: Document) -> Generated | None:
    """Named pairs of comments that hold at least half of the entries: what is between them a program writes.

    One pair may as well be for a program that reads the list, unless its name speaks of writing.
    """
    opened: dict[str, int] = {}
    regions: list[tuple[int, int]] = []
    writes = False
    for comment in document.comments:
        match = _search(_rows("region"), comment.text[:_MAX_QUOTED])
        if match is None or _search(_rows("not-region"), comment.text):
            continue
        name = f"{match['before']} {match['after']}".strip(" _:-").lower()
        if not name:
            continue
        if match["end"].lower() in ("start", "begin"):
            opened[name] = comment.span.end
        elif name in opened:
            regions.append((opened.pop(name), comment.span.start))
            writes = writes or _search(_rows("region-written"), name) is not None
    inside = [entry for entry in document.entries if any(a <= entry.span.start < b for a, b in regions)]
    if not inside or len(inside) < _HALF * len(document.entries) or not (writes or len(regions) > 1):
        return None
    first = document.source.line_of(min(start for start, _ in regions))
    last = document.source.line_of(max(end for _, end in regions))
    return Generated(f"comments on lines {first} to {last} enclose what a program writes", first, None, None)


# What lies beside the file -------------------------------------------------------------------------------------------


def _shown(name: str, neighbours: Neighbours) -> Generated | None:
    stem = PurePosixPath(name).stem
    for row in tables.load("generated")["template"]:
        template = row.replace("README", stem)
        if neighbours.exists(template):
            return Generated(f"{template} lies beside it", None, template, template)
    return _workflow(name, neighbours) or _script(name, neighbours)


def _workflow(name: str, neighbours: Neighbours) -> Generated | None:
    """A workflow that writes the whole file, or commits it after its source changed or its script wrote it."""
    stem = PurePosixPath(name).stem
    for file in sorted(neighbours.names(_WORKFLOWS))[:_MAX_FILES]:
        path = f"{_WORKFLOWS}/{file}"
        text = neighbours.read(path) if file.endswith((".yml", ".yaml")) else None
        if text is None or _search(_rows("workflow-in-place"), text):
            continue
        text = _REMARK.sub("", text)
        source = _trigger(name, text, neighbours)
        action = next((row["source"] for row in tables.load("generated")["action"] if row["uses"] in text), None)
        written = _search(_patterns("workflow-writes", stem), text)
        if action is not None or written is not None:
            copied = written.groupdict().get("source") if written is not None else None
            known = next((p for p in (action, source, copied) if p is not None and neighbours.exists(f"/{p}")), None)
            return Generated(f"{path[1:]} writes it", None, path[1:], known)
        script = next((s for s in _called(text) if _writes(stem, neighbours.read(f"/{s}") or "")), None)
        if script is not None:
            read = _read_by(name, neighbours.read(f"/{script}") or "", neighbours)
            return Generated(f"{script} writes it, run by {path[1:]}", None, script, source or read)
        if source is not None and _search(_patterns("workflow-commits", stem), text):
            return Generated(f"{path[1:]} commits it whenever {source} changes", None, path[1:], source)
    return None


def _trigger(name: str, workflow: str, neighbours: Neighbours) -> str | None:
    """The first path whose change starts a workflow and that may be a source: no script, no setting, not the file."""
    for block in _TRIGGERS.finditer(workflow):
        for path in _TRIGGER.findall(block[1]):
            is_script = _search(_rows("script-call"), f"python {path}") is not None
            if is_script or path in (name, ".") or path.startswith((".", "**")) or _search(_rows("not-data"), path):
                continue
            if neighbours.exists(f"/{path}"):
                return str(path)
    return None


def _called(workflow: str) -> list[str]:
    return [match["script"].removeprefix("./") for match in _rows("script-call")[0].finditer(workflow)]


def _script(name: str, neighbours: Neighbours) -> Generated | None:
    """A script that writes the whole file and does not read it first."""
    stem = PurePosixPath(name).stem
    read = 0
    for folder in tables.load("generated")["script-folders"]:
        for file in sorted(neighbours.names(folder or ".")):
            if read >= _MAX_FILES or _search(_rows("script-name"), file) is None:
                continue
            read += 1
            path = f"{folder}/{file}" if folder else file
            text = neighbours.read(path) or ""
            if _writes(stem, text):
                return Generated(f"{path} writes it", None, path, _read_by(name, text, neighbours))
    return None


def _writes(stem: str, script: str) -> bool:
    """Whether a script writes the file without reading it: a script that reads it edits in place."""
    reads = _search(_patterns("script-reads", stem), script)
    return _search(_patterns("script-writes", stem), script) is not None and reads is None


def _read_by(name: str, script: str, neighbours: Neighbours) -> str | None:
    """The first file of a script's literals that may be its source and is there."""
    for match in _rows("data-file")[0].finditer(script):
        path = match["source"].removeprefix("./")
        if path != name and not _search(_rows("not-data"), path) and neighbours.exists(f"/{path}"):
            return path
    return None
