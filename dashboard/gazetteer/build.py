"""Compile sources into one index file, in bounded memory."""

from __future__ import annotations

import tempfile
import time
from array import array
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.locking import BUILDING
from dashboard.core.models import Kind
from dashboard.core.progress import silent
from dashboard.gazetteer.container import ContainerWriter, put_in_place
from dashboard.gazetteer.hierarchy import fill_from_nearest
from dashboard.gazetteer.index import ZIPF_STEPS
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.misspelling import WELL_KNOWN, slip_names
from dashboard.gazetteer.names import (
    NameFlag,
    count_names,
    fold_once,
    is_indexable,
    keys_of,
    name_key,
    postings_of,
    prefixes_of,
)
from dashboard.gazetteer.postings import KeySpill, PostingSpill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dashboard.core.progress import Progress
    from dashboard.gazetteer.sources.record import CountryForms, PlaceRecord, PlaceSource, WordSource

__all__ = ["BuildReport", "Sources", "build_index"]

_REPORT_EVERY = 5000
# Places small enough to lie in one division.
_WITHIN_DIVISION = (Kind.CITY, Kind.FACILITY, Kind.NEIGHBOURHOOD, Kind.CAMP)
_KIND_INDEX = {kind: index for index, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Sources:
    """All that one index is made from.

    Attributes
    ----------
    id
        Content key: the same sources and format give the same id.
    places
        In the order of their rows.
    made_from
        What the index says of its origin, in words that JSON knows; None: nothing.
    """

    id: str
    places: Sequence[PlaceSource]
    demonyms: CountryForms | None = None
    words: WordSource | None = None
    made_from: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    id: str
    path: Path
    places: int
    names: int
    seconds: float
    size_bytes: int


class _Builder:
    """The columns of a gazetteer under construction."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postings = PostingSpill(folder)
        self.prefixes = KeySpill(folder, "prefixes")
        self.latitude, self.longitude, self.radius_km = array("f"), array("f"), array("f")
        self.population, self.kind = array("I"), array("B")
        self.feature_code, self.country = array("H"), array("H")
        self.text_end = array("Q", [0])
        self.feature_codes: dict[str, int] = {}
        self.countries: dict[str, int] = {"": 0}
        self.id_keys, self.id_rows = array("Q"), array("i")
        self.admin1_ids: dict[str, int] = {"": 0}
        self.admin1 = array("I")
        self.texts = (folder / "texts").open("wb")

    def add(self, record: PlaceRecord) -> None:
        """Add one place as the next row."""
        row = len(self.kind)
        for ident in (record.id, *record.aliases):
            self.id_keys.append(name_key(ident))
            self.id_rows.append(row)
        self.latitude.append(record.latitude)
        self.longitude.append(record.longitude)
        self.radius_km.append(record.radius_km)
        self.population.append(record.population)
        self.kind.append(_KIND_INDEX[kind_of(record.feature_code)])
        self.feature_code.append(self.feature_codes.setdefault(record.feature_code, len(self.feature_codes)))
        self.country.append(self.countries.setdefault(record.country, len(self.countries)))
        self.admin1.append(self.admin1_ids.setdefault(record.admin1, len(self.admin1_ids)))
        self._add_names(row, record)

    def _add_names(self, row: int, record: PlaceRecord) -> None:
        shown = [record.id, record.name, record.name_ar, record.name_fr]
        listed = set(shown)
        for text, flags in record.names:
            if text not in listed:
                listed.add(text)
                shown.append(text)
            folded = fold_once(text)
            if is_indexable(folded):
                for key, own in postings_of(text, folded, flags, heard=record.heard):
                    self.postings.add(key, row, own)
                if " " in folded:
                    for prefix in prefixes_of(folded):
                        self.prefixes.add(name_key(prefix))
        self._add_slips(row, record)
        line = "\n".join(shown).encode("utf-8")
        self.texts.write(line)
        self.text_end.append(self.text_end[-1] + len(line))

    def _add_slips(self, row: int, record: PlaceRecord) -> None:
        """Add what a well-known place is looked up by when a letter of its name is wrong."""
        if (
            record.feature_code == "PPLC"
            or record.population >= WELL_KNOWN
            or kind_of(record.feature_code) is Kind.COUNTRY
        ):
            names = {fold_once(text) for text in (record.name, record.name_ar, record.name_fr)}
            for slip in {slip for name in names for slip in slip_names(name)}:
                self.postings.add(name_key(slip), row, int(NameFlag.VARIANT))

    def sorted_ids(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """Return the keys of all ids, sorted, and their rows; each id leads to one row."""
        keys, rows = np.asarray(self.id_keys, dtype=np.uint64), np.asarray(self.id_rows, dtype=np.int32)
        order = np.argsort(keys, kind="stable")
        keys, rows = keys[order], rows[order]
        self.id_keys, self.id_rows = array("Q"), array("i")  # of all of GeoNames some hundred megabytes
        again = np.flatnonzero(keys[1:] == keys[:-1]) + 1
        for at in again.tolist():
            if rows[at] != rows[at - 1]:
                raise GazetteerSourceError(f"two places have the id {self._id_of(int(rows[at]))!r}")
        return (np.delete(keys, again), np.delete(rows, again)) if len(again) else (keys, rows)

    def _id_of(self, row: int) -> str:
        with (self.folder / "texts").open("rb") as file:
            file.seek(self.text_end[row])
            return file.readline().decode("utf-8").rstrip("\n")

    def admin1_rows(self, ids: tuple[NDArray[np.uint64], NDArray[np.int32]]) -> NDArray[np.int32]:
        """Return the row of each place's division, -1 for none, given the sorted ids."""
        wanted = keys_of(self.admin1_ids)
        at = np.minimum(np.searchsorted(ids[0], wanted), max(len(ids[0]) - 1, 0))
        found = ids[0][at] == wanted if len(ids[0]) else np.zeros(len(wanted), np.bool_)
        rows = np.where(found, ids[1][at] if len(ids[0]) else -1, -1).astype(np.int32)
        kind = np.asarray(self.kind)
        divisions = np.asarray(self.feature_code) == self.feature_codes.get("ADM1", -1)
        return fill_from_nearest(
            rows[np.asarray(self.admin1)],
            np.asarray(self.country),
            (np.asarray(self.latitude), np.asarray(self.longitude)),
            wanting=np.isin(kind, [_KIND_INDEX[small] for small in _WITHIN_DIVISION]),
            divisions=divisions,
        )

    def write(self, writer: ContainerWriter) -> int:
        """Write all columns and name tables; return how many names stand for how many places, pairs counted."""
        self.texts.close()
        ids = self.sorted_ids()
        for name in ("latitude", "longitude", "radius_km", "population", "kind", "feature_code", "country"):
            writer.add(name, np.asarray(getattr(self, name)))
        writer.add("admin1", self.admin1_rows(ids))
        writer.add("text_end", np.asarray(self.text_end))
        writer.add_file("texts", np.uint8, self.folder / "texts")
        writer.add("id_keys", ids[0])
        writer.add("id_rows", ids[1])
        return self._write_names(writer)

    def _write_names(self, writer: ContainerWriter) -> int:
        count = names = 0
        paths = {
            name: self.folder / f"out.{name}" for name in ("keys", "starts", "rows", "flags", "prefixes")
        }
        files = {name: path.open("wb") for name, path in paths.items()}
        for keys, rows, flags in self.postings.sorted():
            first = np.ones(len(keys), dtype=np.bool_)
            first[1:] = keys[1:] != keys[:-1]
            starts = np.flatnonzero(first)
            files["keys"].write(keys[starts].tobytes())
            files["starts"].write((starts + count).astype(np.uint32).tobytes())
            files["rows"].write(rows.tobytes())
            files["flags"].write(flags.tobytes())
            count += len(keys)
            names += count_names(flags)
        files["starts"].write(np.uint32(count).tobytes())
        for prefixes in self.prefixes.sorted():
            files["prefixes"].write(prefixes.tobytes())
        kinds = {"keys": "<u8", "starts": "<u4", "rows": "<i4", "flags": "<u2", "prefixes": "<u8"}
        for name, file in files.items():
            file.close()
            writer.add_file(name, kinds[name], paths[name])
        return names


def build_index(sources: Sources, out_path: Path, progress: Progress = silent) -> BuildReport:
    """Compile an index; the file appears under its name only when it is whole.

    Raises
    ------
    GazetteerSourceError
        A source is wrong; the message names file and line.
    """
    began = time.monotonic()
    out_path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=BUILDING, dir=out_path.parent) as name:
        folder = Path(name)
        builder = _Builder(folder)
        by_source = _add_places(builder, sources, progress)
        beside = folder / "index"
        with ContainerWriter(beside) as writer:
            names = builder.write(writer)
            progress(0, 0, "words")
            _write_demonyms(writer, sources.demonyms, builder.countries)
            words = _write_words(writer, sources.words)
            kinds = Counter(builder.kind)
            size = writer.finish(
                {
                    "id": sources.id,
                    "feature_codes": list(builder.feature_codes),
                    "countries": list(builder.countries),
                    "languages": list(words),
                    "words": words,
                    "by_source": by_source,
                    "by_kind": {kind.value: kinds[index] for kind, index in _KIND_INDEX.items()},
                    "names": names,
                    **({"made_from": dict(sources.made_from)} if sources.made_from else {}),
                }
            )
        put_in_place(beside, out_path)
    return BuildReport(sources.id, out_path, len(builder.kind), names, time.monotonic() - began, size)


def _add_places(builder: _Builder, sources: Sources, progress: Progress) -> dict[str, int]:
    expected = sum(source.expected for source in sources.places)
    by_source: dict[str, int] = {}
    done = 0
    for source in sources.places:
        before = done
        for record in source.records():
            builder.add(record)
            done += 1
            if done % _REPORT_EVERY == 0:
                progress(done, max(done, expected), source.name)
        by_source[source.name] = by_source.get(source.name, 0) + done - before
    return by_source


def _write_demonyms(writer: ContainerWriter, forms: CountryForms | None, countries: dict[str, int]) -> None:
    found: dict[str, int] = {}
    for form, country in forms.forms() if forms else ():
        folded = fold_once(form)
        if is_indexable(folded):
            # A word of two countries (Dominican, Congolese) stays with the one that comes first.
            found.setdefault(folded, countries.setdefault(country, len(countries)))
    keys = keys_of(found)
    order = np.argsort(keys)
    writer.add("demonym_keys", keys[order])
    writer.add("demonym_countries", np.fromiter(found.values(), dtype=np.uint16, count=len(found))[order])


def _write_words(writer: ContainerWriter, words: WordSource | None) -> dict[str, int]:
    """Write the word lists; return the number of words of each language."""
    if words is None:
        return {}
    counts = {}
    for language in words.languages:
        zipf = words.zipf(language)
        keys = keys_of(zipf)
        order = np.argsort(keys)
        steps = np.fromiter(zipf.values(), dtype=np.float64, count=len(zipf)) * ZIPF_STEPS
        writer.add(f"word_keys.{language}", keys[order])
        writer.add(f"word_zipf.{language}", np.clip(np.rint(steps), 0, 255).astype(np.uint8)[order])
        counts[language] = len(zipf)
    return counts
