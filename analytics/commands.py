"""What the commands of the command line do; each takes its arguments and gives an exit code."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import pandas as pd

from analytics import audit, store
from analytics.build import build_snapshot, read_inputs
from analytics.dataset import Maker
from analytics.engines import DUCKDB
from analytics.errors import BuildError
from analytics.filters import Filters
from analytics.ingest import NO_LIMITS, ingest
from analytics.makers import OwnData, Reconstruction
from analytics.measures import Everything, compute_facts
from analytics.network.graph import Graph, read_graph
from analytics.scale.maker import BigData
from analytics.scale.sources import is_big
from analytics.snapshot import CHECKS, FACTS, repository
from analytics.taxonomy import read_taxonomy
from analytics.template import write_template

OK, BAD_DATA, CANNOT_RUN = 0, 1, 2


def build(chosen: argparse.Namespace) -> int:
    """Build the reconstruction's snapshot, or that of the tables in a folder."""
    manifest = build_snapshot(chosen.snapshots, chosen.data, chosen.boundaries, maker=_maker(chosen))
    print(f"data version {manifest['version']}, {sum(manifest['rows'].values())} rows")
    return OK


def _maker(chosen: argparse.Namespace) -> Maker:
    """Choose who makes the data set; what cannot be made is refused here, before any work."""
    if not chosen.source:
        if chosen.engine != DUCKDB or chosen.master:
            raise BuildError("The reconstruction is made here: --engine and --master are for a folder of your own.")
        return Reconstruction(chosen.seed)
    if chosen.engine == DUCKDB and not is_big(chosen.source):
        if chosen.master:
            raise BuildError("--master is the address of a Spark cluster: give --engine spark as well.")
        return OwnData(Path(chosen.source), mapping=chosen.mapping)
    maker = BigData(chosen.source, chosen.engine, chosen.master, chosen.mapping)
    maker.check()
    return maker


def validate(chosen: argparse.Namespace) -> int:
    """Check the published numbers, or the tables in a folder; write nothing."""
    if chosen.source:
        return _validate_own(chosen.source, chosen.mapping)
    inputs = read_inputs(chosen.data)
    for name, frame in inputs.tables.items():
        print(f"{name:<14} {len(frame):>6} rows, all checks hold")
    return OK


def _validate_own(source: Path, mapping: Path | None) -> int:
    with tempfile.TemporaryDirectory() as folder:
        ledger = ingest(source, Path(folder), read_taxonomy(repository() / "data" / "taxonomy"), NO_LIMITS, mapping)
        print(ledger.counts.to_string(index=False))
        rows = (Path(folder) / "ledger_rows.csv").read_text("utf-8-sig").splitlines()
    if len(rows) > 1:
        print("\n".join(rows[:LINES_SHOWN]))
    return OK


LINES_SHOWN = 21  # the header and twenty lines: `build` keeps the whole list


def run_audit(chosen: argparse.Namespace) -> int:
    """Print where the report contradicts itself, and every printed number beside the computed one."""
    tables = store.tables()
    facts, checks = tables[FACTS], tables[CHECKS]
    findings = checks.loc[~checks["holds"]].drop(columns="holds").reset_index(drop=True)
    comparison = audit.compare(facts, compute_facts(facts, tables, Everything()))
    print(audit.report(findings, comparison, chosen.format))
    return OK


def run_stats(chosen: argparse.Namespace) -> int:
    """Print the statistics of the network in force, or of the tables in a folder."""
    # Only this command needs the kernels.
    from analytics.network.values import value_network

    _, table = value_network(_graph_of(chosen.source, chosen.mapping))
    found = {name: None if pd.isna(value) else value for name, value in zip(*table.to_numpy().T, strict=True)}
    if chosen.format == "json":
        print(json.dumps(found, indent=2))
    else:
        print("\n".join(f"{name:<34} {'-' if value is None else f'{value:,.6g}'}" for name, value in found.items()))
    return OK


def _graph_of(source: Path | None, mapping: Path | None) -> Graph:
    if source is None:
        return read_graph(store.snapshot().folder)
    with tempfile.TemporaryDirectory() as folder:
        taxonomy = read_taxonomy(repository() / "data" / "taxonomy")
        # Its progress is no part of the numbers that are asked for.
        ingest(source, Path(folder), taxonomy, NO_LIMITS, mapping, say=lambda line: print(line, file=sys.stderr))
        return read_graph(Path(folder))


def export(chosen: argparse.Namespace) -> int:
    """Write the rows of one chart, as the page's own links do."""
    # The command line is the outermost layer, as `app.py` is; only this command needs the charts.
    from components.charts import CHARTS
    from components.sources import shown_rows, write_csv, write_json

    spec = CHARTS.get(chosen.chart)
    if spec is None:
        print(f"There is no chart {chosen.chart!r}. Charts: {', '.join(CHARTS)}.", file=sys.stderr)
        return CANNOT_RUN
    option = spec.option(chosen.option)
    rows = shown_rows(spec.rows(Filters(), option))
    if chosen.format == "csv":
        sys.stdout.buffer.write(write_csv(rows))
    elif chosen.format == "json":
        print(json.dumps(write_json(spec, rows, Filters(), option, chosen.lang), ensure_ascii=False, indent=2))
    else:
        print(json.dumps(spec.draw(spec.rows(Filters(), option), chosen.lang, option), ensure_ascii=False))
    return OK


def template(chosen: argparse.Namespace) -> int:
    """Write empty tables with headers and one example row each."""
    for path in write_template(chosen.folder, chosen.format):
        print(path)
    return OK
