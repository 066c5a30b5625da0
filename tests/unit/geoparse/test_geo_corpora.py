from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.geoparse.gold import GoldMention, GoldPlace, GoldText
from dashboard.geoparse.training.corpora import from_gold, read_anercorp, read_gaztagged

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
