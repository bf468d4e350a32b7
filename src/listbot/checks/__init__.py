"""The rules that listbot has: one module a check, one line here, one page in `rules/`."""

from __future__ import annotations

from listbot.checks import (
    broken_anchor,
    broken_path,
    duplicate_entry,
    duplicate_heading,
    empty_section,
    heading_level_skip,
    label_target,
    latex_residue,
    lost_line_break,
    malformed_link,
    name_style,
    pdf_link_format,
    placeholder_link,
    repeated_word,
    spacing,
    title_conflict,
    unrendered_markdown,
    venue_conflict,
)
from listbot.rule import NoOptions, Rule

RULES = (
    Rule("broken-anchor", broken_anchor.check, NoOptions),
    Rule("broken-path", broken_path.check, NoOptions),
    Rule("duplicate-entry", duplicate_entry.check, duplicate_entry.Options),
    Rule("duplicate-heading", duplicate_heading.check, NoOptions),
    Rule("empty-section", empty_section.check, NoOptions),
    Rule("heading-level-skip", heading_level_skip.check, NoOptions),
    Rule("label-target", label_target.check, NoOptions),
    Rule("latex-residue", latex_residue.check, NoOptions),
    Rule("lost-line-break", lost_line_break.check, NoOptions),
    Rule("malformed-link", malformed_link.check, NoOptions),
    Rule("name-style", name_style.check, NoOptions),
    Rule("pdf-link-format", pdf_link_format.check, pdf_link_format.Options),
    Rule("placeholder-link", placeholder_link.check, placeholder_link.Options),
    Rule("repeated-word", repeated_word.check, NoOptions),
    Rule("spacing", spacing.check, NoOptions),
    Rule("title-conflict", title_conflict.check, NoOptions),
    Rule("unrendered-markdown", unrendered_markdown.check, NoOptions),
    Rule("venue-conflict", venue_conflict.check, NoOptions),
)
