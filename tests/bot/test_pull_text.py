"""What a pull request is told, letter by letter; and what hostile lists make of it, judged by GitHub's own parser."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings

from listbot.bot import pull_text
from listbot.bot import settings as bot_settings
from listbot.bot.activity import Nothing, Report
from listbot.bot.budget import BODY
from listbot.bot.links_to import Place
from listbot.bot.observed import Pull as SeenPull
from listbot.commands import bot_judging
from listbot.commands.bot_judging import Content
from listbot.commands.bot_report import pull_of
from listbot.commands.surroundings import Listing
from listbot.liveness import LinkResult, Notice, Outcome, Reason, Record
from tests.bot.hostile import SPELLINGS, TOKEN, Rendered, assert_inert, assert_suggestion_is_inert, texts
from tests.bot.test_report import LIST, RULES
from tests.oracles.browsers import notifying

EXPECTED = Path(__file__).parent / "expected"
HEAD = "0123456789" * 4
PLACE = Place("https://github.com", "curator", "papers")
NEW = """\
- [Fast again](https://arxiv.org/abs/1706.03762)
- [Reformer](https://arxiv.org/pdf/2001.04451) - Hashing. ([code](https://github.com/example/reformer))
- [Broken] (https://arxiv.org/abs/2303.06865)
- [Gone](https://tool.test/gone) <!-- listbot: ignore[duplicate-entry] a reason -->
"""


def pull(head: str, base: str = LIST, *results: LinkResult, rules: str = RULES) -> pull_text.Pull:
    chosen = bot_settings.of_version(lambda path: rules.encode() if path == "listbot.toml" else None)
    around = Listing(["README.md"], "README.md", complete=True)
    read = bot_judging.versions("README.md", Content(head.encode(), around), Content(base.encode(), around), chosen)
    known = {result.url: result for result in results}
    change = bot_judging.judged(read, chosen, known)
    patch = "\n".join(list(difflib.unified_diff(base.splitlines(), head.splitlines(), lineterm=""))[2:])
    return pull_text.Pull(PLACE, 12, HEAD, pull_text.Compared(HEAD, "b" * 40), [change], {"README.md": patch}, known)


def test_the_comment_letter_by_letter() -> None:
    gone = LinkResult("https://tool.test/gone", Outcome.GONE, Reason.STATUS_404, added=True)
    alive = LinkResult("https://github.com/example/reformer", Outcome.ALIVE, Reason.OK, added=True)
    said = pull_text.wanted(pull(LIST + NEW, LIST, gone, alive))
    assert said.text is not None
    assert said.text.text == (EXPECTED / "pull.md").read_text("utf-8")
    assert [(one.path, one.first, one.last) for one in said.inline] == [("README.md", 21, 21), ("README.md", 20, 20)]


def test_nothing_is_said_of_a_change_without_findings() -> None:
    said = pull_text.wanted(pull(LIST + "- [Reformer](https://arxiv.org/abs/2001.04451)\n"))
    assert said.text is None
    assert said.inline == []


def test_links_for_an_old_entry_stand_on_a_card_of_their_own() -> None:
    old = "- [Fast](https://arxiv.org/abs/1706.03762)"
    fresh = " ([code](https://github.com/example/fast), [project](http://fast.test/), ![stars](https://img.test/s.svg))"
    code = LinkResult("https://github.com/example/fast", Outcome.GONE, Reason.STATUS_404, added=True)
    moved = LinkResult(
        "http://fast.test/", Outcome.MOVED, Reason.REDIRECT_PERMANENT, target="https://fast.test/", certain=True
    )
    said = pull(LIST.replace(old, old + fresh).replace("Notes.", "More notes."), LIST, code, moved)
    assert said.changes[0].entries == ()
    text = pull_text.summary(said).text
    assert text.partition("\n**")[2].partition("\n\n")[0] == ("New links in 1 entry**")
    assert [line for line in text.splitlines() if line.startswith("|")] == [
        "| entry | work | section | new links |",
        "| --- | --- | --- | --- |",
        "| [`Fast`](<https://github.com/curator/papers/blob/0123456789012345678901234567890123456789/README.md"
        "?plain=1#L18>) | [`arxiv:1706.03762`](<https://arxiv.org/abs/1706.03762>) | `Speed` | "
        "[code](<https://github.com/example/fast>) ❌ gone, "
        "[project](<http://fast.test/>) ➡️ moved to [`https://fast.test/`](<https://fast.test/>) |",
    ]


@settings(max_examples=60)
@given(texts, texts)
def test_hostile_lists_make_inert_comments(first: str, second: str) -> None:
    lines = (
        f"- [{first}](https://arxiv.org/abs/1706.03762) {second}\n- [{second}] (https://{TOKEN}.test/{first})\n"
        f"## {first}\n- {second} [x](#{first}) <!-- listbot: ignore[duplicate-entry] {second} -->\n"
    )
    for known in (f"https://{TOKEN}.test/{first}", "https://arxiv.org/abs/1706.03762"):
        result = LinkResult(known, Outcome.GONE, Reason.STATUS_404, added=True)
        said = pull(LIST + lines.replace("\0", ""), LIST, result, rules="")
        assert_inert(pull_text.summary(said).text)
        wanted = pull_text.wanted(said)
        if wanted.text is not None:
            assert wanted.text.size <= BODY
            assert_inert(wanted.text.text)
        for line in wanted.inline:
            assert_suggestion_is_inert(line.text.text)


@pytest.mark.parametrize("url", SPELLINGS)
def test_nobody_upstream_hears_of_a_link(url: str) -> None:
    """Wherever a comment links what a list or a registry says; judged by GitHub's parser and a browser."""
    assert notifying([url]) == [url]
    record = Record("A title", venue="ICLR", published=url, notice=Notice("retraction", url), successor=url)
    results = [
        LinkResult("https://arxiv.org/abs/2001.04451", Outcome.WITHDRAWN, Reason.REGISTRY_WITHDRAWN, record=record),
        LinkResult(url, Outcome.MOVED, Reason.REDIRECT_PERMANENT, target=url + "2", certain=True, added=True),
    ]
    lines = f"- [One](https://arxiv.org/abs/2001.04451) ([code]({url}))\n- [Two]({url}) - {url} [{url}]({url})\n"
    old = LIST.replace(
        "- [Fast](https://arxiv.org/abs/1706.03762)", f"- [Fast](https://arxiv.org/abs/1706.03762), [x]({url}3)"
    )
    said = pull(old + lines, LIST, *results, rules="")
    for text in (pull_text.summary(said), *[one.text for one in pull_text.wanted(said).inline]):
        assert notifying(Rendered(text.text).targets) == []
    redirected = [one for one in Rendered(pull_text.summary(said).text).targets if "//redirect.github.com/" in one]
    assert len(redirected) >= 7


@settings(max_examples=60)
@given(texts, texts)
def test_suggestions_of_hostile_lists_are_inert(first: str, second: str) -> None:
    """A line that has a safe fix, around whatever its author wrote beside it."""
    lines = f"- [Reformer {first}](https://arxiv.org/pdf/2001.04451) - {second}\n"
    for line in pull_text.wanted(pull(LIST + lines.replace("\0", ""))).inline:
        assert_suggestion_is_inert(line.text.text)


TODO = Report(repository=7, run=1, head=HEAD, branch="b", owner="newcomer", head_repository=8)
FITS = SeenPull(12, HEAD, "f" * 40, 8, 7, True, "main")


@pytest.mark.parametrize(
    "found",
    [
        [],
        [FITS, FITS._replace(number=13)],
        [FITS._replace(head="f" * 40)],
        [FITS._replace(head_repository=9)],
        [FITS._replace(head_repository=None)],
        [FITS._replace(base_repository=8)],
        [FITS._replace(is_open=False)],
    ],
)
def test_a_pull_request_that_is_not_surely_the_one_is_left_alone(found: list[SeenPull]) -> None:
    assert isinstance(pull_of(found, TODO), Nothing)


def test_the_one_that_fits_is_found_among_others() -> None:
    assert pull_of([FITS._replace(head="f" * 40), FITS], TODO) == FITS
