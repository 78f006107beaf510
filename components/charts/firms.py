"""Figures 1 to 12: the 4,311 sample firms. Every card filters all others."""

from analytics.filters import FIRM_FIELDS
from analytics.measures.spread import SCALES
from components.charts.areas import select_areas
from components.charts.drawing import bars, columns
from components.charts.select import measured
from components.charts.spec import ChartSpec
from components.charts.spread import FIGURES, draw_spread, select_per_firm, select_spread

FIRM_FILTERS = ("provinces", "layers", *FIRM_FIELDS, "data")
TEN = 10  # the report names the first ten provinces
TWO_SCALES = ("linear", "log")


def _firm_chart(
    chart: str, source: str, field: str, height: int = 240, options: tuple[str, ...] = ("",), top: int = 0
) -> ChartSpec:
    measure = "share_patents" if chart.startswith("patent_") else "share_firms"
    finer = field in ("founded", "provinces")
    select = measured(source, measure, field=field, finer=finer, top=top)
    draw = columns if field == "founded" else bars
    kind = "columns" if field == "founded" else "bars"
    return ChartSpec(chart, kind, (source,), FIRM_FILTERS, select, draw, options, height, field)


FIRMS = (
    _firm_chart("founding", "figure-1", "founded"),
    ChartSpec("metropolitan_areas", "bars", ("figure-2",), FIRM_FILTERS, select_areas, bars, height=200),
    _firm_chart("firm_provinces", "figure-3", "provinces", 340, top=TEN),
    _firm_chart("employees", "figure-4", "employees", options=TWO_SCALES),
    _firm_chart("listed", "figure-5", "listed", 160),
    _firm_chart("revenue", "figure-6", "revenue", options=TWO_SCALES),
    _firm_chart("rd_cost", "figure-7", "rd_cost"),
    _firm_chart("rd_intensity", "figure-8", "rd_intensity"),
    _firm_chart("layers", "figure-9", "layers", 160),
    _firm_chart("patents", "figure-10", "patents", options=TWO_SCALES),
    _firm_chart("patent_provinces", "figure-11", "provinces", 340, top=TEN),
    _firm_chart("patent_layers", "figure-12", "layers", 160),
    ChartSpec(
        "patents_per_firm",
        "bars",
        ("figure-12",),
        FIRM_FILTERS,
        select_per_firm,
        bars,
        height=160,
        field="layers",
    ),
    ChartSpec(
        "firm_spread",
        "spread",
        tuple(FIGURES.values()),
        FIRM_FILTERS,
        select_spread,
        draw_spread,
        tuple(SCALES),
        height=420,
    ),
)
