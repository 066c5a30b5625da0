from __future__ import annotations

import pytest

from dashboard.web.basemap import SHAPES, TOWNS


@pytest.mark.parametrize("name", SHAPES)
def test_every_part_of_the_base_map_is_served(ask, name):
    answer = ask(f"/assets/basemap/{name}.json")
    assert answer.status == 200
    assert answer.json["shapes" if name == "divisions" else "features"]


def test_towns_are_named_in_the_language_asked_for(ask, small_gazetteer_path, monkeypatch):
    monkeypatch.setattr("dashboard.gazetteer.locate.index_path", lambda *_: small_gazetteer_path)
    assert "طبرق" in {name for name, *_ in ask(f"{TOWNS}?ui=ar").json["towns"]}
    assert "Tobruk" in {name for name, *_ in ask(f"{TOWNS}?ui=nonsense").json["towns"]}


def test_without_a_gazetteer_there_are_no_towns(ask, tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.gazetteer.locate.index_path", lambda *_: tmp_path / "none.kgz")
    answer = ask(TOWNS)
    assert (answer.status, answer.body) == (404, b"the gazetteer is not built yet")
