"""What is asked and what is not, before anybody is asked."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.links import verdict
from listbot.links.guard import Policy, Refused, checked, hidden_in, host_in, is_global, literal, tidy
from listbot.links.visit import Visit
from listbot.liveness import Evidence, Reason

GOOD = Evidence(Reason.OK, status=200)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://Site.Example/A?b=C#d", "https://site.example/A?b=C"),
        ("https://site.example:443/", "https://site.example/"),
        ("http://site.example", "http://site.example/"),
        ("http://site.example?q=http://a.example/b/", "http://site.example/?q=http://a.example/b/"),
        ("http://site.example#/a/b", "http://site.example/"),
        ("http://site.example/a b", "http://site.example/a%20b"),
        ("http://site.example/ü?q=ü", "http://site.example/%C3%BC?q=%C3%BC"),
        ("http://site.example/a%2Fb", "http://site.example/a%2Fb"),
        ("http://site.example/a_(b)", "http://site.example/a_(b)"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://ex_a.example/", "http://ex_a.example/"),
        ("  http://site.example/  ", "http://site.example/"),
        ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
    ],
)
def test_a_url_is_asked_in_one_spelling(written: str, asked: str) -> None:
    assert str(tidy(written)) == asked
    assert host_in(asked) == tidy(written).netloc.decode()


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ftp://site.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//site.example/",
        "http:///path",
        "http://user@site.example/",
        "http://user:secret@site.example/",
        "http://user@①.example/",
        "http://a..b/",
        "http://site.example:99999/",
        "http://0177.0.0.1/",
        "http://[::1/",
        "http://[fe80::1%25eth0]x/",
        "http://site.example/\r\nHost: evil",
        "http://exa mple/",
        "https://site.example/" + "a" * 5_000,
    ],
)
def test_what_is_no_plain_web_address_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refusal:
        tidy(written)
    assert refusal.value.reason == Reason.REFUSED_URL


@given(st.text(max_size=60))
def test_no_text_breaks_the_guard(text: str) -> None:
    for url in (text, f"http://{text}/", f"http://site.example/{text}"):
        try:
            asked = str(tidy(url))
        except Refused:
            continue
        assert str(tidy(asked)) == asked
        assert asked.isascii()
        assert (Visit(asked).url, Visit(asked).host) == (asked, host_in(asked))
        seen = verdict.beforehand(asked)
        assert verdict.judge(asked, [seen] if seen is not None else [GOOD._replace(final=asked)]).url == asked


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("0x7F.0.0.1.", "127.0.0.1"),
        ("[::1]", "::1"),
        ("site.example", None),
        ("1.2.3.4.example", None),
        ("256.256.256.256", None),
        ("a", None),
    ],
)
def test_every_spelling_of_an_address_is_read(host: str, address: str | None) -> None:
    found = literal(host)
    assert (str(found) if found is not None else None) == address


@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_a_private_address_stays_private_in_every_disguise(number: int) -> None:
    plain = ipaddress.IPv4Address(number)
    disguises = [
        ipaddress.IPv6Address(0xFFFF_0000_0000 + number),
        ipaddress.IPv6Address((0x0064_FF9B << 96) + number),
        ipaddress.IPv6Address((0x2002 << 112) + (number << 80) + 1),
        ipaddress.IPv6Address((0x2001_0000 << 96) + (number << 64) + (~number & 0xFFFF_FFFF)),
    ]
    for disguise in disguises:
        assert plain in hidden_in(disguise)
        assert is_global(disguise) == is_global(plain)


def test_one_inner_address_among_good_ones_refuses_the_host() -> None:
    with pytest.raises(Refused) as refusal:
        checked("site.example", 443, ["93.184.215.14", "10.0.0.1"], Policy())
    assert refusal.value.reason == Reason.REFUSED_ADDRESS


def test_what_is_allowed_is_allowed_at_any_port_and_nothing_beside_it() -> None:
    policy = Policy(allowed=(ipaddress.ip_network("10.1.0.0/16"),))
    assert checked("site.example", 8080, ["10.1.2.3"], policy) == [ipaddress.ip_address("10.1.2.3")]
    with pytest.raises(Refused):
        checked("site.example", 8080, ["10.2.0.1"], policy)
    with pytest.raises(Refused):
        checked("site.example", 8080, ["93.184.215.14"], policy)


def test_the_old_internet_goes_first() -> None:
    found = checked("site.example", 443, ["2606:4700::1111", "93.184.215.14"], Policy())
    assert [address.version for address in found] == [4, 6]
