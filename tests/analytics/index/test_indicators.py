"""Indicators counted by hand on two provinces, abroad, and a place that is not known."""

import numpy as np
import pandas as pd
import pytest

from analytics.index.indicators import INDICATORS, PILLARS, Ends, count_indicators

# 0, 1 firms of Beijing; 2 a firm of Guangdong; 3 a university of Beijing; 4 an institute of
# Guangdong without partners; 5 a vendor abroad; 6 a body of unknown place.
NODES = pd.DataFrame(
    {
        "province": ["11", "11", "44", "11", "44", "abroad", ""],
        "kind": ["", "", "", "university", "research_institute", "foreign_vendor", "government"],
        "is_firm": [True, True, True, False, False, False, False],
        "out_degree": [2, 0, 1, 2, 0, 0, 1],
        "degree": [3, 1, 4, 2, 0, 1, 1],
    }
)
# 0>2, 0>5, 3>2, 3>1, 2>0, 6>2
ENDS = Ends(np.array([0, 0, 3, 3, 2, 6]), np.array([2, 5, 2, 1, 0, 2]))
FLOWS = pd.DataFrame(
    {
        "source_province": ["11", "11", "11", "44", ""],
        "target_province": ["44", "abroad", "11", "11", "44"],
        "n_relations": [5, 2, 9, 1, 1],
    }
)
FIRMS = pd.DataFrame(
    {
        "province": ["11", "11", "44"],
        "listed": ["listed", "", "unlisted"],
        "rd_cost_cny": [1e8, np.nan, 5e7],
        "patents": [3.0, 4.0, np.nan],
    }
)
TABLES = {"nodes": NODES, "flows": FLOWS, "firm_values": FIRMS}
EXPECTED = {
    "firms": (2, 1, 0),
    "rd_cost": (1, 0.5, 0),
    "patents": (7, 0, 0),
    "listed_firms": (1, 0, 0),
    "enabling_degree": (2, 1, 0),
    "universities": (1, 0, 0),
    "science_enabling": (2, 0, 0),
    "abroad_relations": (2, 0, 0),
    "abroad_partners": (1, 0, 0),
    "enabling_elsewhere": (5, 1, 0),
    "input_elsewhere": (1, 5, 0),
    # Beijing: node 2. Guangdong: nodes 0 and 3; node 6 is of no known province.
    "partners_elsewhere": (1, 2, 0),
    "provinces_linked": (1, 1, 0),
}


def counted() -> pd.DataFrame:
    return count_indicators(TABLES, ENDS, ["11", "44", "54"])


@pytest.mark.parametrize("name", EXPECTED)
def test_an_indicator_by_hand(name: str) -> None:
    assert tuple(counted()[name]) == EXPECTED[name]


def test_an_indicator_that_nobody_has_is_left_out() -> None:
    assert "research_institutes" not in counted() and len(counted().columns) == len(EXPECTED)


def test_no_data_give_no_indicator() -> None:
    empty = {name: table.head(0) for name, table in TABLES.items()}
    none = np.array([], dtype=int)
    assert count_indicators(empty, Ends(none, none), ["11"]).columns.empty


def test_every_indicator_has_a_pillar_of_the_report() -> None:
    assert {one.pillar for one in INDICATORS} == set(PILLARS) - {"capital", "response"}
    assert len({one.name for one in INDICATORS}) == len(INDICATORS)
