"""Results of a check of links as JUnit XML: a case a URL. Only what is gone fails; what nobody knows is skipped."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from listbot.liveness import Outcome
from listbot.output.links_rows import Checked, LinkRow, counts, why
from listbot.output.text import visible

_FINE = frozenset({Outcome.ALIVE, Outcome.MOVED})


def render(checked: Checked) -> Iterator[str]:
    """One `testsuite`."""
    numbers = counts(checked)
    skipped = numbers["urls"] - numbers["gone"] - numbers["alive"] - numbers["moved"]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<testsuites><testsuite name="listbot links" tests="{numbers["urls"]}" failures="{numbers["gone"]}" '
        f'errors="0" skipped="{skipped}" time="{checked.seconds:.3f}">\n'
    )
    yield from map(_case, checked.rows)
    yield "</testsuite></testsuites>\n"


def _case(row: LinkRow) -> str:
    first, result = row.places[0], row.result
    head = f"<testcase classname={_attribute(first.path)} name={_attribute(row.url)} file={_attribute(first.path)} "
    said = _attribute(why(result))
    inside = ""
    if result.outcome == Outcome.GONE:
        where = "\n".join(f"{visible(place.path)}:{place.line}:{place.column}" for place in row.places)
        inside = f"<failure type={_attribute(result.reason)} message={said}>{escape(where)}</failure>"
    elif result.outcome not in _FINE:
        inside = f"<skipped message={said}/>"
    return f'{head}line="{first.line}">{inside}</testcase>\n'


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
