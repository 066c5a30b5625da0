"""GeoNames' dumps as files: zipped or not, read line by line.

The formats are those of https://download.geonames.org/export/dump/readme.txt.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn
from zipfile import BadZipFile, ZipFile

import xxhash

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO
    from zipfile import ZipInfo

    from dashboard.core.progress import Progress

__all__ = ["ADMIN1", "ADMIN2", "ALTERNATE_NAMES", "PLACES", "Dump", "DumpFormat"]

_ASIDE = ("iso-languagecodes.txt", "readme.txt")  # what the zips hold beside the table
_REPORT_LINES = 200_000
_BLOCK = 1 << 20
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class DumpFormat:
    """What a dump is called, and how many columns its lines may have."""

    name: str
    columns: tuple[int, ...]


PLACES = DumpFormat("allCountries", (19,))
ALTERNATE_NAMES = DumpFormat("alternateNamesV2", (8, 10))
ADMIN1 = DumpFormat("admin1CodesASCII", (4,))
ADMIN2 = DumpFormat("admin2Codes", (4,))


@dataclass(frozen=True, slots=True)
class Dump:
    """One dump of GeoNames, `.zip` or `.txt`."""

    path: Path
    format: DumpFormat

    def describe(self) -> dict[str, str | int]:
        """Return name, size in bytes, date and a check sum of the table within.

        Raises
        ------
        GazetteerSourceError
            There is no such file, or it is no such dump.
        """
        try:
            if self._is_zip():
                with ZipFile(self.path) as archive:
                    member = self._member(archive)
                    date = "-".join(f"{part:02}" for part in member.date_time[:3])
                    return {
                        "name": self.path.name,
                        "size": member.file_size,
                        "date": date,
                        "check": f"{member.CRC:08x}",
                    }
            digest = xxhash.xxh3_64()
            with self.path.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
            stat = self.path.stat()
        except (OSError, BadZipFile) as error:
            self._unreadable(error)
        date = datetime.fromtimestamp(stat.st_mtime, UTC).date().isoformat()
        return {
            "name": self.path.name,
            "size": stat.st_size,
            "date": date,
            "check": digest.hexdigest(),
        }

    def rows(self, progress: Progress = silent) -> Iterator[tuple[int, list[bytes]]]:
        """Give the number and the cells of each line.

        Raises
        ------
        GazetteerSourceError
            The file can't be read, or a line has another number of columns.
        """
        try:
            if self._is_zip():
                with ZipFile(self.path) as archive:
                    member = self._member(archive)
                    with archive.open(member) as file:
                        yield from self._rows(file, member.file_size, progress)  # type: ignore[arg-type]
            else:
                with self.path.open("rb") as file:
                    yield from self._rows(file, self.path.stat().st_size, progress)
        except (OSError, EOFError, BadZipFile, zlib.error) as error:
            self._unreadable(error)

    def fail(self, line: int, problem: str) -> NoReturn:
        """Stop: a line is wrong."""
        raise GazetteerSourceError(f"{self.path.name}, line {line}: {problem}")

    def _is_zip(self) -> bool:
        with self.path.open("rb") as file:
            return file.read(2) == b"PK"

    def _member(self, archive: ZipFile) -> ZipInfo:
        """Return the table: the member of the usual name, or else the largest text."""
        texts = [
            info
            for info in archive.infolist()
            if info.filename.lower().endswith(".txt") and info.filename.lower() not in _ASIDE
        ]
        if not texts:
            raise GazetteerSourceError(
                f"{str(self.path)!r} holds no .txt table; give GeoNames' {self.format.name}.zip or .txt."
            )
        usual = f"{self.format.name}.txt"
        return max(texts, key=lambda info: (info.filename == usual, info.file_size))

    def _rows(self, file: BinaryIO, size: int, progress: Progress) -> Iterator[tuple[int, list[bytes]]]:
        allowed, done, what = self.format.columns, 0, f"MB of {self.format.name}"
        number = 0
        for number, line in enumerate(io.BufferedReader(file, _BLOCK), start=1):  # type: ignore[type-var]
            cells = line.rstrip(b"\r\n").split(b"\t")
            if len(cells) not in allowed:
                self.fail(
                    number,
                    f"{len(cells)} columns instead of {' or '.join(map(str, allowed))}; "
                    f"is this GeoNames' {self.format.name}?",
                )
            done += len(line)
            if number % _REPORT_LINES == 0:
                progress(done // _MB, size // _MB, what)
            yield number, cells
        if not number:
            raise GazetteerSourceError(f"{str(self.path)!r} is empty.")

    def _unreadable(self, error: Exception) -> NoReturn:
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise GazetteerSourceError(
            f"{str(self.path)!r} can't be read: {said}. Give GeoNames' {self.format.name}.zip or .txt."
        ) from error
