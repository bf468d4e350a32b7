"""The parts of an entry: title, links with roles, authors, venue, year, tags, marks, notes."""

from listbot.entry_parts.house_shape import settle
from listbot.entry_parts.reading import Reader

__all__ = ["Reader", "settle"]
