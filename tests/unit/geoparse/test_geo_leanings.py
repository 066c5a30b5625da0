"""Rules of the world and of the language beside what the networks say, with the project's own weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.geoparse.leanings import _most_by_country


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("Floods cut roads in Niger and Nigeria.", "Niger", "country:NE"),
        ("Le Niger rouvre sa frontière avec le Nigeria, près de Katsina.", "Niger", "country:NE"),
        ("The governor of Georgia met farmers in Savannah and Macon.", "Georgia", "adm1:US-GA"),
        ("Talks between Georgia and Armenia opened in Tbilisi.", "Georgia", "country:GE"),
        ("يزرع الفول السوداني في جورجيا، حول سافانا وأتلانتا.", "جورجيا", "adm1:US-GA"),
    ],
)
def test_a_country_keeps_its_name_unless_the_division_is_meant(full_parser, text, surface, place) -> None:
    found = {one.mention.text: one.place.id for one in full_parser.parse(text).resolutions if one.place}
    assert found[surface] == place


def test_an_article_of_one_country_names_its_own_town(full_parser) -> None:
    text = "وزعت البلدية مولدات على القريات ومزدة ونسمة وغريان."
    found = {one.mention.text: one.place.country for one in full_parser.parse(text).resolutions if one.place}
    assert found["القريات"] == "LY"


def test_a_capital_is_meant_before_its_namesakes(full_parser) -> None:
    found = full_parser.parse("Envoys from Cairo and Washington met at noon.").resolutions
    assert {(one.mention.text, one.place.name, one.place.country) for one in found if one.place} >= {
        ("Washington", "Washington", "US")
    }


def test_a_division_without_its_head_noun_is_its_main_town(full_parser) -> None:
    found = {x.mention.text: x.place for x in full_parser.parse("تأخرت العبارات في إركوتسك أمس.").resolutions}
    assert found["إركوتسك"].kind == "city"


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت الهيئة، الخميس، نتائج المسح السنوي.",
        "سدد المهاجم كرة قوية مرت قرب العارضة في الدقيقة الأخيرة.",
        "التقى الوزير ضيفه في إطار جولة من المشاورات.",
        "ارتدى الحراس درعا واقيا طوال الليل.",
    ],
)
def test_words_that_are_towns_too_are_left_to_be_words(full_parser, text) -> None:
    assert [one.mention.text for one in full_parser.parse(text).resolutions if one.place] == []


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("وفي ليبيا ضرب السيل شحات والبيضاء وسوسة.", "سوسة", "LY"),
        ("وفي تونس ضرب السيل المنستير والمهدية وسوسة.", "سوسة", "TN"),
        ("زار الوفد تونس ثم سوسة.", "سوسة", "TN"),
    ],
)
def test_a_namesake_lies_by_what_its_sentence_names(full_parser, text, surface, country) -> None:
    found = {one.mention.text: one.place.country for one in full_parser.parse(text).resolutions if one.place}
    assert found[surface] == country


def test_towns_of_one_country_are_told_apart_by_the_network_alone(full_parser) -> None:
    """Jaffa keeps its name beside Nazareth, near which a village bears it too."""
    text = "شهدت اللد ويافا وعكا والناصرة إضرابا عاما."
    found = {one.mention.text: one.place.name for one in full_parser.parse(text).resolutions if one.place}
    assert found["يافا"] == "Jaffa"


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 4), st.floats(0, 9, width=32)), min_size=1, max_size=12
    )
)
def test_the_most_by_country_is_the_most_by_country(rows) -> None:
    mention, country, what = (np.array(x) for x in zip(*sorted(rows), strict=True))
    most, elsewhere = _most_by_country(mention, country, what.astype(np.float64))
    for row in range(len(mention)):
        same = mention == mention[row]
        assert most[row] == what[same & (country == country[row])].max()
        assert elsewhere[row] == what[same & (country != country[row])].max(initial=0)
