"""The sites of proceedings: one page lists all papers of a year. HTML as these sites write it, and a page a paper."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import ClassVar

from tests.links.registries.impostor import Asked, Impostor, Told


class Venue(Impostor):
    """A site of proceedings. `papers` are titles by index page, then by the path to the paper."""

    row: ClassVar[str] = '<li><a title="paper title" href="{path}">{title}</a> <i>Ada Lovelace, Alan Turing</i></li>'

    def __init__(self, papers: Mapping[str, Mapping[str, str]] | None = None) -> None:
        super().__init__()
        self.papers: dict[str, dict[str, str]] = {index: dict(rows) for index, rows in (papers or {}).items()}

    def ids(self, asked: Asked) -> tuple[str, ...]:
        return (self._place(asked),)

    def told(self, _asked: Asked, ids: tuple[str, ...]) -> Told:
        rows = self.papers.get(ids[0])
        if rows is not None:
            listed = self.mixed([self.row.format(path=escape(path), title=escape(t)) for path, t in rows.items()])
            body = "\n".join(["<html><title>Proceedings</title><ul>", *listed, "</ul></html>"])
            return Told(200, body, {}, "text/html; charset=utf-8")
        title = next((rows[ids[0]] for rows in self.papers.values() if ids[0] in rows), None)
        if title is None:
            return Told(404, "<title>Page not found</title>", {}, "text/html")
        return Told(200, f"<title>{escape(title)}</title>", {}, "text/html")

    @staticmethod
    def _place(asked: Asked) -> str:
        query = "&".join(f"{key}={value}" for key, value in asked.query.items())
        return asked.path + (f"?{query}" if query else "")


class Usenix(Venue):
    """`/conference/osdi24/technical-sessions`, papers at `/conference/osdi24/presentation/SLUG`."""

    name = "usenix"
    host = "www.usenix.org"
    row = '<article><h2 class="node-title"><a href="{path}">{title}</a></h2><p>Ada Lovelace</p></article>'


class MlsysProceedings(Venue):
    """`/paper_files/paper/2024`, papers at `/paper_files/paper/2024/hash/HASH-Abstract-Conference.html`."""

    name = "mlsys"
    host = "proceedings.mlsys.org"


class NeuripsProceedings(Venue):
    """As at MLSys; until 2021 hashes repeat from year to year."""

    name = "neurips"
    host = "proceedings.neurips.cc"


class Pmlr(Venue):
    """`/v202/`, papers at `https://proceedings.mlr.press/v202/KEY.html`."""

    name = "pmlr"
    host = "proceedings.mlr.press"
    row = (
        '<div class="paper"><p class="title">{title}</p><p class="details"><span class="authors">Lovelace</span></p>'
        '<p class="links">[<a href="https://proceedings.mlr.press{path}">abs</a>]</p></div>'
    )


class Cvf(Venue):
    """`/CVPR2023?day=all`, papers at `/content/CVPR2023/html/STEM.html`."""

    name = "cvf"
    host = "openaccess.thecvf.com"
    row = '<dt class="ptitle"><br><a href="{path}">{title}</a></dt><dd>Ada Lovelace</dd>'


class MlsysVirtual(Venue):
    """`/virtual/2024/papers.html`, papers at `/virtual/2024/poster/2620`."""

    name = "mlsys-virtual"
    host = "mlsys.org"
    row = '<li><a href="{path}">{title}</a></li>'
