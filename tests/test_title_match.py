"""Whether two titles name one work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import title_match

PAIRS = Path(__file__).resolve().parents[2] / "shared" / "data" / "title_pairs.jsonl"

_WORD = st.sampled_from(
    "paging caches of large models speculative decoding II 2 non-linear nets: Fast & C++ 模型".split()
)
_TITLE = st.lists(_WORD, max_size=9).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other", "tier"),
    [
        ("Paging the Cache of a Model", "paging the cache of a model.", "dup"),
        ("Paging the cache of a model (Oral)", "Paging the cache of a model", "dup"),
        ("[Paged] The cache of a large model", "Paged: The cache of a large model", "dup"),
        ("🔥[**Paged**] The cache of a large model (@Example)", "Paged: The cache of a large model", "dup"),
        ("Efficient re-sharding of models", "Efficient resharding of models", "dup"),
        ("Efficent serving of very large language models", "Efficient serving of very large language models", "dup"),
        ("Paging caches", "Paging Caches", "maybe"),
        ("Technical report", "Technical Report", "maybe"),
        ("Paged: The cache of a large model", "The cache of a large model", "maybe"),
        ("Paged: The cache of a large model", "Paper: The cache of a large model", "maybe"),
        (
            "Serving large language models on small machines",
            "Serving large language models on a small machine",
            "maybe",
        ),
        ("Paged2: The cache of a large model", "Paged3: The cache of a large model", None),
        ("Machine translation of speech, Part I", "Machine translation of speech, Part II", None),
        ("Overview of the third shared task on parsing", "Overview of the fourth shared task on parsing", None),
        ("A model of ten layers", "A survey of parsers", None),
        ("", "", None),
    ],
)
def test_tiers(one: str, other: str, tier: str | None) -> None:
    assert title_match.compare(one, other) == tier


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Learning from separable data in the limit", "Learning from nonseparable data in the limit"),
        ("Interlayer scheduling of large neural networks", "Intralayer scheduling of large neural networks"),
        ("Learning encoders for very long documents", "Learning decoders for very long documents"),
        ("Supervised parsing of very long documents", "Unsupervised parsing of very long documents"),
    ],
)
def test_words_that_mean_different_things_are_no_slips(one: str, other: str) -> None:
    assert title_match.compare(one, other) != "dup"


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("FlashAttention: Fast and Exact", "Flash Attention", True),
        ("Deep Residual Learning", "Deep residual learning.", True),
        ("A survey of parsers", "A survey of linkers", False),
        ("Mnemosyne: Long Contexts", "Medha: Serving Millions of Tokens", False),
        ("Paged: the cache of a model", "Paged: how memory is shared between requests", False),
        (None, "Anything", True),
        ("The Longformer paper", "Longformer paper", True),
    ],
)
def test_alike(first: str | None, second: str, alike: bool) -> None:
    assert title_match.alike(first, second) is alike


@given(_TITLE, _TITLE)
def test_comparing_is_symmetric(one: str, other: str) -> None:
    assert title_match.compare(one, other) == title_match.compare(other, one)
    assert title_match.alike(one, other) == title_match.alike(other, one)


@given(st.lists(_TITLE, max_size=12))
def test_matches_are_what_comparing_says(names: list[str]) -> None:
    found = list(title_match.matches(names))
    assert len({(match.first, match.second) for match in found}) == len(found)
    for match in found:
        assert match.first < match.second
        assert title_match.compare(names[match.first], names[match.second]) == match.tier


@given(st.lists(_TITLE, max_size=12))
def test_no_same_title_is_overlooked(names: list[str]) -> None:
    found = {(match.first, match.second) for match in title_match.matches(names) if match.tier == "dup"}
    expected = {
        (first, second)
        for first in range(len(names))
        for second in range(first + 1, len(names))
        if names[first] == names[second] and title_match.compare(names[first], names[second]) == "dup"
    }
    assert expected <= found


def test_labelled_pairs() -> None:
    """No two works are one but for identical titles and at most one more; what is one is seen, unless renamed."""
    if not PAIRS.is_file():
        pytest.skip("needs ../shared/data/title_pairs.jsonl, which is not here")
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    false = [p for p in pairs if not p["same"] and title_match.compare(p["a"], p["b"]) == "dup"]
    assert len([p for p in false if p["cls"] != "identical"]) <= 1
    missed = [p for p in pairs if p["same"] and title_match.compare(p["a"], p["b"]) is None]
    assert [p for p in missed if p["cls"] != "renamed"] == []


@pytest.mark.parametrize(
    ("one", "other", "variant"),
    [
        ("Tiny", "Tiny 2", True),
        ("Tiny-7B", "Tiny2-7B", True),
        ("tiny", "tiny-build", True),
        ("tiny", "tiny.db.models", True),
        ("Tiny", "example/tiny", False),
        ("example2/tiny", "tiny", False),
        ("Streams", "Example Streams", False),
        ("Tiny", "Tiny: a compiler in 200 lines", False),
        ("A book on compilers", "A book on compilers with examples", False),
        ("numpik", "numpick", False),
        (None, "Tiny 2", False),
    ],
)
def test_a_variant_is_a_name_with_something_at_its_end(one: str | None, other: str | None, variant: bool) -> None:
    assert title_match.is_variant(one, other) is variant
    assert title_match.is_variant(other, one) is variant


def test_no_work_is_another_by_a_title_of_its_own() -> None:
    """Not one of the labelled pairs of one work, the renamed ones among them."""
    if not PAIRS.is_file():
        pytest.skip("needs ../shared/data/title_pairs.jsonl, which is not here")
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    same = [(pair["a"], pair["b"]) for pair in pairs if pair["same"]]
    assert len(same) > 40
    assert [pair for pair in same if title_match.is_another(*pair)] == []


@pytest.mark.parametrize(
    ("listed", "registered", "is_another"),
    [
        ("Compilers that learn from their mistakes", "Paging the cache of a large model", True),
        ("Loom: compilers that learn from their mistakes", "Loom: weaving under a deadline", False),
        ("Compilers that learn from their mistakes", "Compilers: paging the cache of a large model", False),
        ("Compilers that learn from mistakes", "Mistakes of which compilers learn", False),
        ("Language models for code review", "Language models of the weather", False),
    ],
)
def test_another_papers_title(listed: str, registered: str, is_another: bool) -> None:
    assert title_match.is_another(listed, registered) == is_another


def test_words_of_every_title_tell_nothing() -> None:
    titles = [f"Language models for the {what}" for what in ("court", "kitchen", "garden", "stable", "river")]
    common = title_match.common_words(titles)
    assert common == {"language", "models", "for", "the"}
    pair = ("Language models that review contracts quickly", "Language models to irrigate tulips and roses")
    assert not title_match.is_another(*pair)
    assert title_match.is_another(*pair, common)


@given(_TITLE, _TITLE)
def test_a_title_is_never_another_than_itself(one: str, other: str) -> None:
    assert not title_match.is_another(one, one)
    assert not title_match.is_another(f"Loom: {one}", one)
    if title_match.alike(one, other):
        assert not title_match.is_another(one, other)
