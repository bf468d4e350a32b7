"""The rules that listbot has: one module a check, one line here, one page in `rules/`."""

from __future__ import annotations

from listbot.checks import (
    broken_anchor,
    broken_path,
    confused_word,
    duplicate_entry,
    duplicate_heading,
    empty_section,
    heading_level_skip,
    label_target,
    malformed_link,
    pdf_link_format,
    placeholder_link,
    title_conflict,
    title_slip,
    typo,
    venue_conflict,
)
from listbot.rule import NoOptions, Rule

RULES = (
    Rule("broken-anchor", broken_anchor.check, NoOptions),
    Rule("broken-path", broken_path.check, NoOptions),
    Rule("confused-word", confused_word.check, NoOptions),
    Rule("duplicate-entry", duplicate_entry.check, duplicate_entry.Options),
    Rule("duplicate-heading", duplicate_heading.check, NoOptions),
    Rule("empty-section", empty_section.check, NoOptions),
    Rule("heading-level-skip", heading_level_skip.check, NoOptions),
    Rule("label-target", label_target.check, NoOptions),
    Rule("malformed-link", malformed_link.check, NoOptions),
    Rule("pdf-link-format", pdf_link_format.check, pdf_link_format.Options),
    Rule("placeholder-link", placeholder_link.check, placeholder_link.Options),
    Rule("title-conflict", title_conflict.check, NoOptions),
    Rule("title-slip", title_slip.check, title_slip.Options),
    Rule("typo", typo.check, typo.Options),
    Rule("venue-conflict", venue_conflict.check, NoOptions),
)
