"""Which words are made of a known one by a prefix or an ending that any word may have: `resharding`, `tokenizers`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from listbot import lexicon, slips, tables

_SHORTEST = 3
"""So many letters has a word that makes compounds, at least."""
_STEM = 4
"""So many letters has a word that others are made of, at least."""
_SHORT = 6
_LONG = 10
"""So many letters has a word that hardly comes near another one by chance."""
_VERY_COMMON, _FAMILIAR, _COMMON = 4_000, 7_500, 13_000
"""Ranks of words."""
_KEEPS_NO_Y = re.compile(r"[^aeiouy]y$")
_DOUBLED = re.compile(r"[^aeiouy][aeiouy]([bdgklmnprtvz])\1$")
"""What a word ends in that doubles its last letter before an ending."""
_IZE = re.compile(r"is(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)")


class _Affixes(NamedTuple):
    """The table `spelling`."""

    endings: tuple[tuple[str, str], ...]
    """Each ending, and what the word had in its place."""
    prefixes: tuple[str, ...]
    hissing: tuple[str, ...]
    """Endings of words whose plural is longer by `es`."""
    abbreviations: tuple[str, ...]
    joined: tuple[str, ...]
    """Short words that the field joins to known ones before them."""
    calls: tuple[str, ...]
    """Calls that have forms by the letters before them."""
    conjugations: tuple[tuple[str, ...], ...]
    """The endings that one verb and its nouns have."""
    particles: tuple[str, ...]
    """Small words behind a verb that make a noun with it."""
    glued: frozenset[str]
    """Small words that a missing blank joins to others, and that make no compound."""


def is_derived(word: str) -> bool:
    """Whether a lower-case word that no dictionary has is derived from one that is known, as the rules of spelling say.

    A slip of a common word is not, whatever else it may be: `recommand` commands nothing again, `diffrent` is no rent.
    """
    if _is_british(word) or _is_plural(word) or _is_conjugated(word) or _is_daemon(word) or _is_form_of_call(word):
        return True
    return is_made(word) and not _is_slip_of_common(word)


def is_made(word: str) -> bool:
    """Whether a lower-case word has the form of one that is made of others, though it may be a slip of another."""
    if _is_compound(word) or _is_with_abbreviation(word) or _is_phrasal_noun(word):
        return True
    return _has_prefix(word) or _has_ending(word)


def _is_plural(word: str) -> bool:
    """Whether a word is a known one with an `s`, or with the `z` of slang for it, and what is near it is made of that,
    too, as `tokenizers` and `skillz` are."""
    base = word[:-1]
    if not word.endswith(("s", "z")) or len(base) < _STEM or not lexicon.knows(base) or _is_misjoined(base, "s"):
        return False
    return all(one.word.startswith(base) for one in lexicon.near(word) if one.slips.number == 1)


def _is_compound(word: str) -> bool:
    """Whether a word is two common ones: `smarthome`; `plugable` has an ending only."""
    endings = {ending for ending, _ in _affixes().endings}
    if any(second not in endings and _is_common(first) and _is_common(second) for first, second in halves(word)):
        return True
    return _is_short_compound(word)


def _is_short_compound(word: str) -> bool:
    """Whether a word is two very common ones of three letters or more, as `webbook` is, and no plain slip of another;
    small ones were glued to it."""
    affixes = _affixes()
    no_half = affixes.glued.union(ending for ending, _ in affixes.endings)
    both = ((word[:at], word[at:]) for at in range(_SHORTEST, len(word) - _SHORTEST + 1))
    if not any(all(half not in no_half and _is_common(half) for half in pair) for pair in both):
        return False
    return not any(one.slips.number == 1 and one.slips.likelihood >= slips.EXTRA for one in lexicon.near(word))


def _is_conjugated(word: str) -> bool:
    """Whether another form of the same verb is known: `virtualizes` beside `virtualized`."""
    for forms in _affixes().conjugations:
        for ending in forms:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= _SHORTEST and any(lexicon.knows(stem + other) for other in forms):
                return True
    return False


def _is_phrasal_noun(word: str) -> bool:
    """Whether a word is a common verb and its small word, `loadout`, several of them where that is `in`, `checkins`:
    one may lack a letter of `checking`."""
    noun = word.removesuffix("s")
    return verb_of(noun) is not None and (noun != word or not noun.endswith("in"))


def verb_of(noun: str) -> tuple[str, str] | None:
    """The common verb and the small word that a noun is made of: `check` and `in`."""
    pairs = ((noun.removesuffix(small), small) for small in _affixes().particles if noun.endswith(small))
    return next(((verb, small) for verb, small in pairs if len(verb) >= _STEM and _is_common(verb)), None)


def halves(word: str) -> Iterator[tuple[str, str]]:
    """The ways to take a word for two that are long enough to be joined."""
    return ((word[:at], word[at:]) for at in range(_STEM, len(word) - _STEM + 1))


def _is_common(word: str) -> bool:
    rank = lexicon.rank(word)
    return rank is not None and rank < _VERY_COMMON


def _is_with_abbreviation(word: str) -> bool:
    """Whether a word is a common one and an abbreviation that the field joins to others, `livecd`, or a known one and a
    short word: `docset`."""
    stems = (word.removesuffix(short) for short in _affixes().abbreviations)
    if any(stem != word and len(stem) >= _STEM and _is_common(stem) for stem in stems):
        return True
    ranks = (lexicon.rank(word.removesuffix(short)) for short in _affixes().joined if word.endswith(short))
    return any(rank is not None and rank < _COMMON for rank in ranks)


def _is_daemon(word: str) -> bool:
    """Whether a word is a known one with the `d` of a Unix daemon, `fluentd`, and no verb's that lost an `e`."""
    stem = word.removesuffix("d")
    is_none = stem == word or len(stem) < _STEM or stem.endswith(("d", "e"))
    return not is_none and lexicon.knows(stem) and not lexicon.knows(f"{stem}ed")


def _is_form_of_call(word: str) -> bool:
    """Whether a word is a call of the C library, by one of its forms: `sprintf`, `vsnprintf`."""
    return any(word.endswith(call) and len(word) - len(call) < _STEM for call in _affixes().calls)


def _is_british(word: str) -> bool:
    """Whether a word is written with `s` where dictionaries have it with `z`: `dockerised`."""
    american = _IZE.sub("iz", word)
    return american != word and lexicon.knows(american)


def _has_prefix(word: str) -> bool:
    for prefix in _affixes().prefixes:
        rest = word.removeprefix(prefix)
        if (
            rest != word
            and len(rest) >= _STEM
            and not rest.startswith(prefix)
            and (lexicon.knows(rest) or _has_ending(rest))
        ):
            return True
    return False


def _has_ending(word: str) -> bool:
    for ending, instead in _affixes().endings:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _STEM:
            continue
        if lexicon.knows(stem + instead) and not _is_misjoined(stem, ending):
            return True
        if not instead and ending[0] in "aei" and _DOUBLED.search(stem) and lexicon.knows(stem[:-1]):
            return True  # `remapper`, `modded`
    return False


def _is_misjoined(stem: str, ending: str) -> bool:
    """Whether a stem and its ending are joined otherwise: `begining` wants its last letter doubled, `scaleable` is
    without its e, `hashs` lacks one and `algorithmes` has one too many, `dictionarys` keeps no y, and what ends in `ic`
    becomes `ically`."""
    hisses = stem.endswith(_affixes().hissing)
    if (ending == "s" and hisses) or (ending == "es" and not hisses) or (ending == "ly" and stem.endswith("ic")):
        return True
    if ending in ("s", "ly", "ness") and _KEEPS_NO_Y.search(stem):
        return True
    doubled, shorter = stem + stem[-1] + ending, stem.removesuffix("e") + ending
    return lexicon.knows(doubled) or (shorter != stem + ending and lexicon.knows(shorter))


def _is_slip_of_common(word: str) -> bool:
    """Whether a common word is one plain slip away; a word and what it is the beginning of are no slip apart."""
    for one in lexicon.near(word):
        if one.slips.number == 1 and not word.startswith(one.word):
            if one.slips.likelihood >= slips.MISSING and one.rank < _COMMON and len(word) >= _SHORT:
                return True
            if one.slips.likelihood >= slips.VOWEL and one.rank < _COMMON and len(word) > _SHORT:
                return True
            if one.slips.likelihood >= slips.EXTRA and one.rank < _VERY_COMMON and len(word) > _SHORT:
                return True
            syllable = one.slips.likelihood >= slips.SYLLABLE and len(one.word) == len(word) + 2
            if syllable and one.rank < _FAMILIAR and len(word) >= _LONG:
                return True
    return False


@cache
def _affixes() -> _Affixes:
    table = tables.load("spelling")
    endings = tuple((ending, instead) for ending, instead in table["endings"])
    abbreviations, joined, calls, particles = (
        tuple(table[name]) for name in ("abbreviations", "joined", "calls", "particles")
    )
    conjugations = tuple(tuple(forms) for forms in table["conjugations"])
    prefixes, hissing, glued = tuple(table["prefixes"]), tuple(table["hissing"]), frozenset(table["glued"])
    return _Affixes(endings, prefixes, hissing, abbreviations, joined, calls, conjugations, particles, glued)
