"""JUnit's XML, as Jenkins, GitLab and the like read it: a suite for the source and for each language, a test for each finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pipeline.cli.reports.rows import Report, Row, counted

UNSEEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no character for."""


def lines(report: Report) -> Iterator[str]:
    """The report as one document. What fails the run is a failure; what does not is a test that passed, with what was said."""
    failed = [row for row in report.every if report.fails(row)]
    top = Element("testsuites", name="lockstep", tests=str(max(1, len(report.every) + len(report.said))))
    top.set("failures", str(len(failed) + len(report.said)))
    for locale, _ in counted(report.every):
        suite(top, locale or "source", [row for row in report.every if row.finding.locale == locale], report)
    if report.said or not report.every:
        made = SubElement(top, "testsuite", name="site", tests=str(max(1, len(report.said))), errors="0", skipped="0")
        made.set("failures", str(len(report.said)))
        for title, text in report.said or (("", ""),):
            case = SubElement(
                made, "testcase", classname="lockstep.site", name=clean(title or "nothing found"), time="0"
            )
            if title:
                SubElement(case, "failure", type=clean(title), message=clean(text)).text = clean(text)
    ElementTree.indent(top, " ")
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield ElementTree.tostring(top, encoding="unicode")


def suite(top: Element, name: str, rows: list[Row], report: Report) -> None:
    """Add the findings of one language."""
    made = SubElement(top, "testsuite", name=clean(name), tests=str(len(rows)), errors="0", skipped="0")
    made.set("failures", str(sum(map(report.fails, rows))))
    for row in rows:
        case = SubElement(made, "testcase", classname=f"lockstep.{clean(name)}", time="0")
        case.set("name", clean(f"{row.finding.code} {row.place} {row.mark[:8]}"))
        case.set("file", clean(row.place.path))
        case.set("line", str(row.place.line))
        words = clean(f"{row.place}\n{row.words}")
        if report.fails(row):
            failure = SubElement(case, "failure", type=clean(row.finding.code), message=clean(row.finding.text))
            failure.text = words
        else:
            SubElement(case, "system-out").text = f"{row.finding.level}: {words}"


def clean(text: str) -> str:
    """A text that XML can hold."""
    return UNSEEN.sub("\ufffd", text)
