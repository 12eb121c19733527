"""GEXF 1.2 for Gephi: a dynamic network, its nodes and edges with the days on which they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from dateline.exports import BookExport
from dateline.exports.network import EDGE_VALUES, NetEdge, NetNode, edge_values, label, network
from dateline.exports.selection import Selection
from dateline.exports.xmltext import attributes

_TYPES = {"intensity": "double", "voices": "integer", "events": "integer", "mutual": "boolean"}
_NODE_VALUES = ("kind", "country", "sectors", "events")


class Gexf(BookExport):
    """A dynamic graph with dates: an edge for each pair of an event; an open end of a time has no attribute.

    All edges are directed, as readers can't mix; one among equals has `mutual` true.
    """

    about = "a dynamic network for Gephi: who did what to whom, nodes and edges with start and end"
    suffix = ".gexf"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the graph."""
        nodes, edges = network(events)
        out.write(
            b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
            b'<meta><creator>dateline</creator></meta>\n<graph mode="dynamic" defaultedgetype="directed"'
            b' timeformat="date">\n'
        )
        for kind, names in (("node", _NODE_VALUES), ("edge", EDGE_VALUES)):
            listed = "".join(f"<attribute{attributes(id=n, title=n, type=_TYPES.get(n, 'string'))}/>" for n in names)
            out.write(f'<attributes class="{kind}" mode="static">{listed}</attributes>\n'.encode())
        out.write(b"<nodes>\n")
        out.writelines(map(_node, nodes))
        out.write(b"</nodes>\n<edges>\n")
        out.writelines(map(_edge, edges))
        out.write(b"</edges>\n</graph>\n</gexf>\n")


def _node(node: NetNode) -> bytes:
    own = attributes(id=node.id, label=node.name, start=node.start, end=node.end)
    values = {"kind": node.kind, "country": node.country, "sectors": node.sectors or None, "events": node.events}
    return f"<node{own}>{_values(values)}</node>\n".encode()


def _edge(edge: NetEdge) -> bytes:
    ends = attributes(id=edge.id, source=edge.source, target=edge.target, label=label(edge))
    return f"<edge{ends}{attributes(start=edge.start, end=edge.end)}>{_values(edge_values(edge))}</edge>\n".encode()


def _values(values: Mapping[str, str | int | float | None]) -> str:
    told = "".join(f"<attvalue{attributes(for_=n, value=v)}/>" for n, v in values.items() if v is not None)
    return f"<attvalues>{told}</attvalues>"
