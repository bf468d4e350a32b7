"""Which words of a list's prose are misspelt, and what was meant.

A word is misspelt where no dictionary has it, the list uses it for no title or name, and it lies a slip or two away
from a word that is common, or that the list itself uses. What was meant is ranked by how likely the slip is, how common
the word is, and how often this list writes it. It is *certain* where the slip is a single one in the middle of a common
word and nothing else comes near; else *likely*.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from listbot import derivations, lexicon, prose_words, slips, surroundings, tables
from listbot.document import Document
from listbot.meanings import CERTAIN, COMMON, HALF, LIKELY, Meant, Vocabulary
from listbot.prose_words import Prose, ProseWord
from listbot.slips import Slips
from listbot.source import Source

_SHORTEST = 4
_MIDDLING = 6
_LONG = 8
"""Lengths of words."""
_KNOWN_WELL = 16_000
"""A word of higher rank is no likelier than a name that nobody has heard of."""
_LOWER = re.compile(r"(?<!\w)[a-z]+(?!\w)")
_NEXT = re.compile(r" (?!a )([a-z]{1,6})(?!\w)")
_LAST = re.compile(r"(?<!\w)([a-z]{1,6}) \Z")
_DRAWN_OUT = re.compile(r"(\w)\1{3}")
"""`smooooth`: as it is said, and no slip."""
_FOREIGN, _FEW = 0.3, 2
"""A line in which more of the words than this are unknown is not English; so few say nothing."""
_MANY = 1_000
"""No English document has so many different words that nobody knows."""
_REACH = 30
_HYPHEN_BEFORE, _HYPHEN_BEHIND = re.compile(r"(?<![\w-])([A-Za-z]{3,20})-\Z"), re.compile(r"-([A-Za-z]{3,20})(?![\w-])")
_COMPOUND = re.compile(r"(?<![\w-])([a-z]+)-([a-z]+)(?!\w)")
_MOST_COMPOUNDS = 50
"""So many of the compounds with one half are compared; hostile texts have thousands."""
_AROUND = 1_000
"""So many characters of a line around a word belong to what it is about."""
_SMALL = re.compile(r"[a-z]{6,}")
_BRACKET_BEFORE = re.compile(r"(?<!\w)([A-Za-z]{1,12})[(\[]\Z")
_BRACKET_BEHIND = re.compile(r"[)\]]([a-z]{1,12})(?!\w)")
"""Letters that a bracket divides from a word's other ones."""
_VERB_BEHIND = re.compile(r" (?:is|are|was|were|has|have)(?!\w)")
_OF_NAME = re.compile(r" (?:is|was|has|does|can|will|lets)(?!\w)|-(?:based|powered|like|compatible|inspired)(?!\w)")
"""What follows a name that begins a sentence, and seldom a common word without an article."""


class Misspelling(NamedTuple):
    """A misspelt word where it stands; `meant` has the case of what was written."""

    word: ProseWord
    meant: str
    also: str | None
    grade: str


def of(document: Document, accepted: frozenset[str]) -> Iterator[Misspelling]:
    """The misspelt words of a document, in the order of the text. `accepted` are right, in lower case."""
    prose = prose_words.of(document)
    strange = frozenset(word for word in prose.counts if _is_strange(word, accepted))
    if _is_foreign(prose, strange):
        return
    unknown = list(prose.where({word for word in strange if not derivations.is_derived(word.removesuffix("'s"))}))
    own = Vocabulary(prose.counts, prose.named)
    foreign = _foreign_lines(document, prose, own, unknown) if unknown else frozenset()
    for word in unknown:
        lower = word.text.lower()
        if prose.named.get(lower) or _is_joined(own, lower) or document.source.line_of(word.span.start) in foreign:
            continue
        meant = own.meant(lower)
        if meant is None or meant.grade != CERTAIN:
            meant = _in_compound(document.source, prose.text, word) or meant or _in_line(document.source, word)
        if meant is None or not _may_be_no_name(document, prose, word, meant):
            continue
        if not (_is_cut(prose.text, word) or surroundings.tell_a_name(document, word)):
            also = None if meant.also is None else _written(prose.text, word, meant.also)
            yield Misspelling(word, _written(prose.text, word, meant.word), also, meant.grade)


def _in_compound(source: Source, text: str, word: ProseWord) -> Meant | None:
    """What the list has in the same compound elsewhere: `fine-ture` beside `fine-tune`."""
    lower = word.text.lower()
    before = _HYPHEN_BEFORE.search(text, max(0, word.span.start - _REACH), word.span.start)
    behind = _HYPHEN_BEHIND.match(text, word.span.end)
    if before is None and behind is None:
        return None
    behind_it, before_it = _compounds(source)
    others = behind_it.get(before[1].lower()) if before else before_it.get(behind[1].lower()) if behind else None
    for other, _ in others.most_common(_MOST_COMPOUNDS) if others is not None else ():
        how = slips.between(lower, other)
        if how.number == 1 and not lower.endswith(other) and lexicon.knows(other):
            return Meant(other, LIKELY, COMMON, how)
    return None


@lru_cache(maxsize=1)
def _compounds(source: Source) -> tuple[Mapping[str, Counter[str]], Mapping[str, Counter[str]]]:
    """What stands behind the first half of the compounds of a text, and what before the second, in lower case."""
    behind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for first, second in _COMPOUND.findall(source.text.lower()):
        behind[first][second] += 1
        before[second][first] += 1
    return behind, before


def _in_line(source: Source, word: ProseWord) -> Meant | None:
    """A known word of the same line that a long one is a letter away from, whatever the letter; the line itself says
    so, and that is as good as a common word."""
    lower = word.text.lower()
    if len(lower) < _MIDDLING + 1:
        return None
    line = source.line_span(source.line_of(word.span.start))
    near = source.text[max(line.start, word.span.start - _AROUND) : min(line.end, word.span.end + _AROUND)]
    for other in _SMALL.findall(near.lower()):
        are_forms = other.startswith(lower) or lower.startswith(other) or lower.endswith(other)
        if not are_forms and lexicon.knows(other) and lexicon.distance(lower, other) == 1:
            return Meant(other, LIKELY, 0, Slips(1, slips.VOWEL))
    return None


def _written(text: str, word: ProseWord, meant: str) -> str:
    """What was meant as it has to be written here: with its capital, or with a hyphen: `state-ofthe-art`, and what the
    list itself writes with one."""
    stem, apostrophe, _ = meant.partition("'")
    if apostrophe and _VERB_BEHIND.match(text, word.span.end) and lexicon.knows(stem):
        meant = stem  # `theres is`: the verb is there
    if not word.text.islower():
        return _names().get(meant, meant.capitalize())
    first, _, second = meant.partition(" ")
    short_first = len(first) < len(second)
    beside = text[word.span.start - 1 : word.span.start] if short_first else text[word.span.end : word.span.end + 1]
    hyphened = f"{first}-{second}"
    is_hyphened = second and (beside == "-" or text.count(hyphened) > text.count(meant))
    return hyphened if is_hyphened else meant


@cache
def _names() -> Mapping[str, str]:
    """Names of things that everybody writes about, in lower case, as they are written."""
    return {name.lower(): name for name in tables.load("spelling")["names"]}


@cache
def _owned() -> frozenset[str]:
    """Names whose spelling `name-style` judges, and no dictionary, in lower case."""
    table = tables.load("names")
    return frozenset(name.lower() for name in (*table["names"], *table["spellings"]))


def _may_be_no_name(document: Document, prose: Prose, word: ProseWord, meant: Meant) -> bool:
    """Whether a word with a capital is a common one, where it stands: sentences and headings begin with one, names have
    it anywhere. Within a sentence only a long word with a plain slip is no name."""
    length, likelihood = len(word.text), meant.slips.likelihood
    if word.text.islower():
        return meant.slips.number < 2 or not surroundings.are_names(document.source.text, word)
    name = _names().get(meant.word)
    if name is not None and not word.text.istitle():
        plain = meant.slips.number == 1 and likelihood >= slips.MISSING
        return plain and [c for c in word.text if c.isupper()] == [c for c in name if c.isupper()]
    if not word.text.istitle() or surroundings.are_foreign(document.source.text, word):
        return False
    if meant.grade != CERTAIN and surroundings.is_alone(document, word):
        return False
    if prose.is_heading(document, word):
        return meant.grade == CERTAIN or length >= _LONG
    plain = meant.slips.number == 1 and likelihood >= slips.MISSING
    if meant.word in _names():
        least = slips.EXTRA if length > _MIDDLING else slips.SOUND
        return meant.slips.number == 1 and likelihood >= least
    if meant.rank >= _KNOWN_WELL or meant.is_name:
        return False
    if len(meant.word) == length and meant.word.startswith(word.text[:-1].lower()):
        return False  # names are coined by another ending: `Crawlee`
    if length > _LONG and plain:
        return True
    if surroundings.are_names(document.source.text, word) or _OF_NAME.match(prose.text, word.span.end):
        return False
    if length > _LONG:
        return (meant.slips.number == 1 and likelihood >= slips.EXTRA) or prose.begins(word.span)
    swapped = likelihood == slips.SWAPPED and len(meant.word) == length
    if plain and meant.rank < HALF and (length > _MIDDLING or (swapped and length == _MIDDLING)):
        return True
    least = slips.BESIDE if length > _MIDDLING else slips.VOWEL
    good = meant.slips.number == 1 and likelihood >= least and (plain or meant.rank < HALF)
    return length >= _MIDDLING and good and prose.begins(word.span)


def _is_joined(own: Vocabulary, word: str) -> bool:
    """Whether a word is two of the list's own, `hashtable`, and no slip of a single letter."""
    if any(one.slips.number == 1 for one in lexicon.near(word)):
        return False
    glued = tables.load("spelling")["glued"]
    return any(
        all(own.used(half) and lexicon.knows(half) and half not in glued for half in both)
        for both in derivations.halves(word)
    )


def _is_strange(word: str, accepted: frozenset[str]) -> bool:
    stem = word.removesuffix("'s")
    if _DRAWN_OUT.search(stem) is not None:
        return False
    return len(stem) >= _SHORTEST and not (lexicon.knows(stem) or stem in accepted or stem in _owned())


def _is_foreign(prose: Prose, strange: frozenset[str]) -> bool:
    """Whether a document is in another language: so many different words are strange that judging each would take
    long, and tell nothing."""
    small = [token for token in prose.tokens if token.islower() and len(token) >= _SHORTEST]
    return sum(token in strange for token in small) > max(_MANY, _FOREIGN * len(small))


def _foreign_lines(document: Document, prose: Prose, own: Vocabulary, unknown: list[ProseWord]) -> frozenset[int]:
    """Lines that are not English: their small words say so, or too many of their words are unknown."""
    by_line: dict[int, list[ProseWord]] = defaultdict(list)
    for word in unknown:
        by_line[document.source.line_of(word.span.start)].append(word)
    told = prose_words.languages_of(document)
    foreign = set(told.foreign)
    for line, words in by_line.items():
        span = document.source.line_span(line)
        all_words = [word for word in _LOWER.findall(prose.text, span.start, span.end) if len(word) >= _SHORTEST]
        strange = [word.text for word in words if word.text.islower()]  # with a capital, any may be a name
        if not strange or len(strange) <= _FOREIGN * len(all_words):
            continue
        many = sum(not _is_plain_slip(word) for word in strange) > _FEW  # a plain slip of a common word tells nothing
        begins = [word.text.lower() for word in words if word.text.istitle() and prose.begins(word.span)]
        half = line in told.mute and 2 * len(strange) >= len(all_words)
        judged = strange + begins if len(strange) > 1 else strange
        unlike = half and any(own.meant(word) is None and not lexicon.near(word) for word in judged)
        if many or unlike or line in told.hinted:
            foreign.add(line)
    return frozenset(foreign)


def _is_plain_slip(word: str) -> bool:
    near = lexicon.near(word)
    return any(one.slips.number == 1 and one.slips.likelihood >= slips.MISSING and one.rank < COMMON for one in near)


def _is_cut(text: str, word: ProseWord) -> bool:
    """Whether a blank or a bracket only cuts a word in two: `framew ork`, `P(ortable)`."""
    start, end = word.span
    after = _NEXT.match(text, end) or _BRACKET_BEHIND.match(text, end)
    before = _LAST.search(text, max(0, start - 20), start) or _BRACKET_BEFORE.search(text, max(0, start - 20), start)
    return bool(after and lexicon.knows(word.text + after[1])) or bool(before and lexicon.knows(before[1] + word.text))
