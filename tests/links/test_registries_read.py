"""What each registry asks, and what it makes of documented and of hostile answers. Pure; nobody is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.links.registries import (
    Absent,
    Empty,
    Garbled,
    Link,
    Refused,
    Registry,
    Settings,
    Spoiled,
    Word,
    feeds,
    text_of,
)
from listbot.links.registries.arxiv import Arxiv, ArxivPages
from listbot.links.registries.crossref import Crossref, CrossrefTitles
from listbot.links.registries.datacite import DataCite, query_for
from listbot.links.registries.dois import doi_of
from listbot.links.registries.handles import Handles
from listbot.links.registries.roster import registries
from listbot.links.transport import Answer
from listbot.liveness import Notice, Publication, Reason, Record

TITLE = "A title that is long enough"


def answer(body: object, status: int = 200) -> Answer:
    return Answer(status, {}, body if isinstance(body, str) else json.dumps(body), (), whole=True)


# Which links are whose ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "paper"),
    [
        ("https://arxiv.org/abs/2311.03687v2", "2311.03687"),
        ("http://www.arxiv.org/pdf/2311.03687.pdf", "2311.03687"),
        ("https://export.arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("https://doi.org/10.48550/arXiv.2311.03687", "2311.03687"),
        ("https://www.alphaxiv.org/abs/2311.03687", None),
        ("https://huggingface.co/papers/2311.03687", None),
        ("https://web.archive.org/web/2024/https://arxiv.org/abs/2311.03687", None),
        ("https://arxiv.org/abs/2313.03687", None),
        ("https://arxiv.org/list/cs.DC/recent", None),
        ("https://arxiv.org.example.com/abs/2311.03687", None),
        ("https://arxiv.org@example.com/abs/2311.03687", None),
    ],
)
def test_papers_of_arxiv(url: str, paper: str | None) -> None:
    assert Arxiv().identifier(Link(url)) == ArxivPages().identifier(Link(url)) == paper


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://dl.acm.org/doi/10.1145/3600006.3613165", "10.1145/3600006.3613165"),
        ("https://dl.acm.org/doi/pdf/10.1145/3600006.3613165", "10.1145/3600006.3613165"),
        ("https://doi.org/10.1016/S0140-6736(13)62228-X", "10.1016/s0140-6736(13)62228-x"),
        ("https://doi.org/10.18653/v1/P18-1001", "10.18653/v1/p18-1001"),
        ("https://doi.org/10.5281/zenodo.123456", "10.5281/zenodo.123456"),
        ("https://aclanthology.org/P18-1001/", None),
        ("https://zenodo.org/records/123456", None),
        ("https://dl.acm.org/doi/10.5555/3295222.3295349", None),
        ("https://doi.org/10.5555/3295222.3295349", None),
        ("https://arxiv.org/abs/2311.03687", "10.48550/arxiv.2311.03687"),
        ("https://dx.doi.org/10.1145/1", "10.1145/1"),
        ("https://doi.acm.org/10.1145/1", None),
        ("https://example.com/10.1145/1", None),
    ],
)
def test_dois_of_links(url: str, doi: str | None) -> None:
    assert doi_of(url) == Handles().identifier(Link(url)) == doi


def test_crossref_is_not_asked_for_what_its_filters_cannot_say() -> None:
    assert Crossref().identifier(Link("https://doi.org/10.1000/a,b")) is None
    assert Handles().identifier(Link("https://doi.org/10.1000/a,b")) == "10.1000/a,b"
    assert Crossref().identifier(Link("https://arxiv.org/abs/2311.03687")) is None


def test_papers_of_ieee_are_asked_for_where_the_list_has_a_title() -> None:
    url = "https://ieeexplore.ieee.org/document/8549558"
    assert (
        CrossrefTitles().identifier(Link(url, "Cold *starts*: a (long) story?")) == "8549558 Cold starts a long story"
    )
    assert CrossrefTitles().identifier(Link(url)) is None
    assert CrossrefTitles().identifier(Link(url, "Cloud")) is None


# What is asked --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("registry", "ids", "url"),
    [
        (
            Arxiv(),
            ["2311.03687", "math/0309136"],
            "https://export.arxiv.org/api/query?id_list=2311.03687,math/0309136,2311.03687v1,math/0309136v1"
            "&max_results=4",
        ),
        (ArxivPages(), ["2311.03687"], "https://arxiv.org/pdf/2311.03687"),
        (
            Crossref(Settings(mail="me@example.com")),
            ["10.1145/1", "10.1002/(sici)1<2"],
            "https://api.crossref.org/works?filter=doi:10.1145/1,doi:10.1002/%28sici%291%3C2&rows=2&select="
            "DOI,title,type,resource,updated-by,relation,author,issued,container-title&mailto=me%40example.com",
        ),
        (
            CrossrefTitles(),
            ["8549558 Cold starts"],
            "https://api.crossref.org/works?query.bibliographic=Cold%20starts&filter=prefix:10.1109&rows=3&select="
            "DOI,title,type,resource,updated-by,relation,author,issued,container-title",
        ),
        (
            DataCite(),
            ["10.48550/arxiv.2311.03687"],
            "https://api.datacite.org/dois/10.48550/arxiv.2311.03687",
        ),
        (
            DataCite(),
            ["10.48550/arxiv.2311.03687", "10.1/a"],
            "https://api.datacite.org/dois?query=id%3A%28%2210.48550%2Farxiv.2311.03687%22%20OR%20%2210.1%2Fa%22%29"
            "&page%5Bsize%5D=2",
        ),
        (Handles(), ["10.1002/a<b#c"], "https://doi.org/api/handles/10.1002/a%3Cb%23c?type=URL"),
    ],
)
def test_requests(registry: Registry, ids: list[str], url: str) -> None:
    request = registry.request(ids)
    assert (request.url, request.body) == (url, b"")
    assert "authorization" not in {name.lower() for name in request.headers}


def test_the_address_of_a_registry_can_be_set() -> None:
    settings = Settings({"crossref": "http://127.0.0.1:8000/"})
    for registry in (Crossref(settings), CrossrefTitles(settings)):
        assert registry.request(["1 x"]).url.startswith("http://127.0.0.1:8000/works?")
    assert Handles(settings).base == "https://doi.org"
    settings = Settings({"crossref": "http://127.0.0.1:8000", "crossref-titles": "http://127.0.0.1:9000"})
    assert CrossrefTitles(settings).request(["1 x"]).url.startswith("http://127.0.0.1:9000/works?")
    assert Crossref(settings).base == "http://127.0.0.1:8000"
    assert Crossref(Settings({"crossref-titles": "http://127.0.0.1:9000"})).base == "https://api.crossref.org"


@pytest.mark.parametrize(
    ("base", "is_shown"),
    [
        (None, True),
        ("https://api.semanticscholar.org/", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://api.semanticscholar.org", False),
        ("https://api.semanticscholar.org.example.com", False),
        ("https://mirror.example", False),
        ("http://localhost.example", False),
    ],
)
def test_a_key_goes_to_its_registry_or_stays_on_this_machine(base: str | None, is_shown: bool) -> None:
    bases = {"semantic-scholar": base} if base is not None else {}
    for registry in registries(Settings(bases, tokens={"semantic-scholar": "a-key-of-nobody"})):
        ids = ["a/b"] if registry.name == "github" else ["1 x"]
        headers = registry.request(ids).headers if registry.name in _ASKED else {}
        expected = is_shown and registry.name == "semantic-scholar"
        assert ("a-key-of-nobody" in headers.values()) == expected


_ASKED = ("arxiv", "crossref", "crossref-titles", "datacite", "doi", "github", "openreview", "semantic-scholar")


def test_several_dois_of_datacite_are_one_query() -> None:
    assert query_for(["10.1/a", "10.1/b"]) == 'id:("10.1/a" OR "10.1/b")'


# What is read: arXiv --------------------------------------------------------------------------------------------------

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">{}</feed>'


def entry(name: str, title: str, more: str = "") -> str:
    published = "<published>2023-11-07T03:25:56Z</published><author><name>Ada  Lovelace</name></author>"
    return f"<entry><id>http://arxiv.org/abs/{name}</id><title>{title}</title>{published}{more}</entry>"


def test_arxiv_tells_the_latest_version_and_the_first_title() -> None:
    feed = ATOM.format(
        entry("2311.03687v1", "An early title")
        + entry("2311.03687v3", "A late\n  title", "<arxiv:doi>10.1145/1</arxiv:doi>")
        + entry("hep-th/9901001v1", "Old")
    )
    said = Arxiv().read(["2311.03687", "hep-th/9901001", "2311.00001"], answer(feed))
    there = {"published": "https://doi.org/10.1145/1", "publication": Publication("arxiv")}
    record = Record("A late title", "An early title", ("Lovelace",), 2023, **there)
    assert said == {
        "2311.03687": Word(record=record, latest=3),
        "hep-th/9901001": Word(record=Record("Old", authors=("Lovelace",), year=2023), latest=1),
        "2311.00001": Absent(),
    }


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://arxiv.org/abs/2311.03687", Reason.REGISTRY_PRESENT),
        ("https://arxiv.org/abs/2311.03687v2", Reason.REGISTRY_PRESENT),
        ("https://arxiv.org/abs/2311.03687v3", Reason.REGISTRY_SILENT),
        ("https://arxiv.org/pdf/2311.03687v99.pdf", Reason.REGISTRY_SILENT),
        ("https://doi.org/10.48550/arXiv.2311.03687v3", Reason.REGISTRY_SILENT),
        ("https://arxiv.org/html/2311.03687", Reason.REGISTRY_WORK),
        ("https://arxiv.org/html/2311.03687v2", Reason.REGISTRY_WORK),
        ("https://arxiv.org/html/2311.03687v3", Reason.REGISTRY_SILENT),
        ("https://arxiv.org/e-print/2311.03687", Reason.REGISTRY_WORK),
    ],
)
def test_a_version_that_arxiv_does_not_have_yet_is_not_alive(url: str, reason: Reason) -> None:
    feed = ATOM.format(entry("2311.03687v1", "A") + entry("2311.03687v2", "B"))
    said = Arxiv().read(["2311.03687"], answer(feed))["2311.03687"]
    assert isinstance(said, Word)
    word = Arxiv().judged(Link(url), said)
    assert word is not None
    assert word.reason == reason


@pytest.mark.parametrize(
    ("today", "paper", "said"),
    [
        ("2026-11-25T00:00:00-05:00", "2611.20000", {}),
        ("2026-11-25T00:00:00-05:00", "2612.00001", {}),
        ("2026-11-03T00:00:00-05:00", "2610.20000", {}),
        ("2026-01-02T00:00:00-05:00", "2512.20000", {}),
        ("2026-11-25T00:00:00-05:00", "2610.20000", {"2610.20000": Absent()}),
        ("2026-11-25T00:00:00-05:00", "0711.2000", {"0711.2000": Absent()}),
        ("2026-11-25T00:00:00-05:00", "math/0309136", {"math/0309136": Absent()}),
        ("", "2611.20000", {"2611.20000": Absent()}),
    ],
)
def test_arxiv_need_not_know_the_papers_of_the_last_days(today: str, paper: str, said: dict[str, Absent]) -> None:
    feed = ATOM.format(f"<updated>{today}</updated>{entry('2311.03687v1', 'A')}")
    told = dict(Arxiv().read(["2311.03687", paper], answer(feed)))
    assert isinstance(told.pop("2311.03687"), Word)
    assert told == said


def test_an_empty_feed_about_several_papers_is_asked_for_again() -> None:
    with pytest.raises(Empty) as empty:
        Arxiv().read(["2311.03687", "2311.00001"], answer(ATOM.format("")))
    assert empty.value.said == dict.fromkeys(["2311.03687", "2311.00001"], Absent())
    assert Arxiv().read(["2311.03687"], answer(ATOM.format(""))) == {"2311.03687": Absent()}


@pytest.mark.parametrize(
    "odd", ["<entry><title>Nobody</title></entry>", "<entry><id>http://elsewhere.example/abs/2311.1v1</id></entry>"]
)
def test_an_entry_without_a_name_costs_what_is_missing(odd: str) -> None:
    """For it may be that which is missing."""
    feed = ATOM.format(entry("2311.03687v1", "A") + odd)
    assert list(Arxiv().read(["2311.03687", "2311.00001"], answer(feed))) == ["2311.03687"]
    with pytest.raises(Garbled):
        Arxiv().read(["2311.00001"], answer(ATOM.format(odd)))


def test_arxiv_names_the_successor_of_what_was_withdrawn() -> None:
    comment = "This paper has been withdrawn. Superseded by arXiv:2402.00001"
    feed = ATOM.format(entry("2311.03687v2", "T", f"<arxiv:comment>{comment}</arxiv:comment>"))
    word = Arxiv().read(["2311.03687"], answer(feed))["2311.03687"]
    assert isinstance(word, Word)
    assert word.reason == Reason.REGISTRY_WITHDRAWN
    assert word.record.notice == Notice("withdrawal", "https://arxiv.org/abs/2311.03687", comment)
    assert word.record.successor == "https://arxiv.org/abs/2402.00001"


@pytest.mark.parametrize(
    ("text", "status", "error"),
    [
        ("", 400, Spoiled),
        (
            ATOM.format("<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title></entry>"),
            200,
            Spoiled,
        ),
        ("", 200, Garbled),
        ("<html><title>Wait</title></html>", 200, Garbled),
        (ATOM.format(""), 404, Garbled),
        (ATOM.format(entry("2311.99999v1", "Another")), 200, Garbled),
        (ATOM.format("<entry><id>http://elsewhere.example/abs/2311.03687v1</id></entry>"), 200, Garbled),
        ('<!DOCTYPE feed [<!ENTITY a "aaaa">]>' + ATOM.format("&a;"), 200, Garbled),
        ("<?xml version='1.0'?><!doctype x SYSTEM 'file:///etc/passwd'><feed/>", 200, Garbled),
    ],
)
def test_answers_of_arxiv_that_are_none(text: str, status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        Arxiv().read(["2311.03687", "2311.00001"], answer(text, status))


@pytest.mark.parametrize(
    ("status", "reason"), [(404, Reason.REGISTRY_WITHDRAWN), (200, Reason.REGISTRY_PRESENT), (301, None)]
)
def test_the_pdf_of_a_withdrawn_paper(status: int, reason: Reason | None) -> None:
    said = ArxivPages().read(["2311.03687"], answer("", status))
    assert said == ({} if reason is None else {"2311.03687": Word(reason)})


# What is read: DOIs ---------------------------------------------------------------------------------------------------


def works(*rows: Any) -> Answer:
    return answer({"status": "ok", "message": {"items": list(rows)}})


def test_crossref_tells_retractions_and_published_versions() -> None:
    said = Crossref().read(
        ["10.1145/a", "10.1101/b", "10.1/none", "10.1/odd"],
        works(
            {
                "DOI": "10.1145/A",
                "title": ["A title"],
                "author": [{"family": "Lovelace"}, {"name": "A Group"}],
                "issued": {"date-parts": [[2024, 4]]},
                "container-title": ["Proceedings"],
                "resource": {"primary": {"URL": "https://dl.acm.org/doi/10.1145/A"}},
                "updated-by": [{"type": "correction", "DOI": "10.1/x"}, {"type": "retraction", "DOI": "10.1/y"}],
            },
            {
                "DOI": "10.1101/b",
                "title": [],
                "issued": {"date-parts": [[None]]},
                "author": None,
                "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.1038/z"}, 7]},
            },
            {"DOI": "10.1/odd", "title": 5},
        ),
    )
    assert said == {
        "10.1145/a": Word(
            final="https://dl.acm.org/doi/10.1145/A",
            record=Record(
                "A title", authors=("Lovelace", "A Group"), year=2024, venue="Proceedings",
                notice=Notice("retraction", "https://doi.org/10.1/y"),
            ),
        ),
        "10.1101/b": Word(record=Record(published="https://doi.org/10.1038/z", publication=Publication("crossref"))),
        "10.1/none": Absent(authoritative=False),
        "10.1/odd": Word(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("work", "found"),
    [
        ({"DOI": "10.1109/CloudNet.2018.8549558"}, True),
        ({"DOI": "10.1109/x", "resource": {"primary": {"URL": "https://ieeexplore.ieee.org/document/8549558/"}}}, True),
        (
            {"DOI": "10.1109/x", "resource": {"primary": {"URL": "https://ieeexplore.ieee.org/document/85495581/"}}},
            False,
        ),
        ({"DOI": "10.1109/CloudNet.2018.18549558"}, False),
        ({"DOI": "10.1109/x"}, False),
    ],
)
def test_a_paper_of_ieee_is_known_by_its_number(work: dict[str, Any], found: bool) -> None:
    said = CrossrefTitles().read(["8549558 Cold starts"], works({"DOI": "10.1109/other.1"}, work))
    assert bool(said) == found


def test_datacite_tells_who_wrote_what() -> None:
    attributes = {
        "doi": "10.48550/ARXIV.2311.03687",
        "titles": [{"title": "A title"}],
        "creators": [{"familyName": "Lovelace"}, {"name": "Turing, Alan"}],
        "publicationYear": 2023,
        "url": "https://arxiv.org/abs/2311.03687",
        "relatedIdentifiers": [
            {"relationType": "IsVersionOf", "relatedIdentifierType": "DOI", "relatedIdentifier": "10.1145/1"}
        ],
    }
    said = DataCite().read(
        ["10.48550/arxiv.2311.03687", "10.1/none"], answer({"data": [{"attributes": attributes}, 3]})
    )
    there = {"published": "https://doi.org/10.1145/1", "publication": Publication("datacite")}
    record = Record("A title", authors=("Lovelace", "Turing"), year=2023, **there)
    assert said == {"10.48550/arxiv.2311.03687": Word(final="https://arxiv.org/abs/2311.03687", record=record)}


@pytest.mark.parametrize(
    ("doi", "body", "status", "said"),
    [
        ("10.48550/arxiv.2311.00001", {"errors": [{"status": "404"}]}, 404, Absent(authoritative=False)),
        ("10.1145/1", {"errors": [{"status": "404"}]}, 404, None),
        ("10.48550/arxiv.2311.00001", {"data": {"attributes": {"doi": "10.48550/ARXIV.2311.00001"}}}, 200, Word()),
    ],
)
def test_datacite_is_asked_for_one_by_its_address(doi: str, body: Any, status: int, said: Word | Absent | None) -> None:
    assert DataCite().read([doi], answer(body, status)) == ({doi: said} if said is not None else {})


PAPER, OTHER, ARTICLE = "10.48550/arxiv.2311.03687", "10.48550/arxiv.2311.00001", "10.1145/1"
THIRD = "10.48550/arxiv.2311.00003"


@pytest.mark.parametrize(
    ("found", "absent"),
    [
        ((PAPER, THIRD), {OTHER}),
        ((PAPER,), set()),
        ((PAPER, OTHER), {THIRD}),
        ((), set()),
        ((ARTICLE,), set()),  # that it finds others' says nothing of arXiv's
        ((PAPER, THIRD, "10.48550/arxiv.2402.00001"), set()),  # not what was asked: who knows what it means
    ],
)
def test_datacite_misses_papers_of_arxiv_beside_those_that_are_there(found: tuple[str, ...], absent: set[str]) -> None:
    rows = [{"attributes": {"doi": doi}} for doi in found]
    said = DataCite().read([PAPER, OTHER, ARTICLE, THIRD], answer({"data": rows}))
    assert {doi for doi, one in said.items() if one == Absent(authoritative=False)} == absent
    assert said.keys() - absent == {PAPER, OTHER, ARTICLE, THIRD} & set(found)


@pytest.mark.parametrize(
    ("dates", "url", "reason"),
    [
        (["v1", "v9", "v10"], "https://arxiv.org/abs/2311.03687v10", Reason.REGISTRY_PRESENT),
        (["v1", "v9", "v10"], "https://arxiv.org/abs/2311.03687v11", Reason.REGISTRY_SILENT),
        (["v1", "v2"], "https://arxiv.org/html/2311.03687v2", Reason.REGISTRY_WORK),
        ([], "https://arxiv.org/abs/2311.03687", Reason.REGISTRY_PRESENT),
        ([], "https://arxiv.org/abs/2311.03687v1", Reason.REGISTRY_PRESENT),
        ([], "https://arxiv.org/abs/2311.03687v2", Reason.REGISTRY_SILENT),
        (["2023", None], "https://doi.org/10.48550/arXiv.2311.03687", Reason.REGISTRY_PRESENT),
    ],
)
def test_datacite_and_doi_org_know_papers_and_only_told_versions(
    dates: list[str | None], url: str, reason: Reason
) -> None:
    given = [{"dateType": "Submitted", "dateInformation": about} for about in dates] + [
        {"dateType": "Updated", "dateInformation": "v99"},
        {"dateType": "Issued"},
    ]
    told = DataCite().read([PAPER], answer({"data": [{"attributes": {"doi": PAPER, "dates": given}}]}))[PAPER]
    assert isinstance(told, Word)
    word = DataCite().judged(Link(url), told)
    assert word is not None
    assert word.reason == reason
    at_doi_org = Handles().judged(Link(url), Word(final="https://arxiv.org/abs/2311.03687"))
    assert at_doi_org is not None
    is_later = url.endswith(("v2", "v10", "v11"))
    assert (at_doi_org.reason == Reason.REGISTRY_SILENT) == is_later


@pytest.mark.parametrize(
    ("doi", "published"),
    [
        ("10.48550/arXiv.2311.03687", "https://doi.org/10.5281/zenodo.1"),
        ("10.5281/zenodo.2", ""),
        ("10.6084/m9.3.v2", ""),
    ],
)
def test_only_of_arxiv_a_version_is_a_preprint_of_what_was_published(doi: str, published: str) -> None:
    related = {"relationType": "IsVersionOf", "relatedIdentifierType": "DOI", "relatedIdentifier": "10.5281/zenodo.1"}
    row = {"attributes": {"doi": doi, "relatedIdentifiers": [related]}}
    assert DataCite().read([doi.lower()], answer({"data": [row]})) == {
        doi.lower(): Word(
            record=Record(published=published, publication=Publication("datacite") if published else None)
        )
    }


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (
            {"responseCode": 1, "values": [{"type": "URL", "data": {"value": "https://a.example/"}}]},
            200,
            "https://a.example/",
        ),
        ({"responseCode": 1, "values": [{"type": "HS_ADMIN", "data": {"value": {"index": 1}}}]}, 200, ""),
        ({"responseCode": 100}, 404, Absent()),
        ({"responseCode": 200, "values": []}, 200, None),
        ({"responseCode": 100}, 200, Garbled),
        ({"responseCode": 1}, 404, Garbled),
        ({"responseCode": 2}, 200, Garbled),
        ({"responseCode": 2}, 500, None),
        ({"responseCode": 100, "handle": None}, 404, Absent()),
        ({"responseCode": 100, "handle": "10.1145/b"}, 404, Garbled),
        ({"responseCode": 1, "values": [7, {"type": "URL"}, {"type": "URL", "data": {"value": "u"}}]}, 200, "u"),
        ({}, 404, Garbled),
        ("<html>", 404, Garbled),
    ],
)
def test_handles(body: Any, status: int, said: Any) -> None:
    told = answer({"handle": "10.1145/A", **body} if isinstance(body, dict) else body, status)
    if said is Garbled:
        with pytest.raises(Garbled):
            Handles().read(["10.1145/a"], told)
    else:
        expected = {} if said is None else {"10.1145/a": said if isinstance(said, Absent) else Word(final=said)}
        assert Handles().read(["10.1145/a"], told) == expected


# Whatever anybody sends -----------------------------------------------------------------------------------------------

WORDS = (
    "message items DOI title data attributes doi titles creators responseCode handle values type updated-by relation "
    "is-preprint-of resource primary URL author issued date-parts errors id notes content results"
).split()  # fmt: skip
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
bodies = st.text(max_size=60) | st.builds(json.dumps, json_values) | st.just("[" * 100_000) | st.just("<a>" * 5_000)


@given(bodies, st.sampled_from([200, 201, 202, 204, 301, 400, 401, 404, 410]), st.integers(0, 99))
def test_nothing_that_is_sent_is_more_than_an_answer_or_a_refusal_to_read_it(
    body: str, status: int, which: int
) -> None:
    everybody = registries(Settings(tokens={"github": "secret"}))
    registry = everybody[which % len(everybody)]
    ids = ["2311.03687"] if "arxiv" in registry.name else ["10.1145/1"]
    try:
        said = registry.read(ids, answer(body, status))
    except (Spoiled, Garbled, Empty, Refused):
        return
    assert set(said) <= set(ids)


@given(st.text())
def test_text_of_registries_is_one_short_line(text: str) -> None:
    told = text_of(text)
    assert len(told) <= 400
    assert told == told.strip()
    assert told.isprintable() or not told.isascii()
    assert not set(told) & set("\n\r\t\x00\x1b\u202e\u200b")


def test_documents_that_declare_entities_are_not_read() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(Garbled):
        feeds.root_of(bomb)
