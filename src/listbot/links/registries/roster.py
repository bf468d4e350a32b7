"""All registries, in the order in which they are asked where several could be."""

from __future__ import annotations

from collections.abc import Sequence

from listbot.links.registries import Registry, Settings
from listbot.links.registries.arxiv import Arxiv, ArxivPages
from listbot.links.registries.crossref import Crossref, CrossrefTitles
from listbot.links.registries.datacite import DataCite
from listbot.links.registries.handles import Handles

REGISTRIES: tuple[type[Registry], ...] = (
    Arxiv,
    ArxivPages,
    Crossref,
    CrossrefTitles,
    DataCite,
    Handles,
)


def registries(settings: Settings = Settings()) -> Sequence[Registry]:  # noqa: B008 - a frozen record
    """All of them, ready to be asked."""
    return [registry(settings) for registry in REGISTRIES]
