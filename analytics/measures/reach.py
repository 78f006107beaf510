"""How much of each industry's relations comes from the leading nodes."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from analytics import store
from analytics.contract import NONE
from analytics.explorer.arcs import chosen_nodes, load_arcs
from analytics.filters import Filters
from analytics.measures.relations import levels_of
from analytics.measures.slices import Slice
from analytics.snapshot import table_file


def leading_sources(filters: Filters, count: int) -> np.ndarray:
    """Tell which nodes are among the `count` of the largest out-degree under the filters."""
    arcs = load_arcs(filters)
    out = np.diff(arcs.out_start)
    leading = np.zeros(arcs.n_nodes, dtype=bool)
    leading[np.lexsort((np.arange(arcs.n_nodes), -out))[:count]] = True
    return leading & (out > 0)


def reach_of_sections(filters: Filters, count: int) -> pd.DataFrame:
    """Give what share of each GB/T 4754 section's relations the leading sources provide.

    Parameters
    ----------
    filters : Filters
        Relations begun in the chosen years whose chosen end lies in the chosen provinces and layers.
    count : int
        How many nodes of the largest out-degree are leading.

    Returns
    -------
    DataFrame
        `item` (section), `value` (percent of its relations), `n` (those that come from a leading
        node); the highest share first.
    """
    snapshot = store.snapshot(filters.data)
    rows = _relations(snapshot.folder)
    keep = _kept(rows, filters)
    rows = rows[keep].assign(led=leading_sources(filters, count)[rows["source"].to_numpy()[keep]])
    codes = levels_of(Slice(snapshot.tables, filters), rows["industry"].cat.categories)
    section = codes["section"].where(codes["industry"].ne(NONE), NONE).to_numpy()[rows["industry"].cat.codes]
    led = np.where(rows["led"], rows["count"], 0)
    sums = pd.DataFrame({"item": section, "whole": rows["count"].to_numpy(), "n": led}).groupby("item").sum()
    found = sums.drop(NONE, errors="ignore").reset_index()
    found["value"] = found["n"] * 100 / found["whole"]
    return found.sort_values(["value", "item"], ascending=[False, True], ignore_index=True)[["item", "value", "n"]]


def _kept(rows: pd.DataFrame, filters: Filters) -> np.ndarray:
    keep = np.ones(len(rows), dtype=bool)
    if filters.years != store.span(filters.data):
        keep &= rows["year"].between(*filters.years).to_numpy()
    if filters.provinces or filters.layers:
        chosen = chosen_nodes(store.tables(filters.data)["nodes"], filters)
        ends = {end: chosen[rows[end].to_numpy()] for end in ("source", "target")}
        keep &= ends[filters.end] if filters.end else ends["source"] | ends["target"]
    return keep


@lru_cache(maxsize=2)
def _relations(folder: Path) -> pd.DataFrame:
    """Read ends (rows of `nodes`), year (0 unknown), count and industry of all relations."""
    columns = ["source", "target", "year", "count", "industry"]
    rows = pq.read_table(folder / table_file("relations"), columns=columns).to_pandas()
    index = pd.Index(pq.read_table(folder / table_file("nodes"), columns=["id"]).to_pandas()["id"])
    return pd.DataFrame(
        {
            **{end: index.get_indexer(rows[end]).astype(np.int32) for end in ("source", "target")},
            "year": rows["year"].fillna(0).astype(np.int16),
            "count": rows["count"].fillna(1).astype(np.int64),
            "industry": rows["industry"].fillna(NONE).astype("str").astype("category"),
        }
    )
