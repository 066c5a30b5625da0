"""Build the gazetteer of all of GeoNames from its dumps, and take it out of force again."""

from __future__ import annotations

import hashlib
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from dashboard.core.errors import GazetteerIndexError
from dashboard.core.locking import BUILDING, locked, sweep
from dashboard.core.progress import silent
from dashboard.core.settings import data_path
from dashboard.gazetteer.build import build_index
from dashboard.gazetteer.locate import full_index_path, index_id
from dashboard.gazetteer.sources.default import full_sources, tabled_divisions
from dashboard.gazetteer.sources.dump_spill import spill
from dashboard.gazetteer.sources.geonames import town_ids

if TYPE_CHECKING:
    from dashboard.core.progress import Progress
    from dashboard.core.settings import Settings
    from dashboard.gazetteer.build import BuildReport
    from dashboard.gazetteer.sources.dump_spill import Dumps
    from dashboard.gazetteer.sources.words import WordFrequencies

__all__ = ["build_full", "drop_full"]


def build_full(
    settings: Settings,
    dumps: Dumps,
    progress: Progress = silent,
    *,
    data: Path | None = None,
    words: WordFrequencies | None = None,
) -> BuildReport:
    """Build the gazetteer from dumps; from then on it is the one in force.

    The file appears, in place of an earlier one, only when it is whole.

    Parameters
    ----------
    data
        Folder of the tables; None takes the project's own.
    words
        Word lists; None takes the largest ones.

    Raises
    ------
    GazetteerSourceError
        A dump or a table is wrong; the message names file and line.
    GazetteerIndexError
        The data folder can't be written, or is full.
    """
    began = time.monotonic()
    data, path = data or data_path(), full_index_path(settings)
    made_from: dict[str, Any] = {
        "files": [dump.describe() for dump in dumps.files()],
        "tables": index_id(data),
    }
    ident = f"gaz-{hashlib.sha256(orjson.dumps(made_from)).hexdigest()[:12]}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.parent / "build.lock"):
            sweep(path.parent)
            with tempfile.TemporaryDirectory(prefix=BUILDING, dir=path.parent) as name:
                spilled = spill(dumps, tabled_divisions(data), Path(name), progress)
                made_from["read"] = spilled.read
                sources = full_sources(
                    data, ident, spilled, lasting=town_ids(), words=words, made_from=made_from
                )
                report = build_index(sources, path, progress)
            return replace(report, seconds=time.monotonic() - began)
    except OSError as error:
        raise GazetteerIndexError(
            f"The gazetteer can't be written to {str(path.parent)!r}: {error}. "
            "Set KHARITA_USER_DATA to a folder with room for some gigabytes."
        ) from error


def drop_full(settings: Settings) -> bool:
    """Take the gazetteer made from dumps away, so that the default one is in force; False if there is none.

    Raises
    ------
    GazetteerIndexError
        The file can't be taken away.
    """
    path = full_index_path(settings)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise GazetteerIndexError(f"The gazetteer {str(path)!r} can't be taken away: {error}.") from error
    return True
