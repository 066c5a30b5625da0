from __future__ import annotations

import pytest

from dashboard.core.text import fold, fold_name, fold_with_offsets, is_arabic, sentences, tokens


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أحمد إبراهيم آسيا ٱلله", "احمد ابراهيم اسيا الله"),
        ("صنعاء", "صنعا"),
        ("شاطئ", "شاطي"),
        ("القاهرة", "القاهره"),
        ("موسى", "موسي"),
        ("طَرَابُلُس", "طرابلس"),
        ("طــرابلس", "طرابلس"),
        ("تهران گرگان پاوه چابهار", "تهران كركان باوه جابهار"),
        ("ڤيينا", "فيينا"),
        ("ﻻهاي", "لاهاي"),
        ("١٢٣ ۴۵۶ 789", "123 456 789"),
        ("Élysée", "elysee"),
        ("STRASSE Straße", "strasse strasse"),
        ("Ærø Łódź Đakovo İstanbul Diyarbakır", "aero lodz dakovo istanbul diyarbakir"),
        ("Kharita™ ℃ ﷲ ﬁ", "kharitatm °c الله fi"),
        ("zero\u200bwidth\u200fmarks\ufeff", "zerowidthmarks"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_one_place_in_many_spellings_is_one_name() -> None:
    spellings = ["الإسكندرية", "الاسكندرية", "الإسكندريه", "الإسْكَنْدَرِيَّة", "الإسكـندرية", " «الإسكندرية» "]
    assert {fold_name(name) for name in spellings} == {"الاسكندريه"}


def test_fold_with_offsets_leads_back_over_marks_and_ligatures() -> None:
    folded, offsets = fold_with_offsets("بِـطُبرق ﻻ")
    assert folded == "بطبرق لا"
    assert offsets == [0, 3, 5, 6, 7, 8, 9, 9, 10]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Saint-Denis (La Réunion)", "saint denis la reunion"),
        ("  Côte\td'Ivoire ", "cote d ivoire"),
        ("بنت   جبيل", "بنت جبيل"),
        ("Ras_Lanuf", "ras lanuf"),
        ("!?", ""),
        ("ء", ""),
    ],
)
def test_fold_name_keeps_the_words(name: str, folded: str) -> None:
    assert fold_name(name) == folded


def test_tokens_are_words_with_their_places() -> None:
    text = "وصل إلى طَرابُلُس، (Tripoli)!"
    assert tokens(text) == [(0, 3, "وصل"), (4, 7, "الي"), (8, 17, "طرابلس"), (20, 27, "tripoli")]
    assert text[8:17] == "طَرابُلُس"


def test_a_word_that_folds_to_nothing_is_no_token() -> None:
    assert tokens("ء في") == [(2, 4, "في")]


@pytest.mark.parametrize(
    ("text", "arabic"), [("في Paris", True), ("پاریس", True), ("Paris ١", False), ("", False)]
)
def test_is_arabic(text: str, *, arabic: bool) -> None:
    assert is_arabic(text) is arabic


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("قال نعم. هل يعود؟ سنرى", ["قال نعم.", "هل يعود؟", "سنرى"]),
        ("A headline\n\n  Then the text", ["A headline", "Then the text"]),
        ("Rose by 3.5 per cent", ["Rose by 3.5 per cent"]),
        ("He said “Go.” She went.", ["He said “Go.” ", "She went."]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences(text: str, cut: list[str]) -> None:
    assert [text[start:end].strip("”").strip() for start, end in sentences(text)] == [
        piece.strip().strip("”").strip() for piece in cut
    ]


def test_no_character_is_folded_further_the_second_time() -> None:
    every = "".join(map(chr, range(0x30000)))
    assert fold(fold(every)) == fold(every)
