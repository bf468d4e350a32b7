"""JUnit's XML, which CI servers show as tests: a suite a file, a case a finding, and one for a file without any.

A finding that counts for the exit code is a failure; another one is a passed case that says so in its output. What
could not be read is an error. The form is the one that Jenkins and GitLab read
(https://github.com/testmoapp/junitxml).
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from listbot.finding import Diagnostic, FileReport
from listbot.output.results import Results
from listbot.output.text import visible

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even escaped."""


def render(results: Results) -> str:
    """One XML document."""
    root = ET.Element("testsuites", name="listbot", time=f"{results.seconds:.3f}")
    for report in results.reports:
        _suite(root, report, results)
    if results.unread:
        suite = ET.SubElement(root, "testsuite", name="unread")
        for message in results.unread:
            ET.SubElement(_case(suite, "unread", message), "error", message=_text(message))
        _count(suite)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, report: FileReport, results: Results) -> None:
    suite = ET.SubElement(root, "testsuite", name=_text(report.path))
    for diagnostic in report.diagnostics:
        _finding(suite, report.path, diagnostic, fails=results.fails(diagnostic))
    if not report.diagnostics:
        _case(suite, report.path, "no findings")
    _count(suite)


def _finding(suite: ET.Element, path: str, diagnostic: Diagnostic, *, fails: bool) -> None:
    place = f"{path}:{diagnostic.start.line}:{diagnostic.start.column}"
    case = _case(suite, path, f"{diagnostic.rule} ({diagnostic.start.line}:{diagnostic.start.column})")
    case.set("file", _text(path))
    case.set("line", str(diagnostic.start.line))
    said = f"{place}: {diagnostic.severity.value}[{diagnostic.rule}] {diagnostic.message}"
    said += "".join(
        f"\n{path}:{other.start.line}:{other.start.column}: {other.message}" for other in diagnostic.related
    )
    said += f"\nhint: {diagnostic.hint}" if diagnostic.hint else ""
    if fails:
        kind = f"{diagnostic.severity.value}[{diagnostic.rule}]"
        ET.SubElement(case, "failure", type=kind, message=_text(diagnostic.message)).text = _lines(said)
    else:
        ET.SubElement(case, "system-out").text = _lines(said)


def _case(suite: ET.Element, path: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_text(path), name=_text(name))


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))


def _lines(text: str) -> str:
    return "\n".join(_text(line) for line in text.split("\n"))


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", visible(text))
