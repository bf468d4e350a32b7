"""Without npm nothing fails and nothing is silent; with it, the description is trimmed to what is served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forge import npm
from tests.forge.contract import Contract
from tests.forge.description import Operation, trim
from tests.forge.routes import TABLE

ROOT = Path(__file__).resolve().parents[1]


def test_a_run_without_npm_says_so_in_its_last_lines(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PATH"} | {"PATH": str(tmp_path)}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "tests/test_forge_toolkit.py",
        "-k",
        "permissions",
    ]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout
    assert "NOT held against what GitHub publishes" in run.stdout
    assert "node is not installed; every test that needs it was skipped" in run.stdout
    assert "1 skipped" in run.stdout


@pytest.mark.skipif(os.name == "nt", reason="the program that stands in for npm is a script of a Unix shell")
def test_an_installation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "npm"
    broken.write_text("#!/bin/sh\necho 'no such thing' >&2\nexit 1\n", "utf-8")
    broken.chmod(0o755)
    (tmp_path / "node").symlink_to(broken)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LISTBOT_NODE_CACHE", str(tmp_path / "cache"))
    with pytest.raises(npm.AbsentError, match="npm install failed: no such thing"):
        npm.modules.__wrapped__()
    assert list(npm.cache().iterdir()) == []


def test_the_trimmed_description_has_what_is_served_and_no_more(contract: Contract) -> None:
    described = contract.description.document
    served = {Operation(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
    assert served == set(TABLE)
    assert len(str(described)) < 1_500_000


def test_trimming_follows_references_and_repairs_what_is_meant() -> None:
    whole = {
        "openapi": "3.0.3",
        "info": {},
        "servers": [],
        "paths": {"/a": {"get": {"$ref": "#/components/x/one"}, "post": {}}, "/b": {"get": {}}},
        "x-webhooks": {"opened": {}, "closed": {}},
        "components": {
            "x": {
                "one": {"enum": ["a"], "nullable": True, "two": {"$ref": "#/components/x/two~1three"}},
                "two/three": {
                    "oneOf": [],
                    "discriminator": {"propertyName": "type"},
                    "back": {"$ref": "#/components/x/one"},
                },
                "four": {},
            }
        },
    }
    kept = trim(whole, [Operation("GET", "/a")], ["opened"])
    assert kept["paths"] == {"/a": {"get": {"$ref": "#/components/x/one"}}}
    assert kept["x-webhooks"] == {"opened": {}}
    assert kept["components"]["x"] == {
        "one": {"enum": ["a", None], "nullable": True, "two": {"$ref": "#/components/x/two~1three"}},
        "two/three": {"oneOf": [], "back": {"$ref": "#/components/x/one"}},
    }


@pytest.mark.parametrize(
    ("path", "template", "variables"),
    [
        ("issues/comments/7", "issues/comments/{comment_id}", {"comment_id": "7"}),
        ("issues/7/comments", "issues/{issue_number}/comments", {"issue_number": "7"}),
        ("contents/docs/a%20b.md", "contents/{path}", {"path": "docs/a%20b.md"}),
        ("commits/feature/x", "commits/{ref}", {"ref": "feature/x"}),
        ("commits/main/check-runs", "commits/{ref}/check-runs", {"ref": "main"}),
    ],
)
def test_a_path_is_the_operation_that_spells_most_of_it(
    contract: Contract, path: str, template: str, variables: dict[str, str]
) -> None:
    match = contract.description.match("GET", f"/repos/o/r/{path}")
    assert match is not None
    assert match.operation == Operation("GET", f"/repos/{{owner}}/{{repo}}/{template}")
    assert match.variables == {"owner": "o", "repo": "r"} | variables
    assert contract.description.match("PUT", f"/repos/o/r/{path}") is None
