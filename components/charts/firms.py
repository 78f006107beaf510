"""Figures 1 to 12: the 4,311 sample firms."""

from components.charts.drawing import bars, columns
from components.charts.select import measured
from components.charts.spec import ChartSpec

FIRM_FILTERS = ("provinces", "layers", "data")
TEN = 10  # the report names the first ten provinces

FIRMS = (
    ChartSpec(
        "founding",
        "columns",
        ("figure-1",),
        FIRM_FILTERS,
        measured("figure-1", "share_firms", finer=True),
        columns,
        height=240,
    ),
    ChartSpec(
        "metropolitan_areas",
        "bars",
        ("figure-2",),
        ("layers", "data"),
        measured("figure-2", "share_firms"),
        bars,
        height=240,
    ),
    ChartSpec(
        "firm_provinces",
        "bars",
        ("figure-3",),
        FIRM_FILTERS,
        measured("figure-3", "share_firms", items="provinces", top=TEN, finer=True),
        bars,
        height=340,
    ),
    *(
        ChartSpec(chart, "bars", (source,), FIRM_FILTERS, measured(source, "share_firms"), bars, height=260)
        for chart, source in (
            ("employees", "figure-4"),
            ("listed", "figure-5"),
            ("revenue", "figure-6"),
            ("rd_cost", "figure-7"),
            ("rd_intensity", "figure-8"),
        )
    ),
    ChartSpec(
        "layers",
        "bars",
        ("figure-9",),
        FIRM_FILTERS,
        measured("figure-9", "share_firms", items="layers"),
        bars,
        height=200,
    ),
    ChartSpec("patents", "bars", ("figure-10",), FIRM_FILTERS, measured("figure-10", "share_firms"), bars, height=260),
    ChartSpec(
        "patent_provinces",
        "bars",
        ("figure-11",),
        FIRM_FILTERS,
        measured("figure-11", "share_patents", items="provinces", top=TEN, finer=True),
        bars,
        height=340,
    ),
    ChartSpec(
        "patent_layers",
        "bars",
        ("figure-12",),
        FIRM_FILTERS,
        measured("figure-12", "share_patents", items="layers"),
        bars,
        height=200,
    ),
)
