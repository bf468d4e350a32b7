"""GitHub's answers, as far as the bot reads them -> plain records. One page of them is one request.

PyGithub's objects ask GitHub again for each field that an answer leaves out, as `pull_request` of an issue that is
none: a request for every row of a list. So lists are read from the answers themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from listbot.bot.api import DeferredError, NoPermissionError, RefusedError
from listbot.bot.observed import Author, Comment, Issue, Pull
from listbot.errors import UsageError

Row = Mapping[str, Any]

_NEXT = re.compile(r'<([^<>]+)>\s*;\s*rel="next"')


def next_page(link: str | None) -> str | None:
    """The address of the next page in a `Link` header (https://docs.github.com/en/rest/using-the-rest-api/
    using-pagination-in-the-rest-api), which is given by the repository's number and not made by us."""
    found = _NEXT.search(link or "")
    return found[1] if found is not None else None


def author(user: Row | None) -> Author:
    """A deleted account is nobody."""
    return Author(user["id"], user["type"] == "Bot") if user is not None else Author(0, False)


def comment(row: Row) -> Comment:
    return Comment(row["id"], author(row["user"]), row["body"] or "", row["node_id"])


def issue(row: Row) -> Issue:
    return Issue(
        number=row["number"],
        id=row["id"],
        author=author(row["user"]),
        title=row["title"],
        body=row["body"] or "",
        is_open=row["state"] == "open",
        is_pull_request="pull_request" in row,
        is_unwanted=row["state"] == "closed" and _is_unwanted(row),
    )


def _is_unwanted(row: Row) -> bool:
    """Whether people have closed an issue for good; as a duplicate we do it too, and `closed_by` may tell."""
    if row.get("state_reason") == "duplicate":
        return author(row.get("closed_by")) != author(row["user"])
    return bool(row.get("state_reason") == "not_planned")


def pull(row: Row) -> Pull:
    head = row["head"]["repo"]
    return Pull(
        number=row["number"],
        head=row["head"]["sha"],
        base=row["base"]["sha"],
        head_repository=head["id"] if head is not None else None,
        base_repository=row["base"]["repo"]["id"],
        is_open=row["state"] == "open",
        base_branch=row["base"]["ref"],
    )


def editors_since(edits: list[Row], own: int) -> list[str]:
    """The logins of those who edited since the account `own` last did. A deleted account has no login."""
    found: list[str] = []
    for edit in sorted(edits, key=lambda edit: str(edit["editedAt"]), reverse=True):
        editor = edit["editor"] or {}
        if editor.get("databaseId") == own:
            break
        found.append(editor.get("login", ""))
    return found


def refusal(error: Row) -> Exception:
    """What an error of GraphQL means to us. One without a type is GitHub's own trouble."""
    kind, message = error.get("type"), error.get("message", "no reason given")
    if kind in ("FORBIDDEN", "NOT_FOUND", "INSUFFICIENT_SCOPES"):
        return NoPermissionError(f"GitHub says no: {message}")
    if kind in (None, "RATE_LIMITED", "SERVICE_UNAVAILABLE", "RESOURCE_LIMITS_EXCEEDED"):
        return DeferredError(f"GitHub cannot answer now ({message}); the next run does what is left")
    return RefusedError(f"GitHub refuses this ({kind}): {message}")


def stranger(author: Author) -> UsageError:
    """A comment that is not known again would be made anew by each run."""
    what = "bot" if author.is_bot else "person and no bot"
    return UsageError(
        f"GITHUB_TOKEN writes as the account {author.id}, a {what}, and not as the bot that was expected; use the "
        "job's own token, or set LISTBOT_BOT_ID to the id of your app's bot account"
    )
