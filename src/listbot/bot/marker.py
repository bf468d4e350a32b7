"""The hidden comment by which the bot knows its own text, and what it remembers in it.

    <!-- listbot:v1 kind=pull id=eyJoZWFkIjoi… -->

It is the first line of everything that the bot writes. The payload is base64, so neither `--` nor `>` occurs in it. A
marker alone proves nothing, as anybody can copy it: a text is ours where its author is us *and* it begins with one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_MARKER = re.compile(r"<!-- listbot:v1 kind=(?P<kind>[a-z]+) id=(?P<id>[A-Za-z0-9+/=]{0,40000}) -->")


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
    """Whether a body begins with a marker of a kind, readable or not. Ask for the author beside it."""
    found = _MARKER.match(body)
    return found is not None and found["kind"] == kind


def read(body: str, kind: str, model: type[State]) -> State | None:
    """What a body's marker remembers; None where somebody has been at it."""
    found = _MARKER.match(body)
    if found is None or found["kind"] != kind:
        return None
    try:
        return model.model_validate_json(base64.b64decode(found["id"], validate=True))
    except (binascii.Error, ValidationError):
        return None


def nonce_of(body: str) -> str | None:
    """The run that wrote a body, whatever else its marker holds."""
    found = _MARKER.match(body)
    state = read(body, found["kind"], _AnyState) if found is not None else None
    return state.nonce if state is not None else None


def shown(body: str) -> str:
    """What people see below the marker, to tell whether it must be written again. Browsers change line endings."""
    return body.replace("\r\n", "\n").partition("\n")[2].strip()


def digits(*texts: str) -> str:
    """16 hexadecimal digits that stand for texts."""
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
