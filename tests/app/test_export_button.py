from __future__ import annotations

import json
from threading import Event
from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import ExportError
from dashboard.render.exports import FORMATS
from dashboard.ui.map_page import export_view
from dashboard.ui.state import EXPORT
from dashboard.web.exporting import shared_exports
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]


def html_of(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(item.proto.body for item in page.get("html") if not item.proto.body.startswith("<style"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Goes out: 1 place named in 2 articles"),
        ("ar", "مكان واحد ومقالان"),
        ("fr", "1 lieu dans 2 articles"),
    ],
)
def test_it_says_how_much_goes_out(open_page: OpenPage, language: str, said: str) -> None:
    assert said in html_of(open_page(ui=language, country="EG"))


def test_every_format_is_offered_and_named(open_page: OpenPage) -> None:
    page = open_page(ui="en")
    box = page.selectbox(key=export_view.FORMAT_KEY)
    assert len(box.options) == len(FORMATS)
    for suffix in FORMATS:
        box.set_value(suffix).run()
        assert len(page.get("download_button")) == 1
        assert not page.exception


def test_formats_of_journeys_stand_after_those_of_what_the_map_shows(open_page: OpenPage) -> None:
    said = strings("en")
    journeys = {said(f"export{one.replace('.', '_')}") for one in FORMATS if one.startswith(".journeys.")}
    options = open_page(ui="en").selectbox(key=export_view.FORMAT_KEY).options
    assert set(options[-len(journeys) :]) == journeys
    assert options[0] == said("export_html")


def test_the_file_is_made_when_it_is_asked_for(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def take(label: str, data: Callable[[], bytes], **more: object) -> None:
        made.append((label, data, more))

    monkeypatch.setattr("streamlit.download_button", take)
    page = open_page(ui="en", country="EG")
    page.selectbox(key=export_view.FORMAT_KEY).set_value(".geojson").run()
    label, data, more = made[-1]
    assert label == "Download"
    assert more["file_name"] == "kharita-1-places-2-articles.geojson"
    assert [feature["id"] for feature in json.loads(data())["features"]] == ["kh:cairo"]


def test_nothing_to_export(open_page: OpenPage) -> None:
    page = open_page(ui="en", q="zeppelin")
    assert "There is nothing to export" in html_of(page)
    assert len(page.get("download_button")) == 0


def test_what_takes_long_is_made_beside_the_page(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_view, "MOST_ARTICLES", 1)
    page = open_page(ui="en", country="LY")
    page.selectbox(key=export_view.FORMAT_KEY).set_value(".csv").run()
    page.button(key="export_make").click().run()
    about, token = page.session_state[EXPORT]
    made = shared_exports().find(token)
    assert made is not None
    assert ".csv" in about
    shared_exports()._pool.submit(int).result(30)
    while made.under_way:  # the other thread's, which has begun
        shared_exports()._pool.submit(int).result(30)
    page.run()
    shown = html_of(page)
    assert f'href="{made.address}"' in shown
    assert made.path.read_bytes().startswith(b"\xef\xbb\xbfplace_id,")
    assert "export_make" not in [one.key for one in page.button]
    page.button(key="export_again").click().run()
    assert shared_exports().find(token) is None
    assert not made.path.exists()
    assert page.button(key="export_make")


def test_making_can_be_stopped(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_view, "MOST_ARTICLES", 1)
    begun, go_on = Event(), Event()

    def slow(*_: object) -> object:
        begun.set()
        assert go_on.wait(30)
        raise ExportError("too late")

    monkeypatch.setattr(export_view, "_handover", slow)
    page = open_page(ui="fr", country="LY")
    page.selectbox(key=export_view.FORMAT_KEY).set_value(".zip").run()
    page.button(key="export_make").click().run()
    assert begun.wait(30)
    assert 'role="progressbar"' in html_of(page)
    made = shared_exports().find(page.session_state[EXPORT][1])
    page.button(key="export_stop").click().run()
    go_on.set()
    assert made is not None
    assert shared_exports().find(made.token) is None
    assert page.button(key="export_make")


def test_too_much_for_a_browser_goes_by_the_command_too(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_view, "MOST_ARTICLES", 1)
    page = open_page(ui="en", country="LY")
    assert len(page.get("download_button")) == 1  # the page is small whatever is shown
    page = open_page(ui="en", country="LY")
    page.selectbox(key=export_view.FORMAT_KEY).set_value(".zip").run()
    assert len(page.get("download_button")) == 0
    assert page.code[0].value == "kharita export news.zip --view '?country=LY&ui=en'"


def test_the_export_of_a_card_is_about_its_place_unless_all_is_asked_for(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr("streamlit.download_button", lambda label, **more: made.append((label, more)))
    page = open_page(ui="en", place="kh:cairo")
    box = page.selectbox(key=export_view.PLACE_FORMAT_KEY)
    assert box.options[0] == strings("en")("export_dossier_html")
    assert len(box.options) == len(FORMATS) + 1
    assert [label for label, _ in made] == ["Save as a dossier"]  # one place for all that goes out
    box.set_value(".geojson").run()
    label, more = made[-1]
    assert (label, more["file_name"].endswith("-2-articles.geojson")) == ("Download", True)
    handed = json.loads(more["data"]())
    assert "kh:cairo" in [feature["id"] for feature in handed["features"]]
    page.button_group(key=export_view.SCOPE_KEY).set_value("all").run()
    assert made[-1][1]["file_name"] != more["file_name"]
