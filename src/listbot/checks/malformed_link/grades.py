"""How sure this rule is of a finding. The page maps these to severities."""

from __future__ import annotations

from typing import Final

BROKEN: Final = "broken"
"""A reader sees raw Markdown, or lands nowhere, for certain."""
DOUBTFUL: Final = "doubtful"
"""The URL is most likely not the one that was meant."""
NOT_YET: Final = "not-yet"
"""An empty target under a label, which often says so on purpose: `code`, `Coming soon`."""
STRAY: Final = "stray"
"""The link works, and the page shows a bracket too many."""
UNPAIRED: Final = "unpaired"
"""A parenthesis beside or inside a link has no other half: a slip of the sentence rather than of the link."""
