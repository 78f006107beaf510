"""A page costs the same however many relations there are: what it reads is as large, and takes as long."""

import time
from collections import OrderedDict
from pathlib import Path
from statistics import median

import pytest

from analytics import store
from analytics.build import build_snapshot
from analytics.filters import Filters
from analytics.makers import OwnData
from analytics.scale.maker import BigData
from analytics.snapshot import ENVIRONMENT, ROLLED_UP, repository
from components.charts import CHARTS
from tests.bench.big import write_big

pytestmark = pytest.mark.long
MINI = repository() / "tests" / "mini"
TIMES = 5_000
QUIET = {"say": lambda _: None}


def serve(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(root))
    monkeypatch.setattr(store, "_cached", OrderedDict())


def seconds_of_all_charts() -> float:
    """Give the median time of the rows of every chart that counts relations, of some rounds."""
    took = []
    for first in range(2013, 2019):
        start = time.perf_counter()
        for spec in CHARTS.values():
            spec.rows(Filters(years=(first, 2019)), spec.option(None))
        took.append(time.perf_counter() - start)
    return median(took)


def test_charts_of_five_thousand_times_the_relations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, big = tmp_path / "small", tmp_path / "big"
    build_snapshot(small, maker=OwnData(MINI), **QUIET)
    serve(small, monkeypatch)
    assert write_big(tmp_path / "data", TIMES, clones=1) == 24 * TIMES
    build_snapshot(big, maker=BigData(str(tmp_path / "data")), **QUIET)
    tables, usual = store.tables(), seconds_of_all_charts()
    serve(big, monkeypatch)
    found = store.tables()
    assert found["flows"]["n_relations"].sum() == TIMES * tables["flows"]["n_relations"].sum()
    sizes = {name: len(tables[name]) for name in ROLLED_UP if name != "ledger"}
    assert {name: len(found[name]) for name in sizes} == sizes
    # Twice leaves room for a busy machine; relations grew five thousand times.
    assert seconds_of_all_charts() < 2 * usual + 0.5
