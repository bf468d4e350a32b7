"""The word lists at speed: `python -m bench.words`.

How long it takes until the lists can be asked, until the different words of the seed list are looked up, and until what
is near those that nobody knows is found. In new processes, listbot and its peers in turn: codespell's dictionary of
misspellings, and symspellpy's of English words at two edits. CPU milliseconds, which other processes disturb least,
median (least, most).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from statistics import median

from bench import peers
from bench.quality.checked import SEED, SHARED, read

ROUNDS = 5
GOAL_LOAD, GOAL_LOOK_UP = 1.0, 5.0
_TIMED = """
import json, sys, time
words = json.load(sys.stdin)
def timed(action):
    started = time.process_time()
    found = action()
    return (time.process_time() - started) * 1000, found
"""
_LISTBOT = """
from listbot import lexicon
load, _ = timed(lambda: lexicon.knows("a"))
look_up, unknown = timed(lambda: [word for word in words if not lexicon.knows(word)])
near, found = timed(lambda: sum(bool(lexicon.near(word)) for word in unknown))
"""
_CODESPELL = """
from codespell_lib import _codespell, _spellchecker
known = {}
load, _ = timed(lambda: _spellchecker.build_dict(_codespell._data_root + "/dictionary.txt", known, set()))
look_up, unknown = timed(lambda: [word for word in words if word in known])
near, found = timed(lambda: sum(bool(known[word].data) for word in unknown))
"""
_SYMSPELL = """
from importlib.resources import files
from symspellpy import SymSpell, Verbosity
speller = SymSpell(max_dictionary_edit_distance=2)
path = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
load, _ = timed(lambda: speller.load_dictionary(str(path), 0, 1))
look_up, unknown = timed(lambda: [word for word in words if word not in speller.words])
near, found = timed(lambda: sum(bool(speller.lookup(word, Verbosity.CLOSEST, 2)) for word in unknown))
"""
_SAID = "\nprint(json.dumps([load, look_up, near, len(unknown), found]))\n"


def main() -> int:
    if not SHARED.is_dir():
        print("needs ../shared, which is not here", file=sys.stderr)
        return 2
    words = sorted(set(re.findall(r"(?<!\w)[a-z]{3,}(?!\w)", read(SHARED / "corpus" / SEED))))
    print(f"{len(words):,} words; CPU milliseconds, median (least, most) of {ROUNDS} processes")
    tools = {"listbot": (sys.executable, _LISTBOT)}
    python = peers.FOLDER / "venv" / "bin" / "python"
    if python.exists():
        tools |= {"codespell": (str(python), _CODESPELL), "symspellpy": (str(python), _SYMSPELL)}
    else:
        print("beside: SKIPPED codespell and symspellpy: python -m bench.peers installs them")
    times: dict[str, list[list[float]]] = {name: [] for name in tools}
    for _ in range(ROUNDS):
        for name, (program, code) in tools.items():
            times[name].append(_run(program, code, words))
    for name, rows in times.items():
        _show(name, rows)
    return 0


def _run(program: str, code: str, words: list[str]) -> list[float]:
    """[load, look up, near, words that are not known (codespell: that are misspelt), those with a suggestion]"""
    ran = subprocess.run(
        [program, "-c", _TIMED + code + _SAID], input=json.dumps(words), text=True, capture_output=True, check=True
    )
    times: list[float] = json.loads(ran.stdout)
    return times


def _show(name: str, rows: list[list[float]]) -> None:
    goals = (GOAL_LOAD, GOAL_LOOK_UP, None) if name == "listbot" else (None, None, None)
    shown = []
    for what, column, goal in zip(("load", "look up", "near"), zip(*rows, strict=True), goals, strict=False):
        mark = f"  goal {goal:g} {'met' if median(column) < goal else 'MISSED'}" if goal is not None else ""
        shown.append(f"{what} {median(column):.2f} ({min(column):.2f}-{max(column):.2f}){mark}")
    unknown, found = rows[0][3:]
    print(f"{name:<12} {'; '.join(shown)}; {unknown:g} not known, {found:g} with a suggestion")


if __name__ == "__main__":
    sys.exit(main())
