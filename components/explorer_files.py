"""Answers to the explorer: what a link asks for, names that are searched, and files of what is shown."""

from typing import Any

import numpy as np
import pandas as pd
from flask import Blueprint, Response, jsonify, request

from analytics import store
from analytics.explorer.arcs import UNDATED, Arcs, load_arcs, too_many
from analytics.explorer.found import Found
from analytics.explorer.groups import COMMUNITY, Grouped, group_nodes
from analytics.explorer.question import OF_GROUPS, PROVINCES, Question, answer, read_question, row_of, search
from analytics.explorer.without import MOST_GONE, remove
from analytics.filters import Filters, parse
from components.charts.select import STATUS
from components.explorer_words import code_names, headline, messages, name_nodes, told_without
from components.files import as_csv, reader_language
from components.filter_bar import name_selection
from components.graph_files import FORMS, graph_file, node_rows
from components.i18n import LANGUAGES, t
from components.markup import to_html

SCOPES = ("view", "filtered", "all")
VALUES = ("community", "pagerank", "betweenness")  # of a node, by the table `node_values`

explorer_files = Blueprint("explorer_files", __name__)


def _asked() -> tuple[Question, str]:
    asked = request.args.get("lang", "")
    filters = parse(request.args.to_dict(flat=False)).filters
    question = read_question(request.args, request.args.getlist("open"), filters)
    return question, asked if asked in LANGUAGES else reader_language()


@explorer_files.get("/explorer/view.json")
def view() -> Response:
    """Send the nodes and arcs that a link asks for, and what is said about them."""
    question, lang = _asked()
    if question.view in OF_GROUPS and not too_many(question.filters.data):
        return jsonify(_told(question, lang, **_groups(question, lang)))
    arcs, found = answer(question)
    return jsonify(_told(question, lang, **_drawn(question, arcs, found, lang)))


@explorer_files.get("/explorer/find.json")
def find() -> Response:
    """Send the nodes whose names hold what was typed."""
    question, lang = _asked()
    rows = search(request.args.get("q", ""), question.filters.data)
    nodes = store.tables(question.filters.data)["nodes"].iloc[rows]
    names = name_nodes(nodes, lang)
    places = code_names(nodes, lang)
    found = zip(nodes["id"], names, places, nodes["degree"].tolist(), strict=True)
    return jsonify([{"id": id_, "name": name, "place": place, "degree": degree} for id_, name, place, degree in found])


@explorer_files.get("/explorer/without.json")
def without() -> Response:
    """Send what the network would be without the nodes that `gone` names, as HTML."""
    question, lang = _asked()
    asked = [row_of(one, question.filters.data) for one in request.args.getlist("gone")[:MOST_GONE]]
    gone = [row for row in asked if row is not None]
    nodes = store.tables(question.filters.data)["nodes"]
    left = remove(load_arcs(question.filters), gone, nodes["province"].to_numpy())
    return jsonify({"html": to_html(told_without(left, name_nodes(nodes.iloc[gone], lang), lang))})


@explorer_files.get("/explorer/<scope>.<form>")
def export(scope: str, form: str) -> Response:
    """Send nodes and arcs as a file: of the view, of the filtered network, or of the whole."""
    question, lang = _asked()
    if scope not in SCOPES or form not in FORMS:
        return Response(t("state.no_format", lang, format=f"{scope}.{form}"[:40]) + "\n", 404, mimetype="text/plain")
    arcs, nodes, kept = _part(question, scope)
    if form in ("nodes", "edges"):
        rows = node_rows(question.filters.data, nodes)
        frame = rows if form == "nodes" else _edges(arcs, kept, rows.set_index("row")["id"])
        return as_csv(f"network-{scope}-{form}", frame.drop(columns="row", errors="ignore"))
    content = graph_file(form, node_rows(question.filters.data, nodes), _edges(arcs, kept))
    reply = Response(content, mimetype="application/xml")
    reply.headers["Content-Disposition"] = f'attachment; filename="network-{scope}.{form}"'
    return reply


def _part(question: Question, scope: str) -> tuple[Arcs, Any, Any]:
    if scope == "view" and question.view not in OF_GROUPS:
        arcs, found = answer(question)
        return arcs, found.nodes, found.arcs
    filters = Filters(years=store.span(question.filters.data), data=question.filters.data)
    arcs = load_arcs(filters if scope == "all" else question.filters)
    return arcs, arcs.degrees().nonzero()[0], range(len(arcs.source))


def _edges(arcs: Arcs, kept: Any, ids: pd.Series | None = None) -> pd.DataFrame:
    rows = list(kept)
    year = pd.Series(arcs.year[rows]).replace(UNDATED, pd.NA).astype("Int64")
    frame = pd.DataFrame({"source": arcs.source[rows], "target": arcs.target[rows], "weight": arcs.weight[rows]})
    frame["first_year"] = year
    return frame if ids is None else frame.assign(source=frame["source"].map(ids), target=frame["target"].map(ids))


def _told(question: Question, lang: str, **parts: Any) -> dict[str, Any]:
    filters = question.filters
    kind = store.snapshot(filters.data).manifest["dataset"]["kind"]
    chosen = name_selection(filters.without("pin"), lang)
    return {
        "view": question.view,
        "filters": t("explorer.filters", lang, names=chosen) if filters.without("data").active() else "",
        "badge": STATUS[kind],
        "badge_said": t(f"badge.{STATUS[kind]}", lang),
        "source": t(f"explorer.source_{kind}", lang, version=store.manifest()["version"]),
        **parts,
    }


def _drawn(question: Question, arcs: Arcs, found: Found, lang: str) -> dict[str, Any]:
    nodes = store.tables(question.filters.data)["nodes"].iloc[found.nodes]
    names, (degrees, outs) = name_nodes(nodes, lang), _degrees(arcs, nodes)
    values = store.tables(question.filters.data)["node_values"].iloc[found.nodes]
    columns = zip(
        nodes["id"], names, code_names(nodes, lang), nodes["province"], nodes["layer"], nodes["kind"],
        found.x.round(2).tolist(), found.y.round(2).tolist(), degrees.tolist(), outs.tolist(), found.rank.tolist(),
        *(_worked_out(values[name]) for name in VALUES), strict=True,
    )  # fmt: skip
    keys = ("id", "name", "place", "province", "layer", "kind", "x", "y", "degree", "out", "rank", *VALUES)
    drawn = [dict(zip(keys, one, strict=True)) for one in columns]
    ids = dict(zip(found.nodes.tolist(), nodes["id"], strict=True))
    return {
        "title": headline(question, names, lang),
        "said": messages(found.said, lang),
        "nodes": drawn,
        "arcs": [
            [ids[arcs.source[at]], ids[arcs.target[at]], int(arcs.weight[at]), int(arcs.year[at] % UNDATED)]
            for at in found.arcs.tolist()
        ],
    }


def _degrees(arcs: Arcs, nodes: pd.DataFrame) -> tuple[Any, Any]:
    """Give degree and out-degree under the filters; of a network that is not walked, those of all years and places."""
    outs = np.diff(arcs.out_start)[nodes.index] if arcs.known is None else nodes["out_degree"]
    return arcs.degrees()[nodes.index], outs


def _worked_out(values: pd.Series) -> list[float | None]:
    """Give values, None where the build left them out; JSON has no word for NaN."""
    return [None if pd.isna(value) else value for value in values.tolist()]


def _groups(question: Question, lang: str) -> dict[str, Any]:
    kind = OF_GROUPS[question.view]
    try:
        grouped = group_nodes(load_arcs(question.filters), kind, question.filters.data)
    except KeyError:
        return {"title": "", "said": messages((("no_groups", {}),), lang), "nodes": [], "arcs": []}
    names = _group_names(question, grouped, lang)
    nodes = [
        {
            "id": f"{kind}:{row.code}",
            "name": name,
            "x": round(row.x, 2),
            "y": round(row.y, 2),
            "degree": row.n_nodes,
            "province": row.code if question.view == PROVINCES else "",
            "community": int(row.code) if kind == COMMUNITY else -1,
            "group": kind,
            **dict.fromkeys(VALUES[1:], 0.0),
            **{"place": "", "layer": "", "kind": "", "rank": 0, "out": 0},
        }
        for row, name in zip(grouped.items.itertuples(), names, strict=True)
    ]
    ids = [node["id"] for node in nodes]
    arcs = [[ids[row.source], ids[row.target], int(row.weight), 0] for row in grouped.flows.itertuples()]
    said = messages((("groups", {"count": len(nodes)}),), lang)
    return {"title": headline(question, [], lang), "said": said, "nodes": nodes, "arcs": arcs}


def _group_names(question: Question, grouped: Grouped, lang: str) -> list[str]:
    if question.view == PROVINCES:
        names = store.provinces().set_index("code")[f"name_{lang}"]
        return [
            f"{names.get(code, code)} {n:,}" for code, n in grouped.items[["code", "n_nodes"]].itertuples(index=False)
        ]
    hubs = store.tables(question.filters.data)["nodes"].iloc[grouped.items["hub"]]
    sizes = grouped.items["n_nodes"]
    return [
        t("explorer.community", lang, name=name, n=f"{n:,}")
        for name, n in zip(name_nodes(hubs, lang), sizes, strict=True)
    ]
