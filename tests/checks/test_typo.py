"""typo, confused-word and title-slip beyond their pages' examples."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from listbot import engine, tables
from listbot.checks import RULES
from listbot.config import Selection, UserConfig, settle
from listbot.output import full
from listbot.parser import parse
from listbot.rulebook import pages
from listbot.source import Source
from tests.pages import Neighbours, diagnostics


def said(text: str, rule: str = "typo", **options: object) -> list[str]:
    return [found.message for found in diagnostics(rule, text, **options)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Made under the guidence of a grammar.", "`guidence` → `guidance`"),
        ("# Documention of Tools", "`Documention` → `Documentation`"),
        ("- [Prcocessing of texts](#texts)", "`Prcocessing` → `Processing`"),
        ("It is asurvey of songs.", "`asurvey` → `a survey`"),
        ("I recommand it to all.", "`recommand` → `recommend`"),
        ("A kvcache with split-learnng in it.", "`learnng` → `learning`"),
        ("> A quote with guidence.", "`guidence` → `guidance`"),
        ("An easy implmentatino of songs.", "`implmentatino` → `implementation`"),
        ("It is of attributute kind.", "`attributute` → `attribute`"),
        ("- [Lark](https://lark.example) - Libary for songs.", "`Libary` → `Library`"),
        ("Ada's Univeristy of Songs.", "`Univeristy` → `University`"),
        ("Songs for Pyhton and others.", "`Pyhton` → `Python`"),
        ("A table of Javscript.", "`Javscript` → `JavaScript`"),
        ("The state-ofthe-art parser.", "`ofthe` → `of-the`"),
        ("A genertic parser.", "`genertic` → `generic` or `genetic`"),
        ("Highly inpired, levaraging beatiful songs.", "`inpired` → `inspired`"),
        ("<table><tr><td>A free libary of songs</td></tr></table>", "`libary` → `library`"),
        ('<a href="#songs">Transfomer-based</a> songs', "`Transfomer` → `Transformer`"),
        ("All dictionarys are here.", "`dictionarys` → `dictionaries`"),
        ("Two librarys of songs.", "`librarys` → `libraries`"),
        ("Documentaton is a song.", "`Documentaton` → `Documentation`"),
        ("A somplex song.", "`somplex` → `complex` or `simplex`"),
        ("Go throught it, through and through, and through all.", "`throught` → `through` or `thought`"),
        ("Whenever theres is a song.", "`theres` → `there`"),
        ("Wherever theres a song.", "`theres` → `there's`"),
        ("An LLM(langauge model) for songs.", "`langauge` → `language`"),
        ("A Univeristy of Songs.", "`Univeristy` → `University`"),
        ("Of fine-tune and fine-ture.", "`ture` → `tune`"),
        ("Songs by Haskel.", "`Haskel` → `Haskell`"),
        ("- [Lark](https://lark.example) - Instgram songs.", "`Instgram` → `Instagram`"),
        ("A map of OpenStreeMap here.", "`OpenStreeMap` → `OpenStreetMap`"),
        ("A commandline asciii board.", "`asciii` → `ascii`"),
        ("Of a givrn song.", "`givrn` → `given`"),
        ("Rrivacy-preserving songs, for privacy-preserving birds.", "`Rrivacy` → `Privacy`"),
        (
            "- [Map of songs](https://lark.example) - Mapnikk C++ implemention of songs.",
            "`implemention` → `implementation`",
        ),
        ("The librarie's songs.", "`librarie's` → `library's` or `libraries'`"),
        ("A class for implementating songs.", "`implementating` → `implementing`"),
        ("A methodologie of songs.", "`methodologie` → `methodologies` or `methodology`"),
        ("A free checkin of songs.", "`checkin` → `checking` or `check-in`"),
        ("It gives virtualizer and begining.", "`begining` → `beginning`"),
        ("- [Lark](https://lark.example) - Made at Stanford Univeristy by Ada.", "`Univeristy` → `University`"),
        ("A serie of songs.", "`serie` → `series`"),
        ("Songs at guidence. Lark at lark.example.", "`guidence` → `guidance`"),
        ("A usefull song.", "`usefull` → `useful`"),
        ("- Documention:", "`Documention` → `Documentation`"),
        ("- Univeristy", "`Univeristy` → `University`"),
        ("## Langauges", "`Langauges` → `Languages`"),
        ("Songs were discoverd here.", "`discoverd` → `discovered` or `discover`"),
    ],
)
def test_what_is_misspelt(text: str, message: str) -> None:
    assert said(text + "\n")[:1] == [message]


@pytest.mark.parametrize(
    "text",
    [
        "At École de Technologie Supérieure, Karlsruher Institut für Technologie and Technologie Montréal.",
        "- [Lark](https://lark.example) - Crawlee-based songs.",
        "Monitorr is a song. Containr has songs. Documento-like songs.",
        "A table by its hash, or a hashtable of songs.",
        "Burn a livecd, show your skillz, and collect gamez.",
        "A P(ortable|ackageable) parser of P(ortable) songs, P[ortable|ackageable] too.",
        "By Yufeng Chen, Changqing Zou, and songcen perng.",
        "Alexandre Matton and Traversy Media, Inc.",
        "A smarthome hub with a rubygem, a webspace and tokenizes things, dockerised by lemmatisers.",
        "Written by Marcin and others for Snapchat, (*Theator*).",
        "<table><tr><td><code>A libary</code> of <pre>anothor</pre></td></tr></table>",
        "- [The guidence of songs](https://lark.example) - Good.",
        "See `guidence` and https://lark.example/recommand and recommand.py.",
        'It says "guidence" in the book.',
        "By Hussien Elliotte and Varley, Jacob.",
        "Eine Sammlung von Werkzeugen fuer Sprachen, gemacht mit Liebe und Geduld.",
        "这是一个关于 guidenceの 列表。",
        "The behaviour, the behavior, resharding, tokenizers, autoscaled and htop-like things.",
        "The **I**nteractive **P**rogram in a htop and jhead of a zset.",
        "An OptimzationServer and a SMoE and a PICE.",
        "- [guidence](https://guidence.example) - The guidence of all.",
        "A fine-tune of state-of-art and of state-of-arts.",
        "Songs for Kubuntu, Ubuntu, Xubuntu and others.",
        "A docset and a skillset of the public infoset.",
        "It wraps sprintf, vsnprintf and sscanf.",
        "A fluentd client and the launchd daemon.",
        "A mmapper that draws a bbox while botting.",
        "Seen on linkedin and in wordpress.",
        "Idempotence is a virtue.",
        "The symbolik solver.",
        "Inspired by the shoulda matchers.",
        "It virtualizes tenants, gamifies songs and deserializes birds.",
        "All checkins, signins and loadouts of the week.",
        "A webbook of songs, compiled to bitcode.",
        "- [Lark](https://lark.example) - Ada Sloughter.",
        "- [Lark](https://lark.example) - A song by Ada Sloughter and Tim Lark.",
        "In Ann. Radiat. Sci. of 2020.",
        "It replaces ccache, for onchain GraphML.",
        "- Graindr",
        "Leagues such as serie a, serie b etc.",
        "Written by Tim mikkey at lark.example, or mikkey [at] lark [dot] example.",
        "- [TheHappieBird](https://lark.example) - Songs for being happie.",
    ],
)
def test_what_is_not(text: str) -> None:
    assert said(text + "\n") == []


def test_a_document_in_another_language_is_not_judged() -> None:
    words = [
        f"{one}{two}{three}ungen" for one in "bdfgklmnpr" for two in "aeiou" for three in ("st", "lz", "rk", "mpf") * 6
    ]
    strange = "\n\n".join(f"Of {word}{letter} and guidence." for letter in "abcdefgh" for word in dict.fromkeys(words))
    assert len(said("The guidence of one.\n")) == 1
    assert said(strange + "\n") == []


def test_a_fix_is_safe_only_where_it_is_certain_and_no_anchor_hangs_on_it() -> None:
    heading, prose, likely = diagnostics("typo", "# Documention of Tools\n\nThe guidence of a libary.\n")
    assert heading.fix is None
    assert prose.fix is not None
    assert prose.fix.safe
    assert likely.fix is None


@pytest.mark.parametrize("word", ["guidence", "machanism", "Usefull", "minimun"])
def test_a_letter_within_a_common_word_is_an_error(word: str) -> None:
    assert [found.severity for found in diagnostics("typo", f"{word} songs are here.\n")] == ["error"]


@pytest.mark.parametrize("word", ["assigne", "methodologie", "checkin", "librarie's", "implementating", "undiversity"])
def test_what_may_be_another_form_of_the_word_is_a_warning_without_a_fix(word: str) -> None:
    (found,) = diagnostics("typo", f"Of {word} songs.\n")
    assert (found.severity, found.fix) == ("warning", None)


def test_words_of_the_configuration_are_right() -> None:
    assert said("The guidence of a libary.\n", words=["Guidence"]) == ["`libary` → `library`"]


def test_one_word_is_ignored_at_one_place() -> None:
    text = "- [Lark](https://lark.example) - A libary of guidence. <!-- listbot: ignore[typo: Guidence] a name -->\n"
    assert said(text) == ["`libary` → `library`"]
    assert said(text, "unused-suppression") == []


def test_a_word_that_is_not_there_is_no_use_to_ignore() -> None:
    text = "- [Lark](https://lark.example) - A song. <!-- listbot: ignore[typo: guidence] a name -->\n"
    assert said(text, "unused-suppression") == ["typo:guidence finds nothing here to ignore"]


def test_equal_findings_are_one_in_the_full_format_and_each_its_own_elsewhere() -> None:
    source = Source("README.md", "The guidence of one.\n\nThe guidence of two.\n")
    settings = settle(UserConfig({}, None, Path()), pages(), RULES, Selection())
    report = engine.check(parse(source), settings.enabled, Neighbours(), is_list=True, known=pages())
    out = io.StringIO()
    full.render([report], {"README.md": source}, Console(file=out, width=80))
    assert len(report.diagnostics) == 2
    assert out.getvalue() == (
        "README.md:1:5 error[typo] 2 times: `guidence` → `guidance`\n"
        " 1 │ The guidence of one.\n"
        "   │     ^^^^^^^^\n"
        "   = see: README.md:3:5 here too\n"
        " 3 │ The guidence of two.\n"
        "   │     --------\n"
        "   = fix: write guidance\n"
        "\n"
    )


@given(st.text(alphabet="abeghilrstuy guidence-/*_`[](){}<>#\n'’é字.:\"", max_size=80))
def test_any_text_can_be_judged(text: str) -> None:
    for found in diagnostics("typo", text):
        written = re.match("`(.+)` → `(.+)`", found.message)
        assert written is not None
        assert text[found.span.start : found.span.end].replace("’", "'") == written[1]
        assert written[1] != written[2]


def test_every_confusion_finds_its_own_example_and_mends_it() -> None:
    rows = tables.load("confusions")["confusion"]
    for row in rows:
        (found,) = diagnostics("confused-word", row["example"] + "\n")
        assert found.message.endswith(row["why"])
        assert found.fix is not None
        edit = found.fix.edits[0]
        mended = row["example"][: edit.span.start] + edit.text + row["example"][edit.span.end :]
        assert said(mended + "\n", "confused-word") == [], row["wrong"]


@pytest.mark.parametrize(
    "text",
    [
        "We analyse it and may be late.",
        "The server continues to batch.",
        "- [a](https://a.example/et.al)",
        "A user, a one-off, a UPnP client, a union, a European song, a unique ubiquitous utility and a useful unit.",
        "An hour, an honest heir, an LLM, an SQL parser, an rpm, an npm package and an unimportant umbrella.",
        "Class A amplifiers, a in b, a and b, a etc.",
        "It's a song, its own song, and of its kind.",
        "It's own-brand, it's mainly fun, and it's a system that allows for songs.",
        "The knowledge base on songs is a different type of base.",
        "A build system, a build in progress, and builds for Debian.",
        "Data form the basis of a casual game, a trail run and a song off the shelf.",
        "To include and to contain; it does not support songs, and its supports are short.",
        "Eine Sammlung an den Ufern, a los usuarios, a elegir, à la carte.",
    ],
)
def test_words_that_are_right_are_not_confused(text: str) -> None:
    assert said(text + "\n", "confused-word") == []


@pytest.mark.parametrize("behind", [" editor", ", fast editor", ".", "-friendly editor"])
def test_an_article_is_judged_whatever_stands_behind_the_next_word(behind: str) -> None:
    assert len(said(f"Grids is a interactive{behind}\n", "confused-word")) == 1


@pytest.mark.parametrize(
    "written",
    [
        "[A libary of grids](https://a.example/grids)",
        "[A libary of grids] (https://a.example/grids)",
        "[A libary of grids](https://a.example/grids",
        "A libary of grids](https://a.example/grids)",
        "[A libary of grids(https://a.example/grids)",
        "(A libary of grids)[https://a.example/grids]",
    ],
)
def test_a_title_is_none_of_the_lists_own_words_though_its_link_is_broken(written: str) -> None:
    assert said(f"- {written} - built on [the engine](https://b.example/engine).\n") == []
    other = "- [Grids](https://c.example/grids) - They recieve files.\n"
    assert len(said(f"- {written} - built on [the engine](https://b.example/engine).\n{other}")) == 1


@pytest.mark.parametrize("dashes", ["| --- | --- |", "| --- |"])
def test_a_table_that_is_none_changes_no_finding(dashes: str) -> None:
    table = "| Paper | Link |\n{}\n| A libary of grids | [pdf](https://arxiv.org/abs/2205.14135) |\n"
    assert said(table.format(dashes)) == []
    assert len(said(table.format(dashes) + "\nThese tools recieve grids.\n")) == 1


@pytest.mark.parametrize("right", [0, 7])
def test_a_slip_that_is_copied_often_is_still_a_slip(right: int) -> None:
    text = "The guidence of one.\n\n" * 26 + "The guidance of all.\n\n" * right
    assert said(text) == ["`guidence` → `guidance`"] * 26


def test_a_word_with_a_hyphen_is_accepted_with_its_parts() -> None:
    assert len(said("It has a kv-cahce inside.\n")) == 1
    assert said("It has a kv-cahce inside.\n", words=["kv-cahce"]) == []


def test_a_title_that_was_cut_off_is_a_slip() -> None:
    whole = "- [Serving large models in parts with speculative](https://arxiv.org/abs/2205.14135)\n"
    cut = whole.replace("speculative", "specul")
    message = "`specul` in this title is `speculative` in the same title on line 2"
    assert said(cut + whole, "title-slip") == [message]


def test_a_title_is_compared_with_the_same_title_only() -> None:
    one = "- [Serving large models with LLMSandwich of two parts](https://arxiv.org/abs/2205.14135)\n"
    same = "- [Serving large models with LLM of two parts](https://arxiv.org/abs/2205.14135)\n"
    other = "- [Training large models with LLM of two parts](https://arxiv.org/abs/1706.03762)\n"
    message = "`LLMSandwich` in this title is `LLM` in the same title on line 2"
    assert said(one + same + other, "title-slip") == [message]
    assert said(one + other, "title-slip") == []
    assert said(one + same + other, "title-slip", words=["llmsandwich"]) == []


@pytest.mark.parametrize(
    ("written", "right", "fix"),
    [
        ("Persepective", "perspective", "Perspective"),
        ("PERSEPECTIVE", "perspective", "PERSPECTIVE"),
        ("persepective", "Perspective", "perspective"),
        ("Lllmm", "LLM", "LLM"),
    ],
)
def test_a_slip_in_a_title_is_mended_with_the_capitals_of_the_place(written: str, right: str, fix: str) -> None:
    slipped = f"- [A tilting boundary {written} of many songs](https://arxiv.org/abs/2205.14135)\n"
    same = f"- [A tilting boundary {right} of many songs](https://arxiv.org/abs/2205.14135)\n" * 2
    found = diagnostics("title-slip", slipped + same)[0]
    assert found.message == f"`{written}` in this title is `{right}` in the same title on line 2"
    assert found.fix is not None
    assert found.fix.message == f"write {fix}"
    assert found.fix.edits[0].text == fix


NEURAL = "".join(
    f"- [A neural song of {bird} and bees](https://example.com/{bird})\n" for bird in ("larks", "wrens", "owls")
)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("- [Nerual songs at night](https://example.com/x)", "`Nerual` in this title is `Neural` in 3 other titles"),
        ("- [Qestions of old birds](https://example.com/x)", "`Qestions` in this title is `Questions` in dictionaries"),
        (
            "- [Eliptic Tool](https://example.com/x) - Draws elliptic songs.",
            "`Eliptic` in this title is `Elliptic` in this entry",
        ),
        ("- [pepair](https://github.com/doe/prepair) - Songs.", "`pepair` in this title is `prepair` in its link"),
        (
            "- [r/songtraycing](https://forum.example/r/songtracing/)",
            "`songtraycing` in this title is `songtracing` in its link",
        ),
    ],
)
def test_a_title_that_its_entry_or_the_list_refutes(line: str, message: str) -> None:
    assert said(f"{NEURAL}{line}\n", "title-slip") == [message]


@pytest.mark.parametrize(("behind", "right"), [("Neural Birds", "Adaptation on"), ("the Birds", "Adaptation")])
def test_a_small_word_that_is_glued_to_a_title_is_kept(behind: str, right: str) -> None:
    others = "".join(f"- [A song of adaptation to {n} birds](https://example.com/{n})\n" for n in range(5))
    (found,) = diagnostics("title-slip", f"{others}- [Songs of Adaptationon {behind}](https://example.com/x)\n")
    assert found.message == f"`Adaptationon` in this title is `{right}` in 5 other titles"
    assert found.fix is not None
    assert found.fix.edits[0].text == right


@pytest.mark.parametrize(
    "line",
    [
        "- [Nerual: songs at night](https://example.com/x)",
        "- [**Gestura**: songs by a gesture](https://example.com/x)",
        "- [Songs of Nerual at night, and Nerual by day](https://example.com/x)",
        "- [Nerual](https://example.com/x)",
        "- [Songs of Energi](https://energisongs.example/) - Songs of energy.",
        "- [Radiomic songs of birds](https://example.com/x)",
        "- [Dimitri's songs](https://dimitrib.example/x)",
        "- [trable-craft](https://example.com/x) - A table of songs.",
        "- [Songs of **Question**s at night](https://example.com/x)",
        "- [Songs of **Q**estions at night](https://example.com/x)",
        "- [Songs of \\textbf{Q}estions at night](https://example.com/x)",
        "- [Songs of *Qestion*s at night](https://example.com/x)",
    ],
)
def test_a_title_that_nobody_refutes(line: str) -> None:
    assert said(f"{NEURAL}{line}\n", "title-slip") == []


def papers(label: str, venue: str = "NeurIPS 2023") -> str:
    rows = [(n, "Paper", "NeurIPS 2023") for n in range(4)]
    return "".join(
        f"- **Songs of {n} birds**. {where}. [[{text}](https://example.com/{n})]\n"
        for n, text, where in [*rows, (9, label, venue)]
    )


def test_a_venue_and_a_label_are_written_as_the_list_does() -> None:
    assert said(papers("Ppaer")) == ["`Ppaer` → `Paper`"]
    assert said(papers("Paper", "NeurlIPS 2023")) == ["`NeurlIPS` → `NeurIPS`"]
    (one,) = diagnostics("typo", papers("Ppaer"))
    assert (one.severity, one.fix is not None and one.fix.safe) == ("warning", False)
    assert said(papers("Ppaer"), words=["ppaer"]) == []


@pytest.mark.parametrize(
    ("label", "venue"),
    [("Papers", "NeurIPS 2023"), ("Poster", "NIPS 2016"), ("ppaer.example", "ICLR 2023"), ("Caper", "ECCV 2022")],
)
def test_other_venues_and_labels_are_their_own(label: str, venue: str) -> None:
    assert said(papers(label, venue)) == []


def test_a_label_that_stands_twice_is_meant() -> None:
    assert said(papers("Ppaer") + papers("Ppaer")) == []


def test_a_tag_of_several_words_is_read_as_prose_is() -> None:
    tagged = "".join(f"- https://example.com/{n} [Parsing songs]\n" for n in range(4))
    assert said(f"{tagged}- https://example.com/9 [Parsing framwork]\n") == ["`framwork` → `framework`"]
    assert said(f"{tagged}- https://example.com/9 [Framwork of songs]\n") == []
    assert said(f"{tagged}- https://example.com/9 [framwork]\n") == []
