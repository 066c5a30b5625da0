from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from dashboard.core.errors import ArticleFormatError
from dashboard.core.models import Article, DateOrigin
from dashboard.intake import MAX_ARTICLE_BYTES, ReadFailure, parse_article, read_paths

FULL = """---
published: 2024-05-31
language: AR-ly
unknown: [1, 2]
url: https://example.org/a?b=1
title: "زيارة \u202e إلى باريس"
source: بوابة الوسط
---

وصل الوفد إلى باريس.
"""


def test_front_matter_in_any_order():
    article = parse_article(FULL.encode(), "a.md")
    assert article == Article(
        title="زيارة إلى باريس",
        text="زيارة إلى باريس\n\nوصل الوفد إلى باريس.",
        language="ar",
        source="بوابة الوسط",
        url="https://example.org/a?b=1",
        published=date(2024, 5, 31),
        path="a.md",
        date_origin=DateOrigin.METADATA,
    )


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("\n\n  First line \nrest", "First line", "First line \nrest"),
        ("# Heading\n\nrest", "Heading", "# Heading\n\nrest"),
        ("---\ntitle: T\n---\nT\nrest", "T", "T\nrest"),
        ("---\ntitle: T\n---\nTea\nrest", "T", "T\n\nTea\nrest"),
        ("---\ntitle: T\n---\n", "T", "T"),
        ("---\ntitle:\n---\nbody", "body", "body"),
        ("---\nan ornament\n---\nbody", "---", "---\nan ornament\n---\nbody"),
        ("--- not yaml", "--- not yaml", "--- not yaml"),
        ("a\r\nb\rc", "a", "a\nb\nc"),
    ],
)
def test_title_is_in_the_text(text, title, body):
    article = parse_article(text.encode())
    assert (article.title, article.text) == (title, body)


def test_long_first_line_is_cut_after_a_word():
    article = parse_article(("word " * 100).encode())
    assert len(article.title) <= 160
    assert article.title.endswith("word…")
    assert article.text.startswith("word word")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://example.org", "https://", "https://me:pw@example.org/", "http://[x", "~"],
)
def test_unsafe_link_is_left_out(url):
    assert parse_article(f"---\nurl: '{url}'\n---\nbody".encode()).url is None


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("title: [unclosed", "not YAML"),
        ("title: a\n- b: c", "not YAML from line 3"),
        ("a: " + "[" * 4_000, "not YAML"),
        ("a: " + "x" * 70_000, "longer than"),
        ("title: *nothing", "not YAML"),
    ],
)
def test_bad_front_matter_names_the_reason(head, message):
    with pytest.raises(ArticleFormatError, match=message):
        parse_article(f"---\n{head}\n---\nbody".encode())


@pytest.mark.parametrize(
    ("head", "field", "note"),
    [
        ("published: [2024]", "published", "of published in the front matter is no single text"),
        ("date: {a: b}", "published", "of date in the front matter is no single text"),
        ("language: the one of the sea", "language", "language the one of the sea is not known"),
    ],
)
def test_one_bad_value_is_left_out_and_said_and_the_article_stays(head, field, note):
    article = parse_article(f"---\ntitle: عنوان\n{head}\nsource: الوسط\n---\nbody".encode())
    assert (article.title, article.source, article.text) == ("عنوان", "الوسط", "عنوان\n\nbody")
    assert getattr(article, field) is None
    assert note in article.notes[0]


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("title: b: c", "title", "b: c"),
        ("title: عاجل: وصول الوفد\ntags: [a, b]", "title", "عاجل: وصول الوفد"),
        ("العنوان: 'مع علامات'", "title", "مع علامات"),
        ('title: "خريطة".. طريق إلى البحر', "title", '"خريطة".. طريق إلى البحر'),
        ("title: 'One road' to the sea", "title", "'One road' to the sea"),
        ("title: 'it''s so'", "title", "it's so"),
        ('title: "a road"  # told twice', "title", "a road"),
        ("sitename: الوسط", "source", "الوسط"),
        ("link: https://example.org/1", "url", "https://example.org/1"),
        ("authors: [فلان, Someone]", "author", "فلان, Someone"),
        ("lang: العربية", "language", "ar"),
        ("date: Fri, 31 May 2024 10:00:00 +0200", "published", date(2024, 5, 31)),
        ("date: 31 mai 2024", "published", date(2024, 5, 31)),
        ("تاريخ النشر: ٣١ أيار ٢٠٢٤", "published", date(2024, 5, 31)),
        ("pubdate: 2024/05/31", "published", date(2024, 5, 31)),
        ("date: 2024-05", "published_edtf", "2024-05"),
    ],
)
def test_front_matter_takes_what_people_write(head, field, value):
    assert getattr(parse_article(f"---\n{head}\n---\nbody".encode()), field) == value


@pytest.mark.parametrize(
    ("value", "note"), [("yesterday", "'yesterday' can't be read"), ("03/04/2025", "2025-04-03 / 2025-03-04")]
)
def test_a_date_that_says_no_day_leaves_the_article_undated_and_says_so(value, note):
    article = parse_article(f"---\ndate: {value}\n---\nbody".encode())
    assert (article.published, article.date_origin) == (None, None)
    assert note in article.notes[0]


def test_aliases_do_not_grow():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    lines += ["title: *a11"]
    article = parse_article(("---\n" + "\n".join(lines) + "\n---\nbody").encode())
    assert article.text == "body"
    assert len(article.notes[0]) < 100


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_encodings_of_arabic(encoding):
    text = "وصل الوفد إلى باريس\nثم عاد"
    assert parse_article(text.encode(encoding)).text == text


def test_old_french_letters_survive():
    assert (
        parse_article("À l'Élysée, près de la Seine".encode("cp1252")).title == "À l'Élysée, près de la Seine"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff \n".encode(), "empty"),
        ("\u200f\u200e".encode(), "no words"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        (b"abc\0def", "binary"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"x" * (MAX_ARTICLE_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_no_article(data, message):
    with pytest.raises(ArticleFormatError, match=message):
        parse_article(data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "news"
    (root / "b" / "deep").mkdir(parents=True)
    (root / ".hidden").mkdir()
    for name in (
        "b/deep/3.txt",
        "b/2.md",
        "1.txt",
        "README.md",
        "b/readme.md",
        ".4.txt",
        ".hidden/5.txt",
        "6.jpg",
    ):
        (root / name).write_text(f"text of {name}", encoding="utf-8")
    return root


def test_folder_is_read_in_order(folder):
    found = list(read_paths([folder]))
    assert [item.path for item in found] == ["1.txt", str(folder / "6.jpg"), "2.md", "3.txt"]
    assert (found[1].kind, found[1].reason) == ("ignored", "Files of this kind (.jpg) are not read.")


def test_named_file_is_read_whatever_its_name(folder):
    found = list(read_paths([folder / "README.md", folder / ".4.txt", folder / "6.jpg", folder / "none.txt"]))
    assert [article.path for article in found[:2]] == ["README.md", ".4.txt"]
    assert ["Files of this kind" in found[2].reason, "no such file" in found[3].reason] == [True, True]


def test_bad_file_stops_nothing(folder):
    (folder / "0.txt").write_bytes(b"")
    (folder / "2.txt").write_bytes(bytes(range(256)))
    found = list(read_paths([folder]))
    assert [isinstance(item, ReadFailure) for item in found] == [True, False, True, True, False, False]
    assert (found[0].path, found[0].reason) == (str(folder / "0.txt"), "The file is empty.")


@pytest.mark.parametrize("name", ["x" * 5000, "nul\0.txt", "1.txt/2.txt"])
def test_a_name_that_can_not_be_looked_up_stops_nothing(folder, name):
    found = list(read_paths([folder / name, folder / "1.txt"]))
    assert [isinstance(item, ReadFailure) for item in found] == [True, False]
    assert "can't be read" in found[0].reason


def test_an_article_knows_its_file(folder):
    assert {item.file for item in read_paths([folder]) if isinstance(item, Article)} == {
        str(folder / name) for name in ("1.txt", "b/2.md", "b/deep/3.txt")
    }


def test_links_do_not_lead_out_of_the_folder(folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (folder / "0.txt").symlink_to(secret)
    (folder / "7.txt").symlink_to(folder / "1.txt")
    (folder / "8.txt").symlink_to("8.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "out").symlink_to(tmp_path, target_is_directory=True)
    found = {Path(item.path).name: item for item in read_paths([folder])}
    assert sorted(found) == ["0.txt", "1.txt", "2.md", "3.txt", "6.jpg", "7.txt", "8.txt"]
    assert "leads out of the folder" in found["0.txt"].reason
    assert found["7.txt"].text == "text of 1.txt"
    assert isinstance(found["8.txt"], ReadFailure)


def test_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "9.txt")
    found = list(read_paths([folder, folder / "9.txt"]))
    assert [item.reason for item in found if isinstance(item, ReadFailure) and item.kind == "failed"] == [
        "This is not an ordinary file."
    ] * 2


def test_file_name_is_data(folder):
    (folder / "x\u202ecod\n.txt").write_text("body")
    (folder / "1.txt").rename(folder / os.fsdecode(b"\xff\xfe.txt"))
    paths = [item.path for item in read_paths([folder])]
    assert "xcod .txt" in paths
    assert ".txt" in paths
