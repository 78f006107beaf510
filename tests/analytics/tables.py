"""What tests of engines share: data sets as folders of part files, and snapshots held against each other."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from analytics.contract import TABLES as CONTRACT
from analytics.snapshot import BULK, ROLLED_UP, table_file
from analytics.snapshot_reading import read_snapshot

# The ledger names files, which big and small data sets lay out in different ways.
NAMED = ("ledger",)


def lay_out(source: Path, folder: Path, parts: int = 2, form: str = "csv") -> Path:
    """Write the CSV tables of a folder as folders of part files; give the new folder."""
    for table in CONTRACT:
        path = source / f"{table.name}.csv"
        if path.exists():
            _cut(path, folder / table.name, parts, form)
    return folder


def _cut(path: Path, folder: Path, parts: int, form: str) -> None:
    folder.mkdir(parents=True)
    text = pc.ConvertOptions(column_types=dict.fromkeys(_header(path), pa.string()), strings_can_be_null=True)
    # Blank rows are rows.
    rows = pc.read_csv(path, parse_options=pc.ParseOptions(ignore_empty_lines=False), convert_options=text)
    size = -(-len(rows) // parts)
    for part in range(parts):
        piece = rows.slice(part * size, size)
        if form == "csv":
            pc.write_csv(piece, folder / f"part-{part}.csv")
        else:
            pq.write_table(piece, folder / f"part-{part}.parquet")


def _header(path: Path) -> list[str]:
    return path.read_text("utf-8-sig").splitlines()[0].split(",")


def rows_of(root: Path, name: str) -> list[dict[str, object]]:
    """Give the rows of a table of the snapshot in force, in order of their texts."""
    return sorted(pq.read_table(read_snapshot(root).folder / table_file(name)).to_pylist(), key=repr)


def assert_same(first: Path, second: Path) -> None:
    """Hold every table of two snapshots against each other, row by row; NaN is as good as itself."""
    for name in (*ROLLED_UP, *BULK):
        found = repr(rows_of(second, name))
        if name in NAMED:
            continue
        assert repr(rows_of(first, name)) == found, name


def counts(root: Path) -> dict[tuple[str, str], int]:
    """Give the ledger's counts by table and rule."""
    return {(row["table"], row["rule"]): row["n_rows"] for row in rows_of(root, "ledger")}  # type: ignore[misc]
