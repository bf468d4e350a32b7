"""What lies at a signed address of GitHub's store: another host than the API's, for which our token is not meant."""

from __future__ import annotations

import requests

from listbot.bot.api import NoPermissionError

_TIMEOUT = 15
_CHUNK = 65_536


def fetched(url: str, limit: int) -> bytes | None:
    """The content; None where it is more than `limit` bytes.

    Raises NoPermissionError where it is refused, RequestException where the store cannot be reached.
    """
    with requests.Session() as session:
        session.trust_env = False  # no .netrc
        with session.get(url, stream=True, timeout=_TIMEOUT, allow_redirects=False) as answer:
            if answer.status_code != 200:
                raise NoPermissionError(f"GitHub's store does not give the artifact away ({answer.status_code})")
            content = b""
            for chunk in answer.iter_content(_CHUNK):
                content += chunk
                if len(content) > limit:
                    return None
            return content
