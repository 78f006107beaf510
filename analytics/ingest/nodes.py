"""Firms and organizations: which rows are kept, and what relations add to them."""

from collections.abc import Iterator, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from analytics.contract import ABROAD, FIRMS, ORGANIZATIONS, Table
from analytics.errors import MAX_PROBLEMS, DataError, raise_all
from analytics.ingest.cells import PROBLEM, engine_type
from analytics.taxonomy import Taxonomy

SAMPLE_YEARS = ("sample_since", "sample_until")


def no_rows(table: Table) -> ir.Table:
    """Give a table of the contract without rows, for a data set that has none."""
    schema = ibis.schema({column.name: engine_type(column) for column in table.columns})
    return ibis.memtable(schema.to_pyarrow().empty_table())


def check_nodes(cells: ir.Table, taken: ir.Table | None = None) -> ir.Table:
    """Say of every row whether it is kept.

    Parameters
    ----------
    cells : Table
        As `analytics.ingest.cells.read_cells` gives it.
    taken : Table, optional
        `id` of the nodes of another table, which win.

    Returns
    -------
    Table
        As `cells`, and `rule`: why the row is dropped, else null; `at`: the column at fault.
    """
    crossed = _empty_crossed_years(cells)
    placed = _empty_places_abroad(crossed)
    if taken is None:
        placed = placed.mutate(taken_id=ibis.null("string"))
    else:
        others = taken.select(taken_id="id")
        placed = placed.left_join(others, placed["id"] == others["taken_id"])
    rule = ibis.cases(
        (placed["blank"], "blank_row"),
        (placed["id"].isnull(), "missing_id"),
        (placed["taken_id"].notnull(), "id_in_both"),
    )
    fault = (rule == "blank_row").ifelse(ibis.null("string"), "id")
    return placed.mutate(rule=rule, at=rule.notnull().ifelse(fault, ibis.null("string"))).drop("taken_id")


def check_unique(kept: ir.Table, table: Table, file: str) -> ir.Table:
    """Give the rows to keep of those that share an id: the first, if the others say the same.

    Which of two different rows is right, only their owner knows: that is refused.

    Raises
    ------
    DataErrors
        Rows that share an id differ.
    """
    rows = kept.select("row", *table.names())
    differing = rows.drop("row").distinct().group_by("id").having(ibis._.count() > 1).agg()
    told = rows.semi_join(differing, "id").order_by("id", "row").limit(2 * MAX_PROBLEMS)
    raise_all(_different(told.to_pyarrow(), file))
    return rows.semi_join(rows.group_by("id").agg(row=ibis._.row.min()), "row")


def infer_nodes(ends: ir.Table, known: ir.Table) -> ir.Table:
    """Give an organization for each end of a relation that no table of nodes knows.

    Parameters
    ----------
    ends, known : Table
        Both with `id`.
    """
    unknown = ends.select("id").distinct().anti_join(known, "id")
    others = {column.name: ibis.null(engine_type(column)) for column in ORGANIZATIONS.columns if column.name != "id"}
    return unknown.select("id", **others)


def province_nodes(taxonomy: Taxonomy) -> ir.Table:
    """Give every province as an organization whose id is its code."""
    frame = taxonomy["provinces"]
    columns = {name: pa.array(frame[name].tolist(), pa.string()) for name in ("code", "name_zh", "name_en")}
    provinces = ibis.memtable(pa.table(columns))
    years = {name: ibis.null("int32") for name in SAMPLE_YEARS}
    named = {"name_zh": provinces.name_zh, "name_en": provinces.name_en}
    return provinces.select(id="code", **named, kind=ibis.literal("province"), province="code", **years)


def node_places(ends: ir.Table) -> ir.Table:
    """Give the province that relations say of a node.

    Parameters
    ----------
    ends : Table
        `id`, `province` of every end of a relation.

    Returns
    -------
    Table
        `id`, `said`: the province, null where relations differ. Grain: node of which any is said.
    """
    said = ends.filter(ends["province"].notnull()).group_by("id")
    places = said.agg(low=ibis._.province.min(), high=ibis._.province.max())
    return places.select("id", said=(places.low == places.high).ifelse(places.low, ibis.null("string")))


def fill_provinces(nodes: ir.Table, places: ir.Table, table: Table) -> ir.Table:
    """Fill the provinces that are missing from what relations say.

    Returns
    -------
    Table
        The table's columns and `filled`, `unclear`: whether the province comes from relations that
        agree, or stays empty as they differ.
    """
    said = places.rename(said_of="id")
    joined = nodes.left_join(said, nodes["id"] == said["said_of"])
    is_open = joined["province"].isnull() & joined["said_of"].notnull()
    if table is not FIRMS:
        is_open &= ~joined["kind"].fill_null("").isin(ABROAD)
    return joined.select(
        *(name for name in table.names() if name != "province"),
        province=is_open.ifelse(joined["said"], joined["province"]),
        filled=is_open & joined["said"].notnull(),
        unclear=is_open & joined["said"].isnull(),
    )


def _different(told: pa.Table, file: str) -> Iterator[DataError]:
    remedy = "Remove one of the two rows, or correct its id."
    first: dict[str, dict[str, object]] = {}
    for row in told.to_pylist():
        other = first.setdefault(row["id"], row)
        columns = [name for name, value in row.items() if name != "row" and value != other[name]]
        if columns:
            expected = f"an id that comes once; row {other['row']} has it and differs in {', '.join(columns)}"
            yield DataError(file, row["row"], "id", row["id"], expected, remedy)


def _empty_crossed_years(cells: ir.Table) -> ir.Table:
    if not all(name + PROBLEM in cells.columns for name in SAMPLE_YEARS):
        return cells
    crossed = (cells["sample_since"] > cells["sample_until"]).fill_null(False)
    return _empty(cells, SAMPLE_YEARS, crossed, "sample_years_crossed")


def _empty_places_abroad(cells: ir.Table) -> ir.Table:
    if "kind" not in cells.columns or "province" + PROBLEM not in cells.columns:
        return cells
    abroad = cells["kind"].isin(ABROAD) & cells["province"].notnull()
    return _empty(cells, ("province",), abroad.fill_null(False), "abroad_with_province")


def _empty(cells: ir.Table, columns: Sequence[str], broken: ir.BooleanValue, rule: str) -> ir.Table:
    values = {name: broken.ifelse(ibis.null(cells[name].type()), cells[name]) for name in columns}
    problems = {name + PROBLEM: broken.ifelse(rule, cells[name + PROBLEM]) for name in columns}
    return cells.mutate(**values, **problems)
