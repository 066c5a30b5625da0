"""Colours and style sheets: a palette for the light page, one for the dark, one colour a kind for both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from dashboard.core.models import Kind

__all__ = ["DARK", "KIND_COLOURS", "LIGHT", "STATIC", "Palette", "ThemeName", "palette", "stylesheet"]

ThemeName = Literal["light", "dark"]
_MIRRORED = '.kh-back::before{transform:rotate(225deg)}.kh-out::after{content:" ↖"}'
FONTS = "assets/kharita/fonts.css"
STATIC = Path(__file__).resolve().parent / "static"

# Safe for colour-blind eyes (after Okabe and Ito), and the same in map, legend, list and reader.
KIND_COLOURS = {
    Kind.COUNTRY: "#7D6E56",
    Kind.REGION: "#CC79A7",
    Kind.ADMIN: "#009E73",
    Kind.CITY: "#0072B2",
    Kind.FACILITY: "#D55E00",
    Kind.WATER: "#56B4E9",
    Kind.NEIGHBOURHOOD: "#E69F00",
    Kind.CAMP: "#E69F00",
    Kind.OTHER: "#5F6B78",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as CSS values."""

    name: ThemeName
    paper: str
    soft: str
    ink: str
    muted: str
    line: str
    line_strong: str
    accent: str
    on_accent: str
    land: str
    sea: str
    border: str
    river: str
    edge: str
    halo: str
    glass: str
    country: str
    warn: str


LIGHT = Palette(
    name="light",
    paper="#FFFFFF",
    soft="#F5F4F1",
    ink="#1F2328",
    muted="#5C636B",
    line="#E1DED8",
    line_strong="#B9B4AA",
    accent="#0B6E4F",
    on_accent="#FFFFFF",
    land="#F5F2EC",
    sea="#DDE7ED",
    border="#CFC8BC",
    river="#B7CEDA",
    edge="#FFFFFF",
    halo="#FBF9F5",
    glass="rgba(255,255,255,.82)",
    country="#6E5B3C",
    warn="#8A4B00",
)
DARK = Palette(
    name="dark",
    paper="#14171A",
    soft="#1D2125",
    ink="#E6E6E3",
    muted="#A0A6AC",
    line="#2E3338",
    line_strong="#596067",
    accent="#4FBF97",
    on_accent="#0D1512",
    land="#23272B",
    sea="#171B1F",
    border="#3A4148",
    river="#31485A",
    edge="#DADDE0",
    halo="#14171A",
    glass="rgba(20,23,26,.82)",
    country="#A8997C",
    warn="#F0B35A",
)


def palette(name: str) -> Palette:
    """Return the palette of a theme; anything but `dark` is light."""
    return DARK if name == "dark" else LIGHT


@lru_cache(maxsize=8)
def stylesheet(name: str, *, rtl: bool) -> str:
    """Return the page's whole style sheet for a theme and a direction of writing."""
    colours = palette(name)
    variables = [
        f"--{key.replace('_', '-')}:{value};" for key, value in asdict(colours).items() if key != "name"
    ]
    variables += [f"--{kind.value}:{colour};" for kind, colour in KIND_COLOURS.items()]
    direction = "rtl" if rtl else "ltr"
    root = f":root{{color-scheme:{colours.name};{''.join(variables)}}}"
    page = f".stApp,[data-testid='stPopoverBody'],[data-baseweb='popover']{{direction:{direction};}}"
    fonts = f'@import url("{FONTS}");'
    sheets = [STATIC / "app.css", *sorted((STATIC / "sheets").glob("*.css"))]
    sheet = fonts + root + page + "".join(file.read_text(encoding="utf-8") for file in sheets)
    return sheet + _MIRRORED if rtl else sheet
