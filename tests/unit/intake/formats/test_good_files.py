"""Each format gives its articles, with what its files say of them and the place of each."""

from __future__ import annotations

from datetime import date

import pytest
from format_samples import GOOD, SOURCE, TOLD, Sample

from dashboard.core.models import Article
from dashboard.intake.draft import Content, Options
from dashboard.intake.kinds import find_format
from dashboard.intake.registry import FORMATS, reader_of
from dashboard.intake.walk import Walk

NAMES = [f"{sample.format}-{sample.name}" for sample in GOOD]


def items_of(data: bytes, name: str, options: Options | None = None):
    walk = Walk(options or Options(today=date(2026, 1, 2)))
    return [item for _, item in walk.items(Content.of(data, name), name)]


def words(text: str) -> list[str]:
    return text.split()


def test_every_format_has_a_sample_and_a_reader():
    assert {one.id for one in FORMATS} == {sample.format for sample in GOOD}
    assert all(callable(reader_of(one)) for one in FORMATS)


@pytest.mark.parametrize("sample", GOOD, ids=NAMES)
def test_a_file_is_known_for_what_it_is(sample: Sample):
    data = sample.make()
    assert find_format(Content.of(data, sample.name)).id == sample.format


@pytest.mark.parametrize("sample", GOOD, ids=NAMES)
def test_a_good_file_gives_its_articles(sample: Sample):
    items = items_of(sample.make(), sample.name)
    articles = [item for item in items if isinstance(item, Article)]
    remarks = [item for item in items if not isinstance(item, Article)]
    assert all(remark.kind in ("note", "ignored") for remark in remarks), remarks
    told = {"all": TOLD, "titles": TOLD, "first": TOLD[:1], "nothing": ()}[sample.gives]
    assert len(articles) == len(told)
    for article, one in zip(articles, told, strict=True):
        assert article.title == one.title
        expected = one.title if sample.gives == "titles" else f"{one.title}\n{one.body}"
        assert words(article.text) == words(expected)


WITHOUT_DATE = ("pdf", "docx", "odt", "rtf")


@pytest.mark.parametrize("sample", GOOD, ids=NAMES)
def test_what_a_file_says_is_kept(sample: Sample):
    for article in items_of(sample.make(), sample.name):
        if not isinstance(article, Article) or sample.format in WITHOUT_DATE:
            continue
        assert (article.published, article.date_suspect) == (date(2025, 3, 12), False)
        assert article.source is not None
        assert article.source.startswith((SOURCE, "example.org"))
        assert (article.url or "").startswith(("https://news.example.org/a/", "https://t.me/c/")) or (
            sample.format in ("mail", "mailbox", "telegram_html")
        )


@pytest.mark.parametrize(
    "sample", [one for one in GOOD if one.gives in ("all", "titles")], ids=lambda one: one.name
)
def test_each_article_of_a_file_has_its_own_place(sample: Sample):
    paths = [item.path for item in items_of(sample.make(), sample.name) if isinstance(item, Article)]
    assert len(set(paths)) == len(TOLD)
    assert all(path.startswith(sample.name) and path != sample.name for path in paths)
