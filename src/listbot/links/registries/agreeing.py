"""What several registries say of one work -> one record. Pure."""

from __future__ import annotations

from listbot import title_match, works
from listbot.liveness import Publication, Record


def merged(records: list[Record]) -> Record:
    """One record of several: of each field, what the first says that says anything. What calls the work something else
    than the first is about another one."""
    same = [record for record in records if _is_of_one(record, records)]
    found = {
        field: next((value for record in same if (value := getattr(record, field))), empty)
        for field, empty in Record()._asdict().items()
    }
    published, publication = _published(same)
    return Record(**found)._replace(published=published, publication=publication)


def _is_of_one(record: Record, records: list[Record]) -> bool:
    first = next((one for one in records if one.title), record)
    known = [title for title in (first.title, first.first_title) if title]
    return not known or any(title_match.alike(record.title, title) for title in known)


def _published(records: list[Record]) -> tuple[str, Publication | None]:
    """Where the work was published by the first that says it, with what most is known of that publication. What a
    registry found by its title is told only where the record of another is there to hold it against."""
    named = [record for record in records if record.published]
    if not named:
        return "", None
    place = works.identity(named[0].published)
    same = [record for record in named if works.identity(record.published) == place]
    best = next((record for record in same if record.publication is not None and record.publication.title), named[0])
    is_found = best.publication is not None and bool(best.publication.title)
    is_alone = not any(record.title for record in records if record is not best)
    return best.published, None if is_found and is_alone else best.publication
