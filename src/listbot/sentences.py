"""Whether a text, such as a heading, is a sentence that says all of it and not the name of something."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r".*[^\W\d_]{2}(?<!\betc)(?:[.…]|!+)|.*[。！]", re.DOTALL | re.IGNORECASE)
_FEWEST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def is_sentence(text: str) -> bool:
    """A question is none: its answer is missing."""
    text = text.strip(" *_\"'”’)")
    if _SENTENCE.fullmatch(text) is None:
        return False
    return text[-1] in "。！" or len(_WORD.findall(text)) >= _FEWEST_WORDS
