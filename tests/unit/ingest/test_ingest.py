from __future__ import annotations

import pytest

from dashboard.core.models import Article
from dashboard.ingest import ingest
from dashboard.intake import ReadFailure


def _articles(count: int) -> list[Article]:
    return [Article(f"n {number}", f"n {number} ليبيا") for number in range(count)]


def test_ingest_reports_what_became_of_each(store, hand_parser):
    bad = ReadFailure("x.txt", "The file is empty.")
    report = ingest([*_articles(3), bad, _articles(1)[0]], store, hand_parser)
    assert (report.added, report.known, report.failures, report.mentions) == (3, 1, (bad,), 3)
    assert report.seconds > 0
    assert store.counts().articles == 3


def test_ingest_again_parses_nothing(store, hand_parser):
    ingest(_articles(5), store, hand_parser)
    hand_parser.seen.clear()
    report = ingest(_articles(6), store, hand_parser)
    assert (report.added, report.known) == (1, 5)
    assert hand_parser.seen == ["n 5 ليبيا"]


def test_broken_off_ingest_leaves_whole_batches_and_goes_on(store, make_parser, hand_parser):
    with pytest.raises(RuntimeError, match="n 7"):
        ingest(_articles(12), store, make_parser(fail_on="n 7"), batch=3)
    assert store.counts().articles == 6
    assert store.counts().mentions == 6
    report = ingest(_articles(12), store, hand_parser, batch=3)
    assert (report.added, report.known) == (6, 6)


def test_broken_source_leaves_whole_batches(store, hand_parser):
    def source():
        yield from _articles(5)
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        ingest(source(), store, hand_parser, batch=2)
    assert store.counts().articles == 4


def test_text_that_no_database_holds_is_a_failure(store, hand_parser):
    odd = [Article("a", "a\0b", path="nul.txt"), Article("b", "b \ud800")]
    report = ingest([*odd, *_articles(1)], store, hand_parser)
    assert report.added == 1
    assert [failure.path for failure in report.failures] == ["nul.txt", odd[1].id]


def test_parser_that_forgets_a_text_stores_nothing(store, hand_parser):
    class Forgetful:
        def parse_many(self, texts):
            return hand_parser.parse_many(list(texts)[1:])

    with pytest.raises(ValueError, match="shorter"):
        ingest(_articles(2), store, Forgetful())
    assert store.counts().articles == 0


def test_progress_is_told_after_each_batch(store, hand_parser):
    told = []
    ingest(_articles(5), store, hand_parser, lambda *what: told.append(what), batch=2)
    assert told == [(2, 5, "n 1"), (4, 5, "n 3"), (5, 5, "n 4")]
    told.clear()
    ingest(iter(_articles(1)), store, hand_parser, lambda *what: told.append(what))
    assert told == [(1, 0, "n 0")]


def test_batches_are_handed_out_ahead_and_stored_in_order(store, hand_parser):
    class Eager:
        """Begins with what it is given at the call, as a parser in other processes does."""

        def __init__(self):
            self.given, self.stored_then = [], []

        def parse_many(self, texts):
            self.given.append(list(texts))
            self.stored_then.append(store.counts().articles)
            return iter(list(hand_parser.parse_many(self.given[-1])))

    parser, told = Eager(), []
    twice = [*_articles(7), *_articles(7)[3:]]
    report = ingest(twice, store, parser, lambda *what: told.append(what[0]), batch=2, ahead=2)
    assert (report.added, report.known) == (7, 4)
    assert store.counts().articles == 7
    assert parser.stored_then[:4] == [0, 0, 0, 2]
    assert told == [2, 4, 6, 8, 10, 11]
    assert report.mentions >= 7
