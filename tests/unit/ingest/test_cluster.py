"""A real scheduler and two workers read articles: the store is the same as from one process, whoever dies."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, date, datetime

import pytest
from hand_networks import write_weights
from sqlalchemy import select

from dashboard.core.errors import WorkerError
from dashboard.core.models import Article
from dashboard.geoparse import Geoparser
from dashboard.ingest import ingest
from dashboard.ingest.again import parse_again
from dashboard.ingest.reading import LocalReader, PooledReader
from dashboard.store import open_store
from dashboard.store.schema import metadata

distributed = pytest.importorskip("distributed")
from dashboard.geoparse.cluster import ClusterPool  # noqa: E402 - after it is known that it can be

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # what a killed worker leaves is Dask's to tell
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]
WHEN = datetime(2025, 3, 3, tzinfo=UTC)
TEXTS = (
    "وصل المشير خليفة حفتر إلى باريس أمس قادما من القاهرة. {n}",
    "A ship reached Tobruk from Tartus. Number {n}.",
    "Nothing happened, says number {n}.",
)


@pytest.fixture(scope="module")
def geoparser(small_gazetteer, tmp_path_factory):
    weights = write_weights(tmp_path_factory.mktemp("weights") / "hand.npz", small_gazetteer)
    return Geoparser(small_gazetteer, weights)


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        yield made


@pytest.fixture
def same_time(monkeypatch):
    class Stopped(datetime):
        @classmethod
        def now(cls, tz):
            return WHEN.astimezone(tz)

    monkeypatch.setattr("dashboard.store.store.datetime", Stopped)


def articles(count: int) -> list[Article]:
    told = (TEXTS[n % len(TEXTS)].format(n=n) for n in range(count))
    return [Article(text[:20], text, None, "Wasat", None, date(2024, 4, 18)) for text in told]


def rows(url: str) -> list[object]:
    with open_store(url) as store, store.engine.connect() as connection:
        return [
            tuple(row)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table).order_by(*table.primary_key))
        ]


@pytest.mark.usefixtures("same_time")
def test_a_cluster_gives_the_store_of_one_process_though_a_worker_is_killed(geoparser, cluster, tmp_path):
    alone, shared = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("alone", "shared"))
    with open_store(alone) as store:
        ingest(articles(120), store, LocalReader(geoparser), batch=4)
    victim = next(iter(cluster.workers.values()))

    def kill(done: int, *_: object) -> None:
        if done == 12:
            os.kill(victim.pid, signal.SIGKILL)

    with open_store(shared) as store, ClusterPool(geoparser, cluster.scheduler_address) as pool:
        assert pool.id == geoparser.id
        report = ingest(articles(120), store, PooledReader(pool), kill, batch=4, ahead=4)
        assert (report.added, report.failures) == (120, ())
    assert rows(shared) == rows(alone)


def test_a_cluster_reads_again_what_another_parser_read(geoparser, cluster, store, hand_parser):
    ingest(articles(30), store, hand_parser)
    ids = store.parsed_by_others(geoparser.id, geoparser.gazetteer.id)
    with ClusterPool(geoparser, cluster.scheduler_address) as pool:
        assert parse_again(store, PooledReader(pool), ids, ahead=2) == 30
    assert store.parser_ids() == {(geoparser.id, geoparser.gazetteer.id): 30}


def test_an_error_in_a_worker_comes_home(geoparser, cluster):
    with ClusterPool(geoparser, cluster.scheduler_address) as pool:
        with pytest.raises(ValueError, match="could not convert"):
            pool.start(_fail, "no number")()
        assert pool.start(_fail, "2.5")() == 2.5


def test_where_no_scheduler_answers_one_sentence_says_so(geoparser, monkeypatch):
    monkeypatch.setattr("dashboard.geoparse.cluster._WAIT_S", 1)
    with pytest.raises(WorkerError, match="No scheduler answers at"):
        ClusterPool(geoparser, "tcp://127.0.0.1:9")


def _fail(_: Geoparser, piece: str) -> float:
    return float(piece)
