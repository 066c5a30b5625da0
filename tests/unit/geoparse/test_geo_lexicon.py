from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import ModelError
from dashboard.core.models import Kind
from dashboard.core.settings import data_path
from dashboard.core.text import fold, fold_name
from dashboard.geoparse.language import detect_language
from dashboard.geoparse.lexicon import LANGUAGES, WordClass, load_lexicon

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = tuple(Kind)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in LANGUAGES:
        for name in (
            f"media_names.{language}.txt",
            f"place_heads.{language}.tsv",
            f"stop_words.{language}.txt",
        ):
            (tmp_path / name).write_text("# nothing\n\n", encoding="utf-8")
    (tmp_path / "media_names.ar.txt").write_text("الشرق الأوسط\nالشرق\nالحياة\n", encoding="utf-8")
    (tmp_path / "place_heads.ar.tsv").write_text(
        "مدينة\tPPL,PPLC\tgeneric\nجبل\tMT\tname\n", encoding="utf-8"
    )
    (tmp_path / "locative_prepositions.ar.txt").write_text("في\n", encoding="utf-8")
    (tmp_path / "person_titles.ar.txt").write_text("  # title\nالوزير\nرئيس الوزراء\n", encoding="utf-8")
    return tmp_path


def test_lists_are_read(folder: Path) -> None:
    lexicon = load_lexicon(folder)
    assert lexicon.word_class("مدينه") == (WordClass.HEAD_GENERIC, "مدينه")
    assert lexicon.word_class("جبل")[0] == WordClass.HEAD_NAME
    assert lexicon.head_codes["مدينه"] == {"PPL", "PPLC"}
    assert lexicon.head_kinds["مدينه"] == 1 << _KINDS.index(Kind.CITY)
    assert lexicon.names["الشرق"] == (("الاوسط",), ())
    assert lexicon.function_words["fr"] == frozenset()


@pytest.mark.parametrize(
    "word", ["مدينه", "المدينه", "والمدينه", "بمدينه", "لمدينه", "للمدينه", "وللمدينه", "فبمدينه"]
)
def test_a_word_is_known_under_its_particles(folder: Path, word: str) -> None:
    assert load_lexicon(folder).word_class(word) == (WordClass.HEAD_GENERIC, "مدينه")


@pytest.mark.parametrize("word", ["وفي", "بفي", "الفي", "قلعه", ""])
def test_function_words_are_known_as_they_stand_only(folder: Path, word: str) -> None:
    lexicon = load_lexicon(folder)
    assert lexicon.word_class("في")[0] == WordClass.LOCATIVE
    assert lexicon.word_class(word) == (0, word)


def test_entries_of_several_words_are_left_out_of_word_lists(folder: Path) -> None:
    lexicon = load_lexicon(folder)
    assert lexicon.word_class("الوزير")[0] == WordClass.TITLE
    assert all(" " not in word for word in (*lexicon.classes, *lexicon.stems))


def test_a_line_without_three_columns_is_named(folder: Path) -> None:
    (folder / "place_heads.fr.tsv").write_text("ville\tPPL\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"place_heads\.fr\.tsv.*ville"):
        load_lexicon(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        load_lexicon(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("word", "word_class"),
    [
        ("في", WordClass.LOCATIVE),
        ("in", WordClass.LOCATIVE),
        ("الرئيس", WordClass.TITLE),
        ("مدينة", WordClass.HEAD_GENERIC),
        ("city", WordClass.HEAD_GENERIC),
        ("ville", WordClass.HEAD_GENERIC),
        ("محمد", WordClass.GIVEN_NAME),
    ],
)
def test_the_projects_own_lists(lexicon, word: str, word_class: WordClass) -> None:
    assert lexicon.word_class(fold(word))[0] & word_class


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وصل الوفد إلى باريس", "ar"),
        ("The minister arrived in Paris with the delegation", "en"),
        ("Le ministre est arrivé à Paris avec la délégation", "fr"),
        ("وصل إلى Paris يوم أمس", "ar"),
        ("Der Minister", "en"),
        ("", "en"),
        ("123 !", "en"),
    ],
)
def test_language_is_found_out(lexicon, text: str, language: str) -> None:
    assert detect_language(text, lexicon) == language


def test_homographs_tell_which_company_makes_a_name_a_word(folder):
    (folder / "homographs.ar.tsv").write_text(
        "# note\nقطر\tنصف|ضعف\tالدائرة\nسبأ\t-\tالقديمة\n", encoding="utf-8"
    )
    (folder / "homographs.en.tsv").write_text("Bath\thot\twater\n", encoding="utf-8")
    lexicon = load_lexicon(folder)
    assert list(lexicon.homographs) == ["قطر", "سبا", "bath"]
    assert lexicon.is_word_beside("قطر", "ونصف", "")
    assert lexicon.is_word_beside("قطر", "", "الداءره") is False
    assert lexicon.is_word_beside("قطر", "", fold_name("الدائرة"))
    assert not lexicon.is_word_beside("قطر", "الي", "امس")
    assert lexicon.is_word_beside("bath", "", "water")


def test_a_name_may_be_a_word_in_any_company_of_one_language(folder):
    (folder / "homographs.ar.tsv").write_text("كورونا\t*\t-\nقطر\tنصف\t-\n", encoding="utf-8")
    (folder / "homographs.en.tsv").write_text("EU\t*\t-\n", encoding="utf-8")
    lexicon = load_lexicon(folder)
    assert lexicon.words_alone == {"كورونا": {"ar"}, "eu": {"en"}}
    assert not lexicon.is_word_beside("كورونا", "*", "")


def test_a_line_of_homographs_without_three_columns_is_an_error(folder):
    (folder / "homographs.fr.tsv").write_text("Tours\tles\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"homographs\.fr\.tsv': 'Tours\\tles' has not three columns"):
        load_lexicon(folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_homographs_are_one_word_and_have_company(language):
    lines = (data_path() / "lexicon" / f"homographs.{language}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    names = [fold_name(row[0]) for row in rows]
    assert len(names) == len(set(names))
    assert all(" " not in name for name in names)
    assert all(len(row) == 3 and row[1:] != ["-", "-"] for row in rows)
