"""What registries tell, in the comment and in the weekly issue; and how the second stage asks them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from listbot.bot import pull_text
from listbot.commands import bot_registries
from listbot.links.registries import Settings, by_id
from listbot.liveness import LinkResult, Notice, Outcome, Reason, Record
from tests.bot.hostile import TOKEN, assert_inert, texts
from tests.bot.stage import Stage, stage
from tests.bot.test_pull_text import pull
from tests.bot.test_report import LIST, RULES, ours, report, repository, token
from tests.bot.test_weekly import result, week
from tests.forge.answers import Token
from tests.forge.forge import Forge
from tests.forge.world import Repository
from tests.links.conftest import LOOPBACK, zoo
from tests.links.registries import github
from tests.links.registries.population import populate
from tests.links.registries.town import Town
from tests.links.zoo import Zoo, redirect, silence

__all__ = ["repository", "stage", "token", "zoo"]

PAPER = "https://arxiv.org/abs/2001.04451"
REPO = "https://github.com/example/loom"
PUBLISHED = Record(title="Reformer: a title", venue="ICLR 2020", published="https://doi.org/10.1145/1.2")
WITHDRAWN = Record(
    title="Engines | and `looms`",
    notice=Notice("withdrawal", PAPER, "withdrawn by its authors"),
    successor="https://arxiv.org/abs/2306.01116",
)


def alive(
    url: str, record: Record, reason: Reason = Reason.REGISTRY_PRESENT, outcome: Outcome = Outcome.ALIVE
) -> LinkResult:
    return LinkResult(url, outcome, reason, source="arxiv", added=True, record=record)


def cards(*results: LinkResult) -> list[str]:
    """The rows of the table of new entries."""
    lines = "".join(f"- [An entry]({one.url})\n" for one in results)
    text = pull_text.summary(pull(LIST + lines, LIST, *results)).text
    return [line.split(" | ")[1] for line in text.splitlines() if line.startswith("| [") and "An entry" in line]


def test_a_card_says_what_the_registry_says() -> None:
    assert cards(alive(PAPER, PUBLISHED)) == [
        "[`arxiv:2001.04451`](<https://arxiv.org/abs/2001.04451>)<br>`Reformer: a title`"
        "<br>[`ICLR 2020`](<https://doi.org/10.1145/1.2>)"
    ]
    assert cards(alive(PAPER, WITHDRAWN, Reason.REGISTRY_WITHDRAWN, Outcome.WITHDRAWN)) == [
        "[`arxiv:2001.04451`](<https://arxiv.org/abs/2001.04451>)<br>`` Engines \\| and `looms` ``"
        "<br>[⚠️ `withdrawal`](<https://arxiv.org/abs/2001.04451>)"
        "<br>in its place: [`https://arxiv.org/abs/2306.01116`](<https://arxiv.org/abs/2306.01116>)"
    ]
    assert cards(alive(REPO, Record(archived=True, empty=True))) == [
        "[`github:example/loom`](<https://github.com/example/loom>)<br>archived by its owners<br>nothing in it yet"
    ]


def test_a_card_tells_a_preprint_and_its_publication_together() -> None:
    doi = alive("https://doi.org/10.1145/1.2", Record(venue="ICLR"))
    paper = alive(PAPER, Record(title="Reformer: a title"))
    code = alive(REPO, Record(archived=True, successor="https://github.com/b/loom"))
    entry = f"- [An entry]({paper.url}) ([paper]({doi.url}), [code]({code.url}))\n"
    text = pull_text.summary(pull(LIST + entry, LIST, paper, doi, code)).text
    assert [line for line in text.splitlines() if "An entry" in line] == [
        "| [`An entry`](<https://github.com/curator/papers/blob/0123456789012345678901234567890123456789/README.md"
        "?plain=1#L19>) | [`arxiv:2001.04451`](<https://arxiv.org/abs/2001.04451>)<br>`Reformer: a title`<br>`ICLR` | "
        "`Speed` | [paper](<https://arxiv.org/abs/2001.04451>) ✅, [paper](<https://doi.org/10.1145/1.2>) ✅, "
        "[code](<https://github.com/example/loom>) ✅ (archived by its owners; in its place: "
        "[`https://github.com/b/loom`](<https://github.com/b/loom>)) |"
    ]


def rows(*results: LinkResult) -> list[str]:
    """The weekly issue, without its checkboxes and what is hidden."""
    text = week(results)[0].text.text
    return [line for line in text.splitlines() if line.startswith(("### ", "- **"))]


def test_the_weekly_issue_says_what_the_registry_says() -> None:
    assert rows(
        result(PAPER, Reason.REGISTRY_WITHDRAWN, record=WITHDRAWN),
        result("https://doi.org/10.1145/1.3", Reason.REGISTRY_PRESENT, record=Record(notice=Notice("retraction"))),
        result(
            REPO, Reason.REGISTRY_MOVED, target="https://github.com/b/loom", certain=True, record=Record(archived=True)
        ),
        result("https://arxiv.org/abs/1706.03762", Reason.REGISTRY_PRESENT, record=PUBLISHED),
    ) == [
        "### Moved",
        "- **`A tool`** · [line 5](<https://github.com/curator/awesome/blob/main/README.md?plain=1#L5>)<br>"
        "[`https://github.com/example/loom`](<https://github.com/example/loom>)<br>"
        "now [`https://github.com/b/loom`](<https://github.com/b/loom>)<br>"
        "archived by its owners",
        "### Withdrawn",
        "- **`A tool`** · [line 3](<https://github.com/curator/awesome/blob/main/README.md?plain=1#L3>)<br>"
        "[`https://arxiv.org/abs/2001.04451`](<https://arxiv.org/abs/2001.04451>)<br>its authors withdrew it<br>"
        "`` Engines | and `looms` `` · [⚠️ `withdrawal`](<https://arxiv.org/abs/2001.04451>) · "
        "in its place: [`https://arxiv.org/abs/2306.01116`](<https://arxiv.org/abs/2306.01116>)",
        "- **`A tool`** · [line 4](<https://github.com/curator/awesome/blob/main/README.md?plain=1#L4>)<br>"
        "[`https://doi.org/10.1145/1.3`](<https://doi.org/10.1145/1.3>)<br>its publisher retracted it<br>"
        "⚠️ `retraction`",
    ]


@settings(max_examples=60)
@given(texts, texts)
def test_hostile_registries_make_inert_texts(first: str, second: str) -> None:
    record = Record(
        title=first,
        venue=second,
        published=f"https://{TOKEN}.test/{first}",
        notice=Notice(second, f"javascript:{first}", second),
        successor=first,
    )
    entry = f"- [An entry]({PAPER})\n"
    assert_inert(pull_text.summary(pull(LIST + entry, LIST, alive(PAPER, record), rules="")).text)
    assert_inert(week([result(PAPER, Reason.REGISTRY_WITHDRAWN, record=record)])[0].text.text)


# How the second stage asks --------------------------------------------------------------------------------------------


def test_the_comment_names_the_paper_that_a_new_link_leads_to(
    stage: Stage, forge: Forge, repository: Repository, token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = alive(PAPER, Record(title="Reformer, the efficient transformer of many words", authors=("Kitaev",)))
    heard: list[Mapping[str, str]] = []

    def told(titles: Mapping[str, str]) -> dict[str, LinkResult]:
        heard.append(titles)
        return {PAPER: said}

    monkeypatch.setattr(bot_registries, "told", told)
    line = f"- [Compilers that learn from their mistakes]({PAPER})\n"
    rules = RULES.replace("select = [", 'select = ["wrong-paper", ')
    repository = forge.repository("curator/others", {"README.md": LIST, "listbot.toml": rules})
    pulled = repository.open_pull({"README.md": LIST + line}, head_owner="newcomer")
    done = report(stage, forge, pulled, token)
    assert done.code == 0, done.err
    assert heard == [{PAPER: "Compilers that learn from their mistakes"}]
    comment = ours(pulled)[0]
    assert "arxiv:2001.04451 is “Reformer, the efficient transformer of many words”, and not “Compilers that" in comment
    assert "<br>`Reformer, the efficient transformer of many words`" in comment


def test_registries_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTBOT_NO_REGISTRIES", "true")
    assert bot_registries.told([PAPER]) == {}


def test_what_tables_know_needs_no_first_stage() -> None:
    """A fork's first stage cannot say otherwise, and cannot name the place that a mirror's pages are at."""
    (found,) = bot_registries.known([PAPER, "http://xxx.lanl.gov/abs/hep-th/9901001", "x.md"]).values()
    assert (found.outcome, found.target, found.added) == (
        Outcome.MOVED,
        "https://arxiv.org/abs/hep-th/9901001",
        True,
    )


def asked(
    town: Town, zoo: Zoo, *urls: str, seconds: float = 10.0, titles: Mapping[str, str] | None = None
) -> dict[str, LinkResult]:
    settings = Settings(town.bases(zoo), tokens={"github": github.TOKEN})
    return by_id.told(urls, settings, "listbot-test", seconds, titles=titles or {}, policy=LOOPBACK, resolver=zoo)


def test_registries_alone_are_asked_and_by_id_alone(zoo: Zoo) -> None:
    town = Town()
    town.open_in(zoo)
    known = {
        PAPER: "Reformer",
        REPO: "",
        "https://ieeexplore.ieee.org/document/8549558": "Cold starts of functions as a service",
        "https://doi.org/10.1145/1.2": "Looms",
    }
    populate(town, known.items())
    zoo.page(("lab.example", "*"), redirect("https://elsewhere.example/"))
    urls = [*known, "https://lab.example/x", "https://github.com/a/none", "https://[broken", "javascript:alert(1)"]
    found = asked(town, zoo, *urls)
    assert {url: (one.outcome.value, one.source) for url, one in found.items()} == {
        PAPER: ("alive", "arxiv"),
        REPO: ("alive", "github"),
        "https://doi.org/10.1145/1.2": ("alive", "crossref"),
    }
    hosts = {request.host for request in zoo.asked}
    assert hosts == {"export.arxiv.org", "api.semanticscholar.org", "api.crossref.org", "127.0.0.1"}
    assert not any("lab" in request.path or "Cold" in request.path for request in zoo.asked)


IEEE = "https://ieeexplore.ieee.org/document/8549558"


def test_a_venue_is_believed_where_the_list_and_the_registry_mean_one_paper(zoo: Zoo) -> None:
    """Titles are held against what registries say, and sent to nobody."""
    town = Town()
    town.open_in(zoo)
    other = "https://arxiv.org/abs/2004.05150"
    populate(town, [(PAPER, "Reformer"), (other, "Longformer"), (IEEE, "Cold starts of functions as a service")])
    for name in ("2001.04451", "2004.05150"):
        row = town.semantic_scholar.rows[f"ARXIV:{name}"]
        town.semantic_scholar.rows[f"ARXIV:{name}"] = row._replace(venue="ICLR", external={"DOI": "10.1145/1.2"})
    titles = {PAPER: "Reformer", other: "Looms of cloth", IEEE: "Cold starts of functions as a service"}
    found = asked(town, zoo, *titles, titles=titles)
    told = {url: result.record for url, result in found.items()}
    records = {url: (record.title, record.venue, record.published) for url, record in told.items() if record}
    assert records == {
        PAPER: ("Reformer", "ICLR", "https://doi.org/10.1145/1.2"),
        other: ("Longformer", "", ""),
    }
    sent = " ".join(str(request) for request in zoo.asked)
    assert not any(word in sent for word in ("Reformer", "Looms", "Cold"))


def test_what_takes_too_long_is_left_alone(zoo: Zoo) -> None:
    town = Town()
    town.open_in(zoo)
    populate(town, [(PAPER, "Reformer")])
    zoo.page((town.arxiv.host, "*"), silence)
    assert asked(town, zoo, PAPER, seconds=0.3) == {}
    assert len(zoo.of_host(town.arxiv.host)) <= 1
