"""Forms of words, word lists, spelling keys, and the table of actors."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.core.errors import ModelError
from dashboard.core.settings import data_path
from dashboard.core.text import fold, fold_name
from dashboard.journeys.inflection import bare_forms, past_forms, present_forms
from dashboard.journeys.lexicon import CueForm, load_lexicons, office_of, read_offices, readings
from dashboard.journeys.models import LegKind
from dashboard.journeys.spelling import name_key
from dashboard.journeys.table import load_actors


def test_verbs_are_inflected_by_rule():
    assert {"وصل", "وصلت", "وصلا", "وصلتا", "وصلوا"} <= set(past_forms("وصل"))
    assert {"التقي", "التقت", "التقوا", "التقيا"} <= set(past_forms("التقى"))
    assert {"يصل", "تصل", "يصلون", "سيصل", "ستصلان"} <= set(present_forms("يصل"))


def test_particles_and_pronouns_are_taken_off():
    assert ("و", "وصلتا", "") in bare_forms(fold("ووصلتا"))
    assert ("", "زياره", "ه") in bare_forms(fold("زيارته"))
    assert ("ل", "اليونان", "") in bare_forms(fold("لليونان"))


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_language_has_its_lists(language):
    lexicon = load_lexicons(data_path() / "lexicon")[language]
    kinds = {cue.kind for cues in lexicon.cues.values() for cue in cues}
    assert kinds == set(LegKind)
    assert {"to", "from", "via", "in", "relative"} <= set(lexicon.roles)
    assert set(lexicon.statuses.values()) >= {"planned", "cancelled", "denied", "alleged", "hypothetical"}
    assert read_offices(data_path() / "lexicon")[language]


def test_a_future_verb_is_told_by_its_form():
    cues = load_lexicons(data_path() / "lexicon")["ar"].cues
    assert {cue.form for cue in cues[fold("سيزور")]} == {CueForm.FUTURE}
    assert any(bare in cues for _, bare, _ in readings(fold("لقائه")))


def test_a_missing_or_bad_list_stops_with_its_name(tmp_path):
    with pytest.raises(ModelError, match=r"journeys_actors\.ar\.tsv"):
        load_lexicons(tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("حفتر", "Haftar"),
        ("حفتر", "Hifter"),
        ("محمود عباس", "Mahmoud Abbas"),
        ("بوتين", "Putin"),
        ("ألبارس", "ألباريس"),
    ],
)
def test_spellings_share_a_key(one, other):
    assert name_key(one) == name_key(other)


def test_different_names_have_different_keys():
    assert name_key("صدام حفتر") != name_key("خليفة حفتر")


def test_the_table_of_actors_is_sound_and_knows_terms_of_office():
    table = load_actors(data_path() / "actors")
    assert len(table.entries) > 50
    assert table.holder("president", "FR", date(2018, 3, 1)).id == "actor:emmanuel-macron"
    assert table.holder("president", "US", date(2022, 3, 1)).id == "actor:joe-biden"
    assert table.holder("president", "US", date(2010, 3, 1)) is None


def test_a_surname_that_two_bear_stands_for_neither_alone():
    table = load_actors(data_path() / "actors")
    names = [name for entry in table.entries.values() for name in entry.names]
    assert len(names) == len(set(names))


def test_a_bad_row_of_the_table_is_named(tmp_path):
    head = "id,type,country,names_ar,names_en,names_fr,role,role_country,from,until\n"
    (tmp_path / "x.csv").write_text(head + "actor:x,person,LY,س,,,president,LY,soon,\n", encoding="utf-8")
    with pytest.raises(ModelError, match="actor:x"):
        load_actors(tmp_path)


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("وزير الخارجية الروسي", "foreign_minister"),
        ("ووزير الخارجية", "foreign_minister"),
        ("الملك", "king"),
        ("ولي العهد", "crown_prince"),
        ("نائب المدير", None),
    ],
)
def test_a_title_names_an_office(title, office):
    phrases = read_offices(data_path() / "lexicon")["ar"]
    assert office_of(fold_name(title), phrases) == office
