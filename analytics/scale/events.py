"""What happened to which row and cell of a big table, told by its file and its own words, as rows have no number."""

import ibis
import ibis.expr.types as ir

from analytics.contract import RELATIONS, Table
from analytics.cubes import TOPICS
from analytics.ingest.cells import PROBLEM, RAW
from analytics.ingest.sheets import FORMULA
from analytics.scale.reading import FILE

BETWEEN = " | "  # the parts of a key
SCHEMA = ibis.schema(dict.fromkeys(("table", "file", "row_of", "column", "value", "rule"), "string"))


def no_events() -> ir.Table:
    """Give events without rows."""
    return ibis.memtable(SCHEMA.to_pyarrow().empty_table())


def row_events(checked: ir.Table, table: Table) -> ir.Table:
    """Give an event for every row that is dropped; `at` is the column at fault."""
    dropped = checked.filter(checked["rule"].notnull())
    texts = {name: _text(dropped, name) for name in table.names()}
    value = ibis.cases(*((dropped["at"] == name, text) for name, text in texts.items()))
    return _event(dropped, table, dropped["at"], value, dropped["rule"])


def cell_events(checked: ir.Table, table: Table, column: str) -> ir.Table:
    """Give an event for every cell of a column that was emptied."""
    emptied = checked.filter(checked[column + PROBLEM].notnull())
    return _event(emptied, table, ibis.literal(column), emptied[column + RAW], emptied[column + PROBLEM])


def place_events(merged: ir.Table, ids: ir.Table, end: str, column: str) -> ir.Table:
    """Give an event for every province that merged rows disagree on; `ids` says which node a number is."""
    differing = merged.filter(merged[f"{end}_differs"].notnull())
    names = ids.rename(node="id", number_of="number")
    told = differing.inner_join(names, differing[end] == names["number_of"])
    return told.select(
        table=ibis.literal(RELATIONS.name), file=ibis.null("string"), row_of="node", column=ibis.literal(column),
        value=told[f"{end}_differs"], rule=ibis.literal("province_differs"),
    ).cast(SCHEMA)  # fmt: skip


def _text(rows: ir.Table, name: str) -> ir.StringValue:
    """Give what stood in a cell: its own text where it broke a rule, else what it was read as."""
    value = rows[name].cast("string")
    return ibis.coalesce(rows[name + RAW], value) if name + RAW in rows.columns else value


def _event(
    rows: ir.Table, table: Table, column: ir.StringValue, value: ir.StringValue, rule: ir.StringValue
) -> ir.Table:
    """Tell a row by its key as far as it could be read."""
    keys = [rows[name].cast("string").fill_null("") for name in table.key if name not in TOPICS]
    said = ibis.literal(BETWEEN).join(keys) if len(keys) > 1 else keys[0]
    shown = value.replace(FORMULA, "")
    named = {"table": ibis.literal(table.name), "file": rows[FILE], "row_of": said}
    return rows.select(**named, column=column, value=shown, rule=rule).cast(SCHEMA)
