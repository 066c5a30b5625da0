from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.models import Article, DateOrigin
from dashboard.intake.failure import ReadFailure
from dashboard.intake.sentences import refusal
from dashboard.intake.shelf import read_shelf, shelf_bytes

TEXT = st.text(st.characters(exclude_categories=()), max_size=30)  # half characters too
ARTICLES = st.builds(
    Article,
    title=TEXT,
    text=TEXT,
    language=st.none() | st.sampled_from(["ar", "en"]),
    source=st.none() | TEXT,
    url=st.none() | TEXT,
    published=st.none() | st.dates(),
    date_origin=st.none() | st.sampled_from(DateOrigin),
    date_suspect=st.booleans(),
    boilerplate=st.lists(st.tuples(st.integers(0, 9), st.integers(9, 20)), max_size=2).map(tuple),
    notes=st.lists(TEXT, max_size=2).map(tuple),
    file=st.none() | TEXT,
)
FAILURES = st.builds(
    ReadFailure,
    path=TEXT,
    reason=TEXT,
    code=TEXT,
    values=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    kind=st.sampled_from(["failed", "known", "note"]),
)


@given(items=st.lists(ARTICLES | FAILURES, max_size=4))
def test_what_is_put_down_is_taken_up_again(items, tmp_path_factory):
    path = tmp_path_factory.mktemp("shelf") / "items"
    path.write_bytes(shelf_bytes(items))
    found = list(read_shelf(path))
    assert found == items
    assert [getattr(one, "notes", one) for one in found] == [getattr(one, "notes", one) for one in items]
    assert [getattr(one, "file", one) for one in found] == [getattr(one, "file", one) for one in items]


def test_a_shelf_that_is_gone_is_one_failure(tmp_path):
    (found,) = read_shelf(tmp_path / "gone")
    assert "no longer there" in found.reason
    assert found.step


def test_days_and_refusals_stay_what_they_are(tmp_path):
    article = Article("t", "words", published=date(2025, 3, 4), date_origin=DateOrigin.FEED)
    failure = ReadFailure.of(refusal("no_articles"), "https://news.example/")
    (tmp_path / "items").write_bytes(shelf_bytes([article, failure]))
    assert list(read_shelf(tmp_path / "items")) == [article, failure]
