"""Which technologies reach which applications and industries? Figures 15 to 20."""

from dash import html

from components.shell import cards, shell
from components.view import View

SPANS = {
    "technologies": 6,
    "applications": 6,
    "industry_tree": 12,
    "industries": 6,
    "secondary_sections": 6,
    "tertiary_sections": 6,
    "manufacturing": 6,
}


def layout(view: View) -> html.Div:
    """Give the page as the view asks for it."""
    return shell(view, [cards(view, SPANS)], tuple(SPANS))
