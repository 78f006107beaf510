"""The rows of every chart over the small data set, as files that a change shows up in.

`REGENERATE=1` writes them anew. The small data set is counted by hand; the reconstruction's numbers
are held to the report by its constraints instead.
"""

import os
from pathlib import Path

import pytest

from analytics import store
from analytics.filters import Filters
from components.charts import CHARTS
from components.sources import shown_rows, write_csv

FOLDER = Path(__file__).parent
# A chart's default stands under its own name, its other options beside it.
CASES = {
    chart if option == spec.options[0] else f"{chart}.{option}": (chart, option)
    for chart, spec in CHARTS.items()
    for option in spec.options
}


@pytest.mark.parametrize("name", CASES)
def test_default_rows(name: str, mini: str) -> None:
    chart, option = CASES[name]
    path = FOLDER / f"{name}.csv"
    content = write_csv(shown_rows(CHARTS[chart].rows(Filters(years=store.span(mini), data=mini), option)))
    if os.environ.get("REGENERATE"):
        path.write_bytes(content)
    assert path.read_bytes() == content


def test_no_file_without_a_chart() -> None:
    assert {path.name.removesuffix(".csv") for path in FOLDER.glob("*.csv")} == set(CASES)
