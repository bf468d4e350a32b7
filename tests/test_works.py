"""What links stand for: labelled vectors, ids that arXiv has and has not, addresses that are no work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import arxiv_ids, works


def test_the_labelled_vectors(shared: Path) -> None:
    wrong = []
    rows = [json.loads(line) for line in (shared / "data" / "url_vectors.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        work = works.of(row["url"])
        got = (work.id, work.landing, work.pdf, work.version) if work else (None, None, None, None)
        if got != (row["id"], row["landing"], row["pdf"], row["version"]):
            wrong.append((row["url"], got))
    assert len(rows) >= 473
    assert wrong == []


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org.evil.example/abs/2205.14135",
        "https://arxiv.org@evil.example/abs/2205.14135",
        "https://evil.example/arxiv.org/abs/2205.14135",
        "https://notarxiv.org/abs/2205.14135",
        "ftp://arxiv.org/abs/2205.14135",
        "mailto:a@arxiv.org",
        "#2205.14135",
        "papers/2205.14135.pdf",
        "https://github.com/topics/compilers",
        "https://github.com/-bad-/repo",
        "https://arxiv.org/abs/2313.00001",
        "https://doi.org/10.1145/",
        "https://[::1",
        "",
    ],
)
def test_what_is_no_work(url: str) -> None:
    assert works.of(url) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2205.14135", ("2205.14135", "")),
        ("1501.1234", ("1501.01234", "")),
        ("0704.00001", ("0704.0001", "")),
        ("math.GT/0309136v2", ("math/0309136", "2")),
        ("condmat/9901001", ("cond-mat/9901001", "")),
        ("1412.12345", None),
        ("0703.0001", None),
        ("2213.00001", None),
        ("2205.00000", None),
        ("2205.14135v0", None),
        ("math/0704001", None),
        ("0309136", None),
        ("nosuch/0309136", None),
    ],
    ids=[
        "new",
        "padded",
        "padding off",
        "subject class",
        "no hyphen",
        "five digits before 2015",
        "before 2007-04",
        "month 22",
        "number 0",
        "version 0",
        "old after 2007-03",
        "no archive",
        "no such archive",
    ],
)
def test_arxiv_ids(written: str, read: tuple[str, str] | None) -> None:
    assert arxiv_ids.read(written) == read


@given(st.one_of(st.text(), st.text(alphabet="htps:/?#[]@arxivdo.g0123 %&=\\", max_size=80)))
def test_no_text_makes_it_raise(text: str) -> None:
    works.of(text)
    works.identity(text)
    works.without_tracking(text)


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://a.example/b?utm_source=x", "https://a.example/b"),
        ("https://a.example/b?c=d&utm_source=x&e=f#g", "https://a.example/b?c=d&e=f#g"),
        ("https://a.example/b#", "https://a.example/b"),
        ("https://a.example/b?", "https://a.example/b"),
        ("https://a.example/b?via=c&si=d", "https://a.example/b?via=c&si=d"),
        ("https://youtu.be/pq94aBrc0pY?si=d", "https://youtu.be/pq94aBrc0pY"),
        ("../b?utm_source=x", "../b?utm_source=x"),
    ],
)
def test_without_tracking(url: str, bare: str) -> None:
    assert works.without_tracking(url) == bare


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.a.example/b/", "https://A.example/b", True),
        ("https://a.example:443/b", "https://a.example/b", True),
        ("https://a.example/b\\_c", "https://a.example/b_c", True),
        ("https://a.example/B", "https://a.example/b", False),
        ("https://a.example/b#c", "https://a.example/b", False),
        ("https://a.example/b?c=1", "https://a.example/b?c=2", False),
    ],
)
def test_normalised_addresses(one: str, other: str, same: bool) -> None:
    assert (works.normalise(one) == works.normalise(other)) is same
