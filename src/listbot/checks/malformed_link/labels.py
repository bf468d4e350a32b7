"""What the text of a link without a target can say about it."""

from __future__ import annotations

import re

PAPER = re.compile(r"paper|pdf|arxiv|abs|link|url|openreview|html|论文", re.IGNORECASE)
"""A label that is nothing without its link."""
COMPANION = re.compile(
    r"(?:official )?(?:source )?codes?|github|gitlab|repo(?:sitory)?|implementation|pytorch|tensorflow|jax|"
    r"project(?: page)?|page|homepage|website|web|site|demos?|videos?|slides?|posters?|talks?|blogs?|"
    r"data(?:[ -]?sets?)?|models?|weights|checkpoints?|benchmark|supp(?:lement(?:ary)?|l)?|appendix|docs?|"
    r"代码|项目|主页|数据|模型",
    re.IGNORECASE,
)
"""A label of what comes with a paper, often later: without a target it says "not released" in many lists."""
PUT_OFF = re.compile(
    r"soon|to be|\btb[acd]\b|\btodo\b|\bn/?a\b|not (?:yet|released|available)|unreleased|in construction|under review|"
    r"\bnone\b|待|敬请期待|暂无|即将",
    re.IGNORECASE,
)
"""Words that say so in so many words."""

_MARKS = re.compile(r"^[\W_]+|[\W_]+$")


def plain(label: str) -> str:
    """A label without the brackets, emphasis and emoji around it."""
    return _MARKS.sub("", " ".join(label.split()))
