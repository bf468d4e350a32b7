"""Lists that repeat themselves, by mistake or to be a burden: what all rules do for them grows as the list does."""

from __future__ import annotations

import pytest
from bench.quality.checked import diagnostics_of

from listbot.parser import parse
from listbot.source import Source
from tests.work_done import steps

_ENTRY = "- [A tool of many words](https://github.com/example/tool) - Reads text.\n"
KINDS = {
    "one entry": ("## Tools\n\n", _ENTRY),
    "one work of many names": (
        "## Tools\n\n",
        "- [Tool {n} reads](https://github.com/example/tool) [[paper](https://a.example/{n})]\n",
    ),
    "one entry in many sections": ("", "## Part {n}\n\n" + _ENTRY + "\n"),
    "one entry in many folds": ("", "<details><summary>Part {n}</summary>\n\n" + _ENTRY + "\n</details>\n\n"),
    "one entry below many captions": ("## Tools\n\n", "> Part {n}\n\n" + _ENTRY + "\n"),
    "one misspelt compound": (
        "## Tools\n\n",
        "- [Tool {n}](https://github.com/example/tool-{n}) - A high-performence fine-ture reader of plain texts.\n",
    ),
    "titles of one odd word": (
        "## Tools\n\n",
        "- [The {word} reads all of our plain texts](https://a.example/{n})\n",
    ),
    "titles with a hyphen and a blank": (
        "## Tools\n\n",
        "- [Reading High- Dimensional texts {n} times](https://a.example/{n}) - Reads plain texts[here](https://b.example/{n}).\n",
    ),
    "one row in many tables": (
        "## Tools\n\n",
        "| Tool | Year |\n| --- | --- |\n| [A tool](https://github.com/example/tool) | 2020 |\n\n",
    ),
}


def _numbered(text: str, number: int) -> str:
    word = "zqvx" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return text.replace("{n}", str(number)).replace("{word}", word)


def _all_rules(kind: str, many: int) -> int:
    head, repeated = KINDS[kind]
    text = "# Awesome\n\n" + head + "".join(_numbered(repeated, number) for number in range(many))
    document = parse(Source("README.md", text))
    return steps(lambda: diagnostics_of(document))


@pytest.mark.parametrize("kind", KINDS)
def test_the_work_of_all_rules_grows_as_the_list_does(kind: str) -> None:
    _all_rules(kind, 10)  # tables are loaded once
    few, many = _all_rules(kind, 100), _all_rules(kind, 400)
    assert many < 5.5 * few
