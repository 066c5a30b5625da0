"""Unknown words that may be a known name nevertheless."""

from __future__ import annotations

import pytest

from dashboard.geoparse.documents import find_spans, read_batch


def _read(vocabulary, gazetteer, text, language="ar"):
    """Return for each stretch its word, the letters of its particle and the places it may be."""
    batch = read_batch(vocabulary, [text], [language])
    spans = find_spans(vocabulary, batch)
    return [
        (
            text[batch.start[first] : batch.end[first]],
            clitic,
            {gazetteer.place(row).name for row in vocabulary.toponyms.places(toponym).tolist()},
        )
        for first, clitic, toponym in zip(
            spans.first.tolist(), spans.clitic.tolist(), spans.toponym.tolist(), strict=True
        )
    ]


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("زار الوفد دمسق أمس", "ar", "Damascus"),
        ("زار الوفد القاهزة أمس", "ar", "Cairo"),
        ("They reached Damsacus at noon", "en", "Damascus"),
    ],
)
def test_a_slip_in_a_well_known_name_is_read_as_it(
    vocabulary, small_gazetteer, text, language, place
) -> None:
    ((_, _, places),) = _read(vocabulary, small_gazetteer, text, language)
    assert place in places


def test_small_letters_are_no_slip(vocabulary, small_gazetteer) -> None:
    assert _read(vocabulary, small_gazetteer, "They said damsacus at noon, He thought", "en") == []


def test_a_word_heard_with_and_without_its_particle_is_one_reading(vocabulary, small_gazetteer) -> None:
    (found,) = _read(vocabulary, small_gazetteer, "زار الميناء وطرتوس أمس")
    assert found[:2] == ("وطرتوس", 1)


def test_a_word_longer_than_any_name_is_not_guessed_at(vocabulary, small_gazetteer, monkeypatch) -> None:
    asked: list[str] = []

    def misspelt(_self, names):
        asked.extend(names)
        return {}

    monkeypatch.setattr(type(small_gazetteer), "misspelt", misspelt)
    _read(vocabulary, small_gazetteer, "وصل إلى دمسق " + "ال" * 2000)
    assert asked
    assert max(map(len, asked)) <= 60
