"""The whole network as one picture (figure 13): the section of the network page that holds it.

The picture is drawn in the browser, not on the server. One file of places and arcs, some 0.4 MB compressed, serves
every year, colour, theme, filter and depth of zoom, and stays sharp in all of them; a server's picture of 2,048
pixels weighs as much for a single one of these and blurs when it is enlarged. The script sums the light of all arcs
up in numbers and bends it to the range of a screen, which drawing line upon line with a pen cannot do.
"""

import json
from typing import Any

from dash import html

from analytics import store
from analytics.filters import Filters
from components.address import at
from components.charts.select import STATUS
from components.galaxy_colours import colourings
from components.galaxy_files import largest, tell
from components.i18n import t
from components.shell import link_to
from components.view import View

LISTED = 50  # of the largest nodes, as a list
SPOKEN = 5  # of them, in the words for those who do not see the picture
WORDS = ("degree", "play", "stop", "counts", "made")
BUTTONS = (("in", "+"), ("out", "−"), ("fit", "⤢"))


def galaxy(view: View) -> html.Section:
    """Give the section; its scripts ask for the places and draw them."""
    lang, filters = view.lang, view.filters
    kind = store.snapshot(filters.data).manifest["dataset"]["kind"]
    colours = colourings(filters.data, lang)
    hubs = tell(largest(filters.data, LISTED), lang)
    if store.tables(filters.data)["layout"].empty:
        return _left_out(view, kind, hubs)
    return html.Section(
        [
            _head(kind, lang),
            _controls(list(colours), lang),
            _frame(lang, hubs),
            html.Div(className="explorer-legend galaxy-legend"),
            _list(hubs, filters, lang),
            _foot(kind, lang),
        ],
        id="galaxy",
        className="panel galaxy",
        **_said(filters, lang, colours),
    )


def _left_out(view: View, kind: str, hubs: list[tuple[Any, ...]]) -> html.Section:
    """Say, in place of the picture, that the network is too large for it; the list of hubs stays."""
    nodes = len(store.tables(view.filters.data)["nodes"])
    note = html.P(t("galaxy.left_out", view.lang, nodes=f"{nodes:,}"), className="note", role="note")
    parts = [_head(kind, view.lang), note, _list(hubs, view.filters, view.lang), _foot(kind, view.lang)]
    return html.Section(parts, id="galaxy-left-out", className="panel galaxy")


def _said(filters: Filters, lang: str, colours: dict[str, Any]) -> dict[str, str]:
    """Give what the scripts must know: links, years, colours, words."""
    name, span = store.snapshot(filters.data).name, store.span(filters.data)
    query = f"?lang={lang}" + (f"&data={filters.data}" if filters.data else "")
    return {
        "data-info": at(f"/galaxy/{name}.json{query}"),
        "data-points": at(f"/galaxy/{name}.bin{query}"),
        "data-node": at(f"/galaxy/node.json{query}"),
        "data-span": f"{span[0]},{span[1]}",
        "data-lang": lang,
        "data-colours": json.dumps(colours, ensure_ascii=False),
        "data-lost": t("explorer.lost", lang),
        **{f"data-{key}": t(f"galaxy.{key}", lang) for key in WORDS},
    }


def _head(kind: str, lang: str) -> html.Div:
    title = html.H2(t(f"galaxy.title_{kind}", lang))
    words = html.Div([title, html.P(t("galaxy.text", lang), className="card-subtitle")])
    badge = html.Span(t(f"badge.{STATUS[kind]}", lang), className=f"badge badge-{STATUS[kind]}")
    return html.Div([words, badge], className="card-head")


def _controls(colours: list[str], lang: str) -> html.Div:
    chosen = [
        html.Button(
            t("galaxy.colour_region" if colour == "region" else f"explorer.colour_{colour}", lang),
            type="button",
            className="region galaxy-colour",
            **{"data-colour": colour, "aria-pressed": "true" if colour == colours[0] else "false"},
        )
        for colour in colours
    ]
    heading = html.Span(t("explorer.colour_label", lang), className="filter-label")
    group = html.Div(chosen, className="regions", role="group", **{"aria-label": t("explorer.colour_label", lang)})
    year = html.Label(
        [html.Span(t("galaxy.year", lang), className="filter-label"), html.Span(className="galaxy-year")],
        className="filter",
    )
    play = html.Button(t("galaxy.play", lang), type="button", className="region galaxy-play")
    save = html.Button("PNG", type="button", className="tool galaxy-save")
    status = html.Span(className="tool-status", role="status")
    return html.Div([html.Div([heading, group], className="filter"), year, play, save, status], className="galaxy-bar")


def _frame(lang: str, hubs: list[tuple[Any, ...]]) -> html.Div:
    """Give the frame, which its scripts fill; the words stand in for the picture."""
    names = t("filter.and", lang).join(str(hub[2]) for hub in hubs[:SPOKEN])
    zooms = [
        html.Button(
            sign,
            type="button",
            className="explorer-zoom",
            **{"data-galaxy-zoom": way, "aria-label": t(f"explorer.zoom_{way}", lang)},
        )
        for way, sign in BUTTONS
    ]
    stage = html.Div(
        className="galaxy-stage", tabIndex=0, role="img", **{"aria-label": t("galaxy.alt", lang, names=names)}
    )
    return html.Div(
        [
            stage,
            html.Div(
                [html.Strong(className="galaxy-now"), html.Span(className="galaxy-counts")], className="galaxy-said"
            ),
            html.Div(zooms, className="explorer-zooms"),
            html.P(t("galaxy.hint", lang), className="galaxy-hint"),
        ],
        className="galaxy-frame",
    )


def _list(hubs: list[tuple[Any, ...]], filters: Filters, lang: str) -> html.Details:
    """Give the largest nodes as links: the picture's twin for keys, phones and ears."""
    lines = [
        html.Li(
            [
                html.A(name, href=link_to("explorer", lang, filters, node=id_, view="near"), **{"data-id": id_}),
                html.Span(f"{place} · {degree:,}" if place else f"{degree:,}"),
            ]
        )
        for _, id_, name, place, degree, _ in hubs
    ]
    summary = html.Summary(t("galaxy.list", lang, n=len(hubs)))
    return html.Details([summary, html.Ol(lines)], className="galaxy-list")


def _foot(kind: str, lang: str) -> html.Div:
    meaning = html.Details(
        [html.Summary(t("action.definition", lang)), html.P(t("galaxy.definition", lang))], className="card-definition"
    )
    return html.Div(
        [meaning, html.Div(t(f"galaxy.source_{kind}", lang), className="card-source")], className="card-foot"
    )
