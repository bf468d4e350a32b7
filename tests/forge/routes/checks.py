"""Check runs and their annotations."""

from __future__ import annotations

from typing import Any

from tests.forge.answers import Answer, fault_in, not_found, unprocessable
from tests.forge.records import CheckRun
from tests.forge.routes.call import Call, route

_TEXT_LIMIT = 65_535  # characters of summary and of text
_TITLE_LIMIT = 255


@route("POST /repos/{owner}/{repo}/check-runs", "checks:write")
def create_check_run(call: Call) -> Answer:
    fields, repository = call.fields, call.repository
    if fields["head_sha"] not in repository.commits:
        raise unprocessable(f"No commit found for SHA: {fields['head_sha']}")
    run = CheckRun(next(repository.numbers), fields["name"], fields["head_sha"], repository.clock.tick())
    _change(call, run)
    repository.check_runs[run.id] = run
    return Answer(201, call.bodies.check_run(repository, run))


@route("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", "checks:read")
def check_run(call: Call) -> Answer:
    return Answer(200, call.bodies.check_run(call.repository, _found(call)))


@route("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", "checks:write")
def update_check_run(call: Call) -> Answer:
    """Change what is given; annotations are appended to those that are there."""
    run = _found(call)
    run.name = call.fields.get("name", run.name)
    _change(call, run)
    return Answer(200, call.bodies.check_run(call.repository, run))


@route("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", "checks:read")
def annotations(call: Call) -> Answer:
    run = _found(call)
    blob = f"{call.bodies.web}/{call.repository.full_name}/blob/{run.head_sha}"
    empty = {"start_column": None, "end_column": None, "title": None, "raw_details": None}
    return call.page(run.annotations, lambda made: empty | made | {"blob_href": f"{blob}/{made['path']}"})


@route("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", "checks:read")
def check_runs(call: Call) -> Answer:
    commit = call.repository.resolve(call.variables["ref"])
    if commit is None:
        raise unprocessable(f"No commit found for SHA: {call.variables['ref']}")
    name = call.request.first("check_name")
    found = [
        run for run in call.repository.check_runs.values() if run.head_sha == commit.sha and name in ("", run.name)
    ]
    return call.page(found, lambda run: call.bodies.check_run(call.repository, run), "check_runs")


def _found(call: Call) -> CheckRun:
    number = call.variables["check_run_id"]
    run = call.repository.check_runs.get(int(number)) if number.isdigit() else None
    if run is None:
        raise not_found()
    return run


def _change(call: Call, run: CheckRun) -> None:
    """Lay the given fields over the run. A conclusion completes it."""
    fields: dict[str, Any] = call.fields
    output = fields.get("output") or {}
    for name, limit in (("title", _TITLE_LIMIT), ("summary", _TEXT_LIMIT), ("text", _TEXT_LIMIT)):
        if len(output.get(name) or "") > limit:
            raise unprocessable(fault_in("CheckRun", name, f"{name} exceeds a maximum of {limit} characters"))
    if fields.get("status") == "completed" and not fields.get("conclusion"):
        raise unprocessable(fault_in("CheckRun", "conclusion", "conclusion is required"))
    for annotation in output.get("annotations") or []:
        if annotation["start_line"] != annotation["end_line"] and "start_column" in annotation:
            raise unprocessable(fault_in("CheckRun", "annotations", "columns need one line"))
    run.status = "completed" if fields.get("conclusion") else fields.get("status", run.status)
    run.conclusion = fields.get("conclusion", run.conclusion)
    if run.status == "completed":
        run.completed = fields.get("completed_at") or call.repository.clock.tick()
    run.details_url = fields.get("details_url", run.details_url)
    run.external_id = fields.get("external_id", run.external_id)
    run.title, run.summary = output.get("title", run.title), output.get("summary", run.summary)
    run.text = output.get("text", run.text)
    run.annotations += output.get("annotations") or []
