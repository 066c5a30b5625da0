"""Contrast as WCAG 2.2 AA asks for it: 4.5 for text, 3 for what must be seen to use the page."""

from __future__ import annotations

import pytest

from dashboard.render.theme import DARK, KIND_COLOURS, LIGHT, Palette

TEXT, SEEN = 4.5, 3.0
TEXTS = [
    ("ink", "paper"),
    ("ink", "soft"),
    ("muted", "paper"),
    ("muted", "soft"),
    ("accent", "paper"),
    ("accent", "soft"),
    ("on_accent", "accent"),
    ("warn", "paper"),
    ("warn", "soft"),
    ("ink", "halo"),  # names on the map
    ("muted", "halo"),
    ("accent", "halo"),
    ("ink", "land"),
    ("ink", "sea"),
    ("muted", "land"),
    ("muted", "sea"),
]
SIGNS = [("accent", "paper"), ("accent", "soft"), ("accent", "land"), ("accent", "sea"), ("muted", "paper")]


def light(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def mixed(over: str, under: str, share: float) -> str:
    """Return a colour laid over another as `color-mix(in srgb)` does."""
    pairs = [(int(over[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("over", "under"), TEXTS)
def test_text_can_be_read(palette: Palette, over: str, under: str) -> None:
    assert contrast(getattr(palette, over), getattr(palette, under)) >= TEXT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("over", "under"), SIGNS)
def test_the_ring_of_the_focus_and_bars_are_seen(palette: Palette, over: str, under: str) -> None:
    assert contrast(getattr(palette, over), getattr(palette, under)) >= SEEN


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", KIND_COLOURS)
def test_marked_names_can_be_read(palette: Palette, kind: str) -> None:
    for share in (0.08, 0.18, 0.32, 0.42):  # as `.kh-m` lays the kind's colour under a name
        assert contrast(palette.ink, mixed(KIND_COLOURS[kind], palette.paper, share)) >= TEXT
    assert contrast(palette.ink, mixed(palette.accent, palette.paper, 0.17)) >= TEXT  # `.kh-mark`


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_over_the_map_can_be_read_whatever_lies_under_it(palette: Palette) -> None:
    share = float(palette.glass.rpartition(",")[2].rstrip(")"))
    for under in (palette.land, palette.sea, *KIND_COLOURS.values()):
        laid = mixed(palette.paper, under, share)
        assert contrast(palette.ink, laid) >= TEXT
