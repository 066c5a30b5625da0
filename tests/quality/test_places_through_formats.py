"""One article gives the same places whatever file it comes in, in UTF-8 and in windows-1256."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

import format_samples as made
import pytest
from format_samples import Told

from dashboard.core.models import Article
from dashboard.intake import parse_article
from dashboard.intake.draft import Content, Options
from dashboard.intake.walk import Walk

ROOT = Path(__file__).resolve().parents[2]
GIVEN = ROOT.parent / "shared" / "articles"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

BOTH = ("utf-8", "cp1256")
FORMS = {
    **{
        f"text {e}": ("a.txt", lambda one, e=e: f"{one.title}\n\n{one.body}".encode(e, "replace"))
        for e in BOTH
    },
    **{f"page {e}": ("a.html", lambda one, e=e: made.page(one, 1, e)) for e in BOTH},
    **{f"MHTML {e}": ("a.mhtml", lambda one, e=e: made.mhtml(one, e)) for e in BOTH},
    **{f"JSON lines {e}": ("a.jsonl", lambda one, e=e: made.json_lines([one], e)) for e in BOTH},
    **{f"CSV {e}": ("a.csv", lambda one, e=e: made.csv_table([one], e)) for e in BOTH},
    **{f"mail {e}": ("a.eml", lambda one, e=e: made.mail(one, e)) for e in BOTH},
    **{f"Telegram JSON {e}": ("result.json", lambda one, e=e: made.telegram_json([one], e)) for e in BOTH},
    **{f"Telegram HTML {e}": ("messages.html", lambda one, e=e: made.telegram_html([one], e)) for e in BOTH},
    **{f"feed {e}": ("a.rss", lambda one, e=e: made.rss([one], e)) for e in BOTH},
    **{f"WARC {e}": ("a.warc.gz", lambda one, e=e: made.warc([one], e)) for e in BOTH},
    **{f"zip {e}": ("a.zip", lambda one, e=e: made.zipped({"x/a.html": made.page(one, 1, e)})) for e in BOTH},
    "Excel": ("a.xlsx", lambda one: made.spreadsheet([one])),
    "DOCX": ("a.docx", made.docx),
    "ODT": ("a.odt", made.odt),
    "RTF": ("a.rtf", made.rtf),
    "Parquet": ("a.parquet", lambda one: made.parquet([one])),
    "gzip": ("a.jsonl.gz", lambda one: gzip.compress(made.json_lines([one]))),
}


def articles() -> list[Told]:
    """Return the given articles where they are, and some of our own always."""
    paths = [*sorted(GIVEN.glob("*.txt")), *sorted((ROOT / "data" / "articles").glob("[0-9]*.md"))[:10]]
    told = []
    for path in paths:
        article = parse_article(path.read_bytes(), path.name)
        told.append(Told(article.title, article.text.partition("\n")[2].strip()))
    return told


TOLD = articles()


def places(parser, text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in parser.parse(text).resolutions:
        if one.place is not None:
            found[one.place.id] = found.get(one.place.id, 0) + 1
    return found


def read(data: bytes, name: str) -> Article:
    items = [item for _, item in Walk(Options()).items(Content.of(data, name), name)]
    (article,) = [item for item in items if isinstance(item, Article)]
    return article


def shown(one: Told, encoding: str) -> Told:
    """Return an article as an old encoding can write it."""
    return Told(*(part.encode(encoding, "replace").decode(encoding) for part in (one.title, one.body)))


@pytest.mark.parametrize(("name", "make"), FORMS.values(), ids=FORMS)
def test_the_places_are_the_same_through_every_format(name, make, full_parser, request):
    old = "cp1256" in request.node.callspec.id
    for one in TOLD:
        given = shown(one, "cp1256") if old else one
        expected = places(full_parser, f"{given.title}\n\n{given.body}")
        assert places(full_parser, read(make(given), name).text) == expected, one.title


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for number, one in enumerate(TOLD[:5]):
        (folder / f"{number}.html").write_bytes(made.page(one, number).replace(made.MENU.encode(), b""))
    return folder


def chromium_pdf(page: Path) -> Path:
    out = page.with_suffix(".chromium.pdf")
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--print-to-pdf={out}",
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out


def office_pdf(page: Path) -> Path:
    command = [OFFICE, "--headless", "--convert-to", "pdf", "--outdir", str(page.parent), str(page)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return page.with_suffix(".pdf")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to print with")
def test_the_places_are_the_same_through_a_pdf_of_chromium(pages, full_parser):
    for number, one in enumerate(TOLD[:5]):
        text = read(chromium_pdf(pages / f"{number}.html").read_bytes(), "a.pdf").text
        assert places(full_parser, text).keys() == places(full_parser, f"{one.title}\n\n{one.body}").keys()


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice to print with")
def test_nearly_all_places_come_through_a_pdf_of_libreoffice(pages, full_parser):
    found = total = 0
    for number, one in enumerate(TOLD[:5]):
        text = read(office_pdf(pages / f"{number}.html").read_bytes(), "a.pdf").text
        expected = places(full_parser, f"{one.title}\n\n{one.body}").keys()
        found += len(expected & places(full_parser, text).keys())
        total += len(expected)
    assert found / total >= 0.95
