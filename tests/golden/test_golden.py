"""Every chart's rows, as a reader of the report has checked them against it.

`REGENERATE=1 python -m pytest tests/golden` writes the files anew; read the difference before keeping it.
"""

import os
from pathlib import Path

import pytest

from analytics.filters import Filters
from components.charts import CHARTS
from components.sources import shown_rows

FOLDER = Path(__file__).parent
# The first option is the chart itself; a scale changes the picture, never the rows.
FRAMES = [(chart, option) for chart, spec in CHARTS.items() for option in spec.options]


def file_of(chart: str, option: str) -> Path:
    """Give the file of a chart, or of one of its further options."""
    first = option == CHARTS[chart].options[0]
    return FOLDER / (f"{chart}.csv" if first else f"{chart}.{option}.csv")


@pytest.mark.parametrize(("chart", "option"), FRAMES)
def test_rows_are_as_reviewed(chart: str, option: str) -> None:
    rows = shown_rows(CHARTS[chart].select(Filters(), option))
    found, path = rows.to_csv(index=False, lineterminator="\n"), file_of(chart, option)
    if os.environ.get("REGENERATE") == "1":
        path.write_bytes(found.encode())
        pytest.skip("written, not compared")
    assert path.exists(), f"{path.name}: run with REGENERATE=1, then review it"
    assert found.splitlines() == path.read_bytes().decode().splitlines()


def test_every_file_has_its_chart() -> None:
    kept = {path.name for path in FOLDER.glob("*.csv")}
    assert kept == {file_of(*frame).name for frame in FRAMES}
