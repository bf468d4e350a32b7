"""Sites of proceedings as registries: one page tells of all papers of a conference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.links.registries import Link
from listbot.links.registries.venues import Venue, pages
from listbot.links.transport import Answer
from tests.links.registries.asking import ask
from tests.links.registries.impostor import broken, page_instead
from tests.links.registries.population import populate
from tests.links.registries.town import Town
from tests.links.zoo import Zoo

HASH = "5edb57c05c81d04beb716ef1d542fe9e"
PAPERS = {
    "https://www.usenix.org/conference/osdi24/presentation/lovelace": "Engines and looms at scale",
    "https://www.usenix.org/conference/osdi24/presentation/turing": "Machines & “imitation games”",
    "https://www.usenix.org/conference/atc19/presentation/hopper": "Compilers for everybody else",
    f"https://proceedings.mlsys.org/paper_files/paper/2024/hash/{HASH}-Abstract-Conference.html": "Fast engines here",
    f"https://proceedings.mlsys.org/paper_files/paper/2023/file/{HASH}-Paper-mlsys2023.pdf": "Slow engines at work",
    f"https://proceedings.neurips.cc/paper_files/paper/2020/hash/{HASH}-Abstract.html": "Engines that learn alone",
    "https://proceedings.mlr.press/v202/lovelace23a.html": "Engines that learn",
    "https://proceedings.mlr.press/v202/turing23a/turing23a.pdf": "Machines that learn",
    "https://openaccess.thecvf.com/content/CVPR2023/html/Lovelace_Looms_CVPR_2023_paper.html": "Looms in the wild",
    "https://mlsys.org/virtual/2024/poster/2620": "A poster about engines",
}


@pytest.fixture
def town(zoo: Zoo) -> Town:
    town = Town()
    town.open_in(zoo)
    return town


def test_a_request_a_conference(town: Town, zoo: Zoo) -> None:
    populate(town, PAPERS.items())
    said = ask(town, zoo, list(PAPERS))
    sources = ["usenix"] * 3 + ["mlsys"] * 2 + ["neurips", "pmlr", "pmlr", "cvf", "mlsys-virtual"]
    assert [said[url].shown for url in PAPERS] == [f"{source}: registry-present" for source in sources]
    assert [said[url].record.title for url in PAPERS] == list(PAPERS.values())
    assert sum(town.requests.values()) == 8
    assert town.misdeeds == []


def test_papers_of_proceedings_appeared_where_their_ids_say(town: Town, zoo: Zoo) -> None:
    populate(town, PAPERS.items())
    records = {url: one.record for url, one in ask(town, zoo, list(PAPERS)).items()}
    venues = ["OSDI 2024", "OSDI 2024", "ATC 2019", "MLSys 2024", "MLSys 2023", "NeurIPS 2020", "", "", "CVPR 2023"]
    assert [records[url].venue for url in PAPERS] == [*venues, "MLSys 2024"]
    assert [records[url].year for url in PAPERS] == [int(venue[-4:]) if venue else None for venue in (*venues, "2024")]


def test_what_is_not_on_the_page_is_asked_for_at_its_own(town: Town, zoo: Zoo) -> None:
    populate(town, PAPERS.items())
    urls = [
        "https://www.usenix.org/conference/osdi24/presentation/nobody",
        "https://www.usenix.org/conference/osdi99/presentation/nobody",
        "https://www.usenix.org/system/files/osdi24-lovelace.pdf",
    ]
    shown = [one.shown for one in ask(town, zoo, urls).values()]
    assert shown == ["usenix: registry-absent -> page", " -> page", " -> page"]


def test_a_site_with_a_bad_hour_says_nothing(town: Town, zoo: Zoo) -> None:
    populate(town, PAPERS.items())
    town.usenix.always(broken())
    town.pmlr.always(page_instead)
    said = ask(town, zoo, list(PAPERS))
    asked_at_their_pages = {url for url, one in said.items() if one.shown == " -> page"}
    assert asked_at_their_pages == {url for url in PAPERS if "usenix.org" in url or "mlr.press" in url}


def test_what_is_no_paper_of_such_a_page_is_not_asked_for(town: Town, zoo: Zoo) -> None:
    urls = [
        "https://www.usenix.org/conference/osdi24",
        "https://openaccess.thecvf.com/content/CVPR2023W/WAD/html/X_Y_CVPRW_2023_paper.html",
        "https://neurips.cc/virtual/2024/poster/93",
        "https://lab.example/paper.pdf",
    ]
    assert ask(town, zoo, urls) == {}


def titled(page: str, body: str, work: str) -> str:
    """The title that a page gives a work."""
    venue = Venue(next(one for one in pages() if one.name == page))
    word = venue.read([work], Answer(200, {}, body, ()))[work]
    return word.record.title  # type: ignore[union-attr] - it is on the page


@pytest.mark.parametrize(
    ("page", "body", "work", "title"),
    [
        ("usenix", '<a href="/conference/osdi24/presentation/x">PDF</a>', "usenix:osdi24/x", ""),
        (
            "usenix",
            '<a href="/conference/osdi24/presentation/x">Read all of it</a>'
            '<a href="/conference/osdi24/presentation/x">Engines and looms at scale</a>',
            "usenix:osdi24/x",
            "Engines and looms at scale",
        ),
        (
            "usenix",
            '<a href="/system/files/osdi24-x.pdf">PDF</a> '
            "<a href=/conference/osdi24/presentation/x><b>One</b> <i>two</i> three</a> "
            "<a href='/conference/osdi24/presentation/y'>Other one here</a>",
            "usenix:osdi24/x",
            "One two three",
        ),
        (
            "pmlr",
            '<p class="title">Short</p>[<a href="https://proceedings.mlr.press/v1/a09a.html">abs</a>]'
            '[<a href="https://proceedings.mlr.press/v1/b09a.html">abs</a>]',
            "pmlr:v1/b09a",
            "",
        ),
        (
            "pmlr",
            '<p class="title">Short</p>[<a href="https://proceedings.mlr.press/v1/a09a.html">abs</a>]'
            '[<a href="https://proceedings.mlr.press/v1/a09a/a09a.pdf">Download PDF here</a>]',
            "pmlr:v1/a09a",
            "Short",
        ),
    ],
)
def test_where_a_title_stands(page: str, body: str, work: str, title: str) -> None:
    assert titled(page, body, work) == title


@given(st.text("<>a/ \"'=&#;!-[]x0", max_size=60))
def test_no_page_is_too_broken_to_be_read(body: str) -> None:
    venue = Venue(pages()[0])
    listed = '<a href="/conference/osdi24/presentation/y">Y</a><a href="/conference/osdi24/presentation/x">'
    said = venue.read(["usenix:osdi24/x"], Answer(200, {}, listed + body, ()))
    assert set(said) == {"usenix:osdi24/x"}


def test_a_page_that_lists_no_papers_says_nothing() -> None:
    venue = Venue(pages()[0])
    body = '<a href="/conference/osdi24">OSDI</a><a href="https://arxiv.org/abs/2401.00001">A paper elsewhere</a>'
    assert venue.read(["usenix:osdi24/x"], Answer(200, {}, body, ())) == {}


def test_every_kind_of_page_has_a_group_for_its_works() -> None:
    for url in PAPERS:
        taken = [venue for venue in map(Venue, pages()) if venue.identifier(Link(url)) is not None]
        assert [venue.group(venue.identifier(Link(url)) or "")[:1] for venue in taken] == ["/"], url
