"""Dates as lists write them: `2024-01-05`, `2024.01`, `[2024/02]`, `5 Jan. 2024`, `January 5, 2024`. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = "january february march april may june july august september october november december".split()
_NAME = r"(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_FORMS = tuple(
    re.compile(rf"(?<![\w./-]){form}(?![\w/-])(?!\.\d)", re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<mark>[-./])(?P<month>0?[1-9]|1[0-2])(?:(?P=mark){_DAY})?",
        rf"{_YEAR}年\s?(?P<month>0?[1-9]|1[0-2])月(?:\s?{_DAY}日)?",
        rf"(?:{_DAY}(?:st|nd|rd|th)?[ -])?{_NAME}[ ,-]{{1,2}}{_YEAR}",
        rf"{_NAME} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    )
)


class Date(NamedTuple):
    """A year and a month; `day` is 0 where none is given."""

    year: int
    month: int
    day: int


def find(text: str) -> Date | None:
    """The only date of a text; None where there is none, or where several differ."""
    found = {date for form in _FORMS for match in form.finditer(text) if (date := _date(match)) is not None}
    return found.pop() if len(found) == 1 else None


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    if parts.get("name") is None:
        return Date(int(parts["year"]), int(parts["month"]), int(parts["day"] or 0))
    name = parts["name"].lower()
    month = next((at for at, full in enumerate(_MONTHS, 1) if full.startswith(name) or (name, at) == ("sept", 9)), None)
    return Date(int(parts["year"]), month, int(parts["day"] or 0)) if month is not None else None
