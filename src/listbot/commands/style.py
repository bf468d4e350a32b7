"""`listbot style`: what this list does and with how much support, and whether a program writes it."""

from __future__ import annotations

import sys
from pathlib import Path

from listbot import inputs
from listbot.commands.surroundings import Directory
from listbot.config import Settings
from listbot.errors import EXIT_CLEAN
from listbot.generated import recognise, sentence
from listbot.house_style import learn
from listbot.output import style_table
from listbot.output.text import visible
from listbot.parser import parse


def run(path: str | None, format_name: str, sections: bool, settings: Settings) -> int:
    """Print the habits of one list. Raises InputError where the file cannot be read."""
    file = Path(path) if path is not None else Path()
    if file.is_dir():
        file = inputs.default_readme(file)
    document = parse(inputs.read(file, file.as_posix(), settings.max_file_size))
    style = learn(document)
    generated = recognise(document, Directory(file, settings.max_file_size))
    if format_name == "json":
        from listbot.output import style_json

        sys.stdout.write(style_json.render(document, style, generated, sections=sections))
        return EXIT_CLEAN
    tables = [(style_table.headline(document.source.path, style), style.habits)]
    if sections:
        tables += [
            (style_table.section_headline(document, section, entries), habits)
            for section, entries, habits in style.sections
        ]
    if generated is not None:
        sys.stdout.write(f"{visible(document.source.path)}: {visible(sentence(generated))}\n")
    for number, (headline, habits) in enumerate(tables):
        sys.stdout.write(("\n" if number else "") + headline + "\n")
        if sys.stdout.isatty():
            from rich.console import Console

            style_table.rich(habits, Console(highlight=False, markup=False, emoji=False))
        else:
            sys.stdout.write(style_table.plain(habits))
    return EXIT_CLEAN
