"""Pull requests, their files, and comments on their lines."""

from __future__ import annotations

from typing import Any

from tests.forge import patches
from tests.forge.answers import Answer, RefusalError, not_found, unprocessable
from tests.forge.pull import Pull
from tests.forge.records import Review, ReviewRemark
from tests.forge.routes.call import BODY_LIMIT, Call, is_listed, route

_STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


@route("GET /repos/{owner}/{repo}/pulls", "pull-requests:read")
def pulls(call: Call) -> Answer:
    """Newest first; `head=owner:branch` finds those of a branch, and filters nothing without the owner."""
    asked = call.request
    state, base = asked.first("state", "open"), asked.first("base")
    owner, colon, branch = asked.first("head").partition(":")
    found = [
        pull
        for pull in call.repository.pulls
        if state in ("all", pull.issue.state)
        and base in ("", pull.base_branch)
        and (not colon or (owner.lower(), branch) == (pull.head.owner.login.lower(), pull.head_branch))
    ]
    found.sort(key=lambda pull: pull.number, reverse=asked.first("direction") != "asc")
    return call.page(found, lambda pull: call.bodies.pull(pull, "pull-request-simple"))


@route("GET /repos/{owner}/{repo}/pulls/{pull_number}", "pull-requests:read")
def pull(call: Call) -> Answer:
    return Answer(200, call.bodies.pull(call.pull))


@route("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", "pull-requests:read")
def files(call: Call) -> Answer:
    return call.page(call.bodies.files(call.pull), lambda file: file)


@route("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", "pull-requests:read")
def commits(call: Call) -> Answer:
    """Oldest first, at most 250."""
    return call.page(call.pull.commits[:250], lambda commit: call.bodies.commit(call.repository, commit))


@route("GET /repos/{owner}/{repo}/pulls/{pull_number}/comments", "pull-requests:read")
def review_comments(call: Call) -> Answer:
    found = [remark for remark in call.pull.review_comments if is_listed(remark)]
    return call.page(found, lambda remark: call.bodies.review_remark(call.repository, remark))


@route("POST /repos/{owner}/{repo}/pulls/{pull_number}/comments", "pull-requests:write")
def create_review_comment(call: Call) -> Answer:
    call.checked_body("PullRequestReviewComment", required=True)
    made = _remark(call, call.pull, call.fields, None)
    call.repository.review_remarks[made.id] = made
    return Answer(201, call.bodies.review_remark(call.repository, made))


@route("POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies", "pull-requests:write")
def reply(call: Call) -> Answer:
    body = call.checked_body("PullRequestReviewComment", required=True) or ""
    made = call.repository.reply(_found(call), body, call.token.account)
    return Answer(201, call.bodies.review_remark(call.repository, made))


@route("GET /repos/{owner}/{repo}/pulls/comments/{comment_id}", "pull-requests:read")
def review_comment(call: Call) -> Answer:
    return Answer(200, call.bodies.review_remark(call.repository, _found(call)))


@route("PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}", "pull-requests:write")
def update_review_comment(call: Call) -> Answer:
    remark = _found(call)
    remark.body = call.checked_body("PullRequestReviewComment", required=True) or ""
    remark.updated = call.repository.clock.tick()
    return Answer(200, call.bodies.review_remark(call.repository, remark))


@route("DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}", "pull-requests:write")
def delete_review_comment(call: Call) -> Answer:
    del call.repository.review_remarks[_found(call).id]
    return Answer(204)


@route("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", "pull-requests:read")
def reviews(call: Call) -> Answer:
    found = [review for review in call.repository.reviews.values() if review.number == call.pull.number]
    return call.page(found, lambda review: call.bodies.review(call.pull, review))


@route("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", "pull-requests:write")
def create_review(call: Call) -> Answer:
    """A review and its comments: all of them, or none where one stands outside the patch."""
    fields, pull = call.fields, call.pull
    event = fields.get("event")
    body = call.checked_body("PullRequestReview", required=event in ("COMMENT", "REQUEST_CHANGES")) or ""
    sha = fields.get("commit_id") or pull.head_sha
    state = _STATES.get(event or "", "PENDING")
    number = next(call.repository.numbers)
    review = Review(number, pull.number, call.token.account, body, state, sha, call.repository.clock.tick())
    remarks = [_remark(call, pull, {"commit_id": sha, **asked}, number) for asked in fields.get("comments") or []]
    call.repository.reviews[number] = review
    call.repository.review_remarks.update({remark.id: remark for remark in remarks})
    return Answer(200, call.bodies.review(pull, review))


def _found(call: Call) -> ReviewRemark:
    number = call.variables["comment_id"]
    remark = call.repository.review_remarks.get(int(number)) if number.isdigit() else None
    if remark is None:
        raise not_found()
    return remark


def _remark(call: Call, pull: Pull, asked: dict[str, Any], review: int | None) -> ReviewRemark:
    """A comment where it is asked for; 422 in GitHub's words where the patch has no such line."""
    if len(asked["body"]) > BODY_LIMIT:
        raise unprocessable(f"Body is too long (maximum is {BODY_LIMIT} characters)")
    if pull.repository.commits.get(asked["commit_id"]) is None or asked["commit_id"] not in {
        commit.sha for commit in pull.commits
    }:
        raise unprocessable("Commit does not belong to the pull request")
    patch = next((file.get("patch") for file in call.bodies.files(pull) if file["filename"] == asked["path"]), None)
    now = call.repository.clock.tick()
    remark = ReviewRemark(
        id=next(call.repository.numbers), number=pull.number, author=call.token.account, body=asked["body"],
        created=now, updated=now, path=asked["path"], commit=asked["commit_id"], review=review,
        line=None, side=asked.get("side", "RIGHT"), start_line=None, start_side=None, position=None, hunk="",
        subject=asked.get("subject_type", "line"), listed_after=call.forge.lag,
    )  # fmt: skip
    if patch is None:
        raise unprocessable("Path could not be resolved" if review else "Path is invalid")
    if remark.subject == "line":
        _anchor(remark, patch, asked)
    return remark


def _anchor(remark: ReviewRemark, patch: str, asked: dict[str, Any]) -> None:
    """Put the comment on its line, and on the first of its lines where it spans several of one hunk."""
    anchors = {(anchor.side, anchor.line): anchor for anchor in patches.anchors(patch)}
    if asked.get("position") is not None and asked.get("line") is None:
        by_position = {anchor.position: anchor for anchor in anchors.values()}
        end = by_position.get(asked["position"])
    else:
        end = anchors.get((remark.side, asked.get("line") or 0))
    if end is None:
        raise unprocessable("Line could not be resolved")
    remark.line = remark.original_line = end.line
    remark.position = remark.original_position = end.position
    remark.hunk = patches.hunk_until(patch, end.position)
    if asked.get("start_line") is None:
        return
    start = anchors.get((asked.get("start_side") or remark.side, asked["start_line"]))
    if start is None or start.hunk != end.hunk:
        raise unprocessable("Start line could not be resolved")
    if start.position >= end.position:
        raise unprocessable("Start line must precede the end line.")
    remark.start_line, remark.start_side = start.line, start.side


@route("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", "pull-requests:write")
def update_pull(call: Call) -> Answer:
    """Title, body and state."""
    if call.fields.get("base"):
        raise RefusalError(422, "Proposed base branch is not served here")
    issue = call.pull.issue
    body = call.checked_body("PullRequest")
    issue.title = call.fields.get("title", issue.title)
    issue.body = body if "body" in call.fields else issue.body
    issue.state = call.fields.get("state", issue.state)
    issue.updated = call.repository.clock.tick()
    issue.closed = issue.updated if issue.state == "closed" else None
    return Answer(200, call.bodies.pull(call.pull))
