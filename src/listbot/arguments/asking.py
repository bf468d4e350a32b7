"""`listbot links`, and the options by which links are asked."""

from __future__ import annotations

import argparse

from listbot.arguments.common import Parser, add_configuration, port

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself costs more than `listbot --version` may
if TYPE_CHECKING:
    from listbot.commands.link_options import Options


def add_links(commands: argparse._SubParsersAction[Parser]) -> None:
    links = commands.add_parser(
        "links",
        help="check whether the links of lists lead anywhere",
        description="Ask for every link once, politely, and say what is known of it. Exit code: 0 nothing that fails, "
        "1 links that are dead, or gone and new in the list, 2 a mistake in what was asked for, 3 a bug in listbot, "
        "4 inconclusive: our own network, or far fewer links than the last time.",
    )
    links.add_argument("paths", nargs="*", metavar="PATH", help="files or directories (default: the README here)")
    links.add_argument(
        "--format",
        choices=("table", "lines", "json", "markdown", "junit"),
        help="how to print (default: table in a terminal, else lines)",
    )
    links.add_argument("--since", metavar="REF", help="only links that a commit's version of the list does not have")
    links.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="warning: exit 1 for whatever is gone, also where it was not gone three times (default: error)",
    )
    links.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    history = links.add_mutually_exclusive_group()
    history.add_argument("--export", metavar="FILE", help="write the history as JSON lines (- for the screen), and end")
    history.add_argument("--import", dest="import_", metavar="FILE", help="add such lines to the history, and end")
    add_link_options(links, "how links are asked")
    add_configuration(links.add_argument_group("settings"))
    links.set_defaults(run=_run_links)


def add_link_options(parser: argparse.ArgumentParser, title: str) -> None:
    group = parser.add_argument_group(title)
    group.add_argument("--deadline", metavar="TIME", help="stop after 120s, 10m or 1h; the rest is unknown")
    group.add_argument("--store", metavar="FILE", help="where answers and history are (default: the user's cache)")
    group.add_argument("--refresh", action="store_true", help="ask anew for what is remembered")
    group.add_argument("--contact", metavar="TEXT", help="a URL or address in the User-Agent, for whoever is asked")
    group.add_argument("--user-agent", metavar="TEXT", help="the whole User-Agent")
    group.add_argument(
        "--allow-address",
        action="append",
        default=[],
        metavar="NETWORK",
        help="reach a private address or network, at any port; may be repeated",
    )
    group.add_argument("--port", action="append", default=[], type=port, metavar="N", help="reach this port too")
    group.add_argument(
        "--canary",
        action="append",
        default=[],
        metavar="URL",
        help="a site that is always there: where it is silent too, our own network is at fault; may be repeated",
    )
    group.add_argument(
        "--no-registries",
        dest="registries",
        action="store_false",
        help="ask every link at its page; else registries are asked first where there is one",
    )
    group.add_argument(
        "--registry", action="append", default=[], metavar="NAME=URL", help="ask this registry there, at a mirror of it"
    )
    group.add_argument("--fragments", action="store_true", help="look for the places that links name in static pages")
    group.add_argument("--archive", action="store_true", help="look for archived copies of what is gone")
    group.add_argument("--archive-index", metavar="URL", help="the CDX index to look in (default: the Wayback Machine)")


def link_options_given(options: argparse.Namespace) -> list[str]:
    """Those of the link options that were used: `--deadline`, `--no-registries`."""
    unused = Parser(add_help=False)
    add_link_options(unused, "")
    names = {"registries": "no-registries"}
    return [
        f"--{names.get(name, name).replace('_', '-')}"
        for name, default in vars(unused.parse_args([])).items()
        if getattr(options, name) != default
    ]


def _run_links(options: argparse.Namespace) -> int:
    from listbot.commands import link_history, links

    if options.export is not None:
        return link_history.export(options.store, options.export)
    if options.import_ is not None:
        return link_history.merge(options.store, options.import_)
    return links.run(
        links.Request(
            paths=tuple(options.paths),
            format=options.format,
            since=options.since,
            fail_on=options.fail_on,
            exit_zero=options.exit_zero,
            config=options.config,
            isolated=options.isolated,
            options=link_options_of(options),
        )
    )


def link_options_of(options: argparse.Namespace) -> Options:
    from listbot.commands import link_options

    return link_options.Options(
        store=options.store,
        deadline=options.deadline,
        contact=options.contact,
        user_agent=options.user_agent,
        allow_address=tuple(options.allow_address),
        port=tuple(options.port),
        canary=tuple(options.canary),
        refresh=options.refresh,
        fragments=options.fragments,
        archive=options.archive,
        archive_index=options.archive_index,
        registry=tuple(options.registry),
        registries=options.registries,
    )
