"""arXiv: does a paper exist, what is it called, and did its authors withdraw it?

https://info.arxiv.org/help/api/user-manual.html. Facts that shape it: `max_results` is 10 unless said otherwise, even
for a list of ids; entries come in any order; one malformed id gives status 400, or an entry that is an error, for the
whole batch; an id that was never given is left out, with status 200. Now and then a feed is empty for no reason
(lukasschwab/arxiv.py 43): what is missing beside papers that are there is not there, and an empty feed about several is
asked for once more. One request every three seconds over one connection is what the terms of use allow
(https://info.arxiv.org/help/api/tou.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote
from xml.etree.ElementTree import Element

from listbot import arxiv_ids, works
from listbot.links import hosts
from listbot.links.registries import Absent, Empty, Garbled, Link, Registry, Request, Spoiled, Word, text_of
from listbot.links.registries.feeds import root_of, text_at
from listbot.links.transport import Answer
from listbot.liveness import Notice, Publication, Reason, Record

_UNTOLD_FORMS = frozenset({"html", "other"})
_DAYS_BEHIND = 4
"""Papers of a Friday evening are announced on Monday."""
_NAMES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
_ENTRY = re.compile(r"https?://arxiv\.org/abs/(?P<id>.+?)(?:v(?P<version>\d{1,6}))?")
_ERROR = re.compile(r"https?://arxiv\.org/api/errors.*", re.DOTALL)
_WITHDRAWN = re.compile(
    r"(?:(?:^|[.;:,()\[\]])\W*(?:temporarily\s+)?"
    r"|\b(?:paper|submission|article|manuscript|work|preprint|report|(?<!earlier )(?<!previous )(?<!first )version)\s+"
    r"(?:(?:has|have|had|is|was|been|being|now|since|also|hereby|temporarily)\s+){0,5}"
    r"|\b(?:we|i|authors?|administrators?|admins?|arxiv)\s+(?:have|has|had)\s+(?:\w+\s+){0,2})"
    r"withdrawn\b(?!\s+from\s+(?!arxiv\b))"
    r"|\b(?:we|i|authors?)\s+(?:hereby\s+)?withdr[ae]w\s+(?:this|the|our)\b",
    re.IGNORECASE,
)
"""That a paper was withdrawn, in its comment. That it is so, its PDF has to confirm."""
_SUCCESSOR = re.compile(
    r"(?:superse[dc]ed|replaced|subsumed) by:?\s+(?:arxiv:\s*)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE
)


def paper_of(url: str) -> str | None:
    """The id of the paper that a page of arXiv, or a DOI of it, is about; None for any other page.

    Front-ends that show arXiv's papers are pages of their own: that the paper exists does not say that they show it.
    """
    work = works.of(url)
    if work is None or work.family != "arxiv" or works.family_of_host(hosts.host_of(url)) not in ("arxiv", "doi"):
        return None
    return work.id.removeprefix("arxiv:")


def as_linked(link: Link, word: Word) -> Word | None:
    """A registry's word about a paper, for a link to it. A version after the latest one that it told of is unknown: not
    even the next registry can say more, for most know papers and no versions. Of HTML, which many papers do not have,
    and of sources nobody tells whether they are there; the paper is."""
    work = works.of(link.url)
    if work is None:
        return None
    if (work.version or 1) > (word.latest or 1):
        record = word.record._replace(notice=None, successor="")
        return Word(Reason.REGISTRY_SILENT, record=record)
    is_other_form = work.form in _UNTOLD_FORMS and word.reason == Reason.REGISTRY_PRESENT
    return word._replace(reason=Reason.REGISTRY_WORK) if is_other_form else word


class Arxiv(Registry):
    """The API of arXiv. Each paper is asked for twice in one request, as it is and as it was at first, because a title
    that differs from the list's may be the one under which the paper came out."""

    name = "arxiv"
    host = "export.arxiv.org"
    batch = 100
    interval = 3.0

    def identifier(self, link: Link) -> str | None:
        return paper_of(link.url)

    def request(self, ids: Sequence[str]) -> Request:
        asked = dict.fromkeys((*ids, *(f"{identifier}v1" for identifier in ids)))
        query = f"id_list={quote(','.join(asked), safe='/,')}&max_results={len(asked)}"
        return Request("GET", f"{self.base}/api/query?{query}", {"Accept": "application/atom+xml"})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        if answer.status == 400:
            raise Spoiled
        if answer.status != 200:
            raise Garbled
        root = root_of(answer.text)
        if root.tag != f"{{{_NAMES['atom']}}}feed":
            raise Garbled
        latest, first, is_whole = _versions(root)
        if (latest or not is_whole) and not latest.keys() & set(ids):
            raise Garbled
        today = _day_of(text_at(root, "atom:updated", _NAMES))
        missing = {paper for paper in ids if paper not in latest and not _may_be_too_new(paper, today)}
        if not latest and len(ids) > 1:
            raise Empty(dict.fromkeys(missing, Absent()))
        said: dict[str, Word | Absent] = {
            paper: _word(paper, entry, first.get(paper, ""))._replace(latest=version)
            for paper, (version, entry) in latest.items()
            if paper in ids
        }
        has_only_ours = latest.keys() <= set(ids)
        return said | (dict.fromkeys(missing, Absent()) if is_whole and has_only_ours else {})

    def judged(self, link: Link, word: Word) -> Word | None:
        return as_linked(link, word)


class ArxivPages(Registry):
    """Whether the latest version of a paper has a PDF: that of a withdrawn paper answers 404, while its page stays
    (arxiv-browse). Asked only for papers whose comment says that they were withdrawn."""

    name = "arxiv-pages"
    host = "arxiv.org"
    interval = 3.0

    def identifier(self, link: Link) -> str | None:
        return paper_of(link.url)

    def request(self, ids: Sequence[str]) -> Request:
        return Request("HEAD", f"{self.base}/pdf/{ids[0]}")

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        if answer.status == 404:
            return {ids[0]: Word(Reason.REGISTRY_WITHDRAWN)}
        return {ids[0]: Word()} if answer.status == 200 else {}


def _versions(feed: Element) -> tuple[dict[str, tuple[int, Element]], dict[str, str], bool]:
    """By paper, the number and entry of its latest version, and the title of its first one; whether all entries have a
    name. Raises as `_named` does."""
    latest: dict[str, tuple[int, Element]] = {}
    first: dict[str, str] = {}
    is_whole = True
    for entry in feed.iterfind("atom:entry", _NAMES):
        named = _named(entry)
        if named is None:
            is_whole = False
            continue
        paper, version = named
        if version == 1:
            first[paper] = text_at(entry, "atom:title", _NAMES)
        if version >= latest.get(paper, (0, entry))[0]:
            latest[paper] = (version, entry)
    return latest, first, is_whole


def _named(entry: Element) -> tuple[str, int] | None:
    """The id and version of an entry; None for what is no entry of arXiv's. Raises Spoiled for an error."""
    address = text_at(entry, "atom:id", _NAMES)
    if _ERROR.fullmatch(address):
        raise Spoiled
    match = _ENTRY.fullmatch(address)
    found = arxiv_ids.read(match["id"]) if match is not None else None
    if match is None or found is None:
        return None
    return found[0], int(match["version"] or 1)


def _word(paper: str, entry: Element, first_title: str) -> Word:
    comment = text_at(entry, "arxiv:comment", _NAMES)
    title = text_at(entry, "atom:title", _NAMES)
    doi = text_at(entry, "arxiv:doi", _NAMES)
    journal = text_at(entry, "arxiv:journal_ref", _NAMES)
    record = Record(
        title=title,
        first_title=first_title if first_title != title else "",
        authors=tuple(_surnames(entry)),
        year=_year(text_at(entry, "atom:published", _NAMES)),
        venue=journal,
        published=f"https://doi.org/{quote(doi, safe='/')}" if doi else "",
        publication=Publication("arxiv", venue=journal) if doi else None,
    )
    if _WITHDRAWN.search(comment) is None:
        return Word(record=record)
    successor = _SUCCESSOR.search(comment)
    notice = Notice("withdrawal", f"https://arxiv.org/abs/{paper}", comment)
    named = f"https://arxiv.org/abs/{successor['id']}" if successor is not None else ""
    return Word(Reason.REGISTRY_WITHDRAWN, record=record._replace(notice=notice, successor=named))


def _day_of(updated: str) -> date | None:
    """The day on which a feed was asked for. To be confirmed live: that its own `updated` tells it. Without it no paper
    is too new."""
    try:
        return date.fromisoformat(updated[:10])
    except ValueError:
        return None


def _may_be_too_new(paper: str, today: date | None) -> bool:
    """Whether a paper can be one of the last days. What lists add is often a day old, and then neither the API, renewed
    once a day, nor DataCite and doi.org need to have it: their no would be nobody's death."""
    if today is None or "/" in paper:
        return False
    given = 2000 + int(paper[:2]), int(paper[2:4])
    return given >= (today.year, today.month) or (given == _month_before(today) and today.day <= _DAYS_BEHIND)


def _month_before(day: date) -> tuple[int, int]:
    return (day.year - 1, 12) if day.month == 1 else (day.year, day.month - 1)


def _surnames(entry: Element) -> list[str]:
    """The last words of the authors' names; at most fifty."""
    names = [text_of(name.text) for name in entry.iterfind("atom:author/atom:name", _NAMES)]
    return [name.split()[-1] for name in names[:50] if name]


def _year(date: str) -> int | None:
    return int(date[:4]) if re.match(r"\d{4}-", date) else None
