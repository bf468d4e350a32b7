"""What registries say of the links that a pull request adds, for the second stage.

That stage follows no link of a pull request. Registries it may ask: at fixed hosts, by ids that were validated, without
redirects. Their word stands above that of the first stage's file, which a fork's pull request may have written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from listbot import __version__
from listbot.commands import link_targets
from listbot.links import session, tokens
from listbot.links.registries import Settings, by_id
from listbot.liveness import LinkResult

_MOST = 200
"""Links: a pull request must not turn this stage into a tool against others."""
_SECONDS = 60.0
_SWITCH = "LISTBOT_NO_REGISTRIES"
"""Set to `true` where the runner must reach GitHub and nobody else."""


def told(targets: Iterable[str]) -> dict[str, LinkResult]:
    """By target, as the list has it; only what registries decide."""
    if os.environ.get(_SWITCH) == "true":
        return {}
    urls = {target: url for target in targets if (url := link_targets.address(target)) is not None}
    agent = f"listbot/{__version__} (+{session.PROJECT}; checks the links of curated lists)"
    settings = Settings(tokens=tokens.of_registries(os.environ))
    found = by_id.told(list(dict.fromkeys(urls.values()))[:_MOST], settings, agent, _SECONDS)
    return {target: found[url]._replace(added=True) for target, url in urls.items() if url in found}
