"""What kind of file it is: by its first bytes where they tell, else by its name, else by what its text looks like."""

from __future__ import annotations

import re
import struct
import zipfile
from typing import TYPE_CHECKING

import puremagic

from dashboard.intake.registry import FORMATS, Format, format_named

if TYPE_CHECKING:
    from dashboard.intake.draft import Content

__all__ = ["describe_kind", "find_format", "format_of_name", "is_plain"]

_HEAD = 8192  # bytes that are looked at
_TAR_MAGIC = slice(257, 262)
_OLE = b"\xd0\xcf\x11\xe0"
_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
_BY_MEDIA_TYPE = {name: one for one in FORMATS for name in one.media_types}
# A name alone does not say what stands in these: their text is looked at.
_LOOKED_AT = frozenset({"text", "html", "feed", "json_table", "json_lines", "csv_table", "mail", ""})
_OPEN_TAG = re.compile(rb"<\s*([a-z!?][\w:.-]*)", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]")
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_FLAT_ODT = re.compile(rb"<office:document[\s>]")
_TELEGRAM_PAGE = re.compile(rb'class="(?:page_wrap|history|message (?:default|service))[ "]')
_MAIL = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[ \t][^\n]*\n(?:[ \t][^\n]*\n)*){3,}", re.IGNORECASE)
_MAIL_NAMES = re.compile(
    rb"^(?:from|received|message-id|return-path|mime-version):", re.IGNORECASE | re.MULTILINE
)
_SAVED_PAGE = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MBOX = re.compile(rb"\AFrom [^\n]{3,200}\d{4}\r?\n[A-Za-z-]+:")
_RIS = re.compile(rb"\A\s*(?:\xef\xbb\xbf)?TY  - ")
_BIBTEX = re.compile(rb"^\s*@[a-z]+\s*\{", re.IGNORECASE | re.MULTILINE)
_GKG = re.compile(rb"\A(?:GKGRECORDID\t|\d{14}-T?\d+\t\d{14}\t)")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org')
_TELEGRAM = re.compile(
    rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|private_(?:super)?group|public_(?:super)?group'
    rb'|private_channel|public_channel)"|"date_unixtime"\s*:|\A\s*\{\s*"about"\s*:\s*"Here is the data you requested'
)
_CSL = re.compile(
    rb'"type"\s*:\s*"(?:article(?:-\w+)?|webpage|post(?:-\w+)?|book|chapter|report|broadcast|interview|thesis'
    rb'|paper-conference|legislation|legal_case|motion_picture)"'
)
_CSL_DATE = re.compile(rb'"date-parts"\s*:')


def format_of_name(name: str) -> Format | None:
    """Return the format that a file's name promises; the longest ending counts."""
    lower = name.lower()
    parts = lower.rpartition("/")[2].split(".")
    for start in range(1, len(parts)):
        found = _BY_SUFFIX.get("." + ".".join(parts[start:]))
        if found is not None:
            return found
    return None


def is_plain(head: bytes) -> bool:
    """Tell whether a file begins as a text of no particular format may."""
    special = head.startswith((b"PK", b"\x1f\x8b", b"%PDF", b"{\\rtf", _OLE)) or head[_TAR_MAGIC] == b"ustar"
    return not special


def find_format(content: Content) -> Format | None:
    """Find the format of a content; None when it is none that is read."""
    head = content.head(_HEAD)
    named = _BY_MEDIA_TYPE.get(content.hints.media_type) or format_of_name(content.name)
    by_bytes = _by_bytes(content, head, named)
    if by_bytes is not None:
        return by_bytes
    if named is not None and named.id not in _LOOKED_AT:
        return named
    if _is_binary(head):
        return named
    return _by_text(head, named)


def _by_bytes(content: Content, head: bytes, named: Format | None) -> Format | None:
    if head.startswith(b"PK"):
        return _in_zip(content, named)
    if head.startswith(_OLE):
        return named if named and named.id == "spreadsheet" else None
    if head.startswith(b"\x1f\x8b"):
        suits = named and named.id in ("warc", "tar_archive")
        return named if suits else format_named("gzip_file")
    if head[_TAR_MAGIC] == b"ustar":
        return format_named("tar_archive")
    if b"%PDF-" in head[:1024]:  # the standard allows a little before it
        return format_named("pdf")
    marked = (one for one in FORMATS for at, magic in one.magic if head[at : at + len(magic)] == magic)
    return next(marked, None)


def _in_zip(content: Content, named: Format | None) -> Format:
    """Tell the formats that are zip archives apart by what is packed."""
    content.stream.seek(0)
    try:
        with zipfile.ZipFile(content.stream) as packed:
            names = set(packed.namelist()[:2000])
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, struct.error):
        return (
            named
            if named and any(magic == b"PK\x03\x04" for _, magic in named.magic)
            else format_named("zip_archive")
        )
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return format_named("docx")
        if any(name.startswith("xl/") for name in names):
            return format_named("spreadsheet")
    if "content.xml" in names and "mimetype" in names:
        is_table = named is not None and named.id == "spreadsheet"
        return format_named("spreadsheet" if is_table or _is_ods(content) else "odt")
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        return format_named("wacz")
    return format_named("zip_archive")


def _is_ods(content: Content) -> bool:
    return b"opendocument.spreadsheet" in content.head(200)


def _is_binary(head: bytes) -> bool:
    return b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _by_text(head: bytes, named: Format | None) -> Format | None:
    """Find the format of a text; `named` is what its name promises."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    own = named.id if named else ""
    found = None
    if begin.startswith(b"<"):
        found = _by_markup(begin)
    elif begin.startswith((b"{", b"[")) and own in ("json_table", ""):
        found = _by_json(begin)
    elif own in ("csv_table", "") and _GKG.match(begin):
        found = "gdelt_gkg"
    elif own in ("mail", "text", "", "html"):
        found = _by_lines(begin, own)
    return format_named(found) if found else named


def _by_markup(begin: bytes) -> str | None:
    for pattern, found in ((_OPML, "opml"), (_FEED, "feed"), (_FLAT_ODT, "odt")):
        match = pattern.search(begin[:2048])
        if match and not _HTML.search(begin[: match.start()]):
            return found
    if _HTML.search(begin):
        return "telegram_html" if _TELEGRAM_PAGE.search(begin) and b"tgme" not in begin else "html"
    return None


def _by_json(begin: bytes) -> str | None:
    if _JSON_FEED.search(begin):
        return "json_feed"
    if _TELEGRAM.search(begin):
        return "telegram_json"
    if _CSL.search(begin) and (_CSL_DATE.search(begin) or b'"title"' in begin) and b'"text"' not in begin:
        return "csl_json"
    return "json_table"


def _by_lines(begin: bytes, own: str) -> str | None:
    if _MBOX.match(begin):
        return "mailbox"
    if _MAIL.match(begin) and _MAIL_NAMES.search(begin):
        return "mhtml" if _SAVED_PAGE.search(begin) and own != "mail" else "mail"
    if own == "" and _RIS.match(begin):
        return "ris"
    if own == "" and _BIBTEX.search(begin[:2048]):
        return "bibtex"
    return None


def describe_kind(content: Content) -> str:
    """Name a kind of file that is not read, such as `JPEG image`, for a sentence; its ending if unknown."""
    head = content.head(_HEAD)
    try:
        found = puremagic.magic_string(head, content.name) if head else []
    except (puremagic.PureError, ValueError):
        found = []
    suffix = content.name.rpartition(".")[2] if "." in content.name else ""
    if found and found[0].confidence >= 0.4 and found[0].name:  # noqa: PLR2004 - four bytes or more
        return f".{suffix}, {found[0].name}" if suffix else found[0].name
    return f".{suffix}" if suffix else "no ending"
