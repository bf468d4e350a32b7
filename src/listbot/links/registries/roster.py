"""All registries, in the order in which they are asked where several could be."""

from __future__ import annotations

from collections.abc import Sequence

from listbot.links.registries import Registry, Settings
from listbot.links.registries.arxiv import Arxiv, ArxivPages
from listbot.links.registries.crossref import Crossref, CrossrefTitles
from listbot.links.registries.datacite import DataCite
from listbot.links.registries.github import Github
from listbot.links.registries.handles import Handles
from listbot.links.registries.hugging_face import HuggingFace
from listbot.links.registries.openreview import OpenReview, OpenReviewV1
from listbot.links.registries.semantic_scholar import SemanticScholar
from listbot.links.registries.venues import Venue, pages
from listbot.links.registries.youtube import YouTube, YouTubePicture

REGISTRIES: tuple[type[Registry], ...] = (
    Arxiv,
    ArxivPages,
    Crossref,
    CrossrefTitles,
    DataCite,
    Handles,
    Github,
    OpenReview,
    OpenReviewV1,
    SemanticScholar,
    HuggingFace,
    YouTube,
    YouTubePicture,
)


def registries(settings: Settings = Settings()) -> Sequence[Registry]:  # noqa: B008 - a frozen record
    """All of them, ready to be asked."""
    return [*(registry(settings) for registry in REGISTRIES), *(Venue(page, settings) for page in pages())]
