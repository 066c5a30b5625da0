from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from dashboard.render.exports.labels import Frame, Sign, place_labels, text_width
from dashboard.render.exports.land import window_round
from dashboard.render.exports.picture import map_svg, png
from dashboard.render.theme import KIND_COLOURS, LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.render.exports import Handover

    Handed = Callable[..., Handover]

SVG = "{http://www.w3.org/2000/svg}"


def colour(code: str) -> tuple[int, ...]:
    return tuple(int(code[at : at + 2], 16) for at in (1, 3, 5))


def test_the_picture_shows_sea_land_and_signs(handed: Handed) -> None:
    picture = Image.open(io.BytesIO(png(handed("ar", countries=("LY", "EG"))))).convert("RGB")
    assert picture.size == (2800, 1800)
    seen = {found: count for count, found in picture.getcolors(1 << 24)}
    assert seen[colour(LIGHT.sea)] > 50_000
    blue = colour("#0072B2")
    near = sum(
        n for found, n in seen.items() if sum(abs(a - b) for a, b in zip(found, blue, strict=True)) < 60
    )
    assert near > 500


def texts(svg: str) -> list[str]:
    found = ["".join(item.itertext()) for item in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own
    return [text.strip("\u2066\u2067\u2069") for text in found]


@pytest.mark.parametrize(
    ("language", "name", "scale"), [("ar", "طبرق", "كم"), ("en", "Tobruk", "km"), ("fr", "Tobrouk", "km")]
)
def test_words_are_in_the_reader_s_language(handed: Handed, language: str, name: str, scale: str) -> None:
    found = texts(map_svg(handed(language, countries=("LY",))))
    assert name in found
    assert any(text.endswith(scale) for text in found)
    assert handed(language, countries=("LY",)).title in found
    assert any("Natural Earth" in text for text in found)


def test_markup_in_words_is_only_text(handed: Handed) -> None:
    svg = map_svg(handed())
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert "in <b>Libya</b>" in texts(svg)
    assert {item.tag.removeprefix(SVG) for item in root.iter()} == {
        "svg",
        "g",
        "rect",
        "path",
        "circle",
        "text",
        "clipPath",
    }


def test_what_lies_outside_is_said(handed: Handed, monkeypatch: pytest.MonkeyPatch) -> None:
    def fitted_to(*corners: list[float]) -> list[str]:
        monkeypatch.setattr("dashboard.render.exports.still_map.fit_bounds", lambda _: list(corners))
        return texts(map_svg(handed()))

    assert not any("outside this picture" in text for text in fitted_to([-40.0, -60.0], [60.0, 60.0]))
    assert "1 place lies outside this picture" in fitted_to([25.0, 10.0], [33.0, 33.0])


def test_names_never_lie_on_one_another() -> None:
    signs = [Sign(f"Town {n}", 100 + 9 * n, 100 + 5 * (n % 3), 8, "point") for n in range(20)]
    found = place_labels(signs, Frame(400, 300, ((0, 0, 60, 300),)), {"point": 9}, 14, rtl=False)
    assert 1 < len(found) <= 9
    boxes = []
    for label in found:
        wide = text_width(label.sign.name, 14)
        left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
        boxes.append((left, label.y - 12, left + wide, label.y + 2))
    for number, one in enumerate(boxes):
        assert one[0] >= 60
        for other in boxes[number + 1 :]:
            assert one[0] >= other[2] or one[2] <= other[0] or one[1] >= other[3] or one[3] <= other[1]


def test_a_window_keeps_its_proportions_and_is_true_to_scale() -> None:
    window = window_round([[30.0, 10.0], [33.0, 25.0]], 1400, 780, margin=1.2, least=4)
    assert window.east - window.west == pytest.approx(18)
    assert (window.north - window.south) / 18 == pytest.approx(780 / 1400)
    x, y = window.place(window.middle_latitude, 17.5)
    assert (x, y) == pytest.approx((700, 390), abs=0.5)
    assert window.pixels(111.32, 0) == pytest.approx(window.pixels_per_degree)
    assert len(KIND_COLOURS) == 9
