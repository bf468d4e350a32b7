"""How the configuration names sections: by their heading, by a pattern of it, or by several of them."""

from __future__ import annotations

import re

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_OR = "|"


def matches(name: str, heading: str) -> bool:
    """Whether a heading has a name, in any case; `*` stands for anything, `?` for one character, `|` parts aliases.

    Emoji and the like at the ends count where the name has them (`C++`, `📦 Papers`), and else do not. A name with `|`
    is also what it is as a whole, for headings that have that character.
    """
    shown = _plain(heading), _plain(_EDGE.sub("", heading))
    aliases = {name, *name.split(_OR)}
    return any(re.fullmatch(_pattern(alias), one) for alias in aliases if alias.strip() for one in shown)


def _pattern(name: str) -> str:
    return re.escape(_plain(name)).replace(r"\*", ".*").replace(r"\?", ".")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
