"""Tables 1 to 3 and figure 14: the value network."""

import math
from typing import Any

import pandas as pd

from analytics import store
from analytics.filters import Filters
from components.charts.drawing import GAP, bars, downwards, legend_on_top, printed_marks, texts_of, wrap
from components.charts.select import measured, rows_of
from components.charts.spec import ChartSpec, Figure, no_remark
from components.i18n import t

TWO_SCALES = ("linear", "log")
SIZE = ("n_sample_nodes", "n_relation_nodes", "n_relations")
DEGREES = ("in_degree", "out_degree", "degree")


def in_and_out(rows: pd.DataFrame, lang: str, _option: str = "") -> Figure:
    """Draw in- and out-degree as one stacked bar a node, the total beside it."""
    wide = rows.pivot_table(index="item", columns="measure", values="value", sort=False)
    wide = wide.reindex(columns=["in_degree", "out_degree", "degree"])
    names = rows.drop_duplicates("item").set_index("item")[f"item_{lang}"]
    wide = wide.sort_values("degree", ascending=False)
    labels = [wrap(name, lang) for name in names.reindex(wide.index)]
    data: list[dict[str, Any]]
    parts = (("in_degree", "$input"), ("out_degree", "$enabling"))
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "y": labels,
            "x": wide[measure].tolist(),
            "name": t(f"measure.{measure}", lang),
            "marker": {"color": colour},
            "hovertemplate": "%{y}<br>%{fullData.name} %{x:,}<extra></extra>",
        }
        for measure, colour in parts
    ]
    total = rows[rows["measure"].eq("degree")].set_index("item").reindex(wide.index).reset_index()
    data[-1] |= {
        "text": [f"{GAP}{int(value):,}" for value in wide["degree"]],
        "textposition": "outside",
        "cliponaxis": False,
    }
    data += printed_marks(total, lang, labels)
    top = wide["degree"].max() if len(wide) else 1
    layout = {
        "barmode": "stack",
        "margin": {"t": 30, "r": 8, "b": 24},
        "xaxis": {"range": [0, top * 1.14], "tickformat": ",d", "nticks": 5},
        "yaxis": downwards(len(wide)),
        "legend": legend_on_top("normal"),
    }
    return {"data": data, "layout": layout}


def lines(rows: pd.DataFrame, lang: str, option: str = "") -> Figure:
    """Draw one line a measure over the years, named and valued at its end; `log` bends the axis."""
    data, notes = [], []
    for colour, (measure, part) in zip(("$c1", "$c2", "$c3", "$c4"), rows.groupby("measure", sort=False), strict=False):
        name, texts = t(f"measure.{measure}", lang), texts_of(part)
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "showlegend": False,
                "x": part["year"].astype(str).tolist(),
                "y": part["value"].tolist(),
                "text": texts,
                "line": {"color": colour, "width": 2.5},
                "marker": {"size": 5, "color": colour},
                "hovertemplate": f"{name}<br>%{{x}}: %{{text}}<extra></extra>",
            }
        )
        data += printed_marks(part, lang, part["year"].astype(str).tolist(), upright=True)
        notes.append(
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 10,
                "y": math.log10(part["value"].iloc[-1]) if option == "log" else float(part["value"].iloc[-1]),
                "text": f"<b>{texts[-1]}</b>" if len(rows) == len(part) else f"{name}<br><b>{texts[-1]}</b>",
                "showarrow": False,
                "align": "left",
                "font": {"color": colour, "size": 12},
            }
        )
    scale = {"type": "log", "dtick": 1} if option == "log" else {"nticks": 6}
    layout = {
        "xaxis": {"type": "category", "showgrid": False, "tickangle": 0},
        "yaxis": {**scale, "tickformat": ","},
        "annotations": notes,
        "margin": {"t": 12, "b": 28, "l": 44, "r": 62 if rows["measure"].nunique() == 1 else 110},
    }
    return {"data": data, "layout": layout}


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
