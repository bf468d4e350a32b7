"""One comment, true to the last state, whatever happens in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from listbot.bot import marker
from listbot.bot.api import LimitedError, RefusedError
from listbot.bot.markdown import Code, md
from listbot.bot.observed import Author, Comment, InlineComment, Issue, is_ours
from listbot.bot.plan import (
    CreateComment,
    CreateReview,
    DeleteComment,
    EditComment,
    EditInline,
    Minimize,
    Unfold,
    Write,
    described,
)
from listbot.bot.pull_planning import INLINE, MAX_INLINE, STICKY, InlineState, InlineText, Observed, Wanted, plan
from listbot.bot.writing import Executor, Look
from tests.bot.model import NUMBER, OTHER_BOT, OWN, SOMEBODY, Model

CLEARED = md("All fixed.")
DAMAGES = (
    "",
    "gone",
    "<!-- listbot:v1 kind=pull id= -->",
    "<!-- listbot:v1 kind=pull id=AAAA -->\nedited",
    "<!-- listbot:v1 kind=pull id=e30= -->\nx",
    "{marker}",
    "{marker}\nnothing to see",
    "\n{body}",
    "\ufeff{body}",
    "A note.\n\n{body}",
    "```\n{body}",
)
OTHER_WORKFLOWS = ("nice", "Coverage: 93 %")
"""What they say, under our account."""
NONCES = (f"{number:016x}" for number in count(1))


def said(text: str, *lines: InlineText) -> Wanted:
    found = md("Found {text}", text=Code(text)) if text else None
    return Wanted(NUMBER, "a" * 40, found, CLEARED, lines, md("Suggestions."))


def on_line(number: int, text: str = "wrong") -> InlineText:
    return InlineText(marker.digits(str(number)), "README.md", number, number, md("{t}", t=Code(text)))


def observe(model: Model, created: Sequence[Comment | Issue] = ()) -> Observed:
    comments, inline, reviews = model.look()
    seen = {comment.id: comment for comment in comments}
    new = {one.id: one for one in created if isinstance(one, Comment) and one.id in model.comments}
    return Observed(list((new | seen).values()), inline, reviews, OWN.id)


def run(model: Model, wanted: Wanted, first: list[Write] | None = None) -> list[Write]:
    """One run; `first` is a plan that it has made already, from what it saw before."""
    nonce = next(NONCES)
    planned = [first] if first is not None else []

    def eyes(created: Sequence[Comment | Issue]) -> Look:
        if planned:
            return Look(planned.pop(), ())
        seen = observe(model, created)
        texts = [one.body for one in (*seen.comments, *seen.inline, *seen.reviews)]
        return Look(plan(seen, wanted, nonce), {marker.nonce_of(text) for text in texts})

    executor = Executor(model, pause=lambda _: None)
    assert executor.run(eyes)
    return executor.done


def ours(model: Model) -> list[Comment]:
    """By their author, as a person would count."""
    return [one for one in model.comments.values() if one.author == OWN and one.body not in OTHER_WORKFLOWS]


EDITED = ("", " \r\n\ufeff", "\n{body}", "\ufeff{body}", "A note.\n\n{body}", "~~~\n```\n~~~\n{body}\n\nThanks!")


@pytest.mark.parametrize("edited", EDITED)
def test_a_comment_that_was_edited_or_emptied_is_taken_over(edited: str) -> None:
    model = Model()
    run(model, said("a"))
    (comment,) = ours(model)
    model.comments[comment.id] = comment._replace(body=edited.format(body=comment.body))
    (done,) = run(model, said("a"))
    assert isinstance(done, EditComment)
    assert marker.shown(model.comments[comment.id].body) == said("a").text.text  # type: ignore[union-attr]  # it says something
    assert len(model.comments) == 1
    assert run(model, said("a")) == []


@pytest.mark.parametrize("body", ["thanks, looking into it", "```\n{body}\n```", "> quoted"])
def test_a_comment_that_says_something_else_now_is_known_by_what_it_began_as(body: str) -> None:
    model = Model()
    run(model, said("a"))
    (comment,) = ours(model)
    model.comments[comment.id] = comment._replace(body=body.format(body=comment.body), first=comment.body)
    assert [type(write) for write in run(model, said("b"))] == [EditComment]
    assert (len(model.comments), "`b`" in model.comments[comment.id].body) == (1, True)


def test_of_emptied_comments_the_oldest_is_taken_over_and_only_where_there_is_something_to_say() -> None:
    model = Model()
    model.comment_by(SOMEBODY, "")
    first, second = (model.comment_by(OWN, "") for _ in range(2))
    assert run(model, said("")) == []
    assert [type(write) for write in run(model, said("a"))] == [EditComment]
    assert [(one.id, bool(one.body)) for one in ours(model)] == [(first.id, True), (second.id, False)]
    assert run(model, said("a")) == []


def test_what_repeats_our_text_is_neither_edited_nor_taken_away() -> None:
    model = Model()
    run(model, said("a"))
    (comment,) = ours(model)
    quoted = f"> {comment.body}".replace("\n", "\n> ")
    others = [
        model.comment_by(author, body)
        for author in (SOMEBODY, OTHER_BOT, OWN)
        for body in (quoted, f"```\n{comment.body}\n```", f"All comments:\n\n{comment.body}")
    ]
    others += [model.comment_by(author, comment.body) for author in (SOMEBODY, OTHER_BOT)]
    assert [type(write) for write in run(model, said("b"))] == [EditComment]
    assert [model.comments[one.id] for one in others] == others


def damaged(model: Model, body: str) -> None:
    """Somebody writes over ours."""
    for comment in ours(model):
        written = body.replace("{marker}", comment.body.partition("\n")[0]).replace("{body}", comment.body)
        model.comments[comment.id] = comment._replace(body=written, first=comment.first or comment.body)


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


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("then", ["one", "two"])
def test_a_comment_that_people_edited_is_put_right_or_left_alone(damage: str, then: str) -> None:
    model = Model()
    run(model, said("one"))
    damaged(model, damage)
    run(model, said(then))
    assert [shown(comment) for comment in ours(model)] == [f"Found `{then}`"]


def test_line_endings_of_browsers_are_no_change() -> None:
    model = Model()
    text = md("one\n\n- {two}\n", two=Code("two"))
    run(model, said("")._replace(text=text))
    model.comments[1] = model.comments[1]._replace(body=model.comments[1].body.replace("\n", "\r\n").strip())
    assert run(model, said("")._replace(text=text)) == []


def changed(model: Model, comment: InlineComment, **fields: object) -> None:
    model.inline[comment.id] = comment._replace(**fields)  # type: ignore[arg-type]  # fields by name


def folded(model: Model) -> set[str]:
    return {one.node for one in (*model.inline.values(), *model.reviews) if one.folded}


def test_comments_on_lines_are_folded_when_they_no_longer_hold_unless_answered() -> None:
    model = Model()
    run(model, said("three", on_line(1), on_line(2), on_line(3)))
    first, second, third = model.inline.values()
    changed(model, second, answered=True)
    changed(model, third, outdated=True)
    done = run(model, said("one", on_line(3)))
    assert [type(write) for write in done] == [EditInline, Minimize, Minimize, EditComment, CreateReview]
    assert folded(model) == {first.node, third.node}
    assert run(model, said("one", on_line(3))) == []


def test_a_review_is_folded_with_the_last_of_its_comments() -> None:
    model = Model()
    run(model, said("two", on_line(1), on_line(2)))
    run(model, said("one", on_line(2)))
    (review,) = model.reviews
    assert not review.folded
    run(model, said(""))
    assert folded(model) == {model.reviews[0].node, *(one.node for one in model.inline.values())}
    assert run(model, said("")) == []


def test_what_people_folded_is_not_said_again() -> None:
    model = Model()
    run(model, said("one", on_line(1)))
    (comment,) = model.inline.values()
    changed(model, comment, folded=True)
    assert run(model, said("one", on_line(1))) == [Minimize(model.reviews[0].node)]
    assert run(model, said("one", on_line(1))) == []


def test_what_we_folded_is_shown_again_when_the_finding_comes_back() -> None:
    model = Model()
    run(model, said("two", on_line(1), on_line(2)))
    run(model, said(""))
    assert len(folded(model)) == 3
    done = run(model, said("two", on_line(1), on_line(2)))
    assert {type(write) for write in done} == {Unfold, EditInline, EditComment}
    assert folded(model) == set()
    assert run(model, said("two", on_line(1), on_line(2))) == []
    first, _ = model.inline.values()
    changed(model, first, folded=True)
    assert run(model, said("two", on_line(1), on_line(2))) == []
    assert folded(model) == {first.node}


def test_comments_on_lines_are_folded_where_somebody_took_ours_away() -> None:
    model = Model()
    run(model, said("one", on_line(1)))
    model.comments.clear()
    assert {type(write) for write in run(model, said(""))} == {EditInline, Minimize}
    assert (run(model, said("")), model.comments) == ([], {})


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


def test_lists_that_lag_behind_a_change_make_no_second_one() -> None:
    model = Model()
    run(model, said("one", on_line(1)))
    stale = plan(observe(model), said("two"), next(NONCES))
    executor = Executor(model, pause=lambda _: None)
    looks = iter([Look([*stale, *created()], ()), Look([*stale, *created()], ()), Look([], ())])
    assert executor.run(lambda _: next(looks))
    assert [type(write) for write in executor.done] == [EditInline, Minimize, Minimize, EditComment, CreateReview]


def created() -> list[Write]:
    return plan(Observed([], [], [], OWN.id), said("x", on_line(9)), "0" * 16)[1:]


def test_a_run_that_is_overtaken_stops_before_its_next_write() -> None:
    model = Model()
    looks = iter([Look(plan(observe(model), said("one", on_line(1)), "0" * 16), ()), None])
    executor = Executor(model, pause=lambda _: None)
    assert not executor.run(lambda _: next(looks))
    assert [type(write) for write in executor.done] == [CreateComment]
    assert model.inline == {}


def test_a_limit_is_waited_out_once_and_a_long_one_left_to_the_next_run() -> None:
    class Limited(Model):
        limits = iter([LimitedError(7), None, LimitedError(500)])

        def create_comment(self, number: int, body: str) -> Comment:
            limit = next(self.limits)
            if limit is not None:
                raise limit
            return super().create_comment(number, body)

    model, waits = Limited(), list[float]()
    eyes = lambda created: Look(plan(observe(model, created), said("one"), "0" * 16), ())  # noqa: E731 short, twice
    Executor(model, pause=waits.append).run(eyes)
    assert (waits, len(model.comments)) == ([7], 1)
    model.comments.clear()
    with pytest.raises(LimitedError):
        Executor(model, pause=waits.append).run(eyes)


def test_comments_on_lines_that_github_refuses_are_left_out_and_the_comment_stands() -> None:
    class Strict(Model):
        def create_review(self, *_: object) -> None:
            raise RefusedError("line must be part of the diff")

    model = Strict()
    executor = Executor(model, pause=lambda _: None)
    eyes = lambda created: Look(plan(observe(model, created), said("x", on_line(1)), "0" * 16), ())  # noqa: E731 short
    assert executor.run(eyes)
    assert [type(write) for write in executor.done] == [CreateComment]
    assert [type(write) for write in executor.refused] == [CreateReview]


def test_plans_are_described_in_one_line() -> None:
    model = Model()
    writes = plan(observe(model), said("one", on_line(1)), "0" * 16)
    assert [described(write) for write in writes] == [
        "create a comment on #5",
        "create a review of #5 with 1 comment on lines",
    ]
    changes = (EditComment("N", ""), DeleteComment("N"), EditInline("N", ""), Minimize("N"), Unfold("M"))
    assert [described(write, {"N": "#issuecomment-1"}) for write in changes] == [
        "edit our comment #issuecomment-1",
        "delete a comment of ours that a second run left behind: #issuecomment-1",
        "edit a comment of ours on a line: #issuecomment-1",
        "fold a comment of ours as outdated: #issuecomment-1",
        "show a comment of ours again: M",
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
            if comment.id % 5 == number:
                changed(self.model, comment, outdated=True)

    @rule()
    def run_once(self) -> None:
        run(self.model, self.wanted)

    @rule(stale=st.booleans())
    def two_runs(self, stale: bool) -> None:
        older = said("older") if stale else self.wanted
        first = plan(observe(self.model), older, next(NONCES))
        second = plan(observe(self.model), self.wanted, next(NONCES))
        run(self.model, older, first)
        run(self.model, self.wanted, second)

    @rule(faults=st.lists(st.sampled_from(["lost", "done"]), max_size=1), lag=st.integers(0, 1))
    def trouble(self, faults: list[str], lag: int) -> None:
        self.model.faults = faults
        self.model.lag = lag

    @rule(author=st.sampled_from([SOMEBODY, OTHER_BOT, OWN]), many=st.sampled_from([1, 100]))
    def others_speak(self, author: Author, many: int) -> None:
        for _ in range(many):
            self.model.comment_by(author, "nice")

    @rule(author=st.sampled_from([SOMEBODY, OTHER_BOT]))
    def forge_a_marker(self, author: Author) -> None:
        for comment in ours(self.model):
            if marker.is_ours(comment.body, STICKY):
                self.model.comment_by(author, comment.body)
        self.model.comment_by(author, "<!-- listbot:v1 kind=pull id= -->")

    @rule(body=st.sampled_from(DAMAGES))
    def somebody_edits_ours(self, body: str) -> None:
        damaged(self.model, body)

    @rule()
    def somebody_answers(self) -> None:
        for comment in list(self.model.inline.values())[:1]:
            if not comment.folded:
                changed(self.model, comment, answered=True)

    @rule()
    def somebody_folds(self) -> None:
        for comment in list(self.model.inline.values())[-1:]:
            changed(self.model, comment, folded=True)

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
        assert self.model.requests - before == 1
        if self.wanted.text is not None:
            assert [shown(comment) for comment in ours(self.model)] == [self.wanted.text.text]
        else:
            assert all(shown(comment) == CLEARED.text for comment in ours(self.model))
            assert len(ours(self.model)) <= 1
        self._lines_are_true()

    def _lines_are_true(self) -> None:
        """What stands is wanted, what is wanted stands once, and what does not hold is folded."""
        own = [one for one in self.model.inline.values() if is_ours(one.author, one.body, OWN.id, INLINE)]
        wanted = [text.key for text in self.wanted.inline]
        keys = [self._key(one) for one in own if not (one.folded or one.answered)]
        assert len(keys) == len(set(keys))
        assert set(keys) <= set(wanted)
        assert all(not one.outdated for one in own if not (one.folded or one.answered))
        spoken = {self._key(one) for one in own if not one.outdated}
        assert spoken >= set(wanted) or len(spoken & set(wanted)) >= MAX_INLINE

    def _key(self, comment: InlineComment) -> str:
        state = marker.read(comment.body, INLINE, InlineState)
        assert state is not None
        return state.key


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
