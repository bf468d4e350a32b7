"""The project's own words in a configuration file: put in as text, so that comments and order stay.

Every change is read back before it is given out: the file must say what it said, with the words and nothing else more.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

from listbot.errors import ConfigError

_KEY = "words"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def is_word(text: str) -> bool:
    """Whether a text is one word, as `typo` could find it."""
    return _WORD.fullmatch(text) is not None


def accepted(words: Iterable[str]) -> frozenset[str]:
    """Words in lower case, and the parts of those with a hyphen, because each part of such a word is judged."""
    lowered = [word.lower() for word in words]
    return frozenset(lowered) | {part for word in lowered for part in word.split("-")}


def added(text: str, words: Iterable[str], table: Sequence[str], shown: str) -> str:
    """The text of a configuration file with words put in, sorted behind those that it has; unchanged where it has all.

    `table` leads to listbot's settings: empty for `listbot.toml`. Raises ConfigError, under the name `shown`, where the
    file is no TOML or is written in a way that cannot be extended safely.
    """
    before = _read(text, shown)
    present = _settings(before, table).get(_KEY, [])
    if not isinstance(present, list):
        raise ConfigError(f"{shown}: {_KEY!r} is no list of words")
    missing = sorted({word.lower() for word in words} - {str(word).lower() for word in present})
    if not missing:
        return text
    for candidate in _candidates(text, ", ".join(json.dumps(word, ensure_ascii=False) for word in missing), table):
        if _says(candidate, before, [*present, *missing], table):
            return candidate
    raise ConfigError(f"{shown}: {_KEY!r} cannot be extended as it is written; add {', '.join(missing)} by hand")


def _candidates(text: str, written: str, table: Sequence[str]) -> Iterable[str]:
    """Ways to write the words, the likeliest first; whoever takes one reads it back."""
    newline = "\r\n" if "\r\n" in text else "\n"
    for found in re.finditer(rf"(?m)^[ \t]*{_KEY}[ \t]*=[ \t]*\[", text):
        for end in re.finditer(r"\s*\]", text[found.end() :]):
            at = found.end() + end.start()
            comma = "" if text[at - 1] in "[," else ","
            yield f"{text[:at]}{comma}{' ' if comma or text[at - 1] == ',' else ''}{written}{text[at:]}"
    line = f"{_KEY} = [{written}]{newline}"
    if not table:
        head = re.match(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*", text)
        at = head.end() if head is not None else 0
        yield f"{text[:at]}{line}{text[at:]}"
        yield f"{line}{text}"
        return
    name = ".".join(table)
    for found in re.finditer(rf"(?m)^\[{re.escape(name)}\][ \t]*(?:#[^\n]*)?\r?\n", text):
        yield f"{text[: found.end()]}{line}{text[found.end() :]}"
    yield f"{text}{'' if not text or text.endswith(newline) else newline}{newline}[{name}]{newline}{line}"


def _says(candidate: str, before: dict[str, Any], words: list[str], table: Sequence[str]) -> bool:
    try:
        after = tomllib.loads(candidate)
    except tomllib.TOMLDecodeError:  # this way of writing does not fit: the next one is tried
        return False
    settings = _settings(after, table)
    if settings.pop(_KEY, None) != words:
        return False
    return _without(after, table) == _without(before, table)


def _without(content: dict[str, Any], table: Sequence[str]) -> dict[str, Any]:
    """A configuration without its words, and without the tables that hold nothing else."""
    if not table:
        return {key: value for key, value in content.items() if key != _KEY}
    inner = _without(content.get(table[0], {}), table[1:])
    rest = {key: value for key, value in content.items() if key != table[0]}
    return {**rest, table[0]: inner} if inner else rest


def _settings(content: dict[str, Any], table: Sequence[str]) -> dict[str, Any]:
    for name in table:
        content = content.get(name, {})
    return content


def _read(text: str, shown: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{shown}: not valid TOML: {error}") from None
