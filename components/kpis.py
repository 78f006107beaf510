"""The numbers that matter, each a link to the page that explains it."""

from dash import html

from components.chart_card import badge
from components.i18n import t
from components.numbers import fact_text
from components.shell import path_of
from components.view import View

# name, the fact, the page
KPIS = (
    ("firms", "text/n_firms/sample_2024_report", "firms"),
    ("relations", "table-1/n_relations/network/2023", "network"),
    ("core", "text/share_enabling/core_four", "space"),
    ("degree", "figure-14/share_degree/top_20_percent_nodes", "network"),
    ("path", "table-1/average_path_length/network/2023", "network"),
    ("cloud", "figure-15/share_relations/big_data_cloud", "technology"),
    ("beijing", "figure-3/share_firms/11", "firms"),
    ("clustering", "table-1/clustering/network/2023", "network"),
)


def kpis(view: View) -> html.Div:
    """Give the row of numbers; all of them are printed in the report, so own data have none."""
    if not view.of_report():
        return html.Div(className="kpis")
    return html.Div([_kpi(*one, view.lang) for one in KPIS], className="kpis")


def _kpi(name: str, fact: str, page: str, lang: str) -> html.A:
    return html.A(
        [
            html.Strong(fact_text(fact), className="kpi-value"),
            html.Span(t(f"kpi.{name}", lang), className="kpi-label"),
            html.Em(t(f"kpi.{name}_note", lang), className="kpi-note"),
            badge("published", lang),
        ],
        href=path_of(page, lang),
        className="kpi keep-query",
    )
