"""DuckDB counts what plain Python counts: the first half of the engines' contract; `tests/spark` has the other."""

from pathlib import Path

import pytest
from hypothesis import given

from analytics.engines import connect
from analytics.errors import BuildError
from analytics.ingest import ingest
from analytics.snapshot import repository
from analytics.store import snapshot
from analytics.taxonomy import read_taxonomy
from tests.analytics.engines_contract import assert_as_plain, write_tables
from tests.analytics.test_rollup import QUICK, Data, data_sets

pytestmark = pytest.mark.slow
MINI = repository() / "tests" / "mini"


def test_the_mini_data(tmp_path: Path) -> None:
    ingest(MINI, tmp_path, read_taxonomy(repository() / "data" / "taxonomy"), say=lambda _: None)
    assert_as_plain(connect(), tmp_path)


def test_the_reconstruction() -> None:
    assert_as_plain(connect(), snapshot().folder)


@QUICK
@given(data_sets())
def test_any_tables(tmp_path_factory: pytest.TempPathFactory, data: Data) -> None:
    assert_as_plain(connect(), write_tables(tmp_path_factory.mktemp("made"), data))


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(BuildError, match="no engine 'oracle'"):
        connect("oracle")


def test_a_master_without_a_cluster_is_refused() -> None:
    with pytest.raises(BuildError, match="give --engine spark"):
        connect(master="local[1]")
