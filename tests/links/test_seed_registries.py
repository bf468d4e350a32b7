"""A whole paper list against the impostors of all registries, with deaths, moves, withdrawals and wrong papers planted.

The pages beside them do as they are known to: publishers refuse programs, and what is not there answers 404.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from listbot import inputs, works
from listbot.commands import link_targets
from listbot.links import hosts
from listbot.links.guard import tidy
from listbot.links.transport import Answer
from listbot.liveness import LinkResult, Outcome
from listbot.parser import parse
from tests.links.registries.arxiv import Preprint
from tests.links.registries.population import populate
from tests.links.registries.town import Town
from tests.links.virtual_town import OK, VirtualTown

SEED = "chenhongyu2048+LLM-inference-optimization-paper.md"
OTHER = "A treatise on the cultivation of tulips in northern gardens"
WALL = Answer(403, {"content-type": "text/html", "cf-mitigated": "challenge"}, "<title>Just a moment...</title>", ())
NOT_THERE = Answer(404, {"content-type": "text/html"}, "<title>Not found</title>", ())
pytestmark = pytest.mark.shared


def linked(path: Path) -> dict[str, str]:
    """The list's links, each once, with what it calls them."""
    document = parse(inputs.read(path, path.name, 8_000_000))
    titles = link_targets.titles(document)
    found: dict[str, str] = {}
    for url, _ in link_targets.targets(document):
        found.setdefault(str(tidy(url)), titles.get(url, ""))
    return found


class Planted(NamedTuple):
    """What became of works, by what has to be seen of it: the ids of works."""

    gone: set[str]
    withdrawn: set[str]
    retracted: set[str]
    moved: set[str]
    archived: set[str]
    empty: set[str]
    wrong: set[str]


class Fates:
    """Chooses works of a town, each for one fate."""

    def __init__(self, town: Town, titles: dict[str, str], seed: int) -> None:
        self.town = town
        self._left = {work.id: url for url in titles if (work := works.of(url)) is not None}
        self._chance = Random(seed)  # noqa: S311 - a seed
        self.gone_pages: set[str] = set()

    def some(self, prefix: str, count: int, is_fit: Callable[[str], bool] = lambda _id: True) -> list[str]:
        """Ids of works with a prefix, each given out once."""
        fit = sorted(name for name in self._left if name.startswith(prefix) and is_fit(name.partition(":")[2]))
        chosen = self._chance.sample(fit, count)
        for name in chosen:
            self.gone_pages.add(self._left.pop(name))
        return chosen


def plant(town: Town, titles: dict[str, str], seed: int) -> tuple[Planted, set[str]]:
    """Let works die, move and be mistaken; what, and the pages that are not there any more."""
    fates = Fates(town, titles, seed)
    dead = {
        "arxiv": fates.some("arxiv:", 5),
        "doi": fates.some("doi:10.1145/", 5),
        "github": fates.some("github:", 2, lambda name: name in town.github.rows),
        "openreview": fates.some("openreview:", 1),
        "usenix": fates.some("usenix:", 2),
    }
    gone_pages = set(fates.gone_pages)
    for name in dead["arxiv"]:
        paper = name.partition(":")[2]
        del town.arxiv.rows[paper], town.datacite.rows[f"10.48550/arxiv.{paper}"]
        del town.semantic_scholar.rows[f"ARXIV:{paper}".upper()]
    for name in dead["doi"]:
        del town.crossref.rows[name.partition(":")[2]], town.handles.rows[name.partition(":")[2]]
    for name in dead["github"]:
        del town.github.rows[name.partition(":")[2]]
    for name in dead["openreview"]:
        del town.openreview.rows[name.partition(":")[2]]
    for name in dead["usenix"]:
        conference, _, slug = name.partition(":")[2].partition("/")
        path = f"/conference/{conference}/presentation/{slug}"
        del town.usenix.papers[f"/conference/{conference}/technical-sessions"][path]
    return Planted(gone={name for names in dead.values() for name in names}, **_living(town, fates)), gone_pages


def _living(town: Town, fates: Fates) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {
        "withdrawn": set(fates.some("arxiv:", 4)) | set(fates.some("openreview:", 1)),
        "retracted": set(fates.some("doi:10.1145/", 2)),
        "wrong": set(fates.some("arxiv:", 6)) | set(fates.some("doi:10.1145/", 3)),
    }
    for fate in ("moved", "archived", "empty"):
        found[fate] = set(fates.some("github:", 2, lambda name: name in town.github.rows))
    for name in found["withdrawn"]:
        family, _, key = name.partition(":")
        if family == "openreview":
            town.openreview.rows[key] = town.openreview.rows[key]._replace(venue="ICLR 2025 Withdrawn Submission")
        else:
            titles = town.arxiv.rows[key].titles * 2
            comment = "This paper has been withdrawn by the authors, for an error in section 4"
            town.arxiv.rows[key] = Preprint(titles, comment=comment, withdrawn=True)
    for name in found["retracted"]:
        key = name.partition(":")[2]
        town.crossref.rows[key] = town.crossref.rows[key]._replace(notices=(("retraction", "10.1145/1"),))
    for name in found["wrong"]:
        family, _, key = name.partition(":")
        if family == "arxiv":
            town.arxiv.rows[key] = Preprint((OTHER,) * len(town.arxiv.rows[key].titles))
        else:
            town.crossref.rows[key] = town.crossref.rows[key]._replace(title=OTHER)
    for fate, change in (("moved", {"name": "New/Name"}), ("archived", {"archived": True}), ("empty", {"empty": True})):
        for name in found[fate]:
            key = name.partition(":")[2]
            town.github.rows[key] = town.github.rows[key]._replace(**change)
    return found


def seen(results: dict[str, LinkResult]) -> Planted:
    """What a run saw, in the same words."""

    def those(fits: Callable[[LinkResult], bool]) -> set[str]:
        return {works.identity(url) or url for url, result in results.items() if fits(result)}

    def noticed(kind: str) -> set[str]:
        return those(lambda r: r.record is not None and r.record.notice is not None and r.record.notice.kind == kind)

    return Planted(
        gone=those(lambda r: r.outcome == Outcome.GONE),
        withdrawn=those(lambda r: r.outcome == Outcome.WITHDRAWN) & noticed("withdrawal"),
        retracted=noticed("retraction"),
        moved=those(lambda r: r.outcome == Outcome.MOVED and r.target == "https://github.com/New/Name"),
        archived=those(lambda r: r.record is not None and r.record.archived),
        empty=those(lambda r: r.record is not None and r.record.empty),
        wrong=those(lambda r: r.record is not None and r.record.title == OTHER),
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_seed_list_is_decided_by_registries(shared: Path, seed: int) -> None:
    titles = linked(shared / "corpus" / SEED)
    town = Town(hasty=False)
    populate(town, titles.items())
    planted, gone_pages = plant(town, titles, seed)

    def page(url: str) -> Answer:
        if hosts.kind_of(hosts.host_of(url)) == "wall":
            return WALL
        return NOT_THERE if url in gone_pages else OK

    wire = VirtualTown(town, page)
    results, _, seconds = wire.check(titles)
    assert seen(results) == planted
    assert set(results) == set(titles)
    outcomes = Counter(result.outcome for result in results.values())
    assert outcomes[Outcome.MOVED] == len(planted.moved)
    assert outcomes[Outcome.UNKNOWN] == 0
    decided = sum(result.source not in ("page", "table") for result in results.values())
    assert decided >= 0.88 * len(titles)
    assert wire.requests <= 190
    assert town.misdeeds == []
    assert seconds < 60
    assert not any("arxiv.org" in url for url in wire.pages)


def test_the_same_list_where_arxiv_refuses_everybody(shared: Path) -> None:
    """As it does to the shared addresses of hosted runners: DataCite tells of its papers, and nobody dies of it."""
    titles = linked(shared / "corpus" / SEED)
    town = Town(hasty=False)
    populate(town, titles.items())
    town.arxiv.always(lambda told: told._replace(status=429, body=""))
    wire = VirtualTown(town, lambda url: WALL if hosts.kind_of(hosts.host_of(url)) == "wall" else OK)
    results, _, _ = wire.check(titles)
    assert len(town.arxiv.calls) == 1
    assert Counter(result.source for result in results.values())["datacite"] == 561
    assert not [url for url, result in results.items() if result.outcome in (Outcome.GONE, Outcome.WITHDRAWN)]
    assert wire.requests <= 190
