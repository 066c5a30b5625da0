"""A whole log-in: a provider of identities of the test's own, a server, and a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import PATIENCE_MS, _free_port, serving
from login_provider import ADDRESS, provider, write_login
from made_store import make_store

from dashboard.core.access import Role
from dashboard.core.settings import Settings
from dashboard.web.login import check_login

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_from_a_stranger_to_a_signed_decision(tmp_path: Path, browser: Browser) -> None:
    port = _free_port()
    with provider() as issuer:
        write_login(tmp_path, issuer, f"http://localhost:{port}/oauth2callback")
        access = Settings(user_data=tmp_path).access
        access.add_person("head@newsroom.example", Role.ADMINISTER)
        check_login(Settings(login=True, user_data=tmp_path, port=port))
        with serving(make_store(tmp_path), tmp_path, login=True, port=port) as server:
            assert status(f"{server}/api/articles") == 401
            context = browser.new_context(locale="en-GB")
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.goto(f"{server}/?ui=en")
            page.get_by_role("button", name="Log in").click()
            page.get_by_text("You are not on the list").wait_for()
            assert ADDRESS in page.content()
            assert "Tobruk" not in page.content()
            assert page.request.get(f"{server}/api/articles").status == 403
            access.add_person(ADDRESS, Role.READ)
            page.goto(f"{server}/?ui=en")
            page.get_by_text("Tobruk").first.wait_for()
            assert page.request.get(f"{server}/map/play.json").status == 200
            assert page.get_by_role("link", name="Check").count() == 0
            access.add_person(ADDRESS, Role.CORRECT)
            page.goto(f"{server}/?ui=en&page=review")
            page.get_by_text(f"Decisions are signed {ADDRESS}").wait_for()
            page.get_by_role("button", name="Log out").click()
            page.get_by_role("button", name="Log in").wait_for()
            assert page.request.get(f"{server}/api/articles").status == 401
            context.close()
