"""How does the value network grow, and who holds it together? Tables 1 to 3, figure 14."""

from dash import html

from components.shell import cards, shell
from components.view import View

SPANS = {
    "network_size": 12,
    "network_path": 6,
    "network_clustering": 6,
    "network_degree": 6,
    "network_diameter": 6,
    "degree_concentration": 6,
    "network_growth": 6,
    "sample_hubs": 6,
    "relation_hubs": 6,
}


def layout(view: View) -> html.Div:
    """Give the page as the view asks for it."""
    return shell(view, [cards(view, SPANS)], tuple(SPANS))
