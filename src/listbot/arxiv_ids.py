"""Which arXiv identifiers there are, and how each is written.

The rules are arXiv's own (https://info.arxiv.org/help/arxiv_identifier.html and the `Identifier` class of arxiv-base):
since 2007-04 ids are `YYMM.NNNN`, since 2015-01 `YYMM.NNNNN`, padded with zeros; before that `archive/YYMMNNN`.
"""

from __future__ import annotations

import re

_NEW = re.compile(r"(?P<yy>\d\d)(?P<mm>\d\d)\.(?P<number>\d{4,5})(?:v(?P<version>[1-9]\d*))?")
_OLD = re.compile(
    r"(?P<archive>[A-Za-z]+(?:-[A-Za-z]+)?)(?:\.[A-Za-z]{2})?/(?P<yy>\d\d)(?P<mm>\d\d)(?P<number>\d{3})"
    r"(?:v(?P<version>[1-9]\d*))?"
)
_ARCHIVES = frozenset(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con stat".split()
)
_WITHOUT_HYPHEN = {archive.replace("-", ""): archive for archive in _ARCHIVES if "-" in archive}
_FIRST_NEW = (7, 4)
_FIRST_FIVE_DIGITS = 15
_FIRST_YEAR_OF_OLD = 91


def read(written: str) -> tuple[str, str] | None:
    """An id as somebody wrote it -> (canonical id, version or empty); None where arXiv has no such id."""
    written = re.sub(r"/{2,}", "/", written.strip().strip("/"))
    new = _NEW.fullmatch(written)
    if new is not None:
        return _new(new)
    old = _OLD.fullmatch(written)
    return _old(old) if old is not None else None


def _new(match: re.Match[str]) -> tuple[str, str] | None:
    year, month, number = int(match["yy"]), int(match["mm"]), int(match["number"])
    if not 1 <= month <= 12 or (year, month) < _FIRST_NEW or number == 0:
        return None
    if year >= _FIRST_FIVE_DIGITS:
        return f"{match['yy']}{match['mm']}.{number:05}", match["version"] or ""
    if number > 9_999:
        return None
    return f"{match['yy']}{match['mm']}.{number:04}", match["version"] or ""


def _old(match: re.Match[str]) -> tuple[str, str] | None:
    archive = match["archive"].lower()
    archive = _WITHOUT_HYPHEN.get(archive, archive)
    year, month = int(match["yy"]), int(match["mm"])
    in_time = year >= _FIRST_YEAR_OF_OLD or (year, month) < _FIRST_NEW
    if archive not in _ARCHIVES or not 1 <= month <= 12 or not in_time or match["number"] == "000":
        return None
    return f"{archive}/{match['yy']}{match['mm']}{match['number']}", match["version"] or ""
