from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dashboard.geoparse.gold import GoldMention, GoldPlace, GoldText
from dashboard.geoparse.training.corpora import (
    GoldToponym,
    LabelledText,
    as_hashtags,
    from_gold,
    read_anercorp,
    read_gaztagged,
    read_places,
    recased,
)

if TYPE_CHECKING:
    from pathlib import Path

ANERCORP = """وصل O
الوفد O
إلى O
نيويورك B-LOC
الجديدة I-LOC
، O
أمس O
. O

عاد O
" O
طبرق" B-LOC
"""
XML = """<articles><article docid="7"><text>From Paris to Rome, and Paris again.</text><toponyms>
<toponym><start>5</start><end>10</end><phrase>Paris</phrase><gaztag><lat>48.85</lat><lon>2.35</lon></gaztag></toponym>
<toponym><start>12</start><end>16</end><phrase>Rome</phrase></toponym>
<toponym><start>5</start><end>10</end><phrase>Paris</phrase></toponym>
<toponym><start>1</start><end>9</end><phrase>Atlantis</phrase></toponym>
</toponyms></article></articles>"""


@pytest.fixture
def anercorp(tmp_path: Path) -> Path:
    path = tmp_path / "anercorp.txt"
    path.write_text(ANERCORP, encoding="utf-8")
    return path


def test_tagged_tokens_become_texts(anercorp: Path) -> None:
    (text,) = read_anercorp(anercorp)
    assert text.text == 'وصل الوفد إلى نيويورك الجديدة ، أمس .\nعاد " طبرق"'
    assert [text.text[name.start : name.end] for name in text.toponyms] == ["نيويورك الجديدة", "طبرق"]
    assert not any(name.exact for name in text.toponyms)


def test_sentences_can_stand_alone_or_be_left_out(anercorp: Path) -> None:
    assert [len(x.toponyms) for x in read_anercorp(anercorp, sentences=1)] == [1, 1]
    assert len(read_anercorp(anercorp, slice(0, 1))) == 1


def test_misplaced_names_are_looked_for_and_lost_ones_left_out(tmp_path: Path) -> None:
    path = tmp_path / "lgl.xml"
    path.write_text(XML, encoding="utf-8")
    (text,) = read_gaztagged(path)
    assert (text.id, text.language) == ("lgl-7", "en")
    assert [(text.text[x.start : x.end], x.latitude) for x in text.toponyms] == [
        ("Paris", 48.85),
        ("Rome", None),
    ]


def test_gold_texts_become_training_texts() -> None:
    gold = GoldText(
        "one",
        "Near Tobruk by the coast",
        "en",
        mentions=(GoldMention(5, 11, "Tobruk", "tobruk"),),
        places={"tobruk": GoldPlace("Tobruk", "city", "LY", 32.0, 24.0, 25)},
        optional=(GoldMention(15, 24, "the coast"),),
    )
    (text,) = from_gold([gold])
    assert text.optional == ((15, 24),)
    assert (text.toponyms[0].start, text.toponyms[0].tolerance_km, text.toponyms[0].country) == (5, 25, "LY")
    assert text.weight > 1


def test_posts_and_articles_of_an_encyclopedia_are_read(tmp_path: Path) -> None:
    row = {
        "id": "a-1",
        "lang": "ar",
        "text": "#بيروت قرب شارع الحمرا",
        "toponyms": [
            {"start": 1, "end": 6, "text": "بيروت", "type": "CITY"},
            {"start": 11, "end": 22, "text": "شارع الحمرا", "type": "ST"},
        ],
        "open": [[0, 1]],
    }
    (tmp_path / "posts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (text,) = read_places(tmp_path / "posts.jsonl")
    assert [(x.start, x.end) for x in text.toponyms] == [(1, 6)]
    assert text.optional == ((0, 1), (11, 22))
    assert not text.places


def test_copies_keep_their_names_where_they_stand() -> None:
    body = "He left New York. Then he flew to Rome and Cairo. It rained."
    names = [(8, 16), (34, 38), (43, 48)]
    text = LabelledText("x", body, "en", tuple(GoldToponym(a, b) for a, b in names), ((0, 2),))
    hashed = as_hashtags(text, 1.0, 0.2)
    assert [hashed.text[x.start : x.end] for x in hashed.toponyms] == ["New_York", "Rome", "Cairo"]
    assert hashed.text.count("#") == 3
    copies = recased(text, 0.3)
    assert {copy.id for copy in copies} == {"x-small", "x-large", "x-title"}
    for copy in copies:
        for name in copy.toponyms:
            assert copy.text[name.start : name.end].lower() in {"new york", "rome", "cairo"}
    assert any(copy.text.islower() for copy in copies)
    assert any(copy.text.isupper() for copy in copies)
