"""A GEXF file keeps the rules of the format's version 1.2: what stands where, references, types of values."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest

from app import server

NAMESPACE = "{http://www.gexf.net/1.2draft}"
# Element -> attributes that it must have, those it may have, and the elements that it may hold; as in the primer.
RULES: dict[str, tuple[set[str], set[str], set[str]]] = {
    "gexf": ({"version"}, {"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}, {"meta", "graph"}),
    "meta": (set(), {"lastmodifieddate"}, {"creator", "keywords", "description"}),
    "creator": (set(), set(), set()),
    "graph": (set(), {"defaultedgetype", "mode", "name"}, {"attributes", "nodes", "edges"}),
    "attributes": ({"class"}, {"mode"}, {"attribute"}),
    "attribute": ({"id", "title", "type"}, set(), {"default", "options"}),
    "nodes": (set(), {"count"}, {"node"}),
    "node": ({"id"}, {"label"}, {"attvalues"}),
    "edges": (set(), {"count"}, {"edge"}),
    "edge": ({"id", "source", "target"}, {"type", "weight", "label"}, {"attvalues"}),
    "attvalues": (set(), set(), {"attvalue"}),
    "attvalue": ({"for", "value"}, set(), set()),
}
TYPES: dict[str, Callable[[str], object]] = {
    "string": str,
    "long": int,
    "integer": int,
    "double": float,
    "float": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def problems(element: ElementTree.Element) -> list[str]:
    """Name what an element and all inside it have too much or too little."""
    name = element.tag.removeprefix(NAMESPACE)
    must, may, inside = RULES[name]
    found = [f"{name} lacks {key}" for key in must - element.attrib.keys()]
    found += [f"{name} has {key}" for key in element.attrib.keys() - must - may]
    found += [f"{name} holds {one.tag}" for one in element if one.tag.removeprefix(NAMESPACE) not in inside]
    return found or [problem for one in element for problem in problems(one)]


@pytest.mark.parametrize("query", ["?node=huawei&top=60", "?view=hubs&top=40", "?view=provinces", "?node=huawei&top=1"])
def test_the_file_keeps_the_rules(query: str) -> None:
    root = ElementTree.fromstring(server.test_client().get(f"/explorer/view.gexf{query}").data)
    assert root.tag == f"{NAMESPACE}gexf" and root.get("version") == "1.2" and problems(root) == []
    nodes, edges = (root.findall(f".//{NAMESPACE}{name}") for name in ("node", "edge"))
    ids = [node.get("id") for node in nodes]
    assert nodes and len(set(ids)) == len(ids) and len({edge.get("id") for edge in edges}) == len(edges)
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= set(ids)


def test_values_have_the_type_that_is_declared() -> None:
    root = ElementTree.fromstring(server.test_client().get("/explorer/view.gexf?node=huawei&top=60").data)
    for kind in ("node", "edge"):
        declared = {
            one.get("id"): TYPES[str(one.get("type"))]
            for one in root.findall(f".//{NAMESPACE}attributes[@class='{kind}']/{NAMESPACE}attribute")
        }
        values = root.findall(f".//{NAMESPACE}{kind}//{NAMESPACE}attvalue")
        assert values and all(one.get("for") in declared for one in values)
        for one in values:
            declared[one.get("for")](str(one.get("value")))
