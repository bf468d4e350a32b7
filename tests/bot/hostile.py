"""Hostile texts, and GitHub's own renderer as the judge of what becomes of them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import strategies as st

from tests.oracles import github

TOKEN = "zqxtoken"  # noqa: S105 - a word that no template of ours holds
ATTACKS = (
    f"@{TOKEN}",
    f"\\@{TOKEN}",
    f"&#64;{TOKEN}",
    f"@dependabot merge {TOKEN}",
    f"/lgtm {TOKEN}",
    f"fixes #12 {TOKEN}",
    f"closes example/{TOKEN}#3",
    f"Duplicate of #7 {TOKEN}",
    f"GH-12 {TOKEN}",
    f"<!-- listbot:v1 kind=pull id= --> {TOKEN}",
    f"--> {TOKEN}",
    f"<img src=x onerror={TOKEN}>",
    f"<script>{TOKEN}</script>",
    f"</details>{TOKEN}",
    f"![{TOKEN}](https://example.com/x.png)",
    f"[{TOKEN}](javascript:alert(1))",
    f"https://example.com/{TOKEN}",
    f"www.example.com/{TOKEN}",
    f"{TOKEN}@example.com",
    f"```\n{TOKEN}",
    f"   ```\r{TOKEN}",
    f"~~~\n{TOKEN}",
    f"`{TOKEN}`",
    f"``{TOKEN}",
    f"a | b | {TOKEN}",
    f"\\| {TOKEN} \\",
    f"\n\n# {TOKEN}",
    f"\r\n\r\n- [ ] {TOKEN}",
    f"\u202e{TOKEN}",
    f"\u2028{TOKEN}\u2029",
    f"\x00\x1b[31m{TOKEN}",
    f"::error::{TOKEN}",
    f"\n::set-output name=x::{TOKEN}",
    f"##[error]{TOKEN}",
    f"%0A::error::{TOKEN}",
    f"::stop-commands::{TOKEN}",
)

PIECES = st.sampled_from(
    [
        *ATTACKS,
        TOKEN,
        "`",
        "``",
        "```",
        "\\",
        "|",
        "@",
        "#1",
        "<!--",
        "-->",
        "\n",
        "\r",
        " ",
        "](",
        ")",
        "*",
        "_",
        "~~",
        "$",
        "<",
        ">",
    ]
)
texts = st.one_of(
    st.lists(PIECES, min_size=1, max_size=8).map("".join),
    st.text(max_size=40).map(lambda text: text + TOKEN),
)
"""Texts of which most hold TOKEN."""

_MENTION = re.compile(r"(?<![\w`])@[A-Za-z0-9]")
_CLOSING = re.compile(
    r"(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|duplicate of)\s*:?\s+(?:[\w.-]+/[\w.-]+)?#\d", re.IGNORECASE
)


SPELLINGS = (
    "https://github.com/a/b/issues/1",
    "http://www.GitHub.com/a/b/pull/1#issuecomment-2",
    "https://github.com/a//b/issues/1",
    "https://github.com//a/b/discussions/1?x=y",
    "https://github.com/a/b/./commit/0123456789",
    "https://github.com:443/a/b/issues/1",
    "https://github.com./a/b/issues/1",
    "https://somebody@github.com/a/b/issues/1",
    "https://git%68ub.com/a/b/%69ssues/1",
    "https://ｇithub.com/a/b/issues/1",
    "https://git\u00adhub.com/a/b/issues/1",
    "https://github.com/a/b/tree/../issues/1",
    "https://github.com/a/b//../issues/1",
    "https://github.com/a/b/c%2Fd/../issues/1",
    "https://github.com/a/b/c/%2E%2e/issues%2F1",
)
"""A page whose readers would hear of it, as people may write it."""


class Rendered(HTMLParser):
    """A page as GitHub makes it of Markdown: what stands in code, what outside, which links, which comments."""

    def __init__(self, markdown: str) -> None:
        super().__init__(convert_charrefs=True)
        self.outside: list[str] = []
        self.inside: list[str] = []
        self.tags: list[str] = []
        self.comments: list[str] = []
        self.targets: list[str] = []
        self._code = 0
        self.feed(github.html(markdown))
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._code += tag == "code"
        self.targets.extend(str(value) for name, value in attributes if name == "href")

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_comment(self, comment: str) -> None:
        self.comments.append(comment)

    def handle_data(self, data: str) -> None:
        (self.inside if self._code else self.outside).append(data)


OURS = {
    "p",
    "code",
    "pre",
    "a",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "h3",
    "h4",
    "strong",
    "em",
    "sub",
    "br",
    "hr",
    "input",
    "blockquote",
}
"""Tags that templates of ours make."""


def assert_inert(body: str) -> Rendered:
    """The promise of the renderer, judged by GitHub's own parser."""
    page = Rendered(body)
    plain = "\n".join(page.outside)
    assert TOKEN not in plain, body
    assert set(page.tags) <= OURS, set(page.tags) - OURS
    assert all(target.startswith(("http://", "https://")) for target in page.targets), page.targets
    assert not any(TOKEN in comment for comment in page.comments), body
    assert not _MENTION.search(body), body
    assert not _CLOSING.search(body), body
    assert not any(line.lstrip().startswith(("::", "/")) or "##[" in line for line in body.splitlines()), body
    return page


def assert_suggestion_is_inert(body: str) -> None:
    """A comment on lines shows whole lines of the list, in its block and nowhere else; other bots read it raw."""
    page = Rendered(body)
    assert TOKEN not in "".join(page.outside), body
    assert set(page.tags) <= {"p", "a", "code", "pre"}, page.tags
    assert not page.comments
    assert not _MENTION.search(body), body
    assert not any(line.lstrip().startswith(("::", "/")) or "##[" in line for line in body.splitlines()), body
    assert len(body.encode()) <= 60_000
