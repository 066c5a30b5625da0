"""The table of formats: which names and first bytes each takes, who reads it, what it gives.

The command's help, the page and `docs/formats.md` are made from it. To add a format, see the five steps in
that document.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.intake.columns import TableView
    from dashboard.intake.draft import Content, Options, Reader

__all__ = ["FORMATS", "SUFFIXES", "Format", "format_named", "previewer_of", "reader_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Attributes
    ----------
    id
        Name of its module in `dashboard.intake.formats`, and its key for words in other languages.
    name
        What an English sentence calls it.
    suffixes
        With the dot, lower case; the longest that fits counts (`.warc.gz` before `.gz`).
    magic
        `(offset, bytes)` of which one stands in every such file; empty for formats of text.
    media_types
        What servers and mails call it.
    gives
        `one` article, `many`, `files` (an archive) or `feeds` (a list of addresses).
    apart
        Whether it is read in a worker process, with limits of memory and time.
    """

    id: str
    name: str
    suffixes: tuple[str, ...]
    magic: tuple[tuple[int, bytes], ...] = ()
    media_types: tuple[str, ...] = ()
    gives: str = "one"
    apart: bool = True


_ZIP = ((0, b"PK\x03\x04"), (0, b"PK\x05\x06"))

FORMATS: tuple[Format, ...] = (
    Format(
        "text",
        "text or Markdown",
        (".txt", ".md", ".markdown", ".text"),
        (),
        ("text/plain", "text/markdown"),
        apart=False,
    ),
    Format(
        "html", "web page", (".html", ".htm", ".xhtml", ".shtml"), (), ("text/html", "application/xhtml+xml")
    ),
    Format(
        "mhtml",
        "saved web page (MHTML)",
        (".mhtml", ".mht"),
        (),
        ("multipart/related", "application/x-mimearchive"),
    ),
    Format(
        "feed",
        "RSS or Atom feed",
        (".rss", ".atom", ".xml", ".rdf"),
        (),
        ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml"),
        "many",
    ),
    Format("json_feed", "JSON feed", (), (), ("application/feed+json",), "many"),
    Format("opml", "list of feeds (OPML)", (".opml",), (), ("text/x-opml",), "feeds"),
    Format(
        "json_lines",
        "JSON lines",
        (".jsonl", ".ndjson", ".jl"),
        (),
        ("application/jsonl", "application/x-ndjson"),
        "many",
    ),
    Format("json_table", "JSON", (".json",), (), ("application/json",), "many"),
    Format(
        "csv_table",
        "CSV or TSV table",
        (".csv", ".tsv", ".tab"),
        (),
        ("text/csv", "text/tab-separated-values"),
        "many",
    ),
    Format(
        "spreadsheet",
        "Excel or ODS spreadsheet",
        (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
        (*_ZIP, (0, b"\xd0\xcf\x11\xe0")),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-excel",
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        "many",
    ),
    Format(
        "parquet",
        "Parquet table",
        (".parquet", ".pq"),
        ((0, b"PAR1"),),
        ("application/vnd.apache.parquet",),
        "many",
    ),
    Format("pdf", "PDF", (".pdf",), ((0, b"%PDF-"),), ("application/pdf",)),
    Format(
        "docx",
        "Word document (DOCX)",
        (".docx", ".docm"),
        _ZIP,
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ),
    Format(
        "odt", "OpenDocument text (ODT)", (".odt", ".fodt"), (), ("application/vnd.oasis.opendocument.text",)
    ),
    Format("rtf", "RTF document", (".rtf",), ((0, b"{\\rtf"),), ("application/rtf", "text/rtf")),
    Format("mail", "e-mail", (".eml",), (), ("message/rfc822",)),
    Format("mailbox", "mailbox (mbox)", (".mbox", ".mbx"), (), ("application/mbox",), "files"),
    Format("telegram_json", "Telegram export (JSON)", (), (), (), "many"),
    Format("telegram_html", "Telegram export (HTML)", (), (), (), "many"),
    Format(
        "warc", "web archive (WARC)", (".warc", ".warc.gz"), ((0, b"WARC/"),), ("application/warc",), "files"
    ),
    Format("wacz", "web archive (WACZ)", (".wacz",), _ZIP, ("application/wacz",), "files"),
    Format("gdelt_gkg", "GDELT GKG", (".gkg.csv", ".gkg"), (), (), "many"),
    Format("ris", "references (RIS)", (".ris",), (), ("application/x-research-info-systems",), "many"),
    Format("bibtex", "references (BibTeX)", (".bib", ".bibtex"), (), ("application/x-bibtex",), "many"),
    Format(
        "csl_json",
        "references (CSL JSON, Zotero)",
        (".csljson",),
        (),
        ("application/vnd.citationstyles.csl+json",),
        "many",
    ),
    Format("zip_archive", "zip archive", (".zip",), _ZIP, ("application/zip",), "files"),
    Format("gzip_file", "gzip file", (".gz", ".gzip"), ((0, b"\x1f\x8b"),), ("application/gzip",), "files"),
    Format("tar_archive", "tar archive", (".tar", ".tgz", ".tar.gz"), (), ("application/x-tar",), "files"),
)
SUFFIXES = tuple(suffix for one in FORMATS for suffix in one.suffixes)
_BY_ID = {one.id: one for one in FORMATS}


def format_named(format_id: str) -> Format:
    """Return a format by its id."""
    return _BY_ID[format_id]


def reader_of(one: Format) -> Reader:
    """Return the reader of a format; its library is loaded now and not before, since some take a second."""
    return cast("Reader", import_module(f"dashboard.intake.formats.{one.id}").read)


def previewer_of(one: Format) -> Callable[[Content, Options], TableView] | None:
    """Return what describes a table of this format by its first rows; None when its files are no tables."""
    found = getattr(import_module(f"dashboard.intake.formats.{one.id}"), "preview", None)
    return cast("Callable[[Content, Options], TableView] | None", found)
