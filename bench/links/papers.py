"""A list of papers on the simulated web: what its links are, what is true of each, and which hosts there are.

The links are those of real lists in their shares (reference/links.md §0): preprints, repositories, articles behind
walls, proceedings, and an eighth of other pages. They are written as lists write them; both tools reach the simulated
web in their places.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from hashlib import md5
from typing import NamedTuple

from bench.links.truth import KINDS, Limit, Truth, address, truth_of

SHARES = {
    "arxiv": 0.509,
    "github": 0.173,
    "acm": 0.079,
    "usenix": 0.043,
    "mlsys": 0.033,
    "openreview": 0.022,
    "ieee": 0.017,
    "unregistered": 0.003,
}
"""Of the links of five lists, less badges, which nobody asks for; the rest is other pages, on hosts of their own."""
OTHER_HOSTS = 60
_DEAD = 0.03
"""Of each kind, planted; chosen before anything was measured, and more than the mistyped ids that real lists have."""


class Site(NamedTuple):
    """A host with pages. `wall`: it refuses programs, whatever they ask for."""

    host: str
    limit: Limit
    wall: bool = False


SITES = {
    "arxiv": Site("arxiv.org", Limit(1.0, 4.0)),  # three times what it asks programs to keep to
    "github": Site("github.com", Limit(5.0, 20.0)),
    "acm": Site("dl.acm.org", Limit(20.0, 20.0), wall=True),
    "usenix": Site("www.usenix.org", Limit(20.0, 20.0)),
    "mlsys": Site("proceedings.mlsys.org", Limit(20.0, 20.0)),
    "openreview": Site("openreview.net", Limit(20.0, 20.0), wall=True),
    "ieee": Site("ieeexplore.ieee.org", Limit(20.0, 20.0), wall=True),
}


class Paper(NamedTuple):
    """One link of the list."""

    url: str
    title: str
    kind: str
    truth: Truth


def address_of(site: str) -> str:
    """Where a site stands on loopback."""
    return address(OTHER_HOSTS + 1 + list(SITES).index(site))


_URLS: Mapping[str, Callable[[int], str]] = {
    "arxiv": lambda n: f"https://arxiv.org/abs/24{1 + n % 12:02}.{n:05}",
    "github": lambda n: f"https://github.com/owner-{n}/tool-{n}",
    "acm": lambda n: f"https://dl.acm.org/doi/10.1145/{3_000_000 + n}",
    "usenix": lambda n: f"https://www.usenix.org/conference/osdi{10 + n % 15}/presentation/author-{n}",
    "mlsys": lambda n: (
        f"https://proceedings.mlsys.org/paper_files/paper/{2018 + n % 8}/hash/"
        f"{md5(str(n).encode()).hexdigest()}-Abstract-Conference.html"  # noqa: S324 - as these sites name their papers
    ),
    "openreview": lambda n: f"https://openreview.net/forum?id=Sub{n:07}",
    "ieee": lambda n: f"https://ieeexplore.ieee.org/document/{9_000_000 + n}",
    "unregistered": lambda n: f"https://dl.acm.org/doi/10.5555/{3_000_000 + n}",
}


def papers(count: int, seed: int, port: int) -> Iterator[Paper]:
    """The links, in the order of the list."""
    chance = random.Random(seed)  # noqa: S311 - the same list each time is the point
    kinds = [*SHARES, "other"]
    weights = [*SHARES.values(), 1 - sum(SHARES.values())]
    for number, kind in enumerate(chance.choices(kinds, weights, k=count), 1):
        title = f"On the matter of engine number {number} and its looms"
        if kind == "other":
            yield _other(number, title, chance, port)
        elif kind in ("unregistered", "ieee"):  # whether they are there, nobody can tell from their URL
            yield Paper(_URLS[kind](number), title, kind, Truth.LIVE if kind == "ieee" else Truth.UNCLEAR)
        else:
            yield Paper(
                _URLS[kind](number),
                title,
                kind,
                Truth.DEAD if chance.random() < _DEAD else Truth.LIVE,
            )


def _other(number: int, title: str, chance: random.Random, port: int) -> Paper:
    kind = chance.choices(list(KINDS), [row.share for row in KINDS.values()])[0]
    url = f"http://{address(1 + chance.randrange(OTHER_HOSTS))}:{port}/{kind}/{number}"
    return Paper(url, title, "other", truth_of(url))


def markdown(found: list[Paper]) -> str:
    """The list."""
    sections = [found[start : start + 50] for start in range(0, len(found), 50)]
    lines = ["# Papers\n"]
    for number, section in enumerate(sections):
        lines.append(f"\n## Part {number}\n\n")
        lines += [f"- [{paper.title}]({paper.url})\n" for paper in section]
    return "".join(lines)
