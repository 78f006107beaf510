"""Relations: which rows are kept, and how those with the same key become one."""

import ibis
import ibis.expr.types as ir

from analytics.contract import RELATIONS
from analytics.errors import DataError
from analytics.ingest.cells import LARGEST, PROBLEM

COUNT_RULES = {
    "formula_cell": "count_not_a_number",
    "not_a_number": "count_not_a_number",
    "not_whole": "count_not_whole",
    "too_large": "count_too_large",
    "negative_number": "negative_count",
    "zero_count": "zero_count",
}
ENDS = {"source": "source_province", "target": "target_province"}


def is_province_table(present: set[str]) -> bool:
    """Whether the columns name provinces only, so that each province is a node."""
    return not ENDS.keys() <= present


def check_relations(cells: ir.Table, between_provinces: bool, known: ir.Table | None) -> ir.Table:
    """Say of every row whether it is kept.

    Parameters
    ----------
    cells : Table
        As `analytics.ingest.cells.read_cells` gives it.
    between_provinces : bool
        The ends are provinces. A flow within one is then no self-loop: its ends are
        different nodes of that province, which the table does not tell apart.
    known : Table, optional
        `id` of every node; if given, a relation of others is dropped. Its other columns come along,
        as `source_<column>` and `target_<column>`.

    Returns
    -------
    Table
        As `cells`, with `count` 1 where nothing is said, and `rule`: why the row is dropped, else
        null; `at`: the column at fault.
    """
    if between_provinces:
        cells = cells.mutate(**{end: cells[province] for end, province in ENDS.items()})
    found = _find_ends(cells, known)
    missing = found["source"].isnull() | found["target"].isnull()
    broken = [
        (found["blank"], "blank_row", ibis.null("string")),
        (missing, "missing_end", ibis.null("string")),
        *_count_rules(found),
        (~ibis.literal(between_provinces) & (found["source"] == found["target"]), "self_loop", "source"),
        (~found["source_known"], "unknown_id", "source"),
        (~found["target_known"], "unknown_id", "target"),
    ]
    rule = ibis.cases(*((condition, rule) for condition, rule, _ in broken))
    fault = ibis.cases(*((condition, column) for condition, _, column in broken))
    return found.mutate(rule=rule, at=fault, count=found["count"].fill_null(1)).drop("source_known", "target_known")


def end_places(kept: ir.Table) -> ir.Table:
    """Give every end of every relation as a node; columns `id`, `province`."""
    source, target = (kept.select(id=end, province=province) for end, province in ENDS.items())
    return source.union(target)


def merge_relations(kept: ir.Table, present: set[str], file: str) -> ir.Table:
    """Add up the counts of rows that share the key.

    Parameters
    ----------
    present : set of str
        Columns of the contract that the file has.

    Returns
    -------
    Table
        The columns of the contract; `row`, the first of those merged, and for both ends
        `<end>_differs`: the two provinces of rows that disagree, else null. Grain: the key.

    Raises
    ------
    DataError
        The counts add up to more than can be kept exactly.
    """
    check_sum(kept, file)
    # What the file has not is null in every row: to group by it only costs.
    keys = [name for name in RELATIONS.key if name in present or name in ENDS]
    placed = [name for name in ENDS.values() if name in present]
    provinces = {f"{name}_{end}": kept[name] for name in placed for end in ("low", "high")}
    bounds = {name: value.min() if name.endswith("_low") else value.max() for name, value in provinces.items()}
    merged = kept.group_by(keys).agg(row=kept["row"].min(), count=kept["count"].sum().cast("int64"), **bounds)
    agreed = {name: _agreed(merged, name) for name in placed}
    others = [name for name in (*RELATIONS.key, *ENDS.values()) if name not in (*keys, *placed)]
    absent = {name: ibis.null(kept[name].type()) for name in others}
    differs = {
        f"{end}_differs": _differing(merged, name) if name in placed else ibis.null("string")
        for end, name in ENDS.items()
    }
    return merged.mutate(**agreed, **absent).select("row", *RELATIONS.names(), **differs)


def check_sum(kept: ir.Table, file: str) -> None:
    """Refuse counts whose sum, and so any sum of some of them, could not be kept exactly."""
    total = kept["count"].cast("float64").sum().to_pyarrow().as_py() or 0.0
    if total >= LARGEST:
        expected = f"counts that add up to less than {LARGEST:.0f}"
        raise DataError(file, None, "count", f"{total:.6g}", expected, "Check the largest counts.")


def _find_ends(cells: ir.Table, known: ir.Table | None) -> ir.Table:
    for end in ENDS:
        if known is None:
            cells = cells.mutate(**{f"{end}_known": ibis.literal(True)})
            continue
        others = {f"{end}_{name}": known[name] for name in known.columns if name != "id"}
        ids = known.select(known_id="id", **others)
        joined = cells.left_join(ids, cells[end] == ids["known_id"])
        cells = joined.mutate(**{f"{end}_known": joined["known_id"].notnull()}).drop("known_id")
    return cells


def _count_rules(cells: ir.Table) -> list[tuple[ir.BooleanValue, str, str]]:
    if "count" + PROBLEM not in cells.columns:
        return []
    problem = cells["count" + PROBLEM]
    return [(problem == broken, rule, "count") for broken, rule in COUNT_RULES.items()]


def _agreed(merged: ir.Table, name: str) -> ir.StringValue:
    low, high = merged[f"{name}_low"], merged[f"{name}_high"]
    return (low == high).ifelse(low, ibis.null("string"))


def _differing(merged: ir.Table, name: str) -> ir.StringValue:
    low, high = merged[f"{name}_low"], merged[f"{name}_high"]
    return (low != high).ifelse(low + " / " + high, ibis.null("string"))
