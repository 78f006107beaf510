"""The default rows of every chart, as files that a change shows up in. `REGENERATE=1` writes them anew."""

import os
from pathlib import Path

import pytest

from analytics.filters import Filters
from components.charts import CHARTS
from components.sources import shown_rows, write_csv

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("chart", CHARTS)
def test_default_rows(chart: str) -> None:
    spec, path = CHARTS[chart], FOLDER / f"{chart}.csv"
    content = write_csv(shown_rows(spec.select(Filters(), spec.options[0])))
    if os.environ.get("REGENERATE"):
        path.write_bytes(content)
    assert path.read_bytes() == content


def test_no_file_without_a_chart() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(CHARTS)
