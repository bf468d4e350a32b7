"""How much work something is, by a measure that no clock disturbs."""

from __future__ import annotations

import sys
from collections.abc import Callable


def steps(action: Callable[[], object]) -> int:
    """Lines of Python that run: a measure of work that no clock disturbs."""
    count = 0

    def trace(*_: object) -> object:
        nonlocal count
        count += 1
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        action()
    finally:
        sys.settrace(None)
    return count
