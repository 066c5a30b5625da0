from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.query import FILTER_NAMES
from dashboard.web.api import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from asking import Answer


def test_it_tells_what_there_is(ask: Callable[..., Answer]) -> None:
    found = ask("/api").json
    assert [item["path"] for item in found["addresses"]] == list(PARAMETERS)
    assert "country" in found["filters"]


def test_places_are_geojson_under_the_page_s_filters(ask: Callable[..., Answer]) -> None:
    answer = ask("/api/places.geojson?country=EG&ui=ar&articles=1")
    assert answer.headers["content-type"] == "application/geo+json"
    found = answer.json
    assert (found["numberMatched"], found["numberReturned"], found["links"]) == (1, 1, [])
    about = found["features"][0]["properties"]
    assert (about["name"], about["article_count"], len(about["articles"])) == ("القاهرة", 2, 1)


def test_places_do_not_read_the_trail_of_corrections(
    ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        pytest.fail("The trail may be long, and none of it is told here.")

    monkeypatch.setattr("dashboard.web.hand_over.export_corrections", fail)
    assert ask("/api/places.geojson?limit=1").json["numberReturned"] == 1


def test_places_by_pages(ask: Callable[..., Answer]) -> None:
    whole = [feature["id"] for feature in ask("/api/places.geojson?articles=0").json["features"]]
    seen, address = [], "/api/places.geojson?limit=2&articles=0&kind=city,country&kind=region"
    pages = 0
    while address:
        found = ask(address).json
        seen += [feature["id"] for feature in found["features"]]
        address = found["links"][0]["href"] if found["links"] else ""
        pages += 1
    assert pages == 2
    assert seen == [place for place in whole if place != "kh:jufra"]
    assert all(feature["properties"]["articles"] == [] for feature in found["features"])


def test_articles_by_pages_with_places_and_sentences(ask: Callable[..., Answer]) -> None:
    seen, address = [], "/api/articles?limit=1"
    while address:
        found = ask(address).json
        assert found["total"] == 4
        seen += found["articles"]
        address = found["next"]
    assert [article["published"] for article in seen] == ["2024-04-01", "2024-03-05", "2024-03-04", None]
    assert seen[2]["url"] == "https://news.example/ship"
    assert seen[3]["url"] is None  # javascript: leads nowhere
    assert "\u202e" not in seen[3]["title"]
    names = {place["name"]: place for place in seen[2]["places"]}
    assert set(names) == {"Tobruk", "Cairo", "Libya"}
    sentence = names["Cairo"]["sentences"][0]
    start, end = sentence["mentions"][0]
    assert sentence["text"][start - sentence["start"] : end - sentence["start"]] == "Cairo"


def test_articles_are_sorted_as_on_the_page(ask: Callable[..., Answer]) -> None:
    def order(query: str) -> list[str]:
        return [one["title"] for one in ask(f"/api/articles?{query}").json["articles"]]

    relevant, newest = order("q=ship"), order("q=ship&sort=newest")
    assert relevant == order("q=ship&sort=relevance")
    assert sorted(relevant) == sorted(newest)
    refused = ask("/api/articles?sort=oldest")
    assert refused.status == 400
    assert "'sort' is one of newest, relevance" in refused.json["error"]
    assert "'sort' is unknown" in ask("/api/places.geojson?sort=newest").json["error"]


@pytest.mark.parametrize("path", PARAMETERS)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("colour=red", "'colour' is unknown. Known: q,"),
        ("%3Cscript%3E=1", "'<script>' is unknown"),
        ("kind=moon", "“moon” is no kind of place"),
        ("from=yesterday", "is no date"),
        ("limit=0", "whole number from 1 to"),
        ("limit=99999999999999999999", "whole number from 1 to"),
        ("limit=%D9%A3", "whole number from 1 to"),
        ("offset=-1", "whole number from 0 to"),
        ("ui=xx", "one of ar, en, fr"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    ask: Callable[..., Answer], path: str, query: str, said: str
) -> None:
    answer = ask(f"{path}?{query}")
    assert answer.status == 400
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert said in answer.json["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_only_reads(ask: Callable[..., Answer], method: str) -> None:
    assert ask("/api/articles", method=method).status == 405


def test_other_sites_can_t_read_it(ask: Callable[..., Answer]) -> None:
    answer = ask("/api/articles", origin="https://evil.example")
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    # a name of theirs that leads to this machine
    assert ask("/api/articles", host="evil.example:8501").status == 421
    assert ask("/api/articles", host="127.0.0.1:8501").status == 200
    assert ask("/api/articles", host="[::1]:8501").status == 200


def test_what_did_not_change_is_not_sent_again(ask: Callable[..., Answer]) -> None:
    first = ask("/api/articles?country=LY", accept_encoding="gzip, br")
    assert first.headers["content-encoding"] == "gzip"
    assert first.json["total"] == 4
    again = ask("/api/articles?country=LY", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = ask("/api/articles?country=EG", if_none_match=first.headers["etag"])
    assert other.status == 200
    assert "content-encoding" not in other.headers  # the asker did not say that it can unpack


def test_a_store_that_can_t_be_opened_is_said(
    ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHARITA_STORE", "nonsense://x")
    answer = ask("/api/places.geojson")
    assert answer.status == 503
    assert "SQLite or PostgreSQL" in answer.json["error"]


def test_every_parameter_is_documented() -> None:
    told = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    for path, own in PARAMETERS.items():
        assert f"`{path}`" in told
        assert [name for name in (*FILTER_NAMES, *own, "ui") if f"`{name}`" not in told] == []


@pytest.mark.parametrize(
    "path", ["/api/place", "/api/articles/7", "/reconcile/x", "/map/none.json", "/map/own/x"]
)
def test_an_address_that_is_not_there_is_said_so_in_data(ask: Callable[..., Answer], path: str) -> None:
    answer = ask(path)
    assert answer.status == 404
    assert answer.json["error"].startswith("There is nothing")
