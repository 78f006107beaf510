"""What both peers draw: the twelve distributions of the firms page, as a plain bar chart each."""

import os
from pathlib import Path

import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

FIRMS = pd.read_parquet(Path(os.environ["BENCH_FIRMS"]))
LAYERS = ["base", "technology", "application"]
# Title -> column, and what is summed instead of counted.
EVERY = {
    "founding": ("founded_year", ""),
    "provinces": ("province", ""),
    "employees": ("employees_class", ""),
    "listed": ("listed", ""),
    "revenue": ("revenue_class", ""),
    "rd": ("rd_class", ""),
    "intensity": ("intensity_class", ""),
    "layers": ("layer", ""),
    "patents": ("patents_class", ""),
    "patent_provinces": ("province", "patents"),
    "patent_layers": ("layer", "patents"),
    "cities": ("province", ""),
}
CHARTS = dict(list(EVERY.items())[: int(os.environ.get("BENCH_CHARTS", "12"))])


def draw(rows: pd.DataFrame, title: str) -> Figure:
    """Draw one distribution."""
    column, weight = CHARTS[title]
    groups = rows.groupby(column)
    sums = (groups[weight].sum() if weight else groups.size()).rename("n").reset_index()
    sums["share"] = sums["n"] * 100 / (sums["n"].sum() or 1)
    return px.bar(sums, x="share", y=column, orientation="h", title=title, height=260)
