"""`listbot links` as a user runs it, with the registries' impostors in the place of the registries, over sockets."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from listbot.cli import main
from listbot.commands import link_options
from listbot.links import session
from listbot.links.guard import Policy
from listbot.links.registries import arxiv
from listbot.links.transport import MAX_API_BODY, Answer, Deadlines, HttpWire, NoAnswer
from listbot.liveness import Reason
from tests.links.conftest import LOOPBACK, QUICK
from tests.links.registries import impostor
from tests.links.registries.arxiv import Preprint
from tests.links.registries.dois import Publication
from tests.links.registries.impostor import Impostor
from tests.links.registries.town import Town
from tests.links.zoo import Page, Zoo, answer, by_method, dribble, endless, ok, raw, redirect, reset, silence

LIST = """# Papers

- [A paper that is there](https://arxiv.org/abs/2401.00001)
- [A paper that was withdrawn](https://arxiv.org/abs/2401.00002)
- [A paper that never was](https://arxiv.org/abs/2401.00003)
- [An article behind a wall](https://dl.acm.org/doi/10.1145/1)
- [An article that never was](https://dl.acm.org/doi/10.1145/2)
- [A conference paper of the engineers](https://ieeexplore.ieee.org/document/8549558)
"""
NAMES = ("arxiv", "arxiv-pages", "crossref", "datacite", "doi", "semantic-scholar")


@pytest.fixture
def town() -> Town:
    town = Town()
    comment = "This paper has been withdrawn by its authors"
    town.arxiv.rows = {
        "2401.00001": Preprint(("A paper that is there",)),
        "2401.00002": Preprint(("A paper that was withdrawn",) * 2, comment=comment, withdrawn=True),
    }
    town.crossref.rows = {
        "10.1145/1": Publication("An article behind a wall"),
        "10.1109/x.8549558": Publication("A conference paper of the engineers", address="https://ieeexplore.ieee.org/"),
    }
    town.handles.rows = {"10.1145/1": "https://dl.acm.org/doi/10.1145/1"}
    return town


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    town: Town, zoo: Zoo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command, over a list; registries stand on one port, told apart by their paths."""
    by_path: dict[str, Impostor] = {
        "/api/query": town.arxiv,
        "/pdf/": town.arxiv_pages,
        "/works": town.crossref,
        "/dois": town.datacite,
        "/api/handles/": town.handles,
        "/graph/": town.semantic_scholar,
    }

    async def anybody(request: object, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        one = next(found for path, found in by_path.items() if request.path.startswith(path))  # type: ignore[attr-defined]  # the zoo's requests have paths
        await one.page(request, reader, writer)  # type: ignore[arg-type]  # it is one of the zoo's

    zoo.page(("127.0.0.1", "*"), anybody)
    (tmp_path / "README.md").write_text(LIST, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(link_options, "Limits", lambda **given: QUICK._replace(**given))
    monkeypatch.setattr(session, "SystemResolver", lambda: zoo)
    for registry in (arxiv.Arxiv, arxiv.ArxivPages):
        monkeypatch.setattr(registry, "interval", 0.0)
    there = [option for name in NAMES for option in ("--registry", f"{name}={zoo.url('', '127.0.0.1')}")]

    def runner(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--allow-address", "127.0.0.0/8", *there])
        return code, *capsys.readouterr()

    return runner


def test_registries_are_asked_first_and_remembered(run: Run, town: Town, zoo: Zoo) -> None:
    code, out, err = run("links")
    assert out == (
        "README.md:5:28: gone https://arxiv.org/abs/2401.00003 – its registry does not have it\n"
        "README.md:7:31: gone https://dl.acm.org/doi/10.1145/2 – its registry does not have it\n"
        "README.md:4:32: withdrawn https://arxiv.org/abs/2401.00002 – its authors withdrew it\n"
    )
    place = zoo.url("", "127.0.0.1").removeprefix("http://")
    assert re.sub(r"[\d.]+ s\n", "N s\n", err).replace(place, "REGISTRIES") == (
        "6 URLs in 6 links: 2 gone, 1 withdrawn, 3 alive; 8 requests, N s\n"
        "asked: REGISTRIES 8\n"
        "told by: arxiv 2, doi 2, crossref 1, crossref-titles 1\n"
    )
    assert code == 0
    assert town.misdeeds == []
    assert all(request.headers["user-agent"].startswith("listbot/") for request in zoo.asked)
    _, _, err = run("links")
    assert "4 from memory" in err
    assert [len(one.calls) for one in (town.arxiv, town.crossref)] == [2, 3]


def test_json_has_what_registries_tell(run: Run) -> None:
    _, out, _ = run("links", "--format", "json")
    rows = {row["url"]: row for row in json.loads(out)["links"]}
    withdrawn = rows["https://arxiv.org/abs/2401.00002"]
    assert (withdrawn["outcome"], withdrawn["source"]) == ("withdrawn", "arxiv")
    assert withdrawn["record"]["title"] == "A paper that was withdrawn"
    assert withdrawn["record"]["notice"]["kind"] == "withdrawal"
    assert rows["https://dl.acm.org/doi/10.1145/1"]["record"]["venue"] == "Proceedings of the Example Conference"
    assert json.loads(out)["summary"]["told_by"] == {
        "arxiv": 2,
        "crossref": 1,
        "crossref-titles": 1,
        "doi": 2,
    }


def test_check_with_links_asks_them_too(run: Run, town: Town) -> None:
    code, out, _ = run("check", "--links", "--select", "dead-link", "--isolated")
    assert [line.partition(" ")[0] for line in out.splitlines() if "dead-link" in line] == [
        "README.md:5:28:",
        "README.md:7:31:",
    ]
    assert code == 0
    assert len(town.arxiv.calls) == 1


def test_without_registries_nobody_but_the_pages_is_asked(run: Run, town: Town) -> None:
    run("links", "--no-registries", "--deadline", "1s")
    assert not any(one.calls for one in town.all)


def test_registries_that_break_off_kill_nothing(run: Run, town: Town, zoo: Zoo) -> None:
    zoo.page(("127.0.0.1", "/canary"), ok())
    for one in (town.arxiv, town.crossref, town.datacite, town.handles):
        one.always(impostor.broken())
    code, out, _ = run("links", "--canary", zoo.url("/canary", "127.0.0.1"))
    assert "gone" not in out
    assert out.count("its registry says nothing, and its host is not asked by programs") == 3
    assert code == 0


def test_an_unknown_registry_is_a_mistake(run: Run) -> None:
    code, _, err = run("links", "--registry", "pubmed=http://127.0.0.1/")
    assert code == 2
    assert "--registry 'pubmed=http://127.0.0.1/': expected NAME=URL, with a NAME of arxiv, arxiv-pages," in err


# The wire -------------------------------------------------------------------------------------------------------------


def asked(zoo: Zoo, page: Page, method: str = "POST", policy: Policy = LOOPBACK, body: bytes = b'{"a": 1}') -> Answer:
    """One request to a program's interface."""
    zoo.page("/api", page)

    async def ask() -> Answer:
        wire = HttpWire(zoo, policy, "listbot-test")
        try:
            headers = {"Content-Type": "application/json", "Accept": "application/json"}
            return await wire.ask(method, httpx.URL(zoo.url("/api")), Deadlines(0.5, 0.5, 1.0), headers, body)
        finally:
            await wire.aclose()

    return asyncio.run(ask())


def test_a_body_is_sent_and_the_answer_is_read_whole(zoo: Zoo) -> None:
    seen = []

    async def echo(request: object, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readexactly(int(request.headers["content-length"])))  # type: ignore[attr-defined]  # the zoo's requests have headers
        await answer(200, "[" + "1," * 100_000 + "1]", content_type="application/json")(request, reader, writer)  # type: ignore[arg-type]  # it is the zoo's

    told = asked(zoo, by_method(POST=echo))
    assert seen == [b'{"a": 1}']
    assert len(json.loads(told.text)) == 100_001
    assert zoo.asked[0].headers["content-type"] == "application/json"
    assert zoo.asked[0].headers["accept"] == "application/json"
    assert zoo.asked[0].headers["user-agent"] == "listbot-test"


def test_a_redirect_is_not_followed(zoo: Zoo) -> None:
    assert asked(zoo, redirect("/elsewhere"), "GET", body=b"").status == 301
    assert zoo.count("/elsewhere") == 0


def test_packed_answers_are_unpacked_up_to_a_bound(zoo: Zoo) -> None:
    packed = gzip.compress(b'{"title": "x"}')
    assert asked(zoo, answer(200, packed, content_encoding="gzip")).text == '{"title": "x"}'
    bomb = gzip.compress(b" " * (MAX_API_BODY + 1))
    with pytest.raises(NoAnswer):
        asked(zoo, answer(200, bomb, content_encoding="gzip"))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (silence, Reason.TIMEOUT),
        (reset, Reason.RESET),
        (dribble, Reason.TIMEOUT),
        (endless, Reason.PROTOCOL),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf", close=True), Reason.RESET),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf", end_by_reset=True), Reason.RESET),
        (raw(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"), Reason.TIMEOUT),
    ],
)
def test_an_answer_without_an_end_is_none(zoo: Zoo, page: Page, reason: Reason) -> None:
    with pytest.raises(NoAnswer) as error:
        asked(zoo, page)
    assert error.value.reason == reason


def test_a_registry_at_a_private_address_is_not_asked(zoo: Zoo) -> None:
    with pytest.raises(NoAnswer) as error:
        asked(zoo, answer(200), policy=Policy())
    assert error.value.reason == Reason.REFUSED_ADDRESS
    assert not zoo.asked
