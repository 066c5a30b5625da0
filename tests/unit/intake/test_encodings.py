from __future__ import annotations

import pytest

from dashboard.core.errors import ArticleFormatError
from dashboard.intake import parse_article
from dashboard.intake.encodings import read_text
from dashboard.intake.plausible import plausibility

ARABIC = "وصلت سفينة تحمل ثلاثة آلاف طن من القمح إلى ميناء بنغازي مساء الأحد.\nوقال مدير الميناء إن تفريغها يبدأ غدا."
FRENCH = (
    "À l'Élysée, le président a reçu l'envoyé des Nations unies ; l'été dernier, où déjà ça n'allait pas."
)
ENGLISH = "A ship docked in Benghazi on Sunday, the port's director said."


def misread(text: str, right: str, wrong: str) -> str:
    """Return what someone saved who read the bytes of a text in the wrong encoding."""
    shown = []
    for byte in text.encode(right):
        try:
            shown.append(bytes([byte]).decode(wrong))
        except UnicodeDecodeError:
            shown.append(chr(byte))
    return "".join(shown)


@pytest.mark.parametrize("text", [ARABIC, FRENCH, ENGLISH])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "cp1252", "iso8859-6"]
)
def test_every_encoding_of_news_is_found(text, encoding):
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the letters are not in this encoding")
    assert read_text(data).text == text


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6"])
@pytest.mark.parametrize("text", ["سفينة قمح في طبرق", "وقال الرئيس إن", "انفجار قرب المطار"])
def test_a_few_arabic_words_suffice(text, encoding):
    assert read_text(text.encode(encoding)).text == text


def test_plain_utf8_is_taken_without_a_remark():
    for text in (
        ARABIC,
        FRENCH,
        ENGLISH,
        "عاجل",
        "2024",
        "—",
        "رئیس جمهور گفت که کشور",
        "سەرۆکی هەرێمی کوردستان",
    ):
        found = read_text(text.encode())
        assert (found.text, found.encoding, found.note) == (text, "utf-8", "")


@pytest.mark.parametrize("bad", [b"\xff", b"\xd8", b"\x93\x94"])
def test_nearly_valid_utf8_is_mended_and_said(bad):
    data = ARABIC.encode()
    at = data.index(b" ", 40)
    found = read_text(data[:at] + bad + data[at:])
    assert found.encoding == "utf-8"
    assert found.text.replace("�", "") == ARABIC
    assert "damaged" in found.note
    cut = read_text(data[:-2] + b"\xd8")
    assert cut.text.startswith(ARABIC[:-2])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("utf-8", "cp1256"), ("utf-8", "cp1252"), ("cp1256", "cp1252"), ("iso8859-6", "cp1252")],
)
def test_what_was_misread_before_is_led_back(right, wrong):
    found = read_text(misread(ARABIC, right, wrong).encode())
    assert found.text == ARABIC
    assert "misread" in found.note


@pytest.mark.parametrize("wrong", ["cp1256", "cp1252"])
def test_one_misread_line_among_good_ones_is_led_back(wrong):
    first, second = ARABIC.split("\n")
    found = read_text(f"{first}\n{misread(second, 'utf-8', wrong)}".encode())
    assert found.text == ARABIC


@pytest.mark.parametrize(
    "data",
    [
        "Президент встретился с министром".encode("cp1251"),
        "Президент встретился с министром".encode(),
        "ראש הממשלה נפגש היום".encode("cp1255"),
        "中国国家主席习近平今天会见".encode("gb18030"),
        ("�" * 40 + " abc").encode(),
    ],
)
def test_what_is_not_the_writing_of_news_here_is_refused_with_what_was_tried(data):
    with pytest.raises(ArticleFormatError, match="tried: ") as caught:
        read_text(data)
    assert str(caught.value).endswith("UTF-8.")


def test_a_named_charset_comes_first_when_it_makes_sense():
    data = "قال: “نعم”".encode("cp1256")
    assert read_text(data, "windows-1256").text == read_text(data, "nonsense-8").text == "قال: “نعم”"
    assert read_text(ARABIC.encode(), "iso-8859-1").text == ARABIC


def test_words_of_two_scripts_are_plausible():
    assert plausibility("مسؤول أمريكي لـCNN: ماتيس زار iPhone و McCain") > 0.9
    assert plausibility("كَتَبَ الوَلَدُ دَرْسَهُ") == 1.0
    assert plausibility("") == 1.0


def test_an_article_carries_the_remark():
    assert parse_article(ARABIC.encode("cp1256")).notes == ("Read as windows-1256.",)
    assert parse_article(ARABIC.encode()).notes == ()
