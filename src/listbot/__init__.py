"""listbot keeps curated lists healthy: it reads a list's Markdown file as the source of truth and checks it.

`read_list` gives a list to other programs as data; `listbot.library` documents its records.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself costs more than `listbot --version` may
if TYPE_CHECKING:
    from listbot.library import CuratedList, ListEntry, ListLink, ListSection, read_list

__version__ = "0.1.0"
__all__ = ["CuratedList", "ListEntry", "ListLink", "ListSection", "__version__", "read_list"]


def __getattr__(name: str) -> object:
    """Import the library when somebody asks for it: the command line imports this package and must start light."""
    if name.startswith("_") or name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from listbot import library

    found: object = getattr(library, name)
    return found


def __dir__() -> list[str]:
    return __all__
