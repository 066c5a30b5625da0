from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.collections import MAIN, Collections
from dashboard.core.errors import CollectionError
from dashboard.core.settings import Settings


@pytest.fixture
def kept(tmp_path) -> Collections:
    return Collections(tmp_path)


def names(kept: Collections) -> list[str]:
    return [one.called for one in kept.all()]


def test_the_main_one_is_always_there_and_can_be_named(kept, tmp_path):
    assert names(kept) == [MAIN]
    assert kept.find(MAIN).url == Settings(user_data=tmp_path, store="").store_url
    kept.rename(MAIN, "Libya")
    assert names(kept) == ["Libya"]
    assert kept.find("LIBYA").id == kept.find(MAIN).id == MAIN
    with pytest.raises(CollectionError, match="main collection stays"):
        kept.remove("Libya")


def test_made_renamed_removed_and_brought_back(kept, tmp_path):
    made = kept.create("  السودان\u202e  2024 ")
    assert made.name == "السودان 2024"
    assert Path(made.url.removeprefix("sqlite:///")).parent == tmp_path / "collections"
    assert kept.rename(made.id, "Sudan").url == made.url
    assert kept.find("sudan").id == made.id
    kept.remove("Sudan")
    assert names(kept) == [MAIN]
    with pytest.raises(CollectionError, match="was removed"):
        kept.find("Sudan")
    again = kept.create("Sudan")
    assert kept.restore(made.id).name == "Sudan (2)"
    assert {one.url for one in kept.all()} >= {made.url, again.url}
    assert kept.removed() == ()


@pytest.mark.parametrize("name", ["", "  \u200f", "x" * 81, "main", "MAIN", "0123abcd", "taken", "TAKEN"])
def test_a_name_that_is_none_or_taken_is_refused(kept, name):
    kept.create("Taken")
    with pytest.raises(CollectionError):
        kept.create(name)
    assert names(kept) == [MAIN, "Taken"]


def test_none_of_the_name_is_one_sentence_that_names_those_there(kept):
    kept.create("Sudan")
    with pytest.raises(CollectionError, match="There are: 'main', 'Sudan'"):
        kept.find("Sudann")
    with pytest.raises(CollectionError, match="There is none"):
        kept.restore("Sudan")


@given(st.text(max_size=90))
def test_no_name_becomes_a_path(tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("kept")
    kept = Collections(folder)
    for hostile in (name, f"../../{name}", f"/etc/{name}", f"{name}.sqlite?x#y"):
        try:
            made = kept.create(hostile)
        except CollectionError:
            continue
        path = Path(made.url.removeprefix("sqlite:///"))
        assert path.parent == folder / "collections"
        assert path.stem == made.id
        assert kept.find(made.name) == made


@pytest.mark.parametrize("written", ["", "[]", '{"collections": 3}', '{"collections": [{"id": 3}]}', "{"])
def test_a_broken_file_is_one_sentence_and_the_main_store_opens(kept, tmp_path, written):
    (tmp_path / "collections.json").write_text(written)
    with pytest.raises(CollectionError, match="can't be read"):
        kept.all()
    assert Settings(user_data=tmp_path, store="").store_url == kept.main_url


def test_ids_of_the_file_that_are_none_are_passed_over(kept, tmp_path):
    written = {"collections": [{"id": "../../../etc", "name": "Bad"}, {"id": "0123abcd", "name": "Good"}]}
    (tmp_path / "collections.json").write_text(json.dumps(written))
    assert names(kept) == [MAIN, "Good"]


def test_many_at_once_lose_nothing(kept):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(kept.create, map(str, range(100, 140))))
    assert len(kept.all()) == 41


def test_a_store_that_is_named_wins_and_a_collection_is_found(kept, tmp_path):
    made = kept.create("Sudan", "postgresql://me:secret@host/news")
    assert Settings(user_data=tmp_path, store="", collection="sudan").store_url == made.url
    assert Settings(user_data=tmp_path, store="sqlite:///x", collection="sudan").store_url == "sqlite:///x"
    assert (tmp_path / "collections.json").stat().st_mode & 0o077 == 0
