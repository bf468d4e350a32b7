"""What a browser makes of a link's target: Node's `URL`, which is the parser of https://url.spec.whatwg.org."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote

import pytest

_SCRIPT = """
const read = (url) => { try { const u = new URL(url); return [u.hostname, u.pathname] } catch { return null } }
const lines = require("fs").readFileSync(0, "utf8")
process.stdout.write(JSON.stringify(JSON.parse(lines).map(read)))
"""
_UPSTREAM = re.compile(r"/+[^/]+/+[^/]+/+(?:issues|pulls?|discussions|commits?)/+\w", re.IGNORECASE)


class Address(NamedTuple):
    """Who is asked, and for what."""

    host: str
    path: str

    @property
    def notifies(self) -> bool:
        """Whether it is a page of GitHub whose readers hear of mentions; the server undoes percents and takes slashes
        for one."""
        known = self.host.rstrip(".").removeprefix("www.") == "github.com"
        return known and _UPSTREAM.match(unquote(self.path)) is not None


def addresses(targets: Sequence[str]) -> list[Address | None]:
    """Where a browser goes; None for what it takes for no address. Skips where node is not installed."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, whose URL is the judge here")
    told = subprocess.run(
        [node, "-e", _SCRIPT], input=json.dumps(targets), capture_output=True, text=True, check=True, timeout=60
    )
    return [Address(*one) if one is not None else None for one in json.loads(told.stdout)]


def notifying(targets: Sequence[str]) -> list[str]:
    """Those of the targets that lead to a page of GitHub whose readers hear of mentions."""
    found = zip(targets, addresses(targets), strict=True)
    return [target for target, address in found if address is not None and address.notifies]
