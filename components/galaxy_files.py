"""What the picture of the whole network is drawn from: places, codes, arcs and names, over the wire."""

import json
import re
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from flask import Blueprint, Response, request

from analytics import store
from analytics.explorer.arcs import UNDATED, load_arcs
from analytics.filters import Filters
from components.explorer_words import code_names, name_nodes
from components.files import YEAR, reader_language
from components.galaxy_colours import columns_of
from components.i18n import LANGUAGES, t

HUBS = 300  # drawn as points of their own, with names where there is room
MOST_ARCS = 200_000  # the heaviest; more would only make the picture grey, and the file long
GRID = 65_535
NUMBERED = re.compile(r"(firm|node)-\d+")  # ids of the reconstruction that the report does not name

galaxy_files = Blueprint("galaxy_files", __name__)


class NoSuch(Exception):
    """What a link asks for is not there; the text says so in the reader's language."""


@galaxy_files.get("/galaxy/<version>.json")
def info(version: str) -> Response:
    """Send how many nodes and arcs there are, and the hubs: row, id, name, place, degree, whether it is named."""
    data, lang = _data(), _lang()
    nodes = store.tables(data)["nodes"]
    parts = {"nodes": len(nodes), "arcs": len(_arcs(data)[0]), "hubs": tell(largest(data, HUBS), lang)}
    return _kept(Response(json.dumps(parts, ensure_ascii=False), mimetype="application/json"), version, data)


@galaxy_files.get("/galaxy/<version>.bin")
def points(version: str) -> Response:
    """Send places, codes and years of all nodes, then the ends and years of the arcs, as plain bytes.

    Little-endian: x, y (uint16 each, 0 to 65,535), degree (uint16, cut there), first year (uint16, 0
    unknown), then layer, province, kind and community (uint8 each, see `components.galaxy_colours`) of every
    node, column by column; then source, target (uint32 each) and first year (uint16, 0 unknown) of every arc.
    """
    data = _data()
    content = _bytes(data, store.snapshot(data).name)
    return _kept(Response(content, mimetype="application/octet-stream"), version, data)


@galaxy_files.get("/galaxy/node.json")
def node() -> Response:
    """Send what is told of the node of a row: row, id, name, place, degree, whether it is named."""
    data, lang, row = _data(), _lang(), request.args.get("row", "")
    nodes = store.tables(data)["nodes"]
    if not (row.isascii() and row.isdigit() and len(row) < 9 and int(row) < len(nodes)):
        raise NoSuch(t("galaxy.no_node", lang))
    told = tell(nodes.iloc[[int(row)]], lang)[0]
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/json")


@galaxy_files.errorhandler(NoSuch)
def no_such(error: NoSuch) -> Response:
    """Say what is not there."""
    return Response(f"{error}\n", status=404, mimetype="text/plain")


def largest(data: str, count: int) -> pd.DataFrame:
    """Give the nodes with the most partners, largest first; those without any are left out."""
    nodes = store.tables(data)["nodes"]
    return nodes[nodes["degree"].gt(0)].nlargest(count, "degree")


def tell(nodes: pd.DataFrame, lang: str) -> list[tuple[Any, ...]]:
    """Give what the picture tells of nodes: row, id, name, place, degree, 1 where it has a name of its own."""
    named = [int(not NUMBERED.fullmatch(id_)) for id_ in nodes["id"]]
    parts = (nodes.index, nodes["id"], name_nodes(nodes, lang), code_names(nodes, lang), nodes["degree"], named)
    return list(zip(*(list(part) if isinstance(part, list) else part.tolist() for part in parts), strict=True))


def _lang() -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else reader_language()


def _data() -> str:
    data = request.args.get("data", "")
    if data and not store.exists(data):
        raise NoSuch(t("galaxy.no_data", _lang()))
    return data


def _kept(answer: Response, version: str, data: str) -> Response:
    """Let the browser keep what the link names; a link to a version that is gone is answered by the one in force."""
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
    columns = [
        *((places[axis].to_numpy() * GRID).astype("<u2") for axis in ("x", "y")),
        nodes["degree"].clip(upper=GRID).to_numpy().astype("<u2"),
        nodes["first_year"].fillna(0).to_numpy().astype("<u2"),
        *columns_of(tables),
    ]
    source, target, year = _arcs(data)
    ends = [source.astype("<u4"), target.astype("<u4"), year.astype("<u2")]
    return b"".join(column.tobytes() for column in (*columns, *ends))
