"""The whole network as one picture, drawn in the browser from the places that a build computed (figure 13)."""

import json
from functools import lru_cache
from typing import Any

import numpy as np
from dash import html
from flask import Blueprint, Response, request

from analytics import store
from analytics.explorer.arcs import UNDATED, load_arcs
from analytics.filters import Filters
from components.charts.select import STATUS
from components.explorer_words import code_names, name_nodes
from components.files import YEAR, reader_language
from components.i18n import LANGUAGES, t
from components.view import View

NAMED = 60  # hubs that carry their names
MOST_ARCS = 200_000  # the heaviest; more would only make the picture grey
GRID = 65_535
LAYERS = ("base", "technology", "application")
KINDS = ("university", "research_institute", "government", "industrial_firm", "foreign_vendor")
PROVINCES = ("11", "44", "31", "33", "32", "37")
COLOURS = ("layer", "kind", "province")

galaxy_files = Blueprint("galaxy_files", __name__)


def galaxy(view: View) -> html.Section:
    """Give the section; its script asks for the places and draws them."""
    lang, filters = view.lang, view.filters
    kind = store.snapshot(filters.data).manifest["dataset"]["kind"]
    span = store.span(filters.data)
    query = f"?lang={lang}" + (f"&data={filters.data}" if filters.data else "")
    said = {
        "data-info": f"/galaxy/{store.snapshot(filters.data).name}.json{query}",
        "data-points": f"/galaxy/{store.snapshot(filters.data).name}.bin{query}",
        "data-span": f"{span[0]},{span[1]}",
        "data-lang": lang,
        "data-lost": t("explorer.lost", lang),
        **{f"data-{key}": t(f"galaxy.{key}", lang) for key in ("degree", "play", "stop")},
        **{f"data-{colour}": json.dumps(_legend(colour, lang), ensure_ascii=False) for colour in COLOURS},
    }
    head = html.Div(
        [
            html.Div([html.H2(t("galaxy.title", lang)), html.P(t("galaxy.text", lang), className="card-subtitle")]),
            html.Span(t(f"badge.{STATUS[kind]}", lang), className=f"badge badge-{STATUS[kind]}"),
        ],
        className="card-head",
    )
    return html.Section(
        [
            head,
            html.Div(_controls(lang), className="explorer-bar"),
            html.Div(className="galaxy-frame"),
            html.Div(className="explorer-legend galaxy-legend"),
            html.P(t(f"galaxy.source_{kind}", lang), className="card-source"),
        ],
        id="galaxy",
        className="panel galaxy",
        **said,
    )


def _controls(lang: str) -> list[Any]:
    words = "|".join(f"{colour}={t(f'explorer.colour_{colour}', lang)}" for colour in COLOURS)
    heading = html.Span(t("explorer.colour_label", lang), className="filter-label")
    choice = html.Label(
        [heading, html.Div(className="galaxy-colour", **{"data-choices": words})], className="explorer-field"
    )
    year = html.Label(
        [html.Span(t("galaxy.year", lang), className="filter-label"), html.Div(className="galaxy-year")],
        className="explorer-field",
    )
    play = html.Button(t("galaxy.play", lang), type="button", className="region galaxy-play")
    save = html.Button("PNG", type="button", className="tool galaxy-save")
    return [choice, year, play, save]


def _legend(colour: str, lang: str) -> list[str]:
    if colour == "layer":
        return [t(f"explorer.layer_{layer}", lang) for layer in (*LAYERS, "none")]
    if colour == "kind":
        return [t("kind.firm", lang), *(t(f"kind.{kind}", lang) for kind in (*KINDS, "other"))]
    names = store.provinces().set_index("code")[f"name_{lang}"]
    return [*(str(names[code]) for code in PROVINCES), t("galaxy.elsewhere", lang)]


@galaxy_files.get("/galaxy/<version>.json")
def info(version: str) -> Response:
    """Send how many nodes and arcs there are, and the names of the hubs."""
    data, lang = _data(), request.args.get("lang", "")
    lang = lang if lang in LANGUAGES else reader_language()
    nodes = store.tables(data)["nodes"]
    hubs = nodes.nlargest(NAMED, "degree")
    names = list(zip(hubs.index.tolist(), hubs["id"], name_nodes(hubs, lang), strict=True))
    parts = {"nodes": len(nodes), "arcs": len(_arcs(data)[0]), "hubs": names}
    return _kept(Response(json.dumps(parts, ensure_ascii=False), mimetype="application/json"), version, data)


@galaxy_files.get("/galaxy/<version>.bin")
def points(version: str) -> Response:
    """Send places, codes and years of all nodes, then the ends and years of the arcs, as plain bytes.

    Little-endian: x, y (uint16 each, 0 to 65,535), degree (uint16, cut there), first year (uint16, 0
    unknown), layer, kind, province (uint8 each) of every node, column by column; then source, target
    (uint32 each) and first year (uint16) of every arc.
    """
    data = _data()
    return _kept(Response(_bytes(data, store.snapshot(data).name), mimetype="application/octet-stream"), version, data)


@galaxy_files.get("/galaxy/node.json")
def node() -> Response:
    """Send name and place of the node of a row."""
    data, row = _data(), request.args.get("row", "")
    nodes = store.tables(data)["nodes"]
    if not (row.isascii() and row.isdigit() and len(row) < 9 and int(row) < len(nodes)):
        return Response("{}", 404, mimetype="application/json")
    lang = request.args.get("lang", "")
    lang, one = lang if lang in LANGUAGES else reader_language(), nodes.iloc[[int(row)]]
    told = {"id": one["id"].iloc[0], "name": name_nodes(one, lang)[0], "place": code_names(one, lang)[0]}
    return Response(json.dumps({**told, "degree": int(one["degree"].iloc[0])}), mimetype="application/json")


def _data() -> str:
    data = request.args.get("data", "")
    return data if store.exists(data) else ""


def _kept(answer: Response, version: str, data: str) -> Response:
    if version == store.snapshot(data).name:
        answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


def _arcs(data: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    arcs = load_arcs(Filters(years=store.span(data), data=data))
    order = np.sort(np.argsort(-arcs.weight, kind="stable")[:MOST_ARCS])
    return arcs.source[order], arcs.target[order], arcs.year[order] % UNDATED


@lru_cache(maxsize=4)
def _bytes(data: str, _snapshot: str) -> bytes:
    tables = store.tables(data)
    nodes, places = tables["nodes"], tables["layout"]
    known = {"layer": LAYERS, "kind": ("", *KINDS), "province": PROVINCES}
    columns = [
        *((places[axis].to_numpy() * GRID).astype("<u2") for axis in ("x", "y")),
        nodes["degree"].clip(upper=GRID).to_numpy().astype("<u2"),
        nodes["first_year"].fillna(0).to_numpy().astype("<u2"),
        *(_codes(nodes[name].to_numpy(), codes) for name, codes in known.items()),
    ]
    source, target, year = _arcs(data)
    ends = [source.astype("<u4"), target.astype("<u4"), year.astype("<u2")]
    return b"".join(column.tobytes() for column in (*columns, *ends))


def _codes(values: Any, known: tuple[str, ...]) -> np.ndarray:
    codes = np.full(len(values), len(known), dtype=np.uint8)
    for code, value in enumerate(known):
        codes[values == value] = code
    return codes
