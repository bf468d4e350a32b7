"""The rules that speak by the word of registries, where their pages' examples do not reach."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from listbot import engine, fixer
from listbot.checks import RULES
from listbot.config import Selection, UserConfig, settle
from listbot.finding import Diagnostic
from listbot.fixer import Choice, View
from listbot.liveness import LinkResult, Notice, Outcome, Publication, Reason, Record
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source
from tests.pages import Neighbours

ARXIV = "https://arxiv.org/abs/2205.14135"
OTHER = "https://arxiv.org/abs/1706.03762"
REPO = "https://github.com/example/loom"


def known(url: str, reason: Reason = Reason.REGISTRY_PRESENT, target: str | None = None, **told: object) -> LinkResult:
    outcome = Outcome.MOVED if target else Outcome.ALIVE
    record = Record(**told)  # type: ignore[arg-type] - as the test has it
    return LinkResult(url, outcome, reason, target=target, certain=True, source="arxiv", record=record)


def look(links: Mapping[str, LinkResult]) -> fixer.Look:
    from pathlib import Path

    settings = settle(UserConfig({}, None, Path()), pages(), RULES, Selection())

    def view(source: Source) -> View:
        document = parse(source)
        return View(
            document,
            engine.check(document, settings.enabled, Neighbours(), is_list=True, known=pages(), links=links),
        )

    return view


def found(text: str, *links: LinkResult, rules: tuple[str, ...]) -> list[Diagnostic]:
    report = look({link.url: link for link in links})(Source("README.md", text)).report
    return [one for one in report.diagnostics if one.rule in rules]


def said(text: str, *links: LinkResult, rules: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(one.rule, one.start.line) for one in found(text, *links, rules=rules)]


# wrong-paper ----------------------------------------------------------------------------------------------------------

TITLE = "Paging the cache of a large model"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (f"- [Paging the caches of large models]({ARXIV})", "nearly the same words"),
        (f"- [Cache: Paging the cache of a large model]({ARXIV})", "a name put before"),
        (f"- [Paged]({ARXIV})", "a name and no title"),
        (f"- [pruned to half its size in one shot without any training]({ARXIV})", "a description"),
        (
            f"- [A talk about something else entirely today](https://lab.example/talk) [[paper]({ARXIV})]",
            "another link leads",
        ),
        (f"- [Compilers that learn from their mistakes]({ARXIV}v3)", "a later version may have had another title"),
        (f"- [Compilers that learn from their mistakes]({ARXIV}), Ada Lovelace, Alan Turing", "an author of the paper"),
        (f"- [Compilers that learn from their mistakes]({ARXIV}) — or: paging the cache of a large model", "names it"),
        (f"- [大型语言模型 的 缓存 分页 技术 研究]({ARXIV})", "another script"),
        (f"Compilers that learn from their mistakes are [here]({ARXIV}).", "no entry"),
    ],
)
def test_what_is_no_wrong_paper(entry: str, why: str) -> None:
    link = known(ARXIV, title=TITLE, authors=("Lovelace",))
    links = [link, link._replace(url=ARXIV + "v3")]
    assert said(f"{entry}\n", *links, rules=("wrong-paper",)) == [], why


def test_a_list_with_words_of_its_own_is_left_alone() -> None:
    """Where most titles are not the registry's, none of them is wrong for it."""
    urls = [f"https://arxiv.org/abs/2205.{number:05}" for number in range(1, 8)]
    theirs = ["Sparse kernels", "Looms", "Threads and needles", "Engines", "Weather", "Trains", "Winter"]
    links = [
        known(url, title=f"{name} revisited under quite other names") for url, name in zip(urls, theirs, strict=True)
    ]
    text = "".join(f"- [How people came to like number {n} so much]({url})\n" for n, url in enumerate(urls))
    assert said(text, *links, rules=("wrong-paper",)) == []


def test_one_defect_is_told_once() -> None:
    text = f"- [{TITLE}]({ARXIV})\n- [Compilers that learn from their mistakes]({ARXIV})\n"
    rules = ("wrong-paper", "title-conflict", "duplicate-entry")
    assert said(text, rules=rules) == [("title-conflict", 2)]
    assert said(text, known(ARXIV, title=TITLE), rules=rules) == [("wrong-paper", 2)]
    first_wrong = known(ARXIV, title="Compilers that learn from their mistakes")
    assert said(text, first_wrong, rules=rules) == [("wrong-paper", 1)]


def test_of_several_links_one_that_fits_is_enough() -> None:
    text = f"- [Compilers that learn from their mistakes]({ARXIV}) [[pdf]({OTHER})]\n"
    links = [known(ARXIV, title=TITLE), known(OTHER, title="Compilers that learn from their mistakes")]
    assert said(text, *links, rules=("wrong-paper",)) == []
    assert said(text, links[0], rules=("wrong-paper",)) == [("wrong-paper", 1)]


def test_the_link_that_stands_for_the_entry_need_not_be_the_first_to_its_paper() -> None:
    text = f"- [[pdf](https://arxiv.org/pdf/2205.14135)] [Compilers that learn from their mistakes]({ARXIV})\n"
    links = [known(ARXIV, title=TITLE), known("https://arxiv.org/pdf/2205.14135", title=TITLE)]
    assert said(text, *links, rules=("wrong-paper",)) == [("wrong-paper", 1)]


def test_words_of_every_title_do_not_make_two_titles_one() -> None:
    listed = [f"Language models for the {what}" for what in ("court", "kitchen", "garden", "stable", "river")]
    entries = "".join(f"- [{title}](https://arxiv.org/abs/2205.0000{n})\n" for n, title in enumerate(listed, 1))
    text = f"{entries}- [Language models that review contracts quickly]({ARXIV})\n"
    link = known(ARXIV, title="Language models to irrigate tulips and roses")
    assert said(text, link, rules=("wrong-paper",)) == [("wrong-paper", 6)]


def test_the_hint_names_the_line_with_the_right_link() -> None:
    title = "Compilers that learn from their mistakes"
    text = f"- [{TITLE}]({ARXIV})\n- [{title}]({ARXIV})\n\n## More\n\n- [{title}]({OTHER})\n"
    one = found(text, known(ARXIV, title=TITLE), rules=("wrong-paper",))[0]
    assert one.hint == f"this title stands on line 6 with {OTHER}"
    assert [(place.message, place.start.line) for place in one.related] == [("that paper is listed here", 1)]
    assert one.fix is not None
    assert not one.fix.safe


# withdrawn-paper, archived-repository, empty-repository ---------------------------------------------------------------


def test_a_paper_that_was_taken_back_is_told_once_an_entry_and_not_called_dead() -> None:
    notice = Notice("withdrawal", ARXIV, "withdrawn " + "by its authors, at length, " * 20)
    link = known(ARXIV, Reason.REGISTRY_WITHDRAWN, title=TITLE, notice=notice)._replace(outcome=Outcome.WITHDRAWN)
    pdf = link._replace(url="https://arxiv.org/pdf/2205.14135")
    text = f"- [{TITLE}]({ARXIV}) [[pdf]({pdf.url})]\n- [{TITLE}]({ARXIV}) again\n"
    rules = ("withdrawn-paper", "dead-link", "moved-link", "unverified-link")
    diagnostics = found(text, link, pdf, rules=rules)
    assert [(one.rule, one.start.line) for one in diagnostics] == [("withdrawn-paper", 1), ("withdrawn-paper", 2)]
    assert diagnostics[0].message.endswith("…”")
    assert len(diagnostics[0].message) < 250


@pytest.mark.parametrize("note", ["(archived)", "**unmaintained**", "— no longer developed", "已归档, deprecated"])
def test_what_the_list_says_itself_is_not_told(note: str) -> None:
    link = known(REPO, archived=True)
    assert said(f"- [Loom]({REPO}) weaves. {note}\n", link, rules=("archived-repository",)) == []
    assert said(f"- [Loom]({REPO}) weaves.\n", link, rules=("archived-repository",)) == [("archived-repository", 1)]


# moved-repository -----------------------------------------------------------------------------------------------------

MOVED = known(REPO, Reason.REGISTRY_MOVED, "https://github.com/weavers/Loom-2")


def fixed(text: str, *links: LinkResult) -> str:
    view = look({link.url: link for link in links})
    result = fixer.fix(view(Source("README.md", text)), view, Choice(False), pages())
    return result.after.document.source.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"- [![stars](https://img.shields.io/github/stars/Example/Loom)]({REPO}) [Loom]({REPO})",
            "- [![stars](https://img.shields.io/github/stars/weavers/Loom-2)](https://github.com/weavers/Loom-2) "
            "[Loom](https://github.com/weavers/Loom-2)",
        ),
        (
            f"- [Loom]({REPO}) ![](https://img.shields.io/github/stars/example/other)",
            "- [Loom](https://github.com/weavers/Loom-2) ![](https://img.shields.io/github/stars/example/other)",
        ),
        (f"- [Loom][l]\n\n[l]: {REPO}", "- [Loom][l]\n\n[l]: https://github.com/weavers/Loom-2"),
        (f"- <{REPO}>", "- <https://github.com/weavers/Loom-2>"),
    ],
)
def test_a_move_is_followed_wherever_it_stands(before: str, after: str) -> None:
    assert fixed(before + "\n", MOVED) == after + "\n"


def test_a_move_is_told_by_one_rule() -> None:
    text = f"- [Loom]({REPO})\n- [Page](https://lab.example/old)\n"
    page = known("https://lab.example/old", Reason.REDIRECT_PERMANENT, "https://lab.example/new")
    rules = ("moved-repository", "moved-link")
    assert said(text, MOVED, page, rules=rules) == [("moved-repository", 1), ("moved-link", 2)]


def test_what_became_a_page_is_no_renamed_repository() -> None:
    gone = MOVED._replace(target="https://loom.example/")
    same = MOVED._replace(target="https://github.com/Example/Loom/")
    rules = ("moved-repository", "moved-link")
    assert said(f"- [Loom]({REPO})\n", gone, rules=rules) == [("moved-link", 1)]
    assert said(f"- [Loom]({REPO})\n", same, rules=rules) == [("moved-link", 1)]


# published-elsewhere --------------------------------------------------------------------------------------------------

DOI = "https://doi.org/10.1145/1234567.1234568"
PREPRINT = {"title": TITLE, "first_title": "", "authors": ("Müller", "Turing"), "year": 2023, "published": DOI}
FOUND = Publication("semantic-scholar", TITLE, ("Turing",), 2024, "ASPLOS")


@pytest.mark.parametrize(
    ("preprint", "other", "why"),
    [
        ({}, {}, "100 % alike, Turing an author of both, 1 year later"),
        ({}, {"title": TITLE.upper() + "s"}, "98 % alike, Turing an author of both, 1 year later"),
        ({}, {"title": "Paging the cache of a small model"}, None),
        ({"title": "Another name", "first_title": TITLE}, {}, "100 % alike, Turing an author of both, 1 year later"),
        ({}, {"authors": ("Hopper", "Muller")}, "100 % alike, Müller an author of both, 1 year later"),
        ({"authors": ("Berg",)}, {"authors": ("van der Berg",)}, "100 % alike, Berg an author of both, 1 year later"),
        ({}, {"authors": ("Hopper",)}, None),
        ({}, {"authors": ()}, None),
        ({"authors": ()}, {}, None),
        ({}, {"year": 2023}, "100 % alike, Turing an author of both, in the same year"),
        ({}, {"year": 2025}, "100 % alike, Turing an author of both, 2 years later"),
        ({}, {"year": 2022}, None),
        ({}, {"year": 2026}, None),
        ({}, {"year": None}, None),
        ({"year": None}, {}, None),
        ({"publication": None}, None, None),
        ({}, {"title": "", "by": "crossref", "authors": (), "year": None}, "by the preprint's own record at crossref"),
    ],
)  # fmt: skip
def test_what_is_needed_to_say_that_a_preprint_was_published(
    preprint: Mapping[str, object], other: Mapping[str, object] | None, why: str | None
) -> None:
    there = FOUND._replace(**other) if other is not None else None  # type: ignore[arg-type] - as the row has it
    link = known(ARXIV, **PREPRINT | {"publication": there} | preprint)
    messages = [one.message for one in found(f"- [{TITLE}]({ARXIV})\n", link, rules=("published-elsewhere",))]
    assert [message.partition(f"{DOI} (")[2].removeprefix("by semantic-scholar: titles ") for message in messages] == (
        [f"{why})"] if why else []
    )


@pytest.mark.parametrize(
    ("venue", "year", "where"),
    [
        ("ASPLOS", 2024, " in ASPLOS, 2024"),
        ("Proceedings of ASPLOS 2024", 2024, " in Proceedings of ASPLOS 2024"),
        ("", 2024, " in 2024"),
    ],
)
def test_where_and_when_a_preprint_was_published(venue: str, year: int, where: str) -> None:
    link = known(ARXIV, **PREPRINT | {"publication": FOUND._replace(venue=venue, year=year)})
    (one,) = found(f"- [{TITLE}]({ARXIV})\n", link, rules=("published-elsewhere",))
    assert one.message.startswith(f"arxiv:2205.14135 has been published{where}: {DOI} (by semantic-scholar")


@pytest.mark.parametrize(
    ("entry", "is_told"),
    [
        (f"- [{TITLE}]({ARXIV})", True),
        (f"- [{TITLE}]({ARXIV}), NeurIPS 2024", False),
        (f"- [{TITLE}]({ARXIV}) [[ACM](https://dl.acm.org/doi/10.1145/1234567.1234568)]", False),
        (f"- [{TITLE}]({ARXIV}) [[code](https://github.com/example/loom)]", True),
        (f"The cache is paged, as [others]({ARXIV}) have shown at length in their work.", False),
    ],
)
def test_when_it_is_worth_saying_that_a_preprint_was_published(entry: str, is_told: bool) -> None:
    link = known(ARXIV, title=TITLE, published=DOI, publication=Publication("arxiv", venue="ASPLOS"))
    assert bool(said(entry + "\n", link, rules=("published-elsewhere",))) == is_told


def test_what_is_no_preprint_has_not_been_published_elsewhere() -> None:
    page = "https://www.semanticscholar.org/paper/" + "0123456789" * 4
    for url in (DOI, page):
        link = known(url, title=TITLE, published=DOI, publication=Publication("arxiv", venue="ASPLOS"))
        assert said(f"- [{TITLE}]({url})\n", link, rules=("published-elsewhere",)) == []
