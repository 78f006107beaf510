"""Earlier editions as the press quoted them, beside what the edition of 2024 prints of the same quantity."""

from typing import Any

import pandas as pd

from analytics import store
from analytics.editions import reference
from analytics.filters import Filters
from components.charts.drawing import LAYER_COLOURS
from components.charts.select import COLUMNS, keep_items
from components.charts.spec import ChartSpec, Figure
from components.i18n import t
from components.numbers import write_value

THIS = 2024  # the edition at hand
SAMPLE = ("text", "n_firms", "sample_2024_report")
# Option -> the figure that prints the same quantity, and the field of the filters that picks its items.
QUANTITIES = {
    "editions_provinces": ("figure-3", "provinces"),
    "editions_areas": ("figure-2", ""),
    "editions_layers": ("figure-9", "layers"),
    "editions_industries": ("figure-17", ""),
    "editions_founded": ("figure-1", ""),
}
ORDERED = ("$c1", "$c2", "$c3", "$c4", "$c5")
HEIGHT = 250  # pixels of the plot
LINE, NAME = 24, 33  # pixels of a number, and of a name with its number below


def select_editions(filters: Filters, option: str) -> pd.DataFrame:
    """Give what the press quoted and, for the same items, what this edition prints; grain: item and edition.

    Returns
    -------
    DataFrame
        The columns of a fact, `year` being the edition's, and `n`, the firms in its sample. `status` is
        `press` for what was quoted, `printed` for what this edition prints.
    """
    source, field = QUANTITIES[option]
    rows = _of_figure(source)
    return keep_items(rows, getattr(filters, field)).copy(deep=False) if field else rows.copy(deep=False)


@store.per_snapshot
def _of_figure(source: str) -> pd.DataFrame:
    """Give what was quoted and what is printed of a figure's quantity, the largest item of today first."""
    quoted = store.editions()
    quoted = quoted[quoted["fact"].str.startswith(f"{source}/")]
    facts = store.facts()
    printed = facts[reference(facts).isin(quoted["fact"])]
    rows = pd.concat([_quoted(quoted, printed), _printed(printed)], ignore_index=True)
    largest = rows[rows["status"].eq("printed")].set_index("item")["value"]
    order = rows["item"].map(largest).rank(ascending=False, method="dense")
    return rows.assign(order=order).sort_values(["order", "item", "year"], ignore_index=True).drop(columns="order")


def _quoted(rows: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """Give quoted rows the columns of a fact, under the names that this edition gives the items."""
    names = printed.drop_duplicates("item").set_index("item")
    same = {name: rows["item"].map(names[name]) for name in ("item_zh", "item_en", "source", "page")}
    full = rows.assign(**same, status="press", note=rows["reported_by"], n=rows["firms_in_sample"])
    return full.assign(year=rows["edition"].astype("Int64"))[[*COLUMNS, "n"]]


def _printed(rows: pd.DataFrame) -> pd.DataFrame:
    year = pd.array([THIS] * len(rows), dtype="Int64")
    return rows.assign(year=year, n=_sample())[[*COLUMNS, "n"]]


def _sample() -> int:
    facts = store.facts()
    source, measure, item = SAMPLE
    keep = facts["source"].eq(source) & facts["measure"].eq(measure) & facts["item"].eq(item)
    return int(facts.loc[keep, "value"].iloc[0])


def draw_editions(rows: pd.DataFrame, lang: str, _option: str) -> Figure:
    """Draw a thin line an item over the editions: dots as quoted, a hollow diamond as printed."""
    sizes = {int(row.year): int(row.n) for row in rows.itertuples()}
    ticks = {year: t("polar.edition", lang, year=year, n=f"{n:,}") for year, n in sorted(sizes.items())}
    parts = [part for _, part in rows.groupby("item", sort=False)]
    colours = [_colour(str(part["item"].iloc[0]), at) for at, part in enumerate(parts)]
    rows = rows.assign(place=rows["year"].map(ticks), side=_sides(rows))
    parts = [part for _, part in rows.groupby("item", sort=False)]
    data = [_item(part, colour, lang) for part, colour in zip(parts, colours, strict=True)]
    top = float(rows["value"].max()) * 1.12 if len(rows) else 1.0
    layout = {
        "xaxis": {
            "type": "category",
            "categoryarray": list(ticks.values()),
            "range": [-0.5, len(ticks) - 0.8],
            "showgrid": False,
            "tickangle": 0,
            "tickfont": {"size": 11},
        },
        "yaxis": {"ticksuffix": "%", "range": [0, top], "nticks": 6},
        "annotations": _names(parts, colours, top, lang),
        "margin": {"t": 8, "r": 148 if lang == "en" else 84, "b": 44, "l": 44},
    }
    return {"data": data or [{"type": "scatter"}], "layout": layout}


def _colour(item: str, at: int) -> str:
    return LAYER_COLOURS.get(item, ORDERED[at % len(ORDERED)])


def _sides(rows: pd.DataFrame) -> list[str]:
    """Put a number under its dot where the next higher dot of the edition would meet it, else above."""
    near = float(rows["value"].max()) * LINE / HEIGHT if len(rows) else 0.0
    gaps = rows.sort_values("value").groupby("year")["value"].diff(-1).abs().reindex(rows.index)
    return ["bottom center" if gap < near else "top center" for gap in gaps]


def _item(rows: pd.DataFrame, colour: str, lang: str) -> dict[str, Any]:
    name = rows[f"item_{lang}"].iloc[0]
    printed, every = rows["status"].eq("printed"), list(rows.itertuples())
    said = [f"{write_value(row.value, row.unit, row.printed)} · {t(f'status.{row.status}', lang)}" for row in every]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": rows["place"].tolist(),
        "y": rows["value"].tolist(),
        "text": ["" if row.status == "printed" else write_value(row.value, row.unit, row.printed) for row in every],
        "textposition": rows["side"].tolist(),
        "textfont": {"size": 11, "color": colour},
        "customdata": said,
        "line": {"color": colour, "width": 1.6, "dash": "dot"},
        "marker": {
            "symbol": ["diamond" if one else "circle" for one in printed],
            "size": [10 if one else 8 for one in printed],
            "color": ["$card" if one else colour for one in printed],
            "line": {"color": ["$ink" if one else colour for one in printed], "width": 1.4},
        },
        "hovertemplate": f"{name}<br>%{{customdata}}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }


def _names(parts: list[pd.DataFrame], colours: list[str], top: float, lang: str) -> list[dict[str, Any]]:
    """Write each item's name and its last value to the right, moved apart where two would meet."""
    lasts = sorted(((part.iloc[-1], colour) for part, colour in zip(parts, colours, strict=True)), key=_height)
    notes, lowest = [], float("-inf")
    for row, colour in lasts:
        at = float(row["value"]) / top * HEIGHT
        lowest = max(at, lowest + NAME)
        text = f"{row[f'item_{lang}']}<br><b>{write_value(row['value'], row['unit'], row['printed'])}</b>"
        place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 10, "y": float(row["value"]), "align": "left"}
        shift = {"yshift": round(lowest - at), "showarrow": False}
        notes.append({**place, **shift, "text": text, "font": {"size": 12, "color": colour}})
    return notes


def _height(last: tuple[pd.Series, str]) -> float:
    return float(last[0]["value"])


def remark_press(_filters: Filters, lang: str) -> str:
    """Say what the quoted numbers are worth."""
    return t("polar.press", lang)


EDITIONS = (
    ChartSpec(
        "earlier_editions",
        "dumbbell",
        tuple(source for source, _ in QUANTITIES.values()),
        ("provinces", "layers"),
        select_editions,
        draw_editions,
        tuple(QUANTITIES),
        340,
        remark=remark_press,
    ),
)
