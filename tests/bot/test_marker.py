"""The marker says what we wrote, survives anything that people do to it, and is forged by nobody's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.bot import marker
from listbot.bot.markdown import Code, md
from listbot.bot.marker import Remembered
from tests.bot.hostile import Rendered, texts

STATE = Remembered(nonce="f" * 16)
LINE = marker.written("pull", STATE)


def test_it_is_read_back_and_shows_nothing() -> None:
    assert marker.read(f"{LINE}\nbody", "pull", Remembered) == STATE
    page = Rendered(f"{LINE}\nbody")
    assert [text.strip() for text in page.outside if text.strip()] == ["body"]


@pytest.mark.parametrize("above", ["", "\n", "\ufeff", "\r\n", "A note.\n\n", "```\ncode\n```\n", "~~~\n```\n~~~\n  "])
def test_it_is_found_below_what_people_write(above: str) -> None:
    assert marker.read(f"{above}{LINE}\nbody", "pull", Remembered) == STATE
    assert marker.nonce_of(f"{above}{LINE}\nbody") == STATE.nonce
    assert marker.opens(f"{above}{LINE}\nbody", "pull") == (above == "")


@pytest.mark.parametrize("above", ["> ", "    ", "word ", "```\n", "~~~~\n~~~\n", "- ", "> a\n> ", "```\n```text\n"])
def test_what_is_quoted_or_code_is_none(above: str) -> None:
    assert not marker.is_ours(f"{above}{LINE}\nbody", "pull")


def test_it_must_be_of_the_kind() -> None:
    assert not marker.is_ours(LINE, "weekly")
    assert marker.read(LINE, "weekly", Remembered) is None


@given(st.text(max_size=200))
def test_any_payload_is_survived(payload: str) -> None:
    body = f"<!-- listbot:v1 kind=pull id={payload} -->"
    assert marker.read(body, "pull", Remembered) in (None, STATE)


@given(texts)
def test_no_text_of_a_list_makes_one(text: str) -> None:
    body = md("{text}", text=Code(text)).text
    assert not marker.is_ours(body, "pull")
    assert "<!--" not in body


def test_a_damaged_marker_is_still_ours_but_remembers_nothing() -> None:
    damaged = LINE.replace("id=", "id=AAAA")
    assert marker.is_ours(damaged, "pull")
    assert marker.read(damaged, "pull", Remembered) is None


def test_equal_texts_have_equal_digits() -> None:
    assert marker.digits("a", "b") != marker.digits("ab")
    assert marker.digits("a") == marker.digits("a")
