"""Evidence -> outcome, and months of probes -> standing."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from listbot.links import verdict
from listbot.links.signatures import Page
from listbot.liveness import OUTCOMES, SENTENCES, Evidence, Hop, Outcome, Probe, Reason, Record, Standing, outcome_of

DAY = 86_400.0
URL = "https://site.example/papers/one"


def page(status: int = 200, *, url: str = URL, title: str = "", body: str = "", **headers: str) -> Page:
    text = f"<html><head><title>{title}</title></head>{body}"
    return Page(url, status, {name.replace("_", "-"): value for name, value in headers.items()}, text)


def hops(*urls: str, status: int = 301) -> list[Hop]:
    return [Hop(before, status, after) for before, after in itertools.pairwise(urls)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(200), Reason.OK),
        (page(204), Reason.OK),
        (page(202), Reason.BOT_WALL),
        (page(401), Reason.LOGIN),
        (page(403), Reason.BOT_WALL),
        (page(406), Reason.BOT_WALL),
        (page(418), Reason.BOT_WALL),
        (page(999), Reason.BOT_WALL),
        (page(429), Reason.RATE_LIMITED),
        (page(451), Reason.LEGAL),
        (page(404), Reason.STATUS_404),
        (page(410), Reason.STATUS_410),
        (page(400), Reason.STATUS_4XX),
        (page(500), Reason.STATUS_5XX),
        (page(503), Reason.STATUS_5XX),
        (page(304), Reason.STATUS_ODD),
        (page(403, cf_mitigated="challenge"), Reason.BOT_WALL),
        (page(404, cf_mitigated="challenge"), Reason.BOT_WALL),
        (page(503, title="Just a moment..."), Reason.BOT_WALL),
        (page(202, x_amzn_waf_action="challenge"), Reason.BOT_WALL),
        (page(405, x_amzn_waf_action="captcha"), Reason.BOT_WALL),
        (page(200, title="Making sure you're not a bot!", body='<div id="anubis_challenge">'), Reason.BOT_WALL),
        (page(404, url="https://www.linkedin.com/in/somebody"), Reason.BOT_WALL),
        (page(404, x_datadome="protected"), Reason.BOT_WALL),
    ],
)
def test_what_a_status_and_its_headers_say(answer: Page, reason: Reason) -> None:
    assert verdict.reason_of(answer, answer.url) == reason


@pytest.mark.parametrize(
    ("title", "is_soft"),
    [
        ("404 Not Found", True),
        ("Page not found", True),
        ("Page Not Found · GitLab", True),
        ("My Lab | 404", True),
        ("Oops! That page can't be found.", True),
        ("页面不存在", True),
        ("The 404 Media newsletter", False),
        ("HTTP 404: how status codes work", False),
        ("Lost and not found: retrieval for agents", False),
        ("A specification that has been removed", False),
        ("Not found in translation | A podcast", False),
        ("", False),
    ],
)
def test_a_soft_404_is_the_whole_title_or_one_of_its_parts(title: str, is_soft: bool) -> None:
    assert (verdict.reason_of(page(title=title), URL) == Reason.SOFT_404) is is_soft


@pytest.mark.parametrize(
    ("asked", "final", "reason"),
    [
        ("https://site.example/papers/one", "https://site.example/", Reason.REDIRECT_TO_ROOT),
        ("https://site.example/papers/one", "https://www.site.example/index.html", Reason.REDIRECT_TO_ROOT),
        ("https://site.example/papers/one", "https://www.site.example/en/", Reason.REDIRECT_TO_ROOT),
        ("https://site.example/", "https://www.site.example/", Reason.OK),
        ("https://site.example/index.html", "https://site.example/", Reason.OK),
        ("https://somebody.pages.example/tool/", "https://tool.example/", Reason.OK),
        ("https://site.example/papers/one", "https://site.example/login?next=%2Fpapers", Reason.LOGIN),
        ("https://site.example/a", "https://site.example/users/sign_in", Reason.LOGIN),
        ("https://site.example/a", "https://accounts.site.example/v3/signin/identifier", Reason.LOGIN),
        ("https://site.example/a", "https://site.example/auth/realms/x", Reason.LOGIN),
        ("https://github.com/old/auth", "https://github.com/new/auth", Reason.OK),
        ("https://site.example/login", "https://site.example/login/", Reason.OK),
        ("https://openreview.net/forum?id=x", "https://openreview.net/challenge?redirect=x", Reason.BOT_WALL),
        ("https://site.example/challenge-2024", "https://site.example/challenge-2024/", Reason.OK),
        ("https://site.example/papers/one", "https://site.example/404", Reason.SOFT_404),
        ("https://site.example/a", "https://www.hugedomains.com/domain_profile.cfm?d=site.example", Reason.PARKED),
        ("https://paperswithcode.com/method/x", "https://huggingface.co/papers/trending", Reason.CLOSED_SITE),
        ("https://paperswithcode.com/paper/x", "https://huggingface.co/papers/2312.08914", Reason.OK),
    ],
)
def test_where_a_redirect_ends(asked: str, final: str, reason: Reason) -> None:
    assert verdict.reason_of(page(url=final), asked, hops(asked, final)) == reason


@pytest.mark.parametrize(
    ("asked", "final", "status", "target", "certain"),
    [
        ("https://github.com/old/tool", "https://github.com/new/tool", 301, True, True),
        ("http://site.example/a", "https://site.example/a", 301, True, True),
        ("http://site.example/a", "https://site.example/a", 308, True, True),
        ("http://site.example/a?b=c", "https://www.site.example/a?b=c", 302, True, True),
        ("http://site.example/a", "https://site.example/a", 307, True, True),
        ("http://site.example/a", "https://site.example/b", 302, False, False),
        ("http://site.example/a?b=c", "https://site.example/a", 302, False, False),
        ("http://site.example/a", "https://other.example/a", 302, False, False),
        ("https://site.example/a", "http://site.example/a", 302, False, False),
        ("https://github.com/old/tool", "https://github.com/old/new-name", 301, True, True),
        ("https://site.example/old/post", "https://site.example/new/post/", 301, True, True),
        ("https://site.example/post.html", "https://site.example/blog/Post", 301, True, True),
        ("https://site.example/a_post.aspx", "https://site.example/2020/a-post/", 301, True, True),
        ("https://site.example/blog/post", "https://site.example/blog/", 301, True, False),
        ("https://site.example/product-x", "https://site.example/products", 301, True, False),
        ("https://site.example/a", "https://site.example/b", 302, False, False),
        ("https://site.example/a", "https://site.example/b", 307, False, False),
        ("https://site.example/a", "https://other.example/a", 301, True, False),
        ("https://site.example/a", "http://site.example/a", 301, True, False),
        ("https://site.example/a", "https://site.example/b?session=1", 301, True, False),
        ("https://site.example/a", "https://site.example/a/", 301, False, False),
        ("https://site.example/a", "https://www.site.example/a", 301, False, False),
        ("https://arxiv.org/pdf/2407.06204.pdf", "https://arxiv.org/pdf/2407.06204", 301, False, False),
        ("https://doi.org/10.1145/3669940.3707285", "https://dl.acm.org/doi/10.1145/1", 301, False, False),
    ],
)
def test_only_what_moved_for_good_has_moved(asked: str, final: str, status: int, target: bool, certain: bool) -> None:
    seen = Evidence(Reason.OK, status=200, final=final, hops=tuple(hops(asked, final, status=status)))
    result = verdict.judge(asked, [seen])
    assert result.outcome == (Outcome.MOVED if target else Outcome.ALIVE)
    assert (result.target, result.certain) == (final if target else None, certain)


def test_one_temporary_step_makes_the_whole_way_temporary() -> None:
    way = (Hop("https://a.example/", 301, "https://b.example/"), Hop("https://b.example/", 302, "https://c.example/x"))
    seen = Evidence(Reason.OK, status=200, final="https://c.example/x", hops=way)
    assert verdict.judge("https://a.example/", [seen]).outcome == Outcome.ALIVE


def test_a_way_by_https_is_for_good_only_where_all_of_it_is() -> None:
    way = (
        Hop("http://a.example/x", 302, "https://a.example/x"),
        Hop("https://a.example/x", 301, "https://a.example/y/x"),
    )
    seen = Evidence(Reason.OK, status=200, final="https://a.example/y/x", hops=way)
    assert verdict.moved_to("http://a.example/x", seen) == ("https://a.example/y/x", True)
    way = (way[0], way[1]._replace(status=302))
    assert verdict.moved_to("http://a.example/x", seen._replace(hops=way)) == (None, False)


GONE = Evidence(Reason.STATUS_404, status=404, final=URL)
GONE_BY_HEAD = GONE._replace(head=True)
FAULT = Evidence(Reason.STATUS_5XX, status=503, final=URL)
GOOD = Evidence(Reason.OK, status=200, final=URL)
WALL = Evidence(Reason.BOT_WALL, status=403, final=URL)
ABSENT = Evidence(Reason.REGISTRY_ABSENT, "arxiv")


@pytest.mark.parametrize(
    ("seen", "outcome", "reason", "final"),
    [
        ([GONE], Outcome.UNKNOWN, Reason.ONCE_GONE, False),
        ([GONE, GONE], Outcome.GONE, Reason.STATUS_404, True),
        ([GONE_BY_HEAD, GONE], Outcome.UNKNOWN, Reason.ONCE_GONE, False),
        ([GONE_BY_HEAD, GONE_BY_HEAD, GONE_BY_HEAD], Outcome.UNKNOWN, Reason.ONCE_GONE, False),
        ([GONE, GOOD], Outcome.ALIVE, Reason.OK, True),
        ([GONE, FAULT], Outcome.UNKNOWN, Reason.ONCE_GONE, False),
        ([FAULT, FAULT, FAULT], Outcome.UNKNOWN, Reason.STATUS_5XX, False),
        ([FAULT, GOOD], Outcome.ALIVE, Reason.OK, True),
        ([WALL], Outcome.BLOCKED, Reason.BOT_WALL, True),
        ([GONE, WALL], Outcome.BLOCKED, Reason.BOT_WALL, True),
        ([ABSENT], Outcome.UNKNOWN, Reason.ONCE_GONE, False),
        ([ABSENT, ABSENT._replace(source="doi")], Outcome.GONE, Reason.REGISTRY_ABSENT, True),
        ([ABSENT, GONE], Outcome.GONE, Reason.STATUS_404, True),
        ([ABSENT, GONE_BY_HEAD], Outcome.UNKNOWN, Reason.ONCE_GONE, False),
        ([ABSENT, GOOD], Outcome.ALIVE, Reason.OK, True),
        ([ABSENT, WALL], Outcome.BLOCKED, Reason.BOT_WALL, True),
        ([Evidence(Reason.REGISTRY_SILENT, "arxiv")], Outcome.UNKNOWN, Reason.REGISTRY_SILENT, False),
        ([WALL, Evidence(Reason.REGISTRY_PRESENT, "doi")], Outcome.ALIVE, Reason.REGISTRY_PRESENT, True),
        ([], Outcome.UNKNOWN, Reason.DEADLINE, None),
    ],
)
def test_what_several_probes_say_together(
    seen: list[Evidence], outcome: Outcome, reason: Reason, final: bool | None
) -> None:
    result = verdict.judge(URL, seen)
    assert (result.outcome, result.reason) == (outcome, reason)
    if final is not None:
        assert verdict.is_final(seen) is final


evidences = st.builds(
    Evidence,
    reason=st.sampled_from(Reason),
    source=st.sampled_from(["page", "page", "page", "table", "arxiv"]),
    status=st.sampled_from([None, 200, 404, 503]),
    final=st.just(URL),
    head=st.booleans(),
    record=st.sampled_from([None, Record("A title"), Record("Another", year=2024)]),
)


@given(st.lists(evidences, min_size=1, max_size=5), st.randoms())
def test_the_order_of_probes_never_changes_the_result(seen: list[Evidence], chance: Any) -> None:
    mixed = list(seen)
    chance.shuffle(mixed)
    assert verdict.judge(URL, mixed) == verdict.judge(URL, seen)


@given(st.lists(evidences, min_size=1, max_size=5))
def test_gone_is_said_only_of_what_was_seen_gone(seen: list[Evidence]) -> None:
    result = verdict.judge(URL, seen)
    if result.outcome == Outcome.GONE and result.source == "page":
        assert sum(outcome_of(e.reason) == Outcome.GONE and not e.head for e in seen) >= 2
        assert not any(outcome_of(e.reason) in (Outcome.ALIVE, Outcome.BLOCKED) for e in seen)


def test_tables_know_some_urls_beforehand() -> None:
    mirror = verdict.beforehand("http://cn.arxiv.org/abs/1706.03762")
    assert mirror is not None
    result = verdict.judge("http://cn.arxiv.org/abs/1706.03762", [mirror])
    assert (result.outcome, result.target, result.certain) == (
        Outcome.MOVED,
        "https://arxiv.org/abs/1706.03762",
        True,
    )
    closed = verdict.beforehand("https://plus.google.com/+somebody")
    assert closed is not None
    assert verdict.judge("https://plus.google.com/+somebody", [closed]).outcome == Outcome.GONE
    unasked = verdict.beforehand("https://scholar.google.com/citations?user=x")
    assert unasked is not None
    assert verdict.judge("https://scholar.google.com/", [unasked]).outcome == Outcome.BLOCKED
    assert verdict.beforehand("https://paperswithcode.com/paper/x") is None
    assert verdict.beforehand("https://site.example/") is None


def test_every_reason_has_a_sentence_and_an_outcome() -> None:
    assert set(SENTENCES) == set(Reason)
    assert {outcome_of(reason) for reason in Reason} == set(Outcome)
    assert set(OUTCOMES.values()) == set(Outcome) - {Outcome.UNKNOWN}


# Weeks ----------------------------------------------------------------------------------------------------------------


def gone(*days: float) -> list[Probe]:
    return [Probe(day * DAY, Outcome.GONE, Reason.STATUS_404, 404) for day in days]


def alive(day: float) -> Probe:
    return Probe(day * DAY, Outcome.ALIVE, Reason.OK, 200)


@pytest.mark.parametrize(
    ("probes", "strikes", "dead"),
    [
        ([], 0, False),
        (gone(0), 1, False),
        (gone(0, 1, 2), 1, False),
        (gone(0, 3, 6), 3, True),
        (gone(0, 2, 4, 6), 2, False),
        (gone(0, 2, 4, 6, 7), 3, True),
        ([*gone(0, 7), alive(10), *gone(14)], 1, False),
        ([*gone(0, 7, 14), alive(15)], 0, False),
        ([*gone(0, 7), Probe(8 * DAY, Outcome.BLOCKED, Reason.BOT_WALL), *gone(14)], 3, True),
    ],
)
def test_three_strikes(probes: list[Probe], strikes: int, dead: bool) -> None:
    standing = verdict.standing(probes)
    assert (standing.strikes, standing.dead) == (strikes, dead)


class Weeks(RuleBasedStateMachine):
    """Any life of a link: what `dead` promises holds at every moment of it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.probes: list[Probe] = []

    @rule(hours=st.floats(min_value=0.0, max_value=24 * 10, allow_nan=False))
    def time_passes(self, hours: float) -> None:
        self.now += hours * 3_600

    @rule(reason=st.sampled_from(Reason))
    def somebody_looks(self, reason: Reason) -> None:
        self.probes.append(Probe(self.now, outcome_of(reason), reason))

    @rule(times=st.integers(min_value=1, max_value=4))
    def it_stays_gone(self, times: int) -> None:
        for _ in range(times):
            self.now += 4 * DAY
            self.probes.append(Probe(self.now, Outcome.GONE, Reason.STATUS_404, 404))

    @precondition(lambda self: self.probes)
    @rule(chance=st.randoms(use_true_random=False))
    def the_history_is_shuffled(self, chance: Any) -> None:
        before = verdict.standing(self.probes)
        chance.shuffle(self.probes)
        assert verdict.standing(self.probes) == before

    @invariant()
    def dead_means_three_strikes_days_apart_and_no_life_between(self) -> None:
        standing = verdict.standing(self.probes)
        if not standing.dead:
            return
        last_alive = max(
            (p.at for p in self.probes if p.outcome in (Outcome.ALIVE, Outcome.MOVED, Outcome.WITHDRAWN)),
            default=-1.0,
        )
        since = sorted(p.at for p in self.probes if p.outcome == Outcome.GONE and p.at > last_alive)
        apart = [since[0]]
        for at in since:
            if at - apart[-1] >= 3 * DAY:
                apart.append(at)
        assert len(apart) >= 3
        assert standing.gone_since == since[0]

    @invariant()
    def what_was_never_gone_is_never_dead(self) -> None:
        if not any(probe.outcome == Outcome.GONE for probe in self.probes):
            assert verdict.standing(self.probes).strikes == 0


TestWeeks = Weeks.TestCase


def test_an_empty_history_says_nothing() -> None:
    assert verdict.standing([]) == Standing()
