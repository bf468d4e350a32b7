"""Whatever a server says, the engine has an answer to it: text of any kind in every place where servers speak."""

from __future__ import annotations

import asyncio
from random import Random

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from listbot.links.checker import run
from listbot.links.gate import Gate
from listbot.links.signatures import title_of
from listbot.links.transport import Answer, Deadlines, NoAnswer, _decoded
from listbot.links.visit import MAX_HOPS, Visit
from listbot.liveness import LinkResult, Outcome, Reason
from tests.links import virtual

URL = "http://site.example/x"

latin = st.text(st.characters(max_codepoint=255), max_size=80)
"""Bytes of a header, as they come."""
headers = st.dictionaries(
    st.sampled_from(
        "location retry-after ratelimit ratelimit-reset ratelimit-remaining x-ratelimit-reset content-type "
        "content-encoding content-length cf-mitigated x-datadome".split()
    ),
    latin
    | st.from_regex(r"\A(https?:)?//[a-z.\[\]:0-9@%]{1,20}(/[ -~]{0,20})?\Z")
    | st.from_regex(r"\A-?[0-9e.]{1,20}\Z"),
)
answers = st.builds(
    Answer,
    status=st.integers(100, 999) | st.sampled_from([200, 301, 302, 404, 429, 503]),
    headers=headers,
    text=st.text(max_size=200) | st.from_regex(r"\A<title>.{0,40}</title>\Z"),
    cookies=st.lists(latin, max_size=3).map(tuple),
)


@given(st.lists(answers, min_size=1, max_size=12))
def test_no_answer_breaks_a_visit_or_a_gate(said: list[Answer]) -> None:
    visit, gate = Visit(URL), Gate()
    for answer in said:
        gate.start(1.0)
        gate.answered(answer.status, answer.headers, 1.0, 1.8e9)
        assert gate.not_before <= 121.0
        assert isinstance(visit.cookie, str)
        if visit.take(answer) is not None:
            visit.begin()
    assert len(visit.evidence) >= len(said) // (MAX_HOPS + 2)


@given(st.binary(max_size=300), latin, latin)
@example(b"x", "text/html; charset=idna", "")
@example(b"x", "text/html; charset=undefined", "gzip")
@example(b"\x1f\x8b\x08", "text/html; charset=\0", "gzip")
def test_every_body_becomes_text(body: bytes, kind: str, encoding: str) -> None:
    assert isinstance(_decoded(body, {"content-type": kind, "content-encoding": encoding}, 1_000), str)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("<title>A &amp;  b\n</title>", "A & b"),
        ("<TITLE lang='en'>A</TITLE >", "A"),
        ("<titles>no</titles><title>A</title>", "A"),
        ("<title>A", ""),
        ("no title", ""),
    ],
)
def test_the_title_of_a_page(text: str, title: str) -> None:
    assert title_of(text) == title


class _Failing:
    """A host that never answers, for reasons that change."""

    def __init__(self, *reasons: Reason) -> None:
        self._reasons = list(reasons)

    async def fetch(self, method: str, url: httpx.URL, deadlines: Deadlines, cookie: str = "") -> Answer:  # noqa: ARG002 - the interface
        await asyncio.sleep(0.1)
        raise NoAnswer(self._reasons.pop(0) if len(self._reasons) > 1 else self._reasons[0])

    async def forget(self, host: str) -> None:
        """There is nothing open."""


@pytest.mark.parametrize("when", range(12))
def test_one_lost_lookup_among_failures_declares_nobody_gone(when: int) -> None:
    found: list[LinkResult] = []
    wire = _Failing(*[Reason.TIMEOUT] * when, Reason.NXDOMAIN, Reason.TIMEOUT)
    urls = [f"http://site.example/{number}" for number in range(40)]
    virtual.run(run(wire, urls, found.append, chance=Random(1)))  # noqa: S311 - a seed
    assert len(found) == 40
    assert {result.outcome for result in found} == {Outcome.UNKNOWN}
