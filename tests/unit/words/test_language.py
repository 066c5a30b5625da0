from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.words import catalogue, language, strings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_plurals() -> None:
    arabic = strings("ar")
    assert [arabic("articles", n=n) for n in (1, 2, 3, 11, 100)] == [
        "مقال واحد",
        "مقالان",
        "3 مقالات",
        "11 مقالًا",
        "100 مقال",
    ]
    assert strings("en")("articles", n=1) == "1 article"
    assert strings("en")("articles", n=1200) == "1,200 articles"
    assert strings("xx").language == "en"


def test_dates_countries_and_shares() -> None:
    assert strings("ar").day(date(2024, 3, 4)) == "4 مارس 2024"
    assert strings("en").day(None) == "undated"
    assert strings("fr").country("DE") == "Allemagne"
    assert strings("ar").country("LY") == "ليبيا"
    assert strings("en").country("ZX") == "ZX"
    assert strings("en").share(0.974) == "97%"
    assert strings("en").share(1.0) == "100%"
    assert strings("en").share(0.9999) == "over 99%"
    assert strings("fr").share(0.001) == "moins de 1\u202f%"
    assert strings("en").reason("odd_code", "x") == "odd code: x"


def test_what_is_not_translated_is_said_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kharita.po"
    head = catalogue.catalogue_path("ar").read_text("utf-8").split("\n\n")[0]
    path.write_text(
        head
        + """

msgctxt "done"
msgid "Done"
msgstr "تم"

msgctxt "open"
msgid "Open"
msgstr ""

#, fuzzy
msgctxt "guessed"
msgid "Saved"
msgstr "تم"

#, python-brace-format
msgctxt "half"
msgid "{n} place"
msgid_plural "{n} places"
msgstr[0] ""
msgstr[1] ""
msgstr[2] ""
msgstr[3] "{n} أماكن"
msgstr[4] ""
msgstr[5] ""
""",
        "utf-8",
    )
    monkeypatch.setattr(catalogue, "catalogue_path", lambda _: path)
    read = catalogue.messages.__wrapped__("ar")
    assert read == {
        "done": "تم",
        "open": "Open",
        "guessed": "Saved",
        "half": {"one": "{n} place", "other": "{n} places"},
    }
    monkeypatch.setattr(language, "messages", lambda _: read)
    assert strings("ar")("half", n=3) == "3 places"
