"""Prism in front of a forge: a validator that we did not write, between the client and the fake.

With `--errors` it answers in the place of a client's wrong request or of the forge's wrong answer: 422 and 500 with a
`type` under `https://stoplight.io/prism/errors`.
"""

from __future__ import annotations

import contextlib
import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.forge import npm, processes
from tests.forge.description import Json
from tests.forge.forge import Forge

_PATIENCE = 60  # seconds to start, of which it takes three


@contextlib.contextmanager
def in_front_of(forge: Forge, folder: Path) -> Iterator[str]:
    """The URL of a validating proxy before the forge, whose answers then lead back to the proxy.

    A file's raw content is `text/plain` meanwhile: Prism reads whatever ends in `+json` as JSON.
    """
    written = folder / "description.json"
    written.write_text(json.dumps(document(forge)), "utf-8")
    port = processes.free_port()
    program = npm.modules() / "@stoplight/prism-cli/dist/index.js"
    flags = ["proxy", "--host", "127.0.0.1", "--port", str(port), "--errors"]
    with processes.running(["node", program, *flags, written, forge.url], "Prism is listening", _PATIENCE):
        own = forge.public, forge.raw_media
        forge.public, forge.raw_media = f"http://127.0.0.1:{port}", "text/plain; charset=utf-8"
        try:
            yield forge.public
        finally:
            forge.public, forge.raw_media = own


def document(forge: Forge) -> Json:
    """The forge's description as Prism can use it.

    Without `Link`, which Prism requires and then calls wrong; with lists by a repository's number, where `Link` leads;
    with the raw form of files, and with the path of GraphQL, which GitHub's description does not have.
    """
    written = copy.deepcopy(forge.contract.description.document)
    written["servers"] = [{"url": forge.url}]
    del written["x-webhooks"]
    for template, operations in list(written["paths"].items()):
        for operation in operations.values():
            for response in operation["responses"].values():
                response.get("headers", {}).pop("Link", None)
        if "get" in operations and template.startswith("/repos/{owner}/{repo}/"):
            numbered = template.replace("/repos/{owner}/{repo}", "/repositories/{repository_id}")
            written["paths"][numbered] = {"get": _numbered(operations["get"])}
    files = written["paths"]["/repos/{owner}/{repo}/contents/{path}"]["get"]["responses"]["200"]["content"]
    files["text/plain"] = {"schema": {"type": "string"}}
    written["paths"]["/graphql"] = {"post": _GRAPHQL}
    return written


def _numbered(operation: Json) -> Json:
    own = {"#/components/parameters/owner", "#/components/parameters/repo"}
    kept = [parameter for parameter in operation["parameters"] if parameter.get("$ref") not in own]
    number = {"name": "repository_id", "in": "path", "required": True, "schema": {"type": "integer"}}
    return operation | {"parameters": [*kept, number], "operationId": f"numbered/{operation['operationId']}"}


_GRAPHQL: Json = {
    "operationId": "graphql",
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["query"],
                    "properties": {"query": {"type": "string"}, "variables": {"type": "object", "nullable": True}},
                }
            }
        },
    },
    "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}}},
}


def errors(text: str) -> list[str]:
    """The kinds of fault that Prism found, in an answer's text."""
    return re.findall(r"https://stoplight\.io/prism/errors#([A-Z_]+)", text)
