"""Where the files of the page lie on this machine, and under which address the page asks for them.

All of them come with installed packages; nothing is asked of another host.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from dashboard.core.settings import data_path
from dashboard.render.theme import STATIC

__all__ = [
    "ASSETS",
    "FRAME_ASSETS",
    "FRAME_ROOT",
    "MAP_SCRIPTS",
    "MAP_STYLES",
    "AssetFolder",
    "asset_folders",
    "basemap_file",
    "divisions_file",
    "font_addresses",
    "fonts_css",
]

ASSETS = "/assets"
# From the document of the map's frame, `component/NAME/index.html`: so it is found under whatever prefix all stands.
FRAME_ROOT = "../.."
FRAME_ASSETS = f"{FRAME_ROOT}{ASSETS}"
# What the map's frame asks for below `ASSETS`, in the order in which it runs.
MAP_SCRIPTS = (
    "leaflet/leaflet.js",
    *(
        f"kharita/{name}.js"
        for name in (
            "map",
            "framing",
            "ask",
            "views",
            "spots",
            "heat",
            "areas",
            "clusters",
            "compare",
            "journeys",
            "play",
            "context",
            "own_tiles",
        )
    ),
)
MAP_STYLES = ("leaflet/leaflet.css", "kharita/map.css")
_SANS = "IBMPlexSans[wdth,wght].ttf"
_SANS_ITALIC = "IBMPlexSans-Italic[wdth,wght].ttf"
_ARABIC_WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_FIRST_WEIGHTS = (400, 600)  # seen on every page at once
_ARABIC_RANGE = "U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFC"


@dataclass(frozen=True, slots=True)
class AssetFolder:
    """A folder to be served: address below the root, folder on disk."""

    address: str
    folder: Path


def _package_folder(package: str, inside: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"The package {package!r} is not installed: reinstall kharita with its dependencies"
        )
    return Path(next(iter(spec.submodule_search_locations))) / inside


def asset_folders() -> tuple[AssetFolder, ...]:
    """Return every folder that the page needs, in the wheels that brought them."""
    return (
        AssetFolder(f"{ASSETS}/leaflet", _package_folder("js_lib_leaflet", "static/js_lib_leaflet")),
        AssetFolder(f"{ASSETS}/fonts/sans", _package_folder("fontpkg_ibm_plex_sans", "files")),
        AssetFolder(f"{ASSETS}/fonts/arabic", _package_folder("fontpkg_ibm_plex_sans_arabic", "files")),
        AssetFolder(f"{ASSETS}/kharita", STATIC),
    )


def basemap_file() -> Path:
    """Return the file of country shapes (Natural Earth, public domain)."""
    return data_path() / "basemap" / "countries.geojson"


def divisions_file() -> Path:
    """Return the file of the outlines of first-level divisions."""
    return data_path() / "basemap" / "admin1.geojson"


def _quoted(file: str) -> str:
    return file.replace("[", "%5B").replace("]", "%5D").replace(",", "%2C")


def font_addresses(*, arabic: bool) -> tuple[str, ...]:
    """Return the addresses of the letters that every page needs, from the page; those of Arabic if it is written so."""
    weights = [name for weight, name in _ARABIC_WEIGHTS.items() if weight in _FIRST_WEIGHTS]
    written = [f"arabic/IBMPlexSansArabic-{name}.ttf" for name in weights] if arabic else []
    return tuple(f"{ASSETS[1:]}/fonts/{_quoted(file)}" for file in (*written, f"sans/{_SANS}"))


def _face(family: str, file: str, weight: str, style: str = "normal", extent: str = "") -> str:
    limit = f"unicode-range:{extent};" if extent else ""
    return (
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};font-display:swap;'
        f'{limit}src:url("../fonts/{_quoted(file)}") format("truetype")}}'
    )


def fonts_css() -> str:
    """Return the font faces, as a style sheet under `kharita/`.

    The Arabic face takes the Arabic letters, whichever family is named first.
    """
    faces = [
        _face("IBM Plex Sans", f"sans/{_SANS}", "100 700"),
        _face("IBM Plex Sans", f"sans/{_SANS_ITALIC}", "100 700", style="italic"),
    ]
    faces += [
        _face(
            "IBM Plex Sans Arabic", f"arabic/IBMPlexSansArabic-{name}.ttf", str(weight), extent=_ARABIC_RANGE
        )
        for weight, name in _ARABIC_WEIGHTS.items()
    ]
    return "\n".join(faces)
