"""Whatever is exported holds a stranger's words as text, and a reader of the format finds them so."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
from hostile import INPUTS, as_shown

from dashboard.query import Filters
from dashboard.render.exports import FORMATS, write_file
from dashboard.render.exports.picture import map_svg
from dashboard.store import open_store
from dashboard.web.hand_over import make_handover
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.render.exports import Handover


class Page(HTMLParser):
    """Reads the text of a page, and which elements and attributes it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        drawn = tag == "img" and str(dict(attrs).get("src")).startswith("data:image/")  # by this program
        self.tags.add("drawing" if drawn else tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    @property
    def text(self) -> str:
        return "".join(self.found)


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings_of(item)


def _csv(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";" if "semicolon" in path.name else ",")
        return "\n".join(cell for row in rows for cell in row)


def _html(path: Path) -> str:
    page = Page(path.read_text(encoding="utf-8"))
    assert not {name for name in page.names if name.startswith("on")}
    assert not page.tags & {"img", "iframe", "object", "textarea"}
    return page.text


def _kml(path: Path) -> str:
    items = list(ET.parse(path).getroot().iter())  # noqa: S314 - our own file
    told = [item.text or "" for item in items if item.tag.endswith("}description")]  # HTML to its readers
    page = Page("".join(told))
    assert not page.tags & {"script", "img", "svg", "iframe"}
    return "\n".join([page.text, *(item.text or "" for item in items)])


def _gpkg(path: Path) -> str:
    with closing(sqlite3.connect(path)) as database:
        rows = [*database.execute("SELECT * FROM places"), *database.execute("SELECT * FROM sentences")]
    return "\n".join(cell for row in rows for cell in row if isinstance(cell, str))


def _zip(path: Path) -> str:
    with zipfile.ZipFile(path) as pack:
        return "\n".join(
            text
            for name in pack.namelist()
            if name.endswith(".jsonl")
            for line in pack.read(name).decode().split("\n")
            if line
            for text in strings_of(json.loads(line))
        )


def _graph(path: Path) -> str:
    items = ET.parse(path).getroot().iter()  # noqa: S314 - our own file
    return "\n".join(text for item in items for text in (item.text or "", *item.attrib.values()))


def _lines(path: Path) -> str:
    rows = path.read_text(encoding="utf-8").split("\n")
    return "\n".join(text for row in rows if row for text in strings_of(json.loads(row)))


NO_TITLES = (".places.csv", ".gexf", ".graphml", ".ftm.json")
READERS: dict[str, Callable[[Path], str]] = {
    ".html": _html,
    ".csv": _csv,
    ".semicolon.csv": _csv,
    ".places.csv": _csv,
    ".geojson": lambda path: "\n".join(strings_of(json.loads(path.read_bytes()))),
    ".kml": _kml,
    ".gpkg": _gpkg,
    ".parquet": lambda path: "\n".join(strings_of(pq.read_table(path).to_pylist())),
    ".gexf": _graph,
    ".graphml": _graph,
    ".ftm.json": _lines,
    ".zip": _zip,
}


@pytest.fixture(scope="module")
def handed(hostile_store: str) -> Iterator[Handover]:
    with open_store(hostile_store) as store:
        yield make_handover(store, Filters(), strings("en"))


@pytest.fixture(scope="module")
def texts(handed: Handover, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of each format, as its reader has it."""
    folder = tmp_path_factory.mktemp("exports")
    found = {}
    for suffix, read in READERS.items():
        write_file(handed, folder / f"out{suffix}")
        found[suffix] = read(folder / f"out{suffix}")
    return found


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("number", range(len(INPUTS)))
def test_an_export_holds_it_as_text(texts: dict[str, str], suffix: str, number: int) -> None:
    assert f"P{number} {as_shown(INPUTS[number])}".strip() in texts[suffix]  # the place
    if suffix not in NO_TITLES:
        assert f"{number} {as_shown(INPUTS[number])}".strip() in texts[suffix]  # the title


@pytest.mark.parametrize("number", range(len(INPUTS)))
def test_a_dossier_holds_it_as_text(handed: Handover, tmp_path: Path, number: int) -> None:
    shown = as_shown(INPUTS[number])
    place = f"kh:hostile-{number}"
    found = handed.selection.evidence([place])
    article = next(article.id for _, articles in found for article in articles)
    for name, about in (("place", {"place": place}), ("story", {"story": article})):
        path = tmp_path / f"{name}.dossier.html"
        write_file(replace(handed, **about), path)
        html = path.read_text(encoding="utf-8")
        text = Page(html)
        assert f"P{number} {shown}".strip() in text.text
        assert f"{number} {shown}".strip() in text.text
        assert "script" not in text.tags - {"drawing"}
        assert not {given for given in text.names if given.startswith("on") or given == "style"}
        assert not text.tags & {"img", "iframe", "object", "textarea"}
        assert 'href="javascript' not in html


def test_every_format_is_read() -> None:
    journeys = {
        suffix for suffix in FORMATS if suffix.startswith(".journeys.")
    }  # read in test_journey_exports
    assert set(READERS) | {".png"} | journeys == set(FORMATS)


def test_a_picture_s_drawing_is_sound_and_names_are_text(handed: Handover) -> None:
    root = ET.fromstring(map_svg(handed))  # noqa: S314 - our own
    assert not {item.tag.rpartition("}")[2] for item in root.iter()} & {
        "script",
        "image",
        "foreignObject",
        "img",
    }
