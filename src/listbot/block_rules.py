"""markdown-it-py's block rules, asked only where they can match. The only importer of markdown_it.

Stock markdown-it tries eleven rules on every line, and eight more on every line that may end a paragraph. Nearly all of
them look at the line's first character and give up. Here that character chooses the rules, which halves the time. The
rules themselves stay markdown-it's, in their order, with one correction: what follows a link reference definition.
Paragraphs of one line, which most of a list's blocks are, and headings are read here; tokens are lighter, and fewer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

__all__ = ["Token", "block_tokens"]

_Rule = Callable[[StateBlock, int, int, bool], bool]
"""(state, line, end, silent) -> matched. Silent rules only look; others write tokens and move `state.line` on."""

_STARTS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""The characters with which a rule's blocks begin, the rules in the order in which markdown-it tries them."""
_ENDS_LIST = ("fence", "blockquote", "hr")
_ENDS_QUOTE = (*_ENDS_LIST, "list", "html_block", "heading")
_THEMATIC_BREAK = re.compile(r"([*_-])(?:[ \t]*+\1){2,}+[ \t]*+(?:\n|\Z)")
_DELIMITERS = re.compile(r"(?:[|:]|-(?![ \t]))[-|: \t]++(?:\n|\Z)")
_DELIMITER = ("|", "-", ":")
_ITEM = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t\n]|\Z)")
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)++\]:", re.DOTALL)
_HASHES = re.compile(r"#{1,6}(?=[ \t\n]|\Z)")
_MAX_NESTING = 40
_CODE_INDENT = 4


def block_tokens(text: str, *, whole: bool = False) -> tuple[list[Token], dict[str, dict[str, object]]]:
    """The block tokens of a text with `\\n` line endings, and its link reference definitions by normalised label.

    `whole` tokens are those of markdown-it, with what only a renderer asks for. Otherwise there is one token `heading`
    or `paragraph` where a line is one, an `inline` alone where a cell is one, and nothing is closed: levels say it.
    """
    environment: dict[str, dict[str, dict[str, object]]] = {}
    markdown = _markdown()
    state = (StateBlock if whole else _State)(text, markdown, environment, [])
    if isinstance(state, _State):
        state.unread = _LightToken("", "", 0)
    markdown.block.tokenize(state, state.line, state.lineMax)
    return state.tokens, environment.get("references", {})


class _LightToken(Token):
    """A token without what only renderers use: making it takes a third of the time."""

    __slots__ = ()

    def __init__(self, kind: str, tag: str, level: int) -> None:  # not super's: that is what takes the time
        self.type = kind
        self.tag = tag
        self.level = level
        self.map = None
        self.content = self.markup = self.info = ""


class _State(StateBlock):
    """markdown-it's state, with light tokens."""

    unread: Token
    """Takes what a rule writes into a token that nobody reads."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        level = self.level
        if nesting:
            self.level = level + nesting
            if nesting < 0 or ttype == "td_open" or ttype == "th_open":
                return self.unread
        token = _LightToken(ttype, tag, level)
        self.tokens.append(token)
        return token


class _Options(dict[str, Any]):
    """markdown-it's options, which its rules ask for again at each block: its own class answers in Python."""


class _Blocks(ParserBlock):
    """markdown-it's loop over blocks, for the case that one rule begins them all."""

    beginning: _Rule

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - names of markdown-it
        starts, indents, ends = state.bMarks, state.tShift, state.eMarks
        line = startLine
        seen_empty = False
        while line < endLine:
            if starts[line] + indents[line] >= ends[line]:
                line = state.skipEmptyLines(line)
            state.line = line
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= _MAX_NESTING:
                state.line = endLine
                break
            self.beginning(state, line, endLine, False)
            state.tight = not seen_empty
            line = state.line
            if line - 1 < endLine and starts[line - 1] + indents[line - 1] >= ends[line - 1]:
                seen_empty = True
            if line < endLine and starts[line] + indents[line] >= ends[line]:
                seen_empty = True
                line += 1
                state.line = line


@cache
def _markdown() -> MarkdownIt:
    """markdown-it with one rule that begins every block, and one for each chain of rules that end a block."""
    markdown = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table")
    blocks = _Blocks()
    blocks.ruler = ruler = markdown.block.ruler
    markdown.block = blocks
    markdown.options = _Options(markdown.options)  # type: ignore[assignment]  # it asks for no more than a mapping
    rules: dict[str, _Rule] = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    rules["hr"] = _thematic_break(rules["hr"])
    rules["list"] = _list(rules["list"])
    rules["heading"] = _heading(rules["heading"])
    ends_paragraph = _ending(rules, _ENDS_QUOTE, rules["table"])
    rules["reference"] = _definitions(rules, ends_paragraph)
    for name in rules:
        ruler.at(name, rules[name])  # takes it out of the chains of rules that end a block
    blocks.beginning = _beginning(rules, ends_paragraph)
    ruler.before("table", "beginning", blocks.beginning)
    ruler.push("paragraph_end", ends_paragraph, {"alt": ["paragraph", "reference"]})
    ruler.push("blockquote_end", _ending(rules, _ENDS_QUOTE), {"alt": ["blockquote"]})
    ruler.push("list_end", _ending(rules, _ENDS_LIST), {"alt": ["list"]})
    return markdown


def _beginning(rules: Mapping[str, _Rule], ends_paragraph: _Rule) -> _Rule:
    """The rule that reads any block."""
    chosen = _by_character(rules, tuple(_STARTS))
    code, table, setext_heading, paragraph = (rules[name] for name in ("code", "table", "lheading", "paragraph"))

    def rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if state.sCount[line] - state.blkIndent >= _CODE_INDENT:
            return code(state, line, end, silent)
        if _may_be_table(state, line, end) and table(state, line, end, silent):
            return True
        for one in chosen.get(state.src[state.bMarks[line] + state.tShift[line]], ()):
            if one(state, line, end, silent):
                return True
        if isinstance(state, _State) and _is_one_line(state, line, ends_paragraph):
            state.line = line + 1
            token = state.push("paragraph", "p", 0)
            token.content = mdTrim(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
            token.map = [line, line + 1]
            return True
        return setext_heading(state, line, end, silent) or paragraph(state, line, end, silent)

    return rule


def _is_one_line(state: StateBlock, line: int, ends_paragraph: _Rule) -> bool:
    """Whether a paragraph ends with its first line, for certain: markdown-it asks for headings, and asks again."""
    following = line + 1
    if following >= state.lineMax or state.isEmpty(following):
        return True
    begins = state.src[state.bMarks[following] + state.tShift[following]]
    may_underline = begins in "-=" and state.sCount[following] >= state.blkIndent
    return not may_underline and _ends(state, following, ends_paragraph)


def _ending(rules: Mapping[str, _Rule], names: tuple[str, ...], table: _Rule | None = None) -> _Rule:
    """The rule that tells whether a line begins a block that ends the one before it."""
    chosen = _by_character(rules, names)

    def rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        for one in chosen.get(state.src[state.bMarks[line] + state.tShift[line]], ()):
            if one(state, line, end, silent):
                return True
        return table is not None and _may_be_table(state, line, end) and table(state, line, end, silent)

    return rule


def _by_character(rules: Mapping[str, _Rule], names: tuple[str, ...]) -> dict[str, tuple[_Rule, ...]]:
    characters = {character for name in names for character in _STARTS[name]}
    return {character: tuple(rules[name] for name in names if character in _STARTS[name]) for character in characters}


def _may_be_table(state: StateBlock, line: int, end: int) -> bool:
    """Whether the line after `line` looks like the row of dashes under a table's header."""
    if line + 1 >= end:
        return False
    start = state.bMarks[line + 1] + state.tShift[line + 1]
    return state.src.startswith(_DELIMITER, start) and _DELIMITERS.match(state.src, start) is not None


def _thematic_break(rule: _Rule) -> _Rule:
    """markdown-it's rule walks in Python through all of `- - - - a`, and does so again on each level of that list."""

    def quick(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        return _THEMATIC_BREAK.match(state.src, start) is not None and rule(state, line, end, silent)

    return quick


def _list(rule: _Rule) -> _Rule:
    """markdown-it's rule reads a mark letter by letter. What it is asked most is whether the next line is an item."""

    def quick(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if _ITEM.match(state.src, state.bMarks[line] + state.tShift[line]) is None:
            return False
        if silent and state.sCount[line] < state.blkIndent:
            return state.listIndent < 0 or state.sCount[line] - state.listIndent < _CODE_INDENT
        return rule(state, line, end, silent)

    return quick


def _heading(rule: _Rule) -> _Rule:
    """markdown-it's rule walks letter by letter, and makes three tokens."""

    def quick(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        marks = _HASHES.match(state.src, start)
        if marks is None or silent or not isinstance(state, _State):
            return marks is not None and rule(state, line, end, silent)
        written = state.src[marks.end() : state.eMarks[line]].rstrip(" \t")
        shorter = written.rstrip("#")
        state.line = line + 1
        token = state.push("heading", f"h{marks.end() - start}", 0)
        token.markup = marks[0]
        token.map = [line, line + 1]
        token.content = mdTrim(shorter if shorter.endswith((" ", "\t")) else written)
        return True

    return quick


def _definitions(rules: Mapping[str, _Rule], ends_paragraph: _Rule) -> _Rule:
    """Definitions stand at the front of a paragraph, and what follows them goes on being that paragraph.

    markdown-it begins a new block there, and so sees code in an indented line, or a list in `2.`.
    """
    reference, setext_heading, paragraph = (rules[name] for name in ("reference", "lheading", "paragraph"))

    def rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        found = False
        while _LABEL.match(state.src, state.bMarks[line] + state.tShift[line]) and reference(state, line, end, silent):
            found, line = True, state.line
            if line >= state.lineMax or state.isEmpty(line) or _ends(state, line, ends_paragraph):
                return True
            state.sCount[line] = state.blkIndent  # a paragraph's line may stand anywhere
        return found and (setext_heading(state, line, end, silent) or paragraph(state, line, end, silent))

    return rule


def _ends(state: StateBlock, line: int, ends_paragraph: _Rule) -> bool:
    if state.sCount[line] < 0 or state.is_code_block(line):
        return False
    outer, state.parentType = state.parentType, "paragraph"
    ends = ends_paragraph(state, line, state.lineMax, True)
    state.parentType = outer
    return ends
