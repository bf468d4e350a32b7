"""The JSON of issues, pull requests and what is said about them, in the description's shapes."""

from __future__ import annotations

from typing import Any

from tests.forge.description import Json
from tests.forge.pull import Pull
from tests.forge.records import Issue, Remark, Review, ReviewRemark
from tests.forge.repository_bodies import RepositoryBodies, node_id
from tests.forge.world import Repository

_APP_ID = 15368
_PATCH_LIMIT = 20_000  # lines; above it, or above 500 kB, GitHub leaves the patch out


class Bodies(RepositoryBodies):
    """All bodies that the routes answer with."""

    def issue(self, repository: Repository, issue: Issue, schema: str = "issue", **more: Any) -> Json:
        """An issue; a pull request shows here as an issue with the key `pull_request`."""
        url = f"{self._url(repository)}/issues/{issue.number}"
        kind = "pull" if issue.pull else "issues"
        body = self._make(
            schema,
            url=url,
            html_url=f"{self.web}/{repository.full_name}/{kind}/{issue.number}",
            repository_url=self._url(repository),
            id=issue.id,
            node_id=node_id("PR" if issue.pull else "I", issue.id),
            number=issue.number,
            title=issue.title,
            body=issue.body,
            user=self.account(issue.author),
            state=issue.state,
            state_reason=issue.state_reason,
            labels=[self.label(repository, name) for name in issue.labels],
            locked=issue.locked,
            comments=len(repository.comments_of(issue.number)),
            created_at=issue.created,
            updated_at=issue.updated,
            closed_at=issue.closed,
            author_association=self._association(repository, issue.author),
            performed_via_github_app=self._performed_by(issue.author),
            assignees=[],
            active_lock_reason=None,
            reactions=self._make("reaction-rollup", url=f"{url}/reactions"),
            **more,
        )
        if issue.pull:
            pull = f"{self._url(repository)}/pulls/{issue.number}"
            html = body["html_url"]
            links = {"url": pull, "html_url": html, "diff_url": f"{html}.diff", "patch_url": f"{html}.patch"}
            body["pull_request"] = links
        return body

    def closed_issue(self, repository: Repository, issue: Issue) -> Json:
        """An issue with who closed it, which neither a search nor an event tells."""
        by = self.account(issue.closed_by) if issue.closed_by is not None else None
        return self.issue(repository, issue, closed_by=by)

    def remark(self, repository: Repository, remark: Remark) -> Json:
        """A comment under an issue or pull request."""
        home = f"{self._url(repository)}/issues"
        kind = "pull" if repository.issues[remark.number].pull else "issues"
        return self._make(
            "issue-comment",
            url=f"{home}/comments/{remark.id}",
            html_url=f"{self.web}/{repository.full_name}/{kind}/{remark.number}#issuecomment-{remark.id}",
            issue_url=f"{home}/{remark.number}",
            id=remark.id,
            node_id=node_id("IC", remark.id),
            user=self.account(remark.author),
            body=remark.body,
            created_at=remark.created,
            updated_at=remark.updated,
            author_association=self._association(repository, remark.author),
            performed_via_github_app=self._performed_by(remark.author),
            reactions=self._make("reaction-rollup", url=f"{home}/comments/{remark.id}/reactions"),
            minimized={"reason": remark.minimized.lower()} if remark.minimized else None,
        )

    def pull(self, pull: Pull, schema: str = "pull-request") -> Json:
        repository, issue = pull.repository, pull.issue
        url = f"{self._url(repository)}/pulls/{pull.number}"
        html = f"{self.web}/{repository.full_name}/pull/{pull.number}"
        issue_url = f"{self._url(repository)}/issues/{pull.number}"
        links = {
            "self": url,
            "html": html,
            "issue": issue_url,
            "comments": f"{issue_url}/comments",
            "review_comments": f"{url}/comments",
            "review_comment": f"{self._url(repository)}/pulls/comments{{/number}}",
            "commits": f"{url}/commits",
            "statuses": f"{self._url(repository)}/statuses/{pull.head_sha}",
        }
        full = {}
        if schema == "pull-request":
            files = self.files(pull)
            full = {
                "additions": sum(file["additions"] for file in files),
                "deletions": sum(file["deletions"] for file in files),
                "changed_files": len(files),
                "commits": len(pull.commits),
                "comments": len(pull.comments),
                "review_comments": len(pull.review_comments),
                "mergeable": None if pull.merged else True,
                "mergeable_state": "unknown" if pull.merged else "clean",
                "merged": pull.merged is not None,
                "maintainer_can_modify": pull.head is not repository,
            }
        return self._make(
            schema,
            url=url,
            html_url=html,
            issue_url=issue_url,
            comments_url=links["comments"],
            review_comment_url=links["review_comment"],
            id=issue.id,
            node_id=node_id("PR", issue.id),
            number=pull.number,
            title=issue.title,
            body=issue.body,
            user=self.account(issue.author),
            state=issue.state,
            locked=issue.locked,
            draft=False,
            created_at=issue.created,
            updated_at=issue.updated,
            closed_at=issue.closed,
            merged_at=issue.closed if pull.merged else None,
            merge_commit_sha=None,
            labels=[self.label(repository, name) for name in issue.labels],
            author_association=self._association(repository, issue.author),
            base=self._end(repository, pull.base_branch, pull.base_sha),
            head=self._end(pull.head, pull.head_branch, pull.head_sha) | ({"repo": None} if pull.head_gone else {}),
            _links={name: {"href": target} for name, target in links.items()},
            **full,
        )

    def _end(self, repository: Repository, branch: str, sha: str) -> Json:
        return {
            "label": f"{repository.owner.login}:{branch}",
            "ref": branch,
            "sha": sha,
            "user": self.account(repository.owner),
            "repo": self.repository(repository),
        }

    def files(self, pull: Pull) -> list[Json]:
        """What a pull request changes, by path, at most 3,000 files."""
        commits = pull.repository.commits
        return self.changed(pull.repository, commits[pull.merge_base], commits[pull.head_sha])

    def review(self, pull: Pull, review: Review) -> Json:
        url = f"{self.base}/repos/{pull.repository.full_name}/pulls/{pull.number}"
        html = f"{self.web}/{pull.repository.full_name}/pull/{pull.number}#pullrequestreview-{review.id}"
        return self._make(
            "pull-request-review",
            id=review.id,
            node_id=node_id("PRR", review.id),
            user=self.account(review.author),
            body=review.body,
            state=review.state,
            html_url=html,
            pull_request_url=url,
            commit_id=review.commit,
            submitted_at=review.submitted,
            author_association=self._association(pull.repository, review.author),
            _links={"html": {"href": html}, "pull_request": {"href": url}},
        )

    def review_remark(self, repository: Repository, remark: ReviewRemark) -> Json:
        """A comment on a line; `line` and `position` are null once it is outdated."""
        home = f"{self._url(repository)}/pulls"
        url = f"{home}/comments/{remark.id}"
        html = f"{self.web}/{repository.full_name}/pull/{remark.number}#discussion_r{remark.id}"
        body = self._make(
            "pull-request-review-comment",
            url=url,
            html_url=html,
            pull_request_url=f"{home}/{remark.number}",
            id=remark.id,
            node_id=node_id("PRRC", remark.id),
            pull_request_review_id=remark.review,
            user=self.account(remark.author),
            body=remark.body,
            path=remark.path,
            commit_id=remark.commit,
            original_commit_id=remark.commit,
            diff_hunk=remark.hunk,
            created_at=remark.created,
            updated_at=remark.updated,
            line=remark.line,
            original_line=remark.original_line,
            side=remark.side,
            start_line=remark.start_line,
            start_side=remark.start_side,
            position=remark.position,
            original_position=remark.original_position,
            subject_type=remark.subject,
            author_association=self._association(repository, remark.author),
            _links={"self": {"href": url}, "html": {"href": html}, "pull_request": {"href": f"{home}/{remark.number}"}},
        )
        return body | ({"in_reply_to_id": remark.reply_to} if remark.reply_to else {})
