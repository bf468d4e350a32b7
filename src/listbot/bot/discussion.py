"""The discussion of a pull request in GraphQL: what is asked, how it is read, how it is changed. Pure.

One question answers where the pull request stands and all that was said, so that everything can be looked at again
before each write; one request makes all changes of a run. REST has neither: it takes a request for each list and each
change, and does not tell what is folded. `pull-requests: write` is all that these take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listbot.bot.observed import Author, Comment, Discussion, InlineComment, Review
from listbot.bot.plan import Change, DeleteComment, EditComment, EditInline, Minimize, Unfold

Row = Mapping[str, Any]

_AUTHOR = "author { __typename ... on Bot { databaseId } ... on User { databaseId } }"
_PAGE = "pageInfo { hasNextPage endCursor }"
QUESTION = f"""
query(
  $owner: String!, $name: String!, $number: Int!, $who: Boolean!
  $comments: String, $moreComments: Boolean!
  $threads: String, $moreThreads: Boolean!
  $reviews: String, $moreReviews: Boolean!
) {{
  viewer @include(if: $who) {{ databaseId }}
  repository(owner: $owner, name: $name) {{
    pullRequest(number: $number) {{
      headRefOid
      state
      comments(first: 100, after: $comments) @include(if: $moreComments) {{
        {_PAGE}
        nodes {{ id fullDatabaseId body {_AUTHOR} userContentEdits(last: 1) {{ nodes {{ diff }} }} }}
      }}
      reviewThreads(first: 100, after: $threads) @include(if: $moreThreads) {{
        {_PAGE}
        nodes {{
          isOutdated
          comments(first: 1) {{
            totalCount
            nodes {{ id fullDatabaseId body isMinimized pullRequestReview {{ id }} {_AUTHOR} }}
          }}
        }}
      }}
      reviews(first: 100, after: $reviews) @include(if: $moreReviews) {{
        {_PAGE}
        nodes {{ id body isMinimized {_AUTHOR} }}
      }}
    }}
  }}
}}
"""
"""All of a pull request's discussion, a hundred of each kind at a time."""
EDITORS = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) {
      userContentEdits(first: 50) {
        nodes { editedAt editor { login ... on Bot { databaseId } ... on User { databaseId } } }
      }
    }
  }
}
"""
"""Who edited an issue, the newest edits first."""
_LISTS = (
    ("comments", "comments", "moreComments"),
    ("reviewThreads", "threads", "moreThreads"),
    ("reviews", "reviews", "moreReviews"),
)
"""The lists by name, with the variables that say where to go on and whether to."""

FIRST: Mapping[str, Any] = {cursor: None for _, cursor, _ in _LISTS} | {more: True for *_, more in _LISTS}
"""The variables of the first page."""


def rest(pull: Row) -> dict[str, Any] | None:
    """The variables that ask for what an answer leaves out; None where it leaves out nothing."""
    asked: dict[str, Any] = {}
    for name, cursor, more in _LISTS:
        page = pull[name]["pageInfo"] if name in pull else {"endCursor": None, "hasNextPage": False}
        asked |= {cursor: page["endCursor"], more: page["hasNextPage"]}
    return asked if any(asked[more] for *_, more in _LISTS) else None


def read(pages: Sequence[Row]) -> Discussion:
    """The pages of one question. The last tells where the pull request stands."""

    def rows(name: str) -> list[Row]:
        return [row for page in pages if name in page for row in page[name]["nodes"]]

    return Discussion(
        head=pages[-1]["headRefOid"],
        is_open=pages[-1]["state"] == "OPEN",
        comments=tuple(
            Comment(int(row["fullDatabaseId"]), _author(row), row["body"], row["id"], _first(row))
            for row in rows("comments")
        ),
        inline=tuple(_inline(row) for row in rows("reviewThreads") if row["comments"]["nodes"]),
        reviews=tuple(Review(row["id"], _author(row), row["body"], row["isMinimized"]) for row in rows("reviews")),
    )


def _first(row: Row) -> str:
    """The text that an edited comment began as: edits come newest first, and `diff` holds all of the text. Empty where
    nobody has edited it, or somebody has taken that version away."""
    edits = (row.get("userContentEdits") or {}).get("nodes") or ()
    return next((edit["diff"] or "" for edit in edits), "")


def _inline(thread: Row) -> InlineComment:
    first = thread["comments"]["nodes"][0]
    review = first["pullRequestReview"]
    return InlineComment(
        id=int(first["fullDatabaseId"]),
        node=first["id"],
        author=_author(first),
        body=first["body"],
        outdated=thread["isOutdated"],
        folded=first["isMinimized"],
        answered=thread["comments"]["totalCount"] > 1,
        review=review["id"] if review is not None else None,
    )


def _author(row: Row) -> Author:
    """A deleted account is nobody, and so is what is neither a person nor a bot."""
    author = row["author"] or {}
    return Author(author.get("databaseId") or 0, author.get("__typename") == "Bot")


def mutation(changes: Sequence[Change]) -> tuple[str, dict[str, str]]:
    """One document that makes all the changes, and its variables."""
    declared, fields, variables = [], [], {}
    for number, change in enumerate(changes):
        declared.append(f"$n{number}: ID!")
        variables[f"n{number}"] = change.node
        if isinstance(change, EditComment | EditInline):
            declared.append(f"$b{number}: String!")
            variables[f"b{number}"] = change.body
        fields.append(f"  c{number}: {_field(number, change)} {{ clientMutationId }}")
    return f"mutation({', '.join(declared)}) {{\n" + "\n".join(fields) + "\n}", variables


def _field(number: int, change: Change) -> str:
    match change:
        case EditComment():
            return f"updateIssueComment(input: {{id: $n{number}, body: $b{number}}})"
        case DeleteComment():
            return f"deleteIssueComment(input: {{id: $n{number}}})"
        case EditInline():
            return (
                f"updatePullRequestReviewComment(input: {{pullRequestReviewCommentId: $n{number}, body: $b{number}}})"
            )
        case Minimize():
            return f"minimizeComment(input: {{subjectId: $n{number}, classifier: OUTDATED}})"
        case Unfold():
            return f"unminimizeComment(input: {{subjectId: $n{number}}})"
