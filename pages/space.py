"""Who enables whom, and how concentrated is it? Tables 6 and 7."""

from dash import html

from components.shell import cards, shell
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


def layout(view: View) -> html.Div:
    """Give the page as the view asks for it."""
    return shell(view, [cards(view, SPANS)], tuple(SPANS))
