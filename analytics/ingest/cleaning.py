"""From raw tables to clean ones: what is done in which order, and the books that are kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import ibis
import ibis.expr.types as ir

from analytics.contract import FIRMS, ORGANIZATIONS, RELATIONS, TABLES, Table
from analytics.ingest.cells import PROBLEM, read_cells
from analytics.ingest.codes import code_tables
from analytics.ingest.events import cell_events, merge_events, no_events, place_events, row_events, write_events
from analytics.ingest.ledger import ABSENT, EMPTY, IGNORED, PRESENT, Ledger, column_frame, count_frame
from analytics.ingest.nodes import (
    check_nodes,
    check_unique,
    fill_provinces,
    infer_nodes,
    no_rows,
    node_places,
    province_nodes,
)
from analytics.ingest.raw import Raw
from analytics.ingest.relations import (
    ENDS,
    check_relations,
    end_places,
    is_province_table,
    merge_relations,
)
from analytics.ingest.rules import KEPT, READ
from analytics.taxonomy import Taxonomy

Clean = dict[str, ir.Table]


@dataclass
class Books:
    """What happened so far: events by table, counts, and states of columns."""

    events: dict[str, ir.Table] = field(default_factory=dict)
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    columns: list[tuple[str, str, str, str]] = field(default_factory=list)

    def count(self, raw: Raw, rule: str, n_rows: int) -> None:
        """Set the count of a rule for a table."""
        self.counts[raw.table.name, raw.label, rule] = n_rows

    def ledger(self) -> Ledger:
        """Give the counts and states as frames."""
        return Ledger(count_frame(self.counts), column_frame(self.columns))


@dataclass(frozen=True)
class Cleaning:
    """Cleans the raw tables of one data set in one engine.

    Attributes
    ----------
    raws : mapping of str to Raw
        By table; `relations` or `firms` or `organizations` may be missing.
    this_year : int
        A founding or relation of a later year is a slip.
    """

    engine: ibis.BaseBackend
    raws: Mapping[str, Raw]
    taxonomy: Taxonomy
    this_year: int
    codes: Mapping[str, ir.Table]
    books: Books = field(default_factory=Books)

    def run(self) -> Clean:
        """Give the three clean tables, each with all columns of the contract; nothing is ordered yet."""
        firms = self._nodes(FIRMS, None)
        organizations = self._nodes(ORGANIZATIONS, firms)
        known = self._put("known", firms.select("id").union(organizations.select("id")))
        raw = self.raws.get(RELATIONS.name)
        if raw is None:
            self._absent(RELATIONS)
            return {"firms": firms, "organizations": organizations, "relations": no_rows(RELATIONS)}
        kept = self._relations(raw, known)
        organizations = self._inferred(raw, kept, known, organizations)
        places = self._put("places", node_places(end_places(kept)))
        nodes = {FIRMS.name: self._filled(FIRMS, firms, places, raw)}
        nodes[ORGANIZATIONS.name] = self._filled(ORGANIZATIONS, organizations, places, raw)
        return {**nodes, RELATIONS.name: self._merged(raw, kept)}

    def write(self, folder: Path) -> Ledger:
        """Clean all tables and write them with the ledger into a folder."""
        clean = self.run()
        for table in TABLES:
            ordered = clean[table.name].select(*table.names()).order_by([*table.key])
            self.engine.to_parquet(ordered, folder / f"{table.name}.parquet", compression="zstd")
        named = [(name, self.raws[name].label, events) for name, events in self.books.events.items()]
        write_events(folder / "ledger_rows.csv", named, self.engine)
        ledger = self.books.ledger()
        ledger.write(folder)
        return ledger

    def _nodes(self, table: Table, taken: ir.Table | None) -> ir.Table:
        raw = self.raws.get(table.name)
        if raw is None:
            self._absent(table)
            return self._put(f"clean_{table.name}", no_rows(table))
        found = self._source(raw)
        checked = self._put(f"checked_{table.name}", check_nodes(self._cells(raw, found), taken))
        kept = checked.filter(checked["rule"].isnull())
        unique = self._put(f"clean_{table.name}", check_unique(kept, table, raw.label))
        self._book(raw, found, checked, [merge_events(kept, unique, "duplicate_row")])
        self.books.count(raw, KEPT, _size(unique))
        return unique

    def _relations(self, raw: Raw, known: ir.Table) -> ir.Table:
        found, present = self._source(raw), set(raw.headers)
        strict = self._knows_all_nodes() and not is_province_table(present)
        cells = self._cells(raw, found)
        expression = check_relations(cells, is_province_table(present), known if strict else None)
        checked = self._put("checked_relations", expression)
        return checked.filter(checked["rule"].isnull())

    def _merged(self, raw: Raw, kept: ir.Table) -> ir.Table:
        merged = self._put("clean_relations", merge_relations(kept, set(raw.headers), raw.label))
        gone = [merge_events(kept, merged, "parallel")]
        gone += [place_events(merged, end, name) for end, name in ENDS.items() if name in raw.headers]
        self._book(raw, self._source(raw), self.engine.table("checked_relations"), gone)
        self.books.count(raw, KEPT, _size(merged))
        return merged

    def _inferred(self, raw: Raw, kept: ir.Table, known: ir.Table, organizations: ir.Table) -> ir.Table:
        between_provinces = is_province_table(set(raw.headers))
        if self._knows_all_nodes() and not between_provinces:
            return organizations
        ends = end_places(kept)
        new = infer_nodes(ends, known)
        if between_provinces:
            new = province_nodes(self.taxonomy).semi_join(new, "id")
        inferred = self._put("inferred", new.select(*ORGANIZATIONS.names()))
        self.books.count(raw, "inferred_node", _size(inferred))
        return organizations.select(*ORGANIZATIONS.names()).union(inferred)

    def _filled(self, table: Table, nodes: ir.Table, places: ir.Table, raw: Raw) -> ir.Table:
        filled = self._put(f"placed_{table.name}", fill_provinces(nodes, places, table))
        label = self.raws[table.name].label if table.name in self.raws else raw.label
        for rule, mark in (("province_filled", "filled"), ("province_unclear", "unclear")):
            self.books.counts[table.name, label, rule] = _size(filled.filter(filled[mark]))
        return filled

    def _book(self, raw: Raw, found: ir.Table, checked: ir.Table, merged: list[ir.Table]) -> None:
        """Note what happened to the rows and cells of a table, and which of its columns say anything."""
        problems = [name for name in raw.headers if name + PROBLEM in checked.columns and name != "count"]
        broken = {name: checked[name + PROBLEM].count() for name in problems}
        said = {f"{name}__said": checked[name].count(where=checked["rule"].isnull()) for name in raw.headers}
        totals = checked.aggregate(**broken, **said).to_pyarrow().to_pylist()[0]
        cells = [cell_events(checked, found, name) for name in problems if totals[name]]
        happened = ibis.union(no_events(), row_events(checked, found), *cells, *merged)
        self._count_events(raw, self._put(f"events_{raw.table.name}", happened))
        self._note_columns(raw, {name for name in raw.headers if totals[f"{name}__said"]})

    def _count_events(self, raw: Raw, events: ir.Table) -> None:
        self.books.events[raw.table.name] = events
        self.books.count(raw, READ, raw.n_rows)
        counted = events.group_by("rule").agg(n_rows=events.count()).order_by("rule").to_pyarrow()
        for row in counted.to_pylist():
            self.books.count(raw, row["rule"], row["n_rows"])

    def _note_columns(self, raw: Raw, said: set[str]) -> None:
        for name in raw.table.names():
            header = raw.headers.get(name)
            state = ABSENT if header is None else PRESENT if name in said else EMPTY
            self.books.columns.append((raw.table.name, name, state, header or ""))
        self.books.columns += [(raw.table.name, "", IGNORED, header) for header in raw.ignored]

    def _absent(self, table: Table) -> None:
        self.books.columns += [(table.name, name, ABSENT, "") for name in table.names()]

    def _knows_all_nodes(self) -> bool:
        return FIRMS.name in self.raws and ORGANIZATIONS.name in self.raws

    def _source(self, raw: Raw) -> ir.Table:
        return self.engine.read_parquet(raw.path, table_name=f"raw_{raw.table.name}")

    def _cells(self, raw: Raw, found: ir.Table) -> ir.Table:
        return read_cells(found, raw.table, self.codes, self.this_year)

    def _put(self, name: str, expression: ir.Table) -> ir.Table:
        """Compute a table once; what is asked of it several times must not be computed again."""
        return self.engine.create_table(name, expression)


def start_cleaning(engine: ibis.BaseBackend, raws: Mapping[str, Raw], taxonomy: Taxonomy, this_year: int) -> Cleaning:
    """Prepare to clean the raw tables of one data set."""
    return Cleaning(engine, raws, taxonomy, this_year, code_tables(taxonomy, engine))


def _size(table: ir.Table) -> int:
    return int(table.count().to_pyarrow().as_py())
