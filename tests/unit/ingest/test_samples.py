"""The sample articles show what the program does: two desks, dates, a story told twice and reprinted, a version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from dashboard.core.models import Article, Focus, Parse
from dashboard.ingest.samples import sample_folder
from dashboard.intake import read_paths
from dashboard.query import story_of
from dashboard.store import open_store
from dashboard.store.listing import Wanted, list_articles

if TYPE_CHECKING:
    from pathlib import Path

DESKS = {
    "ar": {"خريطة: مكتب المغرب العربي (أمثلة)", "خريطة: مكتب المشرق العربي (أمثلة)"},
    "en": {"Kharita Maghreb desk (examples)", "Kharita Mashriq desk (examples)"},
    "fr": {"Kharita, bureau du Maghreb (exemples)"},
}
UNDATED = 5  # those told after the user's own articles


@pytest.fixture(scope="module")
def samples() -> dict[str, Article]:
    found = list(read_paths([sample_folder()]))
    assert all(isinstance(one, Article) for one in found)
    return {one.path.rpartition("/")[2][:2]: one for one in found if isinstance(one, Article) and one.path}


def test_each_says_that_it_is_an_example(samples: dict[str, Article]) -> None:
    for language, desks in DESKS.items():
        assert {one.source for one in samples.values() if one.language == language} == desks
    readme = (sample_folder() / "README.md").read_text(encoding="utf-8")
    assert all(desk in readme for desks in DESKS.values() for desk in desks)
    assert f"{'Twenty-nine' if len(samples) == 29 else len(samples)} short news briefs" in readme


def test_links_lead_to_the_domain_of_examples_only(samples: dict[str, Article]) -> None:
    hosts = {urlsplit(one.url).hostname for one in samples.values() if one.url}
    assert hosts == {"example.org"}


def test_only_the_first_five_lack_a_date(samples: dict[str, Article]) -> None:
    undated = [number for number, one in samples.items() if one.published is None]
    assert undated == [f"0{number}" for number in range(1, UNDATED + 1)]


def test_a_story_by_both_desks_a_reprint_and_a_version(samples: dict[str, Article], tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 's.sqlite'}") as store:
        store.add_many([(one, Parse("ar", (), Focus(), "hand", "gaz")) for one in samples.values()])
        derna = story_of(store, samples["06"].id)
        assert derna is not None
        assert {one.id for one in derna.printings} == {samples[number].id for number in ("06", "27", "28")}
        assert derna.origins == 2
        sudan = story_of(store, samples["29"].id)
        assert sudan is not None
        assert [(one.id, one.is_replaced) for one in sudan.printings] == [
            (samples["08"].id, True),
            (samples["29"].id, False),
        ]
        others = [one for one in list_articles(store, Wanted(), 100).articles if one.copies == 1]
        assert len(others) == len(samples) - 5
