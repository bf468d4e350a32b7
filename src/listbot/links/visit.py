"""The way of one URL: from request to answer to the next request, until there is evidence. Asks nobody itself."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from listbot.links import verdict
from listbot.links.guard import Refused, tidy
from listbot.links.signatures import Page
from listbot.liveness import Evidence, Hop, Reason

if TYPE_CHECKING:
    from listbot.links.transport import Answer

MAX_HOPS = 10
"""DOIs of Springer take six (lychee 1958)."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FILE = re.compile(
    r"\.(?:pdf|ps|zip|gz|tgz|bz2|xz|7z|rar|tar|whl|jar|exe|dmg|iso|png|jpe?g|gif|svg|webp|ico|mp[34]|mov|webm|avi|wav|"
    r"pptx?|docx?|xlsx?|csv|parquet|epub|djvu|safetensors|bin)",
    re.IGNORECASE,
)


class Visit:
    """One URL on its way. A page is fetched, so that its title can be read; a file is asked for by HEAD first."""

    __slots__ = ("_cookies", "_hops", "_seen", "at", "evidence", "late", "limited", "method", "pause", "url")

    def __init__(self, url: str, evidence: Sequence[Evidence] = ()) -> None:
        """`evidence`: what is known of the URL before its page is asked."""
        self.url = url
        self.evidence: list[Evidence] = list(evidence)
        self.limited = 0
        """How often a host asked for less."""
        self.late = 0.0
        """Until when a second try lets URLs of its host go first that were not asked yet; the event loop's time."""
        self.pause = 0.0
        """Seconds for which the last answer asked not to be asked again."""
        self.method = ""
        self._hops: list[Hop] = []
        self._cookies: httpx.Cookies | None = None
        self._seen: set[tuple[str, str]] = set()
        self.begin()

    @property
    def host(self) -> str:
        """Where the next request goes: `name` or `name:port`."""
        return self.at.netloc.decode("ascii")

    @property
    def cookie(self) -> str:
        """The `Cookie` header of the next request: what this chain was given, and nothing else."""
        if self._cookies is None:
            return ""
        request = urllib.request.Request(str(self.at))  # noqa: S310 - asked for its header only; httpx's takes only ASCII
        self._cookies.jar.add_cookie_header(request)
        return request.get_header("Cookie", "")

    def begin(self) -> None:
        """Set out anew. What HEAD could not answer is asked by GET from the second time on."""
        self.at = httpx.URL(self.url)
        is_file = _FILE.search(self.at.path[-12:]) is not None and not self.evidence
        self.method = "HEAD" if is_file else "GET"
        self._hops, self._cookies, self._seen = [], None, set()

    def failed(self, reason: Reason) -> Evidence:
        """There was no answer. HEAD can be to blame only where it was redirected: who is not there hears no method."""
        seen = Evidence(reason, hops=tuple(self._hops), head=self.method == "HEAD" and bool(self._hops))
        self.evidence.append(seen)
        return seen

    def take(self, answer: Answer) -> Evidence | None:
        """What an answer means: evidence, or None where the way goes on with another request."""
        if answer.status in _REDIRECTS and "location" in answer.headers:
            return self._follow(answer)
        if self.method == "HEAD" and not _is_proved_by_head(answer):
            self.method = "GET"
            return None
        page = Page(str(self.at), answer.status, answer.headers, answer.text)
        reason = verdict.reason_of(page, self.url, self._hops)
        seen = Evidence(reason, "page", answer.status, page.url, tuple(self._hops), self.method == "HEAD")
        self.evidence.append(seen)
        return seen

    def _follow(self, answer: Answer) -> Evidence | None:
        if answer.cookies:
            self._keep(answer)
        try:
            target = tidy(str(self.at.join(_location(answer.headers))))
        except Refused as refusal:
            scheme = refusal.reason == Reason.REFUSED_URL
            return self.failed(Reason.REDIRECT_BROKEN if scheme else refusal.reason)
        except (httpx.InvalidURL, ValueError):
            return self.failed(Reason.REDIRECT_BROKEN)
        self._hops.append(Hop(str(self.at), answer.status, str(target)))
        self.at = target
        place = (str(target), self.cookie)
        if place in self._seen or len(self._hops) > MAX_HOPS:
            return self.failed(Reason.REDIRECT_LOOP)
        self._seen.add(place)
        return None

    def _keep(self, answer: Answer) -> None:
        self._cookies = self._cookies if self._cookies is not None else httpx.Cookies()
        headers = [(b"set-cookie", value.encode("latin-1", "replace")) for value in answer.cookies]
        request = httpx.Request(self.method, self.at)
        self._cookies.extract_cookies(httpx.Response(answer.status, headers=headers, request=request))


def _is_proved_by_head(answer: Answer) -> bool:
    """Whether HEAD says enough: a file that is there. Whatever else it says, GET decides."""
    return 200 <= answer.status < 300 and answer.status != 202 and "html" not in answer.headers.get("content-type", "")


def _location(headers: Mapping[str, str]) -> str:
    """The target of a redirect; bytes that are no ASCII, which it must not have, are percent-encoded as they came."""
    location = headers["location"].strip()
    if location.isascii():
        return location
    return quote(location.encode("latin-1", "replace"), safe="%/:=&?~#+!$,;'@()*[]")
