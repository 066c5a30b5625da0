"""Language, digits and theme stay as they were set in this browser; the address still wins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e
LANGUAGE = "() => document.documentElement.lang"


def test_language_digits_and_theme_are_remembered(visit: Callable[..., Any], server: str) -> None:
    page = visit("?page=about").page
    page.locator(".kh-about-page").wait_for()
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    page.locator(".kh-tongues a[lang='ar']").click()
    page.wait_for_function("() => document.documentElement.lang === 'ar'")
    page.locator(".kh-digits").click()
    page.locator(".kh-about-page", has_text=re.compile("[٠-٩]")).wait_for()
    page.locator("[data-theme-switch='Dark']").click()
    page.locator("[data-theme-switch='Light']").wait_for()

    page.goto(f"{server}/?page=about")
    page.locator(".kh-about-page", has_text=re.compile("[٠-٩]")).wait_for()
    assert page.evaluate(LANGUAGE) == "ar"
    page.locator("[data-theme-switch='Light']").wait_for()

    page.goto(f"{server}/?page=about&ui=fr")  # a link from somebody else
    page.wait_for_function("() => document.documentElement.lang === 'fr'")
    page.goto(f"{server}/?page=about&numerals=latn")
    page.wait_for_function("() => document.documentElement.lang === 'ar'")
    page.locator(".kh-about-page", has_not_text=re.compile("[٠-٩]")).wait_for()


def test_each_browser_keeps_its_own_and_nonsense_is_not_obeyed(
    visit: Callable[..., Any], server: str
) -> None:
    one = visit("?page=about").page
    one.locator(".kh-tongues a[lang='fr']").click()
    one.wait_for_function("() => document.documentElement.lang === 'fr'")
    other = visit("?page=about").page
    other.wait_for_function("() => document.documentElement.lang === 'en'")
    other.evaluate(
        "() => { document.cookie = 'kharita_ui=<b>xx; path=/'; document.cookie = 'kharita_numerals=roman; path=/'; }"
    )
    other.goto(f"{server}/?page=about")
    other.locator(".kh-about-page").wait_for()
    other.wait_for_function("() => document.documentElement.lang === 'en'")
