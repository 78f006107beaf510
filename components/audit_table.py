"""Every printed number beside the computed one, as a table that can be narrowed down."""

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html

from components.audit_data import AGREEMENTS, comparison, status_of
from components.audit_words import NONE, number, points
from components.i18n import t
from components.markup import IN_PLACE
from components.numbers import write_value
from components.sources import place_of

LONGEST_SEARCH = 80
HEADS = ("source", "item", "measure", "year", "printed", "computed", "deviation", "agreement")
NUMBERS = ("printed", "computed", "deviation")
ALL = "all"
RANKED = ("deviates", "within", "absent")  # what does not agree comes first


def compared(data: str, lang: str) -> html.Section:
    """Give the section with its controls, the whole table at first."""
    rows = comparison(data)
    return html.Section(
        [
            html.H2(t("audit.compared", lang)),
            html.P(_about(rows, data, lang)),
            _controls(rows, lang),
            *_table(rows, data, lang),
        ],
        className="panel",
        id="audit-compared",
    )


def _about(rows: pd.DataFrame, data: str, lang: str) -> str:
    counts = rows["agreement"].value_counts()
    if counts.get("absent", 0) == len(rows):
        return t("audit.no_dataset", lang)
    said = t(
        "audit.compared_text",
        lang,
        n_printed=len(rows),
        n_computed=len(rows) - counts.get("absent", 0),
        n_within=counts.get("within", 0),
        n_deviates=counts.get("deviates", 0),
    )
    return f"{said}{'' if lang == 'zh' else ' '}{t(f'compared.{status_of(data)}', lang)}"


def _controls(rows: pd.DataFrame, lang: str) -> html.Div:
    sources = [{"value": ALL, "label": t("audit.all_sources", lang)}]
    sources += [{"value": source, "label": _capital(place_of(source, lang))} for source in rows["source"].unique()]
    states = [{"value": name, "label": t(f"agreement.{name}", lang)} for name in (ALL, *AGREEMENTS)]
    search = dcc.Input(
        id="audit-search",
        type="search",
        debounce=0.3,
        className="search",
        placeholder=t("audit.search", lang),
        maxLength=LONGEST_SEARCH,
        value="",
    )
    place = dmc.Select(
        id="audit-source",
        data=sources,
        value=ALL,
        allowDeselect=False,
        size="xs",
        w=140,
        comboboxProps=IN_PLACE,
        **{"aria-label": t("audit.source_label", lang)},
    )
    state = dmc.SegmentedControl(id="audit-state", data=states, value=ALL, size="xs")
    label = {"role": "group", "aria-label": t("audit.state_label", lang)}
    return html.Div([search, place, html.Div(state, **label)], className="table-bar audit-bar")


def _table(rows: pd.DataFrame, data: str, lang: str) -> list[Any]:
    """Give the heads of the table, and its rows for the browser to draw."""
    head = html.Thead(html.Tr(_heads(data, lang)))
    whole = html.Table([head, html.Tbody(id="audit-body")], className="data-table audit-rows")
    return [
        dcc.Store(id="audit-rows", data=table_data(rows, lang)),
        html.P(id="audit-shown", className="audit-shown", role="status"),
        html.Div(whole, id="audit-scroll", className="table-page", tabIndex=0),
    ]


def table_data(rows: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Give what the browser needs to draw the table in a language.

    Returns
    -------
    dict
        `heads`: a class for each column, and its name where a phone repeats it beside the number;
        `rows`: `cells` in the order of `HEADS`, `source`, `agreement`, and `words` to search;
        `shown`, `none`: what to say of the rows that are left, `{}` standing for their number.
    """
    ranked = rows.iloc[rows["agreement"].map(RANKED.index).argsort(kind="stable")]
    heads = [{"class": _class(name), "label": t(f"column.{name}", lang) if name in NUMBERS else ""} for name in HEADS]
    return {
        "heads": heads,
        "rows": [_line(row, lang) for row in ranked.to_dict("records")],
        "shown": t("audit.shown", lang, n_shown="{}"),
        "none": t("audit.no_match", lang),
    }


def _heads(data: str, lang: str) -> list[html.Th]:
    badges = {"printed": "published", "computed": status_of(data)}
    heads = []
    for name in HEADS:
        badge = badges.get(name)
        words = [html.Span(t(f"badge.{badge}", lang), className=f"badge badge-{badge}")] if badge else []
        heads.append(html.Th([t(f"column.{name}", lang), " ", *words], className=_class(name), scope="col"))
    return heads


def _class(name: str) -> str:
    return "num" if name in NUMBERS else f"cell-{name}"


def _line(row: Mapping[Any, Any], lang: str) -> dict[str, Any]:
    """Give a row's words for the browser: what is shown, and what is searched."""
    measure, agreement = row["measure"], row["agreement"]
    cells = {
        "source": _capital(place_of(row["source"], lang)),
        "item": row[f"item_{lang}"],
        "measure": t(f"measure.{measure}", lang),
        "year": "" if pd.isna(row["year"]) else str(row["year"]),
        "printed": write_value(float(row["printed"]), row["unit"], row["printed"]),
        "computed": number(_rounded(row["computed"], row), row["unit"]),
        "deviation": points(_rounded(row["deviation"], row), row["unit"], lang),
        "agreement": t(f"agreement.{agreement}", lang),
    }
    words = " ".join((row["item_zh"], row["item_en"], cells["measure"])).lower()
    return {
        "source": row["source"],
        "agreement": agreement,
        "words": words,
        "cells": [cells[name] for name in HEADS],
    }


def _rounded(value: float, row: Mapping[Any, Any]) -> str:
    """Round a computed number to the printed one's decimals; a dash where there is none."""
    return NONE if pd.isna(value) else f"{value:.{len(row['printed'].partition('.')[2])}f}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


# The whole table goes to the browser with the page, which draws it and narrows it down.
clientside_callback(
    ClientsideFunction("audit", "narrow"),
    Output("audit-shown", "children"),
    Input("audit-rows", "data"),
    Input("audit-search", "value"),
    Input("audit-source", "value"),
    Input("audit-state", "value"),
)
