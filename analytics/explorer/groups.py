"""Groups of nodes as one node each: provinces on the map, communities by size."""

import json
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import store
from analytics.contract import NONE, OUTSIDE
from analytics.explorer.arcs import Arcs

KM = 90.0  # of the map, that one unit of a view stands for
MOST_GROUPS = 40
PROVINCE, COMMUNITY = "province", "community"
WIDE = 1.8  # names need more room beside each other than above


@dataclass(frozen=True)
class Grouped:
    """Groups as nodes.

    Attributes
    ----------
    items : DataFrame
        Grain: group. `code` (text), `n_nodes`, `hub` (row of the best connected node), `x`, `y`.
    flows : DataFrame
        Grain: ordered pair of groups. `source`, `target` (rows of `items`), `weight`.
    """

    items: pd.DataFrame
    flows: pd.DataFrame


def codes_of(kind: str, data: str) -> pd.Series:
    """Give every node's group, empty where it has none.

    Raises
    ------
    KeyError
        The data set has no such groups.
    """
    tables = store.tables(data)
    if kind == PROVINCE:
        return tables["nodes"]["province"].replace(OUTSIDE, NONE)
    numbers = tables["node_values"]["community"]
    if not numbers.ge(0).any():
        raise KeyError(kind)
    return numbers.astype(str)


def group_nodes(arcs: Arcs, kind: str, data: str) -> Grouped:
    """Gather the nodes that have arcs into their groups, the largest `MOST_GROUPS` of them."""
    codes, degrees = codes_of(kind, data), arcs.degrees()
    there = (degrees > 0) & codes.ne(NONE).to_numpy()
    nodes = pd.DataFrame({"code": codes, "degree": degrees, "row": np.arange(arcs.n_nodes)})[there]
    nodes = nodes.sort_values(["degree", "row"], ascending=[False, True])
    items = nodes.groupby("code", sort=True).agg(n_nodes=("row", "size"), hub=("row", "first"))
    items = items.sort_values("n_nodes", ascending=False, kind="stable").head(MOST_GROUPS).reset_index()
    flows = _flows(arcs, codes, items["code"])
    x, y = _on_map(items["code"]) if kind == PROVINCE else _round(len(items))
    return Grouped(items.assign(x=x, y=y), flows)


def _flows(arcs: Arcs, codes: pd.Series, shown: pd.Series) -> pd.DataFrame:
    number = pd.Series(range(len(shown)), index=shown)
    row = codes.map(number).fillna(-1).to_numpy(np.int64)
    ends = pd.DataFrame({"source": row[arcs.source], "target": row[arcs.target], "weight": arcs.weight})
    inside = ends[(ends["source"] >= 0) & (ends["target"] >= 0)]
    return inside.groupby(["source", "target"])["weight"].sum().reset_index()


def _on_map(codes: pd.Series) -> tuple[list[float], list[float]]:
    centroids = json.loads(store.map_json())["centroids"]
    points = [centroids.get(code, [0, 0]) for code in codes]
    return [x / KM for x, _ in points], [-y / KM for _, y in points]


def _round(count: int) -> tuple[list[float], list[float]]:
    """Place the largest in the middle and the others on rings around it."""
    x, y, at, ring = [0.0] * min(count, 1), [0.0] * min(count, 1), 1, 1
    while at < count:
        room = 6 * ring
        part = min(room, count - at)
        for one in range(part):
            turn = 2 * math.pi * one / part + ring
            x.append(WIDE * 9 * ring * math.cos(turn))
            y.append(9 * ring * math.sin(turn))
        at, ring = at + part, ring + 1
    return x, y
