"""How the configuration names sections: by their heading, or by a pattern of it."""

from __future__ import annotations

import re

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


def matches(name: str, heading: str) -> bool:
    """Whether a heading has a name, in any case; `*` stands for anything, `?` for one character.

    Emoji and the like at the ends count where the name has them (`C++`, `📦 Papers`), and else do not.
    """
    pattern = re.escape(_plain(name)).replace(r"\*", ".*").replace(r"\?", ".")
    return any(re.fullmatch(pattern, shown) for shown in (_plain(heading), _plain(_EDGE.sub("", heading))))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
