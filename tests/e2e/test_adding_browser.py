"""A new user's way: ten mixed files dropped, the report read, a date set, a source mended, one removed, all found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import format_samples as made
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.gazetteer import Gazetteer

pytestmark = pytest.mark.e2e
LONG_MS = 240_000  # for a server to read, and to find places
FIRST, SECOND = made.TOLD
LETTER = made.Told("زيارة إلى غات", "زار وفد من الأمم المتحدة مدينة غات ثم عاد إلى أوباري.")
FIRE = made.Told("حريق في زوارة", "اندلع حريق في زوارة وامتد إلى صبراتة قبل إخماده.")
TABLE = (
    "عنوان,نص,تاريخ,مصدر\n"
    "قافلة تصل إلى سبها,وصلت القافلة إلى سبها قادمة من مصراتة وتوقفت في هون ليلة واحدة,03/04/2025,البلاد\n"
)


def files() -> list[dict[str, Any]]:
    """Return ten files as a newsroom has them: six with articles, two of kinds that are not read, two that fail."""
    told = {
        "صفحة محفوظة.html": made.page(FIRST),
        "second.docx": made.docx(SECOND),
        "جدول.csv": TABLE.encode(),
        "note.txt": "سفينة في طرابلس\n\nرست سفينة شحن في ميناء طرابلس بعد رحلة من مالطا".encode("cp1256"),
        "letter.eml": made.mail(LETTER),
        "pages.zip": made.zipped({"a/b.html": made.page(FIRE, 5)}),
        "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(60),
        "sound.mp3": b"ID3\x03\x00" + bytes(60),
        "empty.txt": b"",
        "report.pdf": b"%PDF-1.4 broken",
    }  # fmt: skip
    return [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in told.items()
    ]


@pytest.fixture(scope="module")
def server_of_newcomer(
    serve: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
    full_cache: Path,
    full_gazetteer: Gazetteer,
) -> Iterator[str]:
    """Start the dashboard as `streamlit run` does, on a store that does not exist."""
    assert len(full_gazetteer) > 0
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / "gazetteer").symlink_to(full_cache / "gazetteer")
    with serve(f"sqlite:///{(folder / 'new.sqlite').as_posix()}", folder) as address:
        yield address


@pytest.fixture
def visit_new(browse: Callable[..., Any], server_of_newcomer: str) -> Iterator[Callable[..., Any]]:
    with browse(server_of_newcomer) as opened:
        yield opened


def choose(page: Any, key: str, option: str) -> None:
    """Choose in a list of Streamlit's."""
    page.locator(f".st-key-{key} [data-baseweb=select]").click()
    page.get_by_role("option", name=option).click()


def test_the_first_page_opens_by_itself_with_the_samples(visit_new: Callable[..., Any]) -> None:
    page = visit_new("?ui=en").page
    page.locator(".st-key-kh-panel .kh-list").wait_for(timeout=LONG_MS)
    assert "articles" in page.locator(".kh-sentence").inner_text()


@pytest.mark.parametrize(("language", "width", "scheme"), [("en", 1400, "light"), ("ar", 390, "dark")])
def test_from_ten_mixed_files_to_map_and_timeline(
    visit_new: Callable[..., Any], language: str, width: int, scheme: str
) -> None:
    page = visit_new(f"?ui={language}&page=add", width=width, scheme=scheme).page
    page.locator(".kh-notice").wait_for(timeout=LONG_MS)
    with page.expect_file_chooser() as chooser:
        page.locator("[data-testid=stFileUploaderDropzone]").click()
    chooser.value.set_files(files())
    page.locator(".st-key-add_store").wait_for(timeout=LONG_MS)
    assert page.locator(".kh-looked").count() == 10
    assert page.locator(".kh-looked-good").count() == 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator(".st-key-kh-orders button").first.click()  # the day comes first
    page.locator(".kh-looked", has_text="2025").nth(3).wait_for(timeout=LONG_MS)
    page.locator(".st-key-add_store button").click()
    page.locator(".kh-report").wait_for(timeout=LONG_MS)
    assert page.locator(".kh-outcome-failed").count() == 2
    assert page.locator(".kh-outcome-ignored").count() == 2
    assert page.locator(".kh-report li").count() == 10
    with page.expect_download() as report:
        page.locator(".st-key-add_csv button").click()
    lines = report.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 11
    page.locator(".st-key-add_forget button").click()
    page.locator(".kh-notice").wait_for(timeout=LONG_MS)


def test_put_right_and_found_on_the_map(visit_new: Callable[..., Any]) -> None:
    page = visit_new("?ui=en&page=articles").page
    words = page.locator(".st-key-put_words input")
    words.fill('"رست سفينة شحن"')
    words.press("Enter")
    page.locator(".kh-put-row", has_text="سفينة في طرابلس").first.wait_for()
    page.locator(".kh-put-row").nth(1).wait_for(state="detached")
    page.locator(".kh-put-row a").click()
    page.get_by_label("Date").fill("5 May 2024")
    page.get_by_label("Source").last.fill("Harbour Post")
    page.get_by_role("button", name="Save").click()
    page.locator(".kh-put-row", has_text="5 May 2024").wait_for()
    assert "Harbour Post" in page.locator(".kh-put-row").inner_text()
    assert page.locator(".kh-trail li").count() == 2

    words.fill("زوارة")
    words.press("Enter")
    row = page.locator(".kh-put-row", has_text="حريق في زوارة")
    row.wait_for()
    page.locator("[class*=st-key-put_mark_] label").first.click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.locator(".kh-put-said", has_text="1 article removed").wait_for()
    row.wait_for(state="detached")

    page.goto(page.url.partition("?")[0] + "?ui=en&source=Harbour%20Post")
    page.locator(".st-key-kh-panel .kh-list").wait_for()
    assert "1 article" in page.locator(".kh-sentence").inner_text()
    assert page.locator(".kh-time-bars").count() == 1
    page.locator(".kh-row", has_text="Tripoli").first.wait_for()
