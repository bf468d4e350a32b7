"""All registries, in the order in which they are asked where several could be."""

from __future__ import annotations

from collections.abc import Sequence

from listbot.links.registries import Registry, Settings
from listbot.links.registries.arxiv import Arxiv, ArxivPdf

REGISTRIES: tuple[type[Registry], ...] = (Arxiv, ArxivPdf)


def registries(settings: Settings = Settings()) -> Sequence[Registry]:  # noqa: B008 - a frozen record
    """All of them, ready to be asked."""
    return [registry(settings) for registry in REGISTRIES]
