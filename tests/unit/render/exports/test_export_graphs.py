from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import orjson
import pytest

from dashboard.core.models import Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.query import Filters
from dashboard.query.network import MOST_NAMED, place_network
from dashboard.render.exports import write_file
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dashboard.render.exports import Handover

    Handed = Callable[..., Handover]

READERS = {".gexf": nx.read_gexf, ".graphml": nx.read_graphml}
# What the model of FollowTheMoney 4 knows, of what is written: schema, its properties, those that name another entity.
KNOWN = {
    "Note": {"name", "description", "keywords"},
    "Address": {"name", "alias", "full", "country", "latitude", "longitude", "keywords"},
    "Article": {"title", "publisher", "publishedAt", "sourceUrl", "language"},
    "Documentation": {"document", "entity", "role", "date", "summary", "publisher", "namesMentioned"},
}


@pytest.mark.parametrize("suffix", READERS)
def test_a_graph_is_read_by_networkx(handed: Handed, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"news{suffix}"
    write_file(handed("ar"), path)
    graph = READERS[suffix](path)
    tobruk = graph.nodes["place:kh:tobruk"]
    assert (tobruk["label"], tobruk["name_en"], tobruk["node_type"]) == ("طبرق", "Tobruk", "place")
    assert (tobruk["latitude"], tobruk["longitude"], tobruk["article_count"]) == (32.08, 23.96, 5)
    told = graph.edges["source:Harbour Post", "place:kh:tobruk"]
    assert (told["relation"], told["weight"], told["first"]) == ("reports", 1, "2024-03-04")
    both = graph.edges["place:kh:cairo", "place:kh:tobruk"]
    assert (both["relation"], both["weight"], both["stories"]) == ("named_together", 2, 2)
    assert {about["node_type"] for _, about in graph.nodes(data=True)} == {"place", "source"}
    again = tmp_path / f"again{suffix}"
    write_file(handed("ar"), again)
    assert again.read_bytes() == path.read_bytes()


def test_filters_hold_in_a_graph(handed: Handed, tmp_path: Path) -> None:
    write_file(handed(countries=("EG",)), tmp_path / "news.gexf")
    graph = nx.read_gexf(tmp_path / "news.gexf")
    assert {name for name in graph if name.startswith("place:")} == {"place:kh:cairo"}


def test_articles_that_list_places_say_nothing_of_pairs(tmp_path: Path) -> None:
    names = [f"Place{number:03}" for number in range(MOST_NAMED + 1)]
    text = " ".join(names)
    found = tuple(
        Resolution(Mention(9 * n, 9 * n + 8, name), Place(f"kh:{n}", name, Kind.CITY, 1, n), 0.9)
        for n, name in enumerate(names)
    )
    with open_store(f"sqlite:///{tmp_path}/s.sqlite") as store:
        store.add(Article("List", text), Parse("en", found, Focus(), "p", "g"))
        short = Article("Pair", text[:17])
        store.add(short, Parse("en", found[:2], Focus(), "p", "g"))
        network = place_network(store, Filters())
    assert (network.lists, len(network.together), network.left_out) == (1, 1, 0)
    assert len(network.reports) == MOST_NAMED + 1


def entities_of(handed: Handed, folder: Path) -> list[dict[str, object]]:
    path = folder / "news.ftm.json"
    write_file(handed(), path)
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_follow_the_money_names_each_entity_once_and_joins_them(handed: Handed, tmp_path: Path) -> None:
    found = entities_of(handed, tmp_path)
    by_id = {entity["id"]: entity for entity in found}
    assert len(by_id) == len(found)
    assert {entity["schema"] for entity in found} == set(KNOWN)
    for entity in found:
        assert set(entity["properties"]) <= KNOWN[entity["schema"]]
        assert all(isinstance(value, str) for values in entity["properties"].values() for value in values)
    for entity in found:
        if entity["schema"] == "Documentation":
            assert by_id[entity["properties"]["document"][0]]["schema"] == "Article"
            assert by_id[entity["properties"]["entity"][0]]["schema"] == "Address"
    tobruk = next(e["properties"] for e in found if e["properties"].get("name") == ["Tobruk"])
    assert (tobruk["country"], tobruk["alias"], tobruk["full"]) == (["ly"], ["طبرق"], ["Tobruk, Libya"])


def test_follow_the_money_is_valid_by_its_own_model(handed: Handed, tmp_path: Path) -> None:
    model = pytest.importorskip("followthemoney").model
    for told in entities_of(handed, tmp_path):
        entity = model.get_proxy(told)
        entity.schema.validate(told)
        kept = model.get_proxy(told, cleaned=False)  # the model throws out what it does not understand
        assert {name: sorted(kept.get(name)) for name in told["properties"]} == {
            name: sorted(values) for name, values in told["properties"].items()
        }
