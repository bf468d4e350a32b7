"""What registries and tables say of the links that a pull request adds, for the second stage.

That stage follows no link of a pull request. Registries it may ask: at fixed hosts, by ids that were validated, without
redirects. Their word stands above that of the first stage's file, which a fork's pull request may have written; and so
does what our own tables know of sites that were closed and mirrors that were shut.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from listbot import __version__
from listbot.commands import link_targets
from listbot.links import session, tokens, verdict
from listbot.links.registries import Settings, by_id
from listbot.liveness import LinkResult, Outcome, outcome_of

_MOST = 200
"""Links: a pull request must not turn this stage into a tool against others."""
_SECONDS = 60.0
_SWITCH = "LISTBOT_NO_REGISTRIES"
"""Set to `true` where the runner must reach GitHub and nobody else."""


def known(targets: Iterable[str]) -> dict[str, LinkResult]:
    """What tables know to be gone or elsewhere, by target; asks nobody."""
    found = {}
    for target in targets:
        url = link_targets.address(target)
        evidence = verdict.beforehand(url) if url is not None else None
        if url is not None and evidence is not None and outcome_of(evidence.reason) != Outcome.BLOCKED:
            found[target] = verdict.judge(url, [evidence])._replace(added=True)
    return found


def told(titles: Mapping[str, str]) -> dict[str, LinkResult]:
    """What registries decide, by target as the list has it. `titles`: what the list calls it, empty where it does not.

    Titles are sent to nobody: they tell whether the paper that a registry knows is the one that is meant.
    """
    if os.environ.get(_SWITCH) == "true":
        return {}
    urls = {target: url for target in titles if (url := link_targets.address(target)) is not None}
    agent = f"listbot/{__version__} (+{session.PROJECT}; checks the links of curated lists)"
    settings = Settings(tokens=tokens.of_registries(os.environ))
    names = {url: titles[target] for target, url in urls.items()}
    found = by_id.told(list(names)[:_MOST], settings, agent, _SECONDS, titles=names)
    return {target: found[url]._replace(added=True) for target, url in urls.items() if url in found}
