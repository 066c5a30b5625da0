"""The encoding of a file is told, and another is taken when its user says so, whatever the file looks like."""

from __future__ import annotations

from datetime import date

import format_samples as made
import pytest
from format_samples import GOOD, TOLD
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.core.models import Article
from dashboard.intake.draft import Content, Options
from dashboard.intake.kinds import find_format
from dashboard.intake.looking import look_at_files
from dashboard.intake.recoding import ENCODINGS, encoding_of, recoded
from dashboard.intake.registry import FORMATS
from dashboard.intake.walk import Walk

BY_NAME = {sample.name: sample for sample in GOOD}
OLD = {
    "a.txt": lambda e: made.text(TOLD[0], e),
    "a.html": lambda e: made.page(TOLD[0], 1, e),
    "a.rss": lambda e: made.rss(TOLD[:1], e),
    "a.jsonl": lambda e: made.json_lines(TOLD[:1], e),
    "a.json": lambda e: made.json_table(TOLD[:1], e),
    "a.csv": lambda e: made.csv_table(TOLD[:1], e),
    "result.json": lambda e: made.telegram_json(TOLD[:1], e),
    "messages.html": lambda e: made.telegram_html(TOLD[:1], e),
    "a.ris": lambda e: made.ris(TOLD[:1]).decode().encode(e),
    "a.bib": lambda e: made.bibtex(TOLD[:1]).decode().encode(e),
    "csl.json": lambda e: made.csl_json(TOLD[:1]).decode().encode(e),
    "20250312100000.gkg.csv": lambda e: made.gdelt_gkg(TOLD[:1]).decode().encode(e),
}


def titles(data: bytes, name: str, said: str) -> list[str]:
    walk = Walk(Options(encodings={"": said}, today=date(2026, 1, 2)))
    return [item.title for _, item in walk.items(Content.of(data, name), name) if isinstance(item, Article)]


@pytest.mark.parametrize("name", OLD)
def test_what_is_said_is_taken_for_every_format_of_text(name):
    data = OLD[name]("cp1256")
    assert titles(data, name, "windows-1256") == [TOLD[0].title]
    wrong = titles(data, name, "iso-8859-6")
    assert TOLD[0].title not in wrong or TOLD[0].title.isascii()
    assert titles(BY_NAME[name].make(), name, "utf-8")[:1] == [TOLD[0].title]


@pytest.mark.parametrize("name", OLD)
def test_the_encoding_found_is_told(name):
    for encoding, told in (("cp1256", {"windows-1256", "cp1256"}), ("utf-8", {"utf-8"})):
        content = Content.of(OLD[name](encoding), name)
        kind = find_format(content)
        assert kind is not None
        assert encoding_of(content, kind) in told
        assert encoding_of(content, kind, "utf-16") == "utf-16"


@pytest.mark.parametrize("sample", GOOD, ids=lambda one: one.name)
def test_what_is_no_text_has_no_encoding_and_stays(sample):
    content = Content.of(sample.make(), sample.name)
    (kind,) = [one for one in FORMATS if one.id == sample.format]
    if encoding_of(content, kind) is None:
        assert recoded(content, kind, "windows-1256") is content
        assert (
            kind.id
            in "mhtml spreadsheet parquet pdf docx odt rtf mail mailbox warc wacz zip_archive gzip_file tar_archive"
        )


@given(data=st.binary(max_size=200), said=st.sampled_from(ENCODINGS))
@settings(deadline=None)
def test_any_bytes_can_be_turned(data, said):
    (kind,) = [one for one in FORMATS if one.id == "text"]
    turned = recoded(Content.of(data, "a.txt"), kind, said)
    assert turned.head(300).decode("utf-8-sig") is not None
    assert turned.size == len(turned.head(100_000))


def test_one_file_is_read_otherwise_and_the_text_shown_again(tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_bytes(made.text(TOLD[0], "cp1256"))
    options = Options(encodings={str(tmp_path / "two.txt"): "windows-1252"})
    one, two = look_at_files([tmp_path], options)
    assert (one.encoding, two.encoding) == ("windows-1256", "windows-1252")
    assert TOLD[0].title in one.sample
    assert TOLD[0].title not in two.sample


def test_a_file_of_no_known_encoding_can_still_be_told_one(tmp_path):
    (tmp_path / "a.txt").write_text("Корабль прибыл в порт рано утром. " * 9, encoding="utf-8")
    (one,) = look_at_files([tmp_path], Options())
    assert one.articles == 0
    assert one.encoding == ""
