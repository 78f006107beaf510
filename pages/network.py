"""How does the value network grow, and who holds it together? Tables 1 to 3, figure 14."""

from dash import html

from components.galaxy import galaxy
from components.i18n import t
from components.network_panel import statistics_section
from components.shell import chart_page, path_of
from components.view import View

SPANS = {
    "network_size": 12,
    "network_path": 6,
    "network_clustering": 6,
    "network_degree": 6,
    "network_diameter": 6,
    "degree_concentration": 6,
    "network_growth": 6,
    "degree_tail": 6,
    "degree_lorenz": 6,
    "sample_hubs": 6,
    "relation_hubs": 6,
    "rank_movement": 12,
    "node_ranks": 6,
    "platform_industries": 6,
    "platform_reach": 12,
}


def to_explorer(view: View) -> html.A:
    """Give the way to the network's own page, where it is walked through node by node."""
    words = t("explorer.enter", view.lang)
    return html.A(words, href=path_of("explorer", view.lang), className="button to-explorer keep-query")


layout = chart_page(SPANS, to_explorer, galaxy, below=statistics_section)
