"""`listbot bot weekly`: every link of the list is checked, and one issue says which need a look.

What earlier weeks saw is read from the issue itself, and what people ticked in it; then it is written anew, where it
says anything new.

When a link was last alive must be known of links that were well until now, of which no issue speaks, and every week
without a write. So it comes from two places. The store of `listbot links` has every week of every link; the workflow
keeps it in a cache, and nothing depends on it, for caches are thrown away. The issue has what needs a look, and each
text that it gets anyway carries the days on which all other links were last alive (`alive_days`). The later of the two
dates counts, and both are true; where neither is there, none is given.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from listbot import inputs
from listbot.bot import activity, alive_days, marker, memory, weekly_planning, weekly_text, weeks
from listbot.bot.activity import Nothing
from listbot.bot.api import DeferredError, NoPermissionError, RefusedError, UncertainError
from listbot.bot.memory import LinkMemory
from listbot.bot.observed import Comment, Issue
from listbot.bot.plan import Write, described
from listbot.bot.weekly_planning import own_issues
from listbot.bot.weekly_text import Listed, Row, Run
from listbot.bot.writing import Executor, Look
from listbot.commands import bot_run, files, link_options, link_results, link_targets
from listbot.commands.bot_run import Around
from listbot.commands.files import SettingsFor
from listbot.commands.link_options import Options
from listbot.config import Selection, Settings
from listbot.document import Document
from listbot.errors import EXIT_CLEAN, EXIT_INCONCLUSIVE, InputError
from listbot.links.store import Store, default_path
from listbot.liveness import LinkResult, Reason
from listbot.output.links_rows import unfinished
from listbot.output.text import counted
from listbot.parser import parse

if TYPE_CHECKING:
    from listbot.bot.github import Hub

_DEADLINE = "45m"
_KEPT = 100 * 86_400.0
"""Seconds for which the store keeps what the standing of no link needs."""
_TRIES = 3
"""How often the issue is read again where somebody ticks a box in between."""


def run(event: str | None, paths: tuple[str, ...], *, dry_run: bool) -> int:
    """Check the lists and keep the issue. Exit 4 where the check means nothing or was interrupted, and then nothing is
    written; also where its time was up, after writing what it had found until then."""
    around = bot_run.around(event, "schedule")
    todo = activity.of_weekly(around.event_name, around.event)
    if isinstance(todo, Nothing):
        return bot_run.nothing(todo.reason)
    settings_for = files.settings_source(None, False, Selection())
    hub = around.hub()
    try:
        documents = _documents(paths, settings_for)
        checked = _checked(documents, settings_for(Path()), around, dry_run=dry_run)
        if checked.inconclusive is not None:
            bot_run.say(f"listbot: links are inconclusive: {checked.inconclusive}; the issue stays as it is")
            return EXIT_INCONCLUSIVE
        ended = unfinished(checked.stopped, checked.results.values())
        if checked.stopped == Reason.INTERRUPTED:
            bot_run.say(f"listbot: {ended}; the issue stays as it is")
            return EXIT_INCONCLUSIVE
        rows = _rows(documents, checked.results)
        code = _kept(_Keeper(around, hub, rows, complete=ended is None), around, dry_run=dry_run)
        if ended is None:
            return code
        bot_run.say(f"listbot: {ended}; the next run begins with what was not asked for longest")
        return EXIT_INCONCLUSIVE
    finally:
        hub.close()


def _kept(keeper: _Keeper, around: Around, *, dry_run: bool) -> int:
    """Keep the issue, and write the summary whether or not the token may."""
    try:
        return keeper.keep(dry_run=dry_run)
    except (NoPermissionError, DeferredError, RefusedError, UncertainError) as error:
        return bot_run.nothing(f"the issue stays as it is ({error}): the summary of this run has it all")
    finally:
        if not dry_run:
            bot_run.summarise(around, weekly_text.summary(keeper.seen).text)


# The list -------------------------------------------------------------------------------------------------------------


def _documents(paths: tuple[str, ...], settings_for: SettingsFor) -> list[Document]:
    """Raises InputError for the first file that cannot be read: half a list is no list."""
    unread: list[str] = []
    named = files.named(paths, settings_for, unread)
    if unread:
        raise InputError(unread[0])
    return [parse(inputs.read(path, shown, settings_for(path.parent).max_file_size)) for path, shown in named]


def _checked(
    documents: Sequence[Document], settings: Settings, around: Around, *, dry_run: bool
) -> link_results.CheckedLinks:
    """Every link is asked, whatever is remembered: it is the history that the store is for."""
    place = around.place
    with tempfile.TemporaryDirectory() as directory:
        store = _store(Path(directory), dry_run=dry_run)
        options = Options(str(store), _DEADLINE, refresh=True, archive=True, longest_unasked_first=True)
        options = link_options.settled(options, settings.links)
        checked = link_results.of_documents(documents, f"weekly of {place.owner}/{place.name}", options)
        with Store(store) as kept:
            kept.thin(time.time() - _KEPT)
        return checked


def _store(directory: Path, *, dry_run: bool) -> Path:
    """Where the history of links is: where `listbot links` has it too, or, where that is of no use, in a directory that
    is thrown away. What comes out of a cache must not stop every run from now on. A dry run has a copy."""
    path = _copied(default_path(), directory / "copy") if dry_run else default_path()
    try:
        Store(path).close()
    except InputError as error:
        bot_run.say(f"listbot: {error}; this run does without what it knows")
        return directory / "store"
    return path


def _copied(store: Path, to: Path) -> Path:
    """What was written last stands in a file beside the store, if another process has it open."""
    for end in ("", "-wal"):
        source = Path(f"{store}{end}")
        if source.is_file():
            shutil.copyfile(source, f"{to}{end}")
    return to


def _rows(documents: Sequence[Document], results: Mapping[str, LinkResult]) -> list[tuple[Listed, LinkResult]]:
    """Each address once, at the first place where it stands."""
    found: dict[str, tuple[Listed, LinkResult]] = {}
    for document in documents:
        for link in sorted(document.links + document.images):
            result = results.get(link.target)
            if result is None or link_targets.address(link.target) is None:
                continue
            if result.url in found:
                listed, _ = found[result.url]
                found[result.url] = (listed._replace(more=listed.more + 1), result)
                continue
            entry = document.entry_at(link.span.start)
            line = document.source.line_of(link.span.start)
            title = entry.title if entry is not None else None
            found[result.url] = (Listed(link.target, title, document.source.path, line), result)
    return list(found.values())


# The issue ------------------------------------------------------------------------------------------------------------


class _Keeper:
    """Keeps the issue of one run."""

    def __init__(self, around: Around, hub: Hub, rows: Sequence[tuple[Listed, LinkResult]], *, complete: bool) -> None:
        self._around = around
        self._hub = hub
        self._rows = rows
        self._complete = complete
        self._at = time.time()
        self._nonce = secrets.token_hex(8)
        self.seen = self._after([])
        """What this run and the earlier ones say together, as far as it is known."""

    def keep(self, *, dry_run: bool) -> int:
        """Read, plan, write; and again where somebody ticks a box in between."""
        for _ in range(_TRIES):
            issues = own_issues(self._hub.own_issues(), self._hub.own_id())
            self.seen = self._after(issues)
            if dry_run:
                bot_run.shown(bot_run.lines_of(self._plan(issues)), self._around.in_actions)
                return EXIT_CLEAN
            if self._write(issues):
                return EXIT_CLEAN
        return bot_run.nothing("somebody edits the issue at this very moment; the next run reads it")

    def _plan(self, issues: Sequence[Issue]) -> list[Write]:
        return weekly_planning.plan(issues, self._hub.own_id(), weekly_text.wanted(self.seen), self._nonce)

    def _after(self, issues: Sequence[Issue]) -> Run:
        """What there is to say after this check, on top of what the issue remembers."""
        results = [result for _, result in self._rows]
        keys = [memory.key(result.url) for result in results]
        body = issues[0].body if issues else ""
        memories = memory.read(body)
        chosen = memory.ticks(body, set(keys))
        if chosen and self._may_be_heard(issues[0]):
            bot_run.say(f"listbot: {counted(len(chosen), 'tick')} read")
            memories = weeks.ticked(memories, chosen, self._at)
        known = alive_days.of(alive_days.read(body), keys)
        after = weeks.after_run(memories, results, self._at, known)
        rows = [
            Row(listed, result, after.get(key, LinkMemory(u=key)))
            for key, (listed, result) in zip(keys, self._rows, strict=True)
        ]
        alive = alive_days.after_run(known, results)
        branch = self._around.event.repository.default_branch
        return Run(self._around.place, branch, rows, after, self._at, alive, self._complete)

    def _may_be_heard(self, issue: Issue) -> bool:
        """Whether everybody who edited the issue since we did has write access. GitHub says who edited, not what."""
        editors = set(self._hub.editors(issue))
        heard = bool(editors) and all(login and self._hub.can_write(login) for login in editors)
        if not heard:
            bot_run.say("listbot: boxes were ticked, but not only by people with write access: they are not read")
        return heard

    def _write(self, issues: Sequence[Issue]) -> bool:
        """False where the issue has changed since it was read."""
        executor = Executor(self._hub)

        def eyes(created: Sequence[Comment | Issue]) -> Look | None:
            now = own_issues(self._hub.own_issues(), self._hub.own_id())
            if not executor.done and now != list(issues):
                return None
            found = {one.number: one for one in created if isinstance(one, Issue)}
            found |= {one.number: one for one in now}
            return Look(self._plan(list(found.values())), {marker.nonce_of(issue.body) for issue in now})

        if not executor.run(eyes):
            return False
        for write in executor.done:
            bot_run.say(f"listbot: did {described(write)}")
        return True
