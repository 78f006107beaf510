"""Who enables whom, and how concentrated is it? Tables 6 and 7, and polarization measured by year."""

from dash import html

from components.i18n import t
from components.index_page import to_index
from components.region_chapter import index
from components.shell import cards, chart_page
from components.view import View

PRINTED = {
    "province_map": 7,
    "province_ranks": 5,
    "flow_map": 7,
    "flow_ranks": 5,
    "flow_matrix": 12,
    "flow_sankey": 7,
    "flow_balance": 5,
    "index_provinces": 5,
    "index_cities": 7,
}
MEASURED = {
    "polarization_verdict": 12,
    "concentration_years": 12,
    "structure_years": 6,
    "reach_years": 6,
    "earlier_editions": 12,
}
SPANS = {**PRINTED, **MEASURED}


def measured(view: View) -> html.Section:
    """Give the cards that measure polarization, under a heading of their own."""
    words = [html.H2(t("polar.heading", view.lang)), html.P(t("polar.lead", view.lang), className="card-subtitle")]
    return html.Section([html.Div(words, className="section-head"), cards(view, MEASURED)], id="polarization")


def _below(view: View) -> html.Div:
    return html.Div([measured(view), to_index(view), index(view)])


layout = chart_page(PRINTED, below=_below)
