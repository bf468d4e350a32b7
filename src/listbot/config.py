"""The user's settings over the pages' defaults -> enabled rules.

Settings stand in `listbot.toml`, or in `[tool.listbot]` of `pyproject.toml`, in the nearest directory upwards from the
file that is checked. No rule is named here: which rules and options there are comes from the rulebook and the checks.
Pydantic is imported only where there is a configuration to validate.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_type_hints

from listbot import inputs
from listbot.errors import ConfigError
from listbot.finding import Severity
from listbot.rule import EnabledRule, Rule
from listbot.rulebook import Page

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

FILE_NAME = "listbot.toml"
DEFAULT_MAX_FILE_SIZE = inputs.MAX_FILE
DEFAULT = "default"
LINKS: Mapping[str, Any] = {"contact": None, "deadline": None, "archive": False}
"""Settings of how links are asked. Those that reach further than the public web are given on the command line only: a
configuration may come with somebody else's change."""
WORDS = "words"
"""A setting of the whole configuration that reaches the rules which have an option of this name."""
_GENERAL: tuple[tuple[str, Any], ...] = (
    ("lists", None),
    ("exclude", []),
    ("max-file-size", DEFAULT_MAX_FILE_SIZE),
    (WORDS, []),
)


class UserConfig(NamedTuple):
    """What a user wrote: validated values under their kebab-case names, and the file they come from."""

    values: Mapping[str, Any]
    origin: str | None
    root: Path
    """The directory to which patterns are relative."""


class Selection(NamedTuple):
    """Which rules the command line asks for; empty where it does not say."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Settings(NamedTuple):
    """The settings in force for a file."""

    enabled: tuple[EnabledRule, ...]
    lists: tuple[str, ...] | None
    """Patterns of the files that are lists; None: decided by looking at each file."""
    exclude: tuple[str, ...]
    max_file_size: int
    root: Path
    links: Mapping[str, Any]
    """How links are asked: the keys of `LINKS`."""
    origins: Mapping[str, tuple[Any, str]]
    """From dotted key to its value and where that comes from."""


def discover(directory: Path) -> Path | None:
    """The configuration file that holds for a directory, or None. The nearest one wins; `listbot.toml` goes first."""
    for candidate in (directory, *directory.parents):
        own = candidate / FILE_NAME
        if own.is_file():
            return own
        project = candidate / "pyproject.toml"
        if project.is_file() and "listbot" in _toml(project).get("tool", {}):
            return project
    return None


def load(path: Path | None, shown: str | None, pages: Mapping[str, Page], rules: Iterable[Rule]) -> UserConfig:
    """Read and validate a configuration file; `path` None means that there is none.

    Raises ConfigError with file, key, what was expected and the nearest valid name.
    """
    if path is None:
        return UserConfig({}, None, Path.cwd())
    shown = shown or str(path)
    content = _toml(path, shown)
    prefix = ""
    if path.name == "pyproject.toml":
        content, prefix = content.get("tool", {}).get("listbot", {}), "tool.listbot."
    if not content:
        return UserConfig({}, shown, path.parent)
    return UserConfig(_validated(content, shown, prefix, pages, rules), shown, path.parent)


def settle(user: UserConfig, pages: Mapping[str, Page], rules: Iterable[Rule], asked: Selection) -> Settings:
    """Defaults, user configuration and command line -> the settings in force. Raises ConfigError for unknown rules."""
    values, origin = user.values, user.origin or DEFAULT
    for names, where in ((asked.select, "--select"), (asked.ignore, "--ignore")):
        known_rules(names, where, pages)
    for key in ("select", "ignore"):
        known_rules(values.get(key) or (), f"{origin}: {key}", pages)
    general: dict[str, tuple[Any, str]] = {}
    for key, default in _GENERAL:
        general[key] = (values[key], origin) if key in values else (default, DEFAULT)
    for key in ("select", "ignore"):
        given = getattr(asked, key)
        if given:
            general[key] = (list(given), f"--{key}")
        else:
            general[key] = (values[key], origin) if key in values else (None, DEFAULT)
    select, ignore = general["select"][0], general["ignore"][0] or ()
    checks = {rule.id: rule for rule in rules}
    enabled: list[EnabledRule] = []
    links = {**LINKS, **(values.get("links") or {})}
    general.update(
        {f"links.{key}": (value, origin if value != LINKS[key] else DEFAULT) for key, value in links.items()}
    )
    origins = dict(general)
    for page in pages.values():
        settings = values.get("rules", {}).get(page.id, {})
        origins.update(_rule_origins(page, settings, origin))
        severity = settings.get("severity")
        wanted = page.id in select if select is not None else severity != "off"
        if wanted and page.id not in ignore:
            enabled.append(_enabled(page, checks.get(page.id), {WORDS: general[WORDS][0], **settings}))
    lists = general["lists"][0]
    return Settings(
        enabled=tuple(enabled),
        lists=tuple(lists) if lists is not None else None,
        exclude=tuple(general["exclude"][0]),
        max_file_size=general["max-file-size"][0],
        root=user.root,
        links=links,
        origins=origins,
    )


def _enabled(page: Page, rule: Rule | None, settings: Mapping[str, Any]) -> EnabledRule:
    severity = settings.get("severity")
    cap = Severity(severity) if severity not in (None, "off") else None
    if rule is None:
        return EnabledRule(page, None, None, cap)
    chosen = {name: settings.get(name, value) for name, value in page.options.items()}
    options = rule.options(**{name.replace("-", "_"): value for name, value in chosen.items()})
    return EnabledRule(page, rule, options, cap)


def _rule_origins(page: Page, settings: Mapping[str, Any], origin: str) -> dict[str, tuple[Any, str]]:
    by_page = f"rules/{page.id}.md"
    grades = {grade: str(severity) for grade, severity in page.severities.items()}
    default = grades.get("", grades)
    named = {
        "severity": settings.get("severity", default),
        **{n: settings.get(n, v) for n, v in page.options.items()},
    }
    return {
        f"rules.{page.id}.{name}": (value, origin if name in settings else by_page) for name, value in named.items()
    }


def known_rules(names: Iterable[str], where: str, pages: Mapping[str, Page]) -> None:
    for name in names:
        if name not in pages:
            raise ConfigError(f"{where}: there is no rule {name!r}{_nearest(name, pages)}")


def _nearest(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, list(names), 1, 0.5)
    return f"; the nearest name is {near[0]!r}" if near else f"; expected one of {', '.join(sorted(names))}"


def _toml(path: Path, shown: str | None = None) -> dict[str, Any]:
    shown = shown or str(path)
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{shown}: not valid TOML: {error}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown}: not UTF-8 at byte offset {error.start}") from None
    except OSError as error:
        raise ConfigError(f"{shown}: this configuration file cannot be read: {error.strerror}") from None


# Validation -----------------------------------------------------------------------------------------------------------


def model(pages: Mapping[str, Page], rules: Iterable[Rule]) -> type[BaseModel]:
    """The configuration as a pydantic model, with a field for every rule and option there is."""
    from typing import Annotated, Literal

    from pydantic import ConfigDict, Field, StringConstraints, create_model

    strict = ConfigDict(extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-"))
    severity = Literal["error", "warning", "hint", "off"]
    names = list[Annotated[str, StringConstraints(pattern=r"\S")]]  # an empty name is a slip
    checks = {rule.id: rule for rule in rules}
    tables: dict[str, Any] = {}
    for page in pages.values():
        rule = checks.get(page.id)
        hints = get_type_hints(rule.options) if rule is not None else {}
        fields: dict[str, Any] = {
            name: (names if hint == list[str] else hint, Field(default=page.options[name.replace("_", "-")]))
            for name, hint in hints.items()
        }
        fields["severity"] = (
            severity,
            Field(default=None, description="caps all grades of the rule; off: none"),
        )
        table = create_model(page.id, __config__=strict, __doc__=page.summary, **fields)
        tables[page.id.replace("-", "_")] = (table, Field(default=None))
    rules_table = create_model("rules", __config__=strict, **tables)
    ids = Literal[tuple(pages)] if pages else str
    return create_model(
        "listbot",
        __config__=strict,
        lists=(list[str], Field(default=None, description="patterns of the files that are lists")),
        exclude=(list[str], Field(default=[], description="patterns of files that are not looked at")),
        max_file_size=(int, Field(default=DEFAULT_MAX_FILE_SIZE, gt=0, description="in bytes")),
        words=(list[str], Field(default=[], description="words that are right, whatever dictionaries say")),
        select=(list[ids], Field(default=None, description="run these rules only")),  # type: ignore[valid-type]  # a type made at run time
        ignore=(list[ids], Field(default=None, description="do not run these rules")),  # type: ignore[valid-type]  # likewise
        links=(_links_table(strict), Field(default=None)),
        rules=(rules_table, Field(default=None)),
    )


def _links_table(strict: Any) -> type[BaseModel]:
    from pydantic import Field, create_model

    return create_model(
        "links",
        __config__=strict,
        __doc__="How links are asked.",
        contact=(str, Field(default=None, description="a URL or address in the User-Agent, for whoever is asked")),
        deadline=(str, Field(default=None, description="stop after 120s, 10m or 1h")),
        archive=(bool, Field(default=False, description="look for archived copies of what is gone")),
    )


def _validated(
    content: dict[str, Any], shown: str, prefix: str, pages: Mapping[str, Page], rules: Iterable[Rule]
) -> dict[str, Any]:
    from pydantic import ValidationError

    schema = model(pages, rules)
    try:
        return schema.model_validate(content).model_dump(by_alias=True, exclude_unset=True)
    except ValidationError as error:
        raise ConfigError(f"{shown}: {_sentence(error, prefix, schema)}") from None


def _sentence(error: ValidationError, prefix: str, schema: type[BaseModel]) -> str:
    first = error.errors()[0]
    location = [str(part) for part in first["loc"]]
    key = prefix + ".".join(location)
    if first["type"] == "extra_forbidden":
        return f"unknown key {key!r}{_nearest(location[-1], _names_at(schema, location[:-1]))}"
    given = repr(first["input"])
    given = given if len(given) <= 60 else given[:57] + "..."
    if first["type"] == "string_pattern_mismatch":
        return f"{key!r} is {given}: a name is expected"
    listed = f"; write [{given}]" if first["type"] == "list_type" and isinstance(first["input"], str) else ""
    return f"{key!r} is {given}: {first['msg'][0].lower()}{first['msg'][1:]}{listed}{_closest(first)}"


def _closest(first: Any) -> str:
    expected = first.get("ctx", {}).get("expected", "")
    names = [name.strip("' ") for name in expected.replace(" or ", ",").split(",")] if expected else []
    near = get_close_matches(str(first["input"]), names, 1, 0.5)
    return f"; the nearest is {near[0]!r}" if near else ""


def _names_at(schema: type[BaseModel], location: list[str]) -> list[str]:
    for part in location:
        annotation: Any = schema.model_fields[part.replace("-", "_")].annotation
        schema = annotation
    return [field.alias or name for name, field in schema.model_fields.items()]
