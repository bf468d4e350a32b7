"""Defects that a careless hand brings into a clean list: a new kind is a function and a row, beside its like.

A defect is made at a place that Hypothesis chooses among all those where it can be made. Each kind asks for itself
whether a list has the habit that it breaks, with room for one outlier more.
"""

from tests.vandals.contents import CONTENTS
from tests.vandals.entries import ENTRIES
from tests.vandals.links import LINKS
from tests.vandals.sections import SECTIONS
from tests.vandals.tables import TABLES
from tests.vandals.words import WORDS

DEFECTS = (*LINKS, *ENTRIES, *TABLES, *SECTIONS, *CONTENTS, *WORDS)
