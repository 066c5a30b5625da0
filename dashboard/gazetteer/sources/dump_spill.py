"""GeoNames' dumps on their way into the index: cut into buckets on disk, so that names can meet their places.

A bucket holds the places, and the names, of a range of ids; one bucket at a time is in memory. Neither dump
has to be sorted.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dashboard.gazetteer.sources.dump_features import Keep, keep_of
from dashboard.gazetteer.sources.dump_names import NOTABLE_MARKS, SpiltName, useful_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from dashboard.core.progress import Progress
    from dashboard.gazetteer.sources.dump_files import Dump

__all__ = ["Dumps", "Spilled", "SpiltPlace", "spill"]

_ID_BITS = 26  # GeoNames' ids are below 2^24
_BUCKET_BITS = 17
_HISTORIC, _COLLOQUIAL, _PREFERRED = 7, 6, 4  # columns of the alternate names
_LATITUDE_LIMIT, _LONGITUDE_LIMIT = 90.0, 180.0
_ARABIC_BYTES = frozenset(range(0xD8, 0xDC))  # the first bytes of Arabic letters
_MOST_PEOPLE = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Dumps:
    """The files that a full gazetteer is made from.

    Attributes
    ----------
    names
        None: the names are those that the table of places itself holds, without languages.
    admin1, admin2
        Tables of divisions; None: what the table of places says is enough.
    """

    places: Dump
    names: Dump | None = None
    admin1: Dump | None = None
    admin2: Dump | None = None

    def files(self) -> list[Dump]:
        """Return the files that there are."""
        return [dump for dump in (self.places, self.names, self.admin1, self.admin2) if dump]


class SpiltPlace(NamedTuple):
    """A feature of the table of places that may become a place."""

    id: int
    name: str
    latitude: float
    longitude: float
    code: str
    country: str
    admin1: str
    population: int


@dataclass(slots=True)
class Spilled:
    """Dumps cut into buckets.

    Attributes
    ----------
    keep
        `Keep` of each id; an id beyond the end is kept never.
    divisions
        Id of the first-level division of each `COUNTRY.code`.
    count
        Features that are kept, those that turn out not to be notable included.
    read
        Lines of the table of places.
    """

    folder: Path
    keep: bytearray = field(default_factory=bytearray)
    divisions: dict[str, int] = field(default_factory=dict)
    count: int = 0
    read: int = 0

    def buckets(self) -> Iterator[tuple[list[SpiltPlace], Mapping[int, list[SpiltName]]]]:
        """Give the places of each bucket that are kept, by id, and the names of each."""
        for number in range(1 << (_ID_BITS - _BUCKET_BITS)):
            path = self.folder / f"places.{number}"
            if path.exists():
                names: defaultdict[int, list[SpiltName]] = defaultdict(list)
                yield self._places(path, names), self._names(self.folder / f"names.{number}", names)
                path.unlink()

    def _places(self, path: Path, names: defaultdict[int, list[SpiltName]]) -> list[SpiltPlace]:
        found = []
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            for line in file:
                ident, name, lat, lon, code, country, admin1, people, *others = line[:-1].split("\t")
                number = int(ident)
                if self.keep[number] == Keep.ALWAYS:
                    found.append(
                        SpiltPlace(number, name, float(lat), float(lon), code, country, admin1, int(people))
                    )
                    if others and others[0]:
                        names[number] += [
                            SpiltName("", preferred=False, text=text) for text in others[0].split(",")
                        ]
        found.sort()
        return found

    def _names(
        self, path: Path, names: defaultdict[int, list[SpiltName]]
    ) -> defaultdict[int, list[SpiltName]]:
        if path.exists():
            with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
                for line in file:
                    ident, language, preferred, text = line[:-1].split("\t")
                    number = int(ident)
                    if self.keep[number] == Keep.ALWAYS:
                        names[number].append(SpiltName(language, preferred == "1", text))
            path.unlink()
        return names


class _Buckets:
    """Files that lines are dealt out to by id."""

    def __init__(self, folder: Path, stem: str, stack: ExitStack) -> None:
        self._folder, self._stem, self._stack = folder, stem, stack
        self._files: dict[int, BinaryIO] = {}

    def add(self, ident: int, *cells: bytes) -> None:
        bucket = ident >> _BUCKET_BITS
        file = self._files.get(bucket)
        if file is None:
            path = self._folder / f"{self._stem}.{bucket}"
            file = self._files[bucket] = self._stack.enter_context(path.open("ab", buffering=1 << 17))
        file.write(b"\t".join((b"%d" % ident, *cells)) + b"\n")


@contextmanager
def _dealing(folder: Path, stem: str) -> Iterator[_Buckets]:
    with ExitStack() as stack:
        yield _Buckets(folder, stem, stack)


def spill(dumps: Dumps, tabled: frozenset[str], folder: Path, progress: Progress) -> Spilled:
    """Cut dumps into buckets.

    Parameters
    ----------
    tabled
        `COUNTRY.code` of the first-level divisions that another source gives.
    folder
        Of the buckets; must be there.

    Raises
    ------
    GazetteerSourceError
        A file is wrong; the message names it, and the line.
    """
    spilled = Spilled(folder)
    divisions, seconds = _read_divisions(dumps)
    spilled.divisions.update(divisions)
    known = {ident for key, ident in divisions.items() if key in tabled}
    _spill_places(dumps, spilled, tabled, known, seconds, progress)
    if dumps.names:
        _spill_names(dumps.names, spilled, progress)
    with _dealing(folder, "names") as buckets:
        for ident, name in seconds.items():
            buckets.add(ident, b"", b"", name)
    return spilled


def _read_divisions(dumps: Dumps) -> tuple[dict[str, int], dict[int, bytes]]:
    """Return the id of each first-level division by its code, and the name of each second-level one by its id."""
    first: dict[str, int] = {}
    second: dict[int, bytes] = {}
    if dumps.admin1:
        for line, (code, _, _, ident) in dumps.admin1.rows():
            first[code.decode("utf-8", "replace")] = _id(dumps.admin1, line, ident)
    if dumps.admin2:
        for line, (_, name, _, ident) in dumps.admin2.rows():
            second[_id(dumps.admin2, line, ident)] = name
    return first, second


def _id(dump: Dump, line: int, cell: bytes) -> int:
    if not cell.isdigit() or int(cell) >> _ID_BITS:
        dump.fail(line, f"no GeoNames id: {cell.decode('utf-8', 'replace')!r}")
    return int(cell)


def _spill_places(  # noqa: PLR0913, PLR0917 - what each line is held against
    dumps: Dumps,
    spilled: Spilled,
    tabled: frozenset[str],
    known: set[int],
    seconds: Mapping[int, bytes],
    progress: Progress,
) -> None:
    dump, keep = dumps.places, spilled.keep
    with _dealing(spilled.folder, "places") as buckets:
        for line, cells in dump.rows(progress):
            spilled.read = line
            code, country = cells[7], cells[8]
            wanted = keep_of(code, country)
            if not wanted and not seconds:
                continue
            ident = _id(dump, line, cells[0])
            if ident in seconds:
                wanted = Keep.ALWAYS
                code = code if code.startswith(b"ADM") else b"ADM2"
            if not wanted:
                continue
            if code == b"ADM1":
                key = f"{country.decode()}.{cells[10].decode()}"
                spilled.divisions.setdefault(key, ident)
                if key in tabled:
                    continue
            if ident in known:
                continue
            people = _checked(dump, line, cells)
            others = b"" if dumps.names else cells[3]
            if people != b"0" or not _ARABIC_BYTES.isdisjoint(others):
                wanted = Keep.ALWAYS
            if ident >= len(keep):
                keep.extend(bytes(ident + (1 << _BUCKET_BITS) - len(keep)))
            keep[ident] = wanted
            spilled.count += 1
            buckets.add(ident, cells[1], cells[4], cells[5], code, country, cells[10], people, others)


def _checked(dump: Dump, line: int, cells: list[bytes]) -> bytes:
    """Check the numbers of a line; return the population."""
    people = cells[14] or b"0"
    try:
        right = abs(float(cells[4])) <= _LATITUDE_LIMIT and abs(float(cells[5])) <= _LONGITUDE_LIMIT
        right = right and 0 <= int(people) <= _MOST_PEOPLE
    except ValueError:
        right = False
    if not right or not cells[1].strip():
        shown = b", ".join((cells[1], cells[4], cells[5], people)).decode("utf-8", "replace")
        dump.fail(line, f"not a name, latitude, longitude and population: {shown!r}")
    return people


def _spill_names(dump: Dump, spilled: Spilled, progress: Progress) -> None:
    keep = spilled.keep
    with _dealing(spilled.folder, "names") as buckets:
        for line, cells in dump.rows(progress):
            if not cells[1].isdigit():
                dump.fail(line, f"no GeoNames id: {cells[1].decode('utf-8', 'replace')!r}")
            ident = int(cells[1])
            if ident >= len(keep) or not keep[ident]:
                continue
            language = cells[2]
            if language in NOTABLE_MARKS or language == b"ar":
                keep[ident] = Keep.ALWAYS
            if not useful_language(language) or cells[_HISTORIC] == b"1" or cells[_COLLOQUIAL] == b"1":
                continue
            text = cells[3].strip()
            if text:
                buckets.add(ident, language, cells[_PREFERRED], text)
