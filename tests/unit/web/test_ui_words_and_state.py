from __future__ import annotations

import socket
import string
from datetime import date

import pytest

from dashboard.core.errors import SettingsError
from dashboard.core.models import Abstention, Kind
from dashboard.core.settings import Settings
from dashboard.geoparse.reasons import PLACE_REASONS, TOPONYM_REASONS
from dashboard.query import FILTER_NAMES, FilterIssue, Filters
from dashboard.ui.parts.filters_view import part_label, problem_line, without
from dashboard.web.launch import address_of, command, environment, serve
from dashboard.web.server import CONTENT_POLICY, tiles_origin
from dashboard.web.visit import known_parameters, read_visit
from dashboard.words.strings import LANGUAGES, TABLES, strings


def blanks(entry: object) -> set[str]:
    forms = [entry] if isinstance(entry, str) else list(entry.values())  # type: ignore[attr-defined]
    return {
        name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name and name != "n"
    }


def test_all_languages_say_the_same_things() -> None:
    for language in LANGUAGES:
        assert TABLES[language].keys() == TABLES["en"].keys()
        for key, entry in TABLES[language].items():
            assert blanks(entry) == blanks(TABLES["en"][key]), (language, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_worded(language: str) -> None:
    table = TABLES[language]
    wanted = [f"kind_{kind}" for kind in Kind] + [f"abstain_{why}" for why in Abstention]
    wanted += [f"part_{name}" for name in FILTER_NAMES] + [f"problem_{issue}" for issue in FilterIssue]
    wanted += [f"reason_{code}" for code in (*TOPONYM_REASONS, *PLACE_REASONS)]
    assert [key for key in wanted if key not in table] == []


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


def test_an_address_reproduces_the_visit() -> None:
    parameters = {
        "q": "باريس",
        "country": "LY",
        "ui": "ar",
        "place": "kh:a.b-c",
        "article": "00ff",
        "mention": "3",
    }
    visit, problems = read_visit(parameters)
    assert problems == []
    assert visit.parameters() == parameters
    assert known_parameters(visit.address()) == parameters
    assert visit.home_address() == "?q=%D8%A8%D8%A7%D8%B1%D9%8A%D8%B3&country=LY&ui=ar"


def test_unknown_values_are_reported_in_one_line() -> None:
    visit, problems = read_visit(
        {"ui": "xx", "kind": "moon", "place": "<script>", "mention": "-1", "page": "x"}
    )
    assert visit.place is None
    assert len(problems) == 5
    sentence = problem_line(problems, strings("en"))
    assert "“moon” is no kind of place" in sentence
    assert sentence.count("\n") == 0


def test_foreign_parameters_are_not_carried() -> None:
    assert known_parameters("?place=x&evil=1&q=") == {"place": "x"}


def test_a_part_is_said_and_taken_off() -> None:
    filters = Filters(countries=("LY", "FR"), min_confidence=0.8)
    assert part_label("country", "LY", strings("en")) == "in Libya"
    assert part_label("sure", "0.8", strings("en")) == "at least 80% sure"
    assert part_label("from", "2024-03-04", strings("fr")) == "depuis le 4 mars 2024"
    assert without(filters, "country", "LY").countries == ("FR",)
    assert without(filters, "sure", "0.8") == Filters(countries=("LY", "FR"))


def test_the_server_keeps_to_itself() -> None:
    settings = Settings(store="sqlite:///x.sqlite", port=8765)
    line = " ".join(command(settings))
    assert "--browser.gatherUsageStats false" in line
    assert "--server.address 127.0.0.1" in line
    assert "--client.showErrorDetails none" in line
    assert address_of(settings) == "http://localhost:8765"
    assert environment(settings)["KHARITA_STORE"] == "sqlite:///x.sqlite"
    assert "http" not in CONTENT_POLICY.format(tiles="")


def test_a_port_in_use_is_said_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Port {port} is in use"):
            serve(Settings(port=port), pytest.fail)


def test_tiles_open_one_origin() -> None:
    assert tiles_origin("") == ""
    assert tiles_origin("https://{s}.tile.example/{z}/{x}/{y}.png") == "https://*.tile.example"
    assert tiles_origin("ftp://x/{z}") == ""
