"""Which column of a table is what: guessed from Arabic, English and French headings, shown, changed, remembered.

A page asks `formats.table.preview` for a `TableView`, lets its user change the mapping, and keeps it in a
`MappingMemory`; files of the same shape are then read so.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.named_files import replacing
from dashboard.core.text import fold
from dashboard.intake.dates import read_clue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "FIELDS",
    "ColumnMapping",
    "MappingMemory",
    "TableView",
    "field_of",
    "guess_mapping",
    "shape_of",
    "view_table",
]

SHOWN_ROWS = 3
_SAMPLE = 50  # rows that a guess looks at
_LONG_TEXT = 80  # code points on average, from which on a column without a telling name is the text
_MOST = 0.6  # share of a column's values that must look like a link or a date

# What people call the parts of an article, in headings and in front matter; the surest first.
_NAMES: dict[str, str] = {
    "text": "text, body, content, article, article_text, full_text, fulltext, article_body, body_text, plain_text, "
    "main_text, maintext, news_text, post, post_text, message, caption, story, texte, contenu, corps, article_texte, "
    "message_texte, النص, نص, المحتوى, محتوى, المتن, نص الخبر, نص المقال, الخبر, المقال, نص المنشور, المنشور, "
    "الرسالة, content_text, content_html, html, description, summary, abstract, snippet, excerpt, lead, résumé, "
    "chapeau, extrait, الوصف, الملخص, ملخص, المقتطف",
    "title": "title, headline, heading, article_title, news_title, subject, titre, intitulé, objet, العنوان, عنوان, "
    "عنوان الخبر, عنوان المقال, الموضوع, العنوان الرئيسي",
    "date": "published, date, publication_date, published_at, pubdate, pub_date, date_published, publish_date, "
    "published_date, publishedat, datetime, article_date, news_date, "
    " posted, posted_at, created_at, created, timestamp, "
    "day, time, issued, date_publication, date de publication, publié, publié le, paru le, jour, التاريخ, تاريخ, "
    "تاريخ النشر, تاريخ الخبر, تاريخ المقال, نشر في, اليوم, وقت النشر, seendate, year",
    "source": "source, sitename, site_name, site, publisher, outlet, media, newspaper, publication, source_name, "
    "media_name, agency, channel, journal, éditeur, média, source_nom, المصدر, مصدر, الموقع, الناشر, الصحيفة, الوكالة, "
    "الوسيلة, القناة, الجهة, domain, website, feed",
    "url": "url, link, canonical, canonical_url, article_url, original_url, source_url, web_url, permalink, href, uri, "
    "address, lien, adresse, adresse_url, الرابط, رابط, رابط الخبر, رابط المقال, العنوان الالكتروني, وصلة",
    "language": "language, lang, article_language, langue, langage, اللغة, لغة",
    "author": "author, authors, byline, by, creator, writer, journalist, auteur, auteurs, signature, الكاتب, كاتب, "
    "المؤلف, المحرر, الصحفي, بقلم",
}
FIELDS = tuple(_NAMES)


def _key(name: str) -> str:
    """Fold a heading: case, marks, and what stands between its words."""
    return " ".join(fold("".join(char if char.isalnum() else " " for char in name)).split())


_FIELD_OF = {
    _key(name): (field, rank)
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split(", "))
}


@lru_cache(maxsize=4096)
def _named(heading: str) -> tuple[str, int] | None:
    return _FIELD_OF.get(_key(heading)) or _FIELD_OF.get(_key(heading.rpartition(".")[2]))


def field_of(heading: str) -> str | None:
    """Return the part of an article that a heading names, one of `FIELDS`; None when it names none."""
    named = _named(heading)
    return named[0] if named else None


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column gives which part of an article: headings, empty where no column does.

    Make another with `dataclasses.replace`; `to_dict` and `from_dict` carry it through JSON.
    """

    text: str = ""
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    author: str = ""

    @property
    def usable(self) -> bool:
        """Whether it finds words at all."""
        return bool(self.text or self.title)

    def columns(self) -> dict[str, str]:
        """Return the headings in use by field, in the order of `FIELDS`."""
        return {field: heading for field in FIELDS if (heading := getattr(self, field))}

    def unread(self, header: Iterable[str]) -> tuple[str, ...]:
        """Return the headings of a table that it leaves out."""
        used = set(self.columns().values())
        return tuple(heading for heading in header if heading and heading not in used)

    def to_dict(self) -> dict[str, str]:
        """Return what JSON can hold."""
        return self.columns()

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> ColumnMapping:
        """Make one of what JSON held; what it does not know is left out."""
        return cls(**{field: str(values[field]) for field in FIELDS if isinstance(values.get(field), str)})


@dataclass(frozen=True, slots=True)
class TableView:
    """The head of a table, for a page to show.

    Attributes
    ----------
    rows
        The first three, a text for each heading.
    mapping
        The remembered one, or the guess.
    unread
        Headings that the mapping leaves out.
    shape
        What the table is remembered by.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: ColumnMapping
    unread: tuple[str, ...]
    shape: str
    remembered: bool = False


def shape_of(header: Iterable[str]) -> str:
    """Return what tables with the same headings share, in whatever order: 16 hexadecimal digits."""
    names = "\n".join(sorted({_key(heading) for heading in header}))
    return hashlib.sha256(names.encode("utf-8", "replace")).hexdigest()[:16]


def view_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], mappings: Mapping[str, ColumnMapping]
) -> TableView:
    """Describe a table by its first rows, with the mapping that is remembered for its shape or a guess.

    What `mappings` hold under the key "" is said of all tables, and wins where a table has such a column.
    """
    shape = shape_of(header)
    kept = mappings.get(shape)
    mapping = kept or guess_mapping(header, rows[:_SAMPLE])
    if said := mappings.get(""):
        mapping = replace(
            mapping, **{one: heading for one, heading in said.columns().items() if heading in header}
        )
    shown = tuple(tuple(row) for row in rows[:SHOWN_ROWS])
    return TableView(tuple(header), shown, mapping, mapping.unread(header), shape, kept is not None)


def guess_mapping(header: Sequence[str], rows: Sequence[Sequence[str]]) -> ColumnMapping:
    """Guess by the headings, then by what stands below them.

    Of two headings that name the same field the surer name wins, then the one that is filled more often, then
    the left one. A column that looks like links or dates, or holds long texts, is taken where no heading
    spoke.
    """
    found: dict[str, str] = {}
    best: dict[str, tuple[int, float, int]] = {}
    for place, heading in enumerate(header):
        named = _named(heading)
        if named is None:
            continue
        field, rank = named
        mark = (-round(_filled(rows, place) * 2), float(rank), place)
        if field not in best or mark < best[field]:
            best[field], found[field] = mark, heading
    free = [(place, heading) for place, heading in enumerate(header) if heading not in found.values()]
    for field, fits in (("url", _is_link), ("date", _is_date)):
        if field not in found:
            some = [name for place, name in free if _share(rows, place, fits) >= _MOST]
            if some:
                found[field] = some[0]
    if "text" not in found:
        taken = set(found.values())
        lengths = [(_length(rows, place), name) for place, name in free if name not in taken]
        longest = max(lengths, default=(0.0, ""), key=lambda pair: pair[0])
        if longest[0] >= _LONG_TEXT:
            found["text"] = longest[1]
    return ColumnMapping(**found)


def _values(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and row[place].strip()]


def _filled(rows: Sequence[Sequence[str]], place: int) -> float:
    return len(_values(rows, place)) / len(rows) if rows else 1.0


def _share(rows: Sequence[Sequence[str]], place: int, fits: object) -> float:
    values = _values(rows, place)
    return sum(map(fits, values)) / len(values) if values and callable(fits) else 0.0


def _length(rows: Sequence[Sequence[str]], place: int) -> float:
    values = _values(rows, place)
    return sum(map(len, values)) / len(values) if values else 0.0


def _is_link(value: str) -> bool:
    return value.startswith(("http://", "https://")) and " " not in value.strip()


def _is_date(value: str) -> bool:
    edtf, alternatives = read_clue(value, strict=True)
    return bool(edtf or alternatives)


class MappingMemory:
    """The mappings that a user chose, by shape, in a JSON file.

    Parameters
    ----------
    path
        The file; need not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, ColumnMapping]:
        """Return all that is remembered; a file that can't be read is as good as none."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {key: ColumnMapping.from_dict(one) for key, one in kept.items() if isinstance(one, dict)}

    def remember(self, shape: str, mapping: ColumnMapping) -> None:
        """Keep a mapping for tables of a shape; the file is replaced whole, so that it is never half written."""
        kept = {key: one.to_dict() for key, one in self.load().items()}
        kept[shape] = mapping.to_dict()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(self._path) as beside:
            beside.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
