"""git's objects, so that a commit here has the very SHA that git gives it, and a working copy can be made of it.

The format of an object is a header `kind size\\0` before its content; its name is the SHA-1 of both
(https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple


class Object(NamedTuple):
    """An object's name and its bytes, header included."""

    sha: str
    content: bytes

    def write(self, git: Path) -> None:
        """Store it in the folder `.git`, where it is not yet."""
        path = git / "objects" / self.sha[:2] / self.sha[2:]
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(zlib.compress(self.content, 1))


def made(kind: str, content: bytes) -> Object:
    """An object of the kind `blob`, `tree` or `commit`."""
    whole = b"%s %d\0" % (kind.encode(), len(content)) + content
    return Object(hashlib.sha1(whole, usedforsecurity=False).hexdigest(), whole)


def blob_sha(content: bytes) -> str:
    """The name of a file of this content."""
    return made("blob", content).sha


def trees(files: Mapping[str, bytes]) -> list[Object]:
    """The objects of a state of all files, the root of the tree last."""
    folders: dict[str, dict[str, bytes]] = {}
    entries = []
    found: list[Object] = []
    for path, content in files.items():
        top, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(top, {})[rest] = content
        else:
            found.append(made("blob", content))
            entries.append((top, b"100644", found[-1].sha))
    for name, inner in folders.items():
        found += trees(inner)
        entries.append((f"{name}/", b"40000", found[-1].sha))
    # git sorts a folder as if its name ended in a slash.
    written = b"".join(
        mode + b" " + name.removesuffix("/").encode() + b"\0" + bytes.fromhex(sha)
        for name, mode, sha in sorted(entries, key=lambda entry: entry[0].encode())
    )
    return [*found, made("tree", written)]


def commit(tree: str, parents: Iterable[str], author: str, seconds: int, message: str) -> Object:
    """A commit by `Name <email>` at a moment in seconds since 1970, in UTC."""
    lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
    lines += [f"{role} {author} {seconds} +0000" for role in ("author", "committer")]
    return made("commit", "\n".join([*lines, "", message, ""]).encode())
