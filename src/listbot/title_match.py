"""Whether two titles name one work, told from the titles alone.

The three tiers and their guards are those of `reference/scholar.md` §2.4, measured on pairs of real titles whose
authors are known: of titles that are alike to 96 % and more a third belongs to different papers, unless numbers, parts
and negations veto. The words that veto are in `rules/data/titles.toml`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from listbot import tables, titles

Tier = Literal["dup", "maybe"]
"""`dup`: one title, but for slips. `maybe`: one work under a changed title, or two that sound alike."""

_SAME_RATIO = 96
_SIMILAR_RATIO = 90
_FEWEST_WORDS = 3
_SHORTEST = 20
_SHORTEST_WITH_SLIPS = 25
_SLIP = 2
_SHORTEST_SLIPPED = 5
_FEWEST_WORDS_OF_TAIL = 4
_RAREST = 3
"""So many of a title's rarest words bring it together with others: 52 of 52 labelled pairs (`scholar.md` §2.5)."""
_COMMON = 60
"""A word in more titles than this brings nobody together."""
_OWNER = re.compile(r"^[\w.-]+/(?=[\w.-]+$)")
"""Names of repositories: `owner/name`."""
_ANOTHER_RATIO = 60
_SHARED_IF_NOT = 0.34
_SHARED_IF_RENAMED = 0.2
_SHORT_WORD = 3
_FEWEST_TELLING = 2
_COMMON_SHARE = 0.1
_FEWEST_COMMON = 4
_SHARED_WORDS = 0.7
"""Of two titles' words this share (Jaccard) is in both where one is a re-wording of the other."""


class Match(NamedTuple):
    """Two titles of a sequence, by their indices, and how sure it is that they name one work."""

    first: int
    second: int
    tier: Tier


# Two titles ----------------------------------------------------------------------------------------------------------


def compare(one: str, other: str) -> Tier | None:
    """How sure it is that two titles name one work; None where they do not, or nobody can say."""
    return _compared(_key(one), _key(other))


def alike(one: str | None, other: str | None) -> bool:
    """Whether two entries *with the same work* call it by one name: equal, one inside the other, or mostly the same
    words. An entry without a title contradicts nobody.
    """
    if not one or not other:
        return True
    first, second = _key(one), _key(other)
    if _glued(first.full) in _names(second) or _glued(second.full) in _names(first):
        return True  # one is the other's name
    words, others = set(first.words), set(second.words)
    if not words or not others or words <= others or others <= words:
        return True
    if len(words & others) >= _SHARED_WORDS * len(words | others):
        return True
    return fuzz.ratio(first.full, second.full) >= _SIMILAR_RATIO or first.tail == second.tail


def share_a_name(one: str | None, other: str | None) -> bool:
    """Whether two titles are one, or have one name before or behind a colon. Without a title, nothing is another."""
    return not one or not other or bool(_names(_key(_OWNER.sub("", one))) & _names(_key(_OWNER.sub("", other))))


def likeness(one: str, other: str) -> float:
    """How far two titles are written alike, in per cent, once both are normalised."""
    return fuzz.ratio(_key(one).full, _key(other).full)


def is_another(listed: str, registered: str, common: Container[str] = (), *, renamed: bool = False) -> bool:
    """Whether a registry's title is that of another paper than the list's, both being titles in full.

    Renamed papers go down to a ratio of 37, while links that are wrong reach 51 (`reference/scholar.md` §4), so the
    ratio alone does not tell: a name in common, or a good part of the telling words, says that it is one paper.
    `common` are words of many titles of the list, which tell nothing; `renamed` where nobody knows under which title
    it came out first: then fewer words are enough.
    """
    one, other = _key(listed), _key(registered)
    if alike(listed, registered) or _share_a_name(one, other) or _share_a_name(other, one):
        return False
    words, others = ({w for w in key.words if len(w) > _SHORT_WORD and w not in common} for key in (one, other))
    fewer = min(len(words), len(others))
    if fewer < _FEWEST_TELLING or len(words & others) >= (_SHARED_IF_RENAMED if renamed else _SHARED_IF_NOT) * fewer:
        return False
    return max(fuzz.ratio(a, b) for a in (one.full, one.tail) for b in (other.full, other.tail)) < _ANOTHER_RATIO


def _share_a_name(one: _Key, other: _Key) -> bool:
    """Whether the name before the colon of one title stands in the other."""
    return bool(one.lead) and _glued(one.lead) in _glued(other.full)


def common_words(listed: Sequence[str]) -> frozenset[str]:
    """The words of a tenth of all titles and more; none where there are too few titles to tell."""
    counts = Counter(word for title in listed for word in set(_key(title).words))
    return frozenset(word for word, n in counts.items() if n >= max(_FEWEST_COMMON, _COMMON_SHARE * len(listed)))


def is_variant(one: str | None, other: str | None) -> bool:
    """Whether one name is the other with a number or a word more at its end: `Tiny` and `Tiny 2`, `tiny-build`.

    Words before a name are its owner or maker, and what follows a long name describes it.
    """
    if not one or not other:
        return False
    first, second = (_key(_OWNER.sub("", title)) for title in (one, other))
    if _numbers((first.lead or first.full).split()) != _numbers((second.lead or second.full).split()):
        return True
    shorter, longer = sorted((first, second), key=lambda key: len(key.words))
    if len(shorter.words) == len(longer.words):
        return False
    grown = longer.words[: len(shorter.words)] == shorter.words
    return grown and sum(word.isalpha() for word in shorter.words) < _FEWEST_WORDS and not longer.lead


class _Key(NamedTuple):
    """A title prepared for comparison."""

    full: str
    lead: str
    tail: str
    tagged: str
    """With the tag before it in the place of a missing lead: `[FlashAttention] Fast and …`."""
    words: tuple[str, ...]
    numbers: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _key(title: str) -> _Key:
    full, lead, tail, tag = titles.keys(title)
    while lead and tail.startswith(lead + " "):  # “LightSeq2: LightSeq2: …”
        tail = tail[len(lead) + 1 :]
        full = f"{lead} {tail}"
    words = tuple(full.split())
    return _Key(full, lead, tail, f"{tag} {full}" if tag and not lead else full, words, _numbers(words))


def _glued(text: str) -> str:
    """Without blanks, so that “Flash Attention” is “FlashAttention”."""
    return text.replace(" ", "")


def _written(key: _Key) -> set[str]:
    """The whole title, letters only, with and without its tag."""
    return {_glued(key.full), _glued(key.tagged)}


def _names(key: _Key) -> set[str]:
    return {_glued(part) for part in (key.full, key.lead, key.tail) if part}


def _numbers(words: Sequence[str]) -> tuple[str, ...]:
    """What a title counts: numbers in digits, words and Roman numerals, and the letter after “part”."""
    known, counted = _number_words()
    found = []
    for index, word in enumerate(words):
        if word in known or not word.isalpha() or (len(word) == 1 and index and words[index - 1] in counted):
            found.append(word)
    return tuple(sorted(found))


@cache
def _number_words() -> tuple[frozenset[str], frozenset[str]]:
    table = tables.load("titles")
    return frozenset(table["numbers"]), frozenset(table["counted"])


def _compared(one: _Key, other: _Key) -> Tier | None:
    if not one.full or not other.full:
        return None
    if _written(one) & _written(other):
        return "dup" if _is_telling(one) else "maybe"
    if one.numbers != other.numbers:
        return _by_tails(one, other)
    ratio = fuzz.ratio(one.full, other.full, score_cutoff=_SIMILAR_RATIO)
    if not ratio:
        return _by_tails(one, other)
    shortest = min(len(one.full), len(other.full))
    if ratio >= _SAME_RATIO and shortest >= _SHORTEST_WITH_SLIPS and _differ_by_slips(one.words, other.words):
        return "dup"
    return "maybe"


def _is_telling(key: _Key) -> bool:
    """Whether a title is long enough, and particular enough, to be one work's only."""
    return len(key.words) >= _FEWEST_WORDS and len(key.full) >= _SHORTEST and key.full not in _generic()


@cache
def _generic() -> frozenset[str]:
    return frozenset(tables.load("titles")["generic"])


def _by_tails(one: _Key, other: _Key) -> Tier | None:
    """One title with a system's name before it and one with another name, or with none."""
    if len(one.tail.split()) < _FEWEST_WORDS_OF_TAIL or one.tail != other.tail:
        return None
    both_named = bool(one.lead and other.lead)
    return None if both_named and _numbers(one.lead.split()) != _numbers(other.lead.split()) else "maybe"


def _differ_by_slips(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether all that differs is words a letter or two apart, or blanks inside words."""
    for code in Levenshtein.opcodes(one, other):
        if code.tag == "equal":
            continue
        left, right = one[code.src_start : code.src_end], other[code.dest_start : code.dest_end]
        if "".join(left) == "".join(right):
            continue
        if len(left) != len(right) or not all(map(is_slip, left, right)):
            return False
    return True


def is_slip(one: str, other: str) -> bool:
    """Whether one word is the other but for a letter or two, and does not mean another thing."""
    if min(len(one), len(other)) < _SHORTEST_SLIPPED:
        return False
    return Levenshtein.distance(one, other, score_cutoff=_SLIP) <= _SLIP and not _mean_different_things(one, other)


def _mean_different_things(one: str, other: str) -> bool:
    table = tables.load("titles")
    shorter, longer = sorted((one, other), key=len)
    if longer.endswith(shorter) and longer.removesuffix(shorter) in table["prefixes"]:
        return True
    return any(
        (one.startswith(a) and other.startswith(b)) or (one.startswith(b) and other.startswith(a))
        for a, b in table["opposites"]
    )


# Many titles ---------------------------------------------------------------------------------------------------------


def matches(names: Sequence[str]) -> Iterator[Match]:
    """All pairs of a sequence's titles that `compare` gives a tier, each once, the smaller index first.

    Compares only titles that share a rare word, a tail, or all letters: 10,000 titles have 50 million pairs.
    """
    keys = [_key(name) for name in names]
    for first, second in sorted(_candidates(keys)):
        tier = _compared(keys[first], keys[second])
        if tier is not None:
            yield Match(first, second, tier)


def _candidates(keys: Sequence[_Key]) -> set[tuple[int, int]]:
    together: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        for name in {*_written(key), _glued(key.tail)}:
            if name:
                together[name].append(index)
    found = {
        (first, second)
        for indices in together.values()
        for number, first in enumerate(indices)
        for second in indices[number + 1 : number + _COMMON]
    }
    count = Counter(word for key in keys for word in set(key.words))
    postings: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        shared = [word for word in set(key.words) if 1 < count[word] <= _COMMON]
        for word in sorted(shared, key=lambda word: (count[word], word))[:_RAREST]:
            for earlier in postings[word]:
                pair = (earlier, index)
                if pair not in found and _may_match(keys[earlier].full, key.full):
                    found.add(pair)
            postings[word].append(index)
    return found


def _may_match(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=_SIMILAR_RATIO) > 0
