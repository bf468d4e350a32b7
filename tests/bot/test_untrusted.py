"""Untrusted text stays inside code, whatever it is made of. The judge is GitHub's own parser."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.bot import untrusted
from listbot.bot.budget import Part, fitted
from listbot.bot.markdown import Cell, Code, Fence, Markdown, link, md
from tests.bot.hostile import ATTACKS, Rendered, assert_inert, texts
from tests.oracles.browsers import notifying

BOT = Path(untrusted.__file__).parent


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_known_attack_is_inert_in_every_hole(attack: str) -> None:
    assert_inert(md("- {a} and {b}\n\n| h |\n|---|\n| {c} |\n", a=Code(attack), b=Code(attack), c=Cell(attack)).text)


@given(texts, texts)
def test_code_spans_hold_what_they_are_given(first: str, second: str) -> None:
    page = assert_inert(md("- {a}, {b} listed\n", a=Code(first), b=Code(second)).text)
    assert page.tags == ["ul", "li", "code", "code"]


@given(texts, texts)
def test_cells_keep_the_table(first: str, second: str) -> None:
    page = assert_inert(md("| x | y |\n|---|---|\n| {a} | {b} |\n", a=Cell(first), b=Cell(second)).text)
    assert page.tags.count("td") == 2
    assert page.tags.count("code") == 2


@given(texts.filter(lambda text: "\r" not in text))
def test_fences_hold_what_they_are_given(text: str) -> None:
    body = md("before\n\n{f}\n\nafter", f=Fence(text, "suggestion")).text
    page = Rendered(body)
    assert page.tags == ["p", "pre", "code", "p"]
    assert [part.strip() for part in page.outside if part.strip()] == ["before", "after"]


def test_a_carriage_return_is_refused_in_a_fence() -> None:
    with pytest.raises(ValueError, match="carriage return"):
        untrusted.fenced("a\rb", "")


@given(st.one_of(texts, texts.map(lambda text: "https://example.com/" + text)))
def test_links_lead_to_web_addresses_and_nowhere_else(url: str) -> None:
    page = assert_inert(link(Code("label"), url).text + "\n")
    assert len(page.targets) <= 1


def test_pages_that_notify_go_by_the_redirecting_host() -> None:
    for kind in ("issues", "pull", "discussions", "commit"):
        assert (
            untrusted.destination(f"https://github.com/a/b/{kind}/1") == f"<https://redirect.github.com/a/b/{kind}/1>"
        )
    assert untrusted.destination("http://WWW.GitHub.com/a/b/pull/1#x") == "<https://redirect.github.com/a/b/pull/1#x>"
    assert untrusted.destination("https://github.com/a/b") == "<https://github.com/a/b>"
    assert untrusted.destination("https://redirect.github.com/a/b/pull/1") == "<https://redirect.github.com/a/b/pull/1>"
    assert untrusted.destination("https://example.ghe.com/a/b/pull/1") == "<https://example.ghe.com/a/b/pull/1>"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://github.com//a/b/issues/1", "//a/b/issues/1"),
        ("https://github.com/a//b///issues//1", "/a//b///issues//1"),
        ("https://github.com:443/a/b/issues/1", "/a/b/issues/1"),
        ("http://github.com:/a/b/pull/1?x#y", "/a/b/pull/1?x#y"),
        ("https://github.com./a/b/issues/1", "/a/b/issues/1"),
        ("https://somebody:word@github.com/a/b/issues/1", "/a/b/issues/1"),
        ("https://git%68ub.com/a/b/issues/1", "/a/b/issues/1"),
        ("https://github.com/a/b/%69ssues/1", "/a/b/%69ssues/1"),
        ("https://github.com/a/b%2Fissues%2F1", "/a/b%2Fissues%2F1"),
        ("https://github.com/a/b/Issues/1", "/a/b/Issues/1"),
        ("https://ｇithub.com/a/b/issues/1", "/a/b/issues/1"),
        ("https://git\u00adhub。com/a/b/issues/1", "/a/b/issues/1"),
        ("https://%EF%BD%87ithub.com/a/b/issues/1", "/a/b/issues/1"),
        ("https://github.com/x/../a/./b/%2E%2E/b/issues/1", "/x/../a/./b/%2E%2E/b/issues/1"),
        ("https://github.com/a//../b/issues/1", "/a//../b/issues/1"),
        ("https://github.com/x//../../a/b/pull/1", "/x//../../a/b/pull/1"),
    ],
)
def test_pages_that_notify_are_known_in_every_spelling(url: str, path: str) -> None:
    assert untrusted.destination(url) == f"<https://redirect.github.com{path}>"


PIECES = ("/", "//", "a", "b", "..", ".", "%2e%2E", "%2F", "issues", "pull", "1", "?", "#", "%69ssues", "\\", " ", "\t")


def test_no_spelling_leads_a_browser_to_a_page_that_notifies() -> None:
    """Five thousand random paths, of which a good part would; judged by the parser of browsers."""
    chance = random.Random(5)  # noqa: S311 - repeatable on purpose
    urls = ["https://github.com/a" + "".join(chance.choices(PIECES, k=chance.randint(4, 14))) for _ in range(3_000)]
    urls += [f"https://github.com/a/b/{''.join(chance.choices(PIECES, k=5))}/issues/1" for _ in range(2_000)]
    safe = [destination[1:-1] for url in urls if (destination := untrusted.destination(url)) is not None]
    assert len(notifying(urls)) > 150
    assert notifying(safe) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com.example.com/a/b/issues/1",
        "https://github.com:443/a/b/tree/main/issues/1",
        "https://example.com/?x=https://github.com/a/b/issues/1",
        "https://github.com/a/b?x=/issues/1",
        "https://github.com/a/b#/issues/1",
    ],
)
def test_pages_that_do_not_notify_stay_as_they_are(url: str) -> None:
    assert untrusted.destination(url) == f"<{url}>"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.com/a_(b)", "<https://example.com/a_%28b%29>"),
        ("https://example.com/a b|c", "<https://example.com/a%20b%7Cc>"),
        ("https://example.com/ü", "<https://example.com/%C3%BC>"),
        ("https://example.com/@somebody", "<https://example.com/%40somebody>"),
        ("javascript:alert(1)", None),
        ("//example.com", None),
        ("https://", None),
    ],
)
def test_destinations(url: str, written: str | None) -> None:
    assert untrusted.destination(url) == written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "`⟨empty⟩`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a\u202eb", "`a⟨U+202E⟩b`"),
        ("a\u200bb", "`a⟨U+200B⟩b`"),
        ("x\U000e0041", "`x⟨U+E0041⟩`"),
        ("👩\u200d💻", "`👩\u200d💻`"),
        ("a\u200db", "`a⟨U+200D⟩b`"),
        ("@me", "`@\u200bme`"),
        ("see #12", "`see #\u200b12`"),
        ("/merge", "`/\u200bmerge`"),
        ("line\r\nbreak\tand  blanks", "`line break and blanks`"),
        ("e\u0301", "`é`"),
        ("x" * 300, "`" + "x" * 199 + "…`"),
    ],
)
def test_code_spans_letter_by_letter(text: str, shown: str) -> None:
    assert untrusted.code_span(text) == shown


@given(texts)
def test_no_line_of_a_log_is_a_workflow_command(text: str) -> None:
    line = untrusted.log_line(text)
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert len(line.splitlines()) <= 1


def test_a_plain_string_cannot_enter_a_template() -> None:
    with pytest.raises(TypeError, match="name what kind of text"):
        md("{a}", a="text")  # type: ignore[arg-type]  # the very mistake that is to be caught
    with pytest.raises(TypeError, match="differ"):
        md("{a}", b=1)


def test_templates_are_written_out_and_markdown_is_made_in_few_modules_only() -> None:
    """What `LiteralString` would promise if the type checker knew it."""
    wrong = []
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("md", "joined") and not isinstance(node.args[0], ast.Constant):
                wrong.append(f"{path.name}:{node.lineno}: a template that is not written out")
            if node.func.id == "Markdown" and path.stem not in ("markdown", "budget", "phrases", "carried"):
                made_of_nothing = [isinstance(argument, ast.Constant) for argument in node.args] == [True]
                if not made_of_nothing:
                    wrong.append(f"{path.name}:{node.lineno}: Markdown made elsewhere")
    assert not wrong


@given(st.lists(st.lists(texts, max_size=30), max_size=4), st.integers(200, 3_000))
def test_bodies_keep_to_their_budget_and_are_cut_at_whole_rows(groups: list[list[str]], limit: int) -> None:
    parts = [Part(md("#### part"), [md("- {t}", t=Code(text)) for text in group], md("\nend")) for group in groups]
    body = fitted(parts, md("foot"), lambda left: md("- {n} more in the summary", n=left), limit).text
    assert len(body.encode()) <= limit
    page = assert_inert(body)
    rows = sum(len(group) for group in groups)
    shown = page.tags.count("code")
    assert shown == rows or f"{rows - shown:,} more in the summary" in "".join(page.outside)


def test_markdown_compares_by_text() -> None:
    assert Markdown("a") == md("a")
    assert hash(Markdown("a")) == hash(md("a"))
    assert repr(md("a")) == "Markdown('a')"


def test_a_monstrous_row_shuts_no_other_out() -> None:
    rows = [md("{text}", text=Code("x" * 5_000, 5_000)), md("- small"), md("- also small")]
    body = fitted([Part(md("head"), rows)], md("foot"), lambda left: md("{n} more", n=left), 4_000).text
    assert body == "head\n- small\n- also small\n1 more\nfoot\n"
