"""The web of a list of papers: `python -m bench.links.papers_web COUNT SEED SECONDS`, on 127.1.0.0/16 only.

Pages as in `web`; beside them the sites of papers, which bear so much and refuse programs where they are known to, and
the impostors of their registries (`tests/links/registries`). Obeys standard input as `web` does.
"""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial

from tests.links.registries.impostor import Impostor, taken_apart, written
from tests.links.registries.population import populate
from tests.links.registries.town import Town

from bench.links import papers, web
from bench.links.bucket import Bucket
from bench.links.papers import OTHER_HOSTS, SITES, Paper, Site, address_of
from bench.links.truth import Truth, address, latency

_API_SECONDS = 1.0
"""What a registry takes for a batch."""
_REGISTRIES_AT = OTHER_HOSTS + 1 + len(SITES)


def registry_addresses() -> dict[str, str]:
    """From the registries' own hosts to where they stand here; sites of papers stand elsewhere."""
    taken = {site.host for site in SITES.values()}
    hosts = dict.fromkeys(one.host for one in Town().all if one.host not in taken)
    return {host: address(_REGISTRIES_AT + number) for number, host in enumerate(hosts)}


class Count:
    """Of one run, over all sites and registries."""

    def __init__(self) -> None:
        self.requests = self.limited = 0


class Pages:
    """A site of papers. What is dead is not there; a wall answers everybody the same."""

    def __init__(self, name: str, site: Site, dead: set[str], now: float) -> None:
        self.number = OTHER_HOSTS + 1 + list(SITES).index(name)
        self._site, self._dead = site, dead
        self._bucket = Bucket(site.limit, now)

    def answer(self, target: str, now: float) -> tuple[int, float]:
        """Status, and after how many seconds."""
        if not self._bucket.take(now):
            return 429, 0.0
        if self._site.wall:
            return 403, 0.05
        return 404 if target in self._dead else 200, latency(self.number, target)


class PapersWeb:
    """Sites and registries of one run."""

    def __init__(self, found: list[Paper]) -> None:
        self._found = found
        self.begin()

    def begin(self) -> None:
        """Forget what was."""
        now = asyncio.get_running_loop().time()
        self.count = Count()
        self.town = Town()
        live = [paper for paper in self._found if paper.truth is Truth.LIVE]
        populate(self.town, [(paper.url, paper.title) for paper in live])
        dead = {"/" + paper.url.split("/", 3)[3] for paper in self._found if paper.truth is Truth.DEAD}
        self._pages = {site.host: Pages(name, site, dead, now) for name, site in SITES.items()}
        self._registries: dict[str, Impostor] = {}
        for one in self.town.all:
            self._registries.setdefault(one.host, one)

    async def ask(self, host: str, method: str, target: str, headers: dict[str, str], body: str) -> bytes:
        """The answer to a request, after as long as it takes."""
        self.count.requests += 1
        now = asyncio.get_running_loop().time()
        registry = self._registries.get(host)
        is_index = host in ("www.usenix.org", "proceedings.mlsys.org") and registry is not None
        if (registry is not None and host not in self._pages) or (is_index and _is_index(target)):
            await asyncio.sleep(_API_SECONDS)
            return written(registry.answer(taken_apart(method, target, headers, body), now), method)
        status, seconds = self._pages[host].answer(target, now)
        await asyncio.sleep(seconds)
        self.count.limited += status == 429
        page = b"<title>A page</title>" if status == 200 else b"<title>No</title>"
        more = "Retry-After: 1\r\n" if status == 429 else ""
        head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n{more}\r\n"
        return head.encode() + (b"" if method == "HEAD" else page)


def _is_index(target: str) -> bool:
    return target.endswith("/technical-sessions") or ("/hash/" not in target and "/presentation/" not in target)


async def _talk(papers_web: PapersWeb, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip()
            first, *rest = head.split("\r\n")
            method, target, _ = first.split(" ", 2)
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
            size = int(headers.get("content-length", "0"))
            body = (await reader.readexactly(size)).decode("utf-8", "replace") if size else ""
            writer.write(await papers_web.ask(host, method, target, headers, body))
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        writer.close()  # the client went away


async def _obey(papers_web: PapersWeb, others: web.Web) -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while await lines.readline():
        told = others.figures()
        told["requests"] += papers_web.count.requests
        told["limited"] += papers_web.count.limited
        told["misdeeds"] = len(papers_web.town.misdeeds)
        papers_web.begin()
        others.begin(calm=False)
        print(json.dumps(told), flush=True)


async def serve(count: int, seed: int, seconds: float) -> None:
    """Serve until standard input ends, or for so many seconds."""
    others = web.Web(OTHER_HOSTS + 1)
    await web.listen(others, OTHER_HOSTS + 1)
    papers_web = PapersWeb(list(papers.papers(count, seed, others.port)))
    stands = registry_addresses() | {site.host: address_of(name) for name, site in SITES.items()}
    for host, place in stands.items():
        await asyncio.start_server(partial(_talk, papers_web, host), place, others.port)
    print(others.port, flush=True)
    try:
        async with asyncio.timeout(seconds):
            await _obey(papers_web, others)
    except TimeoutError:
        print("the simulated web ended: its time was up", file=sys.stderr)


def main() -> int:
    count, seed, seconds = sys.argv[1:]
    asyncio.run(serve(int(count), int(seed), float(seconds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
