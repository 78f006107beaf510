"""Where a snapshot's data set comes from, and how it becomes the small tables of the snapshot."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.constraints import check_constraints
from analytics.measures import Everything
from analytics.measures.coding import coded
from analytics.network.graph import Graph, build_graph
from analytics.network.layout import place_nodes
from analytics.network.values import value_network
from analytics.network_years import count_years
from analytics.rollup import first_arcs, join_ends, number_nodes, read_clean, rollup
from analytics.snapshot import BULK, ROLLED_UP, checksum, repository, table_file

VERSION_DIGITS = 12
RECONSTRUCTION, OWN = "reconstruction", "own"
LEDGER = ("table", "file", "rule", "n_rows")
COLUMNS = ("table", "column", "state", "header")
Say = Callable[[str], None]
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Made:
    """What a maker says of the clean tables that it wrote.

    Attributes
    ----------
    ledger : DataFrame
        `LEDGER`; empty where nothing was read from files.
    columns : DataFrame
        `COLUMNS`: which columns of the contract the data set has.
    """

    ledger: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(LEDGER), dtype="str"))
    columns: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS), dtype="str"))


class Maker(Protocol):
    """Makes the three clean tables of a data set."""

    @property
    def kind(self) -> str:
        """`reconstruction` or `own`."""

    def inputs(self) -> dict[str, str]:
        """Give checksums and settings that the outcome hangs on, by name."""

    def make(self, folder: Path, facts: pd.DataFrame, taxonomy: Tables, say: Say) -> Made:
        """Write `firms.parquet`, `organizations.parquet` and `relations.parquet` into `folder`."""


def dataset_version(maker: Maker, inputs: Mapping[str, str]) -> str:
    """Name everything that a data set's tables hang on: inputs, settings and the code itself.

    The map is no part of it, so `inputs` may hold files that do not count.
    """
    counted = {name: value for name, value in inputs.items() if name.startswith(("published/", "taxonomy/"))}
    parts = {**counted, **maker.inputs(), "code": code_checksum()}
    return checksum(json.dumps([maker.kind, parts], sort_keys=True).encode())[:VERSION_DIGITS]


def code_checksum() -> str:
    """Give one checksum of all modules of this package."""
    files = sorted((repository() / "analytics").rglob("*.py"))
    return checksum(b"".join(path.name.encode() + path.read_bytes() for path in files))


def write_dataset(folder: Path, engine: ibis.BaseBackend, made: Made, base: Tables, kind: str) -> dict[str, int]:
    """Roll the clean tables of a folder up into the small tables beside them.

    Parameters
    ----------
    base : mapping of str to DataFrame
        The published facts and the taxonomies.
    kind : str
        `RECONSTRUCTION` is held against the facts.

    Returns
    -------
    dict of str to int
        Rows by table, the clean ones included.
    """
    clean = read_clean(engine, folder)
    small = {name: ordered(table) for name, table in rollup(clean).items()}
    nodes = number_nodes(clean)
    # In order, as the mean of a million numbers hangs on it in the last digit.
    arcs = ordered(first_arcs(join_ends(clean.relations, nodes))).to_pandas()
    graph = graph_of(small["nodes"]["id"].to_pandas(), arcs)
    places, (node_values, network_values) = place_nodes(graph), value_network(graph)
    frames = {
        "network_years": count_years(small["nodes"].to_pandas(), arcs, last_year(small["flows"])),
        "layout": pd.DataFrame({"x": places[:, 0], "y": places[:, 1]}),
        "node_values": node_values,
        "network_values": network_values,
        "ledger": made.ledger,
        "columns": made.columns,
    }
    computed = {**base, **{name: coded(name, table.to_pandas()) for name, table in small.items()}, **frames}
    facts = base["facts"] if kind == RECONSTRUCTION else base["facts"].head(0)
    frames["constraints"] = check_constraints(facts, computed, Everything())
    arrow = {**small, **{name: pa.Table.from_pandas(frame, preserve_index=False) for name, frame in frames.items()}}
    for name, table in arrow.items():
        (folder / table_file(name)).write_bytes(parquet(table))
    bulk = {name: pq.read_metadata(folder / table_file(name)).num_rows for name in BULK}
    return {**{name: arrow[name].num_rows for name in ROLLED_UP}, **bulk}


def graph_of(ids: pd.Series, arcs: pd.DataFrame) -> Graph:
    """Give the network of some arcs; its nodes are in the order of `nodes`."""
    index = pd.Index(ids)
    source, target = (index.get_indexer(arcs[end]).astype(np.int64) for end in ("source", "target"))
    return build_graph(source, target, len(index))


def last_year(flows: pa.Table) -> int:
    """Give the last year of any relation; 0 where none is dated."""
    return max(flows["year"].to_pylist(), default=0)


def ordered(table: ir.Table) -> pa.Table:
    """Fetch a table with its rows in an order that does not hang on the engine's threads."""
    return table.order_by(table.columns).to_pyarrow()


def parquet(table: pa.Table) -> bytes:
    """Write a table as Parquet; the same rows give the same bytes."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()
