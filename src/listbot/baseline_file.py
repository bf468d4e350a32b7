"""The file of a baseline: the findings that a list had on the day when it adopted listbot.

A line a finding, sorted, so that two branches merge line by line:

    README.md<TAB>duplicate-entry<TAB>5ce5f0b1f2d1a3c4<TAB>1<TAB>arxiv:2407.06204

the file (relative to the baseline's directory), the rule, the fingerprint, how many, and the work at stake for people
who look for the finding. The work is an identifier that listbot made; no free text of the list stands here, so nobody
can put a line into it. Lines that begin with `#` are remarks.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from listbot.errors import UsageError
from listbot.finding import FileReport

_HEAD = "# listbot baseline: findings that were there before. `listbot baseline --update` takes out what was mended.\n"
_LINE = re.compile(
    r"(?P<path>[^\t]+)\t(?P<rule>[a-z][a-z-]*)\t(?P<fingerprint>[0-9a-f]{16})\t(?P<count>[1-9]\d{0,8})(?:\t.*)?"
)
_NOT_PLAIN = re.compile(r"^#|[\x00-\x20\x7f-\x9f\u2028\u2029\ufeff\udc80-\udcff%]")


class Key(NamedTuple):
    """One finding."""

    path: str
    """As the file has it: relative, blanks and control characters percent-encoded."""
    rule: str
    fingerprint: str


class Baseline(NamedTuple):
    """How often each finding was there, and the works at stake."""

    counts: Mapping[Key, int]
    works: Mapping[Key, str]

    def of(self, path: str) -> dict[tuple[str, str], int]:
        """Counts by rule and fingerprint for one file."""
        return {(key.rule, key.fingerprint): count for key, count in self.counts.items() if key.path == path}


def relative(path: Path, baseline: Path) -> str:
    """How a baseline names a file."""
    place = Path(os.path.relpath(path.resolve(), baseline.resolve().parent)).as_posix()
    return _plain(os.fsencode(place).decode("utf-8", "surrogateescape"))


def unquoted(name: str) -> Path:
    """What `relative` was made from, from the baseline's directory."""
    return Path(unquote(name, errors="surrogateescape"))


def collect(reports: Iterable[tuple[str, FileReport]]) -> Baseline:
    """The baseline of reports, each under the name that `relative` gives to its file."""
    counts: Counter[Key] = Counter()
    works: dict[Key, str] = {}
    for path, report in reports:
        for diagnostic in report.diagnostics:
            key = Key(path, diagnostic.rule, diagnostic.fingerprint)
            counts[key] += 1
            if diagnostic.work is not None:
                works[key] = diagnostic.work
    return Baseline(counts, works)


def pruned(old: Baseline, now: Baseline, looked_for: Container[tuple[str, str]]) -> Baseline:
    """What of `old` is still there. `looked_for` holds the files and rules that `now` judges; others stay."""
    counts = {
        key: min(count, now.counts.get(key, 0)) if (key.path, key.rule) in looked_for else count
        for key, count in old.counts.items()
    }
    return Baseline({key: count for key, count in counts.items() if count}, old.works)


def write(baseline: Baseline) -> str:
    """The text of the file."""
    return _HEAD + "".join(
        "\t".join([*key, str(count), *([_plain(baseline.works[key])] if key in baseline.works else [])]) + "\n"
        for key, count in sorted(baseline.counts.items())
    )


def load(path: Path) -> Baseline:
    """Read the file. Raises UsageError where it is missing, or none of ours."""
    try:
        return read(path.read_text("utf-8"), str(path))
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such baseline; `listbot baseline` writes it") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte offset {error.start}; this is no baseline of listbot's") from None
    except OSError as error:
        raise UsageError(f"{path}: this baseline cannot be read: {error.strerror or error}") from None


def read(text: str, shown: str) -> Baseline:
    """Read the text of the file. Lines that a merge left twice count once, with the higher count.

    Raises UsageError with the line that is none of a baseline.
    """
    counts: dict[Key, int] = {}
    works: dict[Key, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise UsageError(
                f"{shown}:{number}: expected path, rule, fingerprint and count with tabs between them; write the file "
                "anew with `listbot baseline`, or take this line out"
            )
        key = Key(match["path"], match["rule"], match["fingerprint"])
        counts[key] = max(counts.get(key, 0), int(match["count"]))
        if len(fields := line.split("\t")) > len(Key._fields) + 1:
            works[key] = fields[-1]
    return Baseline(counts, works)


def _plain(text: str) -> str:
    """Text with nothing in it that ends a field or a line, or begins a remark."""
    return _NOT_PLAIN.sub(lambda match: quote(match[0], safe="", errors="surrogateescape"), text)
