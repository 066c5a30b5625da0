from __future__ import annotations

import csv
import json
import os
import zipfile
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles, make_store

from dashboard.core.errors import KharitaError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> str:
    return make_store(tmp_path)


@pytest.mark.parametrize(
    "view",
    ["country=EG&ui=ar", "?country=EG&ui=ar", "http://localhost:8501/?country=EG&ui=ar&place=kh%3Acairo"],
)
def test_a_view_goes_into_a_file(kharita, store, tmp_path, view):
    result = kharita("export", tmp_path / "news.geojson", "--store", store, "--view", view)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(f"{tmp_path / 'news.geojson'}: 1 place named in 2 articles, ")
    found = json.loads((tmp_path / "news.geojson").read_bytes())
    assert [feature["properties"]["name"] for feature in found["features"]] == ["القاهرة"]
    assert found["filters"] == {"country": "EG"}


def test_the_open_place_goes_into_a_dossier(kharita, store, tmp_path):
    path = tmp_path / "tobruk.dossier.html"
    result = kharita("export", path, "--store", store, "--view", "?place=kh%3Atobruk&ui=fr")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(f"{path}: a dossier of the place kh:tobruk, ")
    page = path.read_text(encoding="utf-8")
    assert '<html lang="fr" dir="ltr">' in page
    assert "Tobrouk" in page


def test_the_open_story_goes_into_a_dossier_though_a_place_is_open_too(kharita, store, tmp_path):
    article = make_articles()[0][0].id
    path = tmp_path / "story.dossier.html"
    view = f"?page=story&article={article}&place=kh%3Atobruk"
    result = kharita("export", path, "--store", store, "--view", view)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(f"{path}: a dossier of the story of {article}, ")
    assert "One story in 1 printing" in path.read_text(encoding="utf-8")


def test_the_language_of_the_option_goes_before_that_of_the_view(kharita, store, tmp_path):
    kharita("export", tmp_path / "n.html", "--store", store, "--view", "ui=ar&kind=city", "--ui", "fr")
    page = (tmp_path / "n.html").read_text(encoding="utf-8")
    assert '<html lang="fr" dir="ltr">' in page
    assert "Tobrouk" in page
    assert "ville" in page


def test_without_a_view_all_goes_out(kharita, store, tmp_path):
    kharita("export", tmp_path / "n.csv", "--store", store)
    with (tmp_path / "n.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len({row["place_id"] for row in csv.DictReader(file)}) == 5
    kharita("export", tmp_path / "n.places.csv", "--store", store, "--raw-csv")
    assert len((tmp_path / "n.places.csv").read_text(encoding="utf-8-sig").splitlines()) == 6


@pytest.mark.parametrize(
    "wrong",
    [
        ("n.doc", "", "'n.doc' ends in none of the known suffixes"),
        ("n", "", "'n' ends in none of the known suffixes"),
        ("n.csv", "kind=moon", "The parameter 'kind' can't be read: “moon” is no kind of place."),
        ("n.csv", "from=2024-02-01&to=2024-01-01", "is before the first day"),
        ("n.csv", "sure=2", "“2” is no number from 0 to 1"),
        ("n.csv", "colour=red", "The view has an unknown parameter: 'colour'. Known: q, source,"),
        ("n.csv", "ui=xx", "The parameter 'ui' can't be 'xx'."),
        ("n.csv", "nonsense", "The view 'nonsense' is no address of the page"),
        ("n.dossier.html", "country=LY", "A dossier is about one place or one story: name it in the view"),
        ("n.dossier.html", "place=kh:nowhere", "The store has no place 'kh:nowhere'"),
        ("gone/n.csv", "", "can't be written: No such file or directory"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(kharita, store, tmp_path, wrong):
    name, view, said = wrong
    result = kharita("export", tmp_path / name, "--store", store, "--view", view)
    assert result.exit_code == 1
    assert said in str(result.exception)
    assert "\n" not in str(result.exception)
    assert not (tmp_path / name).exists()


def test_a_pack_is_made_and_checked(kharita, store, tmp_path):
    pack = tmp_path / "pack.zip"
    assert kharita("export", pack, "--store", store, "--view", "q=ship").exit_code == 0
    result = kharita("verify", pack)
    assert result.exit_code == 0
    assert result.stdout.startswith(
        f"{pack}: sound, if the fingerprint below is the one that the sender told you. 1 articles, "
    )
    assert len(result.stdout.split("\nfingerprint ")[1].strip()) == 64
    with zipfile.ZipFile(pack, "a") as file:
        file.writestr("note.txt", "added later")
    result = kharita("verify", pack)
    assert result.exit_code == 1
    assert str(result.exception) == "The member 'note.txt' was added: the manifest does not know it."


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(kharita, store, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("mine")
    result = kharita("export", path, "--store", store)
    assert result.exit_code == 1
    assert str(result.exception).endswith("is there already. Give another name, or --force to replace it.")
    assert path.read_text() == "mine"
    assert kharita("export", path, "--store", store, "--force").exit_code == 0
    assert path.read_text(encoding="utf-8-sig").startswith("place_id,")


@pytest.mark.parametrize(("given", "sign"), [(";", ";"), ("tab", "\t"), (",", ",")])
def test_the_delimiter_of_a_table(kharita, store, tmp_path, given, sign):
    for name in ("n.csv", "n.places.csv"):
        assert kharita("export", tmp_path / name, "--store", store, "--delimiter", given).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8-sig").startswith(f"place_id{sign}name{sign}")


def test_beginnings_of_exports_that_were_killed_are_swept(kharita, store, tmp_path):
    left, other, fresh = (tmp_path / name for name in (".old.kml.7.part", ".film.part", ".new.gpkg.8.part"))
    for path in (left, other, fresh):
        path.write_text("half")
    for path in (left, other):
        os.utime(path, (1, 1))
    kharita("export", tmp_path / "n.csv", "--store", store)
    assert not left.exists()
    assert other.exists()  # another program's
    assert fresh.exists()  # may be written just now


def test_a_view_of_broken_letters_is_one_sentence(kharita, store, tmp_path):
    result = kharita("export", tmp_path / "n.csv", "--store", store, "--view", "?source=\udcff&vs=q%3D\udcff")
    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, (KharitaError, SystemExit))
