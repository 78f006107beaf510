"""Every rollup again in plain pandas and Python, by the words of the documentation: what engines are held against."""

from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from analytics.classes import ALL
from analytics.cubes import CUBES, ENDS, NO_YEAR, TOPICS

Row = dict[str, Any]
ABROAD_KINDS = ("country", "foreign_vendor")


def roll_plainly(tables: dict[str, pd.DataFrame]) -> dict[str, list[Row]]:
    """Give every small table of three clean ones as rows, in no order.

    Parameters
    ----------
    tables : dict of str to DataFrame
        `firms`, `organizations`, `relations`, as they stand in their files.
    """
    rows = {name: [_known(row) for row in frame.to_dict("records")] for name, frame in tables.items()}
    firsts = _first_years(rows["relations"])
    years = _node_years(firsts)
    nodes = [*map(_firm_node, rows["firms"]), *map(_organization_node, rows["organizations"])]
    nodes = [node | _degrees(node["id"], years, firsts) for node in nodes]
    places = {node["id"]: (node["province"], node["layer"]) for node in nodes}
    degree = {node["id"]: {name: node[name] for name in ("in_degree", "out_degree", "degree")} for node in nodes}
    found = {
        "nodes": nodes,
        "node_years": [{"id": id_, "year": year, **counts} for (id_, year), counts in years.items()],
        "firm_values": [_valued(row) | degree[row["id"]] for row in rows["firms"]],
    }
    return found | {name: _cube(rows["relations"], places, (*ENDS, *topics)) for name, topics in CUBES.items()}


def _known(row: Row) -> Row:
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def _firm_node(row: Row) -> Row:
    kept = {name: row[name] for name in ("id", "name_zh", "name_en", "sample_since")}
    said = {"province": row["province"] or "", "layer": row["layer"] or ""}
    return {**kept, **said, "is_firm": True, "kind": "", "sample_until": None}


def _organization_node(row: Row) -> Row:
    kept = {name: row[name] for name in ("id", "name_zh", "name_en", "sample_since", "sample_until")}
    outside = "abroad" if row["kind"] in ABROAD_KINDS else ""
    return {**kept, "is_firm": False, "kind": row["kind"] or "", "province": row["province"] or outside, "layer": ""}


def _first_years(relations: list[Row]) -> dict[tuple[str, str], int]:
    firsts: dict[tuple[str, str], int] = {}
    for row in relations:
        pair, year = (row["source"], row["target"]), row["year"] or NO_YEAR
        if pair[0] != pair[1]:
            known = [one for one in (firsts.get(pair, NO_YEAR), year) if one != NO_YEAR]
            firsts[pair] = int(min(known, default=NO_YEAR))
    return firsts


def _node_years(firsts: dict[tuple[str, str], int]) -> dict[tuple[str, int], dict[str, int]]:
    found: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: {"in_degree": 0, "out_degree": 0})
    for (source, target), year in firsts.items():
        found[source, year]["out_degree"] += 1
        found[target, year]["in_degree"] += 1
    return found


def _degrees(id_: str, years: dict[tuple[str, int], dict[str, int]], firsts: dict[tuple[str, str], int]) -> Row:
    into = sum(target == id_ for _, target in firsts) if len(firsts) < 500 else _of(id_, years, "in_degree")
    out = sum(source == id_ for source, _ in firsts) if len(firsts) < 500 else _of(id_, years, "out_degree")
    dated = [year for year in _years_of(id_, years) if year != NO_YEAR]
    return {"in_degree": into, "out_degree": out, "degree": into + out, "first_year": min(dated, default=None)}


_by_node: dict[int, dict[str, list[int]]] = {}


def _years_of(id_: str, years: dict[tuple[str, int], dict[str, int]]) -> list[int]:
    if id(years) not in _by_node:
        _by_node.clear()
        index: dict[str, list[int]] = defaultdict(list)
        for node, year in years:
            index[node].append(year)
        _by_node[id(years)] = index
    return _by_node[id(years)].get(id_, [])


def _of(id_: str, years: dict[tuple[str, int], dict[str, int]], name: str) -> int:
    return sum(years[id_, year][name] for year in _years_of(id_, years))


def _valued(row: Row) -> Row:
    revenue, cost = row["revenue_cny"], row["rd_cost_cny"]
    intensity = cost / revenue if revenue and cost is not None else None
    numbers = {
        "employees": row["employees"],
        "revenue_cny": revenue,
        "rd_cost_cny": cost,
        "intensity": intensity,
        "patents": row["patents"],
    }
    classes = {one.column: _class_of(value, one) for one, value in zip(ALL, numbers.values(), strict=True)}
    listed = {True: "listed", False: "unlisted", None: ""}[None if row["listed"] is None else bool(row["listed"])]
    kept = {name: row[name] for name in ("id", "name_zh", "name_en", "city")}
    said = {"province": row["province"] or "", "layer": row["layer"] or "", "listed": listed}
    return {**kept, **said, "founded_year": row["founded_year"] or NO_YEAR, **classes, **numbers}


def _class_of(value: float | None, classes: Any) -> str:
    """Name a class: each begins with its lower edge, and only the last edge belongs to the class below it."""
    if value is None:
        return ""
    scaled, last = value / classes.scale, classes.edges[-1]
    if scaled > last:
        return str(classes.slugs[-1])
    return str(classes.slugs[min(sum(scaled >= edge for edge in classes.edges), len(classes.edges) - 1)])


def _cube(relations: list[Row], places: dict[str, tuple[str, str]], dimensions: tuple[str, ...]) -> list[Row]:
    sums: Counter[tuple[Any, ...]] = Counter()
    for row in relations:
        (source_province, source_layer), (target_province, target_layer) = places[row["source"]], places[row["target"]]
        whole = {
            "year": int(row["year"] or NO_YEAR),
            "source_province": source_province,
            "target_province": target_province,
            "source_layer": source_layer,
            "target_layer": target_layer,
            **{name: row[name] or "" for name in TOPICS},
        }
        sums[tuple(whole[name] for name in dimensions)] += int(row["count"])
    return [{**dict(zip(dimensions, key, strict=True)), "n_relations": n} for key, n in sums.items()]
