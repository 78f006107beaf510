"""From a big data set's files to clean tables of numbered nodes, by the rules that small ones are cleaned by.

One expression a table, for every engine. What differs from `analytics.ingest.cleaning` is the order of work: nodes get
numbers in the order of their ids, relations are gone through once, and only rows at fault keep their texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from analytics.contract import FIRMS, ORGANIZATIONS, RELATIONS, Table
from analytics.cubes import TOPICS
from analytics.errors import MAX_PROBLEMS, DataError, raise_all
from analytics.ingest.cells import PROBLEM, read_cells
from analytics.ingest.headers import Words, match_headers
from analytics.ingest.ledger import ABSENT, EMPTY, IGNORED, PRESENT
from analytics.ingest.nodes import check_nodes, fill_provinces, infer_nodes, no_rows, node_places
from analytics.ingest.relations import (
    ENDS,
    check_relations,
    end_places,
    is_province_table,
    merge_relations,
)
from analytics.ingest.rules import KEPT, READ
from analytics.scale.events import cell_events, no_events, place_events, row_events
from analytics.scale.reading import FILE, open_source
from analytics.scale.shelf import Shelf
from analytics.scale.sources import Source


@dataclass(frozen=True)
class Numbered:
    """Clean tables whose ids are numbers, and what the numbers mean.

    Attributes
    ----------
    firms, organizations : Table
        The columns of the contract, `id` a number.
    relations : Table
        The columns of the contract, `source` and `target` numbers.
    ids : Table
        `number`, from 0 in order of `id`; `id`, the text. Grain: node.
    """

    firms: ir.Table
    organizations: ir.Table
    relations: ir.Table
    ids: ir.Table


@dataclass
class Books:
    """What happened: counts by (table, file, rule), states of columns, one table of events for each table."""

    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    columns: list[tuple[str, str, str, str]] = field(default_factory=list)
    events: list[ir.Table] = field(default_factory=list)


@dataclass(frozen=True)
class Scale:
    """Cleans the tables of one big data set in one engine."""

    shelf: Shelf
    sources: Mapping[str, Source]
    codes: Mapping[str, ir.Table]
    words: Words
    this_year: int
    books: Books = field(default_factory=Books)

    def run(self) -> Numbered:
        """Give the clean tables, computed and kept on the shelf."""
        firms = self._nodes(FIRMS, None)
        organizations = self._nodes(ORGANIZATIONS, firms)
        given = firms.select("id").union(organizations.select("id"))
        cells = self._relation_cells()
        inferred = self._inferred(cells, given)
        everyone = given.union(inferred.select("id"))
        ids = self.shelf.put("ids", everyone.select("id", number=ibis.row_number().over(order_by=everyone.id)))
        relations, places = self._relations(cells, ids)
        organizations = organizations.select(*ORGANIZATIONS.names()).union(inferred.select(*ORGANIZATIONS.names()))
        placed = {
            table.name: self._numbered(self._filled(table, nodes, places), table, ids)
            for table, nodes in ((FIRMS, firms), (ORGANIZATIONS, organizations))
        }
        return Numbered(**placed, relations=relations, ids=ids)

    def _headers(self, source: Source, table: Table) -> dict[str, int]:
        return match_headers(table, source.headers, self.words, source.label)

    def _cells(self, table: Table) -> ir.Table:
        """Read the cells of a table; nothing is computed yet."""
        source = self.sources[table.name]
        raw = open_source(self.shelf.engine, source, self._headers(source, table))
        # Names of nodes hardly repeat; the ends of relations do.
        return read_cells(raw, table, self.codes, self.this_year, by_row=table is not RELATIONS, hold=self.shelf.put)

    def _nodes(self, table: Table, taken: ir.Table | None) -> ir.Table:
        if table.name not in self.sources:
            self.books.columns += [(table.name, name, ABSENT, "") for name in table.names()]
            return self.shelf.put(f"clean_{table.name}", no_rows(table))
        checked = self.shelf.put(f"checked_{table.name}", check_nodes(self._cells(table), taken))
        kept = checked.filter(checked["rule"].isnull())
        unique = self.shelf.put(f"clean_{table.name}", kept.select(*table.names()).distinct())
        self._refuse_different(kept, unique, table)
        n_kept = self.shelf.count(f"clean_{table.name}")
        self._book(table, checked, "duplicate_row", n_kept)
        return unique

    def _refuse_different(self, kept: ir.Table, unique: ir.Table, table: Table) -> None:
        """Refuse rows that share an id and differ: which of them is right, only their owner knows."""
        twice = unique.group_by("id").having(ibis._.count() > 1).agg()
        told = kept.select("id", FILE).semi_join(twice, "id").distinct().order_by("id", FILE).limit(MAX_PROBLEMS)
        remedy = "Remove one of the rows, or correct its id."
        expected = "an id that comes once, or rows that say the same"
        rows = told.to_pyarrow().to_pylist()
        raise_all(DataError(row[FILE], None, "id", row["id"], expected, remedy) for row in rows)

    def _relation_cells(self) -> ir.Table | None:
        if RELATIONS.name in self.sources:
            return self._cells(RELATIONS)
        self.books.columns += [(RELATIONS.name, name, ABSENT, "") for name in RELATIONS.names()]
        return None

    def _inferred(self, cells: ir.Table | None, given: ir.Table) -> ir.Table:
        """Give the nodes that only relations speak of, where not both tables of nodes are there."""
        if cells is None or {FIRMS.name, ORGANIZATIONS.name} <= self.sources.keys():
            return no_rows(ORGANIZATIONS)
        checked = check_relations(cells, False, None)
        ends = end_places(checked.filter(checked["rule"].isnull()))
        inferred = self.shelf.put("inferred", infer_nodes(ends, given))
        self._count(RELATIONS, "inferred_node", self.shelf.count("inferred"))
        return inferred

    def _relations(self, cells: ir.Table | None, ids: ir.Table) -> tuple[ir.Table, ir.Table | None]:
        """Give the merged relations between numbers, and what they say of their ends' provinces."""
        if cells is None:
            none = no_rows(RELATIONS)
            return none.mutate(source=none.source.cast("int64"), target=none.target.cast("int64")), None
        present = self._headers(self.sources[RELATIONS.name], RELATIONS).keys()
        topics = {name: self._code_numbers(name) for name in TOPICS if name in present}
        found = _encoded(_without_names(check_relations(cells, False, ids)), topics)
        checked = self.shelf.put("checked_relations", found)
        kept = checked.filter(checked["rule"].isnull())
        kept = kept.mutate(source=kept.source_number, target=kept.target_number, row=ibis.literal(0))
        expression = merge_relations(kept, set(present), self.sources[RELATIONS.name].label)
        merged = self.shelf.put("clean_relations", expression.drop("row"))
        n_kept = self.shelf.count("clean_relations")
        differing = [place_events(merged, ids, end, name) for end, name in ENDS.items() if name in present]
        self._book(RELATIONS, checked, "parallel", n_kept, differing)
        placed = any(name in present for name in ENDS.values())
        places = self.shelf.put("places", node_places(end_places(kept))) if placed else None
        return _decoded(merged, topics).select(*RELATIONS.names()), places

    def _code_numbers(self, column: str) -> ir.Table:
        """Number the codes of a topic: as numbers, ninety million keys are merged in half the time."""
        allowed = RELATIONS.column(column).allowed
        codes = self.codes[allowed].select("code").distinct()
        number = ibis.row_number().over(order_by=codes["code"]).cast("int16")
        return self.shelf.put(f"codes_{allowed}", codes.mutate(code_number=number))

    def _filled(self, table: Table, nodes: ir.Table, places: ir.Table | None) -> ir.Table:
        if places is None:
            return nodes
        ids = self.shelf.open("ids")
        said = places.rename(number="id").inner_join(ids, "number").select("id", "said")
        filled = self.shelf.put(f"placed_{table.name}", fill_provinces(nodes, said, table))
        totals = filled.aggregate(filled=filled["filled"].sum(), unclear=filled["unclear"].sum()).to_pyarrow()
        for rule, mark in (("province_filled", "filled"), ("province_unclear", "unclear")):
            self._count(table, rule, totals[mark][0].as_py() or 0)
        return filled

    def _numbered(self, nodes: ir.Table, table: Table, ids: ir.Table) -> ir.Table:
        joined = nodes.select(*table.names()).inner_join(ids, "id")
        named = {name: joined["number"] if name == "id" else joined[name] for name in table.names()}
        return self.shelf.put(f"numbered_{table.name}", joined.select(**named))

    def _count(self, table: Table, rule: str, n_rows: int) -> None:
        source = self.sources.get(table.name) or self.sources[RELATIONS.name]
        self.books.counts[table.name, source.label, rule] = n_rows

    def _book(
        self,
        table: Table,
        checked: ir.Table,
        merged: str,
        n_kept: int,
        more: Sequence[ir.Table] = (),
    ) -> None:
        """Note what happened to rows and cells: all counts are exact, and taken in one go."""
        headers = self._headers(self.sources[table.name], table)
        problems = [name for name in headers if name + PROBLEM in checked.columns and name != "count"]
        told = {name: f"{name}_number" if name in ENDS else name for name in headers}
        said = {f"{name}__said": checked[one].count(where=checked["rule"].isnull()) for name, one in told.items()}
        totals = (
            checked.aggregate(rows=checked.count(), kept=checked["rule"].isnull().sum(), **said)
            .to_pyarrow()
            .to_pylist()[0]
        )
        self._count(table, READ, totals["rows"])
        self._count(table, KEPT, n_kept)
        self._count(table, merged, (totals["kept"] or 0) - n_kept)
        events = [row_events(checked, table), *(cell_events(checked, table, name) for name in problems), *more]
        happened = self.shelf.put(f"events_{table.name}", ibis.union(no_events(), *events))
        for row in happened.group_by("rule").agg(n=happened.count()).to_pyarrow().to_pylist():
            self._count(table, row["rule"], row["n"])
        self.books.events.append(happened)
        self._note_columns(table, {name for name in headers if totals[f"{name}__said"]})

    def _note_columns(self, table: Table, said: set[str]) -> None:
        source = self.sources[table.name]
        headers = self._headers(source, table)
        for name in table.names():
            state = ABSENT if name not in headers else PRESENT if name in said else EMPTY
            header = source.headers[headers[name]] if name in headers else ""
            self.books.columns.append((table.name, name, state, header))
        ignored = [header for position, header in enumerate(source.headers) if position not in headers.values()]
        self.books.columns += [(table.name, "", IGNORED, header) for header in ignored]


def _without_names(checked: ir.Table) -> ir.Table:
    """Keep the ends' ids of rows at fault only: the numbers say the rest, in a tenth of the place."""
    problems = [checked[name].notnull() for name in checked.columns if name.endswith(PROBLEM)]
    told = ibis.or_(checked["rule"].notnull(), *problems)
    return checked.mutate(**{name: told.ifelse(checked[name], ibis.null("string")) for name in (*ENDS, FILE)})


def _encoded(relations: ir.Table, topics: Mapping[str, ir.Table]) -> ir.Table:
    for name, codes in topics.items():
        found = relations.left_join(codes, relations[name] == codes["code"])
        relations = found.mutate(**{name: found["code_number"]}).drop("code", "code_number")
    return relations


def _decoded(relations: ir.Table, topics: Mapping[str, ir.Table]) -> ir.Table:
    for name, codes in topics.items():
        found = relations.left_join(codes, relations[name] == codes["code_number"])
        relations = found.mutate(**{name: found["code"]}).drop("code", "code_number")
    return relations


def refuse_unfit(sources: Mapping[str, Source], words: Words) -> None:
    """Refuse, before any work, what is not built at scale.

    Raises
    ------
    DataError
        The relations are between provinces, not nodes.
    """
    source = sources.get(RELATIONS.name)
    if source and is_province_table(set(match_headers(RELATIONS, source.headers, words, source.label))):
        found, remedy = "provinces as ends", "Give the table as one file without --engine: it is small."
        raise DataError(source.label, 1, None, found, "relations between nodes", remedy)
