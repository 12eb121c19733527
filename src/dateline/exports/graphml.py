"""GraphML for yEd, igraph and networkx: the same network, days as attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from dateline.exports import BookExport
from dateline.exports.network import EDGE_VALUES, edge_values, label, network
from dateline.exports.selection import Selection
from dateline.exports.xmltext import attributes, content

_TYPES = {"intensity": "double", "voices": "int", "events": "int", "mutual": "boolean"}
_NODE_VALUES = ("name", "kind", "country", "sectors", "events", "start", "end")
_EDGE_VALUES = ("label", "start", "end", *EDGE_VALUES)


class GraphMl(BookExport):
    """A directed multigraph; an edge among equals has `mutual` true."""

    about = "the network for yEd, igraph and networkx, days as attributes"
    suffix = ".graphml"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the graph."""
        nodes, edges = network(events)
        out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for kind, names in (("node", _NODE_VALUES), ("edge", _EDGE_VALUES)):
            for name in names:
                own = attributes(**{"id": f"{kind[0]}-{name}", "for": kind, "attr.name": name})
                out.write(f"<key{own}{attributes(**{'attr.type': _TYPES.get(name, 'string')})}/>\n".encode())
        out.write(b'<graph edgedefault="directed">\n')
        for node in nodes:
            values = {name: getattr(node, name) for name in _NODE_VALUES}
            out.write(f"<node{attributes(id=node.id)}>{_data('n', values)}</node>\n".encode())
        for edge in edges:
            times = {"label": label(edge), "start": edge.start, "end": edge.end}
            own = attributes(id=edge.id, source=edge.source, target=edge.target)
            out.write(f"<edge{own}>{_data('e', {**times, **edge_values(edge)})}</edge>\n".encode())
        out.write(b"</graph>\n</graphml>\n")


def _data(kind: str, values: Mapping[str, object]) -> str:
    told = ((name, value) for name, value in values.items() if value not in (None, ""))
    return "".join(f"<data{attributes(key=f'{kind}-{name}')}>{content(value)}</data>" for name, value in told)
