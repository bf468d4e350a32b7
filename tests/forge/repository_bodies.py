"""The JSON of repositories, their files and commits, and of what workflows leave, in the description's shapes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import quote

from tests.forge import patches
from tests.forge.description import Json
from tests.forge.objects import blob_sha
from tests.forge.records import Account, Artifact, CheckRun, Commit, Run
from tests.forge.skeletons import Skeletons
from tests.forge.world import Repository

_APP_ID = 15368
_PATCH_LIMIT = 20_000  # lines; above it, or above 500 kB, GitHub leaves the patch out


class RepositoryBodies:
    """Writes JSON whose URLs lead back to `base`, and `web` where a browser would go."""

    def __init__(self, skeletons: Skeletons, base: str, web: str, *, names_the_app: bool) -> None:
        self._make, self._fields = skeletons.make, skeletons.fields
        self.base, self.web = base, web
        self._names_the_app = names_the_app

    def account(self, account: Account, schema: str = "simple-user") -> Json:
        url = f"{self.base}/users/{quote(account.login)}"
        page = f"{self.web}/{quote(account.login)}"
        if account.type == "Bot":
            page = f"{self.web}/apps/{account.login.removesuffix('[bot]')}"
        return self._make(
            schema,
            url=url,
            login=account.login,
            id=account.id,
            node_id=node_id("U", account.id),
            type=account.type,
            html_url=page,
            avatar_url=f"https://avatars.githubusercontent.com/u/{account.id}",
            gravatar_id="",
        )

    def app(self) -> Json:
        """The app in whose name a workflow's token acts."""
        owner = self.account(Account("github", 9919, "Organization"))
        html = f"{self.web}/apps/github-actions"
        return self._make(
            "nullable-integration", id=_APP_ID, slug="github-actions", name="GitHub Actions", owner=owner,
            html_url=html, external_url="https://help.github.com/en/actions", description="Automate your workflow",
            node_id=node_id("A", _APP_ID), permissions={}, events=[],
        )  # fmt: skip

    def repository(self, repository: Repository, schema: str = "repository") -> Json:
        url = self._url(repository)
        html = f"{self.web}/{repository.full_name}"
        body = self._make(
            schema,
            url=url,
            html_url=html,
            id=repository.id,
            node_id=node_id("R", repository.id),
            name=repository.name,
            full_name=repository.full_name,
            owner=self.account(repository.owner),
            private=repository.private,
            fork=repository.parent is not None,
        )
        known = {
            "default_branch": repository.default_branch,
            "has_issues": repository.has_issues,
            "archived": repository.archived,
            "stargazers_count": repository.stars,
            "open_issues_count": sum(issue.state == "open" for issue in repository.issues.values()),
            "clone_url": f"{html}.git",
            "created_at": repository.created,
            "updated_at": repository.head.date,
            "pushed_at": repository.head.date,
            "visibility": "private" if repository.private else "public",
            "topics": [],
            "has_discussions": False,
        }
        return body | {name: value for name, value in known.items() if name in self._fields(schema)}

    def label(self, repository: Repository, name: str) -> Json:
        number = sum(map(ord, name))
        return self._make(
            "label",
            url=f"{self._url(repository)}/labels/{quote(name)}",
            id=number,
            node_id=node_id("LA", number),
            name=name,
            color=repository.labels.get(name, "ededed"),
            description=None,
        )

    def changed(self, repository: Repository, base: Commit, head: Commit) -> list[Json]:
        """The files that differ between two commits."""
        old, new = base.files, head.files
        moved = _moved(old, new)
        paths = sorted(path for path in {*old, *new} - set(moved.values()) if old.get(path) != new.get(path))
        return [
            self._moved_file(repository, head.sha, path, moved[path], new[path])
            if path in moved
            else self._file(repository, head.sha, path, old.get(path), new.get(path))
            for path in paths[:3000]
        ]

    def _moved_file(self, repository: Repository, sha: str, path: str, before: str, content: bytes) -> Json:
        """A file that was only moved has no patch."""
        body = self._file(repository, sha, path, content, content)
        del body["patch"]
        return body | {"status": "renamed", "previous_filename": before}

    def _file(self, repository: Repository, sha: str, path: str, old: bytes | None, new: bytes | None) -> Json:
        status = "added" if old is None else "removed" if new is None else "modified"
        html = f"{self.web}/{repository.full_name}"
        body = {
            "sha": blob_sha(new if new is not None else old or b""),
            "filename": path,
            "status": status,
            "blob_url": f"{html}/blob/{sha}/{quote(path)}",
            "raw_url": f"{html}/raw/{sha}/{quote(path)}",
            "contents_url": f"{self._url(repository)}/contents/{quote(path)}?ref={sha}",
        }
        change = patch_of(old, new)
        if change is None:
            return body | {"additions": 0, "deletions": 0, "changes": 0}
        body |= {"additions": change.additions, "deletions": change.deletions}
        body["changes"] = change.additions + change.deletions
        if change.patch.count("\n") < _PATCH_LIMIT and len(change.patch.encode()) <= 500_000:
            body["patch"] = change.patch
        return body

    def commit(self, repository: Repository, commit: Commit) -> Json:
        url = f"{self._url(repository)}/commits/{commit.sha}"
        html = f"{self.web}/{repository.full_name}/commit/{commit.sha}"
        person = {"name": commit.author.login, "email": commit.email, "date": commit.date}
        tree = {"sha": commit.tree, "url": f"{self._url(repository)}/git/trees/{commit.tree}"}
        inner = {
            "url": f"{self._url(repository)}/git/commits/{commit.sha}",
            "author": person,
            "committer": person,
            "message": commit.message,
            "comment_count": 0,
            "tree": tree,
        }
        home, page = url.removesuffix(commit.sha), html.removesuffix(commit.sha)
        parents = [{"sha": sha, "url": home + sha, "html_url": page + sha} for sha in commit.parents]
        account = self.account(commit.author)
        return self._make(
            "commit", url=url, html_url=html, sha=commit.sha, node_id=node_id("C", commit.sha[:8]), commit=inner,
            author=account, committer=account, parents=parents,
        )  # fmt: skip

    def file(self, repository: Repository, commit: Commit, path: str, content: bytes) -> Json:
        """A file's content in base 64; above 1 MB GitHub leaves it empty."""
        home, sha = self._url(repository), blob_sha(content)
        small = len(content) <= 1_000_000
        url = f"{home}/contents/{quote(path)}?ref={commit.sha}"
        html = f"{self.web}/{repository.full_name}/blob/{commit.sha}/{quote(path)}"
        git = f"{home}/git/blobs/{sha}"
        return {
            "type": "file",
            "encoding": "base64" if small else "none",
            "content": base64.encodebytes(content).decode() if small else "",
            "size": len(content),
            "name": path.rsplit("/", 1)[-1],
            "path": path,
            "sha": sha,
            "url": url,
            "git_url": git,
            "html_url": html,
            "download_url": f"{self.web}/{repository.full_name}/raw/{commit.sha}/{quote(path)}",
            "_links": {"self": url, "git": git, "html": html},
        }

    def check_run(self, repository: Repository, run: CheckRun) -> Json:
        url = f"{self._url(repository)}/check-runs/{run.id}"
        html = f"{self.web}/{repository.full_name}/runs/{run.id}"
        return self._make(
            "check-run",
            id=run.id,
            node_id=node_id("CR", run.id),
            url=url,
            html_url=html,
            details_url=run.details_url or html,
            name=run.name,
            head_sha=run.head_sha,
            status=run.status,
            conclusion=run.conclusion,
            started_at=run.started,
            completed_at=run.completed,
            external_id=run.external_id,
            check_suite={"id": 1},
            app=self.app(),
            pull_requests=[],
            output={
                "title": run.title,
                "summary": run.summary,
                "text": run.text,
                "annotations_count": len(run.annotations),
                "annotations_url": f"{url}/annotations",
            },
        )

    def run(self, repository: Repository, run: Run) -> Json:
        url = f"{self._url(repository)}/actions/runs/{run.id}"
        commit = repository.commits[run.head_sha]
        person = {"name": commit.author.login, "email": commit.email}
        head = {"id": commit.sha, "tree_id": commit.tree, "message": commit.message, "timestamp": commit.date}
        return self._make(
            "workflow-run",
            id=run.id,
            node_id=node_id("WR", run.id),
            url=url,
            html_url=f"{self.web}/{repository.full_name}/actions/runs/{run.id}",
            head_branch=run.head_branch,
            head_sha=run.head_sha,
            path=run.workflow_path,
            event=run.event,
            status="completed",
            conclusion=run.conclusion,
            run_number=1,
            display_title=commit.message,
            name="listbot",
            created_at=run.created,
            updated_at=run.created,
            artifacts_url=f"{url}/artifacts",
            head_commit={**head, "author": person, "committer": person},
            repository=self.repository(repository, "minimal-repository"),
            head_repository=self.repository(run.head_repository, "minimal-repository"),
            pull_requests=[self._minimal(repository, number) for number in run.pulls],
        )

    def _minimal(self, repository: Repository, number: int) -> Json:
        pull = repository.issues[number].pull
        if pull is None:
            raise LookupError(f"#{number} is no pull request")
        ends = {
            "base": (repository, pull.base_branch, pull.base_sha),
            "head": (pull.head, pull.head_branch, pull.head_sha),
        }
        url = f"{self._url(repository)}/pulls/{number}"
        short = {
            end: {"ref": branch, "sha": sha, "repo": {"id": home.id, "name": home.name, "url": self._url(home)}}
            for end, (home, branch, sha) in ends.items()
        }
        return {"id": pull.issue.id, "number": number, "url": url} | short

    def _url(self, repository: Repository) -> str:
        return f"{self.base}/repos/{repository.full_name}"

    def artifact(self, repository: Repository, artifact: Artifact) -> Json:
        url = f"{self._url(repository)}/actions/artifacts/{artifact.id}"
        return self._make(
            "artifact",
            id=artifact.id,
            node_id=node_id("AR", artifact.id),
            name=artifact.name,
            size_in_bytes=len(artifact.archive),
            url=url,
            archive_download_url=f"{url}/zip",
            expired=artifact.expired,
            created_at=artifact.created,
            updated_at=artifact.created,
            expires_at=artifact.created,
        )

    def _association(self, repository: Repository, account: Account) -> str:
        if account == repository.owner:
            return "OWNER"
        return "COLLABORATOR" if account.login in repository.collaborators else "NONE"

    def _performed_by(self, account: Account) -> Json | None:
        return self.app() if self._names_the_app and account.login == "github-actions[bot]" else None


def patch_of(old: bytes | None, new: bytes | None) -> patches.Change | None:
    """The patch between two contents; None where one is binary."""
    if b"\0" in (old or b"")[:8000] or b"\0" in (new or b"")[:8000]:
        return None
    return patches.change((old or b"").decode("utf-8", "replace"), (new or b"").decode("utf-8", "replace"))


def node_id(kind: str, number: int | str) -> str:
    """The id by which GraphQL knows a thing."""
    return f"{kind}_{number}"


def _moved(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, str]:
    """New path to old path of files that were moved as they are; git also sees moves with changes, this does not."""
    gone = {content: path for path, content in old.items() if path not in new and content}
    return {path: gone[content] for path, content in new.items() if path not in old and content in gone}
