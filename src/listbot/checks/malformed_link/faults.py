"""The faults that a target may have, each a row: a pattern over the target that a browser would ask for, and what it
should be. Only what no server can mean is a row: a URL may hold brackets, commas, a second URL in its query, or an
address inside its path where the host is an archive or a proxy.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from listbot.checks.malformed_link.grades import BROKEN, DOUBTFUL

_HOST = r"(?:[\w-]+\.)+[A-Za-z]{2,}"


_ONE_OFF = "|".join(
    f"{scheme[:at]}{wrong}"
    for scheme in ("https", "http")
    for at in range(len(scheme))
    for wrong in (scheme[at + 1 :], f"[a-z]{scheme[at + 1 :]}", f"[a-z]{scheme[at:]}")
)
"""A letter of the scheme too few, another, or one too many: `htts`, `hrtps`, `httpds`."""


class Fault(NamedTuple):
    """One way to spoil a target."""

    name: str
    target: re.Pattern[str]
    grade: str
    message: str
    """`{0}` is what the group `bad` matched."""
    meant: str | None
    """A template of `re.Match.expand` that gives the target as it should be, or None where nobody can know."""
    safe: bool
    why: str


def _fault(name: str, target: str, grade: str, message: str, meant: str | None, *, safe: bool, why: str) -> Fault:
    return Fault(name, re.compile(target, re.IGNORECASE), grade, message, meant, safe, why)


FAULTS = (
    _fault(
        "link-to-itself",
        r"(?P<bad>\[(?P<url>[^\[\]\s]++)\]\((?P=url)\))",
        BROKEN,
        "a whole Markdown link stands where the URL should be",
        r"\g<url>",
        safe=True,
        why="as in the next row, and both of its halves are one URL",
    ),
    _fault(
        "link-in-target",
        r"(?P<bad>\[(?P<text>[^\[\]]*+)\]\((?P<url>[^()\s]++)\))",
        BROKEN,
        "a whole Markdown link stands where the URL should be",
        None,
        safe=False,
        why="Markdown reads the inner link as characters of the URL",
    ),
    _fault(
        "wrapped",
        rf"(?P<bad>[(\[{{<\])}}\"'“‘（【]++)(?P<url>(?:https?://|www\.|{_HOST}/)[^\s()\[\]{{}}<>\"“”‘’（）【】]++)[)\]}}>\"'”’）】]*+",
        BROKEN,
        "“{0}” stands before the URL and becomes part of it",
        r"\g<url>",
        safe=True,
        why="no URL begins with a bracket or quotation mark",
    ),
    _fault(
        "bracketed",
        r"(?P<bad>\[)[^\[\]]++\]",
        BROKEN,
        "the target stands in square brackets, which become part of it",
        None,
        safe=False,
        why="a file whose name is bracketed on both sides is yet to be seen",
    ),
    _fault(
        "invisible",
        r"(?P<before>[^\u200b\u2060\ufeff\u00ad\u200e\u200f]*+)"
        r"(?P<bad>[\u200b\u2060\ufeff\u00ad\u200e\u200f]++)(?P<after>[^\u200b\u2060\ufeff\u00ad\u200e\u200f]*+)",
        BROKEN,
        "an invisible character stands in the URL and becomes part of it",
        r"\g<before>\g<after>",
        safe=True,
        why="zero-width blanks, byte order marks and soft hyphens come with copied text",
    ),
    _fault(
        "doubled-scheme",
        r"(?P<bad>https?:?/*(?:www\.)?)(?P<url>(?P<scheme>https?)(?::/{0,2}|/{2})(?P<rest>[^/\s].*))",
        BROKEN,
        "the scheme stands twice: “{0}” is one too many",
        r"\g<scheme>://\g<rest>",
        safe=False,
        why="`http` is no host",
    ),
    _fault(
        "misspelt-scheme",
        rf"(?!https?://)(?P<bad>(?=[htps]*?t)(?=[htps]*?p)[htps]{{3,8}}(?:[:;.,]{{1,2}}/{{1,3}}|[:;]?//|:\\\\|:\s++//|:(?=[\w-]++\.))|(?:{_ONE_OFF}):/{{1,3}})"
        rf"(?P<rest>{_HOST}.*)",
        BROKEN,
        "“{0}” is no scheme",
        r"https://\g<rest>",
        safe=False,
        why="what follows is a host, so a web address is meant",
    ),
    _fault(
        "three-slashes",
        rf"(?P<bad>(?P<scheme>https?):/{{3,}})(?P<rest>{_HOST}.*)",
        DOUBTFUL,
        "“{0}” has too many slashes",
        r"\g<scheme>://\g<rest>",
        safe=True,
        why="browsers forgive it, other programs do not",
    ),
    _fault(
        "no-scheme",
        r"(?P<bad>(?:www\.(?:[\w-]+\.)+[A-Za-z]{2,}|(?:[\w-]+\.)*(?:github|gitlab|arxiv|doi|youtube|youtu|huggingface|openreview|"
        r"wikipedia|medium|twitter)\.(?:com|org|net|be|co|io)|"
        r"(?:[\w-]+\.)+(?:com|edu|app|io|(?:org|net|dev|ai|co|me|gg|xyz|tech)(?=/)))(?:[/?#:].*)?)",
        BROKEN,
        "without “https://” this is a path in the repository, not a web address",
        r"https://\g<bad>",
        safe=False,
        why="the path begins with a host; `.org` alone is a text of Emacs, `.ai` a drawing, and "
        "`Dockerfile.dev` no host; spoken only where no such file is there",
    ),
    _fault(
        "address",
        rf"(?P<bad>[\w.+-]++@{_HOST})",
        BROKEN,
        "without “mailto:” this is a path in the repository, not an address",
        r"mailto:\g<bad>",
        safe=True,
        why="an address alone",
    ),
    _fault(
        "no-host",
        r"(?P<bad>https?:/*+)",
        BROKEN,
        "the target ends after the scheme",
        None,
        safe=False,
        why="nothing follows",
    ),
    _fault(
        "glued",
        r"https?://\S*?(?<=[\w),.;])(?<!%[0-9A-F]{2})(?<!/__)(?P<bad>(?:%20|%0A|%5Cn)?https?://)\S*",
        BROKEN,
        "two URLs are glued together here",
        None,
        safe=False,
        why="a URL inside a URL begins after `/`, `=`, `:` or an escape, and not right after a letter; mail gateways "
        "write `/v3/__https://…__;`",
    ),
    _fault(
        "glued-to-content",
        r"https?://(?:www\.|dx\.)?(?:arxiv\.org|github\.com|[\w-]+\.github\.io|openreview\.net|doi\.org|aclanthology\.org|"
        r"huggingface\.co|openaccess\.thecvf\.com|ieeexplore\.ieee\.org|youtube\.com|youtu\.be)/[^?#]*?(?P<bad>https?:/{1,2}[^/\s]).*",
        DOUBTFUL,
        "a second URL stands inside this one",
        None,
        safe=False,
        why="these hosts are neither archives nor proxies",
    ),
    _fault(
        "odd-end",
        r"(?P<url>https?://[^\s<]*[^\s<`\"”“>）】」》，。；、])(?P<bad>[`\"”“>）】」》，。；、]++)",
        BROKEN,
        "“{0}” at the end becomes part of the URL",
        r"\g<url>",
        safe=True,
        why="marks that only end a sentence, a quotation or a tag",
    ),
    _fault(
        "unpaired-end",
        r"(?P<url>https?://[^\s\[\]{}]*+)(?P<bad>[\]}]++)",
        BROKEN,
        "“{0}” at the end becomes part of the URL",
        r"\g<url>",
        safe=True,
        why="nothing in the URL opens the bracket",
    ),
    _fault(
        "unpaired",
        r"https?://[^\s\[\]{}]*+(?P<bad>\[)[^\s\[\]{}]++",
        DOUBTFUL,
        "“{0}” in the URL has no partner",
        None,
        safe=False,
        why="browsers write brackets of a URL as %5B and %5D; half a pair is a slip of the keyboard",
    ),
    _fault(
        "runs-on",
        r"(?P<url>https?://(?!.*(?:wiki|baike))[!-~]++)(?P<bad>[，。；、！？：）】」』》”’].*)",
        BROKEN,
        "the URL runs on to the next blank, so that “{0}” becomes part of it",
        r"<\g<url>>\g<bad>",
        safe=True,
        why="of characters outside ASCII a URL may begin with a letter, and not with a full-width mark",
    ),
    _fault(
        "host-runs-on",
        r"(?P<url>(?:https?://|www\.)(?:[a-z0-9-]++\.)+[a-z]{2,})(?P<bad>[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3，。；、！？：）】」』》”’][^/.?#]*)",
        BROKEN,
        "the URL runs on to the next blank, so that “{0}” becomes part of it",
        r"\g<url> \g<bad>",
        safe=False,
        why="no top-level domain is written in two scripts",
    ),
    _fault(
        "blank-end",
        r"(?P<url>https?://[^\s?]*[^\s?/])/?(?P<bad>(?:%20|%C2%A0|%E2%80%8B|%EF%BB%BF)++)/?",
        BROKEN,
        "an encoded blank, {0}, at the end becomes part of the URL",
        r"\g<url>",
        safe=False,
        why="it came with the copied text",
    ),
    _fault(
        "cut-id",
        r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/"
        r"(?P<bad>\d{4}(?:\.\d{0,3})?|(?:1[5-9]|[2-9]\d)\d\d\.\d{4})(?:v\d+)?(?:\.pdf)?/?(?:[?#].*)?",
        BROKEN,
        "“{0}” is no arXiv id: digits are missing",
        None,
        safe=False,
        why="behind year, month and a dot stand four digits, since 2015 five (https://info.arxiv.org/help/arxiv_identifier.html)",
    ),
    _fault(
        "punctuation-end",
        r"(?P<url>https?://(?!.*wiki)[^\s/?#]++[/?][^\s#]*?[^\s.,;#])(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)(?<!\bJr)(?<!\bSr)(?<!\betc)(?<!\.\w)(?P<bad>[.,;])",
        DOUBTFUL,
        "“{0}” at the end becomes part of the URL",
        r"\g<url>",
        safe=False,
        why="the sentence's punctuation slipped inside the parentheses",
    ),
    _fault(
        "broken-host",
        r"https?://(?P<bad>\.?[\w-]*(?:\.{2,}|[\w.-]*[,;])[^/?#\s]*)(?:[/?#].*)?",
        BROKEN,
        "“{0}” is no host's name",
        None,
        safe=False,
        why="two dots in a row or a comma occur in no name",
    ),
    _fault(
        "bare-host",
        r"https?://(?!localhost\b)(?P<bad>[A-Za-z][\w-]*+)(?:/.*)?",
        DOUBTFUL,
        "the host “{0}” has no dot",
        None,
        safe=False,
        why="a public host has a domain; ports are left alone, they mean a machine at home",
    ),
)
"""In the order in which they are tried; each matches the whole target."""
