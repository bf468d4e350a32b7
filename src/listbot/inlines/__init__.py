"""The links, images, code spans and tags inside one run of inline Markdown, with exact offsets.

This is CommonMark's own algorithm (https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy): one pass with a
stack of brackets. Emphasis is left out, because links bind more tightly and nothing here needs it. markdown-it-py's
inline rules give no positions and read nested brackets in quadratic time; this pass is linear in the text, which the
tests hold against two parsers of other lineages.

Bare URLs follow GitHub's autolink extension (https://github.github.com/gfm/#autolinks-extension-).
"""

from listbot.inlines.destinations import link_destination
from listbot.inlines.found import Hit, Inlines
from listbot.inlines.scanning import normalised_label, scan

__all__ = ["Hit", "Inlines", "link_destination", "normalised_label", "scan"]
