"""Tables 1 to 3 and figure 14: the value network."""

import pandas as pd

from analytics import store
from analytics.filters import Filters
from components.charts.drawing import bars, in_and_out, lines
from components.charts.select import measured, rows_of
from components.charts.spec import ChartSpec, Figure, no_remark
from components.i18n import t

TWO_SCALES = ("linear", "log")
SIZE = ("n_sample_nodes", "n_relation_nodes", "n_relations")
DEGREES = ("in_degree", "out_degree", "degree")


def draw_concentration(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw figure 14's one statement: a share of nodes against the share of degree they hold."""
    parts = rows.set_index("measure")["value"]
    names = {m: t(f"measure.{m}", lang) for m in ("share_nodes", "share_degree")}
    first = [float(parts.get(m, 0.0)) for m in names]
    texts = [f"{v:.2f}".rstrip("0").rstrip(".") + "%" for v in first]
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


def select_concentration(filters: Filters, option: str) -> pd.DataFrame:
    """Give figure 14: the share of nodes, which is chosen, and the share of degree, which follows."""
    computed = measured("figure-14", "share_degree")(filters, option)
    nodes = rows_of("figure-14", "share_nodes").assign(reported="", status=computed["status"].max())
    return pd.concat([nodes, computed], ignore_index=True) if len(computed) else computed


def remark_sampled(filters: Filters, lang: str) -> str:
    """Say from how many nodes paths were followed, where that is not all of them."""
    years = store.tables(filters.data)["network_years"]
    part = years[years["path_sources"] < years["n_nodes"]]
    if part.empty:
        return ""
    last = part.iloc[-1]
    said = {"sources": f"{int(last.path_sources):,}", "nodes": f"{int(last.n_nodes):,}"}
    return t("state.sampled", lang, margin=f"{last.path_margin:.3f}", year=int(last.year), **said)


def remark_clustering(filters: Filters, lang: str) -> str:
    """Say that clustering is an estimate, where it is."""
    years = store.tables(filters.data)["network_years"]
    part = years[years["clustering_margin"] > 0]
    if part.empty:
        return ""
    last = part.iloc[-1]
    return t("state.sampled_clustering", lang, margin=f"{last.clustering_margin:.4f}", year=int(last.year))


YEARLY = (
    ("network_size", SIZE, TWO_SCALES, 320, no_remark),
    ("network_degree", ("average_degree",), ("",), 280, no_remark),
    ("network_path", ("average_path_length",), ("",), 280, remark_sampled),
    ("network_diameter", ("diameter",), ("",), 280, remark_sampled),
    ("network_clustering", ("clustering",), ("",), 280, remark_clustering),
)
NODE_FILTERS = ("provinces", "layers", "years", "data")

NETWORK = (
    *(
        ChartSpec(
            chart,
            "lines",
            ("table-1",),
            ("years", "data"),
            measured("table-1", *measures),
            lines,
            options,
            height,
            remark=remark,
        )
        for chart, measures, options, height, remark in YEARLY
    ),
    ChartSpec("network_growth", "bars", ("text",), ("data",), measured("text", "growth_rate"), bars, height=200),
    ChartSpec(
        "degree_concentration",
        "stacked",
        ("figure-14",),
        NODE_FILTERS,
        select_concentration,
        draw_concentration,
        height=200,
    ),
    ChartSpec(
        "sample_hubs", "stacked", ("table-2",), NODE_FILTERS, measured("table-2", *DEGREES), in_and_out, height=560
    ),
    ChartSpec(
        "relation_hubs",
        "stacked",
        ("table-3",),
        ("provinces", "years", "data"),
        measured("table-3", *DEGREES),
        in_and_out,
        height=560,
    ),
)
