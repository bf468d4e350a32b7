"""malformed-link: every form is found, and everything that looks like one is left alone, each with its reason."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from listbot.checks import malformed_link
from listbot.checks.malformed_link.faults import FAULTS
from listbot.checks.malformed_link.joint_forms import FORMS
from listbot.finding import Finding
from listbot.parser import parse
from listbot.rule import Context, NoOptions
from listbot.rulebook import pages
from listbot.source import Source
from listbot.typed import LINK, typed
from tests import pages as testing
from tests.work_done import steps


class Alone:
    """A file of which nothing around it is known, but for the paths in `there`."""

    def __init__(self, *there: str) -> None:
        self.there = there

    def exists(self, path: str) -> bool | None:
        return True if path in self.there else None

    def anchors(self, path: str) -> frozenset[str] | None:  # noqa: ARG002
        return None


def found(text: str, *there: str) -> list[Finding]:
    context = Context(parse(Source("README.md", text)), NoOptions(), Alone(*there))
    return list(malformed_link.check(context))


def shown(text: str, *there: str) -> list[tuple[str, str]]:
    """Grade and offending text of each finding."""
    source = Source("README.md", text)
    return [(finding.grade, source[finding.span]) for finding in found(text, *there)]


def fixed(text: str) -> str:
    """The text after its safe fixes."""
    edits = [edit for finding in found(text) if finding.fix and finding.fix.safe for edit in finding.fix.edits]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# Joints ---------------------------------------------------------------------------------------------------------------

U = "https://a.example/b"
BROKEN_JOINTS = [
    (f"[t] ({U})", f"[t] ({U})", "a blank"),
    (f"[t]   ({U})", f"[t]   ({U})", "blanks"),
    (f"[t]\u00a0({U})", f"[t]\u00a0({U})", "a no-break space"),
    (f"[t]\n({U})", f"[t]\n({U})", "a line break"),
    (f"- [t]\r\n  ({U})", f"[t]\r\n  ({U})", "a line break and indentation, CRLF"),
    (f"> [t]\n> ({U})", f"[t]\n> ({U})", "a line break in a quote"),
    (f"[[t]] ({U})", f"[[t]] ({U})", "double brackets"),
    (f"[[t] ({U})]", f"[t] ({U})", "a link in brackets"),
    (f"![t] ({U})", f"[t] ({U})", "an image"),
    (f"[![i](i.png)] ({U})", f"[![i](i.png)] ({U})", "a badge"),
    (f"[t] (www.a.example/{'b'})", "[t] (www.a.example/b)", "a URL that GitHub links without a scheme"),
    (f"[t] ({U}_(c))", f"[t] ({U}_(c))", "a URL with parentheses"),
    (f"[2019] ({U})", f"[2019] ({U})", "a year is a text"),
    (f"[t].({U})", f"[t].({U})", "a full stop"),
    (f"[t]-({U})", f"[t]-({U})", "a hyphen"),
    (f"**[t]**({U})", f"[t]**({U})", "emphasis that ends too early"),
    (f"([t])({U})", f"[t])({U})", "a parenthesis that ends too early"),
    (f"[t][{U}]", f"[t][{U}]", "square brackets"),
    (f"[t] [{U}]", f"[t] [{U}]", "square brackets after a blank"),
    (f"[t][({U})]", f"[t][({U})", "both kinds"),
    (f"[t]{{{U}}}", f"[t]{{{U}}}", "curly brackets"),
    (f"[t](({U})", f"[t](({U})", "two opening and one closing"),
    (f"[t]（{U}）", f"[t]（{U}）", "full-width, both"),
    (f"[t]（{U})", f"[t]（{U})", "full-width, the first"),
    (f"[t]({U}）", f"[t]({U}）", "full-width, the second"),
    (f"【t】({U})", f"【t】({U})", "full-width around the text"),
    (f"(t)[{U}]", f"(t)[{U}]", "swapped"),
    (f"((t)[{U}])", f"(t)[{U}]", "swapped, in parentheses"),
    (f"(t)({U})", f"(t)({U})", "round brackets twice"),
    (f"[t}}({U})", f"[t}}({U})", "a curly bracket closes the text"),
    (f"[t)({U})", f"[t)({U})", "a round bracket closes the text"),
    (f"{{t]({U})", f"{{t]({U})", "a curly bracket opens the text"),
    (f"[t]{U})", f"[t]{U})", "no opening parenthesis"),
    (f"[[t]{U}]", f"[t]{U}]", "no parentheses, in brackets"),
    (f"[t({U})", f"[t({U})", "no closing bracket"),
    (f"[[t({U})]]", f"[t({U})", "no closing bracket, in brackets"),
    (f"[**t**({U}) <br>", f"[**t**({U})", "no closing bracket after emphasis"),
    (f"[[t (x)({U})]]", f"[t (x)({U})", "no closing bracket after a remark"),
    (f"t]({U})", f"]({U})", "no opening bracket"),
    (f"| t]({U}) |\n| --- |", f"]({U})", "no opening bracket in a cell"),
    (f"[{U})", f"[{U})", "the URL in the place of the text"),
    (f"[t]({U}", f"[t]({U}", "no closing parenthesis at the end"),
    (f"[t]({U}, [x]({U})", f"[t]({U}", "no closing parenthesis before a comma"),
    (f"[t]({U} - notes (more)", f"[t]({U}", "no closing parenthesis before notes"),
    (f"| [t]({U} | x |\n| --- | --- |", f"[t]({U}", "no closing parenthesis in a cell"),
    (f"[[t]({U}]", f"[t]({U}]", "the outer bracket closes the target"),
    (f"[t]({U} c/d)", f"[t]({U} c/d)", "a blank in the URL"),
    ("[t](https://www .a.example/b)", "[t](https://www .a.example/b)", "a blank in the host"),
    (f"[t]({U} words)", f"[t]({U} words)", "a title without quotes"),
    (f"[t]({U} “title”)", f"[t]({U} “title”)", "a title in curly quotes"),
    (f"[t]({U}/<x y>/c)", f"[t]({U}/<", "an angle bracket in the URL"),
    (f"[t [x]({U}) t]({U})", f"[t [x]({U}) t]({U}", "a link in a link"),
    (f"\\href{{{U}}}{{t}}", f"\\href{{{U}}}", "LaTeX"),
    (f"see {{{U}}}", f"{{{U}}}", "braces"),
]
LEGAL_JOINTS = [
    (f"[t]({U})", "a link"),
    (f"[t]( {U} )", "a padded target is valid Markdown"),
    (f"[t](\n{U})", "so is a target on the next line"),
    (f"[a\nb]({U})", "an entry over two lines"),
    (f"[t]({U} 'title')", "a title"),
    (f"[![i](i.png)]({U})", "a badge"),
    (f"[a [0, 1) b]({U}) [0, 1)", "an interval in a text"),
    (f"[`a[i](j)`]({U})", "code in a text"),
    (f"`[t] ({U})`", "code"),
    (f"```\n[t] ({U})\n```", "a code block"),
    (f"    [t] ({U})", "an indented code block"),
    (f"<!-- [t] ({U}) -->", "a comment"),
    (f"<p>[t] ({U})</p>", "raw HTML is not Markdown"),
    (f"\\[t\\] ({U})", "escaped brackets are meant as they stand"),
    (f"\\[t]({U})", "an escaped bracket shows how a link is written"),
    (f"[t][u]\n\n[u]: {U}", "a reference that is defined"),
    (f"[t] [u]\n\n[u]: {U}\n\n[t]: {U}", "two references side by side"),
    (f"text[^1]\n\n[^1]: {U}", "a footnote"),
    (f"- [ ] ({U})", "a checkbox"),
    (f"- [x] ({U})", "a ticked checkbox"),
    (f"> [!NOTE]\n> ({U})", "an alert"),
    (f"as in [1] ({U})", "the number of a reference"),
    (f"as in [12] {U}", "the number of a reference"),
    (f"a text ({U})", "a URL in parentheses"),
    (f"a (b) ({U})", "parentheses side by side with a blank"),
    (f"[t]({U}) ({U})", "a link and a URL"),
    (f"[t]({U}) [{U}]", "a link and a URL in brackets"),
    (f"[[t]({U})] ({U})", "a text that holds a link is no text of a link"),
    (f"[t]: {U} and more", "a label before a URL"),
    (f"[t] {U}", "a label before a URL"),
    (f"(see [t]{U})", "the parenthesis is the sentence's"),
    (f"[see a ({U})]", "a URL in parentheses in a remark"),
    (f"[{U}]", "a URL in brackets"),
    (f"url = {{{U}}}", "BibTeX"),
    (f"note = {{\\url{{{U}}}}}", "BibTeX"),
    (f"f(x)[0] array[index](call) {U}", "a call"),
    (f"<{U}>, <{U}>", "autolinks"),
    (f"地址：{U}", "a full-width colon"),
    ("[t](relative/path.md) [u](#anchor) [v](a_(b).md)", "relative targets"),
    (f"[a\\_b](https://a.example/c\\_d) [AAAI](https://a.example/AAAI[17]/(x)) {U}", "escapes and brackets in URLs"),
    (f"$$x[i](j)$$ and $f[x] (y)$ in {U}", "formulas"),
]


@pytest.mark.parametrize(("text", "place", "why"), BROKEN_JOINTS, ids=[why for *_, why in BROKEN_JOINTS])
def test_a_broken_joint_is_found_where_it_stands(text: str, place: str, why: str) -> None:
    assert ("broken", place) in shown(text), why


@pytest.mark.parametrize(("text", "why"), LEGAL_JOINTS, ids=[f"{n}: {why}" for n, (_, why) in enumerate(LEGAL_JOINTS)])
def test_what_is_legal_stays_silent(text: str, why: str) -> None:
    assert shown(text) == [], why


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"[t] ({U})", f"[t]({U})"),
        (f"[t]\r\n({U})", f"[t]({U})"),
        (f"[t].({U})", f"[t]({U})"),
        (f"[t][{U}]", f"[t]({U})"),
        (f"(t)[{U}]", f"[t]({U})"),
        (f"[t](({U})", f"[t]({U})"),
        (f"[t]（{U}）", f"[t]({U})"),
        (f"[t]({U}）", f"[t]({U})"),
        (f"[t]({U}\n", f"[t]({U})\n"),
        (f"[![i](i.png)] ({U})", f"[![i](i.png)]({U})"),
        (f"[![i][r]] ({U})\n\n[r]: i.png", f"[![i][r]]({U})\n\n[r]: i.png"),
    ],
)
def test_a_safe_fix_makes_the_link_that_was_meant(text: str, after: str) -> None:
    assert fixed(text) == after
    assert shown(after) == []
    assert U in {link.url for link in parse(Source("README.md", after)).links}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"**[t]**({U})", "dropping the emphasis would leave its other half"),
        (f"([t])({U})", "dropping the parenthesis would leave its other half"),
        (f"(t)({U})", "two parentheses may be meant"),
        (f"[t]({U}\nwhich goes on)", "the closing parenthesis may stand on the next line"),
        (f"[t]({U} c/d)", "a blank may stand for %20, for _ or for nothing"),
        (f"t]({U})", "where the text begins is not known"),
    ],
)
def test_what_cannot_be_proved_is_not_fixed(text: str, why: str) -> None:
    assert found(text), why
    assert fixed(text) == text, why


def test_every_form_says_why_it_is_sure() -> None:
    assert len({form.name for form in FORMS}) == len(FORMS)
    assert all(form.why for form in FORMS)


# Targets --------------------------------------------------------------------------------------------------------------

FAULTY_TARGETS = [
    ("link-to-itself", f"[{U}]({U})", U),
    ("link-in-target", f"[code]({U})", None),
    ("wrapped", f"({U})", U),
    ("wrapped", f"[{U}", U),
    ("wrapped", f"{{{U}}}", U),
    ("wrapped", f"“{U}”", U),
    ("wrapped", f"]{U}", U),
    ("bracketed", "[a/b.zip]", None),
    ("invisible", f"{U}\ufeff", U),
    ("invisible", "https://a.example/\u200bb", U),
    ("doubled-scheme", f"http://{U}", U),
    ("doubled-scheme", "https://https//a.example/b", U),
    ("doubled-scheme", "http://http://a.example/b", "http://a.example/b"),
    ("misspelt-scheme", "https:/a.example/b", U),
    ("misspelt-scheme", "https//a.example/b", U),
    ("misspelt-scheme", "htttps://a.example/b", U),
    ("misspelt-scheme", "hhttps://a.example/b", U),
    ("misspelt-scheme", "ttps://a.example/b", U),
    ("misspelt-scheme", "httpss://a.example/b", U),
    ("misspelt-scheme", "https;//a.example/b", U),
    ("misspelt-scheme", "https::/a.example/b", U),
    ("misspelt-scheme", "htts://a.example/b", U),
    ("misspelt-scheme", "hrtps://a.example/b", U),
    ("misspelt-scheme", "httpd://a.example/b", U),
    ("three-slashes", "https:///a.example/b", U),
    ("no-scheme", "www.a.example/b", "https://www.a.example/b"),
    ("no-scheme", "github.com/a/b", "https://github.com/a/b"),
    ("no-scheme", "lark.app", "https://lark.app"),
    ("no-scheme", "lark.io/docs", "https://lark.io/docs"),
    ("no-scheme", "lark.dev/", "https://lark.dev/"),
    ("address", "a@b.example", "mailto:a@b.example"),
    ("no-host", "https://", None),
    ("glued", f"{U}{U}", None),
    ("glued", f"{U}#c{U}", None),
    ("glued", f"{U}.pdf%20{U}", None),
    ("glued", f"{U},{U}", None),
    ("glued-to-content", f"https://arxiv.org/pdf/{U}", None),
    ("odd-end", f"{U}`", U),
    ("odd-end", f"{U}”", U),
    ("unpaired-end", f"{U}]", U),
    ("unpaired", f"{U}[c", None),
    ("blank-end", f"{U}%20", U),
    ("cut-id", "https://arxiv.org/abs/2203.", None),
    ("cut-id", "https://arxiv.org/pdf/2203.123.pdf", None),
    ("cut-id", "https://arxiv.org/abs/2203", None),
    ("cut-id", "http://www.arxiv.org/abs/1501.1234v2", None),
    ("punctuation-end", f"{U}.", U),
    ("punctuation-end", f"{U},", U),
    ("broken-host", "https://a..example/b", None),
    ("broken-host", "https://a,example/b", None),
    ("bare-host", "https://github/a/b", None),
]
SOUND_TARGETS = [
    ("https://web.archive.org/web/2020/https://a.example/b", "an archive"),
    ("https://a.example/?u=https://b.example", "a query"),
    ("https://a.example/?u=c%3Dhttps://b.example", "an escape in a query"),
    ("https://proxy.example/https://b.example", "a proxy"),
    ("https://gateway.example/v3/__https://b.example__;!!x", "a mail gateway"),
    ("ftps://a.example/b", "another scheme"),
    ("hxxps://a.example/b", "a URL that nobody should follow"),
    ("https://a.example/s?q=x+https://b.example", "a search"),
    ("https://a.example/AAAI[17]/b(c)", "brackets in pairs"),
    ("https://a.example/c%20d.pdf", "an encoded blank in the middle"),
    ("https://en.wikipedia.org/wiki/Acme_Inc.", "a title that ends with a full stop"),
    ("https://github.com/a/E.T.", "initials"),
    ("https://a.example/b#:~:text=the%20end.", "a text fragment"),
    ("https://zh.wikipedia.org/wiki/深度学习", "letters outside ASCII"),
    ("https://a.example/بیژن%E2%80%8Cخان/", "an encoded joiner inside a word"),
    ("http://localhost:8000/a", "the machine at home"),
    ("http://192.0.2.1:8000/a", "a numeric host"),
    ("https://a.example:8443", "a port"),
    ("HTTPS://A.EXAMPLE/b", "capitals"),
    ("//a.example/b", "the page's own scheme"),
    ("ssh://git@a.example/b", "another scheme"),
    ("mailto:a@b.example", "an address"),
    ("https://arxiv.org/abs/1412.1234", "an id of four digits, as there were until 2014"),
    ("https://arxiv.org/abs/2203.12345", "a whole id"),
    ("https://arxiv.org/abs/hep-ex/0307015", "an id of the old kind"),
    ("https://arxiv.org/list/cs.CL/2203", "a list of arXiv's"),
    ("README.org", "a file of Emacs"),
    ("logo.ai", "a drawing"),
    ("Dockerfile.dev", "a file for developers"),
    ("docs/lark.io", "a directory"),
    ("docs/ASP.NET", "a directory"),
    ("a/b.com.md", "a file"),
    ("git@github.com:a/b", "a remote of git"),
    ("#a", "a fragment"),
]


@pytest.mark.parametrize(("name", "target", "meant"), FAULTY_TARGETS)
def test_a_faulty_target_is_found_by_its_row_and_repaired(name: str, target: str, meant: str | None) -> None:
    (finding,) = found(f"[t](<{target}>)") if name != "no-host" else found(f"[t]({target})")
    fault = next(fault for fault in FAULTS if fault.target.fullmatch(target))
    assert fault.name == name
    assert finding.grade == fault.grade
    assert finding.fix is None if meant is None else finding.fix is not None and finding.fix.edits[0].text == meant
    assert finding.fix is None or finding.fix.safe == fault.safe


@pytest.mark.parametrize(("target", "why"), SOUND_TARGETS)
def test_a_sound_target_stays_silent(target: str, why: str) -> None:
    assert shown(f"[t]({target})") == [], why
    assert shown(f'<a href="{target}">t</a>') == [], why


def test_every_row_of_faults_is_seen_above_or_belongs_to_bare_urls() -> None:
    assert {fault.name for fault in FAULTS} == {name for name, *_ in FAULTY_TARGETS} | {"runs-on", "host-runs-on"}
    assert all(fault.why for fault in FAULTS)


def test_a_path_that_is_there_is_no_fault() -> None:
    assert shown("[t](github.com/a)")
    assert shown("[t](github.com/a)", "github.com/a") == []


def test_html_and_reference_targets_are_judged_where_they_stand() -> None:
    assert shown('<a href="http://https://a.example">t</a>') == [("broken", "http://https://a.example")]
    assert shown("[t] and [t]\n\n[t]: (https://a.example)") == [("broken", "(https://a.example)")]
    assert shown("text[^t]\n\n[^t]: [https://a.example](https://a.example)") == [], "a footnote holds text"
    assert shown("<a@b.example>") == [], "an autolink needs no scheme"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("见 https://a.example/b。它", ["https://a.example/b。它"]),
        ("见 https://a.example/b）", ["https://a.example/b）"]),
        ("见 https://a.example/你好，世界", []),
        ("见 https://zh.wikipedia.org/wiki/你好）", []),
        ("https://a.examplehttps://b.example", ["https://a.examplehttps://b.example"]),
        ("https://a.example/b.", []),
        ("見る www.a.exampleのテキスト", ["www.a.exampleのテキスト"]),
        ("見る https://a.exampleは良い", ["https://a.exampleは良い"]),
        ("見る www.a.example/のテキスト", []),
        ("見る https://www.muñoz.example", []),
        ("見る https://例え.example", []),
    ],
)
def test_where_a_bare_url_ends(text: str, places: list[str]) -> None:
    assert [place for _, place in shown(text)] == places


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("[A long title]()", "broken"),
        ("[A long title](<>)", "broken"),
        ('<a href="">A long title</a>', "broken"),
        ("[paper]()", "not-yet"),
        ("[[pdf]]()", "not-yet"),
        ("[AAAI]()", "not-yet"),
        ("[**Code**]( )", "not-yet"),
        ("[Official source code]()", "not-yet"),
        ("[Code is coming soon]()", "not-yet"),
        ("[代码]()", "not-yet"),
        ("![a]()", "not-yet"),
        ("[![a](a.png)]()", None),
        ("[t](#)", None),
    ],
)
def test_empty_targets(text: str, grade: str | None) -> None:
    assert [finding.grade for finding in found(text)] == ([grade] if grade else [])


@pytest.mark.parametrize(
    ("entry", "grade"),
    [
        ("[Lark]() - parses.", "broken"),
        ("[Lark Two]() - parses.", "broken"),
        ("[Lark]() - coming soon.", "not-yet"),
        ("[Code]() - parses.", "not-yet"),
        ("[pdf]() A title of words", "not-yet"),
        ("parses like [Lark]()", "not-yet"),
    ],
)
def test_an_empty_target_where_others_have_their_title(entry: str, grade: str) -> None:
    siblings = "".join(f"- [Tool {n}]({U}{n}) - parses.\n" for n in range(3))
    assert [finding.grade for finding in found(f"{siblings}- {entry}\n")] == [grade]
    plain_ones = "".join(f"- Tool {n} - parses.\n" for n in range(3))
    assert [finding.grade for finding in found(f"{plain_ones}- {entry}\n")] == ["not-yet"]


# Brackets -------------------------------------------------------------------------------------------------------------

L = f"[t]({U})"


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (f"{L})", [("stray", ")")], "extra )"),
        (f"{L}]", [("stray", "]")], "extra ]"),
        (f"[{L}]]", [("stray", "]")], "extra ] after a pair"),
        (f"[{L} x", [("stray", "[")], "extra ["),
        (f"[[{L}] x", [("stray", "[")], "extra [ before a pair"),
        (f"[{L}) x", [("stray", ")")], "one half of each kind is one slip"),
        (f"({L}] x", [("stray", "]")], "one half of each kind is one slip"),
        (f"[]{L}", [("stray", "[]")], "an empty pair"),
        (f"![i](i.png)) {L}", [("stray", ")")], "after an image"),
        (f"[t]([x]({U})", [("broken", "(")], "a target that is a link, not closed"),
        (f"{L} ) - x", [("stray", ")")], "extra ) behind a blank"),
        (f"({L} ) - x", [], "a pair with a blank"),
        (f"{L} )x", [], "a blank, and no blank behind it"),
        (f"a ({L} b", [("unpaired", "(")], "the sentence's parenthesis"),
        (f"[a (b]({U})", [("unpaired", "(")], "in the text"),
        (f"[a b)]({U})", [("unpaired", ")")], "in the text"),
        (f"[a (b]({U}))", [], "in the text and behind the link: a reader sees a pair"),
        (f"([a b)]({U}) x", [], "before the link and in the text: a reader sees a pair"),
        (f"(a\n\n{L}) b", [], "a remark over two paragraphs"),
        (f"a) {L} b)", [], "no bracket touches the link"),
        (f"[0, 1) {L} (0, 1]", [], "intervals"),
        (f":) {L} :(", [], "smileys"),
        (f"[1) a]({U})", [], "an enumeration in a text"),
        (f"[a :)]({U})", [], "a smiley in a text"),
        (f"[`f(`]({U})", [], "code in a text"),
        (f"[a [0, 1)]({U})", [], "an interval in a text"),
        (f"（{L}) x", [], "a full-width and an ASCII parenthesis pair"),
        (f"\\[{L}\\]", [], "escaped brackets"),
        (f"*([{L}])*", [], "pairs"),
    ],
)
def test_brackets_beside_and_inside_links(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert shown(text) == expected, why


IN_BRACKETS = "".join(f"- A title [[pdf]({U}{n})] [[code]({U}{n}c)]\n" for n in range(4))


@pytest.mark.parametrize(
    ("habit", "text", "mended"),
    [
        (IN_BRACKETS, f"- x [[pdf]({U})] {L}]", f"- x [[pdf]({U})] [{L}]"),
        (IN_BRACKETS, f"- x {L}] [[pdf]({U})]", f"- x [{L}] [[pdf]({U})]"),
        (IN_BRACKETS, f"- [A title of words]({U})] x", f"- [A title of words]({U}) x"),
        (IN_BRACKETS, f"- [{L}]] x", f"- [{L}] x"),
        (IN_BRACKETS, f"- {L}) x", f"- {L} x"),
        (IN_BRACKETS, f"- {L} ) x", f"- {L} x"),
        (IN_BRACKETS.replace("[[", "[").replace(")]", ")"), f"- x {L}]", f"- x {L}"),
        (IN_BRACKETS.replace("[[code]", "[code]").replace("c)]", "c)"), f"- x {L}]", f"- x {L}"),
        ("", f"- x [[pdf]({U})] {L}]", f"- x [[pdf]({U})] {L}"),
    ],
    ids=["habit", "first", "title", "pair", "round", "blank", "no brackets", "half of them", "too few"],
)
def test_the_lists_habit_says_which_half_is_wrong(habit: str, text: str, mended: str) -> None:
    (one,) = found(habit + text)
    assert one.fix is not None
    assert not one.fix.safe
    (edit,) = one.fix.edits
    whole = habit + text
    assert whole[: edit.span.start] + edit.text + whole[edit.span.end :] == habit + mended
    assert ("missing" in one.message) == (edit.text == "[")


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ("https://a.example/lark Save]", "]"),
        ("https://a.example/lark [Save", "["),
        ("https://a.example/lark [Save]", None),
        ("https://a.example/lark (0, 1]", None),
        ("https://a.example/lark [0, 1)", None),
        ("https://a.example/lark Save", None),
        (f"[Lark]({U}) [Save [more] of it]", None),
    ],
)
def test_a_note_that_lost_a_bracket(entry: str, place: str | None) -> None:
    others = "".join(f"- https://a.example/{n} [Tool {n}]\n" for n in range(9))
    told = [("stray", place)] if place else []
    assert shown(f"{others}- {entry}\n") == told
    assert shown(f"{others}- https://a.example/bare\n- {entry}\n") == told
    assert shown(f"{others.replace('[', '').replace(']', '')}- {entry}\n") == []


def test_a_note_with_another_one_before_it_closes_nothing() -> None:
    others = "".join(f"- https://a.example/{n} [Tool {n}]\n" for n in range(9))
    (one,) = found(f"{others}- https://a.example/lark [C] and more]\n")
    assert one.message == "“]” closes nothing; 9 other items here end with a note in brackets"


@pytest.mark.parametrize(
    ("label", "mended"),
    [("pdf\\]", "\\[pdf\\]"), ("\\[pdf", "\\[pdf\\]"), ("pdf", None), ("\\[a\\] b\\]", None)],
)
def test_escaped_brackets_of_a_text_come_in_pairs(label: str, mended: str | None) -> None:
    others = "".join(f"- A title of words [\\[code\\]]({U}{n})\n" for n in range(9))
    text = f"{others}- A title of words [{label}]({U})\n"
    assert fixed(text) == f"{others}- A title of words [{mended or label}]({U})\n"
    assert len(found(text)) == (mended is not None)
    assert found(f"- A title of words [{label}]({U})\n") == []


# Missing targets ------------------------------------------------------------------------------------------------------

LINKED = f"- [A linked title]({U})\n- [Another linked title]({U}c)\n- [A third linked title]({U}d)\n"


@pytest.mark.parametrize(
    ("text", "places", "why"),
    [
        (LINKED + "- [A title without a target]: some notes", ["[A title without a target]"], "with a colon"),
        (LINKED + "- [ ] ⭐ [A title without a target], notes", ["[A title without a target]"], "after marks"),
        (LINKED + "- [A title without a target]", ["[A title without a target]"], "alone"),
        (LINKED + "- [A title without a target] by somebody", ["[A title without a target]"], "before notes"),
        (LINKED + "- [Best paper award] Another Title", [], "a tag before a title"),
        (LINKED + f"- [A title without a target]: {U}", [], "its URL stands behind it"),
        (LINKED + f"- [Title] {U} - notes", [f"[Title] {U}"], "its URL stands beside it"),
        (LINKED + f"- [Title]{U}", [f"[Title]{U}"], "its URL touches it"),
        (LINKED + f"- [2024] {U}", [], "a year before a URL"),
        (LINKED + f"- [XYZ 2024] {U}", [], "a venue before a URL"),
        (LINKED + f"- notes [Title] {U}", [], "a remark"),
        (f"- a\n- b\n- [Title] {U}", [], "the list has its URLs bare"),
        (LINKED + f"- [A whole long tag], [title]({U}e)", [], "the item has a link"),
        (LINKED + "- [Two words]: notes", [], "too short to be told from a tag"),
        (LINKED + "- [Please add your paper here]", [], "an invitation"),
        ("- a\n- b\n- [A title without a target]: some notes", [], "the siblings are no links"),
        (LINKED + "- [A title of words]: word", ["[A title of words]: word"], "swallowed as a definition"),
        (LINKED + "[A title of words]: https://a.example", [], "a definition"),
        (LINKED + "[//]: # (a comment)", [], "a comment"),
        ("[page](A title in words)", ["[page](A title in words)"], "words for a URL"),
        ("[[pdf]](A title in words)", ["[pdf]](A title in words)"], "words for a URL"),
        ("[x](see below) [note](as above)", [], "no label of a link"),
        ("[a](my file.pdf)", ["[a](my file.pdf)"], "a blank in a file's name"),
        ("[a](./b/my file.pdf)", ["[a](./b/my file.pdf)"], "a blank in a path"),
        ("[a](<my file.pdf>)", [], "in pointed brackets it is valid"),
        ("[a](my%20file.pdf)", [], "encoded it is valid"),
        ("[a](#my heading)", ["[a](#my heading)"], "a blank in a fragment"),
        ("[a](#my heading (old))", ["[a](#my heading (old))"], "a blank and parentheses in a fragment"),
        ('[a](#my "heading")', [], "a title"),
        ("f[a](#1 of 2)", [], "a number"),
        ("\\[a](my file.pdf)", [], "an escaped bracket"),
    ],
)
def test_missing_targets(text: str, places: list[str], why: str) -> None:
    assert [place for _, place in shown(text)] == places, why


def test_a_title_beside_its_url_is_joined_to_it() -> None:
    (one,) = found(LINKED + f"- [Title] {U}. Notes\n")
    assert one.fix is not None
    assert (one.fix.message, one.fix.safe) == (f"write [Title]({U})", False)
    assert [edit.text for edit in one.fix.edits] == ["(", ")"]


def test_a_label_whose_siblings_are_links() -> None:
    entry = "- [Title](https://a.example/{0}) [[pdf](https://a.example/{0}.pdf)] [[code](https://a.example/{0}.git)]\n"
    many = "".join(entry.format(number) for number in range(5))
    assert shown(many + f"- [Title]({U}) [pdf] [code]\n") == [("doubtful", "[pdf]"), ("not-yet", "[code]")]
    assert shown(many + f"- [Title]({U}) [oral]\n") == []
    assert shown(entry.format(1) + f"- [Title]({U}) [pdf] [code]\n") == []


def test_one_slip_is_one_finding() -> None:
    assert len(found(f"- [[pdf] ({U})\n")) == 1


@pytest.mark.parametrize("target", ["A Title of Words", "coming soon", "my notes.pdf"])
def test_a_label_with_a_wrong_target_does_not_lack_one(target: str) -> None:
    many = "".join(f"- [Title](https://a.example/{n}) [[pdf]](https://a.example/{n}.pdf)\n" for n in range(5))
    assert len(found(many + f"- [Title]({U}) [[pdf]]({target})\n")) == 1
    assert len(found(many + f"- [Title]({U}) [[pdf]]({target})\n- [Other]({U}) [pdf]\n")) == 2


# The typed text -------------------------------------------------------------------------------------------------------


def test_offsets_of_the_typed_text_are_those_of_the_source() -> None:
    text = f"# [a](b)\r\n\r\n> - {L} `c`\r\n>   | x\r\n\r\n| {L} | \\[d |\r\n| - | - |\r\n"
    seen = typed(parse(Source("README.md", text))).text
    assert len(seen) == len(text)
    assert all(after in (before, "\n", "\x00", "\x01", "\x02") for before, after in zip(text, seen, strict=True))
    assert seen.count(LINK) == len("[a](b)") + 2 * len(L)
    assert "\\[" not in seen


MARKS = [*"[]()（）【】{}\\`<>!|#.,", "\n", "\r\n", "- ", "> ", " ", ": "]
PIECES = st.sampled_from([*MARKS, U, "www.a.example", "http://", "https:/", "t", "[t]", "pdf", "[^1]"])


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
@example("[t](\\\r\n" + U)
@example("\ufeff[t] (" + U + ")")
def test_no_text_breaks_the_check_and_spans_are_inside_it(text: str) -> None:
    source = Source("README.md", text)
    grades = pages()["malformed-link"].severities
    for finding in found(text):
        assert 0 <= finding.span.start < finding.span.end <= len(source.text)
        assert finding.grade in grades
        for edit in finding.fix.edits if finding.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(source.text)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_safe_fixes_come_to_an_end(text: str) -> None:
    for _ in range(len(text) + 1):
        after = fixed(text)
        if after == text:
            return
        text = after
    raise AssertionError("safe fixes go on forever")


HOSTILE = ["[", "](", "[](", f"[t] ({U}", f"[t]({U} ", f"{U})", "(((]", "[t](a b", "`](", "{", "）", "[pdf](", f"]{U}["]


@pytest.mark.parametrize("piece", [*HOSTILE, "[a b c d]:x\n\n", "- [a b c d]\n", f"- [t]({U}%20%20%20\n"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Four times the text may take no more than some five times the lines of Python: a quadratic step would take 16."""

    def lines(length: int) -> int:
        document = parse(Source("README.md", piece * (length // len(piece))))
        context = Context(document, NoOptions(), Alone())
        return steps(lambda: list(malformed_link.check(context)))

    assert lines(16_000) < 5.5 * lines(4_000) + 2_000


TABLE = "| Name | Year |\n| --- | --- |\n| [Lark](https://lark.example) | 2024 |\n"


def test_a_pipe_in_a_links_text_ends_its_cell() -> None:
    cut = TABLE + "| [Pest | a parser](https://pest.example) | 2024 |\n"
    (found,) = testing.diagnostics("malformed-link", cut)
    assert (found.start.line, found.start.column) == (4, 3)
    assert found.message == "the “|” in this link's text ends the cell, and half of the link stands in either"
    assert testing.fixed("malformed-link", cut) == cut
    assert testing.fixed("malformed-link", cut, unsafe=True) == cut.replace("Pest |", "Pest \\|")


@pytest.mark.parametrize(
    "row",
    [
        "| [Pest \\| a parser](https://pest.example) | 2024 |",
        "| [Pest](https://pest.example) | [2024](https://pest.example/2024) |",
    ],
)
def test_a_pipe_that_ends_no_link_is_left_alone(row: str) -> None:
    assert testing.diagnostics("malformed-link", f"{TABLE}{row}\n") == []


def test_two_halves_in_a_row_of_the_right_length_are_no_cut_link() -> None:
    (found,) = testing.diagnostics("malformed-link", TABLE + "| [Pest | 2024](https://pest.example) |\n")
    assert "“|”" not in found.message
