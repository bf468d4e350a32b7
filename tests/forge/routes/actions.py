"""Runs of workflows and the artifacts that they leave."""

from __future__ import annotations

from tests.forge.answers import Answer, RefusalError, not_found
from tests.forge.records import Artifact, Run
from tests.forge.routes.call import Call, route


@route("GET /repos/{owner}/{repo}/actions/runs", "actions:read")
def runs(call: Call) -> Answer:
    """Newest first, by event, branch or commit."""
    asked = call.request
    found = [
        run
        for run in reversed(call.repository.runs.values())
        if asked.first("event") in ("", run.event)
        and asked.first("branch") in ("", run.head_branch)
        and asked.first("head_sha") in ("", run.head_sha)
    ]
    return call.page(found, lambda run: call.bodies.run(call.repository, run), "workflow_runs")


@route("GET /repos/{owner}/{repo}/actions/runs/{run_id}", "actions:read")
def run(call: Call) -> Answer:
    return Answer(200, call.bodies.run(call.repository, _run(call)))


@route("GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts", "actions:read")
def artifacts(call: Call) -> Answer:
    name, run_id = call.request.first("name"), _run(call).id
    found = [
        artifact
        for artifact in call.repository.artifacts.values()
        if artifact.run == run_id and name in ("", artifact.name)
    ]
    return call.page(found, lambda artifact: call.bodies.artifact(call.repository, artifact), "artifacts")


@route("GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}", "actions:read")
def artifact(call: Call) -> Answer:
    return Answer(200, call.bodies.artifact(call.repository, _artifact(call)))


@route("GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}", "actions:read")
def download(call: Call) -> Answer:
    """Leads to the store of files, which is another host and must not see the token."""
    found = _artifact(call)
    if call.variables["archive_format"] != "zip":
        raise not_found()
    if found.expired:
        raise RefusalError(410, "Artifact has expired")
    return Answer(302, None, {"Location": f"{call.forge.store}/artifacts/{found.id}.zip?sig=once"})


def _run(call: Call) -> Run:
    number = call.variables["run_id"]
    found = call.repository.runs.get(int(number)) if number.isdigit() else None
    if found is None:
        raise not_found()
    return found


def _artifact(call: Call) -> Artifact:
    number = call.variables["artifact_id"]
    found = call.repository.artifacts.get(int(number)) if number.isdigit() else None
    if found is None:
        raise not_found()
    return found
