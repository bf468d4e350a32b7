"""The DOI behind a link, for the registries that are asked by DOI."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from listbot import works
from listbot.links import hosts
from listbot.links.registries import Link, Word
from listbot.links.registries.arxiv import as_linked, paper_of
from listbot.liveness import Reason

OF_ARXIV = "10.48550/arxiv."
"""How the DOIs of arXiv's papers begin. DataCite registers them, and so what it and doi.org say of them is one word."""
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


def doi_of(url: str) -> str | None:
    """The DOI in lower case, or None: of a publisher's page that has it in its URL, of a link to doi.org, of a paper
    of arXiv. 10.5555 is none: ACM prints it for papers that it does not register."""
    paper = paper_of(url)
    if paper is not None:
        return f"{OF_ARXIV}{paper}"
    work = works.of(url)
    if work is None or _is_retired_resolver(hosts.host_of(url)):
        return None
    name = work.id.removeprefix("doi:") if work.id.startswith("doi:") else _in_path(url)
    return name if name is not None and _DOI.fullmatch(name) and not name.startswith("10.5555/") else None


def _is_retired_resolver(host: str) -> bool:
    """Whether a host led from DOIs to works once: that a DOI is registered says nothing of such a host."""
    return works.family_of_host(host) == "doi" and hosts.kind_of(host) != "resolver"


def _in_path(url: str) -> str | None:
    """The DOI of a work that has another id as well, from a link to doi.org."""
    if works.family_of_host(hosts.host_of(url)) != "doi":
        return None
    match = _DOI.search(unquote(urlsplit(url).path))
    return match[0].rstrip("/").lower() if match is not None else None


def on_its_own_site(link: Link, word: Word) -> Word | None:
    """A word about a DOI, for a link with it: what is registered is there. Where the DOI leads to another host than
    that of a publisher's page which has it in its URL, the work is there, and nobody tells of that page."""
    host, now = hosts.host_of(link.url), hosts.host_of(word.final)
    if paper_of(link.url) is not None:
        return as_linked(link, word)
    if not now or "doi" in (works.family_of_host(host), works.family_of_host(now)) or _owner(now) == _owner(host):
        return word
    return word._replace(reason=Reason.REGISTRY_WORK) if word.reason == Reason.REGISTRY_PRESENT else word


def _owner(host: str) -> str:
    return ".".join(host.split(".")[-2:])
