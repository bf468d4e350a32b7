"""GitHub's OpenAPI description, trimmed to the operations that are served here and the webhooks that are sent.

The whole is 13 MB and takes a second to walk; what is served here is a tenth of it. The trimmed copy is cached beside
`node_modules` and keyed by what it was trimmed to.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from tests.forge import npm

Json = dict[str, Any]

_ALSO_NULL = {
    "pull-request-review-comment": ("line", "position"),  # null is how GitHub says that a comment is outdated
    "issue-search-result-item": ("body",),  # null where nothing was written, as in `issue`
    "pull-request": ("head.repo",),  # null once the fork has been deleted
    "pull-request-simple": ("head.repo",),
}
"""Fields that are null in GitHub's answers and not in its description."""


class Operation(NamedTuple):
    """One method of one path, `GET /repos/{owner}/{repo}`."""

    method: str
    template: str

    def __str__(self) -> str:
        return f"{self.method} {self.template}"


class Match(NamedTuple):
    """An operation, and what stood where its template has variables."""

    operation: Operation
    variables: dict[str, str]


class Description:
    """A trimmed description: which operation a request is, and where its schemas stand."""

    def __init__(self, document: Json) -> None:
        self.document = document

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], Operation]]:
        found = [
            (_pattern(template), Operation(method.upper(), template))
            for template, methods in self.document["paths"].items()
            for method in methods
        ]
        # What is spelt out goes before what is variable: `/issues/comments` before `/issues/{issue_number}`.
        return sorted(found, key=lambda pair: (pair[1].template.count("{"), -len(pair[1].template)))

    def match(self, method: str, path: str) -> Match | None:
        """The operation of a request's method and path (without the query, still percent-encoded)."""
        for pattern, operation in self._patterns:
            if operation.method == method and (found := pattern.fullmatch(path)):
                return Match(operation, found.groupdict())
        return None

    def operation(self, operation: Operation) -> Json:
        """The description's own object for an operation."""
        described: Json = self.document["paths"][operation.template][operation.method.lower()]
        return described

    def resolve(self, node: Json) -> Json:
        """The node itself, or what its `$ref` points to."""
        while "$ref" in node:
            target: Any = self.document
            for part in _parts(node["$ref"]):
                target = target[part]
            node = target
        return node

    def schema(self, name: str) -> Json:
        """A named schema of the description."""
        schema: Json = self.document["components"]["schemas"][name]
        return schema


def load(operations: Iterable[Operation], webhooks: Iterable[str]) -> Description:
    """GitHub's description of these operations and webhooks. Raises `npm.AbsentError`."""
    wanted = sorted(map(str, operations)) + sorted(webhooks)
    key = hashlib.sha256("\n".join([*wanted, Path(__file__).read_text("utf-8")]).encode()).hexdigest()[:12]
    cached = npm.cache() / f"description-{key}.json"
    if not cached.is_file():
        whole = npm.modules() / "@octokit/openapi/generated/api.github.com.json"
        trimmed = trim(json.loads(whole.read_bytes()), operations, webhooks)
        unready = cached.with_suffix(f".{os.getpid()}")
        unready.write_text(json.dumps(trimmed), "utf-8")
        unready.replace(cached)
    return Description(json.loads(cached.read_bytes()))


def trim(whole: Json, operations: Iterable[Operation], webhooks: Iterable[str]) -> Json:
    """The part of the description that these operations and webhooks reach, repaired."""
    kept: Json = {"openapi": whole["openapi"], "info": whole["info"], "servers": whole["servers"], "paths": {}}
    for method, template in operations:
        kept["paths"].setdefault(template, {})[method.lower()] = whole["paths"][template][method.lower()]
    kept["x-webhooks"] = {name: whole["x-webhooks"][name] for name in webhooks}
    _follow(whole, kept)
    _repair(kept)
    schemas = kept.get("components", {}).get("schemas", {})
    for name in _ALSO_NULL.keys() & schemas.keys():
        for path in _ALSO_NULL[name]:
            _allow_null(schemas, name, path.split("."))
    return kept


def _follow(whole: Json, kept: Json) -> None:
    """Copy into `kept` whatever it refers to, until nothing is missing."""
    waiting = list(_references(kept))
    seen: set[str] = set()
    while waiting:
        pointer = waiting.pop()
        if pointer in seen:
            continue
        seen.add(pointer)
        source, target = whole, kept
        *path, last = _parts(pointer)
        for part in path:
            source, target = source[part], target.setdefault(part, {})
        target[last] = source[last]
        waiting.extend(_references(source[last]))


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def _repair(node: Any) -> None:
    """What a validator takes literally and GitHub does not mean.

    `nullable: true` beside an enumeration allows null though the enumeration has none; a `discriminator` is a hint for
    generators, and the one of file contents names a field of what may be an array.
    """
    if isinstance(node, dict):
        if node.get("nullable") and isinstance(node.get("enum"), list) and None not in node["enum"]:
            node["enum"].append(None)
        if isinstance(node.get("discriminator"), dict):
            del node["discriminator"]
        for child in node.values():
            _repair(child)
    elif isinstance(node, list):
        for child in node:
            _repair(child)


def _allow_null(schemas: Json, name: str, path: list[str]) -> None:
    """Let a field of a schema be null; what it refers to is written out, for a reference cannot be nullable."""
    *outer, last = path
    fields = schemas[name]["properties"]
    for part in outer:
        fields = fields[part]["properties"]
    described = fields[last]
    if "$ref" in described:
        described = schemas[_parts(described["$ref"])[-1]]
    fields[last] = described | {"nullable": True}


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.removeprefix("#/").split("/")]


def _pattern(template: str) -> re.Pattern[str]:
    """A path's variables match one segment; a file's path and a git reference may hold slashes."""
    deep = {"path", "ref", "basehead"}
    pieces = re.split(r"\{([^}]+)\}", template)
    return re.compile(
        "".join(
            re.escape(piece) if index % 2 == 0 else f"(?P<{piece}>{'.+' if piece in deep else '[^/]+'})"
            for index, piece in enumerate(pieces)
        )
    )
