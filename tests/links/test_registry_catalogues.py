"""OpenReview, Semantic Scholar, Hugging Face and YouTube as registries."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.links.registries import Absent, Garbled, Link, Refused, Registry, Spoiled, Word
from listbot.links.registries.hugging_face import HuggingFace
from listbot.links.registries.openreview import OpenReview, OpenReviewV1
from listbot.links.registries.semantic_scholar import SemanticScholar
from listbot.links.registries.youtube import YouTube
from listbot.links.transport import Answer
from tests.links.registries.asking import ask
from tests.links.registries.catalogues import Model, Paper
from tests.links.registries.impostor import cut, limited, page_instead
from tests.links.registries.openreview import Submission, challenge
from tests.links.registries.town import Town
from tests.links.zoo import Zoo

FORUM = "https://openreview.net/forum?id="
SHA = "https://www.semanticscholar.org/paper/" + "0123456789" * 4
HUB = "https://huggingface.co/"
WATCH = "https://www.youtube.com/watch?v="


@pytest.fixture
def town(zoo: Zoo) -> Town:
    town = Town()
    town.open_in(zoo)
    return town


# OpenReview -----------------------------------------------------------------------------------------------------------


def test_submissions_of_all_years(town: Town, zoo: Zoo) -> None:
    town.openreview.rows = {
        "NewPaper01": Submission("A new paper", "ICLR 2025 poster"),
        "Withdrawn1": Submission("Taken back", "ICLR 2025 Conference Withdrawn Submission"),
        "Waiting001": Submission("Under review", "Submitted to ICLR 2026"),
        "Rejected01": Submission("Turned down", "ICLR 2024 Conference Desk Rejected Submission"),
        "Rejected02": Submission("Turned down", "Submitted to ICLR 2024 (rejected)"),
    }
    town.openreview_v1.rows = {"OldPaper01": Submission("An old paper", "ICLR 2020 Poster")}
    names = [*town.openreview.rows, *town.openreview_v1.rows, "Nowhere001"]
    said = ask(town, zoo, [FORUM + name for name in names])
    assert {url.removeprefix(FORUM): one.shown for url, one in said.items()} == {
        "NewPaper01": "openreview: registry-present",
        "Withdrawn1": "openreview: registry-withdrawn",
        "Waiting001": "openreview: registry-present",
        "Rejected01": "openreview: registry-withdrawn",
        "Rejected02": "openreview: registry-present",
        "OldPaper01": "openreview-v1: registry-present",
        "Nowhere001": "openreview: registry-absent, openreview-v1: registry-absent",
    }
    record = said[FORUM + "NewPaper01"].record
    assert record[:5] == ("A new paper", "", ("Lovelace", "Turing"), 2025, "ICLR 2025 poster")
    assert said[FORUM + "Waiting001"].record.venue == ""
    notice = said[FORUM + "Withdrawn1"].record.notice
    assert notice == ("withdrawal", FORUM + "Withdrawn1", "ICLR 2025 Conference Withdrawn Submission")
    assert (town.openreview.batches, town.openreview_v1.batches) == ([7], [2])
    assert town.misdeeds == []


@pytest.mark.parametrize("registry", [OpenReview(), OpenReviewV1()])
def test_one_bad_id_spoils_a_batch_of_openreview_and_does_not_end_it(registry: OpenReview) -> None:
    with pytest.raises(Spoiled):
        registry.read(["NewPaper01", "Nowhere001"], Answer(400, {}, "{}", (), whole=True))


def test_a_challenge_is_no_death(town: Town, zoo: Zoo) -> None:
    town.openreview.always(challenge)
    names = [f"Paper{number:05}" for number in range(150)]
    said = ask(town, zoo, [FORUM + name for name in names])
    assert {one.shown for one in said.values()} == {"openreview: registry-silent"}
    assert len(town.openreview.calls) + len(town.openreview_v1.calls) == 1


def test_one_of_the_two_is_not_enough(town: Town, zoo: Zoo) -> None:
    town.openreview_v1.always(page_instead)
    said = ask(town, zoo, [FORUM + "Nowhere001"])
    assert said[FORUM + "Nowhere001"].shown == "openreview: registry-silent"


# Semantic Scholar -----------------------------------------------------------------------------------------------------


def test_its_own_ids_are_known_and_its_no_decides_nothing(town: Town, zoo: Zoo) -> None:
    town.semantic_scholar.rows = {
        "0123456789" * 4: Paper(
            "A paper", "Neural Information Processing Systems", 2024, external={"DOI": "10.5555/1.2"}
        )
    }
    said = ask(town, zoo, {SHA: "A paper", SHA.replace("0", "1"): ""})
    assert [one.shown for one in said.values()] == ["semantic-scholar: registry-present", " -> page"]
    record = said[SHA].record
    assert (record.title, record.year, record.venue) == ("A paper", 2024, "Neural Information Processing Systems")
    assert record.published == ""  # what has no registered DOI is at no address that we could name


def published(paper: Paper, title: str = "A title of a paper") -> tuple[str, str]:
    """Where a paper was published, for a link whose entry has a title."""
    registry = SemanticScholar()
    answer = json.dumps(
        [
            {
                "title": paper.title,
                "year": paper.year,
                "venue": paper.venue,
                "publicationVenue": {"name": paper.venue} if paper.venue else None,
                "externalIds": dict(paper.external),
                "authors": [],
            }
        ]
    )
    word = registry.read(["ARXIV:2311.03687"], Answer(200, {}, answer, ()))["ARXIV:2311.03687"]
    assert isinstance(word, Word)
    judged = registry.judged(Link("https://arxiv.org/abs/2311.03687", title), word)
    assert judged is not None
    return judged.record.published, judged.record.venue


@pytest.mark.parametrize(
    ("doi", "venue", "expected"),
    [
        ("10.1145/3669940.3707285", "ASPLOS", ("https://doi.org/10.1145/3669940.3707285", "ASPLOS")),
        ("10.48550/arXiv.2311.03687", "arXiv.org", ("", "")),
        ("10.2139/ssrn.123", "SSRN Electronic Journal", ("", "")),
        ("javascript:alert(1)", "ICML", ("", "ICML")),
        ("", "", ("", "")),
    ],
)
def test_where_a_preprint_was_published(doi: str, venue: str, expected: tuple[str, str]) -> None:
    assert published(Paper("A title of a paper", venue, external={"DOI": doi} if doi else {})) == expected


@pytest.mark.parametrize(
    ("key", "venue", "address"),
    [
        ("conf/osdi/ZhongLCHZL0024", "OSDI", "https://dblp.org/rec/conf/osdi/ZhongLCHZL0024"),
        ("journals/pvldb/AB24", "PVLDB", "https://dblp.org/rec/journals/pvldb/AB24"),
        ("journals/corr/abs-2401-09670", "OSDI", ""),
        ("conf/osdi/ZhongLCHZL0024", "arXiv.org", ""),
        ("conf/osdi/ZhongLCHZL0024", "", ""),
        ("conf/../../x?y", "OSDI", ""),
        ("homepages/1/2", "OSDI", ""),
    ],
)
def test_a_conference_without_dois_is_at_dblp(key: str, venue: str, address: str) -> None:
    """USENIX, NeurIPS, ICLR and MLSys register none."""
    assert published(Paper("A title of a paper", venue, external={"DBLP": key}))[0] == address


def test_two_papers_that_were_taken_for_one_are_told_apart_by_the_lists_title() -> None:
    paper = Paper("Paging the cache of large models", "ASPLOS", external={"DOI": "10.1145/1.2"})
    assert published(paper, "Paging the cache of large models") == ("https://doi.org/10.1145/1.2", "ASPLOS")
    assert published(paper, "Speculation without a second draft model") == ("", "")
    assert published(paper, "") == ("https://doi.org/10.1145/1.2", "ASPLOS")  # the id is the identity


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://arxiv.org/pdf/2311.03687v2", "ARXIV:2311.03687"),
        ("https://dl.acm.org/doi/10.1145/3669940.3707285", "DOI:10.1145/3669940.3707285"),
        ("https://aclanthology.org/P18-1001/", "ACL:P18-1001"),
        ("https://api.semanticscholar.org/CorpusID:1234", "CorpusId:1234"),
        (SHA, "0123456789" * 4),
        ("https://github.com/a/b", None),
        ("https://lab.example/", None),
        ("https://huggingface.co/papers/2311.03687", None),
        ("https://www.alphaxiv.org/abs/2311.03687", None),
    ],
)
def test_the_ids_that_it_takes(url: str, identifier: str | None) -> None:
    assert SemanticScholar().identifier(Link(url)) == identifier


def test_an_answer_that_is_not_aligned_is_not_read() -> None:
    with pytest.raises(Garbled):
        SemanticScholar().read(["CorpusId:1", "CorpusId:2"], Answer(200, {}, "[null]", ()))
    with pytest.raises(Spoiled):
        SemanticScholar().read(["CorpusId:1"], Answer(400, {}, '{"error": "a bad id"}', ()))


# Hugging Face ---------------------------------------------------------------------------------------------------------


def test_models_data_sets_and_spaces(town: Town, zoo: Zoo) -> None:
    town.hugging_face.rows = {
        "models/a/m": Model("a/m"),
        "datasets/a/d": Model("a/d", gated=True),
        "spaces/a/s": Model("a/s", private=True),
        "models/a/old": Model("a/new"),
        "models/a/off": Model("a/off", disabled=True),
        "datasets/squad": Model("squad"),
        "papers/2311.03687": Model("2311.03687", title="A paper of arXiv"),
    }
    papers = ["papers/2311.03687", "papers/2311.00001"]
    urls = ["a/m", "datasets/a/d", "spaces/a/s", "a/old", "a/off", "a/none", "datasets/squad", *papers]
    said = ask(town, zoo, [HUB + url for url in urls])
    assert [said[HUB + url].shown for url in urls] == [
        "hugging-face: registry-present",
        "hugging-face: registry-present",
        "hugging-face: registry-absent -> page",
        " -> page",
        " -> page",
        "hugging-face: registry-absent -> page",
        "hugging-face: registry-present",
        "hugging-face: registry-present",
        " -> page",
    ]
    assert said[HUB + papers[0]].record.title == "A paper of arXiv"
    assert not town.arxiv.calls
    assert not town.semantic_scholar.calls


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (401, "RepoNotFound", {"models/a/m": Absent()}),
        (401, "", {}),
        (401, "GatedRepo", {"models/a/m": Word()}),
        (403, "GatedRepo", {"models/a/m": Word()}),
        (403, "", {}),
        (404, "", {"models/a/m": Absent()}),
    ],
)
def test_refusals_of_the_hub(status: int, code: str, expected: dict[str, object]) -> None:
    headers = {"x-error-code": code} if code else {}
    assert HuggingFace().read(["models/a/m"], Answer(status, headers, "", ())) == expected


# YouTube --------------------------------------------------------------------------------------------------------------


def test_videos(town: Town, zoo: Zoo) -> None:
    town.youtube.rows = {"alive000000": "A talk", "private0000": 403, "noembed0000": 401}
    town.youtube_pictures.kept = {"noembed0000", "lingering00"}
    names = ["alive000000", "private0000", "noembed0000", "lingering00", "deleted0000"]
    said = ask(town, zoo, [WATCH + name for name in names])
    assert [said[WATCH + name].shown for name in names] == [
        "youtube: registry-present",
        "youtube-picture: registry-absent",
        "youtube-picture: registry-present",
        "youtube-picture: registry-present",
        "youtube: registry-absent, youtube-picture: registry-absent",
    ]
    assert said[WATCH + "alive000000"].record.title == "A talk"


# Whatever comes -------------------------------------------------------------------------------------------------------

REGISTRIES: list[tuple[Registry, str]] = [
    (OpenReview(), "NewPaper01"),
    (OpenReviewV1(), "OldPaper01"),
    (SemanticScholar(), "CorpusId:1"),
    (HuggingFace(), "models/a/m"),
    (YouTube(), "alive000000"),
]
KEYS = [
    "notes",
    "id",
    "content",
    "title",
    "value",
    "venue",
    "authors",
    "externalIds",
    "DOI",
    "name",
    "disabled",
    "pdate",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(("registry", "identifier"), REGISTRIES, ids=lambda one: getattr(one, "name", ""))
@given(body=JSON, status=st.sampled_from([200, 301, 400, 401, 403, 404, 418]))
def test_whatever_is_answered_is_read_or_refused(
    registry: Registry, identifier: str, body: object, status: int
) -> None:
    try:
        said = registry.read([identifier], Answer(status, {}, json.dumps(body), ()))
    except (Garbled, Spoiled, Refused):
        return
    assert set(said) <= {identifier}


@pytest.mark.parametrize("fault", [limited("1"), cut, page_instead])
def test_no_fault_is_a_death(town: Town, zoo: Zoo, fault: object) -> None:
    town.openreview.rows = {"Paper00001": Submission("A paper")}
    town.hugging_face.rows = {"models/a/m": Model("a/m")}
    town.youtube.rows = {"alive000000": "A talk"}
    for one in (town.openreview, town.openreview_v1, town.hugging_face, town.youtube, town.youtube_pictures):
        one.always(fault)  # type: ignore[arg-type] - a Fault
    said = ask(town, zoo, [FORUM + "Paper00001", HUB + "a/m", WATCH + "alive000000", SHA])
    assert not any("absent" in one.shown for one in said.values())
