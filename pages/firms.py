"""Who are the firms: when founded, where, how large, how inventive? Figures 1 to 12."""

from dash import html

from components.shell import cards, shell
from components.view import View

SPANS = {
    "founding": 6,
    "metropolitan_areas": 6,
    "firm_provinces": 6,
    "employees": 6,
    "listed": 6,
    "layers": 6,
    "revenue": 6,
    "rd_cost": 6,
    "rd_intensity": 6,
    "patents": 6,
    "patent_provinces": 6,
    "patent_layers": 6,
}


def layout(view: View) -> html.Div:
    """Give the page as the view asks for it."""
    return shell(view, [cards(view, SPANS)], tuple(SPANS))
