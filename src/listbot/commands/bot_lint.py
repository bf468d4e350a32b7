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

from listbot import writing
from listbot.bot import activity, artifact, pull_text
from listbot.bot.activity import Lint, Nothing
from listbot.bot.change import Change
from listbot.bot.pull_text import Compared
from listbot.commands import bot_judging, bot_run, link_options, link_results, link_targets
from listbot.commands.bot_judging import Content, Versions
from listbot.commands.link_options import Options
from listbot.commands.surroundings import Tree
from listbot.config import Settings
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
    unread: list[str] = []
    read = list(_versions(repository, todo, base, settings, unread))
    results = _checked_links(read, settings)
    changes = [bot_judging.judged(one, settings, results) for one in read]
    pull = pull_text.Pull(around.place, todo.number, todo.head, compared, changes, {}, results or {})
    summary = pull_text.summary(pull).text
    if dry_run:
        bot_run.shown(["would write the job summary:", *summary.splitlines()], around.in_actions)
    else:
        bot_run.summarise(around, summary)
        if artifact_path is not None:
            writing.replace(Path(artifact_path), artifact.written(todo.head, results or {}))
    sys.stdout.write(github.render([_report(change) for change in changes], "more in the job summary"))
    if unread:
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
    repository: Repository, todo: Lint, base: str, settings: Settings, unread: list[str]
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
        try:
            newer = _content(repository, head, path, settings)
            newer = newer._replace(own=_read(repository, own, path, settings.max_file_size))
            yield bot_judging.versions(path, newer, _older(repository, base, head, path, settings), settings)
        except InputError as error:
            bot_run.say(f"listbot: {error}")
            unread.append(path)


def _older(repository: Repository, base: str, head: str, path: str, settings: Settings) -> Content | None:
    before = path if repository.file(base, path) is not None else repository.renamed(base, head, path)
    return _content(repository, base, before, settings) if before is not None else None


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
    return None if content is None else repository.read(content, path, limit)


def _report(change: Change) -> FileReport:
    """For annotations, which GitHub shows on lines of the head, whatever was checked out."""
    found = tuple(_on_head(change, one) for one in change.found)
    return FileReport(change.path, found, 0, (), len(change.entries), 0)


def _on_head(change: Change, one: Diagnostic) -> Diagnostic:
    start, end = (place._replace(line=change.own.near(place.line)) for place in (one.start, one.end))
    return one._replace(start=start, end=max(start, end))
