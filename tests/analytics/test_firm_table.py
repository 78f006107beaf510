"""The table of firms and profiles: counted by hand on the mini data, by plain pandas on random filters."""

from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import store
from analytics.build import build_snapshot
from analytics.cubes import FIRM_FIELDS
from analytics.filters import SLUGS, Filters, parse
from analytics.firm_table import (
    COLUMNS,
    EMPTY,
    LONGEST_SEARCH,
    MOST_ROWS,
    SORTED,
    Question,
    count_all,
    count_firms,
    page_of,
    pieces_of,
    read_question,
)
from analytics.makers import OwnData
from analytics.profiles import MOST_PARTNERS, Rank, read_profile

MINI, MANY = "mini-data-set-of-table", "many-firms-for-a-table"  # 22 characters, as ids have
# DuckDB 2.0 renamed what Ibis 12 still calls.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ODD = ["100%", "a_b", "O'Neil", 'the "best"', "Ünal", "=1+1", "back\\slash", "新智", "新智 云", "", "新智"]


def random_firms(count: int = 300) -> pd.DataFrame:
    """Make firms of which much is not known, many are equal and some have odd names."""
    rng = np.random.default_rng(7)

    def some(values: list[object]) -> list[object]:
        return [values[at] for at in rng.integers(0, len(values), count)]

    return pd.DataFrame(
        {
            "id": [f"F{number:03d}" for number in rng.permutation(count)],
            "name_zh": some([*ODD, None]),
            "name_en": some([*ODD, None]),
            "founded_year": some([None, 1999, 2015, 2016]),
            "province": some([None, "11", "44", "81"]),
            "city": some([None, "北京", "深圳"]),
            "layer": some([None, "base", "technology", "application"]),
            "employees": some([None, 0, 9, 50, 100, 5000]),
            "listed": some([None, "yes", "no"]),
            "revenue_cny": some([None, 0, 1e9, 2.5e9, 9e10]),
            "rd_cost_cny": some([None, 0, 1e8, 3e8]),
            "patents": some([None, 0, 199, 200, 5000]),
        }
    )


@pytest.fixture(scope="module", autouse=True)
def data_sets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Two data sets as readers load them: the mini one, and many random firms."""
    root, tables = tmp_path_factory.mktemp("uploads"), tmp_path_factory.mktemp("many")
    random_firms().to_csv(tables / "firms.csv", index=False)
    pd.DataFrame({"source": ["F001", "F002"], "target": ["F002", "F003"]}).to_csv(tables / "relations.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIM_UPLOADS", str(root))
        patch.setattr(store, "_cached", OrderedDict())
        for name, source in ((MINI, Path(__file__).parents[1] / "mini"), (MANY, tables)):
            build_snapshot(root / name, maker=OwnData(source), say=lambda _: None)
        yield


def ids(question: Question, offset: int = 0, limit: int = MOST_ROWS) -> list[str]:
    return [row["id"] for row in page_of(question, offset, limit)]


def mini(query: dict[str, str], search: str = "", sort: str = "id") -> list[str]:
    return ids(Question(parse({**query, "data": MINI}).filters, search, sort))


@pytest.mark.parametrize(
    ("query", "search", "found"),
    [
        ({}, "", 20),
        ({"province": "11"}, "", 6),
        ({"province": "11,44"}, "", 11),
        ({"layer": "base"}, "", 4),
        ({"firm_listed": "listed"}, "", 4),
        ({"firm_listed": "listed", "province": "11"}, "", 1),
        ({"firm_founded": "2015"}, "", 3),
        ({"from": "2016", "end": "source"}, "", 20),
        ({}, "甲", 6),
        ({}, "FIRM 0", 9),
        ({}, "f2", 1),
        ({"province": "44"}, "甲", 0),
    ],
)
def test_firms_are_as_many_as_counted_by_hand(query: dict[str, str], search: str, found: int) -> None:
    question = Question(parse({**query, "data": MINI}).filters, search)
    assert (count_firms(question), len(mini(query, search)), count_all(MINI)) == (found, found, 20)


def test_a_firm_is_given_as_its_file_has_it() -> None:
    assert page_of(Question(Filters(data=MINI), "F20"), 0, 9) == [
        {
            "id": "F20", "name_zh": "己一", "name_en": "Firm 20", "province": None, "city": None,
            "layer": "application", "founded_year": None, "employees": 10.0, "listed": None,
            "revenue_cny": None, "rd_cost_cny": None,
            "intensity": None, "patents": None, "in_degree": 1, "out_degree": 0, "degree": 1,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("-patents", ["F07", "F08", "F01"], "F20"),
        ("patents", ["F05", "F15", "F11"], "F20"),
        ("founded_year", ["F07", "F08", "F16"], "F20"),
        ("-revenue_cny", ["F07", "F08", "F01"], "F20"),
        ("-degree", ["F01", "F07", "F02"], "F18"),
        ("name", ["F16", "F18", "F17"], "F10"),  # by code points: 一, 三, 二
        ("province", ["F01", "F02", "F03"], "F20"),
    ],
)
def test_firms_stand_in_the_order_worked_out_by_hand(sort: str, first: list[str], last: str) -> None:
    found = mini({}, sort=sort)
    assert found[:3] == first
    if sort not in ("-degree", "name"):
        assert found[-1] == last  # of whom it is not known


chosen = st.builds(
    Filters,
    provinces=st.lists(st.sampled_from(["11", "44", "81", "65"]), unique=True, max_size=2).map(tuple),
    layers=st.lists(st.sampled_from(["base", "technology"]), unique=True).map(tuple),
    founded=st.lists(st.sampled_from([1999, 2015, 2020]), unique=True, max_size=2).map(tuple),
    data=st.just(MANY),
    **{name: st.lists(st.sampled_from(slugs), unique=True, max_size=2).map(tuple) for name, slugs in SLUGS.items()},
)
typed = st.sampled_from(["", "", "", "%", "_", "'", '"', "\\", "ü", "Ü", "新", "云", "f00", "a_B", "=1", "zzz"])
orders = st.sampled_from([f"{sign}{column}" for column in SORTED for sign in ("", "-")])


def expected(question: Question) -> pd.DataFrame:
    """Pick and sort the firms in plain pandas."""
    rows = pd.read_parquet(store.snapshot(MANY).folder / "firm_values.parquet")
    for field, column in FIRM_FIELDS.items():
        values = getattr(question.filters, field)
        rows = rows[rows[column].isin(values)] if values else rows
    for name, none in EMPTY.items():
        rows[name] = rows[name].astype(object).where(rows[name].notna() & rows[name].ne(none), None)
    names = rows[["name_zh", "name_en", "id"]].fillna("").apply(lambda one: one.str.lower())
    rows = (
        rows[names.apply(lambda row: any(question.search.lower() in name for name in row), axis=1)]
        if len(rows)
        else rows
    )
    by = question.sort.removeprefix("-")
    key = rows["name_zh"].fillna(rows["name_en"]).fillna(rows["id"]) if by == "name" else rows[by]
    ordered = rows.assign(key=key).sort_values("id")
    return ordered.sort_values("key", ascending=by == question.sort, kind="stable", na_position="last")


@given(filters=chosen, search=typed, sort=orders)
@settings(max_examples=100)
def test_any_question_is_answered_as_pandas_does(filters: Filters, search: str, sort: str) -> None:
    question = Question(filters, search, sort)
    rows = expected(question)
    assert ids(question) == rows["id"].tolist()
    assert count_firms(question) == len(rows)


@given(sort=orders, size=st.integers(30, 120))
@settings(max_examples=12)
def test_pages_do_not_overlap_and_leave_nobody_out(sort: str, size: int) -> None:
    question = Question(Filters(data=MANY), sort=sort)
    paged = [one for start in range(0, 300, size) for one in ids(question, start, size)]
    whole = [one for piece in pieces_of(question) for one in piece["id"].to_pylist()]
    assert paged == whole and len(set(paged)) == 300


@pytest.mark.parametrize(("offset", "limit"), [(-5, 10), (0, -1), (10**12, 10), (0, 10**12), (2**63, 2**63)])
def test_rows_out_of_bounds_are_brought_into_them(offset: int, limit: int) -> None:
    found = ids(Question(Filters(data=MANY)), offset, limit)
    assert len(found) == (0 if limit < 0 or offset > 300 else min(limit, 300))


@pytest.mark.parametrize(
    "name", ["%", "'; DROP TABLE x; --", "\x00", "\ud800", "x" * 10_000, "[[x]]", "{0}", "\n", "🙂"]
)
def test_a_search_is_taken_literally(name: str) -> None:
    question = read_question({"search": name, "sort": "; --"}, Filters(data=MINI), "en")
    assert len(question.search) <= LONGEST_SEARCH and question.sort == "-degree"
    assert ids(question) == (mini({}, sort="-degree") if not question.search else [])


def test_files_hold_the_columns_of_the_table() -> None:
    assert [piece.schema.names for piece in pieces_of(Question(Filters(data=MINI)))] == [list(COLUMNS)]
    assert list(pieces_of(Question(Filters(data=MINI), "zzz"))) == []


def test_many_threads_ask_at_once() -> None:
    questions = [Question(Filters((code,), data=MANY)) for code in ("11", "44", "81")] * 8
    alone = {question: ids(question) for question in questions[:3]}
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ids, questions)) == [alone[question] for question in questions]


def test_a_firms_profile_is_as_counted_by_hand() -> None:
    found = read_profile("F01", MINI)
    assert found is not None and found.values["patents"] == 300 and found.printed == {} and found.undated == 0
    assert found.ranks == [
        Rank("degree", "all", 1, 20), Rank("degree", "province", 1, 6), Rank("degree", "layer", 1, 4),
        Rank("patents", "all", 3, 19), Rank("patents", "province", 1, 6), Rank("patents", "layer", 2, 4),
    ]  # fmt: skip
    assert found.years.to_numpy().tolist() == [
        [2013, 0, 0], [2014, 1, 0], [2015, 1, 1], [2016, 1, 3], [2017, 2, 3], [2018, 2, 3], [2019, 2, 3],
    ]  # fmt: skip
    topics = found.topics["technology"].to_numpy().tolist()
    assert topics == [["ai_chips", 8, 1], ["computer_vision", 1, 0], ["speech_recognition", 0, 1]]
    partners = {side: [(one["id"], one["n_relations"]) for one in rows] for side, rows in found.partners.items()}
    assert partners == {"source": [("F04", 6), ("F05", 2), ("O05", 1)], "target": [("F07", 1), ("O04", 1)]}
    assert [one["province"] for one in found.partners["target"]] == ["44", "abroad"]


def test_an_organizations_profile_is_as_counted_by_hand() -> None:
    found = read_profile("O04", MINI)
    assert found is not None and found.values == {} and found.node["kind"] == "foreign_vendor"
    assert found.ranks == [Rank("degree", "all", 1, 9), Rank("degree", "kind", 1, 1)]
    assert [one["id"] for one in found.partners["source"]] == ["F07", "F01"] and found.partners["target"] == []


@pytest.mark.parametrize("name", ["", "F99", "'", "\x00", "x" * 5000])
def test_an_unknown_node_has_no_profile(name: str) -> None:
    assert read_profile(name, MINI) is None


def test_the_most_connected_firm_of_the_reconstruction() -> None:
    """Not built here: the data set in use for all, if it is the reconstruction."""
    if store.manifest()["dataset"]["kind"] != "reconstruction":
        pytest.skip("another data set is in use")
    found = read_profile("huawei")
    assert found is not None and found.printed == {"in_degree": 2327, "out_degree": 4725, "degree": 7052}
    last = found.years.iloc[-1]
    assert (last["in_degree"], last["out_degree"]) == (2327, 4725)
    assert found.ranks[0] == Rank("degree", "all", 1, count_all())
    assert all(len(rows) == MOST_PARTNERS for rows in found.partners.values())
    synthetic = read_profile("firm-0628")
    assert synthetic is not None and synthetic.printed == {} and synthetic.values["degree"] == synthetic.node["degree"]
