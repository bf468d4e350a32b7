"""`listbot bot lint`: the first stage. Says what a pull request introduces with a token that may only read, or none.

Annotations, job summary, and a file for the second stage. It is the only stage that follows links of the pull request.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from listbot import inputs, writing
from listbot.bot import activity, artifact, pull_text
from listbot.bot.activity import Lint, Nothing
from listbot.bot.change import Change
from listbot.bot.gaps import Gaps
from listbot.bot.pull_text import Compared
from listbot.bot.untrusted import log_line
from listbot.commands import bot_judging, bot_run, link_options, link_results, link_targets
from listbot.commands.bot_judging import Content, Versions
from listbot.commands.link_options import Options
from listbot.commands.surroundings import Tree
from listbot.config import FILE_NAME, Settings
from listbot.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_USER, InputError
from listbot.finding import Diagnostic, FileReport
from listbot.liveness import LinkResult
from listbot.output import github
from listbot.revisions import Repository

_MAX_SETTINGS = 1_000_000
"""Bytes of a configuration file."""
_MAX_LINKS = 500
"""A pull request must not turn the runner into a tool against others."""
_DEADLINE = "5m"
_MAX_ANNOTATIONS = 10
"""Of one kind that a step may show."""


class Unread(NamedTuple):
    """A changed file that cannot be judged, by its path as outputs can carry it."""

    path: str
    reason: str
    is_introduced: bool
    """It is the change that made it so."""


def run(event: str | None, artifact_path: str | None, *, dry_run: bool) -> int:
    """Lint the pull request that is checked out; exit 1 where it introduces errors."""
    around = bot_run.around(event, "pull_request")
    todo = activity.of_lint(around.event_name, around.event)
    if isinstance(todo, Nothing):
        return bot_run.nothing(todo.reason)
    repository = Repository(Path())
    compared = compared_of(repository, todo)
    base = compared.base
    settings = bot_run.settings_of(lambda path: _read(repository, base, path, _MAX_SETTINGS))
    unread: list[Unread] = []
    read = list(_versions(repository, todo, base, settings, unread))
    results = _checked_links(read, settings)
    changes = [bot_judging.judged(one, settings, results) for one in read]
    gaps = Gaps(unread=tuple(one.path for one in unread), facts=results is not None or not bot_judging.links_of(read))
    pull = pull_text.Pull(
        place=around.place,
        number=todo.number,
        head=todo.head,
        compared=compared,
        changes=changes,
        patches={},
        results=results or {},
        gaps=gaps,
        changes_settings=repository.file(base, FILE_NAME) != repository.file(repository.commit("HEAD"), FILE_NAME),
    )
    summary = pull_text.summary(pull).text
    if dry_run:
        bot_run.shown(["would write the job summary:", *summary.splitlines()], around.in_actions)
    else:
        bot_run.summarise(around, summary)
        if artifact_path is not None:
            writing.replace(Path(artifact_path), artifact.written(todo.head, results or {}))
    sys.stdout.write(github.render([_report(change) for change in changes], "more in the job summary"))
    introduced = [one for one in unread if one.is_introduced]
    for one in introduced[:_MAX_ANNOTATIONS]:
        properties: dict[str, str | int] = {"title": "listbot", "file": log_line(one.path)}
        sys.stdout.write(github.command("error", properties, log_line(one.reason)) + "\n")
    if introduced:
        return EXIT_USER
    return EXIT_FINDINGS if pull_text.failing(changes) else EXIT_CLEAN


def compared_of(repository: Repository, todo: Lint) -> Compared:
    """What to compare with what.

    `actions/checkout` checks a merge of base and head out: its first parent is the base as it is now, with
    `fetch-depth: 2` that is all the history there is. What the branches have become together is judged, as a paper that
    was added to both is in the list twice. Else it is held against where the branches parted.
    """
    seen = repository.commit("HEAD")
    parents = repository.parents(seen)
    if len(parents) == 2 and parents[1] == todo.head:
        base = repository.commit(parents[0])
        is_head = repository.paths(seen) == repository.paths(todo.head)
        return Compared(todo.head if is_head else seen, base)
    base = repository.commit(todo.base)
    return Compared(todo.head, repository.common(seen, base) or base)


def _versions(
    repository: Repository, todo: Lint, base: str, settings: Settings, unread: list[Unread]
) -> Iterator[Versions]:
    """The Markdown files that the pull request changes; one that cannot be read is said, and becomes `unread`."""
    head = repository.commit("HEAD")
    own = todo.head if todo.head in repository.parents(head) else head
    old = repository.paths(base)
    for path, entry in sorted(repository.paths(head).items()):
        if not entry.is_file or not bot_run.is_list_file(path) or bot_judging.excluded(path, settings):
            continue
        if path in old and old[path].id == entry.id:
            continue
        before = path if repository.file(base, path) is not None else repository.renamed(base, head, path)
        try:
            newer = _content(repository, head, path, settings)
            newer = newer._replace(own=_read(repository, own, path, settings.max_file_size))
            older = _content(repository, base, before, settings) if before is not None else None
            yield bot_judging.versions(inputs.shown_path(Path(path)), newer, older, settings)
        except InputError:
            one = _unread(repository, (head, path), (base, before) if before is not None else None, settings)
            bot_run.say(f"listbot: {one.reason}")
            unread.append(one)


def _unread(
    repository: Repository, newer: tuple[str, str], older: tuple[str, str] | None, settings: Settings
) -> Unread:
    """Why two versions, each a tree and a path, cannot be compared. What was no text before is nobody's new mistake."""
    wrong, was_wrong = (_wrong(repository, *one, settings) if one is not None else None for one in (newer, older))
    path = inputs.shown_path(Path(newer[1]))
    if wrong is None:
        return Unread(path, f"{path}: its older version cannot be read, so nothing is said of what is new here", False)
    if was_wrong is None:
        return Unread(path, wrong, True)
    return Unread(path, f"{wrong}; nor could its older version be read, so this is not new", False)


def _wrong(repository: Repository, tree: str, path: str, settings: Settings) -> str | None:
    """What keeps a version of a file from being read, or None."""
    try:
        content = _read(repository, tree, path, settings.max_file_size) or b""
        inputs.decode(content, inputs.shown_path(Path(path)))
    except InputError as error:
        return str(error)
    return None


def _content(repository: Repository, tree: str, path: str, settings: Settings) -> Content:
    limit = settings.max_file_size
    return Content(_read(repository, tree, path, limit) or b"", Tree(repository, tree, path, limit))


def _checked_links(read: Sequence[Versions], settings: Settings) -> Mapping[str, LinkResult] | None:
    """What is known of the links that the pull request adds; None where it adds none, or nothing can be concluded.

    On a runner of one's own the pull request could look around in the network behind it, so there links are followed
    only where LISTBOT_SELF_HOSTED_LINKS is `true`.
    """
    added = bot_judging.links_of(read)
    if not added:
        return None
    own_runner = os.environ.get("RUNNER_ENVIRONMENT", "github-hosted") != "github-hosted"
    if own_runner and os.environ.get("LISTBOT_SELF_HOSTED_LINKS") != "true":
        bot_run.say("listbot: links are not followed on a self-hosted runner; LISTBOT_SELF_HOSTED_LINKS=true allows it")
        return None
    with tempfile.TemporaryDirectory() as directory:
        options = Options(store=str(Path(directory) / "store"), deadline=_DEADLINE)
        options = link_options.settled(options, settings.links)
        documents = [one.head for one in read]
        asked = {link_targets.address(target) or target for target in islice(added, _MAX_LINKS)}
        checked = link_results.of_documents(documents, "pull request", options, asked)
    if checked.inconclusive is not None:
        bot_run.say(f"listbot: links are inconclusive: {checked.inconclusive}")
        return None
    return checked.results


def _read(repository: Repository, tree: str, path: str, limit: int) -> bytes | None:
    content = repository.file(tree, path)
    return None if content is None else repository.read(content, inputs.shown_path(Path(path)), limit)


def _report(change: Change) -> FileReport:
    """For annotations, which GitHub shows on lines of the head, whatever was checked out."""
    found = tuple(_on_head(change, one) for one in change.found)
    return FileReport(change.path, found, 0, (), len(change.entries), 0)


def _on_head(change: Change, one: Diagnostic) -> Diagnostic:
    start, end = (place._replace(line=change.own.near(place.line)) for place in (one.start, one.end))
    return one._replace(start=start, end=max(start, end))
