"""The engine against a hostile web: real connections, every animal of the zoo, and what the servers saw."""

from __future__ import annotations

import gzip
import ipaddress
import zlib
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

import pytest

from listbot.links.guard import Policy
from listbot.liveness import Outcome, Reason
from tests.links import zoo as animals
from tests.links.conftest import QUICK, Asker
from tests.links.zoo import Page, Request, Zoo, answer, by_method, in_turn, ok, raw, redirect, reset, silence

FINE = (Outcome.ALIVE, Reason.OK)
ANIMALS: list[tuple[str, Page, Outcome, Reason]] = [
    ("a page", ok(), Outcome.ALIVE, Reason.OK),
    ("no such page", answer(404), Outcome.GONE, Reason.STATUS_404),
    ("removed", answer(410), Outcome.GONE, Reason.STATUS_410),
    ("forbidden", answer(403), Outcome.BLOCKED, Reason.BOT_WALL),
    ("a login", answer(401), Outcome.BLOCKED, Reason.LOGIN),
    ("a teapot", answer(418), Outcome.BLOCKED, Reason.BOT_WALL),
    ("LinkedIn's number", answer(999), Outcome.BLOCKED, Reason.BOT_WALL),
    ("for legal reasons", answer(451), Outcome.BLOCKED, Reason.LEGAL),
    ("AWS's challenge", answer(202, x_amzn_waf_action="challenge"), Outcome.BLOCKED, Reason.BOT_WALL),
    ("Cloudflare's challenge", answer(403, cf_mitigated="challenge"), Outcome.BLOCKED, Reason.BOT_WALL),
    ("a challenge with 404", answer(404, cf_mitigated="challenge"), Outcome.BLOCKED, Reason.BOT_WALL),
    ("Anubis", ok("Making sure you&#39;re not a bot!"), Outcome.BLOCKED, Reason.BOT_WALL),
    ("a soft 404", ok("Page not found · Site"), Outcome.UNKNOWN, Reason.SOFT_404),
    ("a domain for sale", ok("site.example is for sale"), Outcome.UNKNOWN, Reason.PARKED),
    ("503 for ever", answer(503), Outcome.UNKNOWN, Reason.STATUS_5XX),
    ("503 once", in_turn(answer(503), ok()), Outcome.ALIVE, Reason.OK),
    ("404 once", in_turn(answer(404), ok()), Outcome.ALIVE, Reason.OK),
    ("404 and then a fault", in_turn(answer(404), answer(500)), Outcome.UNKNOWN, Reason.ONCE_GONE),
    ("silence", silence, Outcome.UNKNOWN, Reason.TIMEOUT),
    ("silence once", in_turn(silence, ok()), Outcome.ALIVE, Reason.OK),
    ("reset", reset, Outcome.UNKNOWN, Reason.RESET),
    ("reset once", in_turn(reset, ok()), Outcome.ALIVE, Reason.OK),
    ("closed without a word", raw(b"", close=True), Outcome.UNKNOWN, Reason.RESET),
    ("half a status line", raw(b"HTTP/1.1 20", close=True), Outcome.UNKNOWN, Reason.RESET),
    ("no HTTP", raw(b"220 smtp.site.example ESMTP\r\n\r\n", close=True), Outcome.UNKNOWN, Reason.PROTOCOL),
    ("headers without end", animals.dribble, Outcome.UNKNOWN, Reason.TIMEOUT),
    ("a body without end", animals.endless, Outcome.ALIVE, Reason.OK),
    (
        "bad chunks",
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n", close=True),
        Outcome.ALIVE,
        Reason.OK,
    ),
    (
        "a body that breaks off",
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<title>x", close=True),
        Outcome.ALIVE,
        Reason.OK,
    ),
    (
        "early hints",
        raw(b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        Outcome.ALIVE,
        Reason.OK,
    ),
    (
        "a packed soft 404",
        answer(200, gzip.compress(b"<title>404 Not Found</title>"), content_encoding="gzip"),
        Outcome.UNKNOWN,
        Reason.SOFT_404,
    ),
    (
        "a bomb",
        answer(200, gzip.compress(b"<title>Bomb</title>" + b"\0" * 30_000_000), content_encoding="gzip"),
        Outcome.ALIVE,
        Reason.OK,
    ),
    ("no gzip at all", answer(200, b"plain", content_encoding="gzip"), Outcome.ALIVE, Reason.OK),
    ("an unknown charset", answer(200, "é", content_type="text/html; charset=klingon"), Outcome.ALIVE, Reason.OK),
    ("a charset that is none of the web", answer(200, "é", content_type="text/html; charset=idna"), *FINE),
    ("a charset that raises", answer(200, "é", content_type="text/html; charset=undefined"), *FINE),
    ("a header with a NUL", answer(200, content_type="text/html; charset=\0"), Outcome.UNKNOWN, Reason.PROTOCOL),
    ("another charset", answer(200, "<title>页面不存在</title>".encode("gbk"), content_type="text/html; charset=GBK"),
     Outcome.UNKNOWN, Reason.SOFT_404),
    ("titles without end", answer(200, "<title>" * 9_000), *FINE),
    ("half a title without end", answer(200, "<title" * 10_000), *FINE),
    ("a redirect to nowhere", redirect("http://[nowhere/"), Outcome.UNKNOWN, Reason.REDIRECT_BROKEN),
    ("a redirect to a file", redirect("file:///etc/passwd"), Outcome.UNKNOWN, Reason.REDIRECT_BROKEN),
    ("a redirect with a password", redirect("http://a:b@site.example/"), Outcome.UNKNOWN, Reason.REDIRECT_BROKEN),
    ("a redirect without a target", answer(302), Outcome.UNKNOWN, Reason.STATUS_ODD),
    ("a loop", redirect("/x"), Outcome.UNKNOWN, Reason.REDIRECT_LOOP),
]  # fmt: skip


@pytest.mark.parametrize(("page", "outcome", "reason"), [pytest.param(*rest, id=name) for name, *rest in ANIMALS])
def test_every_animal_is_called_by_its_name(zoo: Zoo, ask: Asker, page: Page, outcome: Outcome, reason: Reason) -> None:
    zoo.page("/x", page)
    (result,) = ask(zoo.url("/x")).values()
    assert (result.outcome, result.reason) == (outcome, reason)


def test_what_nobody_thought_of_breaks_nothing_and_kills_nobody(zoo: Zoo, ask: Asker) -> None:
    """A good answer with bytes of it changed, cut out, doubled or broken off, in a hundred ways."""
    good = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nSet-Cookie: a=b; Path=/\r\n"
        b"Location: /elsewhere\r\nRetry-After: 0\r\nRateLimit: limit=1, remaining=1, reset=0\r\n"
        b"Content-Encoding: gzip\r\nContent-Length: 40\r\n\r\n" + gzip.compress(b"<title>A page</title>")
    )
    chance = Random(3)  # noqa: S311 - a seed
    for number in range(100):
        zoo.page((f"host{number % 10}.example", f"/{number}"), raw(_mutated(good, chance), close=True))
    found = ask(*(zoo.url(f"/{number}", f"host{number % 10}.example") for number in range(100)))
    assert len(found) == 100
    assert {result.outcome for result in found.values()} >= {Outcome.ALIVE, Outcome.UNKNOWN}
    assert Outcome.GONE not in {result.outcome for result in found.values()}


def _mutated(content: bytes, chance: Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content))
        piece = content[at : at + chance.randint(1, 20)]
        put = chance.choice([b"", piece * 3, chance.randbytes(3), b"\r\n", b"\0", b"301", piece.upper(), b";" * 9])
        content = content[:at] + put + content[at + len(piece) :]
    return content[: chance.choice([len(content), len(content), chance.randrange(1, len(content))])]


def test_zlib_is_the_same_as_gzip(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/x", answer(200, zlib.compress(b"<title>404 Not Found</title>"), content_encoding="deflate"))
    (result,) = ask(zoo.url("/x")).values()
    assert result.reason == Reason.SOFT_404


# HEAD -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", [answer(404), answer(405), answer(403), answer(500), silence, reset, answer(200)])
def test_what_head_says_against_a_link_is_asked_again_by_get(zoo: Zoo, ask: Asker, head: Page) -> None:
    pdf = answer(200, "%PDF", content_type="application/pdf")
    zoo.page("/paper.pdf", by_method(HEAD=head, GET=pdf))
    (result,) = ask(zoo.url("/paper.pdf")).values()
    assert (result.outcome, result.reason) == (Outcome.ALIVE, Reason.OK)
    assert zoo.count("/paper.pdf", "HEAD") == 1


def test_a_file_that_is_there_costs_one_request_without_a_body(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/paper.pdf", answer(200, "%PDF", content_type="application/pdf"))
    ask(zoo.url("/paper.pdf"))
    assert [(request.method, request.path) for request in zoo.asked] == [("HEAD", "/paper.pdf")]


def test_a_file_that_is_a_page_is_looked_at(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/paper.pdf", ok("404 Not Found"))
    (result,) = ask(zoo.url("/paper.pdf")).values()
    assert result.reason == Reason.SOFT_404


def test_a_file_on_a_host_that_is_not_there_is_as_gone_as_a_page(zoo: Zoo, ask: Asker) -> None:
    zoo.names["lost.example"] = Reason.NXDOMAIN
    (result,) = ask(zoo.url("/paper.pdf", "lost.example")).values()
    assert (result.outcome, result.reason) == (Outcome.GONE, Reason.NXDOMAIN)
    assert zoo.looked_up == ["lost.example"] * 2


# Redirects ------------------------------------------------------------------------------------------------------------


def test_a_permanent_move_within_a_site_is_certain(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/old/tool", redirect("/new/tool"))
    zoo.page("/new/tool", ok())
    (result,) = ask(zoo.url("/old/tool")).values()
    assert (result.outcome, result.target, result.certain) == (Outcome.MOVED, zoo.url("/new/tool"), True)


def test_a_move_to_https_is_certain(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/a", ok())
    zoo.page(("plain.site.example", "/a"), redirect(zoo.tls_url("/a")))
    (result,) = ask(zoo.url("/a", "plain.site.example")).values()
    assert (result.outcome, result.target) == (Outcome.MOVED, zoo.tls_url("/a"))


def test_a_move_elsewhere_is_told_and_not_certain(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/old", redirect(zoo.url("/new", "other.example"), 308))
    zoo.page("/new", ok())
    (result,) = ask(zoo.url("/old")).values()
    assert (result.outcome, result.target, result.certain) == (Outcome.MOVED, zoo.url("/new", "other.example"), False)


def test_eleven_hops_are_one_too_many(zoo: Zoo, ask: Asker) -> None:
    for number in range(12):
        zoo.page(f"/{number}", redirect(f"/{number + 1}"))
    zoo.page("/12", ok())
    found = ask(zoo.url("/1"), zoo.url("/2"))
    assert found[zoo.url("/1")].reason == Reason.REDIRECT_LOOP
    assert found[zoo.url("/2")].outcome == Outcome.MOVED


def test_a_cookie_opens_the_door_and_stays_within_its_chain(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/article", animals.with_cookie(ok(), "/article"))
    zoo.page("/other", ok())
    found = ask(zoo.url("/article"), zoo.url("/other"))
    assert {result.outcome for result in found.values()} == {Outcome.ALIVE}
    assert [r.headers.get("cookie") for r in zoo.asked if r.path == "/other"] == [None]


def test_a_cookie_of_one_site_does_not_go_to_another(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/a", redirect(zoo.url("/b", "other.example"), set_cookie="secret=1"))
    zoo.page("/b", ok())
    ask(zoo.url("/a"))
    assert [r.headers.get("cookie") for r in zoo.of_host("other.example")] == [None]


def test_a_location_in_another_encoding_is_followed_as_its_bytes(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/x", raw("HTTP/1.1 302 Found\r\nLocation: /größe\r\nContent-Length: 0\r\n\r\n".encode("latin-1")))
    zoo.page("/gr%F6%DFe", ok())
    (result,) = ask(zoo.url("/x")).values()
    assert result.outcome == Outcome.ALIVE


def test_a_challenge_is_no_move(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/forum?id=x", redirect("/challenge?redirect=%2Fforum", 307))
    zoo.page("/challenge?redirect=%2Fforum", ok("OpenReview"))
    (result,) = ask(zoo.url("/forum?id=x")).values()
    assert (result.outcome, result.reason, result.target) == (Outcome.BLOCKED, Reason.BOT_WALL, None)


def test_a_host_that_others_lead_to_is_heard_too(zoo: Zoo, ask: Asker) -> None:
    """What the publisher says of its patience holds for whoever comes by way of a resolver."""
    for number in range(8):
        zoo.page(("doi.example", f"/{number}"), redirect(zoo.url(f"/{number}", "publisher.example"), 302))
        zoo.page(("publisher.example", f"/{number}"), ok())
    zoo.page(("publisher.example", "/0"), in_turn(answer(429, retry_after="1"), ok()))
    found = ask(*(zoo.url(f"/{number}", "doi.example") for number in range(8)))
    assert {result.outcome for result in found.values()} == {Outcome.ALIVE}
    seen = zoo.of_host("publisher.example")
    assert seen[-1].at - seen[0].at >= 0.95


def test_hops_to_another_host_wait_at_its_gate(zoo: Zoo, ask: Asker) -> None:
    for number in range(40):
        zoo.page(("doi.example", f"/{number}"), redirect(zoo.url(f"/{number}", "publisher.example"), 302))
        zoo.page(("publisher.example", f"/{number}"), animals.slow(ok(), 0.01))
    found = ask(*(zoo.url(f"/{number}", "doi.example") for number in range(40)))
    assert {result.outcome for result in found.values()} == {Outcome.ALIVE}
    assert len(zoo.of_host("publisher.example")) == 40
    assert zoo.most["publisher.example"] <= 12


# The guard ------------------------------------------------------------------------------------------------------------

INSIDE = (
    "127.0.0.1 10.0.0.1 169.254.169.254 100.64.0.1 192.168.1.1 0.0.0.0 ::1 fe80::1 fd00:ec2::254 ::ffff:127.0.0.1 "
    "::ffff:169.254.169.254 64:ff9b::7f00:1 2002:7f00:1::1 2001:0:4136:e378:8000:63bf:80ff:fffe 168.63.129.16 "
    "224.0.0.1 240.0.0.1 192.0.0.192"
).split()


@pytest.mark.parametrize("address", INSIDE)
def test_no_name_leads_inside(zoo: Zoo, ask: Asker, address: str) -> None:
    zoo.page("/x", ok())
    zoo.names["inside.example"] = ["93.184.215.14", address]
    (result,) = ask("http://inside.example/x", policy=Policy()).values()
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, Reason.REFUSED_ADDRESS)
    assert zoo.asked == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "0x7f000001", "017700000001", "2130706433", "127.1", "[::1]", "①②⑦.⓪.⓪.①"]
)
def test_no_spelling_leads_inside(zoo: Zoo, ask: Asker, host: str) -> None:
    zoo.page("/x", ok())
    (result,) = ask(f"http://{host}:{zoo.port}/x", policy=Policy(ports=frozenset({zoo.port}))).values()
    assert result.reason == Reason.REFUSED_ADDRESS
    assert zoo.asked == []


def test_a_redirect_does_not_lead_inside(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/x", redirect("http://169.254.169.254/latest/meta-data/"))
    zoo.page("/y", redirect("http://[::ffff:10.0.0.1]/"))
    found = ask(zoo.url("/x"), zoo.url("/y"))
    assert {result.reason for result in found.values()} == {Reason.REFUSED_ADDRESS}
    assert len(zoo.asked) == 2


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://localhost/",
        "http://[::ffff:169.254.169.254]/latest/meta-data/",
        "http://0x7f.2/",
        "//2130706434/",
        "https://metadata.example/",
    ],
)
def test_a_redirect_does_not_lead_to_this_machine(zoo: Zoo, ask: Asker, target: str) -> None:
    """The zoo's own address is the only one that is allowed, so any other of loopback stands for what is inside."""
    zoo.names["localhost"] = ["127.0.0.2", "::1"]
    zoo.names["metadata.example"] = ["169.254.169.254"]
    zoo.page("/x", redirect(target))
    only = Policy(allowed=(ipaddress.ip_network("127.0.0.1/32"),))
    (result,) = ask(zoo.url("/x"), policy=only).values()
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, Reason.REFUSED_ADDRESS)
    assert [request.path for request in zoo.asked] == ["/x"]


def test_a_name_that_changes_its_mind_is_checked_each_time(zoo: Zoo, ask: Asker) -> None:
    """DNS rebinding: every connection goes to an address that was checked for it."""
    said = iter([["127.0.0.1"]])
    zoo.names["rebound.example"] = lambda: next(said, ["169.254.169.254"])
    zoo.page("/a", ok())
    zoo.page("/b", ok())
    found = ask(zoo.url("/a", "rebound.example"), zoo.url("/b", "rebound.example"))
    assert {result.reason for result in found.values()} == {Reason.OK, Reason.REFUSED_ADDRESS}
    assert len(zoo.asked) == 1


def test_other_ports_are_not_asked_of_public_hosts(zoo: Zoo, ask: Asker) -> None:
    zoo.names["outside.example"] = ["93.184.215.14"]
    (result,) = ask("http://outside.example:6379/").values()
    assert result.reason == Reason.REFUSED_URL


def test_the_second_address_is_tried_where_the_first_is_deaf(zoo: Zoo, ask: Asker) -> None:
    zoo.names["two.example"] = ["127.0.0.77", "127.0.0.1"]
    zoo.page("/x", ok())
    (result,) = ask(zoo.url("/x", "two.example")).values()
    assert result.outcome == Outcome.ALIVE


def test_nothing_of_the_environment_is_used(
    zoo: Zoo, ask: Asker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password secret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    zoo.page("/x", ok())
    (result,) = ask(zoo.url("/x")).values()
    assert result.outcome == Outcome.ALIVE
    assert set(zoo.asked[0].headers) == {"host", "user-agent", "accept", "accept-encoding", "accept-language"}


# Names and TLS --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        (Reason.NXDOMAIN, Outcome.GONE, Reason.NXDOMAIN),
        (Reason.SERVFAIL, Outcome.UNKNOWN, Reason.SERVFAIL),
        (["127.0.0.99"], Outcome.UNKNOWN, Reason.REFUSED),
    ],
)
def test_what_name_servers_say(
    zoo: Zoo, ask: Asker, said: list[str] | Reason, outcome: Outcome, reason: Reason
) -> None:
    zoo.names["lost.example"] = said
    (result,) = ask(zoo.url("/x", "lost.example")).values()
    assert (result.outcome, result.reason) == (outcome, reason)


def test_a_name_that_is_lost_once_is_looked_up_again(zoo: Zoo, ask: Asker) -> None:
    said: Iterator[list[str] | Reason] = iter([Reason.NXDOMAIN])
    zoo.names["flaky.example"] = lambda: next(said, ["127.0.0.1"])
    zoo.page("/x", ok())
    (result,) = ask(zoo.url("/x", "flaky.example")).values()
    assert result.outcome == Outcome.ALIVE


def test_many_links_of_a_host_that_does_not_exist_are_all_gone(zoo: Zoo, ask: Asker) -> None:
    zoo.names["lost.example"] = Reason.NXDOMAIN
    found = ask(*(zoo.url(f"/{number}", "lost.example") for number in range(30)))
    assert {(result.outcome, result.reason) for result in found.values()} == {(Outcome.GONE, Reason.NXDOMAIN)}


def test_many_links_of_a_silent_host_do_not_each_wait(zoo: Zoo, ask: Asker) -> None:
    zoo.page(("deaf.example", "*"), silence)
    found = ask(*(zoo.url(f"/{number}", "deaf.example") for number in range(60)))
    assert {result.reason for result in found.values()} == {Reason.TIMEOUT}
    assert len(found) == 60
    assert len(zoo.of_host("deaf.example")) <= 9


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("site.example", Reason.OK),
        ("wrong-host.example", Reason.TLS),
        ("selfsigned.example", Reason.TLS),
        ("expired.example", Reason.TLS),
    ],
)
def test_certificates(zoo: Zoo, ask: Asker, host: str, reason: Reason) -> None:
    zoo.page("/x", ok())
    (result,) = ask(zoo.tls_url("/x", host)).values()
    assert result.reason == reason


def test_tls_on_a_port_without_it(zoo: Zoo, ask: Asker) -> None:
    (result,) = ask(f"https://site.example:{zoo.port}/x").values()
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, Reason.TIMEOUT)


def test_tls_that_breaks_off_says_nothing_of_its_certificate(zoo: Zoo, ask: Asker) -> None:
    (result,) = ask(f"https://site.example:{zoo.reset_port}/x").values()
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, Reason.RESET)


def test_many_pages_over_tls_share_connections(zoo: Zoo, ask: Asker) -> None:
    for number in range(40):
        zoo.page(f"/{number}", answer(200, f"<title>A page</title>{'x' * 50_000}"))
    found = ask(*(zoo.tls_url(f"/{number}") for number in range(40)))
    assert {result.outcome for result in found.values()} == {Outcome.ALIVE}
    assert len(zoo.looked_up) <= 12


def test_who_resets_as_soon_as_somebody_connects_is_asked_again(zoo: Zoo, ask: Asker) -> None:
    (result,) = ask(f"http://site.example:{zoo.reset_port}/x").values()
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, Reason.RESET)
    assert len(zoo.looked_up) == 3


def test_who_lets_nobody_in_is_waited_for_only_so_long(zoo: Zoo, ask: Asker) -> None:
    (result,) = ask(f"http://site.example:{zoo.full_port}/x").values()
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, Reason.TIMEOUT)


# Politeness -----------------------------------------------------------------------------------------------------------


def test_a_url_is_asked_once(zoo: Zoo, ask: Asker) -> None:
    paths = [f"/{number}" for number in range(50)]
    for path in paths:
        zoo.page(path, ok())
    ask(*(zoo.url(path) for path in paths))
    assert sorted(request.path for request in zoo.asked) == sorted(paths)


def test_a_hosts_window_begins_at_four_and_grows(zoo: Zoo, ask: Asker) -> None:
    zoo.page(("slow.example", "*"), animals.slow(ok(), 0.03))
    ask(*(zoo.url(f"/{number}", "slow.example") for number in range(200)))
    first = zoo.of_host("slow.example")[:8]
    assert first[4].at - first[0].at >= 0.025
    assert 8 <= zoo.most["slow.example"] <= 64


async def in_two_seconds(request: Request, reader: StreamReader, writer: StreamWriter) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    await answer(429, retry_after=date)(request, reader, writer)


@pytest.mark.parametrize(
    "busy",
    [
        answer(429, retry_after="1"),
        answer(503, retry_after="1"),
        answer(502, retry_after="1"),
        in_two_seconds,
        answer(429, retry_after="nonsense"),
        answer(429, retry_after="-5"),
        answer(429, ratelimit='"default";r=0;t=1'),
        answer(200, ratelimit_remaining="0", ratelimit_reset="1"),
    ],
)
def test_nothing_goes_to_a_host_before_it_says_so(zoo: Zoo, ask: Asker, busy: Page) -> None:
    zoo.page(("busy.example", "*"), animals.slow(ok(), 0.1))  # good answers come after it
    zoo.page(("busy.example", "/0"), in_turn(busy, ok()))
    found = ask(*(zoo.url(f"/{number}", "busy.example") for number in range(12)))
    assert {result.outcome for result in found.values()} == {Outcome.ALIVE}
    seen = zoo.of_host("busy.example")
    refused = next(request for request in seen if request.path == "/0")
    early = [request for request in seen if animals.HEARD < request.at - refused.at < 0.85]
    assert early == []


def test_nothing_goes_to_a_host_that_is_down_as_a_whole(zoo: Zoo, ask: Asker) -> None:
    zoo.page(("down.example", "*"), in_turn(*[answer(503, retry_after="1")] * 4, ok()))
    found = ask(*(zoo.url(f"/{number}", "down.example") for number in range(12)))
    assert {result.outcome for result in found.values()} == {Outcome.ALIVE}
    seen = zoo.of_host("down.example")
    assert seen[4].at - seen[0].at >= 0.95


def test_a_host_that_asks_for_an_hour_is_left_alone(zoo: Zoo, ask: Asker) -> None:
    zoo.page(("busy.example", "*"), answer(429, retry_after="3600"))
    found = ask(*(zoo.url(f"/{number}", "busy.example") for number in range(100)))
    assert {(r.outcome, r.reason) for r in found.values()} == {(Outcome.BLOCKED, Reason.RATE_LIMITED)}
    assert len(zoo.of_host("busy.example")) <= 4


def test_a_host_that_refuses_programs_is_not_asked_on_and_on(zoo: Zoo, ask: Asker) -> None:
    zoo.page(("wall.example", "*"), answer(403))
    found = ask(*(zoo.url(f"/{number}", "wall.example") for number in range(100)))
    assert {(r.outcome, r.reason) for r in found.values()} == {(Outcome.BLOCKED, Reason.BOT_WALL)}
    assert len(zoo.of_host("wall.example")) <= 10


def test_a_bucket_is_learned(zoo: Zoo, ask: Asker) -> None:
    zoo.page(("bucket.example", "*"), animals.limited(ok(), 60.0, 20))
    found = ask(*(zoo.url(f"/{number}", "bucket.example") for number in range(150)))
    assert {result.outcome for result in found.values()} == {Outcome.ALIVE}
    assert len(zoo.of_host("bucket.example")) <= 150 * 1.2


def test_the_deadline_ends_a_run(zoo: Zoo, ask: Asker) -> None:
    zoo.page("/ok", ok())
    zoo.page(("deaf.example", "*"), silence)
    urls = [zoo.url("/ok"), *(zoo.url(f"/{number}", "deaf.example") for number in range(3))]
    found = ask(*urls, limits=QUICK._replace(deadline=0.3))
    assert found[zoo.url("/ok")].outcome == Outcome.ALIVE
    assert [found[url].reason for url in urls[1:]] == [Reason.DEADLINE] * 3
    assert [found[url].at for url in urls[1:]] == [None] * 3
