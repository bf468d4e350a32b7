"""Reads the rule pages: `rules/<rule-id>.md`.

A page owns what a rule is called, how grave it is and what its options are by default; the check owns the types. The
first `toml rule` fence of a page holds:

    severity = "error"              # or a table [severity] from grade to severity
    scope = "list"                  # or "markdown": speaks in any Markdown file
    yields-to = ["malformed-link"]  # where findings overlap, or the named rules' explain this one's, theirs stand
    from-afar = true                # a change in one line can cause a finding on another (default: false)
    fixes = ["targets"]             # what its fixes may change, in the words of `proof.DECLARATIONS`
    [options]                       # names and default values

What the safe fixes make of an example stands in a `markdown fixed` fence, what the unsafe ones make in `markdown fixed
unsafe`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from listbot.errors import InternalError
from listbot.finding import Severity
from listbot.tables import rules_dir

_FENCE = re.compile(r"^```toml rule\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FIXED = re.compile(r"^```markdown fixed(?P<unsafe> unsafe)?$", re.MULTILINE)
_HEAD = re.compile(r"# (?P<id>[a-z][a-z-]*)\n\n(?P<summary>[^\n]+)\n")


class Page(NamedTuple):
    """One rule's page."""

    id: str
    summary: str
    severities: Mapping[str, Severity]
    """From grade to severity; the only key is `""` where the rule has one grade."""
    scope: str
    yields_to: tuple[str, ...]
    options: Mapping[str, Any]
    fixable: bool
    """Whether it has safe fixes: an example shows one."""
    text: str
    from_afar: bool = False
    """Whether a change elsewhere in the file can cause a finding; then it is new on a line that did not change, too.
    Rules that learn from the rest of the list say no: their majority may tip over, and the line is as good as it was.
    """
    fixes: frozenset[str] = frozenset()
    """What the rule's fixes may change; `proof` explains the words. Empty where it has none."""
    fixable_unsafely: bool = False
    """Whether it has fixes that need somebody's consent."""

    @property
    def fixability(self) -> str:
        """`fixable`, `fixable with --unsafe-fixes` or nothing: what a list of rules says."""
        if self.fixable:
            return "fixable"
        return "fixable with --unsafe-fixes" if self.fixable_unsafely else ""


@cache
def pages() -> Mapping[str, Page]:
    """All pages by rule id, in alphabetical order.

    Raises InternalError where a page is not of the form above: pages are part of the program.
    """
    files = sorted(path for path in rules_dir().glob("*.md") if path.name != "README.md")
    return {path.stem: read_page(path.stem, path.read_text("utf-8")) for path in files}


def read_page(rule: str, text: str) -> Page:
    """Read one page. Raises InternalError with the reason where it is malformed."""
    head, fence = _HEAD.match(text), _FENCE.search(text)
    if head is None or head["id"] != rule:
        raise InternalError(f"rules/{rule}.md: expected '# {rule}', a blank line and a one-line summary")
    if fence is None:
        raise InternalError(f"rules/{rule}.md: expected a fence opened by '```toml rule'")
    try:
        front = tomllib.loads(fence[1])
        severity = front["severity"]
        fixed = {bool(fence["unsafe"]) for fence in _FIXED.finditer(text)}
        grades = severity if isinstance(severity, dict) else {"": severity}
        return Page(
            id=rule,
            summary=head["summary"],
            severities={grade: Severity(value) for grade, value in grades.items()},
            scope=front["scope"],
            yields_to=tuple(front.get("yields-to", ())),
            options=front.get("options", {}),
            fixes=frozenset(front.get("fixes", ())),
            fixable=False in fixed,
            fixable_unsafely=True in fixed,
            text=text,
            from_afar=front.get("from-afar", False),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise InternalError(f"rules/{rule}.md: its 'toml rule' fence cannot be read: {error}") from error
