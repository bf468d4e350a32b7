"""What is made of the records that several registries have of one work."""

from __future__ import annotations

from listbot.links.registries.agreeing import merged
from listbot.liveness import Publication, Record
from tests.links.registries.arxiv import Preprint
from tests.links.registries.catalogues import Paper
from tests.links.registries.town import Town
from tests.links.virtual_town import VirtualTown

DOI = "https://doi.org/10.1145/1"
TITLE = "Paging the cache of large models"
FOUND = Publication("semantic-scholar", TITLE, ("Turing",), 2024, "ASPLOS")
OURS = Record(TITLE, authors=("Turing", "Lovelace"), year=2023)
THEIRS = Record(TITLE, "", ("Turing",), 2024, "ASPLOS", DOI, publication=FOUND)


def test_the_first_that_says_something_is_heard() -> None:
    assert merged([OURS, THEIRS]) == OURS._replace(venue="ASPLOS", published=DOI, publication=FOUND)
    assert merged([Record(), OURS]) == OURS


def test_what_has_another_title_is_about_another_work() -> None:
    another = THEIRS._replace(title="Speculation without a second draft model")
    assert merged([OURS, another]) == OURS
    renamed = OURS._replace(first_title="Speculation without a second draft model")
    assert merged([renamed, another]).venue == "ASPLOS"


def test_what_was_found_by_title_needs_another_record_to_be_held_against() -> None:
    assert merged([THEIRS]).published == merged([Record(), THEIRS]).published == DOI
    assert merged([THEIRS]).publication is merged([Record(), THEIRS]).publication is None


def test_what_authors_say_comes_first_and_more_is_told_of_the_same_place() -> None:
    said = OURS._replace(published="https://doi.org/10.1145/1", venue="ASPLOS 2024", publication=Publication("arxiv"))
    assert merged([said, THEIRS]) == said._replace(publication=FOUND)
    elsewhere = THEIRS._replace(published="https://doi.org/10.1145/2")
    assert merged([said, elsewhere]) == said


def test_a_card_learns_the_venue_by_id_alone() -> None:
    town = Town()
    town.arxiv.rows["2311.03687"] = Preprint((TITLE,))
    town.semantic_scholar.rows["ARXIV:2311.03687"] = Paper(TITLE, "ASPLOS", 2024, external={"DOI": "10.1145/1"})
    url = "https://arxiv.org/abs/2311.03687"
    for title in ("", TITLE):
        record = VirtualTown(town).check({url: title})[0][url].record
        assert record is not None
        assert (record.title, record.venue, record.published) == (TITLE, "ASPLOS", DOI)
