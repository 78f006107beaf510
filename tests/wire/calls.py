"""The calls a page makes, built from what the app itself lists under `/_dash-dependencies`."""

from typing import Any

CALL = "/_dash-update-component"
REDRAWN = ("graph", "plot", "table", "table", "empty", "badge", "note", "alt", "csv", "json", "title", "subtitle")


def output_of(client: Any, start: str) -> str:
    """Give the one callback whose output starts so."""
    listed = [one["output"] for one in client.get("/_dash-dependencies").json]
    return next(one for one in listed if one.startswith(start))


def _value(id_: Any, name: str, value: Any) -> dict[str, Any]:
    return {"id": id_, "property": name, "value": value}


def _outputs(output: str, ids: list[Any]) -> list[dict[str, Any]]:
    names = [one.rpartition(".")[2] for one in output.strip(".").split("...")]
    return [{"id": id_, "property": name} for id_, name in zip(ids, names, strict=True)]


def page_call(client: Any, path: Any, search: Any = "") -> dict[str, Any]:
    """Ask for the content of a page."""
    output = output_of(client, ".._pages_content")
    return {
        "output": output,
        "outputs": _outputs(output, ["_pages_content", "_pages_store"]),
        "inputs": [_value("_pages_location", "pathname", path), _value("_pages_location", "search", search)],
        "changedPropIds": ["_pages_location.pathname"],
    }


def redraw_call(client: Any, chart: str, query: Any, lang: Any = "zh", option: Any = "", view: Any = "chart") -> Any:
    """Ask for one card anew."""
    output = output_of(client, '..{"chart":["MATCH"]')
    graph = {"part": "graph", "chart": chart}
    return {
        "output": output,
        "outputs": _outputs(output, [{"part": part, "chart": chart} for part in REDRAWN]),
        "inputs": [
            _value("filters", "data", query),
            _value({"part": "option", "chart": chart}, "value", option),
            _value({"part": "view", "chart": chart}, "value", view),
        ],
        "state": [_value("lang", "data", lang), _value(graph, "id", graph)],
        "changedPropIds": ["filters.data"],
    }


def filter_call(client: Any, province: Any = None, layer: Any = None, years: Any = None, lang: Any = "zh") -> Any:
    """Change a control of the filter bar."""
    output = output_of(client, "..filters.data")
    return {
        "output": output,
        "outputs": _outputs(output, ["filters", "chips"]),
        "inputs": [
            _value("f-province", "value", province if province is not None else []),
            _value("f-layer", "value", layer if layer is not None else []),
            _value("f-years", "value", years if years is not None else [2014, 2023]),
        ],
        "state": [_value("lang", "data", lang), _value("dataset", "data", "")],
        "changedPropIds": ["f-province.value"],
    }


def search_call(query: Any, lang: Any = "zh") -> dict[str, Any]:
    """Search the table of all numbers."""
    return {
        "output": "facts-table.children",
        "outputs": {"id": "facts-table", "property": "children"},
        "inputs": [_value("facts-search", "value", query)],
        "state": [_value("lang", "data", lang)],
        "changedPropIds": ["facts-search.value"],
    }
