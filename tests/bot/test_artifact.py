"""The first stage's artifact is read as if an attacker had written it, which may be so."""

from __future__ import annotations

import io
import json
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.bot import artifact
from listbot.bot.memory import key
from listbot.liveness import LinkResult, Outcome, Reason

HEAD = "a" * 40
URL = "https://example.com/gone"
TEXT = artifact.written(HEAD, {URL: LinkResult(URL, Outcome.GONE, Reason.STATUS_404)})


def packed(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_what_was_written_is_read_for_links_that_stand_in_the_list() -> None:
    facts = artifact.read(packed({"listbot.json": TEXT}), HEAD)
    assert artifact.results(facts, [URL, "https://example.com/other"]) == {
        URL: LinkResult(URL, Outcome.GONE, Reason.STATUS_404, added=True)
    }


@pytest.mark.parametrize(
    ("url", "target", "certain", "kept"),
    [
        ("http://lab.test/a?b#c", "https://lab.test/a?b", True, "https://lab.test/a?b"),
        ("http://lab.test", "https://lab.test/", True, "https://lab.test"),
        ("http://lab.test/a", "https://lab.test/a", False, None),
        ("http://lab.test/a", "https://lab.test/b", True, None),
        ("http://lab.test/a", "https://evil.test/a", True, None),
        ("https://lab.test/old/a", "https://lab.test/new/a", True, None),
        ("http://lab.test:8080/a", "https://lab.test:8080/a", True, None),
        ("http://a:b@lab.test/a", "https://a:b@lab.test/a", True, None),
    ],
)
def test_of_moves_only_that_to_https_is_handed_on(url: str, target: str, certain: bool, kept: str | None) -> None:
    """Whoever writes the file cannot name a place: of any other move it only says that there is one."""
    moved = LinkResult(url, Outcome.MOVED, Reason.REDIRECT_PERMANENT, target=target, certain=certain)
    text = artifact.written(HEAD, {url: moved})
    assert "test" not in text
    found = artifact.results(artifact.read(packed({"listbot.json": text}), HEAD), [url])
    fresh = LinkResult(url, Outcome.MOVED, Reason.REDIRECT_PERMANENT, added=True)
    assert found == {url: fresh._replace(target=kept, certain=True) if kept else fresh}


def test_a_move_to_https_without_a_move_says_nothing() -> None:
    lied = changed(links=[{"url": key("http://lab.test/a"), "reason": "ok", "https": True}])
    (found,) = artifact.results(artifact.read(packed({"listbot.json": lied}), HEAD), ["http://lab.test/a"]).values()
    assert (found.outcome, found.target) == (Outcome.ALIVE, None)


def test_the_file_holds_no_text() -> None:
    assert set(json.loads(TEXT)) == {"version", "head", "links"}
    assert "example" not in TEXT


def changed(**fields: object) -> str:
    return json.dumps(json.loads(TEXT) | fields)


def linked() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("listbot.json")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        b"PK",
        packed({"listbot.json": TEXT})[:-30],
        packed({"listbot.json": TEXT, "other": ""}),
        packed({"../listbot.json": TEXT}),
        packed({"/listbot.json": TEXT}),
        packed({"a\\listbot.json": TEXT}),
        packed({"listbot.json/": ""}),
        linked(),
        packed({"listbot.json": b" " * 6_000_000 + TEXT.encode()}),
        packed({"listbot.json": TEXT + " " * 2_000_000}, zipfile.ZIP_STORED),
        packed({"listbot.json": changed(head="b" * 40)}),
        packed({"listbot.json": changed(version=2)}),
        packed({"listbot.json": changed(version="1")}),
        packed({"listbot.json": changed(note="read me")}),
        packed({"listbot.json": changed(links=[{"url": "0" * 16, "reason": "status-404", "title": "x"}])}),
        packed({"listbot.json": changed(links=[{"url": "0" * 16, "reason": "evil"}])}),
        packed({"listbot.json": changed(links=[{"url": "0" * 16, "reason": "ok", "https": "https://evil.test"}])}),
        packed({"listbot.json": changed(links=[{"url": "https://example.com", "reason": "ok"}])}),
        packed({"listbot.json": changed(links=[{"url": "0" * 16, "reason": "ok"}] * 5_001)}),
        packed({"listbot.json": "[" * 100_000}),
    ],
)
def test_anything_else_says_nothing(archive: bytes) -> None:
    assert artifact.read(archive, HEAD) == {}


@given(st.binary(max_size=500), st.integers(0, 400))
def test_damaged_archives_are_survived(noise: bytes, place: int) -> None:
    whole = packed({"listbot.json": TEXT})
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    assert artifact.read(damaged, HEAD) in ({}, artifact.read(whole, HEAD))
