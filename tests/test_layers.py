"""Who may import whom: a file imports from lower floors, or from its own package. The picture is in CONTRIBUTING.md."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "listbot"

FLOORS = [
    {"source", "errors"},
    {
        "alignment",
        "arxiv_ids",
        "block_rules",
        "dates",
        "escapes",
        "finding",
        "html_tags",
        "inputs",
        "person_names",
        "places",
        "project_words",
        "revisions",
        "section_names",
        "sentences",
        "slips",
        "slugs",
        "subsequences",
        "tables",
        "titles",
        "writing",
    },
    {
        "document",
        "inlines",
        "languages",
        "lexicon",
        "liveness",
        "rewriting",
        "works",
        "rulebook",
        "title_match",
        "venues",
    },
    {
        "definitions",
        "derivations",
        "heading_anchors",
        "identity",
        "plain_text",
        "proceedings",
        "raw_html",
        "section_roles",
        "sections",
        "tokens",
        "typed",
        "vocabulary",
    },
    {"baseline_file", "catalogue", "grouping", "meanings", "own_words", "prose_words"},
    {"entry_parts", "slot_words", "surroundings"},
    {"entries", "misspellings"},
    {"parser"},
    {"campaigns", "contents_table", "edited_sides", "habits", "separator"},
    {"proof"},
    {"comments"},
    {"bare_entries", "entry_habits", "link_forms", "lost_headings"},
    {"label_targets"},
    {"generated", "house_style", "library", "merging", "suppression"},
    {"rule"},
    {"engine", "config", "checks", "fixer", "links"},
    {"baseline", "output"},
    {"bot"},
    {"commands"},
    {"arguments"},
    {"cli"},
    {"__main__"},
]
ONLY_IMPORTERS = {
    "markdown_it": {"block_rules"},
    "rapidfuzz": {"title_match"},
    "rich": {
        "output.full",
        "output.style_table",
        "output.entries_table",
        "commands.printing",
        "output.fixes",
        "commands.style",
        "commands.entries",
        "commands.fixing",
        "commands.links",
        "commands.link_options",
        "output.links_table",
    },
    "bibtexparser": {"output.entries_bibtex"},
    "github": {"bot.github", "bot.refusals"},
    "httpx": {"links"},
    "httpcore": {"links"},
    "asyncio": {"links"},
    "sqlite3": {"links"},
}


def floor_of(module: str) -> int:
    top = module.split(".", maxsplit=1)[0]
    return next(number for number, names in enumerate(FLOORS) if top in names)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module.startswith("listbot"):
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def modules() -> dict[str, Path]:
    names = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        names[".".join(part for part in parts if part != "__init__")] = path
    names.pop("")
    return names


def test_every_module_stands_on_a_floor_and_imports_only_from_below() -> None:
    wrong = []
    known = modules()
    for name, path in known.items():
        for target in imports(path):
            inner = target.removeprefix("listbot.")
            if not target.startswith("listbot.") or inner not in known:
                continue
            same_package = inner.split(".")[0] == name.split(".")[0]
            if not same_package and floor_of(inner) >= floor_of(name):
                wrong.append(f"{name} imports {inner}")
    assert not wrong


def test_third_parties_stay_behind_their_doors() -> None:
    wrong = []
    for name, path in modules().items():
        for target in imports(path):
            doors = ONLY_IMPORTERS.get(target.split(".")[0])
            if doors is not None and name not in doors and name.split(".")[0] not in doors:
                wrong.append(f"{name} imports {target}")
    assert not wrong
