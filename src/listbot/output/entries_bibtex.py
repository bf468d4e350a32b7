"""`listbot entries` for bibliographies: BibTeX through the library `bibtexparser` (extra `bibtex`).

What the list says and nothing else:

- An entry goes in if a link of it names a publication, or if it has a paper's link and a venue or a year. A work that
  is listed twice goes in once, as first listed.
- All are `@misc`: a list names a venue, and not whether it is a journal or a conference. The venue is `howpublished`.
- `author` is written only where the names can be told apart without guessing (see `person_names`); else the text goes
  to `note` as it is.
- Everything is text: LaTeX's special characters are escaped, mathematics too, because a list is written by strangers
  and TeX runs what it reads. Letters outside ASCII stay as they are; TeX has read UTF-8 since 2018.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple, TextIO
from urllib.parse import quote

from listbot import identity, person_names
from listbot.errors import UserError
from listbot.library import CuratedList, ListEntry, ListLink

try:
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.middlewares import default_unparse_stack
    from bibtexparser.model import Entry, Field
    from bibtexparser.writer import BibtexFormat
except ImportError as error:
    raise UserError(
        "BibTeX needs the library bibtexparser, which is not here; `pip install 'listbot-lint[bibtex]'` installs it"
    ) from error

_PAPERS = frozenset({"paper", "pdf"})
_DOI = re.compile(r"(?:doi|acm):(10\.\d{4,9}(?:\.\d+)*/.+)")
_DOI_URL = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\.(?!48550/)\d{4,9}(?:\.\d+)*/[^?#]+)", re.IGNORECASE)
"""Publishers' DOIs whose work goes by another name (`acl:…`); those of arXiv say no more than `eprint`."""
_ARXIV = re.compile(r"arxiv:(.+)")
_WORD = re.compile(r"[a-z0-9]+")
_COMMON = frozenset("a an and are as at by can do for from how in is it of on or the to via what with".split())
_KEY_WORDS = 3
SPECIAL = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces with a backslash before them too, so that `\{` alone would break the file.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
"""What LaTeX does not print as it stands -> what prints it."""
_ESCAPES = str.maketrans(SPECIAL)
_KEPT_FORMATS = "\u200c\u200d"  # they shape letters in Persian and Indic scripts


class Written(NamedTuple):
    """What went into the bibliography, and what did not."""

    publications: int
    without: int
    """Entries that name no publication."""


def write(lists: Iterable[CuratedList], stream: TextIO) -> Written:
    """Write one bibliography of all lists."""
    without = 0
    listed: dict[str, Entry] = {}
    for curated in lists:
        for entry in curated:
            publications = _publications(entry)
            if publications:
                listed.setdefault(_work(publications[0]), _bibtex(entry, publications))
            else:
                without += 1
    stack = default_unparse_stack(allow_inplace_modification=True)  # the other way copies every entry
    style = BibtexFormat()  # type: ignore[no-untyped-call]  # the library's constructor says no types
    style.indent, style.block_separator = "  ", "\n"
    stream.write(write_string(Library(list(listed.values())), unparse_stack=stack, bibtex_format=style))
    return Written(len(listed), without)


def _publications(entry: ListEntry) -> list[ListLink]:
    """The links that name a publication, the primary one first."""
    primary = entry.primary
    links = [link for link in entry.links if link.role in _PAPERS and link != primary]
    if primary is not None:
        links.insert(0, primary)
    named = [link for link in links if link.work is not None and identity.is_publication(link.work)]
    if named or not (entry.venue or entry.year):
        return named
    return [link for link in links if link.role in _PAPERS and link.work is not None][:1]


def _work(link: ListLink) -> str:
    return link.work or link.target


def _bibtex(entry: ListEntry, publications: list[ListLink]) -> Entry:
    return Entry(
        "misc", _key(entry, publications), [Field(name, value) for name, value in _fields(entry, publications)]
    )


def _fields(entry: ListEntry, publications: list[ListLink]) -> Iterator[tuple[str, str]]:
    if entry.title:
        yield "title", "{" + escaped(entry.title) + "}"  # braces in braces: no style changes the letters' case
    authors = person_names.split(entry.authors) if entry.authors else None
    if authors is not None:
        yield "author", " and ".join([*map(escaped, authors.names), *(["others"] if authors.more else [])])
    if entry.year is not None:
        yield "year", str(entry.year)
    if entry.venue:
        yield "howpublished", escaped(entry.venue)
    paper = _only([_arxiv(link) for link in publications])
    if paper is not None:
        yield "eprint", _verbatim(paper)
        yield "archivePrefix", "arXiv"
    doi = _only([_doi(link) for link in publications])
    if doi is not None:
        yield "doi", _verbatim(doi)
    yield "url", _verbatim(publications[0].target)
    if entry.tags:
        yield "keywords", ", ".join(map(escaped, entry.tags))
    if entry.authors and authors is None:
        yield "note", "Authors as listed: " + escaped(entry.authors)


def _arxiv(link: ListLink) -> str | None:
    match = _ARXIV.fullmatch(_work(link))
    return match[1] if match is not None else None


def _doi(link: ListLink) -> str | None:
    match = _DOI.fullmatch(_work(link)) or _DOI_URL.fullmatch(link.target)
    return match[1] if match is not None else None


def _only(ids: list[str | None]) -> str | None:
    """The id of the first link, else the only one there is. Where there are several, the choice would be a guess."""
    others = {name for name in ids if name is not None}
    return ids[0] or (others.pop() if len(others) == 1 else None)


def _key(entry: ListEntry, publications: list[ListLink]) -> str:
    """`flashattention-fast-memory-2205.14135`: words of the title, and the arXiv id or a hash of the work.

    The same wherever the entry stands and whatever else the list holds.
    """
    plain = unicodedata.normalize("NFKD", entry.title or "").lower()
    words = [word for word in _WORD.findall(plain.encode("ascii", "ignore").decode()) if word not in _COMMON]
    arxiv = _arxiv(publications[0])
    tail = arxiv.replace("/", "-") if arxiv else sha256(_work(publications[0]).encode()).hexdigest()[:8]
    return "-".join([*(words[:_KEY_WORDS] or ["entry"]), tail])


def escaped(text: str) -> str:
    """Text as LaTeX prints it; line breaks become blanks, control and format characters are taken out."""
    kept = (
        c for c in " ".join(text.split()) if c in _KEPT_FORMATS or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    return "".join(kept).translate(_ESCAPES)


def _verbatim(url: str) -> str:
    """A URL, DOI or id, which BibTeX styles print without reading; what could end the field is percent-encoded."""
    return quote(url, safe="!#$%&'()*+,-./:;=?@[]^_`|~", errors="replace")
