"""URL -> Work: what a link stands for, told from its URL alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_URL = re.compile(
    r"(?:(?P<scheme>https?):)?//(?:www\.)?(?P<host>[^/?#@\s:]+)\.?(?::(?:80|443))?(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.I,
)
_ARXIV = re.compile(
    r"/(?P<view>abs|pdf|html|ps|format|src|e-print)/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?P<version>v[1-9]\d*)?(?P<suffix>\.pdf)?/?",
    re.I,
)
_DOI = re.compile(r"/(?:doi/(?:(?:abs|full|pdf|epdf|fullHtml)/)?)?(?P<doi>10\.\d{4,9}/[^\s?#]+?)/?", re.I)
_GITHUB = re.compile(r"/(?P<repo>[\w.-]+/[\w.-]+?)(?:\.git)?/?", re.I)
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|igshid|mc_cid|mc_eid|hss_channel|ref_src|casa_token)=[^&]*", re.I)


class Work(NamedTuple):
    family: str
    id: str
    version: str | None
    form: str
    landing: str | None
    pdf: str | None


@lru_cache(maxsize=65_536)
def of(url: str) -> Work | None:
    match = _URL.fullmatch(url.strip())
    if match is None:
        return None
    host, path = match["host"].lower(), match["path"] or ""
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        found = _ARXIV.fullmatch(path)
        if found is not None:
            i = found["id"]
            form = found["view"].lower() + (found["suffix"] or "").lower()
            return Work(
                "arxiv",
                f"arxiv:{i}",
                found["version"],
                form,
                f"https://arxiv.org/abs/{i}",
                f"https://arxiv.org/pdf/{i}",
            )
    if host in ("doi.org", "dx.doi.org", "dl.acm.org"):
        found = _DOI.fullmatch(path)
        if found is not None:
            doi = found["doi"]
            if doi.lower().startswith("10.48550/arxiv."):
                return of("https://arxiv.org/abs/" + doi[15:])
            return Work("doi", f"doi:{doi.lower()}", None, "landing", f"https://doi.org/{doi}", None)
    if host == "github.com":
        found = _GITHUB.fullmatch(path)
        if found is not None:
            repo = found["repo"]
            return Work("github", f"github:{repo.lower()}", None, "landing", f"https://github.com/{repo}", None)
    return None


def without_tracking(url: str) -> str:
    base, mark, query = url.partition("?")
    query, sharp, fragment = query.partition("#")
    kept = [pair for pair in query.split("&") if pair and not _TRACKING.fullmatch(pair)]
    url = base + (("?" + "&".join(kept)) if kept else ("" if query else mark)) + (sharp + fragment)
    return url.rstrip("#") if url.endswith("#") else url


def normalise(url: str) -> str:
    match = _URL.fullmatch(without_tracking(url.strip().replace("\\_", "_")))
    if match is None:
        return url.strip()
    query = f"?{match['query']}" if match["query"] else ""
    fragment = f"#{match['fragment']}" if match["fragment"] else ""
    return match["host"].lower() + (match["path"] or "").rstrip("/") + query + fragment


def identity(url: str) -> str | None:
    work = of(url)
    if work is not None:
        return work.id
    return "url:" + normalise(url) if _URL.fullmatch(url.strip()) else None
