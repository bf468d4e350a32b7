"""The impostors say what the registries' documentation says; asked by a plain client, without listbot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from tests.links.registries import impostor
from tests.links.registries.arxiv import Preprint
from tests.links.registries.catalogues import Model, Paper
from tests.links.registries.dois import Publication
from tests.links.registries.github import TOKEN, Repo, exhausted, protected, too_slow
from tests.links.registries.impostor import Impostor
from tests.links.registries.openreview import Submission, challenge
from tests.links.registries.population import populate
from tests.links.registries.town import Town
from tests.links.zoo import Zoo, open_zoo

ATOM = "{http://www.w3.org/2005/Atom}"


class Said(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def json(self) -> object:
        return json.loads(self.body)


class Client:
    """Asks an impostor by its host."""

    def __init__(self, zoo: Zoo, town: Town) -> None:
        self._zoo, self.town = zoo, town

    def get(self, registry: Impostor, path: str, **query: str) -> Said:
        return self.ask(registry, "GET", path + ("?" + urlencode(query) if query else ""))

    def ask(self, registry: Impostor, method: str, target: str, body: str | None = None, **headers: str) -> Said:
        connection = HTTPConnection("127.0.0.1", self._zoo.port, timeout=10)
        try:
            given = {"Host": f"{registry.host}:{self._zoo.port}", "User-Agent": "test", **headers}
            connection.request(method, target, body, given)
            answer = connection.getresponse()
            return Said(answer.status, dict(answer.getheaders()), answer.read().decode())
        finally:
            connection.close()

    def graphql(self, document: str, token: str | None = TOKEN) -> Said:
        headers = {"Authorization": f"bearer {token}"} if token is not None else {}
        return self.ask(self.town.github, "POST", "/graphql", json.dumps({"query": document}), **headers)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    town = Town()
    with open_zoo(tmp_path) as zoo:
        town.open_in(zoo)
        yield Client(zoo, town)


def entries(said: Said) -> list[tuple[str, str]]:
    feed = ElementTree.fromstring(said.body)  # noqa: S314 - ours
    found = [
        (entry.findtext(f"{ATOM}id", ""), entry.findtext(f"{ATOM}title", "")) for entry in feed.iter(f"{ATOM}entry")
    ]
    return sorted((name, " ".join(title.split())) for name, title in found)


def test_arxiv_answers_with_what_it_has_in_the_version_that_was_asked_for(client: Client) -> None:
    arxiv = client.town.arxiv
    arxiv.rows = {"2311.03687": Preprint(("An early title", "A late title")), "math/0309136": Preprint(("Old",))}
    said = client.get(arxiv, "/api/query", id_list="2311.03687,2311.03687v1,math/0309136,2311.99999", max_results="4")
    assert entries(said) == [
        ("http://arxiv.org/abs/2311.03687v1", "An early title"),
        ("http://arxiv.org/abs/2311.03687v2", "A late title"),
        ("http://arxiv.org/abs/math/0309136v1", "Old"),
    ]
    assert "totalResults xmlns" in said.body
    assert ">4</opensearch:totalResults>" in said.body


def test_arxiv_gives_ten_where_nobody_says_how_many(client: Client) -> None:
    arxiv = client.town.arxiv
    arxiv.rows = {f"2311.{number:05}": Preprint((f"Paper {number}",)) for number in range(1, 31)}
    assert len(entries(client.get(arxiv, "/api/query", id_list=",".join(arxiv.rows)))) == 10


@pytest.mark.parametrize("wrong", ["1234.12345", "1412.12345", "1501.1234", "2311.00000", "0309136", "2313.00001"])
def test_one_wrong_id_spoils_the_batch(client: Client, wrong: str) -> None:
    client.town.arxiv.rows = {"2311.03687": Preprint(("A title",))}
    said = client.get(client.town.arxiv, "/api/query", id_list=f"2311.03687,{wrong}", max_results="2")
    assert said.status == 400
    assert entries(said) == [(f"http://arxiv.org/api/errors#incorrect_id_format_for_{wrong}", "Error")]


def test_a_withdrawn_paper_has_a_page_and_no_pdf_but_that_of_its_first_version(client: Client) -> None:
    client.town.arxiv.rows = {"2311.03687": Preprint(("A", "A"), withdrawn=True)}
    pages = client.town.arxiv_pages
    paths = ["/abs/2311.03687", "/pdf/2311.03687", "/pdf/2311.03687v1", "/abs/2311.03688"]
    assert [client.ask(pages, "HEAD", path).status for path in paths] == [200, 404, 200, 404]


def test_crossref_selects_and_says_what_it_does_not_have_by_leaving_it_out(client: Client) -> None:
    crossref = client.town.crossref
    crossref.rows = {"10.1145/Abc": Publication("A title", notices=(("retraction", "10.1145/2"),))}
    said = client.get(
        crossref, "/works", filter="doi:10.1145/abc,doi:10.1145/none", rows="2", select="DOI,title,updated-by"
    )
    notice = {"DOI": "10.1145/2", "type": "retraction", "label": "Retraction", "source": "retraction-watch"}
    assert said.json["message"]["items"] == [{"DOI": "10.1145/Abc", "title": ["A title"], "updated-by": [notice]}]  # type: ignore[index] - what the answer is


@pytest.mark.parametrize(
    "query",
    [
        {"filter": "doi:10.1145/abc", "select": "DOI,nonsense"},
        {"filter": "doi:10.1145/abc", "rows": "1001"},
        {"filter": "doi:abc"},
        {"filter": "doi:10.1145/a,b"},
    ],
)
def test_crossref_refuses_what_is_no_query(client: Client, query: dict[str, str]) -> None:
    assert client.get(client.town.crossref, "/works", **query).status == 400


def test_crossref_searches_within_a_prefix(client: Client) -> None:
    crossref = client.town.crossref
    address = "https://ieeexplore.ieee.org/document/8549558/"
    crossref.rows = {
        "10.1109/CloudNet.2018.8549558": Publication("Cold starts of functions", address=address),
        "10.1145/1": Publication("Cold starts of functions"),
    }
    query = {"query.bibliographic": "Cold starts of functions", "filter": "prefix:10.1109", "rows": "3"}
    rows = client.get(crossref, "/works", **query).json["message"]["items"]  # type: ignore[index] - what the answer is
    assert [(row["DOI"], row["resource"]["primary"]["URL"]) for row in rows] == [
        ("10.1109/CloudNet.2018.8549558", address)
    ]


def test_handles_know_every_agencys_dois(client: Client) -> None:
    handles = client.town.handles
    handles.rows = {"10.1145/Abc": "https://dl.acm.org/doi/10.1145/Abc", "10.1145/bare": ""}
    told = [
        client.get(handles, f"/api/handles/{doi}", type="URL") for doi in ("10.1145/abc", "10.1145/bare", "10.1145/no")
    ]
    assert [(said.status, said.json["responseCode"]) for said in told] == [(200, 1), (200, 200), (404, 100)]  # type: ignore[index] - what the answer is


def test_datacite_knows_arxivs_dois(client: Client) -> None:
    datacite = client.town.datacite
    datacite.rows = {"10.48550/arXiv.2311.03687": Publication("A title")}
    assert client.get(datacite, "/dois/10.48550/arxiv.2311.03687").status == 200
    assert client.get(datacite, "/dois/10.48550/arxiv.2311.99999").status == 404


def test_github_answers_what_it_has_beside_what_it_has_not(client: Client) -> None:
    client.town.github.rows = {"old/name": Repo("New/Name"), "a/secret": Repo("a/secret", private=True)}
    said = client.graphql(
        'query { rateLimit{cost} r0: repository(owner:"Old", name:"name"){...F} r1: repository(owner:"a",name:"secret")'
        '{...F} r2: repository(owner:"a",name:"none"){...F} } fragment F on Repository { nameWithOwner isArchived }'
    )
    assert said.status == 200
    body = said.json
    assert isinstance(body, dict)
    assert body["data"]["r0"] == {"nameWithOwner": "New/Name", "isArchived": False}
    assert (body["data"]["r1"], body["data"]["r2"]) == (None, None)
    assert sorted((error["type"], error["path"][0]) for error in body["errors"]) == [
        ("NOT_FOUND", "r1"),
        ("NOT_FOUND", "r2"),
    ]


@pytest.mark.parametrize("token", [None, "another"])
def test_github_wants_a_token(client: Client, token: str | None) -> None:
    assert client.graphql('query { r0: repository(owner:"a",name:"b"){url} }', token).status == 401


def test_githubs_faults_are_its_own(client: Client) -> None:
    client.town.github.rows = {"a/b": Repo("a/b")}
    client.town.github.then(exhausted, too_slow, protected("r0"), None)
    document = 'query { r0: repository(owner:"a",name:"b"){url} }'
    told = [client.graphql(document) for _ in range(4)]
    assert [said.status for said in told] == [200, 502, 200, 200]
    bodies = [said.json for said in told]
    assert bodies[0]["errors"][0]["type"] == "RATE_LIMITED"  # type: ignore[index] - what the answer is
    assert bodies[2]["errors"][0]["type"] == "FORBIDDEN"  # type: ignore[index] - what the answer is
    assert bodies[3]["data"]["r0"] == {"url": "https://github.com/a/b"}  # type: ignore[index] - what the answer is


def test_openreview_wraps_values_since_2023(client: Client) -> None:
    new, old = client.town.openreview, client.town.openreview_v1
    new.rows = {"New1": Submission("A new paper", "ICLR 2025 Withdrawn Submission")}
    old.rows = {"Old1": Submission("An old paper", "ICLR 2020")}
    notes = client.get(new, "/notes", ids="New1,Old1").json["notes"]  # type: ignore[index] - what the answer is
    assert [(note["id"], note["content"]["title"]["value"]) for note in notes] == [("New1", "A new paper")]
    notes = client.get(old, "/notes", ids="New1,Old1").json["notes"]  # type: ignore[index] - what the answer is
    assert [(note["id"], note["content"]["title"]) for note in notes] == [("Old1", "An old paper")]
    new.then(challenge)
    assert client.get(new, "/notes", ids="New1").status == 403


def test_semantic_scholar_keeps_the_order_and_has_null_for_what_it_does_not_know(client: Client) -> None:
    catalogue = client.town.semantic_scholar
    catalogue.rows = {"ARXIV:2311.03687": Paper("A title", external={"DOI": "10.1145/1"})}
    target = "/graph/v1/paper/batch?fields=title,externalIds"
    said = client.ask(catalogue, "POST", target, json.dumps({"ids": ["DOI:10.1/none", "ARXIV:2311.03687"]}))
    assert said.json == [
        None,
        {"paperId": "0" * 40, "title": "A title", "externalIds": {"CorpusId": 1, "DOI": "10.1145/1"}},
    ]
    assert client.ask(catalogue, "POST", target, json.dumps({"ids": ["DOI:10.1/none"]})).status == 400


def test_hugging_face_hides_and_redirects(client: Client) -> None:
    hub = client.town.hugging_face
    hub.rows = {"models/old/m": Model("new/m"), "models/new/m": Model("new/m", gated=True)}
    told = [client.get(hub, f"/api/models/{name}") for name in ("old/m", "new/m", "no/m")]
    assert [said.status for said in told] == [307, 200, 401]
    assert told[0].headers["location"] == "/api/models/new/m"
    assert told[2].headers["x-error-code"] == "RepoNotFound"


def test_youtube_tells_by_oembed(client: Client) -> None:
    youtube = client.town.youtube
    youtube.rows = {"abcdefghijk": "A talk", "hidden00000": 401}
    address = "https://www.youtube.com/watch?v="
    told = [
        client.get(youtube, "/oembed", url=address + name, format="json")
        for name in ("abcdefghijk", "hidden00000", "gone0000000")
    ]
    assert [said.status for said in told] == [200, 401, 404]
    assert client.get(youtube, "/watch", v="gone0000000").status == 200


def test_a_venue_lists_its_papers(client: Client) -> None:
    usenix = client.town.usenix
    path = "/conference/osdi24/presentation/lovelace"
    usenix.papers = {"/conference/osdi24/technical-sessions": {path: "Engines & looms"}}
    said = client.get(usenix, "/conference/osdi24/technical-sessions")
    assert f'<a href="{path}">Engines &amp; looms</a>' in said.body
    assert client.get(usenix, path).status == 200
    assert client.get(usenix, path + "x").status == 404


def test_misdeeds_are_written_down(client: Client) -> None:
    crossref = client.town.crossref
    crossref.rows = {"10.1/a": Publication("A")}
    client.get(crossref, "/works", filter=",".join(f"doi:10.1/{number}" for number in range(51)), rows="51")
    client.get(crossref, "/works", filter="doi:10.1/a,doi:10.1/a")
    client.ask(crossref, "GET", "/works?filter=doi:10.1/a", Authorization="bearer secret")
    assert client.town.misdeeds == [
        "crossref: 51 ids in one request, and 50 are allowed",
        "crossref: 10.1/a twice in one request",
        "crossref: a key was shown to api.crossref.org",
    ]
    assert crossref.batches == [51, 2, 1]
    assert client.town.requests == {"api.crossref.org": 3}


def test_who_comes_back_too_soon_is_seen() -> None:
    arxiv = Town(hasty=False).arxiv
    for at in (0.0, 3.0, 5.0):
        arxiv.virtual_answer("GET", "/api/query?id_list=2311.03687", {}, "", at)
    assert arxiv.misdeeds == ["arxiv: 2.00 s after another request"]


def test_faults_come_when_they_are_ordered(client: Client) -> None:
    crossref = client.town.crossref
    crossref.then(impostor.limited("7"), impostor.broken(), impostor.cut, impostor.garbage, impostor.page_instead)
    told = [client.get(crossref, "/works", filter="doi:10.1000/a") for _ in range(6)]
    assert [said.status for said in told] == [429, 502, 200, 200, 200, 200]
    assert told[0].headers["retry-after"] == "7"
    assert told[5].json["status"] == "ok"  # type: ignore[index] - what the answer is
    for said in told[2:3]:
        with pytest.raises(ValueError, match="line 1"):
            _ = said.json


def test_a_town_can_know_all_that_a_list_links_to() -> None:
    town = Town()
    urls = {
        "https://arxiv.org/pdf/2311.03687v2": "Preprint",
        "https://onlinelibrary.wiley.com/doi/10.1002/x": "Article",
        "https://ieeexplore.ieee.org/document/8549558": "Conference paper",
        "https://github.com/A/B/tree/main/x": "Code",
        "https://huggingface.co/datasets/a/b": "Data",
        "https://openreview.net/pdf?id=rJl-b3RcF7": "Submission",
        "https://www.usenix.org/system/files/osdi24-lovelace.pdf": "Systems paper",
        "https://openaccess.thecvf.com/content_CVPR_2019/papers/X_CVPR_2019_paper.pdf": "Vision paper",
        "https://mlsys.org/virtual/2024/poster/2620": "Poster",
        "https://neurips.cc/virtual/2024/poster/93": "Known to nobody",
    }
    populate(town, urls.items())
    assert town.arxiv.rows["2311.03687"].titles == ("Preprint", "Preprint")
    assert sorted(town.crossref.rows) == ["10.1002/x", "10.1109/example.2024.8549558"]
    assert town.github.rows["a/b"].name == "A/B"
    assert list(town.hugging_face.rows) == ["datasets/a/b"]
    assert list(town.openreview.rows) == ["rJl-b3RcF7"]
    assert town.usenix.papers == {
        "/conference/osdi24/technical-sessions": {"/conference/osdi24/presentation/lovelace": "Systems paper"}
    }
    assert list(town.cvf.papers) == ["/CVPR2019?day=all"]
    assert town.mlsys_virtual.papers == {"/virtual/2024/papers.html": {"/virtual/2024/poster/2620": "Poster"}}
