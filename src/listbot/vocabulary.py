"""What the words of a list say: labels, columns, targets, by the tables under `rules/data/`.

Pure functions from a text to a word of the contract, or None where the text says nothing. What is not in a table is
not guessed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from listbot import tables, works

_EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_PARENTHESES = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]\s*")
_WORD_GAP = re.compile(r"[\s/&+,|:：·•-]+")
_MARKUP = re.compile(r"[*_`~]+|<[^<>]*>")
_NAMED = "named-"
_MAX_LABEL_WORDS = 5
_NO_PUBLICATION = frozenset({"url", "github", "gist", "gitlab", "hf", "youtube", "gdrive", "zenodo"})
"""Families of works (`families.toml`) that are no publications; their hosts stand in the table."""
_HOST_PATH = re.compile(r"(?:https?:)?//(?:[^/?#@]*@)?([^/?#:@\s]+)(?::\d+)?([^?#]*)", re.IGNORECASE)
_DOI_IN_PATH = re.compile(r"/10\.\d{4,9}/")
_PDF = re.compile(r"\.pdf$|/pdf/|/e?pdf(?:direct)?/|[?&/=]pdf\b|\.pdf[?#]|type=pdf", re.IGNORECASE)


class Targets(NamedTuple):
    """The table `targets`, by host."""

    hosts: dict[str, list[tuple[str, str]]]
    """host -> (beginning of the path, role), the longest beginning first."""
    words: dict[str, str]
    endings: dict[str, str]
    dotted: tuple[str, ...]
    """The endings, for one test of a path against all."""
    badges: dict[str, list[tuple[str, str]]]


# Labels --------------------------------------------------------------------------------------------------------------


@cache
def _roles() -> dict[str, str]:
    table = tables.load("labels")
    return {
        label: role.removeprefix(_NAMED)
        for role, labels in table.items()
        if role not in ("qualifiers", "pointing")
        for label in labels
    }


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(tables.load("labels")[key])


@cache
def _names() -> frozenset[str]:
    return frozenset(
        label for role, labels in tables.load("labels").items() if role.startswith(_NAMED) for label in labels
    )


@lru_cache(maxsize=16_384)
def role_of_label(label: str) -> str | None:
    """The role that a link's text names (`pdf`, `Official Code`, `代码`), or None where the text is no label."""
    if len(label) > 40:
        return None
    lowered = label.lower().strip()
    roles = _roles()
    bare = _EDGE.sub("", lowered)
    found = roles.get(lowered) or roles.get(bare)
    if found is not None or not bare:
        return found
    shorter = _EDGE.sub("", _PARENTHESES.sub(" ", lowered))
    if shorter != bare and shorter in roles:
        return roles[shorter]
    words = [word for word in _WORD_GAP.split(shorter) if word]
    if len(words) > _MAX_LABEL_WORDS:
        return None
    telling = [word for word in words if word not in _set("qualifiers")]
    if telling and all(_EDGE.sub("", word) in roles for word in telling):
        return _role_of_words([_EDGE.sub("", word) for word in telling])
    return None


def _role_of_words(words: list[str]) -> str:
    """`Code & Model` is code, but `PyTorch Code` is code and `Project Video` a video: names and places only qualify."""
    roles = _roles()
    plain = [word for word in words if word not in _names() and roles[word] not in ("project", "other")]
    return roles[plain[0] if plain else words[0]]


def is_name(label: str) -> bool:
    """Whether a label is also the name of a thing (`PyTorch`, `YouTube`), and a title where it stands first."""
    words = [_EDGE.sub("", word) for word in _WORD_GAP.split(label.lower().strip())]
    return label.lower().strip() in _names() or (len(words) > 1 and any(word in _names() for word in words))


def points(label: str) -> bool:
    """Whether a label only points (`Link`, `Page`, `here`), so that the target says what the link is."""
    return _EDGE.sub("", label.lower()) in _set("pointing")


# Columns -------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4_096)
def column(heading: str) -> str | None:
    """What a table's column holds, by its heading: `title`, `paper`, `name`, `venue`, `year`, `links`, `code`, …"""
    text = " ".join(_MARKUP.sub("", heading).lower().split()).strip(" :：.")
    table = tables.load("columns")
    shorter = _PARENTHESES.sub(" ", text).strip()
    for candidate in (text, shorter):
        for kind, headings in table.items():
            if candidate in headings:
                return str(kind)
    words = set(_WORD_GAP.split(shorter)) - {"and", "the", "of", "first", ""}
    for kind, headings in table.items():
        if len(words) <= 3 and words & set(headings):
            return str(kind)
    return None


# Targets -------------------------------------------------------------------------------------------------------------


@cache
def _targets() -> Targets:
    table = dict(tables.load("targets"))
    words = {word: role for role, group in table.pop("words").items() for word in group}
    endings = {ending: role for role, group in table.pop("endings").items() for ending in group}
    badges = _by_host([(row, "badge") for row in table.pop("badges")])
    return Targets(
        _by_host([(row, role) for role, rows in table.items() for row in rows]), words, endings, tuple(endings), badges
    )


def _by_host(rows: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    hosts: dict[str, list[tuple[str, str]]] = {}
    for row, role in rows:
        host, _, path = row.partition("/")
        hosts.setdefault(host, []).append((f"/{path}" if path else "", role))
    for found in hosts.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return hosts


def _of_host(hosts: dict[str, list[tuple[str, str]]], host: str, path: str) -> str | None:
    host = host.removeprefix("www.")
    while host:
        for beginning, role in hosts.get(host, ()):
            if path.startswith(beginning):
                return role
        host = host.partition(".")[2]
    return None


@lru_cache(maxsize=65_536)
def role_of_target(url: str) -> str | None:
    """The role of a URL by where it leads, or None where host and path say nothing."""
    host, path = _host_and_path(url)
    table = _targets()
    role = _of_host(table.hosts, host, path)
    if path.endswith(table.dotted):
        ending = next(found for suffix, found in table.endings.items() if path.endswith(suffix))
        if role not in ("code", "data") or ending == "pdf":
            return ending
    if role == "paper" or (role is None and _DOI_IN_PATH.search(path)):
        return "pdf" if "pdf" in url.lower() and _PDF.search(url) else "paper"
    if role is not None:
        return role
    work = works.of(url)
    if work is not None and work.family not in _NO_PUBLICATION:
        return "pdf" if work.form.startswith("pdf") or work.form.endswith("pdf") else "paper"
    words = [host.split(".")[0], *path.split("/")]
    return next((table.words[word] for word in words if word in table.words), None)


def _host_and_path(url: str) -> tuple[str, str]:
    """Host and path in lower case; empty where the text is no URL of the web."""
    found = _HOST_PATH.match(url)
    return (found[1].lower(), found[2].lower()) if found else ("", "")


def is_known_host(url: str) -> bool:
    """Whether the table names the URL's host, and not only a word of its path."""
    return _of_host(_targets().hosts, *_host_and_path(url)) is not None


@lru_cache(maxsize=16_384)
def is_badge(url: str) -> bool:
    """Whether an image shows a state or a count (build, stars, version), and no picture."""
    return _of_host(_targets().badges, *_host_and_path(url)) is not None
