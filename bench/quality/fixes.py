"""`python -m bench.quality fixes [--unsafe] [--draw FILE]`: what `listbot fix` does to the lists of the corpus.

Prints how many fixes each rule makes, how many rounds they take, and whether anything fixable is left. `--draw` writes
100 of them, always the same for a seed, as JSON lines for readers: each with the lines that it alone changes, before
and after. They hold text of the lists, so the file must be outside the repository.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from bench.quality.checked import SHARED, NobodyKnows, read
from listbot import config, engine, fixer
from listbot.checks import RULES
from listbot.config import Selection, UserConfig
from listbot.errors import InternalError
from listbot.finding import Diagnostic, Edit, Fix
from listbot.fixer import Choice, View
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source, Span

ROOT = Path(__file__).resolve().parents[2]


class Row(NamedTuple):
    """One fix to judge."""

    id: str
    list: str
    line: int
    rule: str
    safe: bool
    message: str
    fix: str
    before: str
    """The lines that the fix changes, as they are."""
    after: str
    """What stands there when this fix alone is made."""


def look(source: Source) -> View:
    """What `listbot check --pedantic` says of a text without its repository."""
    settings = config.settle(UserConfig({}, None, Path()), pages(), RULES, Selection())
    document = parse(source)
    return View(document, engine.check(document, settings.enabled, NobodyKnows(), is_list=True, known=pages()))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality fixes")
    parser.add_argument("--unsafe", action="store_true", help="make unsafe fixes too, and draw from these only")
    parser.add_argument("--draw", type=Path, metavar="FILE", help="write fixes to judge")
    parser.add_argument("--sample", type=int, default=100, metavar="N", help="how many (default: 100)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number, another sample (default: 1)")
    options = parser.parse_args(sys.argv[2:])
    if options.draw is not None and options.draw.resolve().is_relative_to(ROOT):
        print(f"{options.draw}: the rows hold text of the lists; name a file outside the repository", file=sys.stderr)
        return 2
    made: Counter[str] = Counter()
    failed: list[str] = []
    rows: list[Row] = []
    for path in sorted((SHARED / "corpus").glob("*.md")):
        first = look(Source(path.name, read(path)))
        rows += _rows(first, unsafe=options.unsafe)
        try:
            result = fixer.fix(first, look, Choice(options.unsafe), pages())
        except InternalError as error:
            failed.append(str(error))
            continue
        made.update(one.rule for one in result.made)
        if fixer.choose(result.after, Choice()):
            failed.append(f"{path.name}: a safe fix is left")
    for rule, count in sorted(made.items()):
        print(f"{rule:<20} {count:>5} made")
    print(f"{len(failed)} lists failed  goal 0 {'MISSED' if failed else 'met'}", *failed, sep="\n  ")
    if options.draw is not None:
        drawn = sorted(rows, key=lambda row: _digest(str(options.seed), row.id))[: options.sample]
        options.draw.write_text("".join(json.dumps(row._asdict(), ensure_ascii=False) + "\n" for row in drawn), "utf-8")
        print(f"{options.draw}: {len(drawn)} of {len(rows)} fixes to judge")
    return int(bool(failed))


def _rows(view: View, *, unsafe: bool) -> Iterator[Row]:
    for diagnostic in view.report.diagnostics:
        if diagnostic.fix is not None and diagnostic.fix.safe != unsafe:
            yield _row(view.document.source, diagnostic, diagnostic.fix)


def _row(source: Source, diagnostic: Diagnostic, fix: Fix) -> Row:
    """Each edit's lines, before and after, the gap between far edits left out."""
    pairs = []
    for edit in sorted(fix.edits):
        first, last = source.line_of(edit.span.start), source.line_of(max(edit.span.start, edit.span.end - 1))
        span = source.lines_span(first, last)
        if not pairs or pairs[-1][0] != span:
            own = [e for e in fix.edits if span.start <= e.span.start <= span.end]
            moved = [Edit(Span(e.span.start - span.start, min(e.span.end, span.end) - span.start), e.text) for e in own]
            pairs.append((span, fixer.apply(source[span], moved)[0]))
    before, after = "\n".join(source[span] for span, _ in pairs), "\n".join(text for _, text in pairs)
    key = _digest(source.path, diagnostic.fingerprint, *(edit.text for edit in fix.edits))
    place = diagnostic.start.line
    return Row(key, source.path, place, diagnostic.rule, fix.safe, diagnostic.message, fix.message, before, after)


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
