"""What waits for one registry, and the way of one link past several. Asks nobody itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from itertools import islice

from listbot.links.gate import Gate, asked_spacing
from listbot.links.guard import host_in, tidy
from listbot.links.registries import Absent, Empty, Link, Registry, Word
from listbot.links.registries.agreeing import merged
from listbot.links.transport import Answer
from listbot.liveness import Evidence, HostFacts, Notice, Outcome, Reason, outcome_of

_MOST_SILENCES = 3
"""So many requests in a row that were not answered, or by a server that says it is unwell (503), and a registry is left
alone for this run."""
_MOST_FAULTS = 12
"""So many in a row without a readable answer. Halves are asked by turns, all of one size before smaller ones, so that
one bad id makes two in a row at most, wherever it stands, and two of them four."""


class Desk:
    """The ids that wait for one registry; each is asked once, for all links that have it."""

    def __init__(self, registry: Registry, gate: Gate) -> None:
        self.registry = registry
        self.gate = gate
        self.host = host_in(str(tidy(registry.base + "/")))
        self.closed = False
        self.refused = False
        """Closed because the registry said that there were too many requests."""
        self.locked = False
        """It does not open to our token."""
        self.faults = 0
        """Requests without a readable answer, since the last good one."""
        self.silences = 0
        """Those of them that tell of the registry and not of an id."""
        self.spoiled = 0
        """Batches that one id spoiled, since the last good one."""
        self.requests = self.limited = 0
        self.has_answered = False
        self.said: dict[str, Word | Absent | None] = {}
        self.known: dict[str, None] = {}
        """Ids that others know, and that nobody asks for here: witnesses, each for one request."""
        self._called: set[str] = set()
        self._waiting: dict[str, dict[str, None]] = {}
        self._trails: dict[str, list[Trail]] = {}
        self._halves: deque[list[str]] = deque()
        self._empty: set[str] = set()
        """Ids of requests whose answer was empty."""

    def __len__(self) -> int:
        return len(self._trails)

    @property
    def is_busy(self) -> bool:
        return bool(self._trails)

    @property
    def is_hopeless(self) -> bool:
        """Whether it makes no sense to ask on. Two bad ids in one batch spoil at most twice its depth in a row."""
        is_out_of_order = self.silences >= _MOST_SILENCES or self.faults >= _MOST_FAULTS
        return is_out_of_order or self.spoiled > 2 * self.registry.batch.bit_length() + 2

    @property
    def facts(self) -> HostFacts:
        return HostFacts(self.host, self.requests, self.limited, self.has_answered)

    def join(self, identifier: str, trail: Trail) -> bool:
        """Wait for an id's answer; False where it is known already."""
        if identifier in self.said:
            return False
        if identifier not in self._trails:
            self._waiting.setdefault(self.registry.group(identifier), {})[identifier] = None
        self._trails.setdefault(identifier, []).append(trail)
        return True

    def next_batch(self, *, partial: bool) -> list[str] | None:
        """The ids of the next request: a half of a spoiled batch, a full batch, or, if `partial`, whatever waits."""
        if self._halves:
            return self._halves[0]
        for ids in self._waiting.values():
            if len(ids) >= self.registry.batch or (partial and ids):
                return list(islice(ids, self.registry.batch))
        return None

    def knows(self, identifier: str) -> bool:
        """Whether an id was asked for here, or waits for it."""
        return identifier in self.said or identifier in self._trails

    def with_witnesses(self, ids: list[str]) -> list[str]:
        """A batch, and as many that are known to be there as its registry wants: the first and the last ones."""
        chosen = list(
            islice(
                (one for one in self.known if one not in self._called and not self.knows(one)), self.registry.witnesses
            )
        )
        self._called.update(chosen)
        return [*chosen[:1], *ids, *chosen[1:]]

    def take(self, ids: list[str]) -> None:
        """The batch waits no more."""
        if self._halves and self._halves[0] is ids:
            self._halves.popleft()
            return
        group = self.registry.group(ids[0])
        for identifier in ids:
            del self._waiting[group][identifier]
        if not self._waiting[group]:
            del self._waiting[group]

    def split(self, ids: list[str]) -> None:
        """Ask for the halves of a batch, after all other halves."""
        middle = len(ids) // 2
        self._halves.extend((ids[:middle], ids[middle:]))

    def again(self, ids: list[str]) -> None:
        """Ask for a batch once more, next."""
        self._halves.appendleft(ids)

    def heard(self, ids: list[str], answer: Answer) -> Mapping[str, Word | Absent]:
        """What an answer says of a batch; an empty one is believed the second time. Raises as `Registry.read` does."""
        try:
            return self.registry.read(ids, answer)
        except Empty as empty:
            if self._empty.issuperset(ids):
                return empty.said
            self._empty.update(ids)
            raise

    def drain(self) -> list[str]:
        """All that waits and was not sent."""
        waiting = [identifier for ids in (*self._waiting.values(), *self._halves) for identifier in ids]
        self._waiting.clear()
        self._halves.clear()
        return waiting

    def settle(self, identifier: str, said: Word | Absent | None) -> list[Trail]:
        """An id's answer is known; the links that waited for it."""
        self.said[identifier] = said
        return self._trails.pop(identifier, [])

    def answered(self, answer: Answer, now: float, wall_time: float) -> None:
        self.has_answered = True
        self.limited += answer.status == 429
        self.gate.answered(answer.status, answer.headers, now, wall_time)
        self.gate.space_at_least(asked_spacing(answer.headers))

    def unanswered(self) -> None:
        self.gate.unanswered()


class Trail:
    """One link on its way past registries, and what they said of it."""

    __slots__ = ("_absent", "_asked", "_words", "is_decided", "left", "link", "pages", "unconfirmed")

    def __init__(self, link: Link, left: list[Desk], pages: bool) -> None:
        self.link = link
        self.left = left
        """Who is still to be asked."""
        self.pages = pages
        self.is_decided = False
        """A registry knows the work; whoever is asked now only adds to it."""
        self.unconfirmed = ""
        """The registry without whose word the first word is not believed in full."""
        self._words: list[tuple[str, Word]] = []
        self._absent: list[tuple[str, Absent]] = []
        self._asked = list(left)

    def hear(self, name: str, word: Word) -> None:
        if name == self.unconfirmed:
            self.unconfirmed = ""
            if word.reason != self._words[0][1].reason:
                self._words[0] = (self._words[0][0], _without_notice(self._words[0][1], word.reason))
        self._words.append((name, word))

    def miss(self, name: str, absent: Absent) -> None:
        if not self.is_decided:
            self._absent.append((name, absent))

    @property
    def is_gone(self) -> bool:
        """Two registries do not have it, and one of them would have to."""
        return not self._words and len(self._absent) >= 2 and any(said.authoritative for _, said in self._absent)

    def evidence(self) -> tuple[list[Evidence], bool]:
        """What registries said, and whether it decides."""
        if self._words:
            return [self._of_words()], True
        if self.is_gone:
            return [Evidence(Reason.REGISTRY_ABSENT, name) for name, _ in self._absent], True
        seen = [Evidence(Reason.REGISTRY_ABSENT, name) for name, said in self._absent if said.authoritative]
        if self.pages:
            return seen, False
        refusing = [desk.registry.name for desk in self._asked if desk.refused]
        if not seen and refusing:
            return [Evidence(Reason.RATE_LIMITED, refusing[0])], True
        return seen or [Evidence(Reason.REGISTRY_SILENT, self._asked[0].registry.name)], True

    def _of_words(self) -> Evidence:
        name, word = self._words[0]
        if self.unconfirmed:
            word = _without_notice(word, Reason.REGISTRY_PRESENT)
        records = [word.record, *(later.record for _, later in self._words[1:])]
        moved = outcome_of(word.reason) == Outcome.MOVED
        return Evidence(word.reason, name, final=word.final if moved else "", record=merged(records))


def _without_notice(word: Word, reason: Reason) -> Word:
    """A word whose gravest part nobody confirmed."""
    notice: Notice | None = None
    return word._replace(reason=reason, record=word.record._replace(notice=notice))
