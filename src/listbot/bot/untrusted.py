"""Text from a list, a title or a branch, made inert: for a comment of ours, for a log.

Whoever opens a pull request chooses this text, and it is shown under the bot's name. So it stands inside code and
nowhere else: it mentions nobody, closes nothing, commands no other bot, ends no fence, and cannot pass for our own
marker (`reference/bots.md` §2.3, §2.4).
"""

from __future__ import annotations

import re
import unicodedata
from posixpath import normpath
from urllib.parse import unquote

from listbot.output.text import visible

SHOWN = 200
"""Code points of a title or a message that are shown; what is longer ends in `…`."""
_BREAK = "\u200b"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_JOINER = re.compile(
    r"(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_TRIGGERS = re.compile(r"@|#(?=\d)|##(?=\[)|\bGH-(?=\d)|<(?=!--)|^/", re.IGNORECASE)
_BACKTICKS = re.compile(r"`+")
_UNSAFE_IN_TARGET = re.compile(r"[^\x21-\x7e]|[()<>\[\]|\"'`\\@]")
_NOTIFYING = re.compile(r"/+[^/]+/+[^/]+/+(?:issues|pull|discussions|commit)s?/", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_GITHUB = frozenset({"github.com", "www.github.com"})
_COMMAND = re.compile(r"##(?=\[)")


def one_line(text: str, limit: int = SHOWN) -> str:
    """One visible line: NFC, no control characters, nothing that reverses or hides, at most `limit` code points."""
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\n", " ").replace("\r", " ")))
    text = _JOINER.sub("⟨U+200D⟩", visible(text))
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def code_span(text: str, limit: int = SHOWN) -> str:
    """A code span that the text cannot leave; an empty text is said to be one, as Markdown has no empty span."""
    inert = _TRIGGERS.sub(lambda trigger: trigger[0] + _BREAK, one_line(text, limit)) or "⟨empty⟩"
    ticks = "`" * (1 + _longest_run(inert))
    pad = " " if inert.startswith("`") or inert.endswith("`") else ""
    return f"{ticks}{pad}{inert}{pad}{ticks}"


def code_cell(text: str, limit: int = SHOWN) -> str:
    """A code span for a table cell."""
    return code_span(text, limit).replace("|", "\\|")


def fenced(text: str, language: str) -> str:
    """A fenced block. The fence is longer than any run of backticks *anywhere* in the text.

    Looking only at the beginnings of lines is what lets `"   ```"` break out of other bots' blocks. Raises ValueError
    for a carriage return, which ends a line for some readers and not for others.
    """
    if "\r" in text:
        raise ValueError("a carriage return cannot stand in a fenced block")
    fence = "`" * max(3, 1 + _longest_run(text))
    return f"{fence}{language}\n{text}\n{fence}"


def destination(url: str, *, is_ours: bool = False) -> str | None:
    """A link destination in pointed brackets; None for what is no web address.

    Pages that would tell their readers of every mention go by redirect.github.com, which GitHub keeps for this
    (https://docs.github.com/en/get-started/writing-on-github, "Avoiding backlinks"). `is_ours` is an address of our own
    repository, which tells nobody else.
    """
    if not re.match(r"https?://[^/?#\s]", url, re.IGNORECASE):
        return None
    if not is_ours and _notifies(url):
        url = _ORIGIN.sub("https://redirect.github.com", url, count=1)
    return "<" + _UNSAFE_IN_TARGET.sub(_encoded, url) + ">"


def _notifies(url: str) -> bool:
    """Whether a URL is a page of GitHub that tells of mentions, as browsers and GitHub read it: whatever the port, the
    login, a dot behind the host, slashes twice, steps back, letters in percents, and letters that names of hosts know
    as others."""
    origin = _ORIGIN.match(url)
    if origin is None:
        return False
    host = _host_of(origin[0])
    path = re.split(r"[?#]", url[origin.end() :], maxsplit=1)[0]
    readings = (normpath(unquote(path)), unquote(_stepped_back(path)))
    return host in _GITHUB and any(_NOTIFYING.match(one) for one in readings)


def _stepped_back(path: str) -> str:
    """A path without its dots, as browsers send it: two slashes have a name between them, if an empty one."""
    kept: list[str] = []
    for part in path.split("/")[1:]:
        match unquote(part):
            case "..":
                del kept[-1:]
            case ".":
                continue
            case _:
                kept.append(part)
    return "/" + "/".join(kept)


def _host_of(origin: str) -> str:
    """As browsers read it (https://url.spec.whatwg.org/#concept-host-parser): wide letters are narrow ones, and what
    does not show is not there."""
    host = unquote(origin.rpartition("/")[2].rpartition("@")[2].partition(":")[0])
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", host) if unicodedata.category(letter) != "Cf")
    return plain.replace("\u3002", ".").lower().rstrip(".")


def log_line(text: str) -> str:
    """One line for a log of GitHub Actions that cannot be a workflow command, in either syntax."""
    line = visible(_CONTROL.sub("", text.replace("\n", " ").replace("\r", " ")))
    line = _COMMAND.sub("##" + _BREAK, line)
    bare = line.lstrip()
    return f":{_BREAK}{bare[1:]}" if bare.startswith("::") else line


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _longest_run(text: str) -> int:
    return max((len(run[0]) for run in _BACKTICKS.finditer(text)), default=0)
