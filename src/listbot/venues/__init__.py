"""Venues, dates and people in a phrase: the facts that stand beside a title.

Every function judges a *phrase*, a piece of text between two separators, as a whole: a venue's name inside a sentence
is no statement of where something appeared, unless a year stands with it.
"""

from listbot.venues.dates import year
from listbot.venues.names import Venue, cites, is_known, may_hold, venue, venue_in, venues_in
from listbot.venues.rows_of_people import is_et_al, people

__all__ = ["Venue", "cites", "is_et_al", "is_known", "may_hold", "people", "venue", "venue_in", "venues_in", "year"]
