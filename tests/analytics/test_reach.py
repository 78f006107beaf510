"""How much of each industry hangs on the leading nodes, against a plain count."""

import pandas as pd
import pytest

from analytics import store
from analytics.filters import Filters
from analytics.measures.reach import reach_of_sections
from analytics.snapshot import table_file

WHOLE = Filters()


def plain(count: int) -> pd.Series:
    relations = pd.read_parquet(store.snapshot().folder / table_file("relations"))
    pairs = relations[["source", "target"]].drop_duplicates().query("source != target")
    out = pairs.groupby("source").size().sort_values(ascending=False)
    divisions = store.tables()["divisions"].set_index("code")["section"]
    sections = set(store.tables()["sections"]["code"])
    code = relations["industry"].astype(object)
    section = code.where(code.isin(sections), code.map(divisions))
    led = relations["source"].isin(out.index[:count])
    return (led.groupby(section).mean() * 100).dropna()


@pytest.mark.parametrize("count", [1, 10])
def test_shares_are_those_of_a_plain_count(count: int) -> None:
    found = reach_of_sections(WHOLE, count).set_index("item")["value"]
    known = plain(count)
    assert set(found.index) == set(known.index)
    assert found.to_dict() == pytest.approx(known[found.index].to_dict(), abs=1e-9)


def test_fewer_years_hold_fewer_relations() -> None:
    early = reach_of_sections(Filters(years=(2014, 2016)), 10)
    assert 0 < early["n"].sum() < reach_of_sections(WHOLE, 10)["n"].sum()


def test_a_selection_without_relations_has_no_rows() -> None:
    nothing = Filters(provinces=("54",), layers=("base",), years=(2014, 2014), end="source")
    assert reach_of_sections(nothing, 1).empty
