"""What a URL of the simulated web does, what is true of it, and how long its server takes. No part of it asks anybody.

`http://127.1.0.3:PORT/404/17.pdf` is the seventeenth link of a set; its kind is `404`, and a file.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from enum import StrEnum
from hashlib import blake2b
from statistics import NormalDist
from typing import NamedTuple
from urllib.parse import urlsplit


class Truth(StrEnum):
    """What a reader would find."""

    LIVE = "live"
    DEAD = "dead"
    UNCLEAR = "unclear"
    """Nobody can say from outside: refused, broken, silent. No tool may call it dead."""
    SOFT = "soft"
    """A page that says 404 with status 200. Counted apart."""


class Kind(NamedTuple):
    """One behaviour. `share` is in per mille of a set; `files` the share of its paths that end in .pdf."""

    share: int
    truth: Truth
    files: float = 0.3


KINDS = {
    "ok": Kind(853, Truth.LIVE),
    "r1": Kind(40, Truth.LIVE),  # 301 to another path of the host
    "r3": Kind(10, Truth.LIVE),  # a chain of three, the first hop to another host
    "head405": Kind(10, Truth.LIVE, 1.0),  # refuses HEAD
    "head404": Kind(10, Truth.LIVE, 1.0),  # HEAD lies
    "big": Kind(10, Truth.LIVE),  # 500 KB
    "slowbody": Kind(5, Truth.LIVE),  # 20 KB in 5 s
    "503once": Kind(5, Truth.LIVE),  # 503 and Retry-After, then well
    "reset1": Kind(3, Truth.LIVE),  # a reset, then well
    "404": Kind(25, Truth.DEAD),
    "410": Kind(3, Truth.DEAD),
    "r404": Kind(5, Truth.DEAD),  # 302 to a page that is not there
    "403": Kind(10, Truth.UNCLEAR),
    "500": Kind(3, Truth.UNCLEAR),
    "reset": Kind(2, Truth.UNCLEAR),
    "silent": Kind(2, Truth.UNCLEAR),
    "rloop": Kind(1, Truth.UNCLEAR),
    "soft404": Kind(3, Truth.SOFT, 0.0),
}

BIG_HOST_SHARE = 0.55
"""Of the links, on host 0; the rest is spread over the others by Zipf's law."""
MEDIAN, P99, LONGEST = 0.150, 3.0, 8.0
"""The latency of answers, in seconds."""
_SIGMA = math.log(P99 / MEDIAN) / NormalDist().inv_cdf(0.99)


class Limit(NamedTuple):
    """What a host bears: requests a second, and how many at once after a pause."""

    rate: float
    burst: float


BIG_LIMIT = Limit(100.0, 50.0)
SMALL_LIMIT = Limit(20.0, 20.0)


def limit_of(host: int) -> Limit:
    return BIG_LIMIT if host == 0 else SMALL_LIMIT


def address(host: int) -> str:
    """127.1.x.y, for hosts from 0 to 63,999."""
    return f"127.1.{host // 250}.{host % 250 + 1}"


def kind_of(url: str) -> str:
    """The kind in a URL or path. Raises KeyError for a URL that is none of this web."""
    kind = urlsplit(url).path.split("/")[1]
    if kind not in KINDS:
        raise KeyError(f"{url} is none of the simulated web")
    return kind


def truth_of(url: str) -> Truth:
    return KINDS[kind_of(url)].truth


def latency(host: int, path: str) -> float:
    """Seconds until an answer begins: lognormal, the same for every client in every run."""
    drawn = int.from_bytes(blake2b(f"{host} {path}".encode(), digest_size=6).digest(), "big")
    return min(LONGEST, MEDIAN * math.exp(_SIGMA * NormalDist().inv_cdf((drawn + 0.5) / 2**48)))


class Set(NamedTuple):
    """A set of URLs, all different: how many, over how many hosts, drawn from which seed."""

    urls: int
    hosts: int
    seed: int = 6
    calm: bool = False
    """Only pages that are there, for measuring what a link costs."""


def links(drawn: Set, port: int) -> Iterator[str]:
    """The URLs of a set, in the order of the list."""
    chance = random.Random(drawn.seed)  # noqa: S311 - the same set each time is the point
    others = list(itertools.accumulate(1 / rank for rank in range(1, drawn.hosts)))
    kinds = list(KINDS)
    shares = list(itertools.accumulate(kind.share for kind in KINDS.values()))
    for number in range(drawn.urls):
        big = chance.random() < BIG_HOST_SHARE
        host = 0 if big else chance.choices(range(1, drawn.hosts), cum_weights=others)[0]
        kind = "ok" if drawn.calm else chance.choices(kinds, cum_weights=shares)[0]
        ending = ".pdf" if chance.random() < KINDS[kind].files else ""
        yield f"http://{address(host)}:{port}/{kind}/{number}{ending}"


def markdown(drawn: Set, port: int) -> str:
    """The same as a list in Markdown, in sections of 100 entries."""
    return "".join(_lines(links(drawn, port)))


def _lines(urls: Iterator[str]) -> Iterator[str]:
    yield "# A list\n"
    for number, url in enumerate(urls):
        if number % 100 == 0:
            yield f"\n## Section {number // 100}\n\n"
        yield f"- [Work {number}]({url}): what it is about.\n"
