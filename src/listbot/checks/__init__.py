"""The rules that listbot has: one module a check, one line here, one page in `rules/`."""

from __future__ import annotations

from listbot.checks import (
    broken_anchor,
    broken_path,
    duplicate_entry,
    duplicate_heading,
    empty_section,
    entry_format,
    heading_level_skip,
    heading_style,
    label_target,
    malformed_link,
    missing_section,
    pdf_link_format,
    placeholder_link,
    pseudo_heading,
    section_order,
    table_shape,
    title_conflict,
    toc_mismatch,
    unsorted_entries,
    venue_conflict,
)
from listbot.rule import NoOptions, Rule

RULES = (
    Rule("broken-anchor", broken_anchor.check, NoOptions),
    Rule("broken-path", broken_path.check, NoOptions),
    Rule("duplicate-entry", duplicate_entry.check, duplicate_entry.Options),
    Rule("duplicate-heading", duplicate_heading.check, NoOptions),
    Rule("empty-section", empty_section.check, NoOptions),
    Rule("entry-format", entry_format.check, NoOptions),
    Rule("heading-level-skip", heading_level_skip.check, NoOptions),
    Rule("heading-style", heading_style.check, NoOptions),
    Rule("label-target", label_target.check, NoOptions),
    Rule("malformed-link", malformed_link.check, NoOptions),
    Rule("missing-section", missing_section.check, missing_section.Options),
    Rule("pdf-link-format", pdf_link_format.check, pdf_link_format.Options),
    Rule("placeholder-link", placeholder_link.check, placeholder_link.Options),
    Rule("pseudo-heading", pseudo_heading.check, NoOptions),
    Rule("section-order", section_order.check, section_order.Options),
    Rule("table-shape", table_shape.check, NoOptions),
    Rule("title-conflict", title_conflict.check, NoOptions),
    Rule("toc-mismatch", toc_mismatch.check, NoOptions),
    Rule("unsorted-entries", unsorted_entries.check, unsorted_entries.Options),
    Rule("venue-conflict", venue_conflict.check, NoOptions),
)
