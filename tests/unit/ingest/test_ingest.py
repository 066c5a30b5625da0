from __future__ import annotations

import csv
import sys

import pytest

from dashboard.core.errors import WorkerError
from dashboard.core.models import Article
from dashboard.ingest import FileReport, Outcome, ingest, write_report
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


def test_batches_are_bounded_by_characters(store, hand_parser, monkeypatch):
    monkeypatch.setattr(sys.modules["dashboard.ingest.ingest"], "_BATCH_CHARACTERS", 100)
    given = []

    class Watching:
        def parse_many(self, texts):
            given.append([len(text) for text, _ in texts])
            return hand_parser.parse_many(texts)

    texts = ["a" * 60, "b" * 30, "c" * 20, "d" * 500, "e"]
    report = ingest([Article("t", text) for text in texts], store, Watching())
    assert given == [[60, 30], [20], [500], [1]]
    assert report.added == 5


class _Small:
    """A parser on a machine with little memory."""

    def __init__(self, parser, most):
        self.parser, self.most = parser, most

    def parse_many(self, texts):
        given = list(texts)
        if sum(len(text) for text, _ in given) > self.most:
            raise MemoryError
        return self.parser.parse_many(given)


class _SmallBeside(_Small):
    """The same, where the memory ends only when the answer is asked for."""

    def parse_many(self, texts):
        given = list(texts)
        yield from super().parse_many(given)


@pytest.mark.parametrize("kind", [_Small, _SmallBeside])
def test_what_memory_does_not_hold_is_skipped_with_a_reason_and_the_rest_goes_in(store, hand_parser, kind):
    big = Article("big", "ليبيا " * 100, file="folder/big.txt")
    report = ingest([*_articles(3), big, *_articles(5)], store, kind(hand_parser, 60))
    assert (report.added, report.known) == (5, 3)
    (failure,) = report.failures
    assert (failure.path, "more memory" in failure.reason) == ("folder/big.txt", True)
    assert store.counts().articles == 5


def test_who_stops_keeps_what_is_stored_and_goes_on_later(store, hand_parser):
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > 2

    report = ingest(_articles(12), store, hand_parser, batch=3, stop=stop)
    assert (report.added, report.stopped) == (6, True)
    assert store.counts().articles == 6
    again = ingest(_articles(12), store, hand_parser, batch=3)
    assert (again.added, again.known, again.stopped) == (6, 6, False)


def test_an_interrupt_leaves_whole_batches_and_says_so(store, hand_parser):
    def source():
        yield from _articles(5)
        raise KeyboardInterrupt

    report = ingest(source(), store, hand_parser, batch=2)
    assert (report.added, report.stopped) == (4, True)


def test_workers_that_were_stopped_too_are_no_failure(store):
    class Ended:
        def parse_many(self, _texts):
            raise WorkerError("gone")

    with pytest.raises(WorkerError):
        ingest(_articles(2), store, Ended())
    assert ingest(_articles(2), store, Ended(), stop=lambda: True).stopped


def test_a_line_a_file_says_what_became_of_it(store, hand_parser):
    ingest([Article("old", "old ليبيا")], store, hand_parser)
    items = [
        Article("n", "new ليبيا", file="a/one.txt"),
        Article("n", "new ليبيا", file="b/one.txt"),
        Article("old", "old ليبيا", file="old.txt"),
        Article("m", "mended", file="mended.txt", notes=("Two bytes were mended.",)),
        ReadFailure("bad.txt", "The file is empty.", "Save it again."),
        Article("p", "part one", file="list.csv"),
        ReadFailure("list.csv", "Row 3 can't be read.", "Mend the row."),
        ReadFailure("list.csv", "Row 4 can't be read.", "Mend the row."),
        ReadFailure("photo.jpg", "Files of this kind are not read.", kind="ignored"),
        ReadFailure("wet.txt", "It is being written.", "Later.", kind="left"),
        ReadFailure("mended.txt", "A remark.", kind="note"),
    ]
    report = ingest(items, store, hand_parser)
    assert [(file.path, file.outcome) for file in report.files] == [
        ("a/one.txt", Outcome.READ),
        ("b/one.txt", Outcome.KNOWN),
        ("old.txt", Outcome.KNOWN),
        ("mended.txt", Outcome.READ),
        ("bad.txt", Outcome.FAILED),
        ("list.csv", Outcome.PARTLY),
        ("photo.jpg", Outcome.IGNORED),
        ("wet.txt", Outcome.LEFT),
    ]
    by_path = {file.path: file for file in report.files}
    assert by_path["mended.txt"].reason == "A remark. Two bytes were mended."
    assert by_path["list.csv"].next_step == "Mend the row."
    assert (by_path["list.csv"].articles, by_path["list.csv"].failed) == (1, 2)
    assert {failure.path for failure in report.failures} == {"bad.txt", "list.csv"}


def test_a_copy_of_a_story_is_said(store, hand_parser):
    body = " ".join(f"word{number}" for number in range(60))
    report = ingest(
        [Article("one", body, file="one.txt"), Article("two", f"Another head\n{body}", file="two.txt")],
        store,
        hand_parser,
    )
    assert report.copies == 1
    assert [file.outcome for file in report.files] == [Outcome.READ, Outcome.COPY]


def test_the_report_is_a_table_that_nothing_in_it_can_turn_into_a_formula(tmp_path):
    files = [FileReport("=cmd|x", articles=2, copies=1), FileReport("ب.txt", failed=1, reasons=["سبب"])]
    write_report(files, tmp_path / "report.csv")
    raw = (tmp_path / "report.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert [row["file"] for row in rows] == ["'=cmd|x", "ب.txt"]
    assert [(row["outcome"], row["articles"], row["copies"]) for row in rows] == [
        ("read", "2", "1"),
        ("failed", "0", "0"),
    ]
    assert rows[1]["reason"] == "سبب"


def test_a_remark_on_what_is_packed_in_a_file_is_the_files_own(store, hand_parser):
    inner = "news.zip › news.csv"
    told = Article("t", "Libya\n\nLibya said so.", path=f"{inner}#1", file="news.zip")
    remark = ReadFailure(inner, "Columns that were not read: id.", kind="note")
    report = ingest([told, remark], store, hand_parser)
    assert [(one.path, one.outcome, one.reason) for one in report.files] == [
        ("news.zip", Outcome.READ, "Columns that were not read: id.")
    ]
