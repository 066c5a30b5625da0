"""Several collections on one page: opened by links, switched, begun, named, moved aside; and nothing carries over."""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest
from made_store import HOSTILE, make_articles
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.testing.v1 import AppTest
from test_page import html_of

from dashboard.core.collections import Collections
from dashboard.store import open_store
from dashboard.web import handles
from dashboard.web.server import make_routes

PAGE = str(Path(__file__).resolve().parents[2] / "dashboard" / "ui" / "page.py")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Collections:
    """Return two collections: the main one with four articles, and Sudan with one of them."""
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path))
    monkeypatch.setenv("KHARITA_STORE", "")
    monkeypatch.setenv("KHARITA_COLLECTION", "")
    handles.clear()
    kept = Collections(tmp_path)
    sudan = kept.create("Sudan")
    for url, articles in ((kept.main_url, make_articles()), (sudan.url, make_articles()[3:])):
        with open_store(url) as store:
            store.add_many(articles)
    return kept


def opened(again: AppTest | None = None, /, **parameters: str) -> AppTest:
    page = again or AppTest.from_file(PAGE, default_timeout=30)
    page.query_params.clear()
    for name, value in ({"ui": "en"} | parameters).items():
        page.query_params[name] = value
    return page.run()


def asked(address: str) -> Response:
    path, _, query = address.partition("?")
    route = next(one for one in make_routes() if isinstance(one, Route) and one.path == path)
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    answer = asyncio.run(route.endpoint(Request(scope)))
    assert isinstance(answer, Response)
    return answer


def told(address: str) -> Any:
    answer = asked(address)
    assert answer.status_code == 200
    packed = answer.headers.get("content-encoding") == "gzip"
    return orjson.loads(gzip.decompress(answer.body) if packed else answer.body)


def switch(page: AppTest) -> str:
    found = re.search(r'<details class="kh-switch">.*?</details>', html_of(page))
    return found.group() if found else ""


def test_a_link_opens_its_collection_by_name_and_by_id(kept: Collections) -> None:
    assert "4 articles" in html_of(opened())
    assert '<bdi dir="auto">Main collection</bdi></summary>' in switch(opened())
    for wanted in ("Sudan", "sudan", kept.find("Sudan").id):
        page = opened(collection=wanted)
        assert "1 article" in html_of(page)
        assert "Sudan</bdi></summary>" in switch(page)
    assert f"collection={kept.find('Sudan').id}" in switch(opened())
    assert re.search(r'class="kh-in-menu"[^>]*><bdi[^>]*>Sudan<', html_of(opened(collection="Sudan")))


def test_links_of_a_collection_stay_in_it(kept: Collections) -> None:
    ident = kept.find("Sudan").id
    inner = re.sub(r'<details class="kh-switch">.*?</details>', "", html_of(opened(collection=ident)))
    addresses = re.findall(r'href="(\?[^"]*)" data-visit', inner)
    assert len(addresses) > 10
    assert all(parse_qs(one[1:].replace("&amp;", "&")).get("collection") == [ident] for one in addresses)


@pytest.mark.parametrize("name", ["../../etc/passwd", HOSTILE, "/srv/x.sqlite", "sqlite:///x", "Nowhere"])
def test_a_name_that_is_none_is_one_sentence(kept: Collections, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    html = html_of(opened(collection=name[:100]))
    assert "No such collection" in html
    assert "<img" not in html
    assert sorted(tmp_path.rglob("*")) == before
    assert len(kept.all()) == 2


def test_a_dashboard_on_one_store_shows_no_other(kept: Collections, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARITA_STORE", kept.find("Sudan").url)
    handles.clear()
    assert switch(opened()) == ""
    assert "1 article" in html_of(opened())
    assert "opened on one store" in html_of(opened(collection="main"))
    assert "opened on one store" in html_of(opened(page="collections"))


def test_one_unnamed_collection_needs_no_switch(kept: Collections) -> None:
    kept.remove("Sudan")
    assert switch(opened()) == ""
    kept.rename("main", "Libya")
    assert "Libya</bdi></summary>" in switch(opened())


def test_the_map_and_the_api_answer_for_the_collection_that_is_named(kept: Collections) -> None:
    for query, count in (("", 4), ("?collection=Sudan", 1), ("?collection=main", 4)):
        assert told(f"/api/articles{query}")["total"] == count
    assert asked("/api/articles?collection=../x").status_code == 400
    near = "/map/places.json?seen=-60,-180,80,180&zoom=5"
    assert told(near) != told(f"{near}&collection=Sudan")
    for address in ("/map/play.json?", f"{near}&"):
        refused = asked(f"{address}collection=nowhere")
        assert refused.status_code == 400
        assert refused.body == asked("/api/articles?collection=nowhere").body
        assert b"Sudan" in refused.body
    assert len(kept.all()) == 2


def test_an_answer_of_another_store_is_no_old_one(kept: Collections, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = set()
    for url in (kept.main_url, kept.find("Sudan").url):
        monkeypatch.setenv("KHARITA_STORE", url)
        tags.add(asked("/api/articles").headers["etag"])
    assert len(tags) == 2


def test_two_visitors_have_different_ones_open_at_once(kept: Collections) -> None:
    pages = [opened(), opened(collection="Sudan")]
    said = [html_of(page) for page in pages]
    for _ in range(2):
        assert [html_of(page.run()) for page in pages] == said
    assert said[0] != said[1]
    assert len(kept.all()) == 2


def test_marks_and_notes_do_not_carry_over(kept: Collections) -> None:
    page = opened(page="articles")
    page.button(key="put_page").click().run()
    assert "put_unmark" in [button.key for button in page.button]
    opened(page, page="articles", collection="Sudan")
    assert "put_unmark" not in [button.key for button in page.button]
    assert html_of(page).count('class="kh-put-row"') == 1
    assert len(kept.all()) == 2


def rows(page: AppTest) -> int:
    return html_of(page).count('class="kh-put-row"')


@pytest.mark.parametrize("step", ["copy", "move"])
def test_marked_articles_go_to_another_collection_and_come_back(kept: Collections, step: str) -> None:
    page = opened(page="articles")
    page.button(key="put_page").click().run()
    assert "Sudan" in page.selectbox(key="put_to").options
    page.button(key=f"put_{step}").click().run()
    assert "to “Sudan”" in html_of(page)
    assert rows(opened(page="articles", collection="Sudan")) == 4
    assert rows(opened(page="articles")) == (4 if step == "copy" else 0)
    page.button(key="put_undo").click().run()
    assert rows(opened(page="articles", collection="Sudan")) == 1
    assert rows(opened(page="articles")) == 4
    assert len(kept.all()) == 2


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_begun_named_moved_aside_and_brought_back(kept: Collections, language: str) -> None:
    page = opened(page="collections", ui=language)
    page.text_input(key="collection_new").set_value("Yemen <b>")
    next(button for button in page.button if "form" in str(button.key)).click().run()
    made = kept.find("Yemen <b>")
    assert "Yemen &lt;b&gt;" in html_of(page)
    page.text_input(key=f"collection_name_{made.id}").set_value("اليمن").run()
    assert kept.find("اليمن").id == made.id
    page.button(key=f"collection_remove_{made.id}").click().run()
    assert made.id not in [one.id for one in kept.all()]
    page.button(key=f"collection_restore_{made.id}").click().run()
    assert made.id in [one.id for one in kept.all()]
    page.text_input(key="collection_new").set_value("sudan")
    next(button for button in page.button if "form" in str(button.key)).click().run()
    assert 'class="kh-wrong"' in html_of(page)
    assert len(kept.all()) == 3


def test_a_begun_collection_stays_empty_and_offers_ways_to_fill_it(kept: Collections) -> None:
    kept.create("Yemen")
    page = opened(collection="Yemen")
    assert "add_samples" in [button.key for button in page.button]
    assert f"collection={kept.find('Yemen').id}" not in html_of(page).split("kh-empty")[
        0
    ] or "Yemen" in switch(page)
