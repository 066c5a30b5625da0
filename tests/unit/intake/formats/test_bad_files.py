# ruff: noqa: E501 - files stand in lines
"""Empty, broken and hostile files: one sentence each, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from format_samples import GOOD, TOLD, Sample, Told, docx, mail, page, pdf, spreadsheet, tarred, warc, zipped

from dashboard.core.models import Article
from dashboard.intake import ReadFailure
from dashboard.intake.draft import Content, Options
from dashboard.intake.sentences import refusal
from dashboard.intake.walk import Walk

MB = 1024 * 1024
ONE_OF_EACH = {sample.format: sample for sample in GOOD}
# Formats whose files hold words from the first bytes on: half of one is still half an article.
TEXTUAL = {
    "text",
    "html",
    "json_lines",
    "csv_table",
    "ris",
    "bibtex",
    "mail",
    "mailbox",
    "mhtml",
    "feed",
    "gdelt_gkg",
}


def items_of(data: bytes, name: str):
    return [item for _, item in Walk(Options()).items(Content.of(data, name), name)]


def failures_of(data: bytes, name: str) -> list[ReadFailure]:
    return [item for item in items_of(data, name) if isinstance(item, ReadFailure)]


def the_failure(data: bytes, name: str) -> ReadFailure:
    (failure,) = failures_of(data, name)
    return failure


@pytest.mark.parametrize("sample", ONE_OF_EACH.values(), ids=ONE_OF_EACH)
@pytest.mark.parametrize("data", [b"", b" \n\n"], ids=["nothing", "blank"])
def test_an_empty_file_is_one_line(sample: Sample, data: bytes):
    failure = the_failure(data, sample.name)
    assert failure.code != "crashed"
    assert failure.kind in ("failed", "ignored")
    assert failure.reason.endswith(".")


@pytest.mark.parametrize("sample", GOOD, ids=[f"{one.format}-{one.name}" for one in GOOD])
@pytest.mark.parametrize("share", [0.03, 0.5, 0.9])
def test_a_file_that_breaks_off_gives_what_came_before_or_says_so(sample: Sample, share: float):
    data = sample.make()
    items = items_of(data[: int(len(data) * share)], sample.name)
    assert items
    assert [item.code for item in items if isinstance(item, ReadFailure) and item.code == "crashed"] == []


@pytest.mark.parametrize("sample", GOOD, ids=[f"{one.format}-{one.name}" for one in GOOD])
def test_a_file_of_other_bytes_than_its_name_says_is_one_line(sample: Sample):
    failure = the_failure(bytes(range(256)) * 40, sample.name)
    assert failure.code != "crashed"


def rss_of(inner: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>x</title>{inner}</channel></rss>'.encode()


LOL = (
    "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {n} '{f'&{p};' * 10}'>" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
DEEP_HTML = "<div>" * 50_000 + "deep" + "</div>" * 50_000
NESTED = zipped(
    {
        "a.zip": zipped(
            {"a.zip": zipped({"a.zip": zipped({"a.zip": zipped({"a.zip": zipped({"a.txt": b"x"})})})})}
        )
    }
)
BOMB = b"\0" * (90 * MB)


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {one: packed.read(one) for one in packed.namelist()}
    return zipped({**files, name: part})


HOSTILE = {
    "entities in a feed": ("a.rss", lambda: rss_of("<item><title>&i;</title></item>", LOL), "entities"),
    "entities in OPML": ("a.opml", lambda: LOL.encode() + b"<opml><body><outline text='&i;'/></body></opml>", "entities"),
    "a file from outside in a feed": (
        "a.rss",
        lambda: rss_of("<item><title>&x;</title></item>", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "entities",
    ),
    "entities in UTF-16": ("a.rss", lambda: rss_of(f"<item><title>{TOLD[0].body * 4}</title></item>", LOL).decode().encode("utf-16"), "entities"),
    "entities in DOCX": (
        "a.docx",
        lambda: with_part(docx(TOLD[0]), "word/document.xml", LOL.encode() + b"<r>&i;</r>"),
        "entities",
    ),
    "a zip bomb": ("a.zip", lambda: zipped({"a.txt": BOMB}), "bomb"),
    "a gzip in a gzip": ("a.gz", lambda: gzip.compress(gzip.compress(BOMB)), "bomb"),
    "a gzip bomb": ("a.txt.gz", lambda: gzip.compress(BOMB), "bomb"),
    "a bomb in DOCX": ("a.docx", lambda: with_part(docx(TOLD[0]), "word/document.xml", BOMB), "too_large"),
    "a bomb in Excel": ("a.xlsx", lambda: with_part(spreadsheet(TOLD), "xl/sharedStrings.xml", BOMB), "bomb"),
    "a bomb in tar": ("a.tar.gz", lambda: tarred({"a.txt": BOMB}), "bomb"),
    "archives in archives": ("a.zip", NESTED.strip, "nested"),
    "out of a zip": ("a.zip", lambda: zipped({"../../x.txt": b"x"}), "outside"),
    "out of a tar": ("a.tar", lambda: tarred({"/etc/x.txt": b"x"}, "w"), "outside"),
    "deep JSON": ("a.json", lambda: b'{"a":' * 5000 + b"1" + b"}" * 5000, "too_deep"),
    "deep RTF": ("a.rtf", lambda: b"{\\rtf1" + b"{" * 5000 + b"x" + b"}" * 5000, "too_deep"),
    "a row without end": ("a.csv", lambda: b'text,title\n"' + b"x" * (11 * MB), "bad_row"),
    "a table of columns": ("a.csv", lambda: b",".join([b"1"] * 5000) + b"\n1", "wide"),
    "a line of JSON": ("a.jsonl", lambda: b'{"text": "' + b"x" * (17 * MB) + b'"}', "long_row"),
    "no column with words": ("a.csv", lambda: b"a,b\n1,2\n", "no_text_column"),
    "a large text": ("a.txt", lambda: b"x" * (6 * MB), "too_large"),
    "a large page": ("a.html", lambda: b"<html>" + b"x" * (21 * MB), "too_large"),
    "a picture": ("a.jpg", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "unsupported"),
    "a program named like a text": ("a.txt", lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 100, "binary"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "make", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_one_sentence(name, make, code):
    found = [failure for failure in failures_of(make(), name) if failure.kind != "note"]
    if code == "binary":  # said by the reader of texts in its own words
        assert "binary" in found[0].reason
        return
    assert [failure.code for failure in found] == [code]
    assert "{" not in found[0].reason + found[0].step


def test_a_scan_is_said_to_be_a_scan():
    failure = the_failure(pdf(TOLD[0], words=False), "a.pdf")
    assert (failure.code, failure.reason) == ("scan", "The PDF is a scan: 1 pages, and no text on them.")


def test_a_pdf_whose_letters_are_nonsense_is_refused_with_its_score():
    nonsense = Told("ظظضض ذذثث", "\n".join("ظثضذ غثذظض ثثظظغ ذضثغظ" for _ in range(6)))
    failure = the_failure(pdf(nonsense), "a.pdf")
    assert failure.code == "unreadable_pdf"
    assert "%" in failure.reason


def test_a_locked_archive_says_so():
    data = bytearray(zipped({"a.txt": b"secret"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # set the bit that says: encrypted
        at = data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        data[at] |= 1
    assert the_failure(bytes(data), "a.zip").code == "locked"


def test_deep_pages_are_read_or_refused():
    items = items_of(f"<html><body>{DEEP_HTML}</body></html>".encode(), "a.html")
    assert len(items) == 1
    assert getattr(items[0], "code", "") in ("", "no_words", "too_deep")


def test_a_page_of_one_long_line_is_read():
    words = " ".join(f"كلمة{n}" for n in range(200_000))
    (item,) = items_of(f"<html><body><article><p>{words}</p></article></body></html>".encode(), "a.html")
    assert isinstance(item, Article)
    assert len(item.text) > 1_000_000


def test_a_bad_part_does_not_spoil_the_others():
    good = page(TOLD[0])
    data = zipped(
        {"1.html": good, "2.html": b"", "3.docx": b"PK no", "4.jpg": b"\xff\xd8\xff", "5.html": page(TOLD[1])}
    )
    items = items_of(data, "a.zip")
    assert [isinstance(item, Article) for item in items] == [True, False, False, False, True]
    assert [item.path for item in items if isinstance(item, ReadFailure)] == [
        f"a.zip › {name}" for name in ("2.html", "3.docx", "4.jpg")
    ]


def test_rows_that_can_not_be_read_stand_beside_the_others():
    lines = [json.dumps({"title": "A", "text": "one"}), "{", "[1]", json.dumps({"title": "B", "text": "two"})]
    items = items_of("\n".join(lines).encode(), "a.jsonl")
    assert [getattr(item, "code", "read") for item in items] == ["read", "bad_row", "bad_row", "read"]
    assert [item.path for item in items] == [f"a.jsonl#{n}" for n in (1, 2, 3, 4)]


def test_links_in_a_tar_are_not_followed():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    assert items_of(out.getvalue(), "a.tar") == []


def test_a_web_archive_keeps_what_came_before_its_broken_record():
    data = warc(TOLD, packed=False)
    cut = data[: data.rindex(b"WARC/1.0") + 4] + b"\0garbage"
    items = items_of(cut, "a.warc")
    assert sum(isinstance(item, Article) for item in items) == 2


def test_an_attached_article_is_an_article_of_its_own():
    from email import message_from_bytes, policy  # noqa: PLC0415 - this test only

    message = message_from_bytes(mail(TOLD[0]), policy=policy.default)
    message.add_attachment(page(TOLD[1]), "text", "html", filename="b.html")
    paths = [item.path for item in items_of(message.as_bytes(), "a.eml")]
    assert paths == ["a.eml", "a.eml › b.html"]


@pytest.mark.parametrize("code", ["broken", "bad_row", "os"])
def test_a_sentence_ends_in_one_full_stop(code: str):
    said = str(refusal(code, format="PDF", detail="Failed to load (Data format error)."))
    assert said.endswith("(Data format error).")
    assert ".." not in said
