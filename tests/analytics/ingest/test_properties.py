"""What holds for any data: the order of rows changes nothing, and the books balance."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

FIRMS = ["a,2010,北京", "b,1800,上海", "c,,", "a,2010,beijing", "d,2015,火星", ",2011,广东", " , , "]
ORGANIZATIONS = ["x,大学,北京", "y,foreign_vendor,", "c,university,天津", "x,university,11", "z,,"]
RELATIONS = [
    "a,b,2020,1,北京,上海",
    "a,b,2020,2,天津,上海",
    "a,b,2020,,,",
    "a,b,2021,4,北京,",
    "c,x,2020,1,广东,",
    "x,c,2020,1,,广东",
    "z,a,1,1,江苏,",
    "z,b,2019,1,浙江,",
    "q,a,2020,1,,",
    "a,a,2020,1,,",
    "y,d,2020,-1,,",
    "y,d,2020,7,北京,",
    ",,,,,",
]
# Few examples, as each is a whole run.
FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])


def run(read_into, firms: list[str], organizations: list[str], relations: list[str]):
    tables = {
        "firms": "\n".join(["id,founded_year,province", *firms]),
        "organizations": "\n".join(["id,kind,province", *organizations]),
        "relations": "\n".join(["source,target,year,count,source_province,target_province", *relations]),
    }
    with TemporaryDirectory() as name:
        result = read_into(
            Path(name), None, {table: text for table, text in tables.items() if len(text.splitlines()) > 1}
        )
        clean = {table: result.table(table) for table in ("firms", "organizations", "relations")}
        return clean, result.ledger, result.events()


@pytest.fixture(scope="module")
def in_order(read_into):
    return run(read_into, FIRMS, ORGANIZATIONS, RELATIONS)


@FEW
@given(st.permutations(FIRMS), st.permutations(ORGANIZATIONS), st.permutations(RELATIONS))
def test_the_order_of_rows_changes_nothing(read_into, in_order, firms, organizations, relations) -> None:
    clean, ledger, events = run(read_into, firms, organizations, relations)
    expected, books, listed = in_order
    for table, frame in expected.items():
        pd.testing.assert_frame_equal(clean[table], frame)
    pd.testing.assert_frame_equal(ledger.counts, books.counts)
    assert len(events) == len(listed) > 10


@FEW
@given(st.lists(st.sampled_from(FIRMS)), st.lists(st.sampled_from(RELATIONS), min_size=1))
def test_the_books_balance(read_into, firms, relations) -> None:
    clean, ledger, events = run(read_into, firms, [], relations)
    totals = ledger.totals()
    assert (totals["read"] == totals["kept"] + totals["dropped"] + totals["merged"]).all()
    assert totals.loc["relations", "read"] == len(relations)
    assert totals.loc["relations", "kept"] == len(clean["relations"])
    assert totals[["dropped", "merged", "emptied"]].to_numpy().sum() == len(events)
    known = {*clean["firms"]["id"], *clean["organizations"]["id"]}
    ends = clean["relations"]
    assert {*ends["source"], *ends["target"]} <= known
    assert len(known) == len(clean["firms"]) + len(clean["organizations"])
    assert (ends["count"] >= 1).all()


def test_a_folder_read_twice_over_is_replaced(read, tmp_path: Path) -> None:
    first = read(tables={"relations": "source,target\na,b\n"})
    shutil.rmtree(tmp_path / "source")
    assert len(read(tables={"relations": "source,target\nc,d\ne,f\n"}).rows("relations")) == 2
    assert len(first.rows("relations")) == 2
