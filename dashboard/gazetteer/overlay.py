"""Add places to a compiled index: a new file, made in a fraction of the time that a build takes.

A place that an index knows already, by name, kind and point, takes over the known one's row: it keeps what
the user did not say (other names, inhabitants), and the known id leads to it from then on.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.core.geo import distance_km
from dashboard.core.locking import BUILDING
from dashboard.core.models import Kind
from dashboard.gazetteer.container import ContainerWriter, put_in_place
from dashboard.gazetteer.hierarchy import fill_from_nearest
from dashboard.gazetteer.index import Gazetteer
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import (
    NameFlag,
    count_names,
    fold_once,
    is_indexable,
    merge_flags,
    name_key,
    postings_of,
    prefixes_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.gazetteer.sources.record import PlaceRecord

__all__ = ["extend_index"]

_SAME_KM = 12.0
_SETTLED = (Kind.CITY, Kind.NEIGHBOURHOOD, Kind.CAMP)
_FIXED = ("country:", "adm1:")  # ids that other rows refer to
_COLUMNS = ("latitude", "longitude", "radius_km", "population", "kind", "feature_code", "country", "admin1")
_MADE_ANEW = (
    *_COLUMNS,
    "text_end",
    "texts",
    "id_keys",
    "id_rows",
    "keys",
    "starts",
    "rows",
    "flags",
    "prefixes",
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A record and its row; `known` is true when the row stood in the index before."""

    record: PlaceRecord
    row: int
    known: bool


def extend_index(base: Path, records: Sequence[PlaceRecord], out_path: Path, ident: str, source: str) -> None:
    """Write an index that holds a compiled one and further places.

    Parameters
    ----------
    ident
        Id of the new index.
    source
        What counts call the places added.

    Raises
    ------
    GazetteerIndexError
        The index can't be read.
    """
    gazetteer = Gazetteer.open(base)
    placed = _place(gazetteer, records)
    with tempfile.TemporaryDirectory(prefix=BUILDING, dir=out_path.parent) as name:
        folder = Path(name)
        beside = folder / "index"
        with ContainerWriter(beside) as writer:
            codes, countries = _write_columns(writer, gazetteer, placed)
            _write_texts(writer, gazetteer, placed, folder / "texts")
            _write_ids(writer, gazetteer, placed)
            names = _write_names(writer, gazetteer, placed)
            for array, values in gazetteer.arrays.items():
                if array not in _MADE_ANEW:
                    writer.add(array, values)
            meta = dict(gazetteer.meta)
            new = [_kind(one.record) for one in placed if not one.known]
            by_kind = {kind: count + new.count(Kind(kind)) for kind, count in meta["by_kind"].items()}
            by_source = meta["by_source"] | {source: len(placed)}
            meta |= {"id": ident, "feature_codes": codes, "countries": countries, "names": names}
            writer.finish(meta | {"by_kind": by_kind, "by_source": by_source})
        put_in_place(beside, out_path)


def _kind(record: PlaceRecord) -> Kind:
    return kind_of(record.feature_code)


def _place(gazetteer: Gazetteer, records: Sequence[PlaceRecord]) -> list[_Placed]:
    placed: list[_Placed] = []
    taken: set[int] = set()
    free = len(gazetteer)
    for record in records:
        known = _known_row(gazetteer, record)
        if known is None or known in taken:
            placed.append(_Placed(record, free, known=False))
            free += 1
        else:
            taken.add(known)
            placed.append(_Placed(record, known, known=True))
    return placed


def _known_row(gazetteer: Gazetteer, record: PlaceRecord) -> int | None:
    """Return the row of the same place: a name in common, the same sort of place, and near; None if there is none."""
    kind = _kind(record)
    if kind is Kind.ADMIN:
        return None
    hits = {
        hit.row
        for text, flags in record.names
        if not flags & NameFlag.BARE
        for hit in gazetteer.lookup(text)
        if not hit.flags & (NameFlag.BARE | NameFlag.GENERATED)
    }
    alike = _SETTLED if kind in _SETTLED else (kind,)
    rows = [row for row in sorted(hits) if gazetteer.kinds[gazetteer.kind[row]] in alike]
    best, nearest = None, _SAME_KM
    for row in rows:
        away = float(
            distance_km(record.latitude, record.longitude, gazetteer.latitude[row], gazetteer.longitude[row])
        )
        if away <= nearest and not gazetteer.place(row).id.startswith(_FIXED):
            best, nearest = row, away
    return best


def _write_columns(
    writer: ContainerWriter, gazetteer: Gazetteer, placed: Sequence[_Placed]
) -> tuple[list[str], list[str]]:
    """Write the columns; return the feature codes and countries that they number."""
    codes = dict(zip(gazetteer.feature_codes, range(len(gazetteer.feature_codes)), strict=True))
    countries = dict(zip(gazetteer.countries, range(len(gazetteer.countries)), strict=True))
    new = sum(not one.known for one in placed)
    columns: dict[str, NDArray[Any]] = {
        name: np.concatenate([getattr(gazetteer, name), np.zeros(new, getattr(gazetteer, name).dtype)])
        for name in _COLUMNS
    }
    columns["admin1"][len(gazetteer) :] = -1
    wanting = np.zeros(len(columns["kind"]), np.bool_)
    for one in placed:
        record, row = one.record, one.row
        columns["latitude"][row], columns["longitude"][row] = record.latitude, record.longitude
        for name, value in (("radius_km", record.radius_km), ("population", record.population)):
            if value or not one.known:
                columns[name][row] = value
        if not one.known:
            columns["kind"][row] = gazetteer.kinds.index(_kind(record))
            columns["feature_code"][row] = codes.setdefault(record.feature_code, len(codes))
            columns["country"][row] = countries.setdefault(record.country, len(countries))
            wanting[row] = True
    columns["admin1"] = fill_from_nearest(
        columns["admin1"],
        columns["country"],
        (columns["latitude"], columns["longitude"]),
        wanting=wanting,
        divisions=columns["feature_code"] == codes.get("ADM1", -1),
    )
    for name, values in columns.items():
        writer.add(name, values)
    return list(codes), list(countries)


def _write_texts(
    writer: ContainerWriter, gazetteer: Gazetteer, placed: Sequence[_Placed], path: Path
) -> None:
    texts, ends = gazetteer.arrays["texts"], gazetteer.arrays["text_end"].copy()
    changed = {one.row: _text(gazetteer, one) for one in placed}
    known = sorted(one.row for one in placed if one.known)
    lengths = np.diff(ends.astype(np.int64))
    with path.open("wb") as file:
        for before, row in pairwise([-1, *known, len(gazetteer)]):
            if before >= 0:
                file.write(changed[before])
                lengths[before] = len(changed[before])
            kept = texts[int(ends[before + 1]) : int(ends[row])]
            file.write(kept.data)
        added = [changed[one.row] for one in placed if not one.known]
        file.writelines(added)
    all_lengths = np.concatenate([lengths, np.array([len(line) for line in added], np.int64)])
    writer.add("text_end", np.concatenate([[0], np.cumsum(all_lengths)]).astype(np.uint64))
    writer.add_file("texts", np.uint8, path)


def _text(gazetteer: Gazetteer, one: _Placed) -> bytes:
    record = one.record
    shown = [record.id, record.name, record.name_ar, record.name_fr]
    others = [text for text, _ in record.names]
    if one.known:
        place = gazetteer.place(one.row)
        shown[2], shown[3] = record.name_ar or place.name_ar or "", record.name_fr or place.name_fr or ""
        others += gazetteer.names(one.row)
    others = [text for text in dict.fromkeys(others) if text not in shown]
    return "\n".join([*shown, *others]).encode("utf-8")


def _write_ids(writer: ContainerWriter, gazetteer: Gazetteer, placed: Sequence[_Placed]) -> None:
    new = {name_key(one.record.id): one.row for one in placed}
    keys = np.fromiter(sorted(new), np.uint64, len(new))
    rows = np.fromiter((new[key] for key in sorted(new)), np.int32, len(new))
    old_keys, old_rows = gazetteer.arrays["id_keys"], gazetteer.arrays["id_rows"]
    at = np.searchsorted(old_keys, keys)
    writer.add("id_keys", np.insert(old_keys, at, keys))
    writer.add("id_rows", np.insert(old_rows, at, rows))


def _write_names(writer: ContainerWriter, gazetteer: Gazetteer, placed: Sequence[_Placed]) -> int:
    """Write the name tables; return how many names stand for how many places, pairs counted."""
    postings, prefixes = _postings(placed)
    flags = gazetteer.flags.copy()
    inserted: list[tuple[int, int, int]] = []  # where, row, flags
    more: dict[int, int] = {}  # by the key: postings that it gains
    for (key, row), given in sorted(postings.items()):
        at = int(np.searchsorted(gazetteer.keys, np.uint64(key)))
        start = int(gazetteer.starts[at])
        if at < len(gazetteer.keys) and int(gazetteer.keys[at]) == key:
            group = gazetteer.rows[start : int(gazetteer.starts[at + 1])]
            within = int(np.searchsorted(group, row))
            start += within
            if within < len(group) and int(group[within]) == row:
                flags[start] = merge_flags(int(flags[start]), given)
                continue
        inserted.append((start, row, given))
        more[key] = more.get(key, 0) + 1
    where = [entry[0] for entry in inserted]
    rows = np.insert(gazetteer.rows, where, [entry[1] for entry in inserted])
    writer.add("rows", rows.astype(np.int32))
    flags = np.insert(flags, where, [entry[2] for entry in inserted]).astype(np.uint16)
    writer.add("flags", flags)
    gaining = np.fromiter(more, np.uint64, len(more))  # sorted, since the postings were
    new_keys = gaining[gazetteer.find(gaining) < 0]
    at_key = np.searchsorted(gazetteer.keys, new_keys)
    keys = np.insert(gazetteer.keys, at_key, new_keys)
    counts = np.insert(np.diff(gazetteer.starts.astype(np.int64)), at_key, 0)
    counts[np.searchsorted(keys, gaining)] += np.fromiter(more.values(), np.int64, len(more))
    writer.add("keys", keys)
    writer.add("starts", np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32))
    writer.add("prefixes", np.union1d(gazetteer.prefixes, prefixes))
    return count_names(flags)


def _postings(placed: Sequence[_Placed]) -> tuple[dict[tuple[int, int], int], NDArray[np.uint64]]:
    """Return the flags of each (key, row), and the keys of the beginnings of names."""
    found: dict[tuple[int, int], int] = {}
    prefixes: set[int] = set()
    for one in placed:
        for text, given in one.record.names:
            folded = fold_once(text)
            if not is_indexable(folded):
                continue
            for key, flags in postings_of(text, folded, given, heard=one.record.heard):
                found[key, one.row] = merge_flags(found.get((key, one.row), flags), flags)
            prefixes.update(map(name_key, prefixes_of(folded)))
    return found, np.fromiter(sorted(prefixes), np.uint64, len(prefixes))
