"""How the configuration names sections: by their heading, or by a pattern of it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


def matches(name: str, heading: str) -> bool:
    """Whether a heading has a name, in any case, emoji and the like at its ends off; `*` stands for anything."""
    shown = " ".join(_EDGE.sub("", heading).casefold().split())
    return fnmatchcase(shown, " ".join(name.casefold().split()))
