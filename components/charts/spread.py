"""What no figure of the report shows of its firms: the spread within groups, and patents by firm."""

from dataclasses import replace
from typing import Any

import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.measures import Slice
from analytics.measures.spread import EVERY_FIRM, SCALES, per_firm, spread
from components.charts.drawing import LAYER_COLOURS, downwards, label_of, opacities, picks_of, wrap
from components.charts.names import names_of
from components.charts.select import COLUMNS, STATUS, beside, mark_chosen, rows_of
from components.charts.spec import Figure
from components.i18n import LANGUAGES, t
from components.numbers import write_value

FIGURES = {
    "employees": "figure-4",
    "revenue_cny": "figure-6",
    "rd_cost_cny": "figure-7",
    "intensity": "figure-8",
    "patents": "figure-10",
}
GROUPS = {"layers": "figure-9", "provinces": "figure-3"}  # field -> where its items are named
MOST = 10  # provinces
QUARTILES = ("q10", "q25", "q75", "q90")


def select_spread(filters: Filters, option: str) -> pd.DataFrame:
    """Give median, quartiles and deciles of a number for all firms, the layers and the largest provinces."""
    part = Slice(store.tables(filters.data), filters)
    whole = spread(part, option, "")
    names = {f"item_{lang}": t("item.all_firms", lang) for lang in LANGUAGES}
    parts = [_told(whole, option, filters, "figure-9").assign(**names)]
    for field, source in GROUPS.items():
        rows = _told(spread(part, option, field).head(MOST), option, filters, source)
        parts.append(mark_chosen(rows, field, filters) if len(rows) else rows)
    rows = pd.concat([one for one in parts if len(one)] or parts[:1], ignore_index=True)
    return rows.assign(chosen=rows["chosen"].fillna(True).astype(bool)) if "chosen" in rows else rows


def select_per_firm(filters: Filters, _option: str) -> pd.DataFrame:
    """Give patents by firm of each layer, and beside them those of what the selection is compared with."""
    now = replace(filters, pin="")
    rows = _mean(now)
    if len(rows) and filters.base() != now:
        rows = rows.assign(base=beside(rows, _mean(filters.base())))
    return mark_chosen(rows, "layers", filters)


def _mean(filters: Filters) -> pd.DataFrame:
    rows = per_firm(Slice(store.tables(filters.data), filters))
    return _told(rows, "patents", filters, "figure-9").assign(measure="patents_per_firm", source="figure-12")


def _told(rows: pd.DataFrame, number: str, filters: Filters, names: str) -> pd.DataFrame:
    """Give rows the columns of a fact; `names` is the figure that names the items."""
    kind = store.snapshot(filters.data).manifest["dataset"]["kind"]
    facts, source = rows_of(names, "share_firms"), FIGURES[number]
    told = rows.assign(
        measure=f"median_{number}",
        year=pd.array([pd.NA] * len(rows), dtype="Int64"),
        unit=SCALES[number][1],
        printed="",
        status=STATUS[kind],
        note="",
        source=source,
        page=rows_of(source, "share_firms")["page"].iloc[0],
        reported="",
        **names_of(rows["item"], names, facts, filters.data),
    )
    extra = [name for name in QUARTILES if name in rows]
    return told[[*COLUMNS, "reported", "n", *extra]]


def draw_spread(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw a line from the first to the last decile, a bar between the quartiles, a dot at the median."""
    labels = [wrap(label, lang) for label in label_of(rows, lang)]
    colours = [LAYER_COLOURS.get(item, "$ink" if item == EVERY_FIRM else "$enabling") for item in rows["item"]]
    fades = opacities(rows)
    data = [
        *_spans(rows, labels, colours, fades, "q10", "q90", 1.5),
        *_spans(rows, labels, colours, fades, "q25", "q75", 9),
        {
            "type": "scatter",
            "mode": "markers",
            "x": rows["value"].tolist(),
            "y": labels,
            "text": [_said(row, lang) for row in rows.itertuples()],
            "marker": {"size": 11, "color": "$card", "opacity": fades, "line": {"width": 2.5, "color": colours}},
            "customdata": picks_of(rows.fillna({"pick": ""})) if "pick" in rows else rows["item"].tolist(),
            "hovertemplate": "%{y}<br>%{text}<extra></extra>",
            "showlegend": False,
        },
    ]
    layout = {
        "xaxis": {"type": "log", "nticks": 6, "tickformat": "~s" if lang == "en" else ",~r"},
        "yaxis": downwards(len(rows)),
        "margin": {"t": 4, "r": 16, "b": 28},
    }
    return {
        "data": [one for group in data for one in (group if isinstance(group, list) else [group])],
        "layout": layout,
    }


def _spans(
    rows: pd.DataFrame, labels: list[str], colours: list[str], fades: list[float], low: str, high: str, width: float
) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [getattr(row, low), getattr(row, high)],
            "y": [label, label],
            "line": {"width": width, "color": colour},
            "opacity": fade * (0.45 if width > 2 else 1),
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for row, label, colour, fade in zip(rows.itertuples(), labels, colours, fades, strict=True)
    ]


def _said(row: Any, lang: str) -> str:
    values = {name: write_value(round(getattr(row, name), 2), row.unit) for name in ("value", *QUARTILES)}
    return t("chart.firm_spread.hover", lang, n=f"{int(row.n):,}", unit=t(f"unit.{row.unit}", lang), **values)
