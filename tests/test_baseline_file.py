"""The file of a baseline: read what was written, line by line, whatever paths and works are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import baseline_file
from listbot.baseline_file import Baseline, Key
from listbot.errors import UsageError

ROOT = Path("/lists")
paths = st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
    lambda name: name not in (".", "..")
)
keys = st.builds(
    lambda path, rule, number: Key(baseline_file.relative(ROOT / path, ROOT / "b.tsv"), rule, f"{number:016x}"),
    paths,
    st.sampled_from(["duplicate-entry", "broken-anchor"]),
    st.integers(0, 2**64 - 1),
)
baselines = st.dictionaries(keys, st.integers(1, 999), max_size=8)


@given(baselines, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_what_is_written_is_read(counts: dict[Key, int], work: str) -> None:
    written = baseline_file.write(Baseline(counts, dict.fromkeys(counts, work)))
    found = baseline_file.read(written, "b.tsv")
    assert found.counts == counts
    assert baseline_file.write(found).splitlines()[0] == written.splitlines()[0]
    assert len(written.splitlines()) == len(counts) + 1
    rows = [line.split("\t")[:3] for line in written.splitlines()[1:]]
    assert rows == sorted(rows)


@given(baselines, baselines, st.sets(paths, max_size=4))
def test_pruning_never_grows(old: dict[Key, int], now: dict[Key, int], others: set[str]) -> None:
    looked_for = {(path, "broken-anchor") for path in others} | {(key.path, key.rule) for key in now}
    left = baseline_file.pruned(Baseline(old, {}), Baseline(now, {}), looked_for).counts
    assert all(left[key] <= old[key] for key in left)
    assert all(left.get(key) == count for key, count in old.items() if (key.path, key.rule) not in looked_for)
    assert baseline_file.pruned(Baseline(left, {}), Baseline(now, {}), looked_for).counts == left


@given(paths)
def test_a_name_finds_its_file(path: str) -> None:
    name = baseline_file.relative(ROOT / path, ROOT / "b.tsv")
    assert name.isprintable() or not path.isprintable()
    assert "\t" not in name
    assert len(name.splitlines()) == 1
    assert str(baseline_file.unquoted(name)) == path


def test_paths_are_relative_to_the_baseline() -> None:
    names = [
        baseline_file.relative(Path(path), Path("/lists/ci/b.tsv")) for path in ("/lists/a b.md", "/lists/ci/x.md")
    ]
    assert names == ["../a%20b.md", "x.md"]


LINE = "README.md\tduplicate-entry\t5ce5f0b1f2d1a3c4\t{}\tarxiv:2407.06204\n"


def test_lines_that_a_merge_left_twice_count_once() -> None:
    found = baseline_file.read("# remark\n\n" + LINE.format(1) + LINE.format(3) + LINE.format(2), "b.tsv")
    assert list(found.counts.values()) == [3]
    assert found.of("README.md") == {("duplicate-entry", "5ce5f0b1f2d1a3c4"): 3}
    assert found.of("other.md") == {}


@pytest.mark.parametrize(
    "line",
    [
        "README.md",
        "README.md\tduplicate-entry\t5ce5\t1",
        "README.md\tduplicate-entry\t5ce5f0b1f2d1a3c4\t0",
        "README.md\tduplicate-entry\t5ce5f0b1f2d1a3c4\t-1",
        "README.md\tDuplicate\t5ce5f0b1f2d1a3c4\t1",
        "\tduplicate-entry\t5ce5f0b1f2d1a3c4\t1",
    ],
)
def test_other_lines_are_refused_with_their_number(line: str) -> None:
    with pytest.raises(UsageError, match=r"^b\.tsv:2: expected path, rule, fingerprint and count"):
        baseline_file.read(f"# x\n{line}\n", "b.tsv")


def test_a_directory_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="this baseline cannot be read: Is a directory"):
        baseline_file.load(tmp_path)
    (tmp_path / "b.tsv").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="not UTF-8 at byte offset 0"):
        baseline_file.load(tmp_path / "b.tsv")
