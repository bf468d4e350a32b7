"""`listbot bot report`: the second stage. Comments on a pull request that it has never checked out.

It reads both versions of the list through the API, as data, lints them with the listbot that is installed here and the
settings of the default branch, and writes. From the first stage it takes what was found of links, in words of a fixed
table, and nothing else; registries are asked by id.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from listbot.bot import activity, artifact, marker, pull_planning, pull_text
from listbot.bot.activity import Nothing, Report
from listbot.bot.api import DeferredError, NoPermissionError, UncertainError
from listbot.bot.change import Change
from listbot.bot.observed import ChangedFile, Comment, Comparison, Issue, Pull, Tree, is_ours
from listbot.bot.plan import Write, described
from listbot.bot.pull_planning import Observed, Wanted
from listbot.bot.writing import Executor
from listbot.commands import bot_judging, bot_registries, bot_run
from listbot.commands.bot_judging import Content, Versions
from listbot.commands.bot_run import Around
from listbot.commands.surroundings import Listing
from listbot.config import Settings
from listbot.errors import EXIT_CLEAN, InputError
from listbot.liveness import LinkResult

if TYPE_CHECKING:
    from listbot.bot.github import Hub

_MAX_FILES = 10
"""Changed files that are looked at; two requests each."""
_MAX_FILE = 2_000_000
_MAX_LINE = 20_000
"""Bytes: whoever opens a pull request chooses what this stage reads."""


class _Read(NamedTuple):
    """What was read of a pull request."""

    pull: Pull
    comparison: Comparison
    changes: Sequence[Change]
    results: Mapping[str, LinkResult]


def run(event: str | None, *, dry_run: bool) -> int:
    """Comment on the pull request of a finished first stage. Never fails for lack of permission."""
    around = bot_run.around(event, "workflow_run")
    todo = activity.of_report(around.event_name, around.event)
    if isinstance(todo, Nothing):
        return bot_run.nothing(todo.reason)
    hub = around.hub()
    try:
        return _report(around, todo, hub, dry_run=dry_run)
    except NoPermissionError as error:
        return bot_run.nothing(f"this token may not comment here ({error}): the summary of the first stage has it all")
    except (DeferredError, UncertainError) as error:
        return bot_run.nothing(str(error))
    finally:
        hub.close()


def _report(around: Around, todo: Report, hub: Hub, *, dry_run: bool) -> int:
    pull = pull_of(hub.open_pulls(todo.owner, todo.branch), todo)
    if isinstance(pull, Nothing):
        return bot_run.nothing(pull.reason)
    read = _read(around, todo, hub, pull)
    patches = {one.path: one.patch for one in read.comparison.files}
    said = pull_text.Pull(around.place, pull.number, pull.head, read.changes, patches, read.results)
    wanted = pull_text.wanted(said)
    return _write(around, hub, wanted, dry_run=dry_run)


def pull_of(found: Sequence[Pull], todo: Report) -> Pull | Nothing:
    """The one open pull request that the run was about, or why there is none."""
    fitting = [
        one
        for one in found
        if one.is_open
        and one.head == todo.head
        and one.head_repository == todo.head_repository
        and one.base_repository == todo.repository
    ]
    if len(fitting) != 1:
        return Nothing(f"{len(fitting)} open pull requests have this head")
    return fitting[0]


# Reading --------------------------------------------------------------------------------------------------------------


def _read(around: Around, todo: Report, hub: Hub, pull: Pull) -> _Read:
    comparison = hub.compare(pull.base, pull.head)
    default = around.event.repository.default_branch
    tree = hub.tree(default)
    settings = bot_run.settings_of(lambda path: hub.file(path, default) if path in tree.sizes else None)
    read = [
        versions
        for one in _looked_at(comparison, settings)
        if (versions := _versions(hub, comparison, pull.head, tree, one, settings)) is not None
    ]
    links = bot_judging.links_of(read)
    archive = hub.artifact(todo.run, artifact.NAME, artifact.MAX_ARCHIVE) if links else None
    results = artifact.results(artifact.read(archive, pull.head) if archive is not None else {}, links)
    results |= bot_registries.told(links)
    changes = [bot_judging.judged(one, settings, results or None) for one in read]
    return _Read(pull, comparison, changes, results)


def _looked_at(comparison: Comparison, settings: Settings) -> list[ChangedFile]:
    found = [
        one
        for one in comparison.files
        if one.status != "removed" and bot_run.is_list_file(one.path) and not bot_judging.excluded(one.path, settings)
    ]
    for one in found[_MAX_FILES:]:
        bot_run.say(f"listbot: {one.path} is not looked at: {_MAX_FILES} files of a pull request are")
    return found[:_MAX_FILES]


def _versions(
    hub: Hub, comparison: Comparison, head: str, tree: Tree, one: ChangedFile, settings: Settings
) -> Versions | None:
    added = {file.path for file in comparison.files if file.status != "removed"}
    removed = {file.before for file in comparison.files if file.status in ("removed", "renamed")}
    paths = (set(tree.sizes) | added) - (removed - added)
    try:
        newer = Content(_content(hub, one.path, head), Listing(paths, one.path, complete=tree.complete))
        older = None
        if one.status != "added":
            around = Listing(tree.sizes, one.before, complete=tree.complete)
            older = Content(_content(hub, one.before, comparison.merge_base), around)
        return bot_judging.versions(one.path, newer, older, settings)
    except InputError as error:
        bot_run.say(f"listbot: {error}")
        return None


def _content(hub: Hub, path: str, ref: str) -> bytes:
    """Raises InputError for what is too large for this stage."""
    content = hub.file(path, ref)
    if content is None:
        raise InputError(f"{path}: this is no file in {ref[:10]}")
    if len(content) > _MAX_FILE or any(len(line) > _MAX_LINE for line in content.splitlines()):
        raise InputError(f"{path}: this is larger, or has longer lines, than is looked at in a pull request")
    return content


# Writing --------------------------------------------------------------------------------------------------------------


def _write(around: Around, hub: Hub, wanted: Wanted, *, dry_run: bool) -> int:
    nonce = secrets.token_hex(8)
    own = hub.own_id()

    def planned(created: Sequence[Comment | Issue] = ()) -> list[Write]:
        # What was created a moment ago is looked for only where runs race for it: comments on lines went with it.
        said = wanted._replace(inline=()) if created else wanted
        return pull_planning.plan(observe(hub, said, own, created), said, nonce)

    def happened(searched: str) -> bool:
        bodies = [one.body for one in hub.comments(wanted.number)]
        bodies += [one.body for one in hub.inline_comments(wanted.number)]
        return any(marker.nonce_of(body) == searched for body in bodies)

    def still_there() -> bool:
        now = hub.pull(wanted.number)
        return now.is_open and now.head == wanted.head

    plan = planned()
    if dry_run:
        bot_run.shown(bot_run.lines_of(plan), around.in_actions)
        return EXIT_CLEAN
    executor = Executor(hub, still_there, happened)
    if not executor.run(plan, planned):
        return bot_run.nothing("the pull request has moved on, and its next run comments")
    for write in executor.done:
        bot_run.say(f"listbot: did {described(write)}")
    return EXIT_CLEAN


def observe(hub: Hub, wanted: Wanted, own: int, created: Sequence[Comment | Issue]) -> Observed:
    """The comments of a pull request. Those on lines are asked for only where some of ours can be, or are to come."""
    comments = {one.id: one for one in created if isinstance(one, Comment)}
    comments |= {one.id: one for one in hub.comments(wanted.number)}
    spoke = any(is_ours(one.author, one.body, own, pull_planning.STICKY) for one in comments.values())
    lines = hub.inline_comments(wanted.number) if wanted.inline or (spoke and not created) else ()
    return Observed(list(comments.values()), lines, own)
