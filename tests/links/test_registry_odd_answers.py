"""Registries whose answers are odd in part: an odd row costs that row, a bad id costs that id, wherever it stands.

The answers are written out here from the registries' documentation, and know nothing of how they are asked.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.links import verdict
from listbot.links.registries import Absent, Link, Settings, Word
from listbot.links.registries.asking import Asking
from listbot.links.registries.crossref import Crossref
from listbot.links.registries.datacite import DataCite
from listbot.links.registries.openreview import OpenReview
from listbot.links.registries.roster import registries
from listbot.links.registries.semantic_scholar import SemanticScholar
from listbot.links.transport import Answer, Deadlines
from listbot.liveness import Evidence, Outcome, Reason, Record
from tests.links import virtual

TODAY = 1_800_000_000.0
"""Seconds since 1970."""


class Told(NamedTuple):
    status: int
    body: Any
    headers: Mapping[str, str] = {}


Host = Callable[[httpx.URL, str], Told]
"""What a host says to a URL and a body."""


class Web:
    """Hosts of registries on a loop whose time jumps; one that is not named is out of order."""

    def __init__(self, hosts: Mapping[str, Host]) -> None:
        self._hosts = hosts
        self.calls: list[tuple[float, str, httpx.URL]] = []

    async def ask(
        self,
        method: str,  # noqa: ARG002 - the interface
        url: httpx.URL,
        deadlines: Deadlines,  # noqa: ARG002 - the interface
        headers: Mapping[str, str],  # noqa: ARG002 - the interface
        body: bytes,
    ) -> Answer:
        self.calls.append((asyncio.get_running_loop().time(), url.host, url))
        await asyncio.sleep(0.1)
        host = self._hosts.get(url.host)
        told = host(url, body.decode()) if host is not None else Told(500, "")
        text = told.body if isinstance(told.body, str) else json.dumps(told.body)
        return Answer(told.status, dict(told.headers), text, (), whole=True)

    @property
    def requests(self) -> Counter[str]:
        return Counter(host for _, host, _ in self.calls)

    def outcomes(self, urls: Iterable[str]) -> dict[str, Outcome | None]:
        """What registries decide of links; None where they do not."""
        found: dict[str, Outcome | None] = {}

        def hear(url: str, evidence: list[Evidence], decided: bool) -> None:
            found[url] = verdict.judge(url, evidence).outcome if decided else None

        async def main() -> None:
            asking = Asking(self, registries(Settings(tokens={"github": "x" * 40})), now=lambda: TODAY)
            await asking.ask([Link(url) for url in urls], hear)

        virtual.run(main())
        return found


# GitHub ---------------------------------------------------------------------------------------------------------------

REPOSITORIES = [f"https://github.com/example/loom{number:03}" for number in range(100)]
_ASKED = re.compile(r'(r\d+): repository\(owner: "([^"]+)", name: "([^"]+)"\)')


def hub(bad: frozenset[str], worse: Told) -> Host:
    """GitHub's API, for which a query with one of the bad names is too much."""

    def graphql(_url: httpx.URL, body: str) -> Told:
        asked = _ASKED.findall(json.loads(body)["query"])
        if any(name in bad for _, _, name in asked):
            return worse
        states = {"isArchived": False, "isDisabled": False, "isEmpty": False, "description": None}
        return Told(200, {"data": {alias: {"nameWithOwner": f"{o}/{n}", **states} for alias, o, n in asked}})

    return graphql


WORSE = [Told(502, "<html>"), Told(504, ""), Told(200, "not JSON"), Told(200, {"data": None, "errors": [{"path": 7}]})]


@pytest.mark.parametrize("worse", WORSE)
@pytest.mark.parametrize("place", [0, 1, 37, 50, 99])
def test_one_bad_repository_costs_itself_wherever_it_stands(place: int, worse: Told) -> None:
    web = Web({"api.github.com": hub(frozenset({f"loom{place:03}"}), worse)})
    found = web.outcomes(REPOSITORIES)
    assert [url for url, outcome in found.items() if outcome is None] == [REPOSITORIES[place]]
    assert len(web.calls) <= 1 + 2 * 7


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 99), max_size=2), st.permutations(REPOSITORIES))
def test_two_bad_repositories_cost_themselves_in_any_order(bad: set[int], order: list[str]) -> None:
    web = Web({"api.github.com": hub(frozenset(f"loom{number:03}" for number in bad), WORSE[0])})
    found = web.outcomes(order)
    assert {url for url, outcome in found.items() if outcome is None} == {REPOSITORIES[number] for number in bad}


@pytest.mark.parametrize(("worse", "most"), [(Told(502, ""), 12), (Told(503, ""), 3), (Told(200, "<html>"), 12)])
def test_what_is_out_of_order_is_left_alone(worse: Told, most: int) -> None:
    web = Web({"api.github.com": lambda _url, _body: worse})
    assert set(web.outcomes(REPOSITORIES).values()) == {None}
    assert len(web.calls) <= most


LIMIT = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(TODAY + 3_000)}


@pytest.mark.parametrize(
    "limited",
    [
        Told(200, {"errors": [{"type": "RATE_LIMIT", "message": "API rate limit already exceeded"}]}, LIMIT),
        Told(200, {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}),
        Told(200, {"data": None, "errors": [{"message": "Too much"}]}, {**LIMIT, "x-ratelimit-reset": ""}),
        Told(200, "not JSON", LIMIT),
        Told(502, "", {"retry-after": "3600"}),
        Told(502, "", {"retry-after": "60"}),
    ],
)
def test_a_long_pause_is_heeded_whatever_else_the_answer_says(limited: Told) -> None:
    web = Web({"api.github.com": lambda _url, _body: limited})
    assert set(web.outcomes(REPOSITORIES).values()) == {None}
    assert len(web.calls) == 1


def test_an_error_without_a_place_costs_nothing() -> None:
    def graphql(_url: httpx.URL, body: str) -> Told:
        told = hub(frozenset(), WORSE[0])(_url, body).body
        told["data"]["r1"] = None
        told["data"]["r2"]["isArchived"] = "who knows"
        odd = [{"type": None, "path": None}, 7, {"type": "NOT_FOUND", "path": ["r1"]}, {"path": [None]}]
        return Told(200, {**told, "errors": odd})

    web = Web({"api.github.com": graphql})
    found = web.outcomes(REPOSITORIES[:4])
    assert list(found.values()) == [Outcome.ALIVE, None, None, Outcome.ALIVE]
    assert len(web.calls) == 1


# arXiv ----------------------------------------------------------------------------------------------------------------

PAPERS = [f"https://arxiv.org/abs/2311.{number:05}" for number in range(1, 559)]
DEAD = frozenset({"2311.00007", "2311.00070"})


def atom(url: httpx.URL, _body: str) -> Told:
    """arXiv's API: what was never given is left out, and counted."""
    asked = parse_qs(url.query.decode())["id_list"][0].split(",")
    names = [re.sub(r"v\d+$", "", name) for name in asked]
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{name}v1</id><title>On {name}</title></entry>"
        for name in names
        if name.startswith("2311.") and name not in DEAD
    )
    total = f'<o:totalResults xmlns:o="http://a9.com/-/spec/opensearch/1.1/">{len(asked)}</o:totalResults>'
    updated = "<updated>2026-11-25T00:00:00-05:00</updated>"
    return Told(200, f'<feed xmlns="http://www.w3.org/2005/Atom">{updated}{total}{entries}</feed>')


def proxy(url: httpx.URL, _body: str) -> Told:
    """doi.org."""
    doi = unquote(url.path.removeprefix("/api/handles/"))
    if doi.rpartition(".")[0].endswith("2311") and doi.partition("arxiv.")[2] in DEAD:
        return Told(404, {"responseCode": 100, "handle": doi})
    value = {"type": "URL", "data": {"format": "string", "value": "https://arxiv.org/abs/x"}}
    return Told(200, {"responseCode": 1, "handle": doi, "values": [value]})


def graph(_url: httpx.URL, body: str) -> Told:
    """Semantic Scholar."""
    papers = [name.partition(":")[2] for name in json.loads(body)["ids"]]
    return Told(200, [None if paper in DEAD else {"paperId": "0", "title": f"On {paper}"} for paper in papers])


HOSTS: Mapping[str, Host] = {"export.arxiv.org": atom, "doi.org": proxy, "api.semanticscholar.org": graph}
NO_LISTS = [Told(400, {}), Told(404, ""), Told(429, ""), Told(200, {"data": [], "meta": {"total": 0}})]


@pytest.mark.parametrize("lists", NO_LISTS)
@pytest.mark.parametrize("asked", [PAPERS[:100], PAPERS[6:7], [PAPERS[6], PAPERS[69]]])
def test_a_dead_paper_is_gone_though_nobody_asks_for_another(asked: list[str], lists: Told) -> None:
    """arXiv does not have it, and doi.org says that it is not registered: beside others, and alone."""
    found = Web({**HOSTS, "api.datacite.org": lambda _url, _body: lists}).outcomes(asked)
    dead = {f"https://arxiv.org/abs/{name}" for name in DEAD}
    assert found == {url: Outcome.GONE if url in dead else Outcome.ALIVE for url in asked}


@pytest.mark.parametrize("lists", NO_LISTS)
def test_where_arxiv_refuses_hundreds_are_asked_for_at_once(lists: Told) -> None:
    """DataCite's query for several is not confirmed; Semantic Scholar's request for several is documented."""
    limited = Told(429, "")
    hosts = {**HOSTS, "export.arxiv.org": lambda _url, _body: limited, "api.datacite.org": lambda _url, _body: lists}
    web = Web(hosts)
    found = web.outcomes(PAPERS)
    alive = [url for url, outcome in found.items() if outcome == Outcome.ALIVE]
    assert len(alive) == len(PAPERS) - len(DEAD)
    assert Outcome.GONE not in found.values()
    assert sum(web.requests.values()) <= 25


@pytest.mark.parametrize(("suffix", "outcome"), [("", Outcome.ALIVE), ("v1", Outcome.ALIVE), ("v2", Outcome.UNKNOWN)])
def test_semantic_scholar_knows_papers_and_no_versions_of_them(suffix: str, outcome: Outcome) -> None:
    nobody: Host = lambda _url, _body: Told(500, "")  # noqa: E731 - a host in one line
    web = Web({**HOSTS, "export.arxiv.org": nobody, "doi.org": nobody})
    assert web.outcomes([PAPERS[0] + suffix]) == {PAPERS[0] + suffix: outcome}


def test_two_papers_that_semantic_scholar_takes_for_one_are_no_wrong_link() -> None:
    told = Word(record=Record("On tulips and their cultivation", venue="A journal", published="https://doi.org/10.1/1"))
    word = SemanticScholar().judged(Link(PAPERS[0], "A loom for very large cloths"), told)
    assert word is not None
    assert (word.reason, word.record) == (Reason.REGISTRY_PRESENT, Record())


# One odd row ----------------------------------------------------------------------------------------------------------


def answer(body: Any) -> Answer:
    return Answer(200, {}, json.dumps(body), (), whole=True)


ODD_VALUES = (None, 7, "a word", [], [None], [7], {}, [{"title": None}], [{"relatedIdentifier": None}], [[]])
odd_values = st.sampled_from(ODD_VALUES)


@given(
    st.dictionaries(st.sampled_from(["titles", "creators", "publicationYear", "container", "url", "dates"]), odd_values)
)
def test_an_odd_row_of_datacite_is_there(odd: dict[str, Any]) -> None:
    dois = [f"10.48550/arxiv.2311.0000{number}" for number in range(1, 4)]
    rows = [{"id": dois[0], "attributes": {"doi": dois[0], **odd}}, {"id": dois[1], "attributes": {"doi": dois[1]}}]
    said = DataCite().read(dois, answer({"data": rows, "meta": {"total": 2}}))
    assert [type(said[doi]) for doi in dois] == [Word, Word, Absent]


@pytest.mark.parametrize("odd", [None, 7, {}, {"attributes": None}, {"attributes": {"doi": None}}])
def test_beside_a_row_that_names_nothing_nothing_is_missing(odd: Any) -> None:
    dois = ["10.48550/arxiv.2311.00001", "10.48550/arxiv.2311.00002"]
    rows = [{"attributes": {"doi": dois[0]}}, odd]
    assert list(DataCite().read(dois, answer({"data": rows}))) == dois[:1]


@given(st.dictionaries(st.sampled_from(["container-title", "issued", "resource", "relation"]), odd_values))
def test_an_odd_value_of_crossref_costs_that_value(odd: dict[str, Any]) -> None:
    notices = [{"type": "correction"}, None, {"type": "retraction", "DOI": None}]
    authors = [{"given": "A.", "family": None}, {"family": "Lovelace"}]
    work = {"DOI": "10.1145/1", "title": ["A study", None], "author": authors, "updated-by": notices, **odd}
    said = Crossref().read(["10.1145/1"], answer({"message": {"items": [work]}}))["10.1145/1"]
    assert isinstance(said, Word)
    assert (said.record.title, said.record.authors) == ("A study", ("Lovelace",))
    assert said.record.notice == ("retraction", "https://doi.org/10.1145/1", "")


@pytest.mark.parametrize(
    ("title", "is_retracted"),
    [
        ("RETRACTED: A study of looms", True),
        ("RETRACTED ARTICLE: A study of looms", True),
        ("[Retracted] A study of looms", True),
        ("Retracted: A study of looms", True),
        ("Retracted papers and who cites them", False),
        ("RETRACTED papers and who cites them", False),
        ("A study of RETRACTED: articles", False),
    ],
)
def test_a_title_says_that_the_paper_was_retracted(title: str, is_retracted: bool) -> None:
    work = {"DOI": "10.1145/1", "title": [title]}
    said = Crossref().read(["10.1145/1"], answer({"message": {"items": [work]}}))["10.1145/1"]
    assert isinstance(said, Word)
    assert (said.record.notice is not None) == is_retracted


@pytest.mark.parametrize("odd", ODD_VALUES)
def test_an_odd_submission_costs_itself(odd: Any) -> None:
    names = ["Submission1", "Submission2", "Submission3"]
    notes = [{"id": names[0], "content": odd, "pdate": odd}, {"id": names[1], "content": {"title": {"value": "T"}}}]
    said = OpenReview().read(names, answer({"notes": notes}))
    assert [type(said[name]) for name in names] == [Word, Word, Absent]
    assert list(OpenReview().read(names, answer({"notes": [odd, notes[1]]}))) == [names[1]]


@pytest.mark.parametrize("odd", ODD_VALUES)
def test_an_odd_paper_of_semantic_scholar_costs_itself(odd: Any) -> None:
    rows = [{"title": "A", "externalIds": {"DOI": odd}, "authors": odd, "year": odd}, {"title": "B"}, {"error": "x"}]
    said = SemanticScholar().read(["CorpusId:1", "CorpusId:2", "CorpusId:3"], answer(rows))
    assert [type(one) for one in said.values()] == [Word, Word]


# doi.org --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", [{3, 4, 5}, {0, 1, 2, 3, 4, 5, 6}, {17, 18, 19}])
def test_an_error_about_one_doi_is_no_fault_of_the_others(broken: set[int]) -> None:
    urls = [f"https://doi.org/10.9999/x{number:02}" for number in range(20)]

    def handles(url: httpx.URL, _body: str) -> Told:
        doi = unquote(url.path.removeprefix("/api/handles/"))
        is_broken = int(doi[-2:]) in broken
        return Told(500 if is_broken else 404, {"responseCode": 2 if is_broken else 100, "handle": doi})

    nothing: Host = lambda _url, _body: Told(200, {"message": {"items": []}})  # noqa: E731 - a host in one line
    web = Web({"doi.org": handles, "api.crossref.org": nothing})
    found = web.outcomes(urls)
    dead = {f"https://doi.org/10.9999/x{number:02}" for number in set(range(20)) - broken}
    assert {url for url, outcome in found.items() if outcome == Outcome.GONE} == dead
