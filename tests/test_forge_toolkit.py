"""Against what GitHub publishes beside its description: its toolkit's workflow commands, its table of permissions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.output.github import command
from tests.forge import toolkit
from tests.forge.routes import TABLE

pytestmark = pytest.mark.usefixtures("node_modules")

pieces = st.sampled_from(
    [",", ":", "%", "%0A", "%25", "\r", "\n", "::error::x", "##[error]x", "=", "]", ";", "\x00", "é🎉\u2028"]
)
texts = st.lists(pieces | st.text(min_size=1, max_size=8), min_size=1, max_size=6).map("".join)
properties = st.fixed_dictionaries({"title": texts, "file": texts, "line": st.integers(1, 99).map(str)})
asked = st.tuples(st.sampled_from(["error", "warning", "notice"]), properties, texts)


@given(st.lists(asked, min_size=40, max_size=120))
@settings(max_examples=5)
def test_workflow_commands_are_spelt_as_the_toolkit_spells_them(
    commands: list[tuple[str, dict[str, str], str]],
) -> None:
    assert [command(*ours) + "\n" for ours in commands] == toolkit.commands(commands)


def test_operations_take_the_permissions_that_github_names() -> None:
    documented = toolkit.permissions()
    strangers = []
    for operation, (_, needs) in TABLE.items():
        allowing = documented.get(toolkit.nameless(operation))
        if allowing is None:
            strangers.append(str(operation))
        elif needs:
            assert set(needs) <= allowing, operation
        else:
            # Comments and labels go by what they hang on; the rate limit takes nothing.
            assert {need.name for need in allowing} <= {"issues", "pull-requests", "metadata"}, operation
    assert strangers == [
        "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
        "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
        "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
        "GET /user",
        "GET /repos/{owner}/{repo}/compare/{basehead}",
    ]
