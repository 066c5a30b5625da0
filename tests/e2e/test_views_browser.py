"""Every view of the map in a browser without a network, on more places than are drawn one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from many_places import make_many_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.e2e
VIEWS = ("", "heat", "countries", "divisions", "compare")
COUNT_MESSAGES = (
    "() => { window.sent = 0; const send = WebSocket.prototype.send;"
    "WebSocket.prototype.send = function (...data) { window.sent += 1; return send.apply(this, data); }; }"
)
COMPARED = "&source=Harbour Post&vs=source%3D"


@pytest.fixture(scope="module")
def server(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("views")
    with serve(make_many_store(folder), folder) as address:
        yield address


def shown(opened: Any, view: str) -> None:
    """Wait until a view is drawn."""
    name = {"": "clusters", "countries": "country", "divisions": "division"}.get(view, view)
    opened.page.frame_locator("iframe").locator(f"body[data-view={name}]").wait_for()


def until(opened: Any, condition: str) -> None:
    """Wait until something holds on the map."""
    frame = next(frame for frame in opened.page.frames if "streamlit_folium" in frame.url)
    frame.wait_for_function(condition)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_drawn_and_harmless(visit: Callable[..., Any], view: str) -> None:
    opened = visit(f"?ui=en&view={view}" + (COMPARED if view == "compare" else ""))
    shown(opened, view)
    assert opened.page.locator(".kh-views a[aria-current]").count() == 1
    inked = opened.on_map(
        "() => [...document.querySelectorAll('canvas')].map((c) => c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data.some((v) => v > 0))"
    )
    assert all(inked)
    assert opened.page.evaluate("window.hurt") is None
    assert opened.on_map("() => window.hurt ?? null") is None


def test_the_switch_keeps_filters_and_the_map_where_it_is(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&sure=0.6")
    shown(opened, "")
    opened.on_map("() => { window.stamp = 1; kharita.state.map.setView([30, 25], 6, { animate: false }); }")
    for label, view in (
        ("Heat", "heat"),
        ("Countries", "countries"),
        ("Provinces", "divisions"),
        ("Places", ""),
    ):
        opened.page.locator(".kh-views a", has_text=label).focus()
        opened.page.keyboard.press("Enter")
        shown(opened, view)
        assert "sure=0.6" in opened.page.url
    assert opened.on_map("() => [window.stamp, kharita.state.map.getZoom()]") == [1, 6]


def test_numbers_stand_for_places_and_open_by_zooming_without_a_run(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en")
    shown(opened, "")
    assert 0 < opened.on_map("() => Number(document.body.dataset.points)") < 500
    assert opened.on_map("() => Number(document.body.dataset.gathered)") > 0
    address = opened.page.url
    opened.on_map("() => { kharita.state.map.setView([27, 14], 9, { animate: false }); }")
    until(opened, "() => document.body.dataset.nearer === '9'")
    place = opened.on_map(
        "() => { const p = kharita.data.all.find((one) => one.name.startsWith('Town'));"
        "kharita.state.map.setView([p.lat, p.lon], 13, { animate: false }); return p.id; }"
    )
    until(opened, "() => document.body.dataset.nearer === '13' && document.body.dataset.gathered === '0'")
    assert opened.page.url == address
    opened.click_place(place)
    opened.page.locator(".kh-card").wait_for()
    assert opened.page.evaluate("window.hurt") is None


def test_a_click_on_a_number_goes_nearer(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=ar")
    shown(opened, "")
    before = opened.on_map("() => kharita.state.map.getZoom()")
    at = opened.on_map(
        "() => { const { map } = kharita.state, size = map.getSize(), found = [];"
        "map.eachLayer((one) => { if (one.options.number) found.push(map.latLngToContainerPoint(one.getLatLng())); });"
        "const c = found.find((p) => p.x > 90 && p.y > 90 && p.x < size.x - 320 && p.y < size.y - 90);"
        "return [c.x, c.y]; }"
    )
    box = opened.page.locator("iframe").bounding_box()
    opened.page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    until(opened, f"() => kharita.state.map.getZoom() > {before} + 1")
    assert "place=" not in opened.page.url


@pytest.mark.parametrize("view", VIEWS)
def test_moving_the_map_runs_nothing(visit: Callable[..., Any], view: str) -> None:
    opened = visit(f"?ui=en&view={view}" + (COMPARED if view == "compare" else ""))
    shown(opened, view)
    opened.page.wait_for_timeout(800)
    opened.page.evaluate(COUNT_MESSAGES)
    box = opened.page.locator("iframe").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x - 150, y + 60, steps=4)
    opened.page.mouse.up()
    opened.page.mouse.wheel(0, -240)
    opened.page.wait_for_timeout(900)
    assert opened.page.evaluate("window.sent") == 0


def test_an_area_opens_its_places_and_shares_shade_it_otherwise(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&view=divisions")
    shown(opened, "divisions")
    assert opened.on_map("() => Number(document.body.dataset.areas)") == 2
    opened.on_map("() => kharita.tools.change({ area: 'adm1:LY-BU' })")
    opened.page.locator(".kh-card h2", has_text="Butnan").wait_for()
    assert "area=adm1%3ALY-BU" in opened.page.url
    assert opened.page.locator(".kh-list .kh-row").count() == 150
    opened.page.locator(".kh-by a", has_text="Share").click()
    opened.page.locator(".kh-key li", has_text="50% and more").wait_for()
    opened.page.locator(".kh-back").click()
    opened.page.locator(".kh-card").wait_for(state="detached")
    assert "view=divisions" in opened.page.url


def test_a_division_without_an_outline_is_a_circle(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&view=divisions")
    shown(opened, "divisions")
    drawn = opened.on_map(
        """async () => {
          const { state, tools, views } = window.kharita, group = state.latest = L.layerGroup().addTo(state.map);
          views.areas(group, { level: "division", rows: [["PS-GZA", "Gaza", 3, 0, 0], ["LY-BU", "Butnan", 3, 0, 0]],
            counts: { 3: "3" }, ramp: ["#D5E8E0"], shapes: state.divisions, fit: [[31, 34], [32, 35]], rtl: false });
          await tools.divisionShapes(state.divisions);
          await new Promise((done) => setTimeout(done));
          return group.getLayers().map((one) => [one instanceof L.Circle, one instanceof L.Polygon]);
        }"""
    )
    assert drawn[:2] == [[True, False], [False, True]]


def test_a_click_on_a_country_opens_it(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=ar&view=countries")
    shown(opened, "countries")
    opened.on_map("() => { kharita.state.map.setView([28.5, 17], 5, { animate: false }); }")
    at = opened.on_map(
        "() => { const c = kharita.state.map.latLngToContainerPoint([26, 18]); return [c.x, c.y]; }"
    )
    box = opened.page.locator("iframe").bounding_box()
    opened.page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    opened.page.locator(".kh-card h2", has_text="ليبيا").wait_for()
    assert "area=country%3ALY" in opened.page.url


def test_sides_are_compared_and_shown_alone(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&view=compare&q=grain&vs=q%3Dstone")
    shown(opened, "compare")
    assert opened.page.locator(".kh-compared details").count() == 3
    counts = opened.page.locator(".kh-compared summary small").all_inner_texts()
    assert counts == ["800", "1,600", "2"]
    sides = opened.on_map("() => kharita.data.points.map((place) => place.side)")
    assert set(sides) == {0, 2, 4}
    assert 900 <= len(sides) <= 1500
    opened.page.locator(".kh-by a", has_text="B").click()
    until(
        opened, "() => document.body.dataset.view === 'compare' && Number(document.body.dataset.points) > 0"
    )
    assert "by=second" in opened.page.url
    assert opened.page.evaluate("window.hurt") is None


def test_hostile_sources_are_compared_unharmed(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&view=compare")
    opened.page.locator(".kh-contrasts a").first.click()
    shown(opened, "compare")
    assert "<img src=x" in opened.page.locator(".kh-sides").inner_text()
    assert opened.page.evaluate("window.hurt") is None
    assert opened.on_map("() => window.hurt ?? null") is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_span_is_brushed_with_the_mouse(visit: Callable[..., Any], language: str) -> None:
    opened = visit(f"?ui={language}&step=week")
    shown(opened, "")
    box = opened.page.locator(".kh-time-bars").bounding_box()
    early, late = (0.02, 0.3) if language == "en" else (0.98, 0.7)
    y = box["y"] + box["height"] / 2
    opened.page.mouse.move(box["x"] + box["width"] * early, y)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + box["width"] * late, y, steps=6)
    assert opened.page.locator(".kh-brush-new").count() == 1
    opened.page.mouse.up()
    opened.page.locator(".kh-part", has_text="2024").first.wait_for()
    assert "from=2024-01-01" in opened.page.url
    assert "undated" not in opened.page.url  # a range of days leaves them out
    assert "step=week" in opened.page.url


def test_a_span_is_brushed_by_keys(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en&step=month")
    shown(opened, "")
    bars = opened.page.locator(".kh-time-bars a")
    bars.first.focus()
    opened.page.keyboard.press("ArrowRight")
    assert bars.nth(1).evaluate("(bar) => bar === document.activeElement")
    opened.page.keyboard.press("Shift+ArrowRight")
    assert "29 Feb" not in opened.page.locator(".kh-brush-new").get_attribute("data-said")
    opened.page.keyboard.press("Enter")
    opened.page.locator(".kh-part").first.wait_for()
    assert "from=2024-02-01&to=2024-03-31" in opened.page.url


def test_time_is_played_stepped_and_stopped_without_a_run(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en")
    shown(opened, "")
    opened.page.wait_for_timeout(500)
    opened.page.evaluate(COUNT_MESSAGES)
    opened.page.locator("[data-play=start]").click()
    until(opened, "() => Number((document.body.dataset.playing || '').split('/')[0]) >= 1")
    opened.page.locator("[data-play=pause]").click()
    opened.page.keyboard.press("ArrowRight")
    frame = opened.on_map("() => document.body.dataset.playing")
    told = opened.page.locator(
        ".kh-following > li:not([hidden])"
    ).count()  # also what another page of the list holds
    assert str(frame).split("/")[1] == str(told)
    assert opened.page.locator(".kh-list-head small").inner_text().replace(",", "") == str(told)
    opened.page.keyboard.press("ArrowLeft")
    back = opened.on_map("() => document.body.dataset.playing")
    assert int(str(back).split("/")[0]) == int(str(frame).split("/")[0]) - 1
    assert int(str(back).split("/")[1]) > 0
    assert "article" in opened.page.locator(".kh-play-count").inner_text()
    opened.page.locator("[data-play=window]").click()
    opened.page.locator("[data-play=speed]").click()
    assert opened.page.locator("[data-play=speed]").inner_text() == "2×"
    opened.page.keyboard.press("Escape")
    assert opened.on_map("() => document.body.dataset.playing ?? null") is None
    assert opened.page.locator(".kh-play").is_hidden()
    assert opened.page.evaluate("window.sent") == 0
    assert opened.page.evaluate("window.hurt") is None


def test_playing_goes_on_beside_a_card_and_ends_with_another_filter(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en")
    shown(opened, "")
    opened.page.locator("[data-play=start]").click()
    until(opened, "() => document.body.dataset.playing")
    opened.page.locator("[data-play=pause]").click()
    opened.page.locator(".kh-row", has_text="Tobruk").click()
    opened.page.locator(".kh-card").wait_for()
    opened.page.wait_for_timeout(300)
    assert opened.on_map("() => document.body.dataset.playing ?? null") is not None
    assert opened.page.locator(".kh-play").is_visible()
    opened.page.locator(".kh-time-bars a").nth(2).click()
    opened.page.locator(".kh-part").first.wait_for()
    until(opened, "() => !document.body.dataset.playing")
    assert opened.page.locator(".kh-play").is_hidden()


def test_who_wants_little_motion_gets_steps(visit: Callable[..., Any]) -> None:
    opened = visit("?ui=en")
    shown(opened, "")
    opened.page.emulate_media(reduced_motion="reduce")
    opened.page.locator("[data-play=start]").click()
    until(opened, "() => document.body.dataset.playing")
    opened.page.wait_for_timeout(1300)
    assert str(opened.on_map("() => document.body.dataset.playing")).startswith("0/")
    opened.page.locator("[data-play=forward]").click()
    until(opened, "() => document.body.dataset.playing.startsWith('1/')")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", ["?ui=ar", "?ui=en"])
def test_no_view_scrolls_sideways_on_a_phone(visit: Callable[..., Any], view: str, query: str) -> None:
    opened = visit(f"{query}&view={view}" + (COMPARED if view == "compare" else ""), width=390, height=844)
    shown(opened, view)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    box = opened.page.locator(".kh-views").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


@pytest.mark.parametrize("view", ["", "heat", "countries", "divisions"])
def test_the_threshold_moves_every_view(visit: Callable[..., Any], view: str) -> None:
    low, high = visit(f"?ui=en&view={view}&sure=0.5"), visit(f"?ui=en&view={view}&sure=0.8")
    heard = []
    for opened in (low, high):
        shown(opened, view)
        heard.append(opened.on_map("() => JSON.stringify(window.__GLOBAL_DATA__.last_feature_group)"))
    assert heard[0] != heard[1]
