"""Which calls a page of ours can make; Dash itself falls over others with a 500."""

import json
from collections.abc import Mapping
from typing import Any

from flask import request


def is_call(known: Mapping[str, Any], call: Any) -> bool:
    """Tell whether `call` names a callback of `known` and the places of that callback, in order."""
    made = known.get(str(call.get("output"))) if isinstance(call, dict) else None
    if made is None:
        return False
    changed = call.get("changedPropIds", [])
    lists = all(_are_values(call.get(part, []), made[part]) for part in ("inputs", "state"))
    named = isinstance(changed, list) and all(_is_trigger(one) for one in changed)
    return lists and named and _are_outputs(call["output"], call.get("outputs"))


def _are_outputs(names: str, outputs: Any) -> bool:
    """Tell whether `outputs` are the places that a callback's name lists, in its order."""
    places = names.strip(".").split("...")
    found = outputs if isinstance(outputs, list) else [outputs]
    return len(found) == len(places) and all(map(_stands_for, found, places))


def _stands_for(one: Any, place: str) -> bool:
    id_, _, name = place.rpartition(".")
    if not _is_place(one) or one["property"] != name:
        return False
    pattern = json.loads(id_) if id_.startswith("{") else id_
    if not (isinstance(pattern, dict) and isinstance(one["id"], dict)):
        return bool(one["id"] == pattern)
    return pattern.keys() == one["id"].keys() and pattern.get("part") == one["id"].get("part")


def body() -> Any:
    """Give the JSON of the request, or None where there is none to be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:  # brackets within brackets, thousands deep
        return None


def _is_trigger(one: Any) -> bool:
    if not isinstance(one, str) or "." not in one:
        return False
    try:
        return not one.startswith("{") or isinstance(json.loads(one.rpartition(".")[0]), dict)
    except ValueError:
        return False


def _are_values(found: Any, asked: list[dict[str, str]]) -> bool:
    """Tell whether `found` are values of the places asked for; a pattern's come as a list of places."""
    if not isinstance(found, list) or len(found) != len(asked):
        return False
    names = [f"{one['id']}.{one['property']}" for one in asked]
    groups = [
        one if isinstance(one, list) and '["ALL"]' in name else [one] for one, name in zip(found, names, strict=True)
    ]
    return all(_stands_for(one, name) for group, name in zip(groups, names, strict=True) for one in group)


def _is_place(one: Any) -> bool:
    if isinstance(one, dict) and one.get("id") == "_pages_location" and not _is_address(one):
        return False
    return isinstance(one, dict) and isinstance(one.get("id"), str | dict) and isinstance(one.get("property"), str)


def _is_address(one: dict[str, Any]) -> bool:
    value, start = one.get("value"), "/" if one.get("property") == "pathname" else ""
    return isinstance(value, str) and value.startswith(start)
