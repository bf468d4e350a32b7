"""A town that knows everything that a list links to: each work stands at the registries that are documented to have it.

So a whole list can be checked against the impostors; a test then plants deaths, moves and wrong papers among the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit

from listbot import works
from listbot.works import Work
from tests.links.registries.arxiv import Preprint
from tests.links.registries.catalogues import Model, Paper
from tests.links.registries.dois import Publication
from tests.links.registries.github import Repo
from tests.links.registries.openreview import Submission
from tests.links.registries.town import Town
from tests.links.registries.venues import Venue


def populate(town: Town, linked: Iterable[tuple[str, str]]) -> None:
    """Let the registries know URLs under the titles that are given with them."""
    for url, title in linked:
        work = works.of(url)
        prefix = work.id.partition(":")[0] if work is not None else ""
        parts = urlsplit(url)
        if parts.hostname in ("doi.org", "dx.doi.org") and prefix not in ("doi", "arxiv"):
            name = unquote(parts.path.strip("/"))
            town.crossref.rows[name], town.handles.rows[name] = Publication(title), url
        if work is not None and prefix in _BY_PREFIX:
            _BY_PREFIX[prefix](town, work, url, title)


def _arxiv(town: Town, work: Work, _url: str, title: str) -> None:
    name = work.id.partition(":")[2]
    row = Preprint((title,) * (work.version or 1))
    if len(row.titles) >= len(town.arxiv.rows.get(name, Preprint(())).titles):
        town.arxiv.rows[name] = row
    town.datacite.rows[f"10.48550/arxiv.{name}"] = Publication(title, "arXiv")
    town.semantic_scholar.rows[f"ARXIV:{name}".upper()] = Paper(title, external={"ArXiv": name})


def _doi(town: Town, work: Work, url: str, title: str) -> None:
    doi = work.id.partition(":")[2]
    town.crossref.rows[doi] = Publication(title, address=url)
    town.handles.rows[doi] = url


def _ieee(town: Town, work: Work, url: str, title: str) -> None:
    number = work.id.partition(":")[2]
    town.crossref.rows[f"10.1109/example.2024.{number}"] = Publication(title, address=f"{work.landing}/")
    town.handles.rows[f"10.1109/example.2024.{number}"] = url


def _github(town: Town, _work: Work, url: str, _title: str) -> None:
    name = "/".join(urlsplit(url).path.strip("/").split("/")[:2]).removesuffix(".git")
    town.github.rows[name.lower()] = Repo(name)


def _openreview(town: Town, work: Work, _url: str, title: str) -> None:
    town.openreview.rows[work.id.partition(":")[2]] = Submission(title)


def _hugging_face(town: Town, work: Work, _url: str, _title: str) -> None:
    kind, _, name = work.id.removeprefix("hf:").partition("/")
    town.hugging_face.rows[f"{kind}s/{name}"] = Model(name)


def _youtube(town: Town, work: Work, _url: str, title: str) -> None:
    town.youtube.rows[work.id.partition(":")[2]] = title


def _in_venue(which: Callable[[Town], Venue], index: Callable[[str], str]) -> Callable[[Town, Work, str, str], None]:
    """A paper of proceedings: on its year's page, and at its own."""

    def known(town: Town, work: Work, _url: str, title: str) -> None:
        path = urlsplit(work.landing or "").path or "/conference/{}/presentation/{}".format(*_parts(work))
        which(town).papers.setdefault(index(path), {})[path] = title

    return known


def _year_at_cvf(path: str) -> str:
    """`/content/CVPR2023/html/…` and `/content_CVPR_2019/html/…`."""
    place = path.removeprefix("/content").strip("/_").partition("/")[0]
    return f"/{place.replace('_', '')}?day=all"


def _parts(work: Work) -> list[str]:
    """Of a paper of USENIX, whose PDFs have no page that their URL tells."""
    return work.id.partition(":")[2].split("/")


def _first(count: int, ending: str = "") -> Callable[[str], str]:
    """The index page is the first parts of the path, and an ending."""
    return lambda path: "/" + "/".join(path.strip("/").split("/")[:count]) + ending


_BY_PREFIX: dict[str, Callable[[Town, Work, str, str], None]] = {
    "arxiv": _arxiv,
    "doi": _doi,
    "ieee": _ieee,
    "github": _github,
    "openreview": _openreview,
    "hf": _hugging_face,
    "youtube": _youtube,
    "usenix": _in_venue(lambda town: town.usenix, _first(2, "/technical-sessions")),
    "mlsys": _in_venue(lambda town: town.mlsys, _first(3)),
    "neurips": _in_venue(lambda town: town.neurips, _first(3)),
    "pmlr": _in_venue(lambda town: town.pmlr, _first(1, "/")),
    "cvf": _in_venue(lambda town: town.cvf, _year_at_cvf),
    "mlsys-virtual": _in_venue(lambda town: town.mlsys_virtual, _first(2, "/papers.html")),
}
