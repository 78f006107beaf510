"""Makes a data set of any size: the clean tables and, in the same engine, all that is rolled up of them."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

from analytics.contract import RELATIONS, TABLES
from analytics.dataset import OWN, Made, Rolled, Say, Tables
from analytics.engines import DUCKDB, SPARK, connect
from analytics.errors import BuildError
from analytics.ingest.cells import engine_type
from analytics.ingest.codes import code_tables
from analytics.ingest.events import BOM, COLUMNS, harmless
from analytics.ingest.headers import read_mapping
from analytics.ingest.ledger import column_frame, count_frame
from analytics.ingest.limits import NO_LIMITS, Watch
from analytics.ingest.relations import ENDS
from analytics.ingest.rules import RULES
from analytics.network.arcs import Arcs
from analytics.rollup import Clean, rollup, typed
from analytics.scale.cleaning import Books, Numbered, Scale, refuse_unfit
from analytics.scale.cluster import check_cluster
from analytics.scale.events import SCHEMA, no_events
from analytics.scale.reading import telling
from analytics.scale.shelf import Shelf
from analytics.scale.sources import Source, find_sources, open_place
from analytics.settings import value
from analytics.snapshot import LEDGER_ROWS, LEDGER_TABLE, TAXONOMY, checksum, snapshots_root, table_file
from analytics.snapshot_files import TEMPORARY

MEMORY, WORK = "AIM_BUILD_MEMORY", "AIM_BUILD_WORK"
EXAMPLES = 100  # of each rule in the list that a spreadsheet opens; the table beside it holds all
FOLDER = f"{TEMPORARY}work-"  # what a killed build leaves, the next one clears away


@dataclass(frozen=True)
class BigData:
    """Reads a big data set of a reader's own, with one machine's engine or a cluster.

    Attributes
    ----------
    source : str
        A folder or URL of `analytics.scale.sources`.
    engine : str
        Of `analytics.engines.ENGINES`.
    master : str, optional
        Of a cluster.
    mapping : Path, optional
        CSV of headers that the contract does not know.
    """

    source: str
    engine: str = DUCKDB
    master: str | None = None
    mapping: Path | None = None
    kind: str = OWN

    def inputs(self) -> dict[str, str]:
        """Give a checksum of names, sizes and times of the files: to read all of them twice would take too long."""
        listed = [list(_facts(path)) for source in self._sources().values() for path in source.files]
        words = {"mapping": checksum(self.mapping.read_bytes())} if self.mapping else {}
        return {"files": checksum(json.dumps(listed).encode()), "n_files": str(len(listed)), **words}

    def check(self) -> None:
        """Refuse, before any work, what could not work.

        Raises
        ------
        BuildError
            The cluster or what it needs is not there.
        DataError, DataErrors
            The files are not there, damaged at first sight, or of unknown columns.
        """
        if self.engine == SPARK:
            check_cluster(self.master)
        elif self.master:
            raise BuildError("--master is the address of a Spark cluster: give --engine spark as well.")
        refuse_unfit(self._sources(), read_mapping(self.mapping, Watch(NO_LIMITS)))

    def make(self, folder: Path, _facts: pd.DataFrame, taxonomy: Tables, say: Say) -> Made:
        """Read, clean and roll up; write the clean tables and the ledger's lists into `folder`."""
        sources = self._sources()
        for source in sources.values():
            say(f"{source.label} is {source.table}: {len(source.files)} files, {source.form}")
        with telling(sources), _shelf(self.engine, self.master) as shelf:
            classes = {name: frame for name, frame in taxonomy.items() if name in TAXONOMY}
            words = read_mapping(self.mapping, Watch(NO_LIMITS))
            year = datetime.now(UTC).year
            work = Scale(shelf, sources, code_tables(classes, shelf.engine), words, year)
            clean = work.run()
            say("cleaned")
            rolled = roll_numbered(shelf, clean)
            say("rolled up")
            _write_clean(shelf, clean, folder)
            _write_events(shelf, work.books, folder)
            say("written")
        return Made(count_frame(work.books.counts), column_frame(work.books.columns), rolled, self.engine)

    def _sources(self) -> dict[str, Source]:
        return find_sources(str(self.source))


@contextmanager
def _shelf(engine: str, master: str | None) -> Iterator[Shelf]:
    """Open an engine with a place for what it computes once, and clear both away."""
    root = value(WORK) or snapshots_root()
    root.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=FOLDER, dir=root)).absolute()
    place.chmod(0o777 if engine == SPARK else 0o700)  # workers may run as somebody else
    connection = None
    try:
        connection = connect(engine, value(MEMORY) if engine == DUCKDB else None, None, place / "spill", master)
        if engine == DUCKDB:
            # Rows in the order of the files would have to be held until their turn comes.
            connection.raw_sql("SET preserve_insertion_order = false")
        yield Shelf(connection, place)
    finally:
        if connection is not None:
            connection.disconnect()
        shutil.rmtree(place, ignore_errors=True)


def roll_numbered(shelf: Shelf, clean: Numbered) -> Rolled:
    """Roll clean tables up and bring the small ones here, ids as text again; arcs come as numbers."""
    found = (clean.firms, clean.organizations, clean.relations)
    tables = rollup(Clean(*(typed(*pair, "int64") for pair in zip(found, TABLES, strict=True))), shelf.put)
    names = shelf.fetch("names", clean.ids.select("number", "id"))["id"].combine_chunks()
    small = {name: _named(shelf.fetch(f"small_{name}", table), names) for name, table in tables.items()}
    batches = shelf.batches("arcs", ["source", "target", "year"])
    return Rolled(small, Arcs.gather(batches, shelf.count("arcs")))


def _named(table: pa.Table, names: pa.Array) -> pa.Table:
    """Write ids for numbers; as numbers are in the order of ids, the rows stay in order."""
    if "id" not in table.column_names:
        return table
    ids = names.take(table["id"].combine_chunks())
    return table.set_column(table.column_names.index("id"), "id", ids)


def _write_clean(shelf: Shelf, clean: Numbered, folder: Path) -> None:
    """Write the clean tables as files, ids as text."""
    nodes = {"firms": clean.firms, "organizations": clean.organizations}
    named = {name: table.rename(number="id").inner_join(clean.ids, "number") for name, table in nodes.items()}
    named["relations"] = _with_names(clean.relations, clean.ids)
    for table in TABLES:
        found = named[table.name].select(*table.names())
        shelf.put(f"written_{table.name}", found if table is RELATIONS else found.order_by("id"))
        schema = ibis.schema({column.name: engine_type(column) for column in table.columns}).to_pyarrow()
        shelf.move(f"written_{table.name}", folder / table_file(table.name), schema)


def _with_names(relations: ir.Table, ids: ir.Table) -> ir.Table:
    found = relations.rename(**{f"{end}_number": end for end in ENDS})
    for end in ENDS:
        names = ids.rename(**{end: "id", f"{end}_of": "number"})
        found = found.inner_join(names, found[f"{end}_number"] == names[f"{end}_of"])
    return found


def _write_events(shelf: Shelf, books: Books, folder: Path) -> None:
    """Write all events as a table, and the first of each rule as the list that a spreadsheet opens."""
    every = shelf.put("events", ibis.union(no_events(), *books.events))
    order = {"group_by": ("table", "rule"), "order_by": ("file", "row_of", "column", "value")}
    first = every.mutate(place=ibis.row_number().over(**order)).filter(ibis._.place < EXAMPLES)
    action = first["rule"].cases(*((code, rule.action) for code, rule in RULES.items()))
    told = harmless(ibis.coalesce(first["value"], first["row_of"]))
    listed = first.mutate(row=ibis.null("int64"), file=harmless(first["file"]), value=told, action=action)
    examples = shelf.fetch("examples", listed.select(*COLUMNS))
    with (folder / LEDGER_ROWS).open("wb") as file:
        file.write(BOM.encode())
        pc.write_csv(examples, file)
    shelf.move("events", folder / LEDGER_TABLE, SCHEMA.to_pyarrow())


def _facts(path: str) -> tuple[str, int, str]:
    """Give name, size and time of a file."""
    files, inner = open_place(path)
    info = files.get_file_info(inner)
    return path.rpartition("/")[2], info.size, str(info.mtime_ns)
