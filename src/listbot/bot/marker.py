"""The hidden comment by which the bot knows its own text, and what it remembers in it.

    <!-- listbot:v1 kind=pull id=eyJoZWFkIjoi… -->

It is the first line of everything that the bot writes. The payload is base64, so neither `--` nor `>` occurs in it. A
marker alone proves nothing, as anybody can copy it: a text is ours where its author is us *and* it holds one. People
write notes above it, and editors put blank lines or a byte order mark there, so it counts on any line that is no quote
and no code.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_MARKER = re.compile(r" {0,3}<!-- listbot:v1 kind=(?P<kind>[a-z]+) id=(?P<id>[A-Za-z0-9+/=]{0,40000}) -->")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})")


class Remembered(BaseModel):
    """What every marker holds."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    nonce: str = Field(pattern=r"^[0-9a-f]{16}$")
    """Of the request that wrote it: tells whether one that failed has been carried out all the same."""


class _AnyState(Remembered):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


State = TypeVar("State", bound=Remembered)


def written(kind: str, state: Remembered) -> str:
    """The marker's line."""
    payload = base64.b64encode(state.model_dump_json().encode("ascii")).decode("ascii")
    return f"<!-- listbot:v1 kind={kind} id={payload} -->"


def is_ours(body: str, kind: str) -> bool:
    """Whether a body holds a marker of a kind, readable or not. Ask for the author beside it."""
    return _marker(body, kind) is not None


def opens(body: str, kind: str | None = None) -> bool:
    """Whether a body begins with a marker, of a kind or any, as all do that we wrote and nobody has been at."""
    found = _MARKER.match(body)
    return found is not None and kind in (None, found["kind"])


def spoken(body: str) -> Iterator[str]:
    """The lines of a body that whoever wrote it says himself: those of fenced code are left out, and what is quoted or
    indented begins with something else than we do."""
    fence = ""
    for line in _LINE_END.split(body.removeprefix("\ufeff")):
        found = _FENCE.match(line)
        if fence:
            closes = found is not None and found["fence"].startswith(fence) and not line[found.end() :].strip()
            fence = "" if closes else fence
        elif found is not None:
            fence = found["fence"]
        else:
            yield line


def _marker(body: str, kind: str | None = None) -> re.Match[str] | None:
    """The first marker of a kind, or of any."""
    found = (_MARKER.match(line) for line in spoken(body))
    return next((one for one in found if one is not None and kind in (None, one["kind"])), None)


def read(body: str, kind: str, model: type[State]) -> State | None:
    """What a body's marker remembers; None where somebody has been at it."""
    found = _marker(body, kind)
    if found is None:
        return None
    try:
        return model.model_validate_json(base64.b64decode(found["id"], validate=True))
    except (binascii.Error, ValidationError):
        return None


def nonce_of(body: str) -> str | None:
    """The run that wrote a body, whatever else its marker holds."""
    found = _marker(body)
    state = read(body, found["kind"], _AnyState) if found is not None else None
    return state.nonce if state is not None else None


def shown(body: str) -> str:
    """What people see below the marker, to tell whether it must be written again. Browsers change line endings."""
    return body.replace("\r\n", "\n").partition("\n")[2].strip()


def digits(*texts: str) -> str:
    """16 hexadecimal digits that stand for texts."""
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
