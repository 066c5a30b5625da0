"""A base map of one's own is drawn in both themes, and asks nobody outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from made_store import make_store
from small_tiles import write_tiles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("vector", [True, False])
def test_own_tiles_are_drawn_in_both_themes(
    serve: Callable[..., Any], browse: Callable[..., Any], tmp_path: Path, monkeypatch: Any, *, vector: bool
) -> None:
    file = write_tiles(tmp_path / "region.pmtiles", vector=vector, attribution="<b>Makers</b>")
    monkeypatch.setenv("KHARITA_BASEMAP", str(file))
    with serve(make_store(tmp_path), tmp_path) as server, browse(server) as visit:
        for scheme in ("light", "dark"):
            opened = visit("?ui=ar", scheme=scheme)
            opened.map_ready()
            opened.page.frame_locator("iframe").locator("body[data-own]").wait_for()
            said = opened.on_map("() => document.querySelector('.leaflet-control-attribution').textContent")
            assert "<b>Makers</b>" in str(said)  # text, not markup
            assert (
                opened.on_map("() => document.querySelectorAll('.leaflet-own-pane .leaflet-tile').length") > 0
            )
            filtered = opened.on_map(
                "() => getComputedStyle(document.querySelector('.leaflet-own-pane')).filter"
            )
            assert (filtered != "none") is (scheme == "dark" and not vector)
            if vector:
                inked = opened.on_map(
                    "() => { const c = document.querySelector('.leaflet-own-pane canvas');"
                    "return [...c.getContext('2d').getImageData(0.25 * c.width, 0.75 * c.height, 1, 1).data]; }"
                )
                sea = {"light": [0xDD, 0xE7, 0xED, 255], "dark": [0x17, 0x1B, 0x1F, 255]}[scheme]
                assert inked == sea


def test_a_base_map_that_is_gone_is_said_in_one_sentence(
    serve: Callable[..., Any], browse: Callable[..., Any], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("KHARITA_BASEMAP", str(tmp_path / "gone.pmtiles"))
    with serve(make_store(tmp_path), tmp_path) as server, browse(server) as visit:
        said = visit("?ui=en").page.locator(".kh-problem", has_text="gone.pmtiles")
        said.wait_for()
        assert "Traceback" not in said.inner_text()
