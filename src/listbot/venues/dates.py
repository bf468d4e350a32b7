"""The year of a phrase that is a date."""

from __future__ import annotations

import re
from functools import lru_cache

YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?P<a>{YEAR})(?:\s?[-./年]\s?\d{{1,2}}(?:\s?[-./月]\s?\d{{1,2}}日?)?月?|年)?"
    rf"|\d{{1,2}}[-./](?:\d{{1,2}}[-./])?(?P<b>{YEAR})"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}(?:\s*[-/–]\s*{_MONTH})?[\s,]*(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?P<c>{YEAR})"
    rf"|(?P<d>{YEAR})[\s,]+(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}})?"
    rf"|(?:(?:spring|summer|fall|autumn|winter)\s+|[sfw]\s?)(?P<e>{YEAR})"
    rf"|(?P<f>{YEAR})(?:0[1-9]|1[0-2])(?:[0-3]\d)?"
    r"|['’](?P<g>\d\d)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LONGEST_DATE = 40
CENTURY = 2000


@lru_cache(maxsize=16_384)
def year(text: str) -> int | None:
    """The year of a phrase that is nothing but a date: `2024`, `2024.01`, `Mar. 2023`, `'23`, `2024-01-05`."""
    if len(text) > _LONGEST_DATE or _DIGIT.search(text) is None:
        return None
    date = _DATE.fullmatch(text.strip(" \t.,;:()[]（）【】*_`\u200b"))
    if date is None:
        return None
    if date["g"]:
        return CENTURY + int(date["g"])
    return int(next(value for value in date.groups()[:6] if value))
