"""latex-residue, lost-line-break and repeated-word beyond their pages' examples."""

from __future__ import annotations

import pytest

from tests.pages import diagnostics, fixed

LINK = "[Lark](https://github.com/example/lark)"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"by Ada Doe \and Eva Roe", "by Ada Doe and Eva Roe"),
        (r"by Ana Dvo\v{r}ak", "by Ana Dvořak"),
        (r"a \textbf{Hy}brid", "a Hybrid"),
        (r"an \emph{old} one", "an old one"),
        (r"S{\'e}verin", "Séverin"),
        (r"J{\"u}rgen", "Jürgen"),
        (r"C{\u{a}}t{\u{a}}lina", "Cătălina"),
        (r"Mart{\'\i}n", "Martín"),
        (r"{\lambda}-Tune", "λ-Tune"),
        (r"134\times faster", "134× faster"),
        (r"[\textbf{Pa}rsers](https://example.com/p)", "[Parsers](https://example.com/p)"),
    ],
)
def test_latex_becomes_what_it_shows(written: str, shown: str) -> None:
    assert [str(one.severity) for one in diagnostics("latex-residue", f"- {LINK}: {written}\n")][:1] == ["error"]
    assert fixed("latex-residue", f"- {LINK}: {written}\n") == f"- {LINK}: {shown}\n"


@pytest.mark.parametrize("written", [r"\cite{doe21}", r"\footnote{old}", r"\textbf{}"])
def test_latex_that_nobody_can_resolve_has_no_fix(written: str) -> None:
    (one,) = diagnostics("latex-residue", f"- {LINK}: {written}\n")
    assert one.fix is None


@pytest.mark.parametrize(
    "written",
    [
        r"97\% of \_it\_ \{all\}",
        r"$\textbf{a}$ and $$\emph{b}$$",
        r"`\textbf{a}`",
        r"\\textbf{a}",
        r"C:\text\emph",
        r"don\'t, l\'a, dell\'arte and qu\'a",
        r"he said\"a\", a \"and\" b, 5\"x 7\", word\`a\`",
        "[a](https://example.com/\\emph{b})",
        "{a}",
    ],
)
def test_backslashes_that_mean_themselves(written: str) -> None:
    assert diagnostics("latex-residue", f"- {LINK}: {written}\n") == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"by J\"urgen Doe", "by Jürgen Doe"),
        (r"by Ana Popovi\'c.", "by Ana Popović."),
        (r"by Ana Gavald\`a", "by Ana Gavaldà"),
        (r"by Ana Espa\~na", "by Ana España"),
        (r"by Beno\^it Doe", "by Benoît Doe"),
        (r"by R\'enyi Doe", "by Rényi Doe"),
    ],
)
def test_what_may_be_an_escape_is_mended_with_consent(written: str, shown: str) -> None:
    text = f"- {LINK}: {written}\n"
    assert fixed("latex-residue", text) == text
    assert fixed("latex-residue", text, unsafe=True) == f"- {LINK}: {shown}\n"


@pytest.mark.parametrize(
    "escaped",
    [
        "it\\'s",
        "o\\'clock",
        "l\\'image",
        "L\\'image",
        "C\\'est",
        "dell\\'arte",
        "ma\\'am",
        "x\\^a",
        'he said\\" and',
        "{LLM}",
    ],
)
def test_an_escape_or_a_placeholder_is_no_latex(escaped: str) -> None:
    assert diagnostics("latex-residue", f"- {LINK} - a word {escaped} of it\n") == []


def test_braces_that_keep_capitals_are_taken_off_a_title() -> None:
    text = "- [{HydraServe}: a {GPU} for {Name}](https://doi.example/a)\n"
    assert [one.message.split("”")[0] for one in diagnostics("latex-residue", text)] == ["“{HydraServe}", "“{GPU}"]
    mended = text.replace("{HydraServe}", "HydraServe").replace("{GPU}", "GPU")
    assert fixed("latex-residue", text, unsafe=True) == mended


def test_a_heading_in_latex_keeps_its_anchor() -> None:
    (one,) = diagnostics("latex-residue", "## \\textbf{Parsers}\n")
    assert one.fix is None


def paragraph(*lines: str, count: int = 1) -> str:
    return ("\n".join(lines) + "\n\n") * count


GOOD = paragraph("**A title**  ", "Jane Doe  ", "*Journal, 2021*  ", f"{LINK}", count=3)


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("**A title**", "Jane Doe  ", "*Journal*  ", LINK), 1),
        (("**A title**  ", "Jane Doe", "*Journal*  ", LINK), 2),
        (("**A title**\\", "Jane Doe\\", "*Journal*", LINK), 3),
        ((f"{LINK} is here  ", f"{LINK} is there", f"{LINK} is away  ", f"{LINK} is gone  ", LINK), 2),
    ],
)
def test_a_lost_break(lines: tuple[str, ...], line: int) -> None:
    (one,) = diagnostics("lost-line-break", paragraph(*lines) + GOOD)
    assert (one.start.line, one.severity) == (line, "warning")
    mended = fixed("lost-line-break", paragraph(*lines) + GOOD, unsafe=True)
    assert diagnostics("lost-line-break", mended) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("**A title**  ", "Jane Doe, Richard Roe,", "*John Smith*  ", "*Journal*  ", LINK),
        ("**A title**  ", "Jane Doe, Richard", "Roe, John Smith  ", "*Journal*  ", LINK),
        ("One line", "and another", "and **another**", LINK),
        ("**A title**", "<br >", "<br>", "<br>", LINK),
    ],
)
def test_lines_that_run_on(lines: tuple[str, ...]) -> None:
    assert diagnostics("lost-line-break", paragraph(*lines) + GOOD) == []


@pytest.mark.parametrize(("many", "told"), [(10, 1), (9, 0)])
def test_an_entry_behind_an_item_lacks_a_blank_line_and_no_break(many: int, told: int) -> None:
    entries = paragraph("**A title**  ", "Jane Doe  ", LINK, count=many)
    behind = f"- {LINK}\n**A title**  \nJane Doe  \n{LINK}\n\n"
    message = "a blank line is missing behind this line: the next one begins an entry, and is shown as part of the item"
    found = [one for one in diagnostics("lost-line-break", behind + entries) if "blank" in one.message]
    assert [(one.start.line, one.message) for one in found] == [(1, message)] * told
    assert diagnostics("lost-line-break", behind.replace("\n", "\n\n", 1) + entries) == []
    indented = f"- {LINK}\n  **A title**\n\n"
    assert [one for one in diagnostics("lost-line-break", indented + entries) if "blank" in one.message] == []


def test_few_breaks_are_no_habit_of_the_list() -> None:
    text = paragraph("One line  ", "*and another*", LINK) + paragraph("**A title**  ", "Jane Doe  ", LINK, count=3)
    assert diagnostics("lost-line-break", text) == []


@pytest.mark.parametrize("mark", ["  ", "\\", "<br>"])
@pytest.mark.parametrize("lines", [(f"- {LINK}", f"  {LINK}"), ("- **A title**, 2021.", "  Jane Doe, Richard Roe.")])
def test_a_break_that_only_the_rest_of_the_list_has(mark: str, lines: tuple[str, str]) -> None:
    good = f"{lines[0]}{mark}\n{lines[1]}\n" * 20
    bad = "\n".join(lines) + "\n"
    links = f"- {LINK}\n" * 30  # so that it is a list
    assert diagnostics("lost-line-break", f"{links}\n\n{good}") == []
    (one,) = diagnostics("lost-line-break", links + good + bad)
    assert one.start.line == 71
    assert one.message == "the line break behind this line is lost: 20 of 21 such lines of the list end with one"
    assert fixed("lost-line-break", links + good + bad, unsafe=True) == f"{links}{good}{lines[0]}{mark}\n{lines[1]}\n"


@pytest.mark.parametrize(
    "lines",
    [
        (f"- {LINK} is one of the", "  [[two](https://example.com/two)]"),
        (f"- {LINK} and", "  so on"),
        ("[![a](https://example.com/a.svg)](https://example.com)", "![b](https://example.com/b(1).svg)"),
    ],
)
def test_wrapped_lines_and_badges_among_breaks(lines: tuple[str, str]) -> None:
    good = f"- {LINK}  \n  {LINK}\n" * 40
    assert diagnostics("lost-line-break", f"{good}\n\n{lines[0]}\n{lines[1]}\n") == []


def test_a_list_that_breaks_some_lines_has_no_habit() -> None:
    some = f"- {LINK}  \n  {LINK}\n" * 16 + f"- {LINK}\n  {LINK}\n" * 4
    assert diagnostics("lost-line-break", some) == []


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("with with topics", "with topics"),
        ("use the  the number", "use the number"),
        ("The the number", "The number"),
        ("a a number", "a number"),
    ],
)
def test_a_word_too_many(written: str, mended: str) -> None:
    (one,) = diagnostics("repeated-word", f"- {LINK}: {written}\n")
    assert one.severity == "warning"
    assert fixed("repeated-word", f"- {LINK}: {written}\n") == f"- {LINK}: {mended}\n"


def test_a_year_stands_once() -> None:
    (one,) = diagnostics("repeated-word", f"- {LINK}: at a workshop of PLDI 2025 2025 [pdf](https://example.com/p)\n")
    assert (one.message, one.fix is not None and one.fix.safe) == ("“2025” stands twice", False)


@pytest.mark.parametrize(
    "written",
    [
        "Rust is is a language",
        "used in in a browser",
        "based on on tokens",
        "lets it it run",
        "so do do not wait",
        "for more more speed",
        "In in a browser",
        "picked up up a list",
        "find out out what",
    ],
)
def test_words_that_may_stand_twice_elsewhere_are_slips_here(written: str) -> None:
    (one,) = diagnostics("repeated-word", f"- {LINK}: {written}\n")
    assert (one.severity, one.fix is not None and one.fix.safe) == ("warning", False)


def test_three_in_a_row_are_one_finding() -> None:
    text = f"- {LINK}: a parser for the the  the kind\n"
    (one,) = diagnostics("repeated-word", text)
    assert one.message == "“the” stands 3 times"
    assert fixed("repeated-word", text) == f"- {LINK}: a parser for the kind\n"


def test_across_two_lines_there_is_no_fix() -> None:
    (one,) = diagnostics("repeated-word", f"- {LINK}: one of the\n  the others\n")
    assert one.fix is None


@pytest.mark.parametrize(
    "written",
    [
        "that that is",
        "had had",
        "Li Li and Yang Yang",
        "Ida de de Vries",
        "a-b b",
        "`the the`",
        "“the the”",
        "[the the](https://example.com/x)",
        "the. the",
        "the the-one",
        "log in in a minute",
        "goes on on Mondays",
        "what it is is a list",
        "with it it is easy",
        "what they do do well",
        "scales up up to ten",
        "log out out of habit",
        "stars stars stars",
        "more more more",
        "from 2024 2024-05, 2024 2025, 2024, 2024 and 2024 2024/05",
        "and much much more, or way way better",
        "for master slave, master master",
        "3 3 D",
        "a Master Password password manager",
        "的 的",
    ],
)
def test_words_that_stand_twice_on_purpose(written: str) -> None:
    assert diagnostics("repeated-word", f"- {LINK}: {written}\n") == []


def test_a_title_may_repeat_itself() -> None:
    text = "- **Speculative speculative decoding of the the trees** Doe [[pdf](https://arxiv.org/abs/2205.14135)]\n"
    assert diagnostics("repeated-word", text) == []
