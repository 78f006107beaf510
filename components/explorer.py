"""The explorer's page: what to look for above, the picture, what it shows in words beside it."""

from typing import Any

import dash_cytoscape as cyto
from dash import html

from analytics.contract import KINDS
from analytics.explorer.question import CHAIN, COMMON, NEAR, VIEWS, WAYS
from components.address import at
from components.i18n import t
from components.view import View

SHOWN = tuple(view for view in VIEWS if view != "group")  # a group is opened by a click
TOPS = (50, 100, 300, 1000, 3000)
SIZES = ("degree", "out", "in", "pagerank", "betweenness", "same")
COLOURS = ("layer", "kind", "province", "community")
LABELS = ("some", "all", "none")
FILES = (
    ("view", "gexf"),
    ("view", "graphml"),
    ("view", "nodes"),
    ("view", "edges"),
    ("filtered", "gexf"),
    ("all", "gexf"),
)
OF_ONE = f"{NEAR} {CHAIN} {COMMON}"


def explorer(view: View) -> html.Section:
    """Give the explorer; its script reads the link, asks for the nodes and draws them."""
    lang = view.lang
    said = {
        f"data-{key}": t(f"explorer.{key}", lang)
        for key in (
            "sure",
            "lost",
            "none",
            "profile",
            "near",
            "open",
            "close",
            "nodes",
            "arcs",
            "relations",
            "partners",
            "made",
            "without",
        )
    }
    return html.Section(
        [
            html.Div(_controls(lang), className="explorer-bar"),
            html.Div([_stage(lang), _side(lang)], className="explorer-main"),
            _lists(lang),
        ],
        id="explorer",
        className="explorer",
        **{"data-lang": lang, **said, **_words(lang)},
    )


def _words(lang: str) -> dict[str, str]:
    names = {
        f"data-layer-{one}": t(f"explorer.layer_{one}", lang) for one in ("base", "technology", "application", "none")
    }
    kinds = (*KINDS, "firm")
    return {**names, **{f"data-kind-{one}": t(f"kind.{one}", lang) for one in kinds}}


def _controls(lang: str) -> list[Any]:
    return [
        _field("view", lang, _select("view", SHOWN, lang)),
        _field("node", lang, _find("node", lang), needs=OF_ONE),
        _field("other", lang, _find("other", lang), needs=f"{CHAIN} {COMMON}"),
        _field("depth", lang, _select("depth", (1, 2, 3), lang), needs=NEAR),
        _field("way", lang, _select("way", WAYS, lang), needs=f"{NEAR} {CHAIN}"),
        _field("top", lang, _select("top", TOPS, lang), needs="near hubs backbone group common"),
        _field("size", lang, _select("size", SIZES, lang)),
        _field("colour", lang, _select("colour", COLOURS, lang)),
        _field("labels", lang, _select("labels", LABELS, lang)),
    ]


def _field(name: str, lang: str, control: Any, needs: str = "") -> html.Label:
    heading = html.Span(t(f"explorer.{name}_label", lang), className="filter-label")
    return html.Label([heading, control], className=f"explorer-field field-{name}", **{"data-needs": needs})


def _select(name: str, values: tuple[Any, ...], lang: str) -> html.Div:
    """Give a list to choose from; Dash has no bare one, so the script makes it of the words here."""
    words = "|".join(
        f"{value}={f'{value:,}' if isinstance(value, int) else t(f'explorer.{name}_{value}', lang)}" for value in values
    )
    return html.Div(className="explorer-select", **{"data-name": name, "data-choices": words})


def _find(name: str, lang: str) -> html.Div:
    return html.Div(className="explorer-find", **{"data-name": name, "data-hint": t("explorer.find_hint", lang)})


def _stage(lang: str) -> html.Div:
    graph = cyto.Cytoscape(
        id="explorer-graph",
        elements=[],
        layout={"name": "preset"},
        style={"width": "100%", "height": "100%"},
        minZoom=0.05,
        maxZoom=6,
        responsive=True,
    )
    buttons = [("fit", "⤢"), ("in", "+"), ("out", "−")]
    zoom = [
        html.Button(
            sign,
            type="button",
            className="explorer-zoom",
            **{"data-zoom": name, "aria-label": t(f"explorer.zoom_{name}", lang)},
        )
        for name, sign in buttons
    ]
    return html.Div(
        [
            html.Div(
                [html.H2(id="explorer-title"), html.Span(id="explorer-badge", className="badge")], className="card-head"
            ),
            html.Div(id="explorer-said", className="explorer-said", role="status"),
            html.Div(
                [
                    html.Div(graph, className="explorer-canvas", **{"aria-hidden": "true"}),
                    html.Div(zoom, className="explorer-zooms"),
                ],
                className="explorer-frame",
            ),
            html.Div(id="explorer-legend", className="explorer-legend"),
            html.P(id="explorer-source", className="card-source"),
        ],
        className="card explorer-stage",
    )


def _side(lang: str) -> html.Div:
    files = [
        html.A(
            t(f"explorer.file_{scope}_{form}", lang),
            className="tool",
            download=True,
            **{"data-file": at(f"/explorer/{scope}.{form}")},
        )
        for scope, form in FILES
    ]
    pictures = [
        html.Button(form.upper(), type="button", className="tool", **{"data-picture": form}) for form in ("png", "svg")
    ]
    return html.Div(
        [
            html.Div(id="explorer-node", className="explorer-node", **{"aria-live": "polite"}),
            html.H3(t("explorer.files", lang)),
            html.Div([*pictures, *files], className="explorer-files"),
            html.Span(id="explorer-status", className="tool-status", role="status"),
        ],
        className="card explorer-side",
    )


def _lists(lang: str) -> html.Div:
    return html.Div(
        [
            html.Details(
                [
                    html.Summary(t("explorer.list_nodes", lang)),
                    html.Div(id="explorer-nodes", className="table-page", tabIndex=0),
                ],
                open=True,
            ),
            html.Details(
                [
                    html.Summary(t("explorer.list_arcs", lang)),
                    html.Div(id="explorer-arcs", className="table-page", tabIndex=0),
                ]
            ),
        ],
        className="card explorer-lists",
    )
