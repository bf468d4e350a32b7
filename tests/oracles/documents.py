"""Random Markdown documents, made of the pieces that parsers disagree about."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

PIECES = (
    "[a](b)", "[", "](", "](x)", "]", " ", "\n", "\n\n", "- ", "* ", "> ", "1. ", "  ", "    ", "\t", "`", "``", "\\",
    "| a | b |\n|---|---|\n", "\n| c [x](y\\|z) | `d\\|e` [v](w) |\n", "\n| [a](b) ![i](j) | c\n",
    "# ", "##", "---\n", "===\n", "<http://a.b>", '<a href="x">', "</a>",
    "<!-- ", "-->", "<b>", "![i](j)", "![", "!", '"', "(", ")", "<", ">", "[r]", "[r]: /u\n\n", "[R][r]", "é", "中",
    "😀", "a", "b *c*", "**", "_", "~~~\n", "```\n", "&amp;", "&#35;", "\r\n", "\0", "<div>\n", "</div>\n", "<http://",
    "http://x.y/z", "'t'", "[r]: <x y> \"t\"\n\n", "[x]( y )", "[x](<y z>)", '[x](y "t")', "- [ ] ", "+", "~",
    "a@b.c", "<a@b.c>", "<?", "?>", "[a\nb](c)", "www.a.b ", "{", "![[a](b)](c)", "[![i](j)](k)",
)  # fmt: skip


def random_document(random: Random) -> str:
    return "".join(random.choice(PIECES) for _ in range(random.randint(1, 25)))


def shrunk(text: str, fails: Callable[[str], bool]) -> str:
    """The shortest text that one pass of cutting finds and that still fails."""
    changed = True
    while changed:
        changed = False
        for width in (8, 4, 2, 1):
            at = 0
            while at < len(text):
                shorter = text[:at] + text[at + width :]
                if fails(shorter):
                    text, changed = shorter, True
                else:
                    at += 1
    return text
