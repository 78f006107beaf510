"""Who enables whom, and how concentrated is it? Tables 6 and 7."""

from dash import html

from components.index_page import to_index
from components.region_chapter import index
from components.shell import chart_page
from components.view import View

SPANS = {
    "province_map": 7,
    "province_ranks": 5,
    "flow_map": 7,
    "flow_ranks": 5,
    "flow_matrix": 7,
    "flow_sankey": 5,
    "index_provinces": 5,
    "index_cities": 7,
}


def _below(view: View) -> html.Div:
    return html.Div([to_index(view), index(view)])


layout = chart_page(SPANS, below=_below)
