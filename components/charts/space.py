"""Tables 6 and 7: who gives, who takes, and along which ways."""

import pandas as pd

from analytics.filters import Filters
from components.charts.arcs import draw_flows
from components.charts.choropleth import HEIGHT, MEASURES, STYLES, draw_map, select_map
from components.charts.drawing import bars, downwards, legend_on_top, texts_of
from components.charts.exchange import ORDERS, draw_balance, draw_matrix, draw_sankey
from components.charts.maps import short_names
from components.charts.pairs import CUTS, MATRIX, OVER, REGIONS, cut, select_balance, select_matrix, select_sankey
from components.charts.select import facts_of, flows, measured, printed_items
from components.charts.spec import ChartSpec, Figure
from components.i18n import t

ENDS = ("provinces", "layers", "years", "topic", "data")
RANKED = 21  # as many as table 6 names in its two columns together
TICKS = (0.1, 0.3, 1, 3, 10, 30)  # percent, on a log axis
SIDES = (("share_enabling", "$enabling", "circle"), ("share_input", "$input", "circle-open"))


def select_ranks(filters: Filters, option: str) -> pd.DataFrame:
    """Give both shares of the provinces that lead in either; grain: province and measure."""
    rows = measured("table-6", "share_enabling", "share_input", items="provinces")(filters, option)
    best = rows.groupby("item")["value"].max().nlargest(RANKED).index
    return rows[rows["item"].isin(best) & rows["value"].gt(0)].reset_index(drop=True)


def draw_ranks(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw enabling and input as two dots a province on a log axis."""
    order = rows.groupby("item", sort=False)["value"].max().sort_values(ascending=False).index
    names, short = rows.assign(at=pd.Categorical(rows["item"], order)), short_names(lang)
    names = names.sort_values("at")
    data = [_bones(names, short)]
    for measure, colour, symbol in SIDES:
        part = names[names["measure"].eq(measure)]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": t(f"measure.{measure}", lang),
                "x": part["value"].tolist(),
                "y": [short[code] for code in part["item"]],
                "text": texts_of(part),
                "customdata": part["item"].tolist(),
                "marker": {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2.5, "color": colour}},
                "hovertemplate": "%{y} %{fullData.name}: %{text}<extra></extra>",
            }
        )
    layout = {
        "xaxis": {
            "type": "log",
            "range": [-1.25, 1.75],  # 0.056 to 56 percent, whatever is filtered
            "showgrid": True,
            "tickvals": list(TICKS),
            "ticktext": [f"{value:g}%" for value in TICKS],
            "title": {"text": t("axis.share_log", lang)},
        },
        "yaxis": {**downwards(len(order)), "categoryarray": [short[code] for code in order]},
        "legend": legend_on_top(),
        "margin": {"t": 30, "r": 10, "b": 48},
    }
    return {"data": data, "layout": layout}


def _bones(rows: pd.DataFrame, short: dict[str, str]) -> dict[str, object]:
    x, y = [], []
    for code, part in rows.groupby("item", sort=False, observed=True):
        x += [*part["value"].tolist(), None]
        y += [short[code]] * len(part) + [None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "showlegend": False,
        "line": {"color": "$mute", "width": 2},
    }


def draw_flow_bars(rows: pd.DataFrame, lang: str, option: str) -> Figure:
    """Draw the flows as ranked bars under the provinces' short names."""
    short = short_names(lang)
    ends = zip(rows["source_province"], rows["target_province"], strict=True)
    return bars(rows.assign(**{f"item_{lang}": [f"{short[a]} → {short[b]}" for a, b in ends]}), lang)


def draw_rank_list(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw ranks as numbered places; a rank has no length, so there are no bars."""
    half = -(-len(rows) // 2)
    places = [(at // half, -(at % half)) for at in range(len(rows))]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "text": [f"   {name}" for name in rows[f"item_{lang}"]],
        "textposition": "middle right",
        "textfont": {"size": 14},
        "marker": {"size": 24, "color": "$t1"},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "showlegend": False,
    }
    numbers = {
        **trace,
        "mode": "text",
        "text": [f"<b>{int(v)}</b>" for v in rows["value"]],
        "textposition": "middle center",
        "textfont": {"size": 12},
    }
    hidden = {"visible": False, "fixedrange": True}
    layout = {
        "xaxis": {**hidden, "range": [-0.1, 2]},
        "yaxis": {**hidden, "range": [-half + 0.4, 0.6]},
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4},
    }
    return {"data": [trace, numbers], "layout": layout}


SPACE = (
    ChartSpec("province_map", "map", ("table-6",), ENDS, select_map, draw_map, tuple(MEASURES), HEIGHT, styles=STYLES),
    ChartSpec("province_ranks", "dumbbell", ("table-6",), ENDS, select_ranks, draw_ranks, height=540),
    ChartSpec("flow_map", "flows", ("table-7",), ENDS, cut, draw_flows, (*CUTS, OVER), 520),
    ChartSpec("flow_ranks", "bars", ("table-7",), ENDS, flows, draw_flow_bars, height=520),
    ChartSpec("flow_matrix", "matrix", ("table-7",), ENDS, select_matrix, draw_matrix, (*MATRIX,), 620, styles=ORDERS),
    ChartSpec("flow_sankey", "sankey", ("table-7",), ENDS, select_sankey, draw_sankey, (REGIONS, "provinces"), 560),
    ChartSpec("flow_balance", "dumbbell", ("table-7",), ENDS, select_balance, draw_balance, height=560),
    ChartSpec(
        "index_provinces",
        "bars",
        ("text",),
        ("provinces",),
        printed_items("provinces", "text", "rank_competitiveness_province"),
        draw_rank_list,
        height=220,
    ),
    ChartSpec(
        "index_cities",
        "bars",
        ("text",),
        (),
        facts_of("text", "rank_competitiveness_city"),
        draw_rank_list,
        height=220,
    ),
)
