"""YouTube: whether a video is there, which its page does not tell: that answers 200 whatever became of it.

oEmbed is asked first, and for what it does not have the picture of the video, which is 404 for what is gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from listbot import works
from listbot.links.registries import Absent, Garbled, Link, Registry, Request, Word, text_of
from listbot.links.transport import Answer
from listbot.liveness import Record

_ID = re.compile(r"[A-Za-z0-9_-]{11}")


class YouTube(Registry):
    """oEmbed (https://oembed.com), one video a request."""

    name = "youtube"
    host = "www.youtube.com"
    interval = 0.5
    refusals = frozenset({429})

    def identifier(self, link: Link) -> str | None:
        return _video(link)

    def request(self, ids: Sequence[str]) -> Request:
        page = quote(f"https://www.youtube.com/watch?v={ids[0]}", safe="")
        return Request("GET", f"{self.base}/oembed?url={page}&format=json", {"Accept": "application/json"})

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        if answer.status != 200:
            return {ids[0]: Absent()} if _is_gone(answer.status) else {}
        try:
            video = _Video.model_validate_json(answer.text)
        except ValidationError:
            raise Garbled from None
        return {ids[0]: Word(record=Record(title=text_of(video.title)))}


class YouTubePicture(Registry):
    """The picture of a video; lychee tells dead videos by it (`lychee-lib/src/quirks`)."""

    name = "youtube-picture"
    host = "img.youtube.com"
    interval = 0.5
    refusals = frozenset({403, 429})

    def identifier(self, link: Link) -> str | None:
        return _video(link)

    def request(self, ids: Sequence[str]) -> Request:
        return Request("HEAD", f"{self.base}/vi/{ids[0]}/0.jpg")

    def read(self, ids: Sequence[str], answer: Answer) -> Mapping[str, Word | Absent]:
        if answer.status == 404:
            return {ids[0]: Absent()}
        is_picture = answer.headers.get("content-type", "").startswith("image/")
        return {ids[0]: Word()} if answer.status == 200 and is_picture else {}


class _Video(BaseModel):
    title: str


def _video(link: Link) -> str | None:
    work = works.of(link.url)
    name = work.id.removeprefix("youtube:") if work is not None and work.id.startswith("youtube:") else ""
    return name if _ID.fullmatch(name) else None


def _is_gone(status: int) -> bool:
    """Whether oEmbed does not have a video. To be confirmed live: 404, and 400 for ids that never were, are what
    clients report; 401 and 403 are private videos, and those that may not be embedded."""
    return status in (400, 404)
