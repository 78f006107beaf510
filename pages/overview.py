"""How polarized is China's AI industry, and how fast does it spread? The numbers that matter."""

from dash import html

from components.kpis import kpis
from components.shell import cards, shell
from components.view import View

SPANS = {
    "province_map": 7,
    "province_ranks": 5,
    "network_path": 6,
    "technologies": 6,
    "layers": 6,
    "patent_layers": 6,
}


def layout(view: View) -> html.Div:
    """Give the page as the view asks for it."""
    return shell(view, [kpis(view), cards(view, SPANS)], tuple(SPANS))
