"""Repositories, their files and commits, who may write, search, and the rate limit."""

from __future__ import annotations

import base64
import re

from tests.forge.answers import Answer, RefusalError, not_found, unprocessable
from tests.forge.description import Json
from tests.forge.objects import blob_sha
from tests.forge.records import Commit
from tests.forge.repository_bodies import node_id
from tests.forge.routes.call import Call, route


@route("GET /repos/{owner}/{repo}", "metadata:read")
def repository(call: Call) -> Answer:
    return Answer(200, call.bodies.repository(call.repository, "full-repository"))


@route("GET /repos/{owner}/{repo}/contents/{path}", "contents:read")
def contents(call: Call) -> Answer:
    """A file, raw or in base 64, or the list of a folder."""
    commit = _commit(call, call.request.first("ref") or call.repository.default_branch)
    path = call.variables["path"].strip("/")
    content = commit.files.get(path)
    if content is None:
        return Answer(200, _folder(call, commit, path))
    accept = call.request.headers.get("accept", "")
    if "raw" in accept:
        if len(content) > 100_000_000:
            raise RefusalError(403, "This API returns blobs up to 100 MB in size.")
        return Answer(200, content, {"Content-Type": call.forge.raw_media})
    return Answer(200, call.bodies.file(call.repository, commit, path, content))


def _folder(call: Call, commit: Commit, path: str) -> list[Json]:
    """What stands in a folder; folders below it show once."""
    prefix = f"{path}/"
    names = sorted({name.removeprefix(prefix).split("/")[0] for name in commit.files if name.startswith(prefix)})
    if not names:
        raise not_found()
    entries = []
    for name in names:
        content = commit.files.get(prefix + name)
        entry = call.bodies.file(call.repository, commit, prefix + name, content or b"")
        entry |= {"type": "dir" if content is None else "file"}
        del entry["content"], entry["encoding"]
        entries.append(entry | ({"download_url": None} if content is None else {}))
    return entries


@route("GET /repos/{owner}/{repo}/commits/{ref}", "contents:read")
def commit(call: Call) -> Answer:
    found = _commit(call, call.variables["ref"])
    return Answer(200, call.bodies.commit(call.repository, found))


@route("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", "contents:read")
def tree(call: Call) -> Answer:
    """The files and folders of a commit: those at the top, or with `recursive` all, as far as they fit."""
    asked = call.variables["tree_sha"]
    by_tree = [commit for commit in call.repository.commits.values() if commit.tree == asked]
    found = by_tree[0] if by_tree else _commit(call, asked)
    url = f"{call.bodies.base}/repos/{call.repository.full_name}/git"
    folders = {
        "/".join(parts[:depth]) for path in found.files for parts in [path.split("/")] for depth in range(1, len(parts))
    }
    entries = []
    for path in sorted({*found.files, *folders}):
        content = found.files.get(path)
        if content is None:
            sha = blob_sha(path.encode())
            entries.append({"path": path, "mode": "040000", "type": "tree", "sha": sha, "url": f"{url}/trees/{sha}"})
        else:
            sha = blob_sha(content)
            mode = "120000" if path in call.repository.symlinks else "100644"
            entry = {"path": path, "mode": mode, "type": "blob", "sha": sha, "size": len(content)}
            entries.append(entry | {"url": f"{url}/blobs/{sha}"})
    if "recursive" not in call.request.query:
        entries = [entry for entry in entries if "/" not in entry["path"]]
    cut, limit = len(entries) > call.forge.tree_limit, call.forge.tree_limit
    return Answer(
        200, {"sha": found.tree, "url": f"{url}/trees/{found.tree}", "truncated": cut, "tree": entries[:limit]}
    )


@route("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", "contents:read")
def blob(call: Call) -> Answer:
    """A file by its hash, wherever it lies."""
    asked = call.variables["file_sha"]
    files = (content for commit in call.repository.commits.values() for content in commit.files.values())
    content = next((one for one in files if blob_sha(one) == asked), None)
    if content is None:
        raise not_found()
    url = f"{call.bodies.base}/repos/{call.repository.full_name}/git/blobs/{asked}"
    return Answer(
        200,
        {
            "content": base64.encodebytes(content).decode("ascii"),
            "encoding": "base64",
            "url": url,
            "sha": asked,
            "size": len(content),
            "node_id": node_id("B", len(content)),
        },
    )


@route("GET /repos/{owner}/{repo}/collaborators/{username}/permission", "metadata:read")
def permission(call: Call) -> Answer:
    """What a person may do here; strangers may read what is public."""
    repository, login = call.repository, call.variables["username"]
    level = "admin" if login == repository.owner.login else repository.collaborators.get(login)
    role = level or ("none" if repository.private else "read")
    account = repository.owner if login == repository.owner.login else repository.person(login)
    legacy = {"maintain": "write", "triage": "read"}.get(role, role)
    user = call.bodies.account(account, "nullable-collaborator")
    return Answer(200, {"permission": legacy, "role_name": role, "user": user})


@route("GET /search/issues", "metadata:read")
def search(call: Call) -> Answer:
    """Words and the qualifiers repo, author, label, state, is and in; what was just made is not found yet."""
    words = re.findall(r'(?:[\w-]+:)?"[^"]*"|\S+', call.request.first("q"))
    asked = [word.partition(":")[::2] for word in words if ":" in word]
    plain = [word.strip('"').lower() for word in words if ":" not in word]
    found = []
    for repository in call.forge.repositories.values():
        for issue in repository.issues.values():
            facts = {
                "repo": {repository.full_name},
                "author": {issue.author.login, f"app/{issue.author.login.removesuffix('[bot]')}"},
                "label": set(issue.labels),
                "state": {issue.state},
                "is": {issue.state, "pr" if issue.pull else "issue", "pull-request" if issue.pull else "issue"},
                "in": {"title", "body", "comments"},
                "type": {"pr" if issue.pull else "issue"},
            }
            text = f"{issue.title}\n{issue.body or ''}".lower()
            known = all(value.strip('"') in facts.get(name, set()) for name, value in asked)
            if known and all(word in text for word in plain) and issue.listed_after <= 0:
                found.append((repository, issue))
    answer = call.page(
        found, lambda pair: call.bodies.issue(*pair, schema="issue-search-result-item", score=1.0), "items"
    )
    answer.body |= {"incomplete_results": False, "search_type": "lexical"}
    return answer


@route("GET /rate_limit")
def rate_limit(call: Call) -> Answer:
    """Costs nothing of what it tells."""
    rate = call.forge.rate()
    search_rate = rate | {"limit": 30, "remaining": 30, "used": 0}
    return Answer(200, {"rate": rate, "resources": {"core": rate, "search": search_rate}})


@route("GET /user")
def user(call: Call) -> Answer:
    """Closed to the tokens of workflows."""
    if call.token.account.type == "Bot":
        raise RefusalError(403, "Resource not accessible by integration")
    return Answer(200, call.forge.skeletons.make("public-user") | call.bodies.account(call.token.account))


@route("GET /repos/{owner}/{repo}/labels", "issues:read")
def labels(call: Call) -> Answer:
    return call.page(list(call.repository.labels), lambda name: call.bodies.label(call.repository, name))


@route("POST /repos/{owner}/{repo}/labels", "issues:write")
def create_label(call: Call) -> Answer:
    """A label; a second of the same name is refused."""
    name = call.fields["name"]
    if name.lower() in map(str.lower, call.repository.labels):
        raise unprocessable({"resource": "Label", "field": "name", "code": "already_exists"})
    call.repository.labels[name] = call.fields.get("color", "ededed")
    return Answer(201, call.bodies.label(call.repository, name))


@route("GET /repos/{owner}/{repo}/labels/{name}", "issues:read")
def label(call: Call) -> Answer:
    if call.variables["name"] not in call.repository.labels:
        raise not_found()
    return Answer(200, call.bodies.label(call.repository, call.variables["name"]))


@route("GET /repos/{owner}/{repo}/compare/{basehead}", "contents:read")
def compare(call: Call) -> Answer:
    """`base...head`: the merge base and the files between, three dots."""
    repository = call.repository
    base, _, head = call.variables["basehead"].partition("...")
    old, new = _commit(call, base), _commit(call, head)
    mine, theirs = list(repository.ancestry(old.sha)), list(repository.ancestry(new.sha))
    merge_base = next(sha for sha in theirs if sha in mine)
    ahead, behind = theirs.index(merge_base), mine.index(merge_base)
    status = {(False, False): "identical", (True, False): "ahead", (False, True): "behind"}
    url = f"{call.bodies.base}/repos/{repository.full_name}/compare/{base}...{head}"
    html = f"{call.bodies.web}/{repository.full_name}/compare/{base}...{head}"
    files = call.bodies.changed(repository, repository.commits[merge_base], new)
    body = call.forge.skeletons.make("commit-comparison") | {
        "url": url, "html_url": html, "permalink_url": html, "diff_url": f"{html}.diff", "patch_url": f"{html}.patch",
        "base_commit": call.bodies.commit(repository, old), "files": files[:300],
        "merge_base_commit": call.bodies.commit(repository, repository.commits[merge_base]),
        "status": status.get((ahead > 0, behind > 0), "diverged"),
        "ahead_by": ahead, "behind_by": behind, "total_commits": ahead,
        "commits": [call.bodies.commit(repository, repository.commits[sha]) for sha in reversed(theirs[:ahead])],
    }  # fmt: skip
    return Answer(200, body)


def _commit(call: Call, ref: str) -> Commit:
    found = call.repository.resolve(ref)
    if found is None:
        raise RefusalError(404, f"No commit found for the ref {ref}")
    return found
