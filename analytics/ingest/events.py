"""What happened to which row and cell, one line each, and the file that lists it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from analytics.ingest.cells import PROBLEM
from analytics.ingest.rules import RULES
from analytics.ingest.sheets import FORMULA

FILE = "ledger_rows.csv"
COLUMNS = ("table", "file", "row", "column", "value", "rule", "action")
BOM = "\ufeff"  # spreadsheets take a file without it for their own old encoding
# A spreadsheet runs what follows these; a number may begin with a sign.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
BATCH = 65_536
SCHEMA = ibis.schema({"row": "int64", "column": "string", "value": "string", "rule": "string"})


def no_events() -> ir.Table:
    """Give events without rows."""
    return ibis.memtable(SCHEMA.to_pyarrow().empty_table())


def row_events(checked: ir.Table, raw: ir.Table) -> ir.Table:
    """Give an event for every row with a `rule`; the value is that of the column `at` fault."""
    dropped = checked.filter(checked["rule"].notnull()).select("row", "rule", column="at")
    cells = {column: raw[column] for column in raw.columns if column != "row"}
    texts = raw.select(raw_row="row", **{f"raw_{column}": cell for column, cell in cells.items()})
    joined = dropped.left_join(texts, dropped["row"] == texts["raw_row"])
    value = ibis.cases(*((joined["column"] == column, joined[f"raw_{column}"]) for column in cells))
    return _event(joined, joined["column"], value)


def cell_events(checked: ir.Table, raw: ir.Table, column: str) -> ir.Table:
    """Give an event for every cell of a column that was emptied."""
    emptied = checked.filter(checked[column + PROBLEM].notnull()).select("row", rule=column + PROBLEM)
    texts = raw.select(raw_row="row", text=column)
    joined = emptied.left_join(texts, emptied["row"] == texts["raw_row"])
    return _event(joined, ibis.literal(column), joined["text"])


def merge_events(rows: ir.Table, survivors: ir.Table, rule: str) -> ir.Table:
    """Give an event for every row that is not among the survivors."""
    gone = rows.select("row").anti_join(survivors.select("row"), "row").mutate(rule=ibis.literal(rule))
    return _event(gone, ibis.null("string"), ibis.null("string"))


def place_events(merged: ir.Table, end: str, column: str) -> ir.Table:
    """Give an event for every province that merged rows disagree on."""
    differing = merged.filter(merged[f"{end}_differs"].notnull()).mutate(rule=ibis.literal("province_differs"))
    return _event(differing, ibis.literal(column), differing[f"{end}_differs"])


def write_events(path: Path, events: Sequence[tuple[str, str, ir.Table]], engine: ibis.BaseBackend) -> None:
    """Write all events as CSV that a spreadsheet opens without running any of it.

    Parameters
    ----------
    events : sequence of (table, file, events)
        In the order in which they are written.
    """
    schema = pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in COLUMNS])
    with path.open("wb") as file:
        file.write(BOM.encode())
        with pc.CSVWriter(file, schema) as writer:
            for table, name, found in events:
                for batch in _batches(_listed(table, name, found), path.with_suffix(".parquet"), engine):
                    writer.write_table(pa.Table.from_batches([batch]).cast(schema))


def harmless(text: ir.StringValue) -> ir.StringValue:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    dangerous = ibis.or_(*(text.startswith(sign) for sign in DANGEROUS)) & text.try_cast("float64").isnull()
    return dangerous.ifelse("'" + text, text)


def _batches(listed: ir.Table, spool: Path, engine: ibis.BaseBackend) -> Iterator[pa.RecordBatch]:
    """Give rows in pieces, by way of a file, as there can be as many as there are relations."""
    engine.to_parquet(listed, spool)
    with pq.ParquetFile(spool) as file:
        yield from file.iter_batches(BATCH)
    spool.unlink()


def _event(table: ir.Table, column: ir.StringValue, value: ir.StringValue) -> ir.Table:
    shown = value.replace(FORMULA, "")
    return table.select("row", column=column, value=shown, rule=table["rule"]).cast(SCHEMA)


def _listed(table: str, file: str, found: ir.Table) -> ir.Table:
    action = found["rule"].cases(*((code, rule.action) for code, rule in RULES.items()))
    named = found.mutate(table=ibis.literal(table), file=harmless(ibis.literal(file)), action=action)
    ordered = named.order_by("row", "column", "rule")
    return ordered.mutate(value=harmless(ordered["value"])).select(*COLUMNS)
