from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e
CENTRE = "(() => { const c = kharita.state.map.getCenter(); return [c.lat.toFixed(2), c.lng.toFixed(2)]; })()"
IN_VIEW = (
    "(() => { const b = kharita.state.map.getBounds();"
    "return kharita.data.points.filter((p) => b.contains([p.lat, p.lon])).length; })()"
)


def test_coming_near_shows_what_lies_there(visit):
    visited = visit("?ui=en&frame=32.1,23.9,9")
    visited.map_ready()
    frame = visited.page.frame_locator("iframe")
    assert visited.on_map("kharita.state.map.getZoom()") == 9
    frame.locator("body[data-context~=coasts][data-context~=waters][data-context~=divisions]").wait_for()


def test_the_frame_is_in_the_address_and_a_link_opens_it_again(visit):
    visited = visit()
    visited.map_ready()
    visited.page.wait_for_timeout(300)
    box = visited.page.locator("iframe").bounding_box()
    visited.page.mouse.move(box["x"] + 300, box["y"] + 300)
    visited.page.mouse.down()
    visited.page.mouse.move(box["x"] + 200, box["y"] + 250, steps=4)
    visited.page.mouse.up()
    visited.page.wait_for_url("**frame=**")
    seen = visited.on_map(CENTRE)
    again = visit(visited.page.url.partition("/?")[2].join(["?", ""]))
    again.map_ready()
    found = again.on_map(CENTRE)
    assert found == seen


def test_home_goes_back_to_the_places(visit):
    visited = visit("?ui=en&frame=-40,100,5")
    visited.map_ready()
    assert int(visited.on_map("document.body.dataset.outside")) > 0
    visited.page.frame_locator("iframe").locator(".kh-home-button").click()
    visited.page.frame_locator("iframe").locator("body[data-outside]").wait_for()
    assert visited.on_map(IN_VIEW) > 0
