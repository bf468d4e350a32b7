"""`listbot bot report`: the second stage. Comments on a pull request that it has never checked out.

It reads both versions of the list through the API, as data, lints them with the listbot that is installed here and the
settings of the branch that it goes to, in a process that has no token, and writes. From the first stage it takes what
was found of links, in words of a fixed table, and nothing else; registries are asked by id.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from listbot.bot import activity, artifact, marker, pull_planning
from listbot.bot import settings as bot_settings
from listbot.bot.activity import Nothing, Report
from listbot.bot.api import DeferredError, NoPermissionError, RefusedError, UncertainError
from listbot.bot.artifact import LinkFact
from listbot.bot.gaps import Gaps
from listbot.bot.observed import (
    At,
    Author,
    ChangedFile,
    Comment,
    Comparison,
    Discussion,
    File,
    InlineComment,
    Issue,
    Merge,
    Pull,
    Review,
    Tree,
)
from listbot.bot.plan import described
from listbot.bot.pull_planning import Observed, Wanted
from listbot.bot.pull_text import Compared
from listbot.bot.writing import Executor, Look
from listbot.commands import bot_judging, bot_registries, bot_run, bot_strangers
from listbot.commands.bot_judging import Content
from listbot.commands.bot_run import Around
from listbot.commands.bot_strangers import Given, Subject
from listbot.commands.confined import ExhaustedError
from listbot.commands.surroundings import Listing
from listbot.config import FILE_NAME, Settings
from listbot.errors import EXIT_CLEAN, InputError

if TYPE_CHECKING:
    from listbot.bot.github import Hub

_MAX_FILES = 20
"""Changed files that are looked at; all come in one request."""
_MOST_COMPARED = 300
"""Files that GitHub tells of (https://docs.github.com/en/rest/commits/commits, "Compare two commits")."""
_MAX_SETTINGS = 1_000_000
_MAX_FILE = 2_000_000
_MAX_LINE = 20_000
"""Bytes: whoever opens a pull request chooses what this stage reads."""


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
    except (DeferredError, RefusedError, UncertainError) as error:
        return bot_run.nothing(str(error))
    finally:
        hub.close()


def _report(around: Around, todo: Report, hub: Hub, *, dry_run: bool) -> int:
    try:
        pull = pull_of(hub.open_pulls(todo.owner, todo.branch), todo)
        if isinstance(pull, Nothing):
            return bot_run.nothing(pull.reason)
        wanted = _wanted(around, todo, hub, pull)
    except ExhaustedError as error:
        return bot_run.nothing(str(error))
    except NoPermissionError as error:
        return bot_run.nothing(f"this token may not read what is needed ({error})")
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


def _wanted(around: Around, todo: Report, hub: Hub, pull: Pull) -> Wanted:
    """What there is to say. Files go as they are to a process that knows no token."""
    branch = pull.base_branch
    comparison = hub.compare(pull.base, pull.head)
    likely = _likely(comparison, pull.head)
    asked = [*(At(branch, path) for path in bot_settings.FILES), *likely]
    found = hub.files(asked, _MAX_SETTINGS, pull.number, frozenset(likely))
    settings = bot_run.settings_of(lambda path: _kept(found.files, At(branch, path), _MAX_SETTINGS))
    compared = _compared(pull, found.merge, comparison.merge_base)
    tree = hub.tree(compared.seen)
    changed = _looked_at(comparison, tree, settings)
    unread: list[str] = []
    files = list(_given(hub, compared, comparison, pull.head, tree, changed[:_MAX_FILES], unread))
    read = bot_strangers.links_of(files, settings)
    for message in read.unread:
        bot_run.say(f"listbot: {message}")
    facts = _facts(hub, todo.run, pull.head) if read.links else {}
    results = artifact.results(facts, read.links)
    results |= bot_registries.known(read.links) | bot_registries.told(read.links)
    gaps = Gaps(
        unread=tuple(unread),
        left=tuple(one.path for one in changed[_MAX_FILES:]),
        hidden=len(comparison.files) >= _MOST_COMPARED,
        facts=bool(facts) or read.links.keys() <= results.keys(),
    )
    changes_settings = any(FILE_NAME in (one.path, one.before) for one in comparison.files)
    subject = Subject(around.place, pull.number, pull.head, compared, gaps, changes_settings)
    return bot_strangers.wanted(files, settings, results, subject)


def _facts(hub: Hub, run: int, head: str) -> Mapping[str, LinkFact]:
    """What the first stage found of links. Nothing where it cannot be had: the comment does without."""
    try:
        archive = hub.artifact(run, artifact.NAME, artifact.MAX_ARCHIVE)
    except (NoPermissionError, DeferredError) as error:
        bot_run.say(f"listbot: what the first stage found of links is left out: {error}")
        return {}
    return artifact.read(archive, head) if archive is not None else {}


def _likely(comparison: Comparison, head: str) -> list[At]:
    """The versions that are needed where the branch has not moved on, so that one question asks for all."""
    changed = [one for one in comparison.files if one.status != "removed" and bot_run.is_list_file(one.path)]
    return sorted(
        {at for one in changed[:_MAX_FILES] for at in (At(head, one.path), At(comparison.merge_base, one.before))}
    )


def _compared(pull: Pull, merge: Merge | None, merge_base: str) -> Compared:
    """What is held against what: what the first stage has checked out, where GitHub still has it.

    That is the merge, where the branch that the pull request goes to has moved on. Patches are the pull request's own,
    for it is on their lines that comments stand.
    """
    if merge is None or merge.head != pull.head:
        return Compared(pull.head, merge_base)
    return Compared(pull.head if merge_base == merge.base else merge.commit, merge.base)


def _looked_at(comparison: Comparison, tree: Tree, settings: Settings) -> list[ChangedFile]:
    found = [
        one
        for one in comparison.files
        if one.status != "removed"
        and bot_run.is_list_file(one.path)
        and not bot_judging.excluded(one.path, settings)
        and (one.path in tree.files or one.path not in tree.paths)
    ]
    if len(comparison.files) >= _MOST_COMPARED:
        bot_run.say(f"listbot: GitHub shows the first {_MOST_COMPARED} files of a change; no others are looked at")
    for one in found[_MAX_FILES:]:
        bot_run.say(f"listbot: {one.path} is not looked at here: {_MAX_FILES} files of a pull request are")
    return found


def _given(
    hub: Hub,
    compared: Compared,
    comparison: Comparison,
    head: str,
    tree: Tree,
    changed: Sequence[ChangedFile],
    unread: list[str],
) -> Iterator[Given]:
    """The files of the pull request, all of them asked for at once; the paths of others go into `unread`."""
    fresh = {file.path for file in comparison.files if file.status in ("added", "renamed", "copied")}
    gone = {file.before for file in comparison.files if file.status in ("removed", "renamed")}
    before = (tree.paths - fresh) | gone
    versions = [(one, *_versions(one, compared, head)) for one in changed]
    spare = {own for _, newer, _, own in versions if own != newer}
    found = hub.files(sorted({at for _, *those in versions for at in those}), _MAX_FILE, spare=spare).files
    for one, newer, older, own in versions:
        try:
            around = Listing(tree.paths, one.path, complete=tree.complete)
            content = Content(_content(found, newer), around, _kept(found, own, _MAX_FILE))
            patch = one.patch if own in found else None  # without the head's own lines nothing can stand on them
            old = None
            if one.status != "added" or older in found:  # the branch may have added the same file meanwhile
                old = Content(_content(found, older), Listing(before, one.before, complete=tree.complete))
            yield Given(one.path, content, old, patch)
        except InputError as error:
            bot_run.say(f"listbot: {error}")
            unread.append(one.path)


def _versions(one: ChangedFile, compared: Compared, head: str) -> tuple[At, At, At]:
    """Where the newer version of a file is, the older one, and the pull request's own."""
    return At(compared.seen, one.path), At(compared.base, one.before), At(head, one.path)


def _kept(files: Mapping[At, File], at: At, limit: int) -> bytes | None:
    """A file's content; None where there is no such file. Raises InputError for what is too large for this stage."""
    if at not in files:
        return None
    content = files[at].content
    if content is None:
        raise InputError(f"{at.path}: this is larger than the {limit:,} bytes that are looked at here")
    return content


def _content(files: Mapping[At, File], at: At) -> bytes:
    """Raises InputError for what is no file, or too large for this stage."""
    content = _kept(files, at, _MAX_FILE)
    if content is None:
        raise InputError(f"{at.path}: this is no file in {at.commit[:10]}")
    if any(len(line) > _MAX_LINE for line in content.splitlines()):
        raise InputError(f"{at.path}: a line of this is longer than the {_MAX_LINE:,} bytes that are looked at here")
    return content


# Writing --------------------------------------------------------------------------------------------------------------


def _write(around: Around, hub: Hub, wanted: Wanted, *, dry_run: bool) -> int:
    nonce = secrets.token_hex(8)
    names: dict[str, str] = {}

    def eyes(created: Sequence[Comment | Issue] = ()) -> Look | None:
        """Before each write everything is read anew; None where the pull request has moved on."""
        now = hub.discussion(wanted.number)
        if not now.is_open or now.head != wanted.head:
            return None
        seen = observed(now, created, hub.own_id())
        names.update(_names(seen))
        return Look(pull_planning.plan(seen, wanted, nonce), _nonces(seen))

    executor = Executor(hub)
    if dry_run:
        look = eyes()
        overtaken = look is None
        if look is not None:
            bot_run.shown(bot_run.lines_of(look.plan, names), around.in_actions)
    else:
        overtaken = not executor.run(eyes)
    for write in executor.done:
        bot_run.say(f"listbot: did {described(write, names)}")
    for write in executor.refused:
        bot_run.say(f"listbot: GitHub did not take this: {described(write)}; the comment says it all")
    return bot_run.nothing("the pull request has moved on, and its next run comments") if overtaken else EXIT_CLEAN


def _names(seen: Observed) -> dict[str, str]:
    """As the addresses of comments end, by their nodes."""
    return {one.node: f"#issuecomment-{one.id}" for one in seen.comments} | {
        one.node: f"#discussion_r{one.id}" for one in seen.inline
    }


def _nonces(seen: Observed) -> set[str | None]:
    """Of the runs that wrote what is ours."""
    texts: list[Comment | InlineComment | Review] = [*seen.comments, *seen.inline, *seen.reviews]
    return {marker.nonce_of(one.body) for one in texts if one.author == Author(seen.own, True)}


def observed(now: Discussion, created: Sequence[Comment | Issue], own: int) -> Observed:
    """What was said, and what was created a moment ago, as GitHub's lists lag behind."""
    comments = {one.id: one for one in created if isinstance(one, Comment)}
    comments |= {one.id: one for one in now.comments}
    return Observed(list(comments.values()), now.inline, now.reviews, own)
