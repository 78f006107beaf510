"""Big data sets by DuckDB: the same snapshot as of small ones, exact ledgers, damaged files named."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.__main__ import main
from analytics.build import build_snapshot
from analytics.errors import BuildError, DataError, DataErrors
from analytics.makers import OwnData
from analytics.scale.maker import BigData
from analytics.scale.sources import find_sources, is_big
from analytics.snapshot import CURRENT, LEDGER_ROWS, LEDGER_TABLE, repository
from analytics.snapshot_files import TEMPORARY
from analytics.snapshot_reading import read_snapshot
from tests.analytics.tables import assert_same, counts, lay_out

pytestmark = pytest.mark.long

MINI = Path(__file__).resolve().parents[1] / "mini"
QUIET = {"say": lambda _: None, "build_map": lambda _: {}}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the mini data built as small files."""
    root = tmp_path_factory.mktemp("small")
    build_snapshot(root, maker=OwnData(MINI), **QUIET)
    return root


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_of_parts_gives_the_snapshot_of_one_file(small: Path, tmp_path: Path, form: str) -> None:
    maker = BigData(str(lay_out(MINI, tmp_path / "data", 3, form)))
    manifest = build_snapshot(tmp_path / "out", maker=maker, **QUIET)
    assert_same(small, tmp_path / "out")
    assert counts(tmp_path / "out") == counts(small)
    assert manifest["dataset"]["engine"] == "duckdb" and manifest["dataset"]["network"]["statistics"] == "exact"


def test_every_dropped_row_and_emptied_cell_is_listed(small: Path, tmp_path: Path) -> None:
    maker = BigData(str(lay_out(MINI, tmp_path / "data")))
    build_snapshot(tmp_path / "out", maker=maker, **QUIET)
    folder = read_snapshot(tmp_path / "out").folder
    listed = pq.read_table(folder / LEDGER_TABLE).to_pylist()
    own = pd.read_csv(read_snapshot(small).folder / LEDGER_ROWS, encoding="utf-8-sig", dtype=str).fillna("")
    own = own[~own["action"].eq("merged")]
    key = ["table", "column", "rule", "value"]
    expected = Counter(zip(*(own[name] for name in key), strict=True))
    assert Counter(tuple(row[name] or "" for name in key) for row in listed) == expected
    assert {row["file"] for row in listed} <= {"part-0.csv", "part-1.csv"}
    examples = pd.read_csv(folder / LEDGER_ROWS, encoding="utf-8-sig")
    assert len(examples) == len(listed)


def test_nodes_are_inferred_where_only_relations_are_there(tmp_path: Path) -> None:
    rows = "source,target,year,source_province\na,b,2015,北京\nb,c,2016,\nb,c,2016,44\na,a,2016,\n,c,2016,\n"
    (tmp_path / "small.csv").write_text(rows, "utf-8")
    (tmp_path / "big" / "relations").mkdir(parents=True)
    (tmp_path / "big" / "relations" / "x.csv").write_text(rows, "utf-8")
    build_snapshot(tmp_path / "one", maker=OwnData(tmp_path / "small.csv"), **QUIET)
    build_snapshot(tmp_path / "two", maker=BigData(str(tmp_path / "big")), **QUIET)
    assert_same(tmp_path / "one", tmp_path / "two")
    assert counts(tmp_path / "two") == counts(tmp_path / "one")
    assert counts(tmp_path / "two")["relations", "inferred_node"] == 3


def test_what_is_big_is_told_by_its_folders(tmp_path: Path) -> None:
    assert not is_big(MINI) and not is_big(MINI / "relations.csv") and is_big("s3a://bucket/data")
    (tmp_path / "relations").mkdir()
    assert is_big(tmp_path)


def damaged(folder: Path, how: str) -> str:
    """Spoil one of many files; give its name."""
    path = folder / "relations" / "part-1.parquet"
    content = bytearray(path.read_bytes())
    if how == "cut off":
        content = content[: len(content) // 2]
    elif how == "foot":
        content[-20:-8] = b"x" * 12
    else:
        content[4:120] = b"x" * 116
    path.write_bytes(content)
    return path.name


@pytest.mark.parametrize("how", ["cut off", "foot", "pages"])
def test_one_damaged_file_among_many_is_named(tmp_path: Path, how: str) -> None:
    root = tmp_path / "out"
    build_snapshot(root, maker=OwnData(MINI), **QUIET)
    before = (root / CURRENT).read_text()
    folder = lay_out(MINI, tmp_path / "data", 3, "parquet")
    name = damaged(folder, how)
    with pytest.raises(DataError) as caught:
        build_snapshot(root, maker=BigData(str(folder)), **QUIET)
    assert caught.value.info.file == name
    assert (root / CURRENT).read_text() == before and read_snapshot(root)
    assert not [path for path in root.iterdir() if path.name.startswith(TEMPORARY)]


def test_a_row_of_another_width_names_its_file(tmp_path: Path) -> None:
    folder = lay_out(MINI, tmp_path / "data", 3)
    with (folder / "relations" / "part-2.csv").open("a", encoding="utf-8") as file:
        file.write("a,b,c,d,e,f,g,h,i,j,k,l,m,n\n")
    with pytest.raises(DataError) as caught:
        build_snapshot(tmp_path / "out", maker=BigData(str(folder)), **QUIET)
    assert caught.value.info.file == "part-2.csv"


def test_files_of_other_columns_are_refused(tmp_path: Path) -> None:
    folder = lay_out(MINI, tmp_path / "data")
    (folder / "relations" / "part-9.csv").write_text("source,target\na,b\n", "utf-8")
    with pytest.raises(DataError) as caught:
        find_sources(str(folder))
    assert caught.value.info.file == "part-9.csv"


def test_rows_that_share_an_id_and_differ_are_refused(tmp_path: Path) -> None:
    folder = lay_out(MINI, tmp_path / "data")
    path = folder / "firms" / "part-1.csv"
    header, first = path.read_text("utf-8").splitlines()[:2]
    name = header.split(",").index('"id"' if header.startswith('"') else "id")
    cells = first.split(",")
    assert cells[name]
    cells[name + 1] = '"another name"'
    path.write_text(path.read_text("utf-8") + ",".join(cells) + "\n", "utf-8")
    with pytest.raises(DataErrors, match="rows that say the same"):
        build_snapshot(tmp_path / "out", maker=BigData(str(folder)), **QUIET)


def test_relations_between_provinces_are_refused(tmp_path: Path) -> None:
    (tmp_path / "relations").mkdir()
    (tmp_path / "relations" / "x.csv").write_text("source_province,target_province\n11,44\n", "utf-8")
    with pytest.raises(DataError, match="relations between nodes"):
        BigData(str(tmp_path)).check()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--engine", "spark", "--master", "local[1]"], "needs the package pyspark"),
        (["--master", "local[1]"], "give --engine spark"),
    ],
)
def test_what_is_not_there_is_refused_before_any_work(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.setattr("analytics.scale.cluster.find_spec", lambda _: None)
    folder = lay_out(MINI, tmp_path / "data")
    assert main(["build", str(folder), "--snapshots", str(tmp_path / "out"), *arguments]) == 2
    assert words in capsys.readouterr().err and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("master", "words"),
    [(None, "needs --master"), ("spark://127.0.0.1:1", "No Spark master answers"), ("hive", "is no master")],
)
def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, master: str | None, words: str) -> None:
    monkeypatch.setattr("analytics.scale.cluster.find_spec", lambda _: True)
    monkeypatch.setattr("analytics.scale.cluster._check_java", lambda: None)
    with pytest.raises(BuildError, match=words):
        BigData(str(MINI), "spark", master).check()


def test_no_java_or_an_old_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.scale.cluster.find_spec", lambda _: True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="there is no java"):
        BigData(str(MINI), "spark", "local[1]").check()
    (tmp_path / "java").write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    (tmp_path / "java").chmod(0o755)
    with pytest.raises(BuildError, match="Java 17 or newer, and this is openjdk version"):
        BigData(str(MINI), "spark", "local[1]").check()


def test_a_full_disk_is_told_and_leaves_what_is_served(tmp_path: Path) -> None:
    root, folder = tmp_path / "out", lay_out(MINI, tmp_path / "data")
    build_snapshot(root, maker=OwnData(MINI), **QUIET)
    before = (root / CURRENT).read_text()
    rows = "\n".join(f"a{number},b{number * 7 % 20_011},2015" for number in range(100_000))
    (folder / "relations" / "part-0.csv").unlink()
    (folder / "relations" / "part-1.csv").write_text(f"source,target,year\n{rows}\n", "utf-8")
    # The tables of nodes fit below the limit of a file, the relations do not.
    script = f"""
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
from analytics.__main__ import main
sys.exit(main(["build", {str(folder)!r}, "--snapshots", {str(root)!r}]))
"""
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=repository(), check=False
    )
    assert found.returncode == 2 and "The disk is full" in found.stderr
    assert (root / CURRENT).read_text() == before and read_snapshot(root)
    assert not list(root.glob(f"{TEMPORARY}*"))
