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
