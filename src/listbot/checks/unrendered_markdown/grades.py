"""How sure this rule is of a finding. The page maps these to severities."""

from __future__ import annotations

from typing import Final

RAW: Final = "raw"
"""A reader sees the mark instead of what it was to make, for certain."""
LIKELY: Final = "likely"
"""A reader sees the mark, and it could be meant as it stands."""
CUT: Final = "cut"
"""An item goes on in a line of its own, as no other item of the list does."""
