"""Builds the frozen word lists under `rules/data/words/` that `listbot.lexicon` maps into memory.

    python tools/build_lexicon.py AMERICAN BRITISH FREQUENCIES

| file | is | version, licence |
| --- | --- | --- |
| AMERICAN | `/usr/share/dict/american-english-huge` of Debian's package wamerican-huge | 2020.12.07-2, SCOWL's own |
| BRITISH | `/usr/share/dict/british-english-huge` of Debian's package wbritish-huge | 2020.12.07-2, SCOWL's own |
| FREQUENCIES | `frequency_dictionary_en_82_765.txt` of the Python package symspellpy | 6.10.1, MIT |

The notices of both stand beside the data. The terms of the field, `terms.txt`, and the names that are only known,
`names.txt`, are ours. Written are

    known.u32     the CRC-32 of each word in lower case, sorted, little-endian: known is what is in here. Without those
                  that FREQUENCIES lacks and that are a slip away from a very common word
    frequent.txt  the commonest words, commonest first, each padded with blanks to a line of one width, which ends in
                  `^` where the dictionaries have the word as a name, too (`alexander`)
    near.u32      the CRC-32 of each frequent word with no letter, any one letter or any two letters taken out,
                  sorted, little-endian: two words that share such a form are a slip or two apart
    near.u16      for each of these the number of its word in frequent.txt, from 0

The words stay what they are: nothing is known of their meaning, and no list of misspellings is used.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from pathlib import Path
from zlib import crc32

from listbot import slips

FOLDER = Path(__file__).resolve().parents[1] / "rules" / "data" / "words"
FREQUENT = 30_000
"""So many of the commonest words are what a writer may have meant."""
TWICE = 14_000
"""So many of them, the terms among them, are found over two slips far apart, where they have `LONG` letters."""
LONG = 8
LIKELY = 3_000
"""So many of the commonest words are what is meant by a word that only dictionaries have, a slip away."""
SHORTEST = 6
"""Shorter words are near common ones by chance, and words of other languages."""
WIDTH = 20
TERMS = 5_000
"""Behind so many of the commonest words come the terms that are not among them."""
SHORT = 1_000
"""Behind so many come the contractions: `don't`."""
_OUR = re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|ful|al|able|ite|ites|ly|hood|hoods)?$)")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print((__doc__ or "").split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    american, british, frequencies = (Path(name).read_text("utf-8-sig") for name in arguments)
    ranked = [line.split()[0].lower() for line in frequencies.splitlines()]
    dictionaries = [*american.splitlines(), *british.splitlines()]
    terms = _curated("terms.txt")
    usual = set(_words([*ranked, *terms, *_curated("names.txt")]))
    frequent = _frequent(ranked, set(american.splitlines()), set(british.splitlines()), terms)
    known = usual | set(_words(dictionaries))
    known -= set(_unlikely(known - usual - set(frequent), frequent[:LIKELY]))
    _write("known.u32", sorted({crc32(word.encode()) for word in known}), "I")
    names = _names(set(dictionaries))
    lines = (f"{word:<{WIDTH - 2}}{'^' if word in names else ' '}\n" for word in frequent)
    (FOLDER / "frequent.txt").write_text("".join(lines), "ascii")
    near = sorted({(crc32(form.encode()), rank) for rank, word in enumerate(frequent) for form in _forms(word, rank)})
    _write("near.u32", [form for form, _ in near], "I")
    _write("near.u16", [rank for _, rank in near], "H")
    print(f"{len(known):,} known words, {len(frequent):,} frequent ones in {len(near):,} forms")
    return 0


def _names(dictionaries: set[str]) -> set[str]:
    """Names in lower case: something can be a name's, and nothing the same word's in lower case."""
    owners = {word.removesuffix("'s") for word in dictionaries if word.endswith("'s")}
    return {word.lower() for word in owners if word.istitle() and word.lower() not in owners}


def _unlikely(rare: set[str], common: list[str]) -> Iterator[str]:
    """Words that a dictionary has, but that are a slip of a very common word wherever anybody writes them: `belive`."""
    near = defaultdict(set)
    for word in common:
        for form in _forms(word, len(common) + TWICE):
            near[form].add(word)
    for word in rare:
        if len(word) >= SHORTEST:
            meant = {one for form in _forms(word, len(common) + TWICE) for one in near.get(form, ())}
            if any(_is_slip(word, one) for one in meant):
                yield word


def _is_slip(word: str, meant: str) -> bool:
    if word.startswith(meant) or meant == f"{word}s":
        return False
    how = slips.between(word, meant)
    return how.number == 1 and how.likelihood >= slips.MISSING


def _curated(name: str) -> list[str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return " ".join(line.split("#")[0] for line in lines).split()


def _frequent(ranked: list[str], american: set[str], british: set[str], terms: list[str]) -> list[str]:
    """The commonest words. FREQUENCIES lacks some American spellings and our terms: they are put in."""
    both = [
        spelt
        for word in ranked
        for spelt in dict.fromkeys((word, _american(word)))
        if spelt == word or spelt in american
    ]
    short = [word for word in ranked if "'" in word]  # FREQUENCIES has them behind all others
    placed = [*both[:SHORT], *short, *both[SHORT:TERMS], *terms, *both[TERMS:]]
    common = american | british | set(terms)  # those that have a capital only are names, and meant by nobody's slip
    usable = (w for w in dict.fromkeys(placed) if _WORD.fullmatch(w) and 3 <= len(w) < WIDTH - 1 and w in common)
    return list(islice(usable, FREQUENT))


def _american(word: str) -> str:
    """The American spelling of a British word; the word itself where it has no other."""
    return _OUR.sub("or", word).replace("yse", "yze").replace("ysing", "yzing").replace("elling", "eling")


def _words(lines: Iterable[str]) -> Iterator[str]:
    """Words in lower case, accents off, without the possessive."""
    for line in lines:
        plain = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode().lower().removesuffix("'s")
        if _WORD.fullmatch(plain):
            yield plain


def _forms(word: str, rank: int) -> Iterator[str]:
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))
    if rank < TWICE and len(word) >= LONG:
        for one, other in combinations(range(len(word)), 2):
            yield word[:one] + word[one + 1 : other] + word[other + 1 :]


def _write(name: str, numbers: list[int], code: str) -> None:
    packed = array(code, numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    (FOLDER / name).write_bytes(packed.tobytes())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
