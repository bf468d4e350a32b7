"""What can go wrong, and whose fault it is.

    ListbotError
    ├── UserError            exit 2: the person can mend it
    │   ├── UsageError       arguments
    │   ├── ConfigError      configuration file
    │   ├── InputError       a file that cannot be read as Markdown
    │   └── OutputError      a file that cannot be written
    └── InternalError        exit 3: our bug

Every message is one sentence that names the place, what was expected and what to do. The command line prints it
and nothing else; a traceback is never a message.
"""

from __future__ import annotations

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_USER = 2
EXIT_BUG = 3
EXIT_INCONCLUSIVE = 4
EXIT_INTERRUPTED = 130
"""What shells give a program that Ctrl-C ended; what was known by then is printed."""


class ListbotError(Exception):
    """Anything that listbot raises on purpose."""

    exit_code = EXIT_BUG


class UserError(ListbotError):
    """The person who runs listbot can mend this."""

    exit_code = EXIT_USER


class UsageError(UserError):
    """Arguments that do not fit together."""


class ConfigError(UserError):
    """A setting that is unknown or has a value that it cannot have."""


class InputError(UserError):
    """A file that cannot be read as a Markdown text."""


class OutputError(UserError):
    """A file that cannot be written, or that changed since it was read."""


class InternalError(ListbotError):
    """Our bug: a promise that the code makes to itself is broken."""
