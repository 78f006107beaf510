"""Big tables to small ones: counts by everything a reader can filter by, and degrees by node.

Right of this module nothing depends on the number of relations. Every table is one Ibis expression,
the same for every engine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir

from analytics.classes import ALL, Classes
from analytics.contract import ABROAD, NONE, OUTSIDE, TABLES, Table
from analytics.cubes import CUBES, ENDS, FIRM_NUMBERS, NO_YEAR, TOPICS

# Of every type of the contract, what it is in an engine: an empty column must not become a number.
IDS = ("id", "source", "target")
Hold = Callable[[str, ir.Table], ir.Table]  # computes a table once that several others are made of
TYPES = {"text": "string", "code": "string", "integer": "int64", "number": "float64", "boolean": "boolean"}


@dataclass(frozen=True)
class Clean:
    """The three clean tables of a data set, as `analytics.contract` describes them."""

    firms: ir.Table
    organizations: ir.Table
    relations: ir.Table


def read_clean(engine: ibis.BaseBackend, folder: Path) -> Clean:
    """Open the three Parquet files of a folder in an engine; nothing is read yet."""
    return Clean(*(typed(engine.read_parquet(str(folder / f"{table.name}.parquet")), table) for table in TABLES))


def typed(raw: ir.Table, table: Table, ids: str = "string") -> ir.Table:
    """Give a clean table's columns the types that are counted with; `ids` is that of ids."""
    types = {one.name: ids if one.name in IDS else TYPES[one.type] for one in table.columns}
    return raw.select(**{name: raw[name].cast(kind) for name, kind in types.items()})


def rollup(clean: Clean, hold: Hold = lambda _, table: table) -> dict[str, ir.Table]:
    """Give the small tables of a data set by name.

    Parameters
    ----------
    clean : Clean
        Ids are known, codes are those of the taxonomies, `count` is 1 or more. Ids may be text or numbers.
    hold : callable
        Name, table -> the same table, computed; by default nothing is.

    Returns
    -------
    dict of str to Table
        ``nodes``
            Grain: node. `id`, `name_zh`, `name_en`, `is_firm`, `kind`, `province` (GB/T 2260,
            `abroad` or empty), `layer`, `sample_since`, `sample_until`, `first_year`, `in_degree`,
            `out_degree`, `degree` (distinct partners, as in tables 2 and 3).
        ``node_years``
            Grain: node and year of its new partners. `in_degree`, `out_degree`.
        ``firm_values``
            Grain: firm. `id`, two names, `city`, the dimensions of `analytics.cubes.FIRM_DIMENSIONS` (empty or 0
            where unknown), `FIRM_NUMBERS` (people, yuan, yuan, R&D cost by revenue, patents; empty
            where unknown), and the three degrees.
        the names of `CUBES`
            Grain: the dimensions of `ENDS` and the topic. `n_relations`, the sum of `count`.
    """
    nodes = number_nodes(clean)
    # What all cubes are sums of, so that relations are gone through once.
    cells = hold("cells", count_relations(join_ends(clean.relations, nodes), (*ENDS, *TOPICS), "count"))
    arcs = hold("arcs", first_arcs(clean.relations))
    years = hold("node_years", count_node_years(arcs))
    cubes = {name: count_relations(cells, (*ENDS, *topics)) for name, topics in CUBES.items()}
    known = hold("nodes", add_degrees(nodes, years))
    return {"nodes": known, "node_years": years, "firm_values": value_firms(clean.firms, known), **cubes}


def number_nodes(clean: Clean) -> ir.Table:
    """Give firms and organizations as one table of nodes; grain: node."""
    firms = clean.firms.select(
        "id",
        "name_zh",
        "name_en",
        "sample_since",
        is_firm=ibis.literal(True),
        kind=ibis.literal(NONE),
        province=clean.firms.province.fill_null(NONE),
        layer=clean.firms.layer.fill_null(NONE),
        sample_until=ibis.null("int64"),
    )
    others = clean.organizations
    kind, province = others.kind.fill_null(NONE), others.province.fill_null(NONE)
    outside = kind.isin(ABROAD) & (province == NONE)
    organizations = others.select(
        "id",
        "name_zh",
        "name_en",
        "sample_since",
        is_firm=ibis.literal(False),
        kind=kind,
        province=outside.ifelse(OUTSIDE, province),
        layer=ibis.literal(NONE),
        sample_until="sample_until",
    )
    return firms.union(organizations)


def join_ends(relations: ir.Table, nodes: ir.Table) -> ir.Table:
    """Put place and layer of both ends beside every relation; grain: as `relations`."""
    place = nodes.select("id", "province", "layer")
    source = place.rename(source="id", source_province="province", source_layer="layer")
    target = place.rename(target="id", target_province="province", target_layer="layer")
    bare = relations.select(
        "source",
        "target",
        "count",
        year=relations.year.fill_null(NO_YEAR).cast("int16"),
        **{name: relations[name].fill_null(NONE) for name in TOPICS},
    )
    return bare.join(source, "source").join(target, "target")


def first_arcs(relations: ir.Table) -> ir.Table:
    """Give each distinct ordered pair once, with its first year; loops are left out.

    A pair whose year is known for some relations only begins in the first known year.
    """
    known = relations.year.nullif(NO_YEAR).cast("int16")
    pairs = relations.mutate(known=known).filter(relations.source != relations.target)
    firsts = pairs.group_by("source", "target").agg(year=pairs.known.min())
    return firsts.mutate(year=firsts.year.fill_null(NO_YEAR))


def count_node_years(arcs: ir.Table) -> ir.Table:
    """Count every node's new partners by year; grain: node and year."""
    gives = arcs.select("year", id=arcs.source, out_degree=ibis.literal(1), in_degree=ibis.literal(0))
    takes = arcs.select("year", id=arcs.target, out_degree=ibis.literal(0), in_degree=ibis.literal(1))
    both = gives.union(takes)
    return both.group_by("id", "year").agg(
        in_degree=both.in_degree.sum().cast("int64"), out_degree=both.out_degree.sum().cast("int64")
    )


def add_degrees(nodes: ir.Table, years: ir.Table) -> ir.Table:
    """Put degrees and first year beside the nodes; a node without relations has degree 0."""
    totals = years.group_by("id").agg(
        in_degree=years.in_degree.sum().cast("int64"),
        out_degree=years.out_degree.sum().cast("int64"),
        first_year=years.year.nullif(NO_YEAR).min(),
    )
    joined = nodes.left_join(totals, "id").drop("id_right")
    filled = {name: joined[name].fill_null(0) for name in ("in_degree", "out_degree")}
    joined = joined.mutate(**filled)
    return joined.mutate(degree=joined.in_degree + joined.out_degree)


def count_relations(relations: ir.Table, dimensions: tuple[str, ...], weight: str = "n_relations") -> ir.Table:
    """Sum a column by some dimensions; grain: those."""
    return relations.group_by(*dimensions).agg(n_relations=relations[weight].sum().cast("int64"))


def value_firms(firms: ir.Table, nodes: ir.Table) -> ir.Table:
    """Give every firm with its classes, numbers and degrees; grain: firm."""
    intensity = firms.rd_cost_cny / firms.revenue_cny.nullif(0)
    measures = (firms.employees, firms.revenue_cny, firms.rd_cost_cny, intensity, firms.patents)
    valued = firms.select(
        "id",
        "name_zh",
        "name_en",
        "city",
        province=firms.province.fill_null(NONE),
        layer=firms.layer.fill_null(NONE),
        listed=ibis.cases((firms.listed, "listed"), (~firms.listed, "unlisted"), else_=NONE),
        founded_year=firms.founded_year.fill_null(NO_YEAR),
        **{one.column: class_of(values, one) for one, values in zip(ALL, measures, strict=True)},
        **{name: values.cast("float64") for name, values in zip(FIRM_NUMBERS, measures, strict=True)},
    )
    degrees = nodes.select("id", "in_degree", "out_degree", "degree")
    return valued.left_join(degrees, "id").drop("id_right")


def class_of(values: ir.Value, classes: Classes) -> ir.StringValue:
    """Name the class of every value; empty where there is none."""
    scaled = values / classes.scale
    *lower, last = classes.edges
    *slugs, below_last, above = classes.slugs
    branches = [(scaled.isnull(), NONE), *((scaled < edge, slug) for edge, slug in zip(lower, slugs, strict=True))]
    return ibis.cases(*branches, (scaled <= last, below_last), else_=above)
