"""Files of a repository in GraphQL: many versions of many files in one question. Pure.

REST takes a request for each version of each file. An answer is believed where the text's own hash is the one that git
has: GitHub cuts long texts and reads some encodings as it likes, and such a file is fetched by its hash (`blob`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from listbot.bot.observed import At, Merge

Row = Mapping[str, Any]

_BLOB = "__typename ... on Blob { oid byteSize isTruncated text }"
_MERGE = "potentialMergeCommit { oid parents(first: 3) { nodes { oid } } }"


def question(wanted: Sequence[At]) -> tuple[str, dict[str, str]]:
    """One document that asks for all the files, and its variables beside `owner`, `name`, `number` and `pull`.

    With `pull` it also asks how GitHub would merge the pull request `number`.
    """
    declared = "".join(f", $e{number}: String!" for number in range(len(wanted)))
    fields = "".join(f"    f{number}: object(expression: $e{number}) {{ {_BLOB} }}\n" for number in range(len(wanted)))
    document = (
        f"query($owner: String!, $name: String!, $number: Int!, $pull: Boolean!{declared}) {{\n"
        "  repository(owner: $owner, name: $name) {\n"
        f"    pullRequest(number: $number) @include(if: $pull) {{ {_MERGE} }}\n{fields}  }}\n}}"
    )
    return document, {f"e{number}": f"{at.commit}:{at.path}" for number, at in enumerate(wanted)}


def blobs(answer: Row, wanted: Sequence[At]) -> dict[At, Row]:
    """The files that there are. What stands under a path and is a directory or a submodule is none."""
    found = {at: answer[f"f{number}"] for number, at in enumerate(wanted)}
    return {at: row for at, row in found.items() if row is not None and row["__typename"] == "Blob"}


def text_of(row: Row) -> bytes | None:
    """A file as it is; None where the answer does not hold it byte by byte."""
    if row["text"] is None or row["isTruncated"]:
        return None
    content = str(row["text"]).encode("utf-8", "surrogatepass")
    return content if row["oid"] == _name_of(content, len(row["oid"])) else None


def merge(answer: Row) -> Merge | None:
    """How GitHub would merge the pull request that was asked about; None where it does not know, or cannot."""
    commit = (answer.get("pullRequest") or {}).get("potentialMergeCommit")
    parents = [parent["oid"] for parent in commit["parents"]["nodes"]] if commit is not None else []
    return Merge(commit["oid"], *parents) if commit is not None and len(parents) == 2 else None


def _name_of(content: bytes, length: int) -> str:
    """What git calls a file, in as many hexadecimal digits as its repository uses."""
    made = hashlib.sha256() if length == 64 else hashlib.sha1(usedforsecurity=False)
    made.update(b"blob %d\0" % len(content) + content)
    return made.hexdigest()
