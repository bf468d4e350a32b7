"""What eyes see of a check of links: tables, phrases, progress. Hostile text stays text."""

from __future__ import annotations

import io

from rich.console import Console

from listbot.commands.link_options import progress_line
from listbot.links.queues import Progress
from listbot.liveness import HostFacts, LinkResult, Place, Reason, Standing, outcome_of
from listbot.output import links_junit, links_markdown, links_table
from listbot.output.links_rows import GROUPS, HEADLINES, Checked, LinkRow, costs, group_of, summary, why

DAY = 86_400.0
HOSTILE = "https://site.example/\x1b[31m\u202e<b>|`[x](y)"


def row(reason: Reason, url: str = "https://site.example/a", **known: object) -> LinkRow:
    result = LinkResult(url, outcome_of(reason), reason, **known)  # type: ignore[arg-type]  # the fields under test
    return LinkRow(url, result, (Place("README.md", 3, 5), Place("README.md", 9, 1)))


DEAD = row(
    Reason.STATUS_404,
    standing=Standing(3, True, 0.0, 20_000 * DAY, 20_007 * DAY),
    archived="https://web.archive.org/web/20240301120000/https://site.example/a",
)
ROWS = (
    row(Reason.OK),
    row(Reason.BOT_WALL, "https://wall.example/"),
    row(Reason.REDIRECT_PERMANENT, "http://site.example/b", target="https://site.example/b"),
    DEAD,
    row(Reason.SOFT_404, "https://soft.example/"),
)
CHECKED = Checked(ROWS, (HostFacts("site.example", 7, 2, True),), None, None, (), 1.25)


def test_what_is_known_is_one_phrase() -> None:
    assert why(DEAD.result) == (
        "the server says that there is no such page (404); 3 times since 2024-10-11; last alive 2024-10-04; "
        "a copy: https://web.archive.org/web/20240301120000/https://site.example/a"
    )


def test_the_summary_counts_by_section() -> None:
    assert summary(CHECKED) == (
        "5 URLs in 10 links: 1 dead, 1 moved, 1 suspicious, 1 blocked, 1 alive; "
        "7 requests (2 refused as too many), 1.2 s"
    )
    nothing = Checked((), (), None, None, (), 0.0)
    assert summary(nothing) == "0 URLs in 0 links: nothing; 0 requests, 0.0 s"


def test_what_is_not_verified_is_a_line_a_section() -> None:
    """What was not checked at all is told by another sentence, and what each URL's reason is by the table above."""
    walls = [row(Reason.BOT_WALL, f"https://wall{number % 8}.example/{number}") for number in range(11)]
    silent = [row(Reason.TIMEOUT, f"https://slow.example/{number}") for number in range(3)]
    rest = [row(Reason.TLS, "https://old.example/"), row(Reason.LOGIN), row(Reason.PARKED), row(Reason.DEADLINE)]
    assert costs(CHECKED._replace(rows=[*walls, *silent, *rest])) == [
        "asked: site.example 7",
        "not verified, 1 suspicious: the domain seems to be for sale (site.example 1)",
        "not verified, 4 unknown: it does not answer in time 3, no safe connection can be made 1 "
        "(slow.example 3, old.example 1)",
        "not verified, 12 blocked: the host does not answer programs 11, the host asks for a login 1 "
        "(wall0.example 2, wall1.example 2, wall2.example 2, site.example 1, wall3.example 1, wall4.example 1, "
        "and 3 more hosts 3)",
    ]


def test_the_table_has_a_section_for_each_group_the_gravest_first() -> None:
    screen = io.StringIO()
    links_table.rich(CHECKED, Console(file=screen, width=100, highlight=False, markup=False, emoji=False))
    text = screen.getvalue()
    heads = ["Dead: 1 URL", "Moved for good: 1 URL", "To be looked at: 1 URL", "Not answered to programs: 1 URL"]
    assert [line.strip() for line in text.splitlines() if line.strip() in heads] == heads
    assert "README.md:3:5 (+1)" in text
    assert "Alive" not in text


def test_a_long_section_is_cut_in_a_terminal() -> None:
    screen = io.StringIO()
    rows = tuple(row(Reason.BOT_WALL, f"https://wall.example/{number}") for number in range(250))
    checked = CHECKED._replace(rows=rows)
    links_table.rich(checked, Console(file=screen, width=100, highlight=False, markup=False, emoji=False))
    assert "50 more; `--format json` has all" in screen.getvalue()
    assert len(list(links_table.plain(checked))) == 250


def test_hostile_urls_stay_text_in_every_format() -> None:
    checked = CHECKED._replace(rows=(row(Reason.STATUS_404, HOSTILE),))
    screen = io.StringIO()
    links_table.rich(checked, Console(file=screen, width=400, highlight=False, markup=False, emoji=False))
    shown = [
        screen.getvalue(),
        "".join(links_table.plain(checked)),
        "".join(links_markdown.render(checked)),
        "".join(links_junit.render(checked)),
    ]
    assert not any("\x1b" in text or "\u202e" in text for text in shown)
    assert "`https://site.example/⟨U+001B⟩[31m⟨U+202E⟩<b>%7C%60[x](y)`" in shown[2]
    assert "&lt;b&gt;" in shown[3]


def test_an_inconclusive_run_says_so_in_markdown() -> None:
    checked = CHECKED._replace(rows=(), inconclusive="this looks like our own network")
    assert "**Inconclusive:** this looks like our own network." in "".join(links_markdown.render(checked))


def test_what_was_not_checked_is_counted_and_not_shown() -> None:
    checked = CHECKED._replace(rows=(row(Reason.STATUS_404), row(Reason.DEADLINE)), stopped=Reason.DEADLINE)
    assert summary(checked).startswith("2 URLs in 4 links: 1 gone, 1 unchecked; ")
    assert len(list(links_table.plain(checked))) == 1
    assert "**Unfinished:** the time was up: 1 URL not checked." in "".join(links_markdown.render(checked))


def test_progress_names_the_hosts_that_hold_us_up() -> None:
    state = Progress(412, 906, 10.0, (("arxiv.org", 300), ("github.com", 12)), 12.2)
    assert progress_line(state) == (
        "412 of 906 URLs, 41 a second, about 12 s left; waiting for arxiv.org (300), github.com (12)"
    )
    assert progress_line(state._replace(left=1_300.0, waiting=())) == "412 of 906 URLs, 41 a second, about 22 min left"
    assert progress_line(Progress(0, 5, 0.0, ())) == "0 of 5 URLs, 0 a second"


def test_every_reason_has_a_section() -> None:
    assert {group_of(row(reason).result) for reason in Reason} | {"dead"} == set(GROUPS) == set(HEADLINES)
