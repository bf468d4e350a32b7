"""What a run of the bot finds around it: the variables of GitHub Actions, and the event. Shared by `bot` commands."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from listbot.bot import events, settings
from listbot.bot.links_to import Place
from listbot.bot.plan import CreateReview, Write, described
from listbot.bot.untrusted import log_line
from listbot.config import Settings
from listbot.errors import EXIT_CLEAN, UsageError

if TYPE_CHECKING:
    from listbot.bot.github import Hub

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


class Around(NamedTuple):
    """The run."""

    event_name: str
    event: events.Event
    token: str
    api: str
    server: str
    summary: Path | None
    """Where the job summary is written."""
    in_actions: bool

    @property
    def repository(self) -> str:
        """`owner/name`."""
        return f"{self.event.repository.owner.login}/{self.event.repository.name}"

    @property
    def place(self) -> Place:
        """For links."""
        return Place(self.server, self.event.repository.owner.login, self.event.repository.name)

    def hub(self) -> Hub:
        """GitHub as this run's token sees it. Raises UsageError where there is no token, or PyGithub is missing."""
        if not self.token:
            raise UsageError("GITHUB_TOKEN is not set; pass the job's token as `env: GITHUB_TOKEN`")
        try:
            from listbot.bot.github import Hub
        except ImportError as error:
            raise UsageError("this needs PyGithub: `pip install 'listbot-lint[bot]'`") from error
        own = os.environ.get("LISTBOT_BOT_ID", "")
        if own and not own.isdigit():
            raise UsageError(f"LISTBOT_BOT_ID is {own!r}; the number of an account was expected")
        return Hub(self.repository, self.token, self.api, own=int(own) if own else None)


def around(event: str | None, default_name: str) -> Around:
    """Read the environment. `event` is a file given by hand; then the event's name is `default_name` if none is set.

    Raises UsageError or InputError where something is missing.
    """
    path = event or os.environ.get("GITHUB_EVENT_PATH")
    if not path:
        raise UsageError("there is no event: run this in GitHub Actions, or name a file with --event")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    return Around(
        event_name=default_name if event else os.environ.get("GITHUB_EVENT_NAME", default_name),
        event=events.read(Path(path), _home()),
        token=os.environ.get("GITHUB_TOKEN", ""),
        api=os.environ.get("GITHUB_API_URL", "https://api.github.com"),
        server=os.environ.get("GITHUB_SERVER_URL", "https://github.com"),
        summary=Path(summary) if summary else None,
        in_actions=os.environ.get("GITHUB_ACTIONS") == "true",
    )


def _home() -> events.Repository | None:
    """The repository that runs the workflow, as the environment names it."""
    owner, _, name = os.environ.get("GITHUB_REPOSITORY", "").partition("/")
    number = os.environ.get("GITHUB_REPOSITORY_ID", "")
    if not owner or not name:
        return None
    return events.Repository(id=int(number) if number.isdecimal() else 0, name=name, owner=events.Owner(login=owner))


def say(text: str) -> None:
    """Lines for the log; nothing in them can be a workflow command.

    In Actions they go where commands go: of two streams nobody knows the order, and a command must not get in between.
    """
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    with quoted(in_actions):
        for line in text.splitlines():
            print(log_line(line), file=sys.stdout if in_actions else sys.stderr, flush=True)


@contextmanager
def quoted(in_actions: bool) -> Iterator[None]:
    """While text of other people is printed, Actions takes no commands: what ends this is known to nobody."""
    if not in_actions:
        yield
        return
    end = uuid.uuid4().hex
    print(f"::stop-commands::{end}", flush=True)
    try:
        yield
    finally:
        print(f"::{end}::", flush=True)


def summarise(around: Around, text: str) -> None:
    """Add to the job summary, where there is one."""
    if around.summary is not None:
        with around.summary.open("a", encoding="utf-8") as stream:
            stream.write(text)


def nothing(reason: str) -> int:
    """There is nothing to do: say why."""
    say(f"listbot: {reason}; nothing to do")
    return EXIT_CLEAN


def is_list_file(path: str) -> bool:
    """Whether a path of a repository is that of a Markdown file in a directory that is not hidden."""
    return path.lower().endswith(_MARKDOWN) and not any(part.startswith(".") for part in path.split("/"))


def settings_of(read: Callable[[str], bytes | None]) -> Settings:
    """The settings of a version of the repository."""
    return settings.of_version(read)


def shown(lines: Iterable[str], in_actions: bool) -> None:
    """Print lines that may hold other people's text."""
    with quoted(in_actions):
        for line in lines:
            print(log_line(line), flush=True)


def lines_of(plan: Sequence[Write], names: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """A plan, for `--dry-run`; `names` as in `described`."""
    lines = ["nothing to write"] if not plan else []
    for write in plan:
        lines.append(f"would {described(write, names)}")
        lines += _indented(getattr(write, "body", None) or "")
        for one in write.comments if isinstance(write, CreateReview) else ():
            at = f"line {one.first}" if one.first == one.last else f"lines {one.first} to {one.last}"
            lines += [f"  on {one.path}, {at}:", *_indented(one.body)]
    return lines


def _indented(body: str) -> list[str]:
    return [f"    {line}" for line in body.splitlines()]
