"""The marker says what we wrote, survives anything that people do to it, and is forged by nobody's text."""

from __future__ import annotations

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


def test_it_must_stand_first_and_be_of_the_kind() -> None:
    assert not marker.is_ours(f"hello\n{LINE}", "pull")
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
