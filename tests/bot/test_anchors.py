"""No comment stands where GitHub would refuse it, and no suggestion says what it must not."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.bot.anchors import Lines, Suggestion, can_hold, hunks, suggestion
from listbot.finding import Edit, Fix
from listbot.source import Source, Span

PATCH = """@@ -1,3 +1,4 @@ heading
 one
+two
 three
-@@ -9,9 +9,9 @@
 four
@@ -20 +21,2 @@
-x
+y
+z
\\ No newline at end of file"""


def test_hunks_are_what_the_patch_shows_of_the_head_version() -> None:
    assert hunks(PATCH) == (Lines(1, 4), Lines(21, 22))


@pytest.mark.parametrize("patch", [None, "", "nonsense", "@@ -1,2 +0,0 @@\n-a\n-b"])
def test_nothing_is_shown_of_a_patch_that_shows_nothing(patch: str | None) -> None:
    assert hunks(patch) == ()


@pytest.mark.parametrize(
    ("lines", "held"),
    [((1, 4), True), ((2, 2), True), ((4, 5), False), ((4, 21), False), ((22, 22), True), ((0, 1), False)],
)
def test_all_lines_must_lie_in_one_hunk(lines: tuple[int, int], held: bool) -> None:
    assert can_hold(hunks(PATCH), Lines(*lines)) == held


LINES = st.lists(st.sampled_from(["- a", "- b", "@@ -1 +1 @@", "+", "-", "", " x"]), max_size=30)


@given(LINES, LINES)
def test_hunks_of_real_differences_hold_every_added_line(before: list[str], after: list[str]) -> None:
    diff = list(difflib.unified_diff(before, after, lineterm=""))[2:]
    added: list[int] = []
    line = 0
    for text in diff:
        if text.startswith("@@ -"):
            line = int(text.split("+")[1].split(" ")[0].split(",")[0])
        elif text.startswith(("+", " ")):
            if text.startswith("+"):
                added.append(line)
            line += 1
    stretches = hunks("\n".join(diff))
    assert all(can_hold(stretches, Lines(number, number)) for number in added)


def fix(source: Source, old: str, new: str, *, safe: bool = True) -> Fix:
    start = source.text.index(old)
    return Fix("mend it", (Edit(Span(start, start + len(old)), new),), safe)


def test_a_fix_becomes_whole_lines() -> None:
    source = Source("README.md", "# List\n- [a](http://x.example) notes\n- b\n")
    assert suggestion(source, fix(source, "http:", "https:")) == Suggestion(
        Lines(2, 2), "- [a](https://x.example) notes"
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("- a\r\n- b\r\n", "a", "c"),  # the line ending would be lost
        ("- a\n", "- a", ""),  # an empty block takes the line away
        ("- a\n", "a", "a\u202eb"),  # what does not show
        ("- a\n", "a", "a\u200b"),
        ("- a @someone\n", "a", "b"),  # notifies
        ("lgtm a\n", "a", "b"),  # may command another bot, which reads raw text
        ("/merge a\n", "a", "b"),
        ("- a\n", "a", "a\n/merge"),
        ("- a <!-- x -->\n", "a", "b"),
        ("- a\n", "a", "##[error]a"),
        ("- a\n", "a", "::error::\r"),
        ("- a\n" * 30, "- a\n" * 25, "- b\n" * 25),
        ("- a " + "x" * 10_000 + "\n", "a", "b"),  # more than a comment holds, with nineteen others
    ],
)
def test_what_is_not_suggested(text: str, old: str, new: str) -> None:
    source = Source("README.md", text)
    assert suggestion(source, fix(source, old, new)) is None


def test_only_safe_fixes_are_suggested() -> None:
    source = Source("README.md", "- a\n")
    assert suggestion(source, None) is None
    assert suggestion(source, fix(source, "a", "b", safe=False)) is None


@given(st.text(alphabet="-# ab`|[](x)\n", max_size=40), st.text(alphabet="-# ab`|[](x)\n", max_size=10), st.data())
def test_applying_a_suggestion_is_applying_the_fix(text: str, new: str, data: st.DataObject) -> None:
    source = Source("README.md", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    said = suggestion(source, Fix("", (Edit(Span(start, end), new),), True))
    if said is not None:
        span = source.lines_span(*said.lines)
        assert text[: span.start] + said.text + text[span.end :] == text[:start] + new + text[end:]
