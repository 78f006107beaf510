"""The calls a page makes, built from what the app itself lists under `/_dash-dependencies`."""

from typing import Any
from urllib.parse import urlencode

CALL = "/_dash-update-component"


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


def cards_link(charts: str, lang: str = "zh", **query: str) -> str:
    """Ask for some cards anew."""
    return f"/cards/{lang}.json?{urlencode({**query, 'charts': charts})}"


def search_call(query: Any, lang: Any = "zh") -> dict[str, Any]:
    """Search the table of all numbers."""
    return {
        "output": "facts-table.children",
        "outputs": {"id": "facts-table", "property": "children"},
        "inputs": [_value("facts-search", "value", query)],
        "state": [_value("lang", "data", lang)],
        "changedPropIds": ["facts-search.value"],
    }
