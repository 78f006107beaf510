"""Data of any size with the report's shape: `python -m tests.bench.big OUT --times 100`.

Every node of the data set in use becomes some clones, every relation as many relations between clones of its two ends.
So all counts by place, layer, year and topic are the data set's own, times the factor, which checks a build of any
size; and degrees keep their shape, as the clones of a hub are hubs. Clones are chosen unevenly, as partners are.
"""

import argparse
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from analytics import store
from analytics.snapshot import table_file

SEED = 2024
PART_ROWS = 1_000_000  # of one file; also what is held at a time
UNEVEN = 2.0  # the first of m clones is chosen sqrt(m) times as often as evenly


def clones_of(times: int) -> int:
    """Give how many clones every node gets by default: their number grows as the root of that of relations."""
    return max(1, round(math.sqrt(times)))


def write_big(out: Path, times: int, clones: int | None = None, form: str = "parquet", seed: int = SEED) -> int:
    """Write folders `firms`, `organizations` and `relations` of part files; give the number of relations.

    Parameters
    ----------
    times : int
        How many relations stand for each of the data set in use.
    form : str
        ``parquet`` or ``csv``.
    """
    source = store.snapshot().folder
    clones = clones or clones_of(times)
    ids = [_write_nodes(source, out, name, clones, form) for name in ("firms", "organizations")]
    relations = pd.read_parquet(source / table_file("relations"))
    known = pd.Index([*ids[0], *ids[1]])
    ends = [known.get_indexer(relations[end]) for end in ("source", "target")]
    names = pa.chunked_array([_cloned(known.to_series(), clone) for clone in range(clones)]).combine_chunks()
    rest = pa.Table.from_pandas(relations.drop(columns=["source", "target"]), preserve_index=False)
    parts = _relations(ends, names, len(known), rest, times, clones, np.random.default_rng(seed))
    for number, part in enumerate(parts):
        _write(part, out / "relations", number, form)
    return len(relations) * times


def _write_nodes(source: Path, out: Path, name: str, clones: int, form: str) -> list[str]:
    rows = pd.read_parquet(source / table_file(name))
    schema = pa.Schema.from_pandas(rows, preserve_index=False)
    for clone in range(clones):
        texts = {key: _cloned(rows[key], clone) for key in ("id", "name_zh", "name_en")}
        table = pa.Table.from_pandas(rows, schema=schema, preserve_index=False)
        for key, values in texts.items():
            table = table.set_column(table.column_names.index(key), key, values)
        _write(table, out / name, clone, form)
    return rows["id"].tolist()


def _cloned(texts: pd.Series, clone: int) -> pa.Array:
    """Name a clone; the first keeps the name."""
    return pa.array((texts + f"-{clone}" if clone else texts).to_numpy(dtype=object), pa.string(), from_pandas=True)


def _relations(
    ends: list[np.ndarray],
    names: pa.Array,
    n: int,
    rest: pa.Table,
    times: int,
    clones: int,
    rng: np.random.Generator,
) -> Iterator[pa.Table]:
    """Give all relations in pieces of some copies each."""
    at_once = max(1, PART_ROWS // len(rest))
    for first in range(0, times, at_once):
        copies = min(at_once, times - first)
        rows = np.tile(np.arange(len(rest)), copies)
        chosen = [np.floor(clones * rng.random(len(rows)) ** UNEVEN).astype(np.int64) * n + end[rows] for end in ends]
        columns = dict(zip(("source", "target"), (names.take(pa.array(one)) for one in chosen), strict=True))
        yield pa.table({**columns, **{name: rest[name].take(pa.array(rows)) for name in rest.column_names}})


def _write(table: pa.Table, folder: Path, number: int, form: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"part-{number:05d}.{form}"
    if form == "csv":
        pc.write_csv(table, path)
    else:
        pq.write_table(table, path, compression="zstd")


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.big", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--times", type=int, required=True, help="relations for each one of the data set in use")
    parser.add_argument("--clones", type=int, help="nodes for each; by default the root of --times")
    parser.add_argument("--form", choices=("parquet", "csv"), default="parquet")
    chosen = parser.parse_args()
    print(f"{write_big(chosen.out, chosen.times, chosen.clones, chosen.form):,} relations")


if __name__ == "__main__":
    main()
