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
from analytics.engines import DUCKDB
from analytics.measures import Everything
from analytics.measures.coding import coded
from analytics.network.arcs import Arcs, graph_of
from analytics.network.graph import Graph
from analytics.network.layout import place_nodes
from analytics.network.plan import Plan, plan_network
from analytics.network.sampling import sample_network
from analytics.network.values import value_network
from analytics.network_years import count_years
from analytics.rollup import first_arcs, read_clean, rollup
from analytics.snapshot import BULK, ROLLED_UP, checksum, repository, table_file

VERSION_DIGITS = 12
RECONSTRUCTION, OWN = "reconstruction", "own"
LEDGER = ("table", "file", "rule", "n_rows")
COLUMNS = ("table", "column", "state", "header")
Say = Callable[[str], None]
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Rolled:
    """The small tables that relations were rolled up to, and the arcs of their network.

    Attributes
    ----------
    small : dict of str to Table
        As `analytics.rollup.rollup` names them, rows in order of all columns.
    arcs : Arcs
        Between rows of `nodes`.
    """

    small: dict[str, pa.Table]
    arcs: Arcs


@dataclass(frozen=True)
class Made:
    """What a maker says of the clean tables that it wrote.

    Attributes
    ----------
    ledger : DataFrame
        `LEDGER`; empty where nothing was read from files.
    columns : DataFrame
        `COLUMNS`: which columns of the contract the data set has.
    rolled : Rolled, optional
        What the maker has rolled up itself.
    engine : str
        That read the tables.
    """

    ledger: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(LEDGER), dtype="str"))
    columns: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS), dtype="str"))
    rolled: Rolled | None = None
    engine: str = DUCKDB


@dataclass(frozen=True)
class Written:
    """What was written: rows by table, the clean ones included, and how the network was measured."""

    rows: dict[str, int]
    network: dict[str, str]


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


def write_dataset(folder: Path, engine: ibis.BaseBackend, made: Made, base: Tables, kind: str) -> Written:
    """Roll the clean tables of a folder up into the small tables beside them.

    Parameters
    ----------
    base : mapping of str to DataFrame
        The published facts and the taxonomies.
    kind : str
        `RECONSTRUCTION` is held against the facts.
    """
    rolled = made.rolled or roll_up(folder, engine)
    small, nodes = rolled.small, rolled.small["nodes"].to_pandas()
    plan = plan_network(len(nodes), len(rolled.arcs))
    frames = {
        "network_years": count_years(nodes, rolled.arcs, last_year(small["flows"])),
        **measure_frames(graph_of(rolled.arcs, len(nodes)), plan),
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
    return Written({**{name: arrow[name].num_rows for name in ROLLED_UP}, **bulk}, plan.told())


def roll_up(folder: Path, engine: ibis.BaseBackend) -> Rolled:
    """Roll the clean tables of a folder up, in memory."""
    clean = read_clean(engine, folder)
    small = {name: ordered(table) for name, table in rollup(clean).items()}
    # In order, as the mean of a million numbers hangs on it in the last digit.
    arcs = ordered(first_arcs(clean.relations)).to_pandas()
    return Rolled(small, Arcs.of_frame(arcs, small["nodes"]["id"].to_pandas()))


def measure_frames(graph: Graph, plan: Plan) -> dict[str, pd.DataFrame]:
    """Measure and place the nodes of a network, as far as the plan goes."""
    places = place_nodes(graph) if plan.layout else np.empty((0, 2), np.float32)
    nodes, network = value_network(graph, plan) if plan.whole else sample_network(graph)
    return {
        "layout": pd.DataFrame({"x": places[:, 0], "y": places[:, 1]}),
        "node_values": nodes,
        "network_values": network,
    }


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
