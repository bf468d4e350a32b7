"""How registries are asked: in batches, once, politely; and what is made of what they say, in whatever order and mood.

The registries are the impostors of `tests/links/registries`, on an event loop whose time jumps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.links.checker import Limits
from listbot.links.gate import Gate, asked_spacing
from listbot.links.registries import Link, chains
from listbot.links.registries.chains import owner_of
from listbot.links.registries.roster import registries
from listbot.links.transport import Answer, Deadlines
from listbot.liveness import LinkResult, Outcome, Reason
from listbot.tables import load
from tests.links.registries import impostor
from tests.links.registries.arxiv import Preprint
from tests.links.registries.dois import Publication
from tests.links.registries.impostor import Fault, Impostor
from tests.links.registries.town import Town
from tests.links.virtual_town import VirtualTown

NOT_THERE = Answer(404, {"content-type": "text/html"}, "<title>Not found</title>", ())
WALL = Answer(403, {"content-type": "text/html"}, "<title>Just a moment...</title>", ())


class World(NamedTuple):
    """Which ids exist where; each is a number."""

    papers: Mapping[int, frozenset[str]]
    """arXiv papers and who knows them, of `arxiv`, `datacite`, `doi`."""
    articles: Mapping[int, frozenset[str]]
    """DOIs of ACM and who knows them, of `crossref`, `datacite`, `doi`."""


def paper(number: int) -> str:
    return f"2401.{number:05}"


def article(number: int) -> str:
    return f"10.1145/{number}"


def town_of(world: World, seed: int = 0) -> Town:
    """The impostors of a world; their rows come in an order that depends on the seed."""
    town = Town(hasty=False)
    for one in town.all:
        one._chance.seed(seed)
    for number, known in world.papers.items():
        doi = f"10.48550/arxiv.{paper(number)}"
        if "arxiv" in known:
            town.arxiv.rows[paper(number)] = Preprint((f"Paper {number}",))
        if "datacite" in known:
            town.datacite.rows[doi] = Publication(f"Paper {number}", "arXiv", address="https://arxiv.org/abs/x")
        if "doi" in known:
            town.handles.rows[doi] = "https://arxiv.org/abs/x"
    for number, known in world.articles.items():
        for name, rows in (("crossref", town.crossref.rows), ("datacite", town.datacite.rows)):
            if name in known:
                rows[article(number)] = Publication(f"Article {number}")
        if "doi" in known:
            town.handles.rows[article(number)] = "https://dl.acm.org/doi/10.1145/1"
    return town


def urls_of(world: World) -> list[str]:
    """Two spellings of each third paper, so that links outnumber ids."""
    papers = [f"https://arxiv.org/abs/{paper(number)}" for number in world.papers]
    again = [f"https://arxiv.org/pdf/{paper(number)}" for number in world.papers if number % 3 == 0]
    return papers + again + [f"https://dl.acm.org/doi/{article(number)}" for number in world.articles]


def truth(world: World, url: str) -> Outcome:
    """What is to be said when all registries are well: whoever knows a work decides; gone where nobody does."""
    number = int(url.rpartition("/")[2].rpartition(".")[2])
    known = world.papers[number] if "arxiv" in url else world.articles[number]
    return Outcome.ALIVE if known else Outcome.GONE


def some(names: tuple[str, ...]) -> st.SearchStrategy[dict[int, frozenset[str]]]:
    knowing = st.sampled_from([frozenset(names)] * 6 + [frozenset(), frozenset(names[:1]), frozenset(names[1:])])
    return st.dictionaries(st.integers(1, 400), knowing, max_size=130)


worlds = st.builds(World, some(("arxiv", "datacite", "doi")), some(("crossref", "datacite", "doi")))


def asked(town: Town, urls: list[str], page: Answer = WALL, **wire: Any) -> tuple[dict[str, LinkResult], VirtualTown]:
    web = VirtualTown(town, lambda _url: page, **wire)
    results, _, _ = web.check(dict.fromkeys(urls, ""))
    return results, web


@settings(max_examples=60)
@given(worlds, st.randoms(use_true_random=False), st.integers(0, 9))
def test_any_order_gives_the_same_outcomes_and_no_id_is_asked_twice(world: World, chance: Random, seed: int) -> None:
    urls = urls_of(world)
    mixed = list(urls)
    chance.shuffle(mixed)
    results, web = asked(town_of(world, seed), mixed)
    assert {url: result.outcome for url, result in results.items()} == {url: truth(world, url) for url in urls}
    assert web.town.misdeeds == []
    nothing_there = not any("arxiv" in known for known in world.papers.values())
    for one in web.town.all:
        most = 2 if one is web.town.arxiv and nothing_there else 1  # an empty feed may be an accident
        assert max(Counter(name for call in one.calls for name in call.ids).values(), default=0) <= most
    assert not any("arxiv.org" in url for url in web.pages)
    assert web.most["export.arxiv.org"] <= 1


FAULTS: list[Fault | None] = [
    None,
    None,
    None,
    impostor.broken(502),
    impostor.broken(503),
    impostor.cut,
    impostor.garbage,
    impostor.page_instead,
    lambda told: told._replace(status=0),  # silence
    impostor.limited("1"),
    impostor.limited("7200"),
    impostor.limited(None),
    impostor.refused(403),
    lambda told: told._replace(body=told.body.replace("2401", "2402").replace("10.1145", "10.1146")),  # others' answers
    lambda told: told._replace(body="[" * 100_000),
    lambda told: told._replace(body=told.body.replace("[", "null, [")),
]


@settings(max_examples=150)
@given(
    worlds,
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(FAULTS)), max_size=40),
    st.sampled_from([WALL, NOT_THERE]),
)
def test_faults_cost_answers_and_never_make_a_false_one(
    world: World, faults: list[tuple[int, Fault | None]], page: Answer
) -> None:
    town = town_of(world)
    faulty: list[Impostor] = [town.arxiv, town.crossref, town.datacite, town.handles]
    for which, fault in faults:
        faulty[which].then(fault)
    results, _ = asked(town, urls_of(world), page)
    assert set(results) == set(urls_of(world))
    for url, result in results.items():
        assert result.outcome not in (Outcome.ALIVE, Outcome.GONE) or result.outcome == truth(world, url)
    assert town.misdeeds == []
    for one in faulty:
        assert len(one.calls) <= 2 * len(results) + 10


class Poisoned(VirtualTown):
    """A town in which one id spoils each batch of arXiv's that it is in."""

    poison = ""

    async def ask(
        self, method: str, url: httpx.URL, deadlines: Deadlines, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        answer = await super().ask(method, url, deadlines, headers, body)
        poisoned = url.host == "export.arxiv.org" and self.poison in str(url)
        return Answer(400, {}, "<feed/>", ()) if poisoned else answer


@pytest.mark.parametrize("place", [1, 7, 50, 51, 120])
def test_a_spoiled_batch_is_bisected(place: int) -> None:
    everywhere = frozenset({"arxiv", "doi"})
    world = World(dict.fromkeys(range(1, 121), everywhere), {})
    web = Poisoned(town_of(world))
    web.poison = paper(place)
    results, _, _ = web.check(dict.fromkeys(urls_of(world), ""))
    assert {result.outcome for result in results.values()} == {Outcome.ALIVE}
    told = Counter(result.source for url, result in results.items() if "abs" in url)
    assert told == {"arxiv": 119, "doi": 1}
    assert 2 < len(web.town.arxiv.calls) <= 2 + 2 * 7


def everywhere(papers: int, articles: int) -> World:
    return World(
        {number: frozenset({"arxiv", "datacite", "doi"}) for number in range(1, papers + 1)},
        {number: frozenset({"crossref", "doi"}) for number in range(1, articles + 1)},
    )


def test_batches_are_full_before_they_go() -> None:
    results, web = asked(town_of(everywhere(230, 120)), urls_of(everywhere(230, 120)))
    assert web.town.arxiv.batches == [200, 200, 60]  # each paper as it is and as it was
    assert web.town.crossref.batches == [50, 50, 20]
    assert web.town.semantic_scholar.batches == [230]  # once nothing is left that could add to it
    assert web.requests == 7
    assert {result.outcome for result in results.values()} == {Outcome.ALIVE}


def test_what_one_registry_does_not_know_is_collected_for_the_next() -> None:
    world = World({number: frozenset({"datacite"}) for number in range(1, 101)}, {})
    _, web = asked(town_of(world), urls_of(world))
    assert web.town.datacite.batches == [48, 48, 4]


@pytest.mark.parametrize("fault", [impostor.refused(403), impostor.limited("5"), impostor.limited(None)])
def test_a_refusal_opens_the_circuit_and_the_run_goes_on(fault: Fault) -> None:
    world = everywhere(230, 60)
    town = town_of(world)
    town.arxiv.then(None, fault)
    results, _ = asked(town, urls_of(world))
    assert len(town.arxiv.calls) == 2
    assert not town.arxiv_pages.calls
    told = Counter(result.source for url, result in results.items() if "/abs/" in url)
    assert told == {"arxiv": 100, "datacite": 130}
    assert {result.outcome for result in results.values()} == {Outcome.ALIVE}


def test_ids_that_are_too_long_for_one_request_go_in_several() -> None:
    town = Town(hasty=False)
    dois = [f"10.1000/{number}-{'(x)' * 60}" for number in range(60)] + ["10.1000/" + "y" * 3_980]
    for doi in dois:
        town.crossref.rows[doi] = Publication("A title", address="https://doi.org/")
    urls = [f"https://doi.org/{doi}" for doi in dois]
    results, _ = asked(town, urls)
    assert Counter(result.source for result in results.values()) == {"crossref": 60, "page": 1}
    assert all(len(str(call.ids)) < 4_000 for call in town.crossref.calls)
    assert town.misdeeds == []


@pytest.mark.parametrize(("wait", "requests"), [("60", 1), ("2", 3)])
def test_nobody_waits_for_a_registry_that_is_out_of_order(wait: str, requests: int) -> None:
    world = everywhere(60, 0)
    town = town_of(world)
    town.arxiv.always(lambda told: told._replace(status=503, body="", headers={"retry-after": wait}))
    web = VirtualTown(town)
    results, _, seconds = web.check(dict.fromkeys(urls_of(world), ""))
    assert len(town.arxiv.calls) == requests
    assert {result.source for result in results.values()} == {"datacite"}
    assert seconds < 15


def test_silent_registries_are_left_alone_and_say_nothing_of_death() -> None:
    world = World({number: frozenset() for number in range(1, 61)}, {number: frozenset() for number in range(1, 61)})
    town = town_of(world)
    for one in (town.arxiv, town.crossref, town.datacite, town.handles, town.semantic_scholar):
        one.always(lambda told: told._replace(status=0))
    web = VirtualTown(town, lambda _url: WALL)
    results, facts, _ = web.check(dict.fromkeys(urls_of(world), ""))
    assert {(result.outcome, result.reason) for url, result in results.items() if "arxiv" in url} == {
        (Outcome.UNKNOWN, Reason.REGISTRY_SILENT)
    }
    assert {result.outcome for url, result in results.items() if "acm" in url} == {Outcome.BLOCKED}
    assert all(len(one.calls) <= 5 for one in town.all)
    assert not any(host.answered for host in facts if host.host != "dl.acm.org")


def test_a_version_that_does_not_exist_is_unknown_though_all_know_the_paper() -> None:
    town = town_of(World({1: frozenset({"arxiv", "datacite", "doi"})}, {}))
    url = f"https://arxiv.org/abs/{paper(1)}"
    results, _ = asked(town, [url, f"{url}v1", f"{url}v99"])
    assert {link.removeprefix(url): result.reason for link, result in results.items()} == {
        "": Reason.REGISTRY_PRESENT,
        "v1": Reason.REGISTRY_PRESENT,
        "v99": Reason.REGISTRY_SILENT,
    }


@pytest.mark.parametrize(("versions", "second"), [(2, Reason.REGISTRY_PRESENT), (0, Reason.REGISTRY_SILENT)])
def test_where_arxiv_is_silent_versions_are_known_as_far_as_others_tell(versions: int, second: Reason) -> None:
    town = town_of(World({1: frozenset({"datacite", "doi"})}, {}))
    row = town.datacite.rows[f"10.48550/arxiv.{paper(1)}"]
    town.datacite.rows[f"10.48550/arxiv.{paper(1)}"] = row._replace(versions=versions)
    town.arxiv.always(impostor.limited())
    url = f"https://arxiv.org/abs/{paper(1)}"
    html = url.replace("/abs/", "/html/")
    results, web = asked(town, [url, f"{url}v1", f"{url}v2", f"{url}v3", html])
    told = {link.removeprefix(url): one.reason for link, one in results.items() if link != html}
    assert told == {
        "": Reason.REGISTRY_PRESENT,
        "v1": Reason.REGISTRY_PRESENT,
        "v2": second,
        "v3": Reason.REGISTRY_SILENT,
    }
    assert (results[html].outcome, results[html].reason) == (Outcome.ALIVE, Reason.REGISTRY_WORK)
    assert web.pages == {}


@pytest.mark.parametrize(
    ("papers", "alive", "of_arxiv", "of_doi_org"),
    [(30, 28, 1, 0), (30, 29, 1, 0), (30, 0, 2, 30), (2, 1, 1, 1), (1, 0, 1, 0)],
)
def test_arxivs_no_and_that_of_another_are_a_death(papers: int, alive: int, of_arxiv: int, of_doi_org: int) -> None:
    """An empty feed about several is asked for twice. DataCite's no is believed about one that has its own address, and
    beside two papers that arXiv has."""
    there = frozenset({"arxiv", "datacite", "doi"})
    world = World({number: there if number <= alive else frozenset() for number in range(1, papers + 1)}, {})
    results, web = asked(town_of(world), urls_of(world))
    assert {url: result.outcome for url, result in results.items()} == {url: truth(world, url) for url in results}
    assert web.town.requests["export.arxiv.org"] == of_arxiv
    assert web.town.requests["api.datacite.org"] == 1
    assert web.town.requests["doi.org"] == of_doi_org
    assert max(web.town.datacite.asked_for().values(), default=1) == 1


def test_arxivs_no_and_datacites_are_a_death_beside_what_both_tell_of() -> None:
    """Here arXiv misses what DataCite has, so that DataCite's query is seen to find several."""
    known = [frozenset({"arxiv"}), frozenset({"datacite"}), frozenset({"datacite"}), frozenset[str]()]
    world = World(dict(enumerate(known, 1)), {})
    results, web = asked(town_of(world), [f"https://arxiv.org/abs/{paper(number)}" for number in world.papers])
    assert [result.outcome for result in results.values()].count(Outcome.GONE) == 1
    assert results[f"https://arxiv.org/abs/{paper(4)}"].outcome == Outcome.GONE
    assert web.town.requests["doi.org"] == 0


def test_datacites_no_says_nothing_where_its_query_does_not_find_what_is_there() -> None:
    world = World({1: frozenset(), 2: frozenset({"doi"})}, {})
    town = town_of(world)
    town.datacite.always(lambda told: told._replace(status=200, body='{"data": []}'))
    results, _ = asked(town, urls_of(world))
    assert [(r.outcome, r.source) for r in results.values()] == [(Outcome.GONE, "doi"), (Outcome.ALIVE, "doi")]


def test_what_datacite_does_not_register_nobody_has_of_it() -> None:
    """DataCite's word and that of doi.org about a paper of arXiv are one: arXiv itself has to agree."""
    world = World({1: frozenset({"arxiv"})}, {})
    town = town_of(world)
    town.arxiv.always(impostor.limited())
    results, web = asked(town, urls_of(world))
    assert [(r.outcome, r.reason) for r in results.values()] == [(Outcome.BLOCKED, Reason.RATE_LIMITED)]
    hosts_asked = ("export.arxiv.org", "api.datacite.org", "api.semanticscholar.org", "doi.org")
    assert web.town.requests == dict.fromkeys(hosts_asked, 1)


def test_where_all_refuse_the_reason_is_that_there_were_too_many_requests() -> None:
    world = everywhere(60, 0)
    town = town_of(world)
    for one in (town.arxiv, town.datacite, town.semantic_scholar, town.handles):
        one.always(impostor.limited(None))
    results, _ = asked(town, urls_of(world))
    assert {(r.outcome, r.reason) for r in results.values()} == {(Outcome.BLOCKED, Reason.RATE_LIMITED)}


def test_an_empty_feed_is_not_believed() -> None:
    world = everywhere(3, 0)
    town = town_of(world)
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"/>'
    town.arxiv.then(lambda told: told._replace(body=feed))
    results, _ = asked(town, urls_of(world))
    assert {(r.outcome, r.source) for r in results.values()} == {(Outcome.ALIVE, "arxiv")}


def test_one_no_is_no_death() -> None:
    world = World({1: frozenset()}, {})
    town = town_of(world)
    town.handles.always(impostor.broken())
    town.datacite.always(impostor.broken())
    results, _ = asked(town, urls_of(world))
    assert [(result.outcome, result.reason) for result in results.values()] == [(Outcome.UNKNOWN, Reason.ONCE_GONE)]


def test_a_crossref_no_and_a_datacite_no_are_no_death() -> None:
    """DOIs of other agencies are at neither."""
    world = World({}, {1: frozenset()})
    town = town_of(world)
    town.handles.always(impostor.refused())
    results, _ = asked(town, urls_of(world))
    assert [result.outcome for result in results.values()] == [Outcome.BLOCKED]


def test_a_registrys_no_and_a_page_that_is_not_there_agree() -> None:
    url = "https://doi.org/10.1145/1"
    town = town_of(World({}, {1: frozenset()}))
    town.crossref.always(impostor.refused())
    results, web = asked(town, [url], NOT_THERE)
    assert (results[url].outcome, results[url].reason) == (Outcome.GONE, Reason.STATUS_404)
    assert web.pages == {url: 1}


@pytest.mark.parametrize(
    ("comment", "pdf", "outcome"),
    [
        ("This paper has been withdrawn by the author due to a crucial sign error in equation 1", False, "withdrawn"),
        ("This submission has been withdrawn by arXiv administrators", False, "withdrawn"),
        ("Withdrawn by the authors", False, "withdrawn"),
        ("Paper withdrawn due to an error", False, "withdrawn"),
        ("arXiv admin note: This paper has been withdrawn by arXiv administrators", False, "withdrawn"),
        ("12 pages, 3 figures. This paper has been withdrawn by the authors", False, "withdrawn"),
        ("The authors have withdrawn this paper", False, "withdrawn"),
        ("The author has withdrawn this submission", False, "withdrawn"),
        ("We have withdrawn this paper", False, "withdrawn"),
        ("We withdraw this paper because of an error in Lemma 2", False, "withdrawn"),
        ("This manuscript has now been withdrawn", False, "withdrawn"),
        ("[Withdrawn]", False, "withdrawn"),
        ("Accepted at a workshop; withdrawn because of an error", False, "withdrawn"),
        ("We have withdrawn this paper", True, "alive"),
        ("A withdrawn version of the theorem is discussed", False, "alive"),
        ("This paper has been withdrawn by the author", True, "alive"),
        ("15 pages; an earlier version was withdrawn from a workshop", False, "alive"),
        ("We study how deposits are withdrawn", False, "alive"),
        (None, False, "alive"),
    ],
)
def test_a_withdrawal_is_believed_where_the_pdf_is_gone_too(comment: str | None, pdf: bool, outcome: str) -> None:
    town = Town(hasty=False)
    town.arxiv.rows = {"2401.00001": Preprint(("A title", "A title"), comment=comment, withdrawn=not pdf)}
    url = "https://arxiv.org/abs/2401.00001"
    result = asked(town, [url])[0][url]
    assert result.outcome == outcome
    assert result.record is not None
    assert (result.record.notice is not None) == (outcome == "withdrawn")
    if outcome == "withdrawn":
        assert result.record.notice == ("withdrawal", url, comment)
    assert town.misdeeds == []


def test_a_withdrawal_that_nobody_can_confirm_is_none() -> None:
    town = Town(hasty=False)
    town.arxiv.rows = {"2401.00001": Preprint(("A title",), comment="This paper has been withdrawn", withdrawn=True)}
    town.arxiv_pages.always(impostor.refused())
    url = "https://arxiv.org/abs/2401.00001"
    result = asked(town, [url])[0][url]
    assert (result.outcome, result.source) == (Outcome.ALIVE, "arxiv")
    assert result.record is not None
    assert result.record.notice is None


def test_a_run_that_ends_early_keeps_what_it_knows() -> None:
    world = everywhere(230, 0)
    web = VirtualTown(town_of(world))
    results, _, seconds = web.check(dict.fromkeys(urls_of(world), ""), limits=Limits(deadline=4.0))
    assert seconds < 5
    told = Counter(result.reason for url, result in results.items() if "/abs/" in url)
    assert told == {Reason.REGISTRY_PRESENT: 200, Reason.DEADLINE: 30}


def test_other_pages_of_arxiv_wait_until_its_registry_has_answered() -> None:
    world = everywhere(160, 0)
    listing = "https://arxiv.org/list/cs.DC/recent"
    web = VirtualTown(town_of(world))
    results, _, seconds = web.check(dict.fromkeys((listing, *urls_of(world)), ""))
    assert (results[listing].outcome, results[listing].source) == (Outcome.ALIVE, "page")
    assert web.pages == {listing: 1}
    assert seconds > 3


def test_a_doi_behind_another_publishers_host_is_the_work_at_least() -> None:
    """ACM shows papers of IEEE, and addresses that publishers registered are often old."""
    town = Town()
    town.crossref.rows["10.1109/5.1"] = Publication("A title", address="https://ieeexplore.ieee.org/document/1/")
    url = "https://dl.acm.org/doi/10.1109/5.1"
    results, _ = asked(town, [url, "https://doi.org/10.1109/5.1"])
    assert (results[url].outcome, results[url].reason) == (Outcome.ALIVE, Reason.REGISTRY_WORK)
    assert results["https://doi.org/10.1109/5.1"].reason == Reason.REGISTRY_PRESENT
    assert town.requests == {"api.crossref.org": 1}


# The table ------------------------------------------------------------------------------------------------------------


def test_chains_name_what_there_is_and_hand_on_in_one_direction() -> None:
    names = {registry.name for registry in registries()}
    rows = chains.documented()
    families = {row["name"] for row in load("families")["family"]}
    for family, chain in rows.items():
        assert family in families
        assert {*chain.ask, *chain.then, *chain.confirm.values()} <= names
        assert set(chain.confirm) <= set(Reason)
    assert all(row["reason"].strip() for row in load("registries")["chain"])
    before = chains.upstream_of(rows)
    assert not [name for name, earlier in before.items() if any(name in before.get(other, ()) for other in earlier)]
    assert {name for chain in rows.values() for name in (*chain.ask, *chain.then, *chain.confirm.values())} == names


def test_no_family_has_two_chains() -> None:
    families = [family for row in load("registries")["chain"] for family in row["families"]]
    assert len(families) == len(set(families))


def test_registries_of_one_owner_share_their_patience() -> None:
    assert owner_of("export.arxiv.org") == owner_of("arxiv.org") == "arxiv.org"
    gates = chains.gates_of(registries())
    assert gates["arxiv.org"].window == 1
    assert gates["crossref.org"].window == 3


@pytest.mark.parametrize(
    ("limit", "interval", "seconds"),
    [("3", "1s", 1 / 3), ("50", "1s", 0.02), ("0", "1s", 0), ("x", "1s", 0), ("", "", 0)],
)
def test_the_spacing_that_crossref_asks_for(limit: str, interval: str, seconds: float) -> None:
    asked = asked_spacing({"x-rate-limit-limit": limit, "x-rate-limit-interval": interval})
    assert asked == pytest.approx(seconds)


def test_a_gate_is_never_faster_than_its_host_asks() -> None:
    gate = Gate(0.1, at_once=3)
    gate.space_at_least(0.5)
    gate.space_at_least(0.2)
    starts = []
    for _ in range(3):
        at = gate.ready_at(0.0)
        assert at is not None
        starts.append(at)
        gate.start(at)
    assert starts == [0.0, 0.5, 1.0]
    assert gate.ready_at(9.0) is None


def test_every_registry_says_what_its_id_is_for_none_but_its_own_links() -> None:
    for registry in registries():
        for url in (
            "https://example.com/",
            "https://arxiv.org/list/cs.DC/recent",
            "https://dl.acm.org/doi/10.5555/1.2",
        ):
            assert registry.identifier(Link(url, "A title that is long enough")) is None, (registry.name, url)
