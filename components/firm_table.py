"""The table of firms under the cards: searched, sorted, scrolled; each row leads to a profile."""

import re
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, State, clientside_callback, dcc, html
from dash_ag_grid import AgGrid

from analytics import store
from analytics.firm_table import DEFAULT, LONGEST_SEARCH
from components.address import at
from components.firm_files import PAGE, SHOWN
from components.grid_script import grid_script
from components.i18n import t
from components.markup import IN_PLACE
from components.view import View

GRID = "firm-grid"
NUMBERS = ("founded_year", "employees", "revenue_cny", "rd_cost_cny", "intensity", "patents",
           "in_degree", "out_degree", "degree")  # fmt: skip
# What the longest words and numbers of a column take, in pixels; all of them stand side by side on a wide screen.
WIDTHS = {
    "zh": {"province": 80, "layer": 80, "listed": 84, "revenue_cny": 92, "rd_cost_cny": 92, "patents": 80},
    "en": {
        "province": 96, "layer": 90, "founded_year": 70, "employees": 84, "listed": 72, "revenue_cny": 92,
        "rd_cost_cny": 92, "patents": 78, "in_degree": 68, "out_degree": 68, "degree": 84,
    },
}  # fmt: skip
NARROWEST = 76
HEIGHT = 520  # px
UNIT = re.compile(r"\s*([（(])")  # a unit has a line of its own in the head


def firm_table(view: View) -> html.Section:
    """Give the table with its search field, its choice of columns and its files."""
    lang, badge = view.lang, badge_of_data(view)
    head = [
        html.H2(t("firms.title", lang)),
        html.Span(t(f"badge.{badge}", lang), className=f"badge badge-{badge}"),
    ]
    return html.Section(
        [
            html.Div(head, className="card-head"),
            html.P(t("firms.hint", lang), className="card-subtitle"),
            _bar(view),
            html.P(id="firm-count", className="firm-count", role="status"),
            html.Div(t("firms.loading", lang), id="firm-place", className="firm-place"),
            dcc.Store(id="firm-grid-parts", data=_grid(view).to_plotly_json()),
            html.P(t(f"firms.source_{badge}", lang), className="card-foot"),
        ],
        id="table",
        className="panel firm-table",
        **{"data-lost": t("firms.lost", lang), "data-script": grid_script()},
    )


def badge_of_data(view: View) -> str:
    """Name the badge of what is told of single firms: the reconstruction's are modelled, a reader's are own."""
    kind = store.snapshot(view.filters.data).manifest["dataset"]["kind"]
    return "modelled" if kind == "reconstruction" else "own"


def _bar(view: View) -> html.Div:
    lang = view.lang
    said = t("firms.search", lang)
    search = dcc.Input(
        id="firm-search", type="search", debounce=0.3, maxLength=LONGEST_SEARCH, placeholder=said, className="search"
    )
    links = [
        html.A(t(f"firms.{form}", lang), id=f"firm-{form}", href=at(f"/firms.{form}"), className="tool", download=True)
        for form in ("csv", "xlsx")
    ]
    files = html.Span(links, className="firm-links", title=t("firms.files_hint", lang))
    return html.Div([html.Label(search, title=said), _chooser(view), files], className="table-bar")


def _chooser(view: View) -> dmc.MultiSelect:
    lang = view.lang
    return dmc.MultiSelect(
        id="firm-columns",
        value=[column for column in SHOWN if column not in _empty_columns(view.filters.data)],
        data=[{"value": column, "label": t(f"firms.column.{column}", lang)} for column in SHOWN],
        placeholder=t("firms.columns_hint", lang),
        nothingFoundMessage=t("firms.columns_empty", lang),
        hidePickedOptions=False,
        maxDropdownHeight=320,
        size="xs",
        w=150,
        comboboxProps=IN_PLACE,
        className="firm-columns",
        **{"aria-label": t("firms.columns", lang)},
    )


def _empty_columns(data: str) -> set[str]:
    """Name the columns of firms that a data set does not have."""
    columns = store.tables(data)["columns"]
    missing = columns["table"].eq("firms") & columns["state"].ne("present")
    return set(columns.loc[missing, "column"])


def _grid(view: View) -> AgGrid:
    lang = view.lang
    hidden = _empty_columns(view.filters.data)
    return AgGrid(
        id=GRID,
        rowModelType="infinite",
        columnDefs=[_name(lang), *(_column(column, lang, column in hidden) for column in SHOWN)],
        defaultColDef={"resizable": True, "suppressHeaderMenuButton": True},
        enableEnterpriseModules=False,
        className="firm-grid",
        style={"height": HEIGHT, "width": "100%"},
        dashGridOptions={
            "cacheBlockSize": PAGE,
            "maxBlocksInCache": 20,
            # One at a time: the grid keeps only the last question, and an answer to another would be lost.
            "maxConcurrentDatasourceRequests": 1,
            "rowHeight": 34,
            "headerHeight": 58 if lang == "en" else 44,
            "suppressMultiSort": True,
            "suppressDragLeaveHidesColumns": True,
            "enableCellTextSelection": True,
            "localeText": {"noRowsToShow": t("firms.none", lang), "loadingOoo": t("firms.loading", lang)},
        },
    )


def _name(lang: str) -> dict[str, Any]:
    return {
        "field": "name",
        "headerName": t("firms.column.name", lang),
        "cellRenderer": "FirmLink",
        "sortingOrder": ["asc", "desc"],
        "minWidth": 136,
        "flex": 2,
    }


def _column(column: str, lang: str, hidden: bool) -> dict[str, Any]:
    number = column in NUMBERS
    return {
        "field": column,
        "headerName": UNIT.sub(r"\n\1", t(f"firms.column.{column}", lang)),
        "hide": hidden,
        "flex": 1,
        "minWidth": WIDTHS[lang].get(column, NARROWEST),
        "sort": "desc" if column == DEFAULT.removeprefix("-") else None,
        "sortingOrder": ["desc", "asc"] if number else ["asc", "desc"],
        "wrapHeaderText": True,
        **({"type": "rightAligned"} if number else {}),
    }


# The grid's script is loaded when a reader comes near, and must be there before the grid is.
clientside_callback(
    ClientsideFunction("firms", "place"), Output("firm-place", "children"), Input("firm-grid-parts", "data")
)
# The rows come by plain links, as the cards do: see `components.firm_files`.
clientside_callback(
    ClientsideFunction("firms", "rows"),
    Output(GRID, "getRowsResponse"),
    Output("firm-count", "children"),
    Output("firm-csv", "href"),
    Output("firm-xlsx", "href"),
    Input(GRID, "getRowsRequest"),
    State("filters", "data"),
    State("firm-search", "value"),
    prevent_initial_call=True,
)
# Apart from each other: every page has the filters, and a callback of which a page has but one part is an error there.
clientside_callback(ClientsideFunction("firms", "follow"), Input("filters", "data"), prevent_initial_call=True)
clientside_callback(ClientsideFunction("firms", "ask"), Input("firm-search", "value"), prevent_initial_call=True)
clientside_callback(
    ClientsideFunction("firms", "columns"),
    Input("firm-columns", "value"),
    State("firm-columns", "data"),
    prevent_initial_call=True,
)
