"""Tables 1 to 3 and figure 14: the value network."""

import pandas as pd

from components.charts.drawing import bars, in_and_out, lines
from components.charts.select import all_of, by_year, facts_of
from components.charts.spec import ChartSpec, Figure
from components.i18n import t
from components.numbers import write_value

TWO_SCALES = ("linear", "log")
SIZE = ("n_sample_nodes", "n_relation_nodes", "n_relations")
DEGREES = ("in_degree", "out_degree", "degree")


def draw_concentration(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw figure 14's one statement: a share of nodes against the share of degree they hold."""
    parts = rows.set_index("measure")["value"]
    names = {m: t(f"measure.{m}", lang) for m in ("share_nodes", "share_degree")}
    first = [float(parts[m]) for m in names]
    texts = [write_value(v, "percent", f"{v:g}") for v in first]
    common = {"type": "bar", "orientation": "h", "y": list(names.values()), "hoverinfo": "skip", "showlegend": True}
    data = [
        {
            **common,
            "x": first,
            "name": t("chart.degree_concentration.top", lang),
            "marker": {"color": "$enabling"},
            "text": texts,
            "textposition": "inside",
            "insidetextfont": {"color": "$card", "size": 16},
        },
        {
            **common,
            "x": [100 - v for v in first],
            "name": t("chart.degree_concentration.others", lang),
            "marker": {"color": "$line"},
        },
    ]
    layout = {
        "barmode": "stack",
        "xaxis": {"range": [0, 100], "ticksuffix": "%", "showgrid": False},
        "yaxis": {"autorange": "reversed", "type": "category"},
        "margin": {"t": 34, "r": 12, "b": 28},
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
    }
    return {"data": data, "layout": layout}


NETWORK = (
    ChartSpec("network_size", "lines", ("table-1",), ("years",), by_year("table-1", *SIZE), lines, TWO_SCALES, 320),
    ChartSpec(
        "network_degree", "lines", ("table-1",), ("years",), by_year("table-1", "average_degree"), lines, height=280
    ),
    ChartSpec(
        "network_path", "lines", ("table-1",), ("years",), by_year("table-1", "average_path_length"), lines, height=280
    ),
    ChartSpec("network_diameter", "lines", ("table-1",), ("years",), by_year("table-1", "diameter"), lines, height=280),
    ChartSpec(
        "network_clustering", "lines", ("table-1",), ("years",), by_year("table-1", "clustering"), lines, height=280
    ),
    ChartSpec("network_growth", "bars", ("text",), (), facts_of("text", "growth_rate"), bars, height=200),
    ChartSpec(
        "degree_concentration",
        "stacked",
        ("figure-14",),
        (),
        all_of("figure-14", "share_nodes", "share_degree"),
        draw_concentration,
        height=200,
    ),
    ChartSpec("sample_hubs", "stacked", ("table-2",), (), all_of("table-2", *DEGREES), in_and_out, height=560),
    ChartSpec("relation_hubs", "stacked", ("table-3",), (), all_of("table-3", *DEGREES), in_and_out, height=560),
)
