"""Journeys asked for by programs."""

from __future__ import annotations

from made_legs import HAFTAR, make_legs_store


def test_journeys_are_geojson_with_their_reports(ask, tmp_path, monkeypatch):
    monkeypatch.setenv("KHARITA_STORE", make_legs_store(tmp_path))  # read at each request
    told = ask(f"/api/journeys?actor={HAFTAR}").json
    assert (told["numberMatched"], told["unread"]) == (1, 0)
    assert told["features"][0]["geometry"]["type"] == "LineString"
    assert told["features"][0]["properties"]["reports"][0]["sentence"]
    paged = ask("/api/journeys?limit=2").json
    assert len(paged["features"]) == 2
    assert "offset=2" in paged["links"][0]["href"]


def test_what_cannot_be_read_is_refused(ask):
    assert "is no kind of journey" in ask("/api/journeys?move=swim").json["error"]
    assert ask("/api/journeys?page=x").status == 400
    assert ask("/api/articles?move=visit").status == 400
    assert ask("/api/journeys").json["features"] == []
