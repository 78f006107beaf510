"""Small tables made of big ones: no relation, node or firm is lost, counted twice or moved."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analytics import store
from analytics.contract import TABLES as CONTRACT
from analytics.cubes import CUBES, ENDS
from analytics.dataset import ordered
from analytics.engines import connect
from analytics.filters import Filters, parse
from analytics.ingest import ingest
from analytics.makers import OwnData
from analytics.measures import Slice
from analytics.measures.coding import coded
from analytics.rollup import Clean, read_clean, rollup
from analytics.taxonomy import read_taxonomy

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
MINI = REPOSITORY / "tests" / "mini"
THIS_YEAR = 2024
KINDS = {"text": pa.string(), "code": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
ABROAD_KINDS = ("country", "foreign_vendor")
# Looking for the smallest of failing data sets would take minutes.
QUICK = settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate))

Row = dict[str, Any]
Tables = dict[str, pd.DataFrame]
# Rows of the three clean tables by name, missing cells as None.
Data = dict[str, list[Row]]

provinces = st.sampled_from([None, "11", "12", "44"])
years = st.sampled_from([None, 2013, 2014, 2016, 2020])
patents = st.sampled_from([None, 0, 199, 200, 1000, 5000])
firm = st.fixed_dictionaries(
    {
        "province": provinces,
        "layer": st.sampled_from([None, "base", "technology", "application"]),
        "listed": st.sampled_from([None, True, False]),
        "founded_year": years,
        "patents": patents,
        "employees": patents,
        "revenue_cny": st.sampled_from([None, 0.0, 2e9]),
        "rd_cost_cny": st.sampled_from([None, 1e8]),
    }
)
organization = st.fixed_dictionaries(
    {"kind": st.sampled_from([None, "university", "country", "foreign_vendor"]), "province": provinces}
)


@st.composite
def data_sets(draw: st.DrawFn) -> Data:
    """Make clean tables: ids are known, pairs repeat, some relations lead back to where they begin."""
    firms = [{"id": f"f{n}", **row} for n, row in enumerate(draw(st.lists(firm, min_size=1, max_size=6)))]
    others = [{"id": f"o{n}", **row} for n, row in enumerate(draw(st.lists(organization, max_size=4)))]
    ids = st.sampled_from([row["id"] for row in firms + others])
    relation = st.fixed_dictionaries(
        {
            "source": ids,
            "target": ids,
            "year": years,
            "technology": st.sampled_from([None, "ai_chips", "computer_vision"]),
            "application": st.sampled_from([None, "smart_city"]),
            "industry": st.sampled_from([None, "39", "I"]),
            "count": st.integers(1, 9),
        }
    )
    return {"firms": firms, "organizations": others, "relations": draw(st.lists(relation, max_size=25))}


def roll(folder: Path) -> Tables:
    """Roll the clean tables of a folder up, each in its own order."""
    return {name: ordered(table).to_pandas() for name, table in rollup(read_clean(connect(), folder)).items()}


@cache
def compiled() -> tuple[ibis.BaseBackend, dict[str, str]]:
    """Give an engine and the queries of the small tables, as compiling them takes longer than running them."""
    engine = connect()
    register(engine, {table.name: [] for table in CONTRACT})
    tables = rollup(Clean(*(engine.table(table.name) for table in CONTRACT)))
    return engine, {name: engine.compile(table.order_by(table.columns)) for name, table in tables.items()}


def register(engine: ibis.BaseBackend, data: Data) -> None:
    """Put clean rows before an engine under the names of their tables."""
    for table in CONTRACT:
        schema = pa.schema([(column.name, KINDS[column.type]) for column in table.columns])
        engine.con.register(table.name, pa.Table.from_pylist(data[table.name], schema))


def rolled(data: Data) -> Tables:
    """Roll clean rows up, each table in its own order."""
    engine, queries = compiled()
    register(engine, data)
    return {name: engine.con.sql(query).to_arrow_table().to_pandas() for name, query in queries.items()}


def read(source: Path, out: Path) -> tuple[Data, Tables]:
    """Ingest the files of a folder; give the clean rows and what they are rolled up to."""
    taxonomy = read_taxonomy(REPOSITORY / "data" / "taxonomy")
    ingest(source, out, taxonomy, say=lambda _: None, this_year=THIS_YEAR)
    return {table.name: pq.read_table(out / f"{table.name}.parquet").to_pylist() for table in CONTRACT}, roll(out)


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> tuple[Data, Tables]:
    return read(MINI, tmp_path_factory.mktemp("mini"))


def places(data: Data) -> dict[str, tuple[str, str]]:
    """Give province and layer of every id, as the contract's words have it."""
    found = {row["id"]: (row["province"] or "", row["layer"] or "") for row in data["firms"]}
    for row in data["organizations"]:
        outside = "abroad" if row["kind"] in ABROAD_KINDS else ""
        found[row["id"]] = (row["province"] or outside, "")
    return found


def raw_relations(data: Data) -> list[Row]:
    """Put what a cube counts by beside every relation."""
    place = places(data)
    rows = []
    for row in data["relations"]:
        source, target = place[row["source"]], place[row["target"]]
        ends = (row["year"] or 0, source[0], target[0], source[1], target[1])
        topics = {name: row[name] or "" for name in ("technology", "application", "industry")}
        rows.append({**dict(zip(ENDS, ends, strict=True)), **topics, "count": row["count"]})
    return rows


def pairs(data: Data) -> dict[tuple[str, str], int]:
    """Give every distinct ordered pair with its first known year, 0 where none is."""
    found: dict[tuple[str, str], int] = {}
    for row in data["relations"]:
        pair, year = (row["source"], row["target"]), row["year"] or 0
        if pair[0] != pair[1]:
            found[pair] = min(filter(None, (found.get(pair), year)), default=0)
    return found


def summed(rows: list[Row], names: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    total: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        total[tuple(row[name] for name in names)] += row["count"]
    return total


def check_cubes(data: Data, tables: Tables) -> None:
    raw = raw_relations(data)
    for name, topics in CUBES.items():
        cube = tables[name].rename(columns={"n_relations": "count"})
        assert not cube.duplicated([*ENDS, *topics]).any()
        assert int(cube["count"].sum()) == sum(row["count"] for row in raw)
        for names in [*((one,) for one in (*ENDS, *topics)), (*ENDS, *topics)]:
            assert summed(cube.to_dict("records"), names) == summed(raw, names), (name, names)


def check_degrees(data: Data, tables: Tables) -> None:
    nodes, node_years, firsts = tables["nodes"].set_index("id"), tables["node_years"], pairs(data)
    assert sorted(nodes.index) == sorted(places(data))
    assert nodes["in_degree"].sum() == nodes["out_degree"].sum() == len(firsts)
    assert nodes["in_degree"].to_dict() == {one: sum(end == one for _, end in firsts) for one in nodes.index}
    assert nodes["out_degree"].to_dict() == {one: sum(begin == one for begin, _ in firsts) for one in nodes.index}
    assert (nodes["degree"] == nodes["in_degree"] + nodes["out_degree"]).all()
    assert not node_years.duplicated(["id", "year"]).any()
    totals = node_years.groupby("id")[["in_degree", "out_degree"]].sum().reindex(nodes.index, fill_value=0)
    assert (totals == nodes[["in_degree", "out_degree"]]).all(axis=None)
    begun = {(row.id, row.year): row.out_degree for row in node_years.itertuples() if row.out_degree}
    assert begun == Counter((begin, year) for (begin, _), year in firsts.items())
    dated = {one: [year for pair, year in firsts.items() if year and one in pair] for one in nodes.index}
    first_years = {one: None if pd.isna(year) else int(year) for one, year in nodes["first_year"].items()}
    assert first_years == {one: min(found, default=None) for one, found in dated.items()}


def check_firms(data: Data, tables: Tables) -> None:
    found = {row["id"]: row for row in tables["firm_values"].to_dict("records")}
    degrees = tables["nodes"].set_index("id")
    assert len(tables["firm_values"]) == len(data["firms"]) == len(found)
    for row in data["firms"]:
        one = found[row["id"]]
        assert (one["province"], one["layer"]) == (row["province"] or "", row["layer"] or "")
        assert one["founded_year"] == (row["founded_year"] or 0)
        for name in ("employees", "revenue_cny", "rd_cost_cny", "patents"):
            assert (None if pd.isna(one[name]) else one[name]) == row[name]
        for name in ("in_degree", "out_degree", "degree"):
            assert one[name] == degrees.loc[row["id"], name]


def check_places(data: Data, tables: Tables) -> None:
    nodes = tables["nodes"]
    found = {row.id: (row.province, row.layer) for row in nodes.itertuples()}
    assert found == places(data)
    assert int(nodes["is_firm"].sum()) == len(data["firms"])


CHECKS = [check_cubes, check_degrees, check_firms, check_places]
Check = Callable[[Data, Tables], None]


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_of_the_mini_data_is_lost(mini: tuple[Data, Tables], check: Check) -> None:
    check(*mini)


def test_the_mini_data_is_what_was_counted_by_hand(mini: tuple[Data, Tables]) -> None:
    _, tables = mini
    flows = tables["flows"].groupby(["source_province", "target_province"])["n_relations"].sum()
    assert flows.to_dict() == {
        ("11", "11"): 12, ("44", "44"): 6, ("31", "31"): 5, ("33", "33"): 3, ("11", "32"): 1, ("44", "11"): 1,
        ("abroad", "44"): 2, ("abroad", "11"): 1, ("44", "abroad"): 1, ("44", ""): 1, ("12", ""): 1,
    }  # fmt: skip
    topics = tables["technologies_by_end"].groupby("technology")["n_relations"].sum().to_dict()
    expected = {"ai_chips": 13, "computer_vision": 9, "internet_of_things": 7, "speech_recognition": 3, "": 2}
    assert topics == expected
    firms = tables["firm_values"]
    assert firms["layer"].value_counts().to_dict() == {"base": 4, "technology": 5, "application": 11}
    assert firms["province"].value_counts().to_dict() == {"11": 6, "44": 5, "31": 4, "33": 3, "12": 1, "": 1}
    patents_by_province = firms.groupby("province")["patents"].sum().to_dict()
    assert patents_by_province == {"11": 367, "44": 5873, "31": 127, "33": 178, "12": 8, "": 0}


def test_a_firm_not_said_to_be_listed_is_not_unlisted(mini: tuple[Data, Tables]) -> None:
    counts = mini[1]["firm_values"]["listed"].value_counts().to_dict()
    assert counts == {"listed": 4, "unlisted": 15, "": 1}


@QUICK
@given(data_sets(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(data: Data, random: Random) -> None:
    other = {name: random.sample(rows, len(rows)) for name, rows in data.items()}
    same(rolled(other), rolled(data))


def test_the_order_of_the_files_lines_changes_nothing(mini: tuple[Data, Tables], tmp_path: Path) -> None:
    (tmp_path / "mini").mkdir()
    for path in MINI.glob("*.csv"):
        head, *lines = path.read_text("utf-8").splitlines()
        Random(7).shuffle(lines)
        (tmp_path / "mini" / path.name).write_text("\n".join([head, *lines]), "utf-8")
    same(read(tmp_path / "mini", tmp_path / "out")[1], mini[1])


def same(found: Tables, expected: Tables) -> None:
    assert found.keys() == expected.keys()
    for name, frame in expected.items():
        pd.testing.assert_frame_equal(found[name], frame)


def span_of(data: Data) -> tuple[int, int] | None:
    """Give the first and the last year in which a pair begins, if any year is known."""
    known = [year for year in pairs(data).values() if year]
    return (min(known), max(known)) if known else None


def served(data: Data, tables: Tables) -> Tables:
    """Give the tables as they are counted, and the years of the network, which tell a slice what all years are."""
    span = span_of(data)
    years = range(span[0], span[1] + 1) if span else range(0)
    network = pd.DataFrame({"year": pd.Series(years, dtype="int64")})
    return {"network_years": network, **{name: coded(name, frame) for name, frame in tables.items()}}


def kept_plainly(data: Data, choice: Filters) -> list[Row]:
    """Give the relations that a choice leaves, by the words of the documentation alone."""
    span, (first, last) = span_of(data), choice.years
    everything = span is None or (first <= span[0] and last >= span[1])

    def chosen(row: Row, end: str) -> bool:
        in_place = not choice.provinces or row[f"{end}_province"] in choice.provinces
        return in_place and (not choice.layers or row[f"{end}_layer"] in choice.layers)

    ends = [choice.end] if choice.end else ["source", "target"]
    dated = [row for row in raw_relations(data) if everything or first <= row["year"] <= last]
    return [row for row in dated if any(chosen(row, end) for end in ends)]


def firms_plainly(data: Data, choice: Filters) -> list[Row]:
    """Give the firms that a choice leaves, whatever its provinces; an unknown number is in no class."""
    sizes = {"patents_lt_200": range(200), "patents_gt_1000": range(1001, 10_000)}
    return [
        row
        for row in data["firms"]
        if (not choice.layers or row["layer"] in choice.layers)
        and (not choice.founded or row["founded_year"] in choice.founded)
        and (not choice.patents or any(row["patents"] in sizes[one] for one in choice.patents))
    ]


choices = st.builds(
    Filters,
    provinces=st.sampled_from([(), ("11",), ("12", "44"), ("11", "12", "31", "44"), ("71",)]),
    layers=st.sampled_from([(), ("base",), ("application", "technology")]),
    years=st.tuples(st.sampled_from([2012, 2014, 2015]), st.sampled_from([2015, 2016, 2023])),
    end=st.sampled_from(["", "source", "target"]),
    founded=st.sampled_from([(), (), (2014,), (2008, 2013, 2014, 2016)]),
    patents=st.sampled_from([(), (), ("patents_lt_200",), ("patents_lt_200", "patents_gt_1000")]),
)


def check_choice(data: Data, tables: Tables, choice: Filters) -> None:
    part, plain = Slice(served(data, tables), choice), kept_plainly(data, choice)
    for name, topics in CUBES.items():
        found = tables[name][part.relations(name)].rename(columns={"n_relations": "count"})
        assert summed(found.to_dict("records"), (*ENDS, *topics)) == summed(plain, (*ENDS, *topics)), (name, choice)
    by_places = part.count_relations("flows", ("source_province", "target_province")).to_dict()
    assert by_places == summed(plain, ("source_province", "target_province"))
    firms = firms_plainly(data, choice)
    inside = [row["id"] for row in firms if not choice.provinces or row["province"] in choice.provinces]
    assert sorted(tables["firm_values"]["id"][part.firms()]) == sorted(inside)
    assert part.count_firms("provinces").to_dict() == Counter(row["province"] for row in firms if row["province"])
    weighted: Counter[str] = Counter()
    for row in firms:
        weighted[row["province"] or ""] += row["patents"] or 0
    del weighted[""]
    assert part.count_firms("provinces", "patents").to_dict() == +weighted


@QUICK
@given(data_sets())
def test_nothing_of_any_data_is_lost(data: Data) -> None:
    tables = rolled(data)
    for check in CHECKS:
        check(data, tables)


@QUICK
@given(data_sets(), st.lists(choices, min_size=4, max_size=4))
def test_a_choice_keeps_what_a_plain_count_keeps(data: Data, chosen: list[Filters]) -> None:
    tables = rolled(data)
    for choice in chosen:
        check_choice(data, tables, choice)


@pytest.mark.parametrize("end", ["", "source", "target"])
def test_a_choice_of_the_mini_data_keeps_what_a_plain_count_keeps(mini: tuple[Data, Tables], end: str) -> None:
    check_choice(*mini, Filters(provinces=("11", "31"), layers=("base", "application"), years=(2015, 2017), end=end))


def test_choosing_year_by_year_leaves_only_the_undated_out(mini: tuple[Data, Tables]) -> None:
    data, tables = mini
    whole = served(data, tables)
    parts = [Slice(whole, Filters(years=(year, year))) for year in range(2013, 2020)]
    found = sum(part.count_relations("flows", ("source_layer",)).sum() for part in parts)
    assert found == sum(row["count"] for row in data["relations"] if row["year"])


def test_a_year_that_brings_no_new_pair_can_be_chosen(build: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "relations.csv"
    path.write_text("source,target,year\na,b,2015\na,c,2016\na,b,2020\n", "utf-8")
    build(maker=OwnData(path))
    since = parse({"from": "2016"}).filters
    assert Slice(store.tables(), since).count_relations("flows", ("source_layer",)).sum() == 2
