"""Arguments -> command -> exit code. Commands are imported when they are called, so that `--version` costs nothing."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import re
import sys
from collections.abc import Sequence

from listbot import __version__
from listbot.arguments import asking, checking, github, reading, settings
from listbot.arguments.common import Parser, safe
from listbot.errors import EXIT_BUG, EXIT_USER, ListbotError, UsageError, UserError

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No bug of ours, wherever they come from."""
_REPOSITORY = "https://github.com/listbot/listbot"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code; never raises, and never prints a traceback."""
    # A parsed list is a hundred thousand small records and no circles: collecting them costs a fifth of the time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    try:
        _hold_streams()
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except SystemExit as stop:  # argparse's way to say --help, --version and usage errors
        return stop.code if isinstance(stop.code, int) else EXIT_USER
    except UserError as error:
        print(f"listbot: {safe(str(error))}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_USER
    except OSError as error:
        if error.errno not in _FULL:
            return _our_bug(f"{type(error).__name__}: {error}", error)
        return _cannot_write(error)
    except KeyboardInterrupt:
        return 130
    except ListbotError as error:
        return _our_bug(str(error), error)
    except Exception as error:
        return _our_bug(f"{type(error).__name__}: {error}", error)


def _hold_streams() -> None:
    """Python has None for a stream that was closed before it started. What was for standard error is let go, and its
    number is taken, lest a file that is opened later get it. Without standard output there is no answer."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the whole run, and light
    if sys.stdout is None:
        raise UsageError("standard output is closed, so that there is no place for an answer; send it to /dev/null")


def _cannot_write(error: OSError) -> int:
    """What was to be printed has no place: said once, and not again when Python closes its streams."""
    with contextlib.suppress(OSError):  # standard error may stand on the same full disk
        print(f"listbot: cannot write: {(error.strerror or '').lower()}; make room and run it again", file=sys.stderr)
        sys.stderr.flush()
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return EXIT_USER


def _our_bug(what: str, error: BaseException) -> int:
    """One paragraph that somebody can act on, instead of a traceback."""
    place = _place(error.__cause__ or error)
    python = ".".join(str(part) for part in sys.version_info[:3])
    print(
        f"listbot: this is a bug in listbot, not in your list: {safe(what)} (at {place}, listbot {__version__}, "
        f"Python {python}). Nothing was written. Please report it at {_REPOSITORY}/issues with this paragraph and, "
        "if you can, the file.",
        file=sys.stderr,
    )
    return EXIT_BUG


def _place(error: BaseException) -> str:
    """The file and line that raised. What another process raised carries its traceback as text."""
    trace, place = error.__traceback__, ""
    if trace is None:
        for file, line in re.findall(r'File "([^"\n]+)", line (\d+)', str(error)):
            place = f"{os.path.basename(file)}:{line}"  # noqa: PTH119 - light
    while trace is not None:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119 - light
        trace = trace.tb_next
    return place


def _parser() -> Parser:
    parser = Parser(prog="listbot", description="Keeps curated lists healthy.")
    parser.add_argument("--version", action="version", version=f"listbot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    checking.add_check(commands, "check")
    checking.add_check(commands, "fix")
    checking.add_baseline(commands)
    reading.add_style(commands)
    reading.add_entries(commands)
    asking.add_links(commands)
    settings.add_rule(commands)
    settings.add_config(commands)
    github.add_bot(commands)
    settings.add_words(commands)
    return parser
