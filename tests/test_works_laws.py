"""The laws that every family of `rules/data/families.toml` obeys, over spellings made from the table's own rows.

A link is the same work however it is written: scheme, `www.`, case of the host, any of the family's hosts, a final
slash, tracking keys, a fragment, a version, a wrapper around it. And a host that only looks like a family's is another.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from listbot import tables, works

FAMILIES: list[dict[str, Any]] = tables.load("families")["family"]
ROUTES = [(row["name"], number) for row in FAMILIES for number in range(len(row["route"]))]
EXAMPLES = [example for row in FAMILIES for example in row["examples"]]
HOSTS = [(row["name"], host.replace("*", "some")) for row in FAMILIES for host in row["hosts"]]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/:()="
"""What paths are made of here; what stands in URLs only percent-encoded is for the labelled vectors."""


FEWER = settings(max_examples=settings().max_examples // 8)
"""There are 150 rows to try, and each has its own tries."""

MONTH = "(?:0[1-9]|1[0-2])"
SENSE = {
    "arxiv": {
        "paper": rf"(?:(?:1[5-9]|2[0-5]){MONTH}\.\d{{4}}[1-9]|(?:math|hep-th|cs)/0[0-6]{MONTH}\d\d[1-9])(?:v[1-9])?",
        "archive": r"math|hep-th|cs|q-bio",
        "n": rf"0[0-6]{MONTH}\d\d[1-9]",
        "month": rf"(?:1[5-9]|2[0-5]){MONTH}",
        "number": r"\d{4}[1-9]",
    },
    "doi": {"doi": r"10\.[1-9]\d{3,4}/[A-Za-z][A-Za-z0-9.()-]{0,20}[a-z0-9]"},
}
"""What a group really holds, where the table's pattern leaves it to a reader of works.py to know."""


def family(name: str) -> dict[str, Any]:
    return next(row for row in FAMILIES if row["name"] == name)


# Spellings -----------------------------------------------------------------------------------------------------------


def wrapped_by_google(url: str) -> str:
    return "https://www.google.com/url?sa=t&q=" + quote(url.strip(), safe="")


def wrapped_by_archive(url: str) -> str:
    """As the archive writes it: a whole URL; a slash after the scheme may be lost."""
    with_scheme = url if "://" in url.lower().partition("?")[0] else "https://" + url.removeprefix("//")
    return "https://web.archive.org/web/20200102030405/" + with_scheme


def wrapped_by_zhihu(url: str) -> str:
    return "https://link.zhihu.com/?target=" + quote(url.strip(), safe="")


def spellings(url: str) -> st.SearchStrategy[str]:
    """Ways to write one URL that change nothing."""
    host, _, rest = url.removeprefix("https://").removeprefix("www.").partition("/")
    has_query = "?" in rest

    def spelled(
        scheme: str, www: str, cased: str, port: str, slash: str, tracking: str, fragment: str, wrap: Any
    ) -> str:
        shown = {"upper": host.upper(), "title": host.title()}.get(cased, host)
        slash = "" if has_query or rest.endswith("/") else slash
        query = (("&" if has_query else "?") + tracking) if tracking else ""
        bare = scheme == ""
        written = wrap(f"{scheme}{www}{shown}{'' if bare else port}/{rest}{slash}{query}{fragment}")
        assert isinstance(written, str)
        return written

    return st.builds(
        spelled,
        st.sampled_from(["https://", "http://", "HTTPS://", "//", ""]),
        st.sampled_from(["", "www."]),
        st.sampled_from(["lower", "upper", "title"]),
        st.sampled_from(["", ":443", "."]),
        st.sampled_from(["", "/", "//"]),
        st.sampled_from(["", "utm_source=feed", "fbclid=abc", "utm_source=a&utm_medium=b&gclid=c"]),
        st.sampled_from(["", "#", "#section", "#:~:text=words"]),
        st.sampled_from([str, lambda u: f"  {u} ", wrapped_by_google, wrapped_by_archive, wrapped_by_zhihu]),
    )


def telling(route: dict[str, Any]) -> re.Pattern[str]:
    """The pattern of a route's path, with groups that make sense."""
    pattern: str = route["path"]
    for group, sense in SENSE.get(route.get("read", ""), {}).items():
        before, opened, rest = pattern.partition(f"(?P<{group}>")
        if opened and not re.match(r"10\\\.[\d(]", rest):  # a registrant of its own is sense enough
            pattern = f"{before}{opened}{sense}){pattern[closed(pattern, len(before)) :]}"
    return re.compile(pattern)


def closed(pattern: str, start: int) -> int:
    """Where the group that opens at `start` ends. The table's groups have no parenthesis in a class."""
    depth = 0
    for match in re.finditer(r"\\.|[()]", pattern[start:]):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            return start + match.end()
    raise AssertionError(pattern)


def made(name: str, number: int) -> st.SearchStrategy[str]:
    """URLs that a route of a family describes, made from its own patterns."""
    row = family(name)
    route = row["route"][number]
    sense = SENSE["arxiv"] if route.get("read") == "arxiv" else {}
    path = st.from_regex(telling(route), fullmatch=True, alphabet=LETTERS)
    host = st.sampled_from([host.replace("*", "some") for host in row["hosts"]])
    queries = [
        st.from_regex(re.compile(sense.get(group, pattern)), fullmatch=True, alphabet=LETTERS).map(
            lambda value, key=key: f"{key}={value}" if key else value
        )
        for group, (key, pattern) in route.get("query", {}).items()
    ]
    return st.builds(
        lambda host, path, query: f"https://{host}{path}" + (f"?{'&'.join(query)}" if query else ""),
        host,
        path.filter(lambda path: "//" not in path and not path.endswith("/")),
        st.tuples(*queries),
    )


# The laws ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [row["name"] for row in FAMILIES])
def test_every_family_has_an_example_that_is_of_it(name: str) -> None:
    row = family(name)
    assert row["examples"]
    for example in row["examples"]:
        work = works.of(example)
        assert work is not None, example
        assert work.family == row.get("as", name)


@pytest.mark.parametrize("example", EXAMPLES)
@FEWER
@given(data=st.data())
def test_all_spellings_of_an_example_are_one_work(example: str, data: st.DataObject) -> None:
    canonical = works.of(example)
    assert canonical is not None
    work = works.of(data.draw(spellings(example)))
    assert work is not None
    assert (work.family, work.id, work.version) == (canonical.family, canonical.id, canonical.version)


@pytest.mark.parametrize(("name", "number"), ROUTES)
@FEWER
@given(data=st.data())
def test_all_spellings_of_what_a_route_describes_are_one_work(name: str, number: int, data: st.DataObject) -> None:
    url = data.draw(made(name, number))
    canonical = works.of(url)
    assume(canonical is not None)  # a reader of works.py knows better than the pattern: there is no such id
    assert canonical is not None
    written = data.draw(spellings(url))
    work = works.of(written)
    assert work is not None
    assert (work.family, work.id, work.version) == (canonical.family, canonical.id, canonical.version)
    for form in (canonical.landing, canonical.pdf):
        again = works.of(form) if form is not None else canonical
        assert again is not None
        assert again.id == canonical.id


@pytest.mark.parametrize(
    "name",
    [row["name"] for row in FAMILIES if len(row["hosts"]) > 1 and row["name"] not in ("virtual", "pubmed")],
)
def test_the_hosts_of_a_family_have_the_same_works(name: str) -> None:
    """Each virtual site has works of its own, and PubMed's host has none of PMC's."""
    row = family(name)
    for example in row["examples"]:
        host = example.removeprefix("https://").partition("/")[0]
        ids = {
            work.id
            for other in row["hosts"]
            if (work := works.of(example.replace(host, other.replace("*", "some"), 1))) is not None
        }
        assert len(ids) == 1


@pytest.mark.parametrize(("name", "host"), HOSTS)
def test_look_alike_hosts_are_other_hosts(name: str, host: str) -> None:
    path = family(name)["examples"][0].removeprefix("https://").partition("/")[2]
    canonical = works.of(family(name)["examples"][0])
    assert canonical is not None
    for false in (
        f"https://{host}.evil.example/{path}",
        f"https://{host}@evil.example/{path}",
        f"https://evil.example/{host}/{path}",
        f"https://evil.example#@{host}/{path}",
        f"https://evil.example\\@{host}/{path}",
        f"https://not{host.replace('.', '-')}.example/{path}",
        f"https://{host}:8443/{path}",
        f"ftp://{host}/{path}",
        f"javascript://{host}/{path}",
    ):
        assert works.of(false) is None, false
    labels = host.split(".")
    if len(labels) == 2:
        work = works.of(f"https://not{host}/{path}")
        assert work is None


@pytest.mark.parametrize("version", [1, 2, 17])
@pytest.mark.parametrize(
    "form",
    [
        "https://arxiv.org/abs/2205.14135{v}",
        "https://arxiv.org/pdf/2205.14135{v}.pdf",
        "https://aclanthology.org/P18-1001{v}.pdf",
        "https://www.biorxiv.org/content/10.1101/2021.08.03.454978{v}.full.pdf",
        "https://hal.science/hal-00328427{v}",
    ],
)
def test_a_version_is_no_other_work(form: str, version: int) -> None:
    with_version, without = works.of(form.format(v=f"v{version}")), works.of(form.format(v=""))
    assert with_version is not None
    assert without is not None
    assert (with_version.id, with_version.version, without.version) == (without.id, version, None)
