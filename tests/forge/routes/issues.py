"""Issues and the comments under issues and pull requests."""

from __future__ import annotations

from typing import Any

from tests.forge.answers import Answer, RefusalError, fault_in, not_found, unprocessable
from tests.forge.records import Remark
from tests.forge.routes.call import Call, is_listed, route

_TITLE_LIMIT = 256  # characters
_ORDERS = {"created": "created", "updated": "updated", "comments": "number"}


@route("GET /repos/{owner}/{repo}/issues", "issues:read")
def issues(call: Call) -> Answer:
    """Issues *and pull requests*, newest first unless asked otherwise."""
    if not call.repository.has_issues:
        raise not_found()
    asked = call.request
    labels = [label for label in asked.first("labels").split(",") if label]
    state, creator, since = asked.first("state", "open"), asked.first("creator"), asked.first("since")
    found = [
        issue
        for issue in call.repository.issues.values()
        if state in ("all", issue.state)
        and creator in ("", issue.author.login)
        and set(labels) <= set(issue.labels)
        and issue.updated >= since
        and is_listed(issue)
    ]
    order = _ORDERS[asked.first("sort", "created")]
    found.sort(key=lambda issue: (getattr(issue, order), issue.number), reverse=asked.first("direction") != "asc")
    return call.page(found, lambda issue: call.bodies.closed_issue(call.repository, issue))


@route("POST /repos/{owner}/{repo}/issues", "issues:write")
def create_issue(call: Call) -> Answer:
    """An issue; labels of somebody without push access are dropped without a word."""
    if not call.repository.has_issues:
        raise RefusalError(410, "Issues has been disabled in this repository.")
    fields, body = call.fields, call.checked_body("Issue")
    title = _title(str(fields["title"]))
    made = call.repository.open_issue(title, body, author=call.token.account, labels=_labels(call))
    made.listed_after = call.forge.lag
    return Answer(201, call.bodies.closed_issue(call.repository, made))


@route("GET /repos/{owner}/{repo}/issues/{issue_number}")
def issue(call: Call) -> Answer:
    call.need_for(call.issue, "read")
    return Answer(200, call.bodies.closed_issue(call.repository, call.issue))


@route("PATCH /repos/{owner}/{repo}/issues/{issue_number}")
def update_issue(call: Call) -> Answer:
    """Change what is given; `labels` replaces all labels."""
    call.need_for(call.issue, "write")
    fields, changed = call.fields, call.issue
    body = call.checked_body("Issue")
    title = _title(str(fields["title"])) if fields.get("title") is not None else changed.title
    duplicate = fields.get("duplicate_issue_id")
    if fields.get("state_reason") == "duplicate" and duplicate is None:
        raise unprocessable(fault_in("Issue", "duplicate_issue_id", "duplicate_issue_id is required"))
    changed.title = title
    if "body" in fields:
        changed.rewrite(body, call.token.account, call.repository.clock.tick())
    if "labels" in fields:
        changed.labels = list(_labels(call))
    changed.duplicate_of = duplicate or changed.duplicate_of
    now = call.repository.clock.tick()
    state = fields.get("state", changed.state)
    if state != changed.state:
        changed.closed = now if state == "closed" else None
        changed.closed_by = call.token.account if state == "closed" else None
        changed.state_reason = "completed" if state == "closed" else "reopened"
    changed.state, changed.updated = state, now
    changed.state_reason = fields.get("state_reason") or changed.state_reason
    return Answer(200, call.bodies.closed_issue(call.repository, changed))


@route("GET /repos/{owner}/{repo}/issues/{issue_number}/comments")
def comments(call: Call) -> Answer:
    """Oldest first."""
    call.need_for(call.issue, "read")
    since = call.request.first("since")
    every = call.repository.comments_of(call.issue.number)
    found = [remark for remark in every if is_listed(remark) and remark.updated >= since]
    return call.page(found, lambda remark: call.bodies.remark(call.repository, remark))


@route("POST /repos/{owner}/{repo}/issues/{issue_number}/comments")
def create_comment(call: Call) -> Answer:
    call.need_for(call.issue, "write")
    if call.issue.locked:
        raise RefusalError(403, "Unable to create comment because issue is locked.")
    body = call.checked_body("IssueComment", required=True)
    made = call.repository.comment(call.issue.number, body or "", call.token.account)
    made.listed_after = call.forge.lag
    return Answer(201, call.bodies.remark(call.repository, made))


@route("GET /repos/{owner}/{repo}/issues/comments/{comment_id}")
def comment(call: Call) -> Answer:
    return Answer(200, call.bodies.remark(call.repository, _remark(call, "read")))


@route("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}")
def update_comment(call: Call) -> Answer:
    """Anybody with the permission may edit anybody's comment: whose it is, the client has to know."""
    remark = _remark(call, "write")
    remark.rewrite(call.checked_body("IssueComment", required=True) or "", call.repository.clock.tick())
    call.repository.issues[remark.number].updated = remark.updated
    return Answer(200, call.bodies.remark(call.repository, remark))


@route("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}")
def delete_comment(call: Call) -> Answer:
    del call.repository.remarks[_remark(call, "write").id]
    return Answer(204)


@route("GET /repos/{owner}/{repo}/issues/{issue_number}/labels")
def issue_labels(call: Call) -> Answer:
    call.need_for(call.issue, "read")
    return call.page(call.issue.labels, lambda name: call.bodies.label(call.repository, name))


@route("POST /repos/{owner}/{repo}/issues/{issue_number}/labels")
def add_labels(call: Call) -> Answer:
    call.need_for(call.issue, "write")
    call.issue.labels += [name for name in _labels(call) if name not in call.issue.labels]
    return Answer(200, [call.bodies.label(call.repository, name) for name in call.issue.labels])


@route("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}")
def remove_label(call: Call) -> Answer:
    call.need_for(call.issue, "write")
    if call.variables["name"] not in call.issue.labels:
        raise RefusalError(404, "Label does not exist")
    call.issue.labels.remove(call.variables["name"])
    return Answer(200, [call.bodies.label(call.repository, name) for name in call.issue.labels])


def _remark(call: Call, level: str) -> Remark:
    number = call.variables["comment_id"]
    remark = call.repository.remarks.get(int(number)) if number.isdigit() else None
    if remark is None:
        raise not_found()
    call.need_for(call.repository.issues[remark.number], level)
    return remark


def _title(title: str) -> str:
    if not title.strip():
        raise unprocessable({"resource": "Issue", "field": "title", "code": "missing_field"})
    if len(title) > _TITLE_LIMIT:
        raise unprocessable(fault_in("Issue", "title", f"title is too long (maximum is {_TITLE_LIMIT} characters)"))
    return title


def _labels(call: Call) -> tuple[str, ...]:
    """The names asked for; none where the token may not push labels (a person without write access)."""
    account, repository = call.token.account, call.repository
    asked: list[Any] = call.fields.get("labels") or []
    names = [label if isinstance(label, str) else label["name"] for label in asked]
    pushes = account.type == "Bot" or account == repository.owner
    if not pushes and repository.collaborators.get(account.login) not in ("admin", "write"):
        return ()
    for name in names:
        repository.labels.setdefault(name, "ededed")
    return tuple(names)
