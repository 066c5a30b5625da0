"""Each page as each role, and as a stranger; and every control's step, whatever a page shows."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from made_store import make_articles, make_store
from test_page import html_of

import dashboard.ui
from dashboard.core.access import Access, Role
from dashboard.store import open_store
from dashboard.store.corrections import list_corrections
from dashboard.ui.main import NEEDED
from dashboard.web.visit import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]

ADDRESS = "amal@newsroom.example"
UI = Path(dashboard.ui.__file__).parent
# Steps that change nothing but what one visitor sees.
HARMLESS = {
    # turning, choosing, opening and closing in one's own session
    "_follow", "_select", "_typed", "_first_page", "_mark", "_keep_day", "_keep_search",
    "keep", "ignore", "desk.open", "desk.skip", "desk.look_again", "chosen.update", "chosen.clear",
    "st.login", "st.logout",
}  # fmt: skip


class Somebody:
    """Who looks at the page; what the provider says of them can change between two steps."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}

    def __call__(self) -> dict[str, Any]:
        return self.claims

    def logs_in(self, address: str = ADDRESS, **more: Any) -> None:
        self.claims = {"is_logged_in": True, "email": address, **more}


@pytest.fixture
def access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path / "user"))
    monkeypatch.setenv("KHARITA_LOGIN", "true")
    made = Access(tmp_path / "user")
    made.add_person("head@newsroom.example", Role.ADMINISTER)
    return made


@pytest.fixture
def somebody(access: Access, monkeypatch: pytest.MonkeyPatch) -> Somebody:
    assert access.has_administrator
    made = Somebody()
    monkeypatch.setattr("dashboard.ui.parts.visitor._claims", made)
    return made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store that is looked at only."""
    return make_store(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return a store that a test changes."""
    return make_store(tmp_path)


def controls(page: AppTest) -> set[str]:
    """Return the keys of what can be pressed, typed in, or chosen."""
    kinds = ("button", "text_input", "text_area", "checkbox", "selectbox", "file_uploader", "radio", "toggle")
    found = [one for kind in kinds for one in page.get(kind)]
    found += list(page.get("button_group")) + list(page.get("download_button"))
    return {getattr(one, "key", None) or one.proto.id for one in found}


ADDRESSES = [{"page": page} for page in ("", *PAGES)] + [
    {"article": make_articles()[0][0].id, "mention": "1"},
    {"page": "articles", "article": make_articles()[0][0].id},
    {"place": "kh:tobruk"},
    {"view": "journeys"},
]


def shows_the_way_in_only(page: AppTest, key: str) -> bool:
    html = html_of(page)
    told = [word for word in ("Tobruk", "Harbour", "Cairo", "kh-bar") if word in html]
    return controls(page) == {key} and "kh-notice" in html and not told


@pytest.mark.parametrize("asked", ADDRESSES, ids=str)
def test_a_stranger_is_shown_the_way_in_and_nothing_else(
    open_page: OpenPage, somebody: Somebody, kept: str, asked: dict[str, str]
) -> None:
    assert somebody.claims == {}
    assert shows_the_way_in_only(open_page(store=kept, ui="en", **asked), "log_in")


@pytest.mark.parametrize("claims", ["not listed", "not verified", "damaged table"])
def test_who_logged_in_and_is_not_let_in_sees_no_more(
    open_page: OpenPage, somebody: Somebody, kept: str, claims: str, tmp_path: Path
) -> None:
    address = "stranger@elsewhere.example" if claims == "not listed" else "head@newsroom.example"
    somebody.logs_in(address, email_verified=claims != "not verified")
    if claims == "damaged table":
        (tmp_path / "user" / "access.json").write_text("{", encoding="utf-8")
    for asked in ADDRESSES[::4]:
        assert shows_the_way_in_only(open_page(store=kept, ui="en", **asked), "log_out")


@pytest.mark.parametrize("page", ["", *PAGES])
def test_each_page_honours_the_role(
    open_page: OpenPage, somebody: Somebody, access: Access, kept: str, page: str
) -> None:
    somebody.logs_in(ADDRESS.upper())
    for role in Role:
        access.add_person(ADDRESS, role)
        opened = open_page(store=kept, ui="en", page=page)
        refused = "This page is not for your role" in html_of(opened)
        assert refused == (not role.covers(NEEDED.get(page, Role.READ)))
        assert "log_out" in controls(opened)
        if refused:
            assert controls(opened) == {"log_out"}


# What a reader may press, type or choose: it filters, searches, exports, or looks at a text of their own.
FOR_READERS = (
    "dossier",
    "log_out",
    "filter_",
    "export",
    "paste_text",
    "paste_read",
    "order",
    "compare_",
    "time",
    "versus",
)


@pytest.mark.parametrize("asked", ADDRESSES, ids=str)
def test_readers_see_no_control_that_changes_anything(
    open_page: OpenPage, somebody: Somebody, access: Access, kept: str, asked: dict[str, str]
) -> None:
    access.add_person(ADDRESS, Role.READ)
    somebody.logs_in()
    page = open_page(store=kept, ui="en", **asked)
    html_of(page)
    left = {key for key in controls(page) if not key.startswith(FOR_READERS)}
    assert left == set()


def test_decisions_are_signed_with_who_is_logged_in(
    open_page: OpenPage, somebody: Somebody, access: Access, url: str
) -> None:
    access.add_person(ADDRESS, Role.CORRECT)
    somebody.logs_in()
    page = open_page(store=url, ui="en", page="review")
    assert f"Decisions are signed {ADDRESS}" in html_of(page)
    assert "correct_who" not in controls(page)
    page.session_state["correct_who"] = "Somebody else"
    page.button(key="correct_right").click().run()
    with open_store(url) as store:
        assert {item.correction.who for item in list_corrections(store)} == {ADDRESS}


def test_a_role_that_was_taken_away_holds_at_the_next_step(
    open_page: OpenPage, somebody: Somebody, access: Access, url: str
) -> None:
    access.add_person(ADDRESS, Role.CORRECT)
    somebody.logs_in()
    page = open_page(store=url, ui="en", page="review")
    access.add_person(ADDRESS, Role.READ)
    page.button(key="correct_right").click().run()
    assert [one.value for one in page.toast] == ["Nothing was changed: you may not do this here."]
    assert "This page is not for your role" in html_of(page)
    access.remove_person(ADDRESS)
    assert controls(page.run()) == {"log_out"}
    with open_store(url) as store:
        assert list(list_corrections(store)) == []


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_the_way_in_is_worded(open_page: OpenPage, somebody: Somebody, kept: str, language: str) -> None:
    said = {"ar": "سجّل دخولك", "en": "Log in", "fr": "Identifiez-vous"}[language]
    assert somebody.claims == {}
    assert said in html_of(open_page(store=kept, ui=language))


def test_no_harmless_step_is_listed_for_nothing() -> None:
    assert HARMLESS - {step for _, step in steps()} == set()


@pytest.mark.parametrize(
    "asked", [{"article": make_articles()[0][0].id, "mention": "1"}, {"page": "paste"}], ids=str
)
def test_who_may_correct_sees_more(
    open_page: OpenPage, somebody: Somebody, access: Access, kept: str, asked: dict[str, str]
) -> None:
    access.add_person(ADDRESS, Role.CORRECT)
    somebody.logs_in()
    page = open_page(store=kept, ui="en", **asked)
    assert {key for key in controls(page) if not key.startswith(FOR_READERS)}


def test_the_table_of_who_may_open_what_names_pages() -> None:
    assert set(NEEDED) <= set(PAGES)


def steps() -> list[tuple[str, str]]:
    """Return every step that a control of the page takes: its module, and how it is written there."""
    found = []
    for file in sorted(UI.rglob("*.py")):
        name = ".".join(("dashboard.ui", *file.relative_to(UI).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and (node.arg or "").startswith("on_"):
                value = node.value.value if isinstance(node.value, ast.Constant) else ast.unparse(node.value)
                found.append((name, str(value)))
    return sorted(set(found))


@pytest.mark.parametrize(("module", "step"), steps())
def test_every_step_that_changes_something_asks_for_a_role(module: str, step: str) -> None:
    if step in HARMLESS or step.startswith(("step(", "needs(Role.")):
        return
    made = import_module(module)
    assert hasattr(getattr(made, step, None), "needs") or _inside_needs(made.__file__, step), (
        f"{step} of {module} is neither guarded with `needs` nor known to change nothing"
    )


def _inside_needs(file: str | None, step: str) -> bool:
    """Tell whether every function of this name in a file, nested ones too, is guarded."""
    tree = ast.parse(Path(file or "").read_text(encoding="utf-8"))
    named = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == step]
    return bool(named) and all(
        any(ast.unparse(mark).startswith("needs(") for mark in one.decorator_list) for one in named
    )
