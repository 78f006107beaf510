"""The network's statistics under the reader's filters, beside those of the whole and the printed ones."""

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html
from flask import Blueprint, Response, jsonify, request

from analytics import store
from analytics.explorer.arcs import load_arcs, too_many
from analytics.filters import Filters, parse
from components.charts.needs import too_many_said
from components.charts.select import STATUS
from components.files import reader_language
from components.i18n import LANGUAGES, t
from components.markup import to_html
from components.view import View

# Statistic -> decimals; percentages are shares.
SHOWN = {
    "nodes": 0,
    "arcs": 0,
    "average_degree": 3,
    "density": 6,
    "reciprocity": 4,
    "average_path_length": 3,
    "diameter": 0,
    "radius": 0,
    "unreachable_share": 4,
    "clustering_directed": 3,
    "clustering_undirected_gephi": 3,
    "clustering_undirected_networkx": 3,
    "weak_components": 0,
    "giant_component_share": 4,
    "strong_components": 0,
    "largest_strong_share": 4,
    "highest_core": 0,
    "degree_assortativity": 3,
    "rich_club": 4,
    "top_20_percent_share": 4,
    "degree_gini": 3,
    "power_law_degree_exponent": 3,
    "power_law_degree_p": 2,
    "communities": 0,
    "modularity": 3,
}
# Statistic -> the measure of table 1 that prints it.
PRINTED = {
    "nodes": "n_nodes",
    "arcs": "n_relations",
    "average_degree": "average_degree",
    "average_path_length": "average_path_length",
    "diameter": "diameter",
    "clustering_directed": "clustering",
}
LAST = 2023
MOST_KEPT = 32

network_panel = Blueprint("network_panel", __name__)


def statistics_section(view: View) -> html.Section:
    """Give the section, which its script fills."""
    lang = view.lang
    head = html.Div(
        [
            html.Div(
                [html.H2(t("statistics.title", lang)), html.P(t("statistics.text", lang), className="card-subtitle")]
            ),
            html.Span(className="badge", id="statistics-badge"),
        ],
        className="card-head",
    )
    said = {"data-lang": lang, "data-busy": t("statistics.busy", lang), "data-lost": t("explorer.lost", lang)}
    body = html.Div(t("statistics.busy", lang), id="statistics-body", role="status")
    return html.Section([head, body], id="statistics", className="panel", **said)


@network_panel.get("/network/stats.json")
def stats() -> Response:
    """Send the statistics of the chosen part of the network as HTML."""
    asked = request.args.get("lang", "")
    lang = asked if asked in LANGUAGES else reader_language()
    filters = parse(request.args.to_dict(flat=False)).filters.only({"provinces", "layers", "years", "end", "data"})
    kind = store.snapshot(filters.data).manifest["dataset"]["kind"]
    note = html.P(too_many_said(lang)) if too_many(filters.data) else None
    parts = {"html": to_html([note, _table(filters, kind, lang)]), "badge": STATUS[kind]}
    return jsonify({**parts, "badge_said": t(f"badge.{STATUS[kind]}", lang)})


def _table(filters: Filters, kind: str, lang: str) -> html.Table:
    whole = Filters(years=store.span(filters.data), data=filters.data)
    name = store.snapshot(filters.data).name
    every = _whole(filters.data)
    chosen = every if filters == whole else {} if too_many(filters.data) else measured(filters, name)
    printed = _printed() if kind == "reconstruction" and filters == whole else {}
    columns = ["chosen", *(["whole"] if filters != whole else []), *(["printed"] if printed else [])]
    heads = [html.Th(t(f"statistics.{one}", lang), scope="col", className="num") for one in columns]
    values: dict[str, dict[str, Any]] = {"chosen": chosen, "whole": every, "printed": printed}
    lines = [
        html.Tr(
            [
                html.Td(_named(key, lang)),
                *(html.Td(_write(values[one].get(key), key), className="num") for one in columns),
            ]
        )
        for key in SHOWN
    ]
    return html.Table([html.Thead(html.Tr([html.Th(""), *heads])), html.Tbody(lines)], className="data-table")


def _named(key: str, lang: str) -> list[Any]:
    return [
        t(f"statistics.name_{key}", lang),
        html.Span(t(f"statistics.formula_{key}", lang), className="statistics-formula"),
    ]


def _write(value: float | str | None, key: str) -> str:
    if isinstance(value, str):
        return value
    return "–" if value is None else f"{value:,.{SHOWN[key]}f}"


def _whole(data: str) -> dict[str, float | None]:
    """Give the statistics of the whole network, which the build worked out."""
    rows = store.tables(data)["network_values"]
    return {str(name): None if pd.isna(value) else value for name, value in rows.to_numpy()}


@lru_cache(maxsize=MOST_KEPT)
def measured(filters: Filters, _snapshot: str) -> dict[str, float | int | None]:
    """Measure the part of a network that the filters leave; the snapshot's name keeps it from outliving its data."""
    # A worker pays for the kernels when a reader asks for them.
    import numpy as np

    from analytics.network.graph import build_graph
    from analytics.network.sampling import follow_paths
    from analytics.network.statistics import concentration, count_size, count_ties, measure_distances

    arcs = load_arcs(filters)
    there, ends = np.unique(np.concatenate([arcs.source, arcs.target]), return_inverse=True)
    graph = build_graph(ends[: len(arcs.source)], ends[len(arcs.source) :], len(there))
    parts = (count_size(graph), count_ties(graph), measure_distances(follow_paths(graph)), concentration(graph))
    return {name: value for part in parts for name, value in part.items()}


@store.per_snapshot
def _printed() -> dict[str, str]:
    facts = store.facts()
    rows = facts[facts["source"].eq("table-1") & facts["year"].eq(LAST)].set_index("measure")["printed"]
    return {key: f"◇ {rows[measure]}" for key, measure in PRINTED.items() if measure in rows}
