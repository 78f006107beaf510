"""Spark counts what DuckDB and plain Python count: the second half of the engines' contract."""

from collections.abc import Iterator
from pathlib import Path

import ibis
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from analytics.build import build_snapshot
from analytics.engines import SPARK, connect
from analytics.errors import DataError
from analytics.ingest import ingest
from analytics.makers import OwnData
from analytics.scale.maker import BigData
from analytics.snapshot import CURRENT, repository
from analytics.store import snapshot
from analytics.taxonomy import read_taxonomy
from tests.analytics.engines_contract import assert_as_plain, write_tables
from tests.analytics.tables import assert_same, counts, lay_out
from tests.analytics.test_rollup import Data, data_sets

MINI = repository() / "tests" / "mini"
MASTER = "local[2]"
QUIET = {"say": lambda _: None, "build_map": lambda _: {}}
# A query of a cluster takes seconds, however few its rows.
FEW = settings(
    max_examples=3, deadline=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ibis.BaseBackend]:
    """A session of two threads, for tests that only count."""
    session = connect(SPARK, master=MASTER, temp_folder=tmp_path_factory.mktemp("warehouse"))
    yield session
    session.disconnect()


def test_the_mini_data(engine: ibis.BaseBackend, tmp_path: Path) -> None:
    ingest(MINI, tmp_path, read_taxonomy(repository() / "data" / "taxonomy"), say=lambda _: None)
    assert_as_plain(engine, tmp_path)


def test_the_reconstruction(engine: ibis.BaseBackend) -> None:
    assert_as_plain(engine, snapshot().folder)


@FEW
@given(data_sets())
def test_any_tables(engine: ibis.BaseBackend, tmp_path_factory: pytest.TempPathFactory, data: Data) -> None:
    assert_as_plain(engine, write_tables(tmp_path_factory.mktemp("made"), data))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_build_gives_the_snapshot_of_a_small_one(tmp_path: Path, form: str) -> None:
    build_snapshot(tmp_path / "small", maker=OwnData(MINI), **QUIET)
    folder = str(lay_out(MINI, tmp_path / "data", 3, form))
    manifest = build_snapshot(tmp_path / "spark", maker=BigData(folder, SPARK, MASTER), **QUIET)
    assert_same(tmp_path / "small", tmp_path / "spark")
    assert counts(tmp_path / "spark") == counts(tmp_path / "small") and manifest["dataset"]["engine"] == SPARK


def test_one_damaged_file_among_many_is_named(tmp_path: Path) -> None:
    root = tmp_path / "out"
    build_snapshot(root, maker=OwnData(MINI), **QUIET)
    before = (root / CURRENT).read_text()
    folder = lay_out(MINI, tmp_path / "data", 3, "parquet")
    path = folder / "relations" / "part-1.parquet"
    content = bytearray(path.read_bytes())
    content[4:120] = b"x" * 116
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        build_snapshot(root, maker=BigData(str(folder), SPARK, MASTER), **QUIET)
    assert caught.value.info.file == path.name and (root / CURRENT).read_text() == before
