"""How links are checked: what the command line says -> a plan, and progress while it runs. Shared by the commands."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from listbot.errors import UsageError
from listbot.links import archive, session, store, tokens
from listbot.links.checker import Limits
from listbot.links.guard import Network, Policy, Refused, tidy
from listbot.links.queues import Progress
from listbot.links.registries import Settings, roster
from listbot.links.self_doubt import CANARIES
from listbot.output.text import visible

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0}


class Options(NamedTuple):
    """As given on the command line."""

    store: str | None = None
    deadline: str | None = None
    contact: str | None = None
    user_agent: str | None = None
    allow_address: tuple[str, ...] = ()
    port: tuple[int, ...] = ()
    canary: tuple[str, ...] = ()
    refresh: bool = False
    fragments: bool = False
    archive: bool = False
    archive_index: str | None = None
    registry: tuple[str, ...] = ()
    registries: bool = True
    longest_unasked_first: bool = False


def settled(options: Options, configured: Mapping[str, Any]) -> Options:
    """What the command line leaves open, from the configuration (`config.LINKS`)."""
    return options._replace(
        deadline=options.deadline or configured["deadline"],
        contact=options.contact or configured["contact"],
        archive=options.archive or configured["archive"],
    )


def plan(options: Options, name: str, *, whole: bool) -> session.Plan:
    """The plan for a list. Raises UsageError for values that mean nothing."""
    ports = Policy().ports | frozenset(options.port)
    networks = tuple(_network(text) for text in options.allow_address)
    index = archive.WAYBACK if options.archive else None
    if options.archive_index is not None:
        index = _url(options.archive_index, "--archive-index")
    return session.Plan(
        store=Path(options.store) if options.store is not None else store.default_path(),
        name=name,
        whole=whole,
        limits=Limits(deadline=_seconds(options.deadline) if options.deadline is not None else None),
        policy=Policy(ports, networks),
        contact=_header(options.contact or session.PROJECT, "--contact"),
        user_agent=_header(options.user_agent, "--user-agent") if options.user_agent is not None else None,
        refresh=options.refresh,
        longest_unasked_first=options.longest_unasked_first,
        fragments=options.fragments,
        canaries=tuple(_url(text, "--canary") for text in options.canary) or CANARIES,
        archive=index,
        registries=_registries(options) if options.registries else None,
    )


def _registries(options: Options) -> Settings:
    """How registries are asked. Raises UsageError."""
    bases = {}
    known = [registry.name for registry in roster.registries()] if options.registry else []
    for text in options.registry:
        name, _, url = text.partition("=")
        if name not in known:
            raise UsageError(f"--registry {text!r}: expected NAME=URL, with a NAME of {', '.join(known)}")
        bases[name] = _url(url, "--registry")
    contact = options.contact or ""
    mail = contact if _MAIL.fullmatch(contact) else ""
    return Settings(bases, mail, tokens.of_registries(os.environ))


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise UsageError(f"--allow-address {text!r}: expected an address or a network, such as 10.0.0.0/8") from None


def _seconds(text: str) -> float:
    """`120`, `120s`, `2m` or `1h`."""
    number, unit = (text[:-1], text[-1]) if text[-1:] in _UNITS else (text, "s")
    try:
        seconds = float(number) * _UNITS[unit]
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"a deadline of {text!r}: expected a time such as 120s, 10m or 1h")
    return seconds


def _url(text: str, option: str) -> str:
    try:
        return str(tidy(text))
    except Refused as refusal:
        raise UsageError(f"{option} {text!r}: {refusal}") from None


def _header(text: str, option: str) -> str:
    if not text.isprintable() or not text.isascii():
        raise UsageError(f"{option} {text!r}: expected printable ASCII, as it goes into a header of HTTP")
    return text


@contextlib.contextmanager
def progress() -> Iterator[Callable[[Progress], None] | None]:
    """What to call while links are checked: a live line where standard error is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    with Live(console=Console(stderr=True, highlight=False, markup=False), transient=True, auto_refresh=False) as live:
        yield lambda state: live.update(Text(progress_line(state), overflow="ellipsis", no_wrap=True), refresh=True)


def progress_line(state: Progress) -> str:
    """`412 of 906 URLs, 38 a second, about 13 s left; waiting for arxiv.org (300), github.com (12)`."""
    rest = f", about {_shown(state.left)} left" if state.left >= 1 else ""
    waiting = ", ".join(f"{visible(host)} ({count:,})" for host, count in state.waiting)
    held = f"; waiting for {waiting}" if waiting else ""
    return f"{state.done:,} of {state.total:,} URLs, {state.rate:.0f} a second{rest}{held}"


def _shown(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
