"""Fixtures: a data set made of a few lines, read quietly, in a year that never ends."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.ingest import Ledger, ingest
from analytics.taxonomy import Taxonomy, read_taxonomy

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent
THIS_YEAR = 2024
# DuckDB 2.0 renamed what Ibis 12 still calls.
RENAMED = "ignore:fetch_arrow_table:DeprecationWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(RENAMED))


@dataclass(frozen=True)
class Result:
    """What a data set became."""

    folder: Path
    ledger: Ledger

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.folder / f"{name}.parquet")

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Give a clean table as dicts, missing values as None."""
        frame = self.table(name).astype(object)
        return frame.where(frame.notna(), None).to_dict("records")

    def rules(self, table: str) -> dict[str, int]:
        counts = self.ledger.counts
        return dict(counts[counts["table"] == table].set_index("rule")["n_rows"])

    def events(self) -> pd.DataFrame:
        return pd.read_csv(self.folder / "ledger_rows.csv", encoding="utf-8-sig", dtype="str", keep_default_na=False)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return read_taxonomy(ROOT / "data" / "taxonomy")


@pytest.fixture(scope="session")
def read_into(taxonomy: Taxonomy) -> Callable[..., Result]:
    """Ingest a source, or the CSV texts that are given by table name, within a folder."""

    def run(folder: Path, source: Path | None = None, tables: dict[str, str] | None = None, **options: Any) -> Result:
        if source is None:
            source = folder / "source"
            source.mkdir(exist_ok=True)
            for name, text in (tables or {}).items():
                (source / f"{name}.csv").write_text(text, "utf-8")
        options = {"say": lambda _: None, "this_year": THIS_YEAR} | options
        return Result(folder / "out", ingest(source, folder / "out", taxonomy, **options))

    return run


@pytest.fixture
def read(read_into: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """As `read_into`, within the test's own folder."""
    return partial(read_into, tmp_path)
