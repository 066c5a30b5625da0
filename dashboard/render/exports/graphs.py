"""GEXF and GraphML: places and sources as a graph, for Gephi, yEd, Cytoscape and their kin.

Two kinds of edges: a source reports a place; two places are named together. The weight of either is the number of
articles. Nodes carry latitude and longitude, from which Gephi's GeoLayout draws a map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from dashboard.core.links import clean_title
from dashboard.core.models import Kind
from dashboard.query.network import place_network
from dashboard.render.exports.material import place_rows
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.render.exports.material import Handover

__all__ = ["graph_of", "save_gexf", "write_gexf", "write_graphml"]

_SOURCE_COLOUR = "#1F2328"
_UNKNOWN_SOURCE = "source:"


def graph_of(handover: Handover) -> nx.Graph[str]:
    """Return places and sources as nodes, `relation` of an edge being `reports` or `named_together`.

    A value that is not known stands nowhere: both formats know attributes that a node lacks.
    """
    selection = handover.selection
    found = place_network(selection.store, selection.filters)
    graph: nx.Graph[str] = nx.Graph(name=handover.title)
    for row in place_rows(handover):
        about = {name: value for name, value in row.items() if value is not None and name != "place_id"}
        graph.add_node(f"place:{row['place_id']}", label=row["name"], node_type="place", **about)
    by_source: dict[str, int] = {}
    for report in found.reports:
        source = f"{_UNKNOWN_SOURCE}{clean_title(report.source or '')}"
        by_source[source] = by_source.get(source, 0) + report.articles
        days = {"first": report.first, "last": report.last}
        graph.add_edge(
            source,
            f"place:{report.place_id}",
            relation="reports",
            weight=report.articles,
            stories=report.stories,
            **{name: day.isoformat() for name, day in days.items() if day},
        )
    for source, reports in by_source.items():
        name = source.removeprefix(_UNKNOWN_SOURCE) or handover.words("card_no_source")
        graph.add_node(source, label=name, name=name, node_type="source", reports=reports)
    for pair in found.together:
        graph.add_edge(
            f"place:{pair.one_id}",
            f"place:{pair.other_id}",
            relation="named_together",
            weight=pair.articles,
            stories=pair.stories,
        )
    return graph


class _Undated(GEXFWriter):  # type: ignore[misc]  # networkx is not typed here
    """Writes GEXF without the day on which it was written, so that the same selection gives the same bytes."""

    def add_graph(self, G: nx.Graph[str]) -> None:  # noqa: N803 - networkx calls it so
        super().add_graph(G)
        for meta in self.xml.iter("meta"):
            meta.attrib.pop("lastmodifieddate", None)
            for dated in meta.findall("lastmodifieddate"):
                meta.remove(dated)


def write_gexf(handover: Handover, path: Path) -> None:
    """Write GEXF, with the colours of the map."""
    graph = graph_of(handover)
    for _, about in graph.nodes(data=True):
        about["viz"] = {"color": _rgb(_colour(about))}
    save_gexf(graph, path)


def save_gexf(graph: nx.Graph[str], path: Path) -> None:
    """Write any graph as GEXF; the same graph gives the same bytes."""
    writer = _Undated(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    with path.open("wb") as file:
        writer.write(file)


def write_graphml(handover: Handover, path: Path) -> None:
    """Write GraphML."""
    nx.write_graphml_lxml(graph_of(handover), path, encoding="utf-8", prettyprint=True)


def _colour(about: dict[str, Any]) -> str:
    return KIND_COLOURS[Kind(about["kind"])] if about["node_type"] == "place" else _SOURCE_COLOUR


def _rgb(colour: str) -> dict[str, int]:
    return {name: int(colour[at : at + 2], 16) for name, at in (("r", 1), ("g", 3), ("b", 5))} | {"a": 1}
