"""What a misspelt word was meant to be: by how likely the slip, how common the word, how often it is in the list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from listbot import derivations, lexicon, slips, tables
from listbot.lexicon import Near
from listbot.slips import Slips

CERTAIN, LIKELY = "certain", "likely"
COMMON = 13_000
"""Words of lower rank are common enough to be meant for certain."""
HALF = 6_000
"""A word of this rank is meant half as often as the commonest."""
_RARE = 30_000
_FAMILIAR = 7_500
"""Words of lower rank are what another word may be glued to."""
_SHORT, _MIDDLING, _LONG = 5, 6, 8
"""Lengths of words: the shorter, the more neighbours a word has by chance."""
_ONE_SLIP = {6: 0.19, 7: 0.1, 8: 0.1}
_TWO_SLIPS = {7: 0.5, 8: 0.15, 9: 0.15}
"""For each length, how likely a slip and the word must be together; longer words are near others by chance no more."""
_LEAST_OF_ONE, _LEAST_OF_TWO = 0.03, 0.1
_SECOND = 0.05
"""A second slip in a word is so much less likely than the first."""
_APART = 20
"""So many times likelier than any other has to be what is certain."""
_ALSO = 4
"""So many times likelier is what was meant, or the other word is told as well."""

_EVERYWHERE = 2
"""The same, where only the list's own use says otherwise."""

_LAST_OF_FORMS = "sdrey"
"""Letters that forms of words end in: as a wrong last letter, one may be right in another form, `formalizes`."""
_THRICE = re.compile(r"([a-z])\1\1")


class Meant(NamedTuple):
    """What a misspelt word should have been."""

    word: str
    grade: str
    rank: int
    slips: Slips
    is_name: bool = False
    also: str | None = None
    """Another word that may have been meant almost as well."""


class _Guess(NamedTuple):
    word: str
    score: float
    everywhere: float
    """The same, whatever words this list uses."""
    rank: int
    slips: Slips
    is_name: bool
    used: int
    """How often the list has the word."""


class Vocabulary:
    """A list's own vocabulary, as what a misspelt word may have meant."""

    def __init__(self, counts: Mapping[str, int], named: Mapping[str, int]) -> None:
        """How often each word, in lower case, is prose, and how often it stands elsewhere."""
        self._counts: dict[str, int] = dict(counts)
        for word, count in named.items():
            self._counts[word] = self._counts.get(word, 0) + count
        self._forms: dict[str, set[str]] = defaultdict(set)
        for word in self._repeated():
            for form in lexicon.forms(word):
                self._forms[form].add(word)

    def _repeated(self) -> Iterator[str]:
        """Known words that this list uses more than once and that are not common."""
        for word, count in self._counts.items():
            if count > 1 and len(word) >= _SHORT and lexicon.knows(word) and lexicon.rank(word) is None:
                yield word

    def used(self, word: str) -> int:
        return self._counts.get(word, 0)

    def meant(self, word: str) -> Meant | None:
        """What a word that nobody knows, in lower case, was meant to be; None where nothing comes near."""
        if word.endswith("ie's") and lexicon.knows(f"{word[:-4]}ies"):
            return _possessive(word[:-4])
        if (root := _back_formed(word)) is not None:
            return root
        guesses = sorted(self._guesses(word), key=lambda guess: -guess.score)
        if not guesses:
            return _split(word) or _thrice(word)
        guesses.sort(key=lambda guess: word == f"{guess.word}s")  # `librarys` are several, or lack an apostrophe
        best, rivals = guesses[0], [guess for guess in guesses[1:] if guess.slips.number == 1]
        other = _other_reading(word, best)
        alone = not rivals or best.score > _APART * max(rival.score for rival in rivals)
        plain = other is None and _is_plain(word, best)
        certain = alone and plain and len(word) > _MIDDLING and best.rank < COMMON
        if not certain and self.used(word) > 2 + 3 * max(best.used, guesses[0].used):
            return _split(word)  # who writes it so often means it; but `guidence` is copied 26 times, and nothing else
        also = None if certain else next((one.word for one in guesses[1:] if _is_as_good(word, one, best)), other)
        return Meant(best.word, CERTAIN if certain else LIKELY, best.rank, best.slips, best.is_name, also)

    def _guesses(self, word: str) -> Iterator[_Guess]:
        """What may have been meant: words so near that chance is not the better reason."""
        common = lexicon.near(word)
        here = {one for form in lexicon.forms(word) for one in self._forms.get(form, ())} - {one.word for one in common}
        own = (Near(one, _RARE, slips.between(word, one), False) for one in here)
        for one, rank, how, is_name in (*common, *own):
            used = self.used(one)
            likelihood = how.likelihood * (1 if how.number == 1 else _SECOND)
            everywhere = likelihood / (rank + 300)
            guess = _Guess(one, everywhere * (1 + 3 * used), everywhere, rank, how, is_name, used)
            if _is_near_enough(word, guess):
                yield guess


def _is_as_good(word: str, other: _Guess, best: _Guess) -> bool:
    """Whether another word may have been meant almost as well, or nearly so where only the list's own use decided; not
    the singular of a plural, nor the same word as the British write it."""
    if word == f"{other.word}s" or other.word.replace("is", "iz") == best.word.replace("is", "iz"):
        return False
    return other.score > best.score / _ALSO or other.everywhere > best.everywhere / _EVERYWHERE


def _other_reading(word: str, best: _Guess) -> str | None:
    """What a word is as well, where the best guess is one form of it: the noun of a verb that `checkin` is, and one
    `methodology`, of which several were guessed."""
    phrase = derivations.verb_of(word) if best.word == f"{word}g" else None
    if phrase is not None:
        return "-".join(phrase)
    single = f"{word.removesuffix('e')[:-1]}y"
    return single if word.endswith("ie") and best.word == f"{word}s" and lexicon.knows(single) else None


def _is_plain(word: str, guess: _Guess) -> bool:
    """Whether a single letter, or two that are swapped, tells two words apart, and none at an edge, where another
    letter would make another form of the word."""
    how, meant = guess.slips, guess.word
    if how.number != 1 or how.likelihood in (slips.FIRST, slips.LAST) or abs(len(word) - len(meant)) > 1:
        return False
    if how.likelihood <= slips.EXTRA and derivations.is_made(word):
        return False  # `preactor` may be meant as it stands
    if len(word) == len(meant):
        return word[-1] == meant[-1] or word[-1] not in _LAST_OF_FORMS or word[-2:] == meant[-2:][::-1]
    return not (meant.startswith(word) and lexicon.knows(word.removesuffix("e")))


def _is_near_enough(word: str, guess: _Guess) -> bool:
    """Whether a guess is good enough for a word of its length: short words have neighbours by chance."""
    length, how = min(len(word), len(guess.word)), guess.slips
    if guess.word == f"{word}s" and not word.endswith("ie"):
        return False  # `rubygem` is one of several
    if word == f"{guess.word[:-1]}k" and guess.word.endswith("ic"):
        return False  # names are coined by it, and other languages write so: `symbolik`
    if length <= _SHORT:
        return how.number == 1 and _is_near_enough_for_short(word, guess)
    chance = how.likelihood / (1 + (0 if guess.used > 1 else guess.rank / HALF))
    if how.number == 2:
        whole = word.startswith(guess.word) or word.endswith(guess.word)  # with something glued to it
        return not whole and chance >= _TWO_SLIPS.get(length, _LEAST_OF_TWO if length > _LONG else 1.0)
    if how.likelihood == slips.FIRST:
        return guess.rank < COMMON
    return how.number == 1 and chance >= _ONE_SLIP.get(length, _LEAST_OF_ONE)


def _is_near_enough_for_short(word: str, guess: _Guess) -> bool:
    length, likelihood = min(len(word), len(guess.word)), guess.slips.likelihood
    same_length = len(word) == len(guess.word)
    if likelihood == slips.DOUBLED or (same_length and likelihood == slips.SWAPPED):
        return guess.rank < (2_500 if length < _SHORT else 6_000)
    if length == _SHORT and same_length and likelihood == slips.BESIDE and guess.rank < 600:
        return True
    return length == _SHORT and not same_length and likelihood >= slips.EXTRA and guess.rank < 4_000


def _possessive(stem: str) -> Meant | None:
    """What belongs to one, or to several: `librarie's`."""
    one = f"{stem}y"
    rank = lexicon.rank(one)
    return None if rank is None else Meant(f"{one}'s", LIKELY, rank, Slips(1, slips.VOWEL), also=f"{stem}ies'")


def _back_formed(word: str) -> Meant | None:
    """The verb that a noun in `-ation` is of, where its root was taken for the verb: `implementating`."""
    for ending in ("ing", "ed", "es"):
        root = word.removesuffix(f"at{ending}")
        verb = root + ("s" if ending == "es" else ending)
        rank = lexicon.rank(verb)
        if root != word and rank is not None and lexicon.knows(f"{root}ation") and lexicon.knows(root):
            return Meant(verb, LIKELY, rank, Slips(1, slips.SYLLABLE))
    return None


def _thrice(word: str) -> Meant | None:
    """A word with a letter that stands three times: `asciii`."""
    found = _THRICE.search(word)
    for fewer in (
        (word[: found.end() - 1] + word[found.end() :], word[: found.end() - 2] + word[found.end() :]) if found else ()
    ):
        if lexicon.knows(fewer):
            return Meant(fewer, LIKELY, _RARE, slips.between(word, fewer))
    return None


def _split(word: str) -> Meant | None:
    """A word that a short one was glued to: `asurvey`, `ofthe`."""
    for short in tables.load("spelling")["glued"]:
        for rest in (word.removeprefix(short), word.removesuffix(short)):
            rank = lexicon.rank(rest) if rest != word and len(rest) > (4 if len(short) == 1 else 2) else None
            if rank is not None and rank < _FAMILIAR:
                together = f"{short} {rest}" if word.startswith(short) else f"{rest} {short}"
                return Meant(together, LIKELY, rank, slips.NONE)
    return None
