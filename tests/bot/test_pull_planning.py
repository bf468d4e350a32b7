"""One comment, true to the last state, whatever happens in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from listbot.bot import marker
from listbot.bot.markdown import Code, md
from listbot.bot.observed import Author, Comment, Issue, is_ours
from listbot.bot.plan import (
    CreateComment,
    CreateReview,
    DeleteComment,
    EditComment,
    EditInline,
    Minimize,
    Write,
    described,
)
from listbot.bot.pull_planning import INLINE, MAX_INLINE, STICKY, InlineText, Observed, Wanted, plan
from listbot.bot.writing import Executor
from tests.bot.model import NUMBER, OTHER_BOT, OWN, SOMEBODY, Model

CLEARED = md("All fixed.")
DAMAGES = (
    "",
    "gone",
    "<!-- listbot:v1 kind=pull id= -->",
    "<!-- listbot:v1 kind=pull id=AAAA -->\nedited",
    "<!-- listbot:v1 kind=pull id=e30= -->\nx",
)
NONCES = (f"{number:016x}" for number in count(1))


def said(text: str, *lines: InlineText) -> Wanted:
    found = md("Found {text}", text=Code(text)) if text else None
    return Wanted(NUMBER, "a" * 40, found, CLEARED, lines, md("Suggestions."))


def on_line(number: int, text: str = "wrong") -> InlineText:
    return InlineText(marker.content_hash(str(number)), "README.md", number, number, md("{t}", t=Code(text)))


def observe(model: Model, created: Sequence[Comment | Issue] = ()) -> Observed:
    seen = {comment.id: comment for comment in model.list_comments()}
    new = {one.id: one for one in created if isinstance(one, Comment) and one.id in model.comments}
    return Observed(list((new | seen).values()), model.list_inline(), OWN.id)


def run(model: Model, wanted: Wanted, first: list[Write] | None = None) -> list[Write]:
    nonce = next(NONCES)

    def happened(searched: str) -> bool:
        bodies = [*model.list_comments(), *model.list_inline()]
        return any(marker.nonce_of(one.body) == searched for one in bodies)

    executor = Executor(model, lambda: True, happened, pause=lambda _: None)
    executor.run(
        plan(observe(model), wanted, nonce) if first is None else first,
        lambda created: plan(observe(model, created), wanted, nonce),
    )
    return executor.done


def ours(model: Model) -> list[Comment]:
    return [one for one in model.comments.values() if is_ours(one.author, one.body, OWN.id, STICKY)]


def shown(comment: Comment) -> str:
    return comment.body.partition("\n")[2]


def test_nothing_is_said_where_all_is_well_and_nothing_was_said() -> None:
    assert run(Model(), said("")) == []


def test_one_comment_is_made_then_edited_then_cleared_and_never_a_second() -> None:
    model = Model()
    assert [type(write) for write in run(model, said("one"))] == [CreateComment]
    assert run(model, said("one")) == []
    assert [type(write) for write in run(model, said("two"))] == [EditComment]
    assert [type(write) for write in run(model, said(""))] == [EditComment]
    assert shown(ours(model)[0]) == "All fixed."
    assert run(model, said("")) == []
    assert [type(write) for write in run(model, said("three"))] == [EditComment]
    assert len(model.comments) == 1


@pytest.mark.parametrize("author", [SOMEBODY, OTHER_BOT, Author(OWN.id, False)])
def test_a_copied_marker_makes_nobodys_comment_ours(author: Author) -> None:
    model = Model()
    run(model, said("one"))
    model.comment_by(author, ours(model)[0].body)
    stolen = model.comment_by(author, model.comments[1].body)
    run(model, said(""))
    assert model.comments[stolen.id] == stolen


def test_our_account_writes_for_other_workflows_too() -> None:
    model = Model()
    other = model.comment_by(OWN, "Coverage: 93 %")
    run(model, said("one"))
    assert model.comments[other.id] == other
    assert len(ours(model)) == 1


@pytest.mark.parametrize(
    "damage", ["", "<!-- listbot:v1 kind=pull id=AAAA -->\nedited", "<!-- listbot:v1 kind=pull id= -->"]
)
def test_a_comment_that_people_edited_is_put_right_or_left_alone(damage: str) -> None:
    model = Model()
    run(model, said("one"))
    model.edit_comment(1, damage)
    run(model, said("two"))
    assert [shown(comment) for comment in ours(model)] == ["Found `two`"]


def test_comments_on_lines_are_folded_when_they_no_longer_hold_unless_answered() -> None:
    model = Model()
    run(model, said("three", on_line(1), on_line(2), on_line(3)))
    first, second, third = model.inline.values()
    model.inline_by(SOMEBODY, "why?", "README.md", 2, second.id)
    model.inline[third.id] = third._replace(line=None)
    done = run(model, said("one", on_line(3)))
    assert [type(write) for write in done] == [Minimize, Minimize, EditComment, CreateReview]
    assert model.folded == {first.node, third.node}
    assert run(model, said("one", on_line(3))) == []


def test_a_comment_on_a_line_is_edited_where_it_says_something_else_now() -> None:
    model = Model()
    run(model, said("x", on_line(1, "old")))
    assert [type(write) for write in run(model, said("x", on_line(1, "new")))] == [EditInline]
    assert run(model, said("x", on_line(1, "new"))) == []


def test_at_most_twenty_comments_on_lines() -> None:
    model = Model()
    run(model, said("x", *map(on_line, range(1, 16))))
    run(model, said("x", *map(on_line, range(1, 40))))
    assert len(model.inline) == MAX_INLINE
    assert run(model, said("x", *map(on_line, range(1, 40)))) == []


def test_two_runs_at_once_leave_one_comment() -> None:
    model = Model()
    first, second = (plan(observe(model), said("one"), next(NONCES)) for _ in range(2))
    run(model, said("one"), first)
    run(model, said("one"), second)
    assert len(ours(model)) == 1
    assert ours(model)[0].id == min(model.comments)


@pytest.mark.parametrize("fault", ["lost", "done"])
def test_a_creation_that_failed_is_made_once(fault: str) -> None:
    model = Model()
    model.faults = [fault]
    run(model, said("one", on_line(1)))
    assert (len(ours(model)), len(model.inline)) == (1, 1)
    model.faults = ["-", fault]
    model.faults.pop(0)
    run(model, said("one", on_line(1), on_line(2)))
    assert len(model.inline) == 2


def test_lists_that_lag_behind_make_no_second_comment() -> None:
    model = Model()
    model.comment_by(SOMEBODY, "hello")
    nonce = next(NONCES)
    first = plan(observe(model), said("one"), nonce)
    model.lag = 1
    run(model, said("one"), first)
    assert len(ours(model)) == 1


def test_a_head_that_moved_stops_the_writing() -> None:
    model = Model()
    executor = Executor(model, lambda: False, lambda _: False, pause=lambda _: None)
    assert not executor.run(plan(observe(model), said("one"), "0" * 16), lambda _: [])
    assert (model.writes, executor.done) == (0, [])


def test_plans_are_described_in_one_line() -> None:
    model = Model()
    writes = plan(observe(model), said("one", on_line(1)), "0" * 16)
    assert [described(write) for write in writes] == [
        "create a comment on #5",
        "create a review of #5 with 1 comments on lines",
    ]
    assert [described(write) for write in (EditComment(1, ""), DeleteComment(2), EditInline(3, ""), Minimize("N"))] == [
        "edit the comment 1",
        "delete our own comment 2, which a second run left behind",
        "edit the comment 3 on a line",
        "fold our comment N as outdated",
    ]


class Histories(RuleBasedStateMachine):
    """Pushes, fixes, races, faults, other people's comments, forged markers; a run after each push may be lost."""

    @initialize()
    def begin(self) -> None:
        self.model = Model()
        self.wanted = said("")

    @rule(number=st.integers(0, 4), lines=st.lists(st.integers(1, 30), unique=True, max_size=25))
    def push(self, number: int, lines: list[int]) -> None:
        self.wanted = said(f"{number} findings", *map(on_line, lines)) if number else said("")
        for comment in list(self.model.inline.values()):
            if comment.line is not None and comment.line % 5 == number:
                self.model.inline[comment.id] = comment._replace(line=None)

    @rule()
    def run_once(self) -> None:
        run(self.model, self.wanted)

    @rule(stale=st.booleans())
    def two_runs(self, stale: bool) -> None:
        older = said("older") if stale else self.wanted
        first = plan(observe(self.model), older, next(NONCES))
        second = plan(observe(self.model), self.wanted, next(NONCES))
        done = {write.id for write in run(self.model, older, first) if isinstance(write, DeleteComment)}
        second = [write for write in second if not (isinstance(write, DeleteComment) and write.id in done)]
        run(self.model, self.wanted, second)

    @rule(faults=st.lists(st.sampled_from(["lost", "done"]), max_size=1), lag=st.integers(0, 1))
    def trouble(self, faults: list[str], lag: int) -> None:
        self.model.faults = faults
        self.model.lag = lag

    @rule(author=st.sampled_from([SOMEBODY, OTHER_BOT]), many=st.sampled_from([1, 100]))
    def others_speak(self, author: Author, many: int) -> None:
        for _ in range(many):
            self.model.comment_by(author, "nice")

    @rule(author=st.sampled_from([SOMEBODY, OTHER_BOT]))
    def forge_a_marker(self, author: Author) -> None:
        for comment in ours(self.model):
            self.model.comment_by(author, comment.body)
        self.model.comment_by(author, "<!-- listbot:v1 kind=pull id= -->")

    @rule(
        body=st.sampled_from(
            ["", "gone", "<!-- listbot:v1 kind=pull id=AAAA -->", "<!-- listbot:v1 kind=pull id=e30= -->\nx"]
        )
    )
    def somebody_edits_ours(self, body: str) -> None:
        for comment in ours(self.model):
            self.model.edit_comment(comment.id, body)

    @rule()
    def somebody_answers(self) -> None:
        for comment in list(self.model.inline.values())[:1]:
            self.model.inline_by(SOMEBODY, "thanks", comment.path, comment.line, comment.reply_to or comment.id)

    @invariant()
    def others_are_never_touched(self) -> None:
        for comment in getattr(self, "model", Model()).comments.values():
            if comment.author != OWN:
                assert comment.body in ("nice", "<!-- listbot:v1 kind=pull id= -->") or marker.is_ours(
                    comment.body, STICKY
                )

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        self.model.faults, self.model.lag = [], 0
        run(self.model, self.wanted)
        run(self.model, self.wanted)
        before = self.model.requests
        assert plan(observe(self.model), self.wanted, next(NONCES)) == []
        assert self.model.requests - before == 2
        if self.wanted.text is not None:
            assert [shown(comment) for comment in ours(self.model)] == [self.wanted.text.text]
        else:
            assert all(shown(comment) == CLEARED.text for comment in ours(self.model))
            assert len(ours(self.model)) <= 1
        if ours(self.model):
            self._lines_are_true()

    def _lines_are_true(self) -> None:
        keys = {text.key for text in self.wanted.inline}
        answered = {comment.reply_to for comment in self.model.inline.values()}
        standing = [
            comment
            for comment in self.model.inline.values()
            if is_ours(comment.author, comment.body, OWN.id, INLINE)
            and comment.node not in self.model.folded
            and comment.id not in answered
        ]
        assert all(comment.line is not None for comment in standing)
        assert len(standing) <= MAX_INLINE
        nodes = {comment.node for comment in self.model.inline.values() if comment.id in answered}
        assert not nodes & self.model.folded or self.model.folded
        assert len(keys) >= len({comment.line for comment in standing})


TestHistories = pytest.mark.filterwarnings("error")(Histories.TestCase)
TestHistories.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.nightly
def test_three_hundred_long_histories() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped
        Histories, settings=settings(max_examples=300, stateful_step_count=60, deadline=None)
    )
