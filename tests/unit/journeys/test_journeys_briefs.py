from __future__ import annotations

from typing import Any

import pytest
from journeys_gold import load_script

gold = load_script()
PLACES = {
    key: gold.Place(key, name, iso2, 1.0, 2.0, km)
    for key, name, iso2, km in (("tobruk", "Tobruk", "LY", 25), ("libya", "Libya", "LY", 0))
}
TEXT = "وصل سالم الورفلي أمس إلى طبرق. وغادرها الورفلي اليوم."
ACTOR = "s person Salem = سالم الورفلي / الورفلي"


def brief(*lines: str, text: str = TEXT, date: str = "2025-02-18") -> Any:
    return gold.read_brief("\n".join((f"ar-xx-001 {date}", text, "---", *lines)), PLACES)


def test_offsets_are_those_of_the_words() -> None:
    (leg,) = brief(ACTOR, "s | arrival happened | > طبرق@tobruk +libya | 2025-02-17 (أمس) | وصل").legs
    assert (leg["actor"]["text"], leg["actor"]["start"], leg["actor"]["end"]) == ("سالم الورفلي", 4, 16)
    assert leg["actor"]["also"] == [[39, 46]]
    assert (leg["to"]["start"], leg["to"]["end"], leg["to"]["also"][0]["iso2"]) == (25, 29, "LY")
    assert (leg["sentence"], leg["date"], leg["date_text"]) == ([0, 30], "2025-02-17", "أمس")
    assert (leg["from"], leg["via"]) == (None, None)


def test_a_cue_takes_the_namings_of_its_own_sentence_and_else_those_before() -> None:
    (leg,) = brief(ACTOR, "s | departure happened | < طبرق@tobruk | 2025-02-18 (اليوم) | وغادرها, وصل").legs
    assert (leg["actor"]["start"], leg["from"]["start"], leg["sentence"]) == (39, 25, [31, 53])
    assert [mention["cue"]["text"] for mention in leg["mentions"]] == ["وصل", "وغادرها"]
    assert [mention["actor"] for mention in leg["mentions"]] == [[4, 16], [39, 46]]


def test_a_name_inside_another_actors_is_not_the_actors() -> None:
    text = "وصل وفد برئاسة سالم إلى طبرق، وتبعه سالم."
    legs = brief(
        "w delegation Delegation = وفد برئاسة سالم",
        "s person Salem = سالم",
        "w | arrival happened | > طبرق@tobruk | وصل",
        "s | arrival happened | > طبرق@tobruk | وتبعه",
        text=text,
    ).legs
    assert legs[1]["actor"]["start"] == text.rindex("سالم")
    assert legs[1]["actor"]["also"] == []


def test_a_place_may_be_certain_without_words_but_not_all_of_them() -> None:
    line = "s | return happened | > @libya | < طبرق@tobruk | وغادرها"
    assert brief(ACTOR, line).legs[0]["to"]["text"] is None
    with pytest.raises(gold.BriefError, match="no place of the leg is named"):
        brief(ACTOR, "s | return happened | > @libya | وغادرها")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("s | trip happened | > طبرق@tobruk | وصل", "the kind or the status is unknown"),
        ("s | arrival maybe | > طبرق@tobruk | وصل", "the kind or the status is unknown"),
        ("x | arrival happened | > طبرق@tobruk | وصل", "the actor, the kind"),
        ("s | arrival happened | > طبرق@derna | وصل", "has no .'derna'."),
        ("s | arrival happened | > درنة@tobruk | وصل", "does not hold 'درنة'"),
        ("s | arrival happened | > طبرق@tobruk | عاد", "does not hold 'عاد'"),
        ("s | arrival happened | > طبرق@tobruk | 2025-02-16 (غدًا) | وصل", "does not hold the date words"),
        ("s | arrival happened | > طبرق@tobruk | 16/2 (أمس) | وصل", "is no EDTF date"),
        ("s | arrival happened | > طبرق@tobruk | yesterday | وصل", "neither place nor date"),
    ],
)
def test_what_is_unclear_stops(line: str, complaint: str) -> None:
    with pytest.raises(gold.BriefError, match=complaint):
        brief(ACTOR, line)


def test_words_that_stand_twice_need_a_number() -> None:
    text = "زار سالم الورفلي طبرق. ثم زار سالم الورفلي درنة."
    with pytest.raises(gold.BriefError, match="stands 2 times"):
        brief(ACTOR, "s | visit happened | > طبرق@tobruk | زار", text=text)
    (leg,) = brief(ACTOR, "s | visit happened | > طبرق@tobruk | زار#1", text=text).legs
    assert leg["cue"]["start"] == 0


def test_an_actor_without_leg_or_words_stops() -> None:
    with pytest.raises(gold.BriefError, match="have no leg"):
        brief(ACTOR)
    with pytest.raises(gold.BriefError, match="is not 'key type"):
        brief("s somebody Salem = سالم الورفلي")
    with pytest.raises(gold.BriefError, match="is not 'language-group-number date'"):
        gold.read_brief("ar-1 2025\nنص\n---\n", PLACES)


def test_the_day_of_the_week_is_checked() -> None:
    text = "وصل سالم الورفلي يوم الأحد إلى طبرق."
    line = "s | arrival happened | > طبرق@tobruk | 2025-02-%d (يوم الأحد) | وصل"
    actor = "s person Salem = سالم الورفلي"
    assert brief(actor, line % 16, text=text).legs[0]["date"] == "2025-02-16"
    with pytest.raises(gold.BriefError, match="is not the day of"):
        brief(actor, line % 17, text=text)


def test_without_the_day_of_publication_the_text_must_give_the_year() -> None:
    with pytest.raises(gold.BriefError, match="without a date of publication"):
        brief(ACTOR, "s | arrival happened | > طبرق@tobruk | 2025-02-17 (أمس) | وصل", date="-")


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("عاد الوفد. ثم سافر", 12, "ثم سافر"),
        ("عاد الوفد؟ نعم.", 0, "عاد الوفد؟"),
        ("قال «عدنا.» ثم سافر.", 13, "ثم سافر."),
        ("عنوان\nعاد 3.5 في المئة منهم.", 10, "عاد 3.5 في المئة منهم."),
    ],
)
def test_sentences_end_at_stops_and_lines(text: str, at: int, sentence: str) -> None:
    assert text[slice(*gold.sentence_of(text, at))] == sentence


def test_parts_hang_on_the_id_alone() -> None:
    parts = [gold.part_of(f"ar-xx-{number:03}") for number in range(1000)]
    assert set(parts) == set(gold.PARTS)
    assert parts.count("train") in range(550, 650)
    assert parts == [gold.part_of(f"ar-xx-{number:03}") for number in range(1000)]
