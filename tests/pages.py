"""Reads the examples of rule pages, runs them, and writes a page anew with the output that listbot gives."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

from listbot import engine, fixer
from listbot.checks import RULES
from listbot.config import Selection, UserConfig, settle
from listbot.finding import Diagnostic
from listbot.links.verdict import STRIKES
from listbot.liveness import LinkResult, Notice, Publication, Reason, Record, Standing, outcome_of
from listbot.output import concise
from listbot.parser import parse
from listbot.rulebook import Page, pages
from listbot.source import Source

_FENCE = re.compile(
    r"^```(?P<kind>toml options|"
    r"markdown good|markdown bad|markdown fixed unsafe|markdown fixed|text output)\n(?P<body>.*?)^```$",
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
    """What the safe fixes make of it."""
    fixed_unsafely: str | None
    """What all fixes make of it."""
    options: Mapping[str, Any]
    """The rule's options, from a `toml options` fence before it."""


_FIELDS = {"text output": "output", "markdown fixed": "fixed", "markdown fixed unsafe": "fixed_unsafely"}


_DATES = frozenset({"first_seen", "last_alive", "gone_since"})


class Neighbours:
    """The files that stand beside the list in the examples (`rules/broken-path.md` says so)."""

    def exists(self, path: str) -> bool | None:
        return None if path.startswith("..") else path == "CONTRIBUTING.md"

    def is_repository(self) -> bool:
        return True

    def anchors(self, path: str) -> frozenset[str] | None:
        return frozenset({"style"}) if path == "CONTRIBUTING.md" else None

    def read(self, path: str) -> str | None:  # noqa: ARG002 - no such file
        return None

    def names(self, path: str) -> frozenset[str]:  # noqa: ARG002 - no such file
        return frozenset()


def examples(page: Page) -> list[Example]:
    found: list[Example] = []
    options: Mapping[str, Any] = {}
    for fence in _FENCE.finditer(page.text):
        kind, body = fence["kind"], fence["body"]
        if kind == "toml options":
            options = tomllib.loads(body)
        elif kind in ("markdown good", "markdown bad"):
            line = page.text.count("\n", 0, fence.start()) + 1
            found.append(Example(line, kind == "markdown good", body, None, None, None, options))
            options = {}
        else:
            found[-1] = found[-1]._replace(**{_FIELDS[kind]: body})
    return found


def checked_links(page: Page) -> dict[str, LinkResult]:
    """What the `toml links` fence of a page says was found; empty where it has none."""
    fence = _LINKS.search(page.text)
    rows = tomllib.loads(fence["body"])["link"] if fence is not None else []
    return {row["url"]: _result(**{name.replace("-", "_"): value for name, value in row.items()}) for row in rows}


def _result(*, url: str, reason: str, **known: Any) -> LinkResult:
    """A row of the fence: dates are days, `record` is what a registry told."""
    times = {name: datetime.combine(known.pop(name), time(), UTC).timestamp() for name in _DATES & set(known)}
    strikes = known.pop("strikes", 0)
    if "record" in known:
        known["record"] = _record(**known["record"])
    standing = Standing(strikes=strikes, dead=strikes >= STRIKES, **times)
    return LinkResult(url, outcome_of(Reason(reason)), Reason(reason), standing=standing, **known)


def _record(**told: Any) -> Record:
    told = {name.replace("-", "_"): value for name, value in told.items()}
    notice = Notice(**told.pop("notice")) if "notice" in told else None
    there = told.pop("publication", None)
    publication = Publication(**there | {"authors": tuple(there.get("authors", ()))}) if there is not None else None
    return Record(**told | {"authors": tuple(told.get("authors", ())), "notice": notice, "publication": publication})


def look_for(rule: str, **options: Any) -> fixer.Look:
    """What a rule says of a text when all rules run, with their defaults but for its options."""
    from pathlib import Path

    settings = settle(UserConfig({"rules": {rule: options}}, None, Path()), pages(), RULES, Selection())
    links = checked_links(pages()[rule])

    def look(source: Source) -> fixer.View:
        document = parse(source)
        report = engine.check(document, settings.enabled, Neighbours(), is_list=True, known=pages(), links=links)
        return fixer.View(document, report._replace(diagnostics=tuple(d for d in report.diagnostics if d.rule == rule)))

    return look


def diagnostics(rule: str, text: str, **options: Any) -> list[Diagnostic]:
    """The diagnostics of one rule, as `look_for` sees them."""
    return list(look_for(rule, **options)(Source("README.md", text)).report.diagnostics)


def output(found: list[Diagnostic]) -> str:
    return "".join(concise.line("README.md", diagnostic) + "\n" for diagnostic in found)


def fixed(rule: str, text: str, *, unsafe: bool = False, **options: Any) -> str:
    """What a rule's fixes make of a text, proved."""
    look = look_for(rule, **options)
    result = fixer.fix(look(Source("README.md", text)), look, fixer.Choice(unsafe), pages())
    return result.after.document.source.text


def updated(page: Page) -> str:
    """The page with every `text output` and `markdown fixed` fence as listbot has it now."""
    last_bad = ""
    options: Mapping[str, Any] = {}
    last_options: Mapping[str, Any] = {}

    def fence(match: re.Match[str]) -> str:
        nonlocal last_bad, last_options, options
        kind, body = match["kind"], match["body"]
        if kind == "toml options":
            options = tomllib.loads(body)
        elif kind in ("markdown good", "markdown bad"):
            last_bad, last_options, options = body, options, {}
        elif kind == "text output":
            body = output(diagnostics(page.id, last_bad, **last_options))
        elif kind.startswith("markdown fixed"):
            body = fixed(page.id, last_bad, unsafe=kind.endswith("unsafe"), **last_options)
        return f"```{kind}\n{body}```"

    return _FENCE.sub(fence, page.text)


_FIXABLE = {"fixable": "yes", "fixable with --unsafe-fixes": "with `--unsafe-fixes`", "": ""}


def index() -> str:
    """`rules/README.md`: every rule with its severities and its summary."""
    rows = [
        f"| [{page.id}]({page.id}.md) | {', '.join(dict.fromkeys(s.value for s in page.severities.values()))} "
        f"| {'lists' if page.scope == 'list' else 'any Markdown'} | {_FIXABLE[page.fixability]} | {page.summary} |"
        for page in pages().values()
    ]
    return (
        "# Rules\n\nEach rule has a page; `listbot rule ID` prints it. This index is generated from the pages by "
        "`pytest --update-pages`.\n\n"
        "| rule | severity | speaks in | fixable | finds |\n| --- | --- | --- | --- | --- |\n"
        + "".join(row + "\n" for row in rows)
    )
