"""pdf-link-format beyond its page's examples."""

from __future__ import annotations

from tests.pages import diagnostics


def links(form: str, numbers: range) -> str:
    return "".join(f"- [A paper with a title]({form}/2205.{number:05})\n" for number in numbers)


def test_news_are_neither_asked_nor_judged() -> None:
    news = "## News\n\n" + links("https://arxiv.org/pdf", range(1, 10))
    body = (
        "## Papers\n\n" + links("https://arxiv.org/abs", range(20, 29)) + links("https://arxiv.org/pdf", range(30, 31))
    )
    (found,) = diagnostics("pdf-link-format", f"# T\n\n{news}\n{body}")
    assert found.message == "9 of 10 arXiv links use /abs; this one /pdf"
    assert found.start.line == 26
