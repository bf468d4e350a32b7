"""What the process that reads a stranger's text hands back: what there is to say, of a fixed shape and size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from listbot.bot import pull_text
from listbot.bot.budget import BODY
from listbot.bot.markdown import Markdown
from listbot.bot.pull_planning import InlineText, Wanted

_MAX_LINKS = 100_000
_MAX_TITLE = 400
"""Code points of a title that is held against a registry's."""
_MAX_MESSAGE = 10_000
_MAX_MESSAGES = 100
_Messages = Annotated[list[Annotated[str, Field(max_length=_MAX_MESSAGE)]], Field(max_length=_MAX_MESSAGES)]


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Links(_Model):
    """What was read: the links that the change adds, each with what the list calls it, or an empty text; and why a
    file could not be read."""

    links: Annotated[dict[str, Annotated[str, Field(max_length=_MAX_TITLE)]], Field(max_length=_MAX_LINKS)]
    unread: _Messages


class _Line(_Model):
    key: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    path: Annotated[str, Field(max_length=10_000)]
    first: Annotated[int, Field(ge=1)]
    last: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(max_length=BODY)]


class _Said(_Model):
    text: Annotated[str, Field(max_length=BODY)] | None
    cleared: Annotated[str, Field(max_length=BODY)]
    lines: Annotated[list[_Line], Field(max_length=pull_text.MOST_PROVED)]


def written(wanted: Wanted) -> str:
    """All that there is to say, as JSON."""
    lines = [
        _Line(key=one.key, path=one.path, first=one.first, last=one.last, text=one.text.text) for one in wanted.inline
    ]
    text = wanted.text.text if wanted.text is not None else None
    return _Said(text=text, cleared=wanted.cleared.text, lines=lines).model_dump_json()


def read(text: str, number: int, head: str) -> Wanted:
    """The same again, of the pull request and commit that were asked about. Raises ValidationError."""
    said = _Said.model_validate_json(text)
    lines = [InlineText(one.key, one.path, one.first, one.last, Markdown(one.text)) for one in said.lines]
    shown = Markdown(said.text) if said.text is not None else None
    return Wanted(number, head, shown, Markdown(said.cleared), lines, pull_text.REVIEW)


def links(found: Mapping[str, str], unread: Sequence[str]) -> str:
    """What was read, as JSON; titles are cut."""
    cut = [message[:_MAX_MESSAGE] for message in unread]
    kept = {target: title[:_MAX_TITLE] for target, title in islice(found.items(), _MAX_LINKS)}
    return Links(links=kept, unread=cut[:_MAX_MESSAGES]).model_dump_json()
