"""Reads the examples of rule pages, runs them, and writes a page anew with the output that listbot gives."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

from listbot import engine
from listbot.checks import RULES
from listbot.config import Selection, UserConfig, settle
from listbot.finding import Diagnostic, Edit
from listbot.links.verdict import STRIKES
from listbot.liveness import LinkResult, Reason, Standing, outcome_of
from listbot.output import concise
from listbot.parser import parse
from listbot.rulebook import Page, pages
from listbot.source import Source

_FENCE = re.compile(
    r"^```(?P<kind>markdown good|markdown bad|markdown fixed|text output)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


_LINKS = re.compile(r"^```toml links\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A `markdown` fence of a page, with the fences that follow it."""

    line: int
    good: bool
    text: str
    output: str | None
    fixed: str | None


_DATES = frozenset({"first_seen", "last_alive", "gone_since"})


class Neighbours:
    """The files that stand beside the list in the examples (`rules/broken-path.md` says so)."""

    def exists(self, path: str) -> bool | None:
        return None if path.startswith("..") else path == "CONTRIBUTING.md"

    def is_repository(self) -> bool:
        return True

    def anchors(self, path: str) -> frozenset[str] | None:
        return frozenset({"style"}) if path == "CONTRIBUTING.md" else None


def examples(page: Page) -> list[Example]:
    found: list[Example] = []
    for fence in _FENCE.finditer(page.text):
        kind, body = fence["kind"], fence["body"]
        if kind in ("markdown good", "markdown bad"):
            line = page.text.count("\n", 0, fence.start()) + 1
            found.append(Example(line, kind == "markdown good", body, None, None))
        else:
            field = "output" if kind == "text output" else "fixed"
            found[-1] = found[-1]._replace(**{field: body})
    return found


def checked_links(page: Page) -> dict[str, LinkResult]:
    """What the `toml links` fence of a page says was found; empty where it has none."""
    fence = _LINKS.search(page.text)
    rows = tomllib.loads(fence["body"])["link"] if fence is not None else []
    return {row["url"]: _result(**{name.replace("-", "_"): value for name, value in row.items()}) for row in rows}


def _result(*, url: str, reason: str, **known: Any) -> LinkResult:
    """A row of the fence: dates are days."""
    times = {name: datetime.combine(known.pop(name), time(), UTC).timestamp() for name in _DATES & set(known)}
    strikes = known.pop("strikes", 0)
    standing = Standing(strikes=strikes, dead=strikes >= STRIKES, **times)
    return LinkResult(url, outcome_of(Reason(reason)), Reason(reason), standing=standing, **known)


def diagnostics(rule: str, text: str, **options: Any) -> list[Diagnostic]:
    """What a rule says of a text when all rules run, with their defaults but for its options."""
    from pathlib import Path

    settings = settle(UserConfig({"rules": {rule: options}}, None, Path()), pages(), RULES, Selection())
    document = parse(Source("README.md", text))
    links = checked_links(pages()[rule])
    report = engine.check(document, settings.enabled, Neighbours(), is_list=True, known=pages(), links=links)
    return [diagnostic for diagnostic in report.diagnostics if diagnostic.rule == rule]


def output(found: list[Diagnostic]) -> str:
    return "".join(concise.line("README.md", diagnostic) + "\n" for diagnostic in found)


def apply_safe_fixes(text: str, found: list[Diagnostic]) -> str:
    edits: list[Edit] = [e for d in found if d.fix is not None and d.fix.safe for e in d.fix.edits]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def updated(page: Page) -> str:
    """The page with every `text output` and `markdown fixed` fence as listbot has it now."""
    last_bad = ""

    def fence(match: re.Match[str]) -> str:
        nonlocal last_bad
        kind, body = match["kind"], match["body"]
        if kind == "markdown bad":
            last_bad = body
        elif kind == "text output":
            body = output(diagnostics(page.id, last_bad))
        elif kind == "markdown fixed":
            body = apply_safe_fixes(last_bad, diagnostics(page.id, last_bad))
        return f"```{kind}\n{body}```"

    return _FENCE.sub(fence, page.text)


def index() -> str:
    """`rules/README.md`: every rule with its severities and its summary."""
    rows = [
        f"| [{page.id}]({page.id}.md) | {', '.join(dict.fromkeys(s.value for s in page.severities.values()))} "
        f"| {'lists' if page.scope == 'list' else 'any Markdown'} | {'yes' if page.fixable else ''} | {page.summary} |"
        for page in pages().values()
    ]
    return (
        "# Rules\n\nEach rule has a page; `listbot rule ID` prints it. This index is generated from the pages by "
        "`pytest --update-pages`.\n\n"
        "| rule | severity | speaks in | fixable | finds |\n| --- | --- | --- | --- | --- |\n"
        + "".join(row + "\n" for row in rows)
    )
