"""`python -m bench.quality precision RULE... [options]`: how often a rule is right, as two readers judge.

A sample of the rule's findings at error and warning is drawn over all lists of the corpus, always the same for a seed.
`all-rules` draws from every rule's; `safe-fixes` from those that have a safe fix, and asks about the fix. `--draw
FOLDER` writes two work sheets a sample, outside the repository: `RULE.a.jsonl` for a reader who sees what is said,
`RULE.b.jsonl` for one who sees only the places, among controls that the rule does not report. Filled sheets are taken
in by `--record SHEET`; what remains in the repository is a hash, the verdict and a word (`verdicts/RULE.jsonl`).

Without options: the tally. A finding is right where both readers say so; unknown and disagreement count as false. The
figure is claimed only when the whole sample is judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.quality import cases, controls, drawing, questions, sheets, verdicts
from bench.quality.cases import SAMPLES, Case, Listed
from bench.quality.checked import KNOWN, SHARED
from bench.quality.sheets import READERS, SheetError
from bench.quality.verdicts import Tally, Verdict, Verdicts
from listbot.finding import Severity

ROOT = Path(__file__).resolve().parents[2]
_CONTROLS = 5
"""One control to so many cases of the sample."""
_HONEST = 0.9
"""The least share of controls that a blind reader who looks denies."""
_FAILING = (Severity.ERROR, Severity.WARNING)


class Sample(NamedTuple):
    """What was drawn for one rule."""

    name: str
    found: int
    lists: int
    drawn: list[Case]
    controls: list[Case]


def main() -> int:
    options = _arguments().parse_args(sys.argv[2:])
    unknown = [name for name in options.rules if name not in KNOWN and name not in SAMPLES]
    if unknown:
        print(f"there is no check for {', '.join(unknown)}; the rules are {', '.join(sorted(KNOWN))}", file=sys.stderr)
        return 2
    if options.record is not None:
        return _record(options.rules, options.record, options.reader)
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    if options.draw is not None and options.draw.resolve().is_relative_to(ROOT):
        print(f"{options.draw}: sheets hold text of the lists; name a folder outside the repository", file=sys.stderr)
        return 2
    for name in options.rules:
        sample = _sample(name, options.sample, options.seed, _FAILING + (Severity.HINT,) * options.hints)
        proposals = {case.id: cases.proposal(case.message) for case in sample.drawn}
        known = verdicts.standing(verdicts.load(verdicts.path_of(name)), proposals)
        print(f"\n== {name}: {sample.found} findings in {sample.lists} lists, {len(sample.drawn)} drawn")
        if options.draw is not None:
            _write(sample, known, options.draw, options.seed)
        else:
            _show(sample, known)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.quality precision")
    parser.add_argument("rules", nargs="+", metavar="RULE", help=f"a rule, or {' or '.join(SAMPLES)}")
    parser.add_argument("--sample", type=int, default=100, metavar="N", help="how many findings (default: 100)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number, another sample (default: 1)")
    parser.add_argument("--hints", action="store_true", help="draw hints too")
    parser.add_argument("--draw", type=Path, metavar="FOLDER", help="write the sheets of what is not judged yet")
    parser.add_argument("--record", type=Path, metavar="SHEET", help="take a filled sheet into the verdicts")
    parser.add_argument("--reader", choices=READERS, help="whose sheet it is (default: as its name says)")
    return parser


def _sample(name: str, size: int, seed: int, severities: Sequence[Severity]) -> Sample:
    lists = cases.lists()
    candidates = [case for one in lists for case in cases.findings(one, name, severities)]
    drawn = drawing.draw(candidates, size, seed)
    mixed_in = [
        control
        for rule, count in Counter(case.about for case in drawn).items()
        for control in controls.draw(lists, rule, questions.of(rule).controls, -(-count // _CONTROLS), seed)
    ]
    return Sample(name, len(candidates), len({case.repo for case in candidates}), drawn, mixed_in)


# Sheets --------------------------------------------------------------------------------------------------------------


def _write(sample: Sample, known: Verdicts, folder: Path, seed: int) -> None:
    lists = {one.repo: one for one in cases.lists()}
    folder.mkdir(parents=True, exist_ok=True)
    for reader, judged in zip(READERS, (sample.drawn, sample.drawn + sample.controls), strict=True):
        asked = [case for case in drawing.shuffled(judged, seed) if (case.id, reader) not in known]
        path = folder / f"{sample.name}.{reader}.jsonl"
        path.write_text("".join(_row(case, lists, reader) for case in asked), "utf-8")
        print(f"  {path}: {len(asked)} to judge")


def _row(case: Case, lists: dict[str, Listed], reader: str) -> str:
    return json.dumps(sheets.row(case, lists[case.repo], reader), ensure_ascii=False) + "\n"


def _record(rules: Sequence[str], sheet: Path, reader: str | None) -> int:
    reader = reader or next((name for name in READERS if sheet.suffixes[-2:] == [f".{name}", ".jsonl"]), None)
    if len(rules) != 1 or reader is None:
        print(f"{sheet}: name one rule, and the reader with --reader a or b", file=sys.stderr)
        return 2
    try:
        answers = sheets.answers(sheet.read_text("utf-8").splitlines(), reader)
    except (OSError, SheetError) as error:
        print(f"{sheet}: {error}", file=sys.stderr)
        return 2
    verdicts.add(verdicts.path_of(rules[0]), answers.verdicts)
    print(f"{rules[0]}: {len(answers.verdicts)} verdicts of reader {reader} recorded; {answers.blank} rows are blank")
    return 0


# The tally -----------------------------------------------------------------------------------------------------------


def _show(sample: Sample, known: Verdicts) -> None:
    lists = {one.repo: one for one in cases.lists()}
    goals = questions.of(sample.name).goal
    tally = verdicts.tally([case.id for case in sample.drawn], known)
    for case in sample.drawn:
        if case.id in tally.false:
            place = f"{case.repo}:{lists[case.repo].document.source.line_of(case.places[0].start)}"
            print(f"  {_said(known[case.id, 'a'])}, {_said(known[case.id, 'b'])}  {case.id} {place}")
    for severity in Severity:
        of_severity = [case.id for case in sample.drawn if case.severity == severity]
        if of_severity:
            _show_figure(f"  {severity}", verdicts.tally(of_severity, known), goals.get(severity))
    _show_figure("  all", tally, goals.get("all"))
    for reader, answers in tally.also.items():
        if answers:
            print(f"  reader {reader}, of what is right: {', '.join(f'{a} {n}' for a, n in sorted(answers.items()))}")
    _show_readers(sample, tally, known)


def _said(one: Verdict) -> str:
    return f"{one.reader}: {one.verdict}" + (f" ({one.why})" if one.why else "")


def _show_figure(name: str, tally: Tally, goal: float | None) -> None:
    missing = tally.of - tally.judged
    if missing:
        print(f"{name}: {missing} of {tally.of} have no verdict of both readers yet: no figure is claimed")
        return
    aim = f"  goal {goal:.2f} {'met' if tally.precision >= goal else 'MISSED'}" if goal is not None else ""
    print(f"{name}: judged {tally.judged}, right by both {tally.right}, precision {tally.precision:.3f}{aim}")


def _show_readers(sample: Sample, tally: Tally, known: Verdicts) -> None:
    right, of = verdicts.on_controls([case.id for case in sample.controls], known)
    print(f"  disagreements {len(tally.disagreed)}, unknown to one reader at least {tally.unknown}")
    doubt = f"; below {_HONEST:.0%} a reader says yes to anything" if of and right < _HONEST * of else ""
    print(f"  controls: the blind reader denies {right} of {of} judged, {len(sample.controls)} drawn{doubt}")
    drawn = {case.id for case in sample.drawn + sample.controls}
    stale = len({key for key, _ in known if key not in drawn})
    if stale:
        print(f"  {stale} cases with a verdict are not in this sample any more")
