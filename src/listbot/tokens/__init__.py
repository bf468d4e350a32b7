"""One entry's text -> tokens: links, bold, quoted and bracketed spans, chips, breaks, plain text.

Links, images, code and tags come from the parser, so what is a link here is a link on GitHub. The rest (emphasis,
quotes, brackets) is paired in one pass; a mark without its partner is text. All spans are offsets into the source.
"""

from listbot.tokens.records import Token
from listbot.tokens.shown import label_text, plain
from listbot.tokens.tokenizer import Tokenizer

__all__ = ["Token", "Tokenizer", "label_text", "plain"]
