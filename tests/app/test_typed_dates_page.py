"""Days are typed in any usual form, kept, and shown as the page's language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import OpenPage
    from streamlit.testing.v1 import AppTest


def kept(page: AppTest, *names: str) -> tuple[Any, ...]:
    found = []
    for name in names:
        value = page.query_params.get(name)
        found.append(value[0] if isinstance(value, list) else value)
    return tuple(found)


def type_day(page: AppTest, name: str, typed: str) -> AppTest:
    return page.text_input(key=f"filter_{name}").set_value(typed).run()


@pytest.mark.parametrize(
    ("typed", "day", "shown"),
    [
        ("31/12/2023", "2023-12-31", "31 ديسمبر 2023"),
        ("٢٠٢٣-١٢-٣١", "2023-12-31", "31 ديسمبر 2023"),
        ("mars 2019", "2019-03-01", "1 مارس 2019"),  # long before the first article
    ],
)
def test_a_typed_day_is_kept(open_page: OpenPage, typed: str, day: str, shown: str) -> None:
    page = type_day(open_page(ui="ar"), "from", typed)
    assert kept(page, "from", "to") == (day, None)
    assert page.text_input(key="filter_from").value == shown


def test_a_month_ends_with_its_last_day(open_page: OpenPage) -> None:
    page = type_day(open_page(ui="en"), "to", "february 2024")
    assert kept(page, "from", "to") == (None, "2024-02-29")


def test_two_ends_fill_both_fields_and_an_empty_one_frees_it(open_page: OpenPage) -> None:
    page = type_day(open_page(ui="fr"), "from", "mars 2023 à avril 2024")
    assert kept(page, "from", "to") == ("2023-03-01", "2024-04-30")
    page = type_day(page, "from", "")
    assert kept(page, "from", "to") == (None, "2024-04-30")


def test_what_is_no_date_stays_and_is_said(open_page: OpenPage) -> None:
    page = type_day(open_page(ui="en", **{"from": "2024-01-01"}), "from", "soon <b>")
    assert kept(page, "from") == ("2024-01-01",)
    assert page.text_input(key="filter_from").value == "soon <b>"
    said = [one.body for one in page.get("html") if 'role="alert"' in one.body]
    assert len(said) == 1
    assert "soon &lt;b&gt;" in said[0]
    page = type_day(page, "from", "2 jan 2024")
    assert kept(page, "from") == ("2024-01-02",)
    assert not [one for one in page.get("html") if 'role="alert"' in one.body]


def test_a_time_that_would_end_before_it_begins_is_refused(open_page: OpenPage) -> None:
    page = type_day(open_page(ui="en", **{"from": "2024-01-01"}), "to", "2023")
    assert kept(page, "from", "to") == ("2024-01-01", None)
    assert any("before it begins" in one.body for one in page.get("html"))


def test_two_periods_are_compared_as_typed(open_page: OpenPage) -> None:
    page = open_page(ui="en", view="compare")
    page.radio(key="filter_compare_mode").set_value("periods").run()
    for key, typed in (
        ("filter_compare_first_periods", "2023"),
        ("filter_compare_second_periods", "March 2024"),
    ):
        page.text_input(key=key).set_value(typed).run()
    assert kept(page, "from", "to") == ("2023-01-01", "2023-12-31")
    assert page.text_input(key="filter_compare_second_periods").value == "1 March 2024 – 31 March 2024"


def whole_of(page: AppTest) -> list[str]:
    return [one.body for one in page.get("html") if "kh-whole" in one.body and "<style" not in one.body]


def test_all_of_a_month_typed_for_one_end_is_a_press_away(open_page: OpenPage) -> None:
    page = type_day(open_page(ui="en"), "from", "مارس 2024")
    assert kept(page, "from", "to") == ("2024-03-01", None)
    (offered,) = whole_of(page)
    assert "Only 1 March 2024 to 31 March 2024" in offered
    assert "from=2024-03-01&amp;to=2024-03-31" in offered
    assert not whole_of(type_day(page, "to", "5 may 2024"))  # the other end is said
    page = type_day(open_page(ui="en"), "to", "2024")
    assert "from=2024-01-01&amp;to=2024-12-31" in whole_of(page)[0]
    assert not whole_of(type_day(page, "to", "3 may 2024"))  # a day has one end
