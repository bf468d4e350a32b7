"""GitHub as a registry: a hundred a call, moved, archived and empty, and the token that goes nowhere else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot import works
from listbot.links.registries import Absent, Garbled, Link, Refused, Settings, Word, roster
from listbot.links.registries.asking import Asking
from listbot.links.registries.github import Github
from listbot.links.transport import Answer
from listbot.liveness import LinkResult, Reason, sentence
from tests.links import virtual, virtual_town
from tests.links.registries.asking import ask
from tests.links.registries.github import TOKEN, Repo, exhausted, protected, secondary, too_slow
from tests.links.registries.impostor import cut, garbage, limited
from tests.links.registries.town import Town
from tests.links.virtual_town import VirtualTown
from tests.links.zoo import Zoo

HUB = "https://github.com/"


@pytest.fixture
def town(zoo: Zoo) -> Town:
    town = Town()
    town.open_in(zoo)
    return town


def test_what_became_of_repositories(town: Town, zoo: Zoo) -> None:
    town.github.rows = {
        "a/there": Repo("A/there"),
        "a/old": Repo("B/new"),
        "a/archived": Repo("a/archived", archived=True, description="Moved to https://github.com/b/next."),
        "a/empty": Repo("a/empty", empty=True),
        "a/secret": Repo("a/secret", private=True),
        "a/disabled": Repo("a/disabled", disabled=True),
    }
    said = ask(town, zoo, [HUB + name for name in [*town.github.rows, "a/none"]])
    assert {url.removeprefix(HUB): one.shown for url, one in said.items()} == {
        "a/there": "github: registry-present",
        "a/old": "github: registry-moved https://github.com/B/new",
        "a/archived": "github: registry-present",
        "a/empty": "github: registry-present",
        "a/secret": "github: registry-absent -> page",
        "a/disabled": " -> page",
        "a/none": "github: registry-absent -> page",
    }
    archived = said[HUB + "a/archived"].record
    assert (archived.archived, archived.empty, archived.successor) == (True, False, "https://github.com/b/next")
    assert said[HUB + "a/empty"].record.empty
    assert town.github.batches == [7]
    assert town.misdeeds == []


def test_a_hundred_a_call_and_each_once(town: Town, zoo: Zoo) -> None:
    names = [f"o{number}/r{number}" for number in range(250)]
    town.github.rows = {name: Repo(name) for name in names}
    urls = [HUB + name for name in names] + [HUB + name.upper() for name in names[:50]] + [HUB + "o1/r1.git"]
    said = ask(town, zoo, urls)
    assert {one.shown for one in said.values()} == {"github: registry-present"}
    assert sorted(town.github.batches) == [50, 100, 100]
    assert set(town.github.asked_for().values()) == {1}
    assert town.misdeeds == []


def test_links_into_a_repository(town: Town, zoo: Zoo) -> None:
    town.github.rows = {"a/old": Repo("B/New"), "a/same": Repo("A/Same")}
    town.github.files = {("a/old", "main:docs/x.md"), ("a/same", "main:src")}
    urls = [
        "https://github.com/a/old/blob/main/docs/x.md?plain=1",
        "https://github.com/a/old/tree/main",
        "https://github.com/a/same/tree/main/src",
        "https://github.com/a/same/blob/main/none.md",
        "https://github.com/a/same/issues/7",
        "https://github.com/a/none/issues/7",
    ]
    said = ask(town, zoo, urls)
    assert [said[url].shown for url in urls] == [
        "github: registry-moved https://github.com/B/New/blob/main/docs/x.md?plain=1",
        "github: registry-moved https://github.com/B/New/tree/main",
        "github: registry-present",
        " -> page",
        " -> page",
        "github: registry-absent -> page",
    ]


LOST = "archived and empty repositories are not seen, and moved ones as far as pages tell"


@pytest.mark.parametrize(
    ("settings", "notes"),
    [
        (Settings(), [f"not asked, github: there is no token (GITHUB_TOKEN); {LOST}"]),
        (
            Settings({"github": "http://mirror.example:80"}, tokens={"github": TOKEN}),
            [f"not asked, github: no token goes to http://mirror.example:80; {LOST}"],
        ),
        (Settings(tokens={"github": TOKEN}), []),
    ],
)
def test_what_is_not_seen_without_a_token_is_told(settings: Settings, notes: list[str]) -> None:
    asking = Asking(VirtualTown(Town()), roster.registries(settings))
    assert not asking.takes(Link("https://lab.example/"))
    assert asking.notes == []
    assert asking.takes(Link(HUB + "a/b")) == (not notes)
    assert asking.notes == notes


def test_what_is_not_seen_where_the_token_is_refused_is_told() -> None:
    asking = Asking(VirtualTown(Town()), roster.registries(Settings(tokens={"github": "ghp_another-token"})))
    virtual.run(asking.ask([Link(HUB + "a/b")], lambda _url, _evidence, _decided: None))
    assert asking.notes == [f"not asked, github: it refuses the token (401); {LOST}"]


def test_without_a_token_nobody_is_asked(town: Town, zoo: Zoo) -> None:
    assert ask(town, zoo, [HUB + "a/b"], token="") == {}
    assert town.github.calls == []


def test_a_token_that_is_refused_ends_it_and_the_pages_are_asked(town: Town, zoo: Zoo) -> None:
    names = [f"o{number}/r" for number in range(150)]
    town.github.rows = {name: Repo(name) for name in names}
    said = ask(town, zoo, [HUB + name for name in names], token="ghp_another-token")  # noqa: S106 - it opens nothing
    assert {one.shown for one in said.values()} == {" -> page"}
    assert len(town.github.calls) == 1


@pytest.mark.parametrize("fault", [exhausted, secondary, limited("1")])
def test_a_limit_ends_it_and_nothing_is_gone(town: Town, zoo: Zoo, fault: object) -> None:
    names = [f"o{number}/r" for number in range(150)]
    town.github.rows = {name: Repo(name) for name in names}
    town.github.always(fault)  # type: ignore[arg-type] - a Fault
    said = ask(town, zoo, [HUB + name for name in names])
    assert {one.shown for one in said.values()} == {" -> page"}
    assert len(town.github.calls) == 1


def test_a_batch_that_is_too_slow_is_asked_in_halves(town: Town, zoo: Zoo) -> None:
    names = [f"o{number}/r" for number in range(8)]
    town.github.rows = {name: Repo(name) for name in names}
    town.github.then(too_slow, cut)
    said = ask(town, zoo, [HUB + name for name in names])
    assert {one.shown for one in said.values()} == {"github: registry-present"}
    assert town.github.batches[0] == 8
    assert set(town.github.asked_for()) == set(names)


def test_what_is_protected_is_not_gone(town: Town, zoo: Zoo) -> None:
    town.github.rows = {"a/b": Repo("a/b"), "c/d": Repo("c/d")}
    town.github.then(protected("r0"))
    said = ask(town, zoo, [HUB + "a/b", HUB + "c/d"])
    assert {url: one.shown for url, one in said.items()} == {
        HUB + "a/b": " -> page",
        HUB + "c/d": "github: registry-present",
    }


def test_an_answer_that_is_none_is_not_believed(town: Town, zoo: Zoo) -> None:
    town.github.rows = {"a/b": Repo("a/b")}
    town.github.always(garbage)
    assert ask(town, zoo, [HUB + "a/b"])[HUB + "a/b"].shown == " -> page"


def test_the_document_is_one_by_githubs_own_schema() -> None:
    graphql = pytest.importorskip("graphql")
    registry = Github(Settings(tokens={"github": TOKEN}))
    document = json.loads(registry.request(["a/b", 'a/b/tree/main/it\'s a "file"']).body)["query"]
    assert graphql.parse(document)
    from tests.forge import graphql as forge
    from tests.forge.npm import AbsentError

    try:
        assert forge.wrong_with(document) == []
    except AbsentError:
        pytest.skip("GitHub's schema is not here")


@pytest.mark.parametrize(
    ("base", "is_shown"),
    [
        ("https://api.github.com", True),
        ("http://127.0.0.1:8080", True),
        ("http://localhost:8080", True),
        ("http://localhost.example", False),
        ("http://api.github.com", False),
        ("https://api.github.com:8443", False),
        ("https://api.github.com.example", False),
        ("https://user@api.github.com", False),
        ("https://mirror.example", False),
    ],
)
def test_the_token_goes_to_the_api_and_nowhere_else(base: str, is_shown: bool) -> None:
    registry = Github(Settings(bases={"github": base}, tokens={"github": TOKEN, "openreview": "another"}))
    assert (registry.identifier(Link(HUB + "a/b")) is not None) == is_shown
    assert (TOKEN in registry.request(["a/b"]).headers["Authorization"]) == is_shown


@given(st.text("abAB0-._/%\\\"'{}#?\n ", max_size=30))
def test_an_id_is_always_a_name_that_github_could_have_given(path: str) -> None:
    registry = Github(Settings(tokens={"github": TOKEN}))
    identifier = registry.identifier(Link(HUB + path))
    if identifier is not None:
        body = json.loads(registry.request([identifier]).body)["query"]
        owner, name = identifier.split("/")[:2]
        assert f'repository(owner: "{owner}", name: "{name}")' in body
        assert works.of(HUB + path) is not None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "errors", "r0", "type", "path", "nameWithOwner", "isArchived"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_is_answered_is_read_or_refused(body: object) -> None:
    registry = Github(Settings(tokens={"github": TOKEN}))
    try:
        said = registry.read(["a/b"], Answer(200, {}, json.dumps(body), ()))
    except (Garbled, Refused):
        return
    assert all(isinstance(one, Word | Absent) for one in said.values())


def test_a_renamed_owner_that_differs_in_case_is_no_move(town: Town, zoo: Zoo) -> None:
    town.github.rows = {"a/b": Repo("A/B")}
    said = ask(town, zoo, [HUB + "a/b"])[HUB + "a/b"]
    assert (said.evidence[0].reason, said.evidence[0].final) == (Reason.REGISTRY_PRESENT, "")


# With the pages -------------------------------------------------------------------------------------------------------


def checked(town: Town, names: list[str], monkeypatch: pytest.MonkeyPatch, token: str = TOKEN) -> dict[str, LinkResult]:
    """A whole check, of GitHub's API and its pages."""
    monkeypatch.setattr(virtual_town, "TOKENS", {"github": token} if token else {})

    def page(url: str) -> Answer:
        return town.github_pages.virtual_answer("GET", url.removeprefix("https://github.com"), {}, "", 0.0)

    return VirtualTown(town, page).check(dict.fromkeys((HUB + name for name in names), ""))[0]


def a_town() -> Town:
    town = Town()
    town.github.rows = {
        "a/there": Repo("a/there"),
        "a/old": Repo("b/new", archived=True),
        "a/secret": Repo("a/secret", private=True),
    }
    return town


def test_what_the_api_does_not_have_is_gone_when_its_page_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    town = a_town()
    results = checked(town, ["a/there", "a/old", "a/secret", "a/none"], monkeypatch)
    assert {url.removeprefix(HUB): (one.outcome.value, one.source) for url, one in results.items()} == {
        "a/there": ("alive", "github"),
        "a/old": ("moved", "github"),
        "a/secret": ("gone", "page"),
        "a/none": ("gone", "page"),
    }
    assert results[HUB + "a/none"].reason == Reason.STATUS_404
    assert (len(town.github.calls), len(town.github_pages.calls)) == (1, 2)
    missed = results[HUB + "a/none"]
    assert sentence(missed) == "not found or private, as its registry and its page say"


def test_a_page_that_is_there_outweighs_the_apis_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token may see less than everybody does."""
    town = a_town()
    town.github.then(lambda told: told._replace(body=_hidden(told.body)))
    results = checked(town, ["a/there"], monkeypatch)
    assert results[HUB + "a/there"].outcome.value == "alive"


def _hidden(body: str) -> str:
    error = {"type": "NOT_FOUND", "path": ["r0"], "message": "Could not resolve to a Repository"}
    return json.dumps({"data": json.loads(body)["data"] | {"r0": None}, "errors": [error]})


def test_without_a_token_the_pages_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    town = a_town()
    results = checked(town, ["a/there", "a/old", "a/none"], monkeypatch, token="")
    assert {url.removeprefix(HUB): (one.outcome.value, one.target) for url, one in results.items()} == {
        "a/there": ("alive", None),
        "a/old": ("moved", "https://github.com/b/new"),
        "a/none": ("gone", None),
    }
    assert town.github.calls == []


def test_pages_that_refuse_leave_it_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    town = a_town()
    town.github_pages.always(limited("600"))
    results = checked(town, ["a/none", "a/there"], monkeypatch)
    assert results[HUB + "a/none"].outcome.value in ("blocked", "unknown")
    assert results[HUB + "a/there"].outcome.value == "alive"
