"""PyGithub's exceptions -> those of `api`, so that whoever writes knows whether something may have happened."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import requests
from github import GithubException, RateLimitExceededException

from listbot.bot.api import DeferredError, LimitedError, NoPermissionError, RefusedError, UncertainError
from listbot.errors import UsageError


@contextlib.contextmanager
def refused(what: str = "this") -> Iterator[None]:
    """PyGithub's exceptions -> ours, with what was asked for."""
    try:
        yield
    except GithubException as error:
        raise _told_apart(error, what) from error
    except requests.exceptions.RequestException as error:
        raise DeferredError("GitHub cannot be reached; the next run does what is left") from error


@contextlib.contextmanager
def of_creating(wait: float) -> Iterator[None]:
    """As `refused`, for a POST: what fails on the way may have happened, what a limit stops has not.

    `wait`: seconds after a limit that names none.
    """
    try:
        yield
    except GithubException as error:
        if isinstance(error, RateLimitExceededException) or error.status == 429:
            raise LimitedError(_limit_of(error, wait)) from error
        if error.status >= 500:
            raise UncertainError(f"GitHub answers {error.status}; the next run does what is left") from error
        raise _told_apart(error) from error
    except requests.exceptions.RequestException as error:
        raise UncertainError("the connection to GitHub broke off; the next run does what is left") from error


def _limit_of(error: GithubException, otherwise: float) -> float:
    """Seconds that GitHub wants us to wait: it says so, or the hour's requests are used up, or `otherwise`."""
    said = error.headers or {}
    if said.get("retry-after", "").isdigit():
        return float(said["retry-after"])
    if said.get("x-ratelimit-remaining") == "0" and said.get("x-ratelimit-reset", "").isdigit():
        return max(0.0, float(said["x-ratelimit-reset"]) - time.time())
    return otherwise


def _told_apart(error: GithubException, what: str = "this") -> Exception:
    """What GitHub's refusal means to us; what means nothing but a fault of ours stays as it is."""
    if isinstance(error, RateLimitExceededException) or error.status == 429:
        return DeferredError("GitHub's rate limit is reached; the next run does what is left")
    if error.status == 401:
        return UsageError("GITHUB_TOKEN is not accepted (401); pass the job's own token")
    if error.status in (403, 404, 410):
        return NoPermissionError(f"GitHub says no to {what} ({error.status}): {error.message or 'no reason given'}")
    if error.status == 422:
        return RefusedError(f"GitHub refuses this (422): {error.message or 'no reason given'}")
    if error.status >= 500:
        return DeferredError(f"GitHub answers {error.status}; the next run does what is left")
    return error
