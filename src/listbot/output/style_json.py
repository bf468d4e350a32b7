"""A list's habits for programs. These models are the published form, version 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from listbot.document import Document
from listbot.generated import Generated
from listbot.house_style import Habit, HouseStyle


class JsonOther(BaseModel):
    """What some places do instead of the majority."""

    what: str
    count: int


class JsonHabit(BaseModel):
    """What `count` `of` the places do. `settled`: enough agree for the lines in `outliers` to differ from a style."""

    name: str
    what: str
    count: int
    of: int
    settled: bool
    others: list[JsonOther]
    outliers: list[int]


class JsonSection(BaseModel):
    """The habits of one section's own entries. `section`: the headings that lead to it."""

    section: list[str]
    line: int
    entries: int
    habits: list[JsonHabit]


class JsonGenerated(BaseModel):
    """How it is known that a program writes the file, and what an edit belongs into."""

    evidence: str
    line: int | None
    file: str | None
    source: str | None


class JsonStyle(BaseModel):
    """`listbot style --format json`. `sections` is empty without `--sections`."""

    version: Literal[1]
    path: str
    entries: int
    generated: JsonGenerated | None
    habits: list[JsonHabit]
    sections: list[JsonSection]


def render(document: Document, style: HouseStyle, generated: Generated | None, *, sections: bool) -> str:
    """Exactly one JSON object, and a line ending."""
    found = JsonStyle(
        version=1,
        path=document.source.path,
        entries=style.entries,
        generated=JsonGenerated(**generated._asdict()) if generated is not None else None,
        habits=_habits(style.habits),
        sections=[
            JsonSection(
                section=document.section_path(section),
                line=document.sections[section].heading.first,
                entries=entries,
                habits=_habits(habits),
            )
            for section, entries, habits in (style.sections if sections else ())
        ],
    )
    return found.model_dump_json() + "\n"


def _habits(habits: Sequence[Habit]) -> list[JsonHabit]:
    return [
        JsonHabit(
            name=habit.name,
            what=habit.majority.what,
            count=habit.majority.count,
            of=habit.majority.of,
            settled=habit.majority.settled,
            others=[JsonOther(what=what, count=count) for what, count in habit.others],
            outliers=list(habit.outliers),
        )
        for habit in habits
    ]
