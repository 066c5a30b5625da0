"""Every page shows a stranger's words as text, from the store and from the address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

import pytest
import streamlit as st
from hostile import ATTACK, INPUTS, as_shown
from streamlit.testing.v1 import AppTest
from test_hostile_exports import Page

from dashboard.core.links import writable
from dashboard.store import open_store
from dashboard.web.visit import PARAMETERS, read_visit

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).resolve().parents[2] / "dashboard" / "ui" / "page.py"
SOME = tuple(range(0, len(INPUTS), 15))  # of the inputs, where each costs a run of the page


@pytest.fixture(scope="module")
def show(hostile_store: str) -> Callable[..., Page]:
    """Return a function that runs the page at an address, and gives what it says."""
    shown: dict[tuple[tuple[str, str], ...], Page] = {}

    def run(**parameters: str) -> Page:
        key = tuple(parameters.items())
        if key not in shown:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("KHARITA_STORE", hostile_store)
                app = AppTest.from_file(str(PAGE), default_timeout=30)
                for name, value in parameters.items():
                    app.query_params[name] = value
                app.run()
            assert not app.exception
            html = "\n".join(
                item.proto.body for item in app.get("html") if not item.proto.body.startswith("<style")
            )
            page = Page(html)
            page.found += [box.label for box in app.button]
            page.found += [str(item.value) for item in (*app.text_input, *app.selectbox)]
            shown[key] = page
        page = shown[key]
        assert not {name for name in page.names if name.startswith("on")}
        assert not page.tags & {"img", "script", "iframe", "object", "textarea", "form", "meta", "link"}
        return page

    st.cache_data.clear()
    st.cache_resource.clear()
    return run


@pytest.mark.parametrize("number", range(len(INPUTS)))
def test_the_list_and_the_saved_views(show: Callable[..., Page], number: int) -> None:
    value = as_shown(INPUTS[number])
    assert f"{number} {value}".strip() in show(ui="en", page="saved").text


@pytest.mark.parametrize("number", SOME)
@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_a_card_and_the_reader(
    show: Callable[..., Page], hostile_store: str, number: int, language: str
) -> None:
    value = as_shown(INPUTS[number])
    card = show(ui=language, place=f"kh:hostile-{number}")
    assert f"P{number} {value}".strip() in card.text
    assert f"{number} {value}".strip() in card.text
    with open_store(hostile_store) as store, store.engine.connect() as connection:
        article = str(
            connection.exec_driver_sql(
                "SELECT id FROM articles WHERE title LIKE ?", (f"{number} %",)
            ).scalar()
        )
    reader = show(ui=language, article=article, mention="0")
    assert value in reader.text
    assert f"P{number} {value}".strip() in reader.text


@pytest.mark.parametrize("view", ["", "heat", "countries", "divisions", "compare"])
@pytest.mark.parametrize("page", ["", "review", "saved", "about", "paste"])
def test_every_view_and_page(show: Callable[..., Page], view: str, page: str) -> None:
    show(**{name: value for name, value in (("ui", "en"), ("view", view), ("page", page)) if value})


@pytest.mark.parametrize("number", SOME)
@pytest.mark.parametrize("name", ["q", "source", "vs", "view", "place", "near"])
def test_an_address(show: Callable[..., Page], name: str, number: int) -> None:
    value = writable(INPUTS[number])  # no browser can send half of a surrogate pair
    given = f"q={quote(value)}" if name == "vs" else value
    more = {"view": "compare"} if name == "vs" else {}
    show(ui="en", **({name: given} | more))


def test_the_link_that_froze_the_server(show: Callable[..., Page]) -> None:
    page = show(ui="en", **dict(parse_qsl(ATTACK.removeprefix("?"))))
    assert "{{9**9999999999}}" in page.text


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_reads_anything(name: str) -> None:
    for value in INPUTS:
        visit, _ = read_visit({name: value})
        again, problems = read_visit(dict(parse_qsl(visit.address().removeprefix("?"))))
        assert (again, problems) == (visit, [])


def test_so_many_inputs_do_no_harm() -> None:
    assert len(set(INPUTS)) * len(PARAMETERS) + 8 * len(set(INPUTS)) >= 300
    assert len(set(INPUTS)) == len(INPUTS)
