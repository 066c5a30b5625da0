# ruff: noqa: E501 - files stand in lines
"""One hostile file of every format, through the processes of users' files: a sentence, within the limits."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import format_samples as made
import pytest
from format_samples import GOOD, TOLD, zipped
from test_bad_files import BOMB, DEEP_HTML, HOSTILE, LOL, MB, with_part

from dashboard.core.models import Article
from dashboard.intake import ReadFailure, read_paths
from dashboard.intake.registry import FORMATS
from dashboard.intake.sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEEP = "[" * 20_000 + "]" * 20_000


def nested_mail(depth: int = 1500) -> bytes:
    """Return a message in messages."""
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"From: x@example.org\nSubject: deep\nMIME-Version: 1.0\n{head}Content-Type: text/plain\n\nend".encode()


def circular_pdf() -> bytes:
    """Return a PDF whose tree of pages holds itself."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 999999999 >>\nendobj\ntrailer << /Size 3 /Root 1 0 R >>\n%%EOF"
    )


def lying_parquet() -> bytes:
    """Return a table that says that its foot is two gigabytes long."""
    return made.parquet(TOLD)[:-8] + b"\xff\xff\xff\x7fPAR1"


def endless_warc() -> bytes:
    """Return a record that says that it is a petabyte long."""
    return made.warc(TOLD, packed=False).replace(b"Content-Length: ", b"Content-Length: 99999999999", 1)


JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": '
# Name, what the file costs (nothing where its articles can be read all the same), and how it is made.
HOSTILE_OF: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "text": ("a.txt", "too_large", lambda: b"x" * (6 * MB)),
    "html": ("a.html", "no_words", f"<html><body>{DEEP_HTML}</body></html>".encode),
    "mhtml": ("a.mhtml", "broken", nested_mail),
    "feed": ("a.rss", "entities", HOSTILE["entities in a feed"][1]),
    "json_feed": ("feed.json", "broken", f"{JSON_FEED}{DEEP}}}".encode),
    "opml": ("a.opml", "entities", HOSTILE["entities in OPML"][1]),
    "json_lines": ("a.jsonl", "long_row", HOSTILE["a line of JSON"][1]),
    "json_table": ("a.json", "too_deep", f'{{"articles": {DEEP}}}'.encode),
    "csv_table": ("a.csv", "wide", HOSTILE["a table of columns"][1]),
    "spreadsheet": ("a.xlsx", "bomb", HOSTILE["a bomb in Excel"][1]),
    "parquet": ("a.parquet", "broken", lying_parquet),
    "pdf": ("a.pdf", "broken", circular_pdf),
    "docx": ("a.docx", "too_large", HOSTILE["a bomb in DOCX"][1]),
    "odt": ("a.odt", "entities", lambda: with_part(made.odt(TOLD[0]), "content.xml", LOL.encode() + b"<r>&i;</r>")),
    "rtf": ("a.rtf", "too_deep", HOSTILE["deep RTF"][1]),
    "mail": ("a.eml", "broken", nested_mail),
    "mailbox": ("a.mbox", "broken", lambda: b"From x Wed Mar 12 10:00:00 2025\n" + nested_mail()),
    "telegram_json": ("result.json", "too_deep", lambda: made.telegram_json(TOLD).replace(b'"text": ""', f'"text": {DEEP}'.encode(), 1)),
    "telegram_html": ("messages.html", "", lambda: made.telegram_html(TOLD).replace(b"<br>", DEEP_HTML.encode(), 1)),
    "warc": ("a.warc", "", endless_warc),
    "wacz": ("a.wacz", "memory", lambda: zipped({"datapackage.json": b"{}", "archive/data.warc.gz": gzip.compress(BOMB)})),
    "gdelt_gkg": ("20250312100000.gkg.csv", "long_row", lambda: made.gdelt_gkg(TOLD) + b"\n" + b"x\t" * (5 * MB)),
    "ris": ("a.ris", "too_large", lambda: b"TY  - NEWS\nTI  - " + b"x" * (33 * MB) + b"\nER  - \n"),
    "bibtex": ("a.bib", "no_articles", lambda: b"@article{k, title = " + b"{" * 200_000 + b"x" + b"}" * 100_000),
    "csl_json": ("csl.json", "broken", f'[{{"id": "1", "type": "article-newspaper", "title": {DEEP}}}]'.encode),
    "zip_archive": ("a.zip", "bomb", HOSTILE["a zip bomb"][1]),
    "gzip_file": ("a.txt.gz", "bomb", HOSTILE["a gzip bomb"][1]),
    "tar_archive": ("a.tar.gz", "bomb", HOSTILE["a bomb in tar"][1]),
}  # fmt: skip


def test_every_format_has_a_good_and_a_hostile_file():
    assert set(HOSTILE_OF) == {one.id for one in FORMATS} == {sample.format for sample in GOOD}


@pytest.mark.parametrize("kind", HOSTILE_OF)
def test_a_hostile_file_costs_a_line_of_the_report(kind: str, tmp_path: Path):
    name, code, make = HOSTILE_OF[kind]
    (tmp_path / name).write_bytes(make())
    items = list(read_paths([tmp_path / name], processes=1))
    failures = [item for item in items if isinstance(item, ReadFailure)]
    assert items
    assert len(items) < 10
    assert all(isinstance(item, Article | ReadFailure) for item in items)
    assert [failure.code for failure in failures] == ([code] if code else [])
    for failure in failures:
        assert failure.code in SENTENCES
        assert failure.reason.endswith(".")
        assert "{" not in failure.reason + failure.step
