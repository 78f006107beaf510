"""Who enables whom, as rows for charts: flows cut, related to their ends, summed up by region, and balanced."""

import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.geography import geography
from analytics.measures import exchange
from analytics.measures.polarization import REST
from components.charts.select import flows, keep_items
from components.charts.topics import chosen, told
from components.i18n import LANGUAGES, t

# Option -> how many flows, from the largest.
CUTS = {"flows_20": 20, "flows_50": 50, "flows_100": 100}
OVER = "over_1"  # the option of the flows that hold at least one percent each
MOST_SIDES = 20  # provinces along a side of the matrix: more leave no room for numbers
# Option of the matrix -> measure and unit.
MATRIX = {
    "of_all": ("share_flow", "percent"),
    "of_giver": ("share_of_giver", "percent"),
    "of_taker": ("share_of_taker", "percent"),
    "expected": ("flow_ratio", "coefficient"),
}
REGIONS = "regions"  # the option of the sankey that sums up by region


def cut(filters: Filters, option: str) -> pd.DataFrame:
    """Give the largest flows, as many as the option says; see `flows`."""
    rows = flows(filters, most=CUTS.get(option, 0))
    return rows[rows["value"].ge(1.0)].reset_index(drop=True) if option == OVER else rows


def select_matrix(filters: Filters, option: str) -> pd.DataFrame:
    """Give the pairs of the provinces with the most relations, with what the option relates them to.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`, `n`, `source_province`, `target_province`; `value` is blank where too few
        relations are expected, see `analytics.measures.exchange`.
    """
    rows = exchange.pairs(chosen(filters.without("provinces")))
    codes = exchange.largest(rows, MOST_SIDES)
    related = exchange.RELATED[option](rows) if option in exchange.RELATED else rows
    kept = related[related["row"].isin(codes) & related["column"].isin(codes)]
    if filters.provinces:
        kept = kept[kept[["row", "column"]].isin(filters.provinces).any(axis=1)]
    return _named_ends(told(kept, filters, "table-7", *MATRIX[option]))


def _named_ends(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns={"row": "source_province", "column": "target_province"})


def select_sankey(filters: Filters, option: str) -> pd.DataFrame:
    """Give the flows between regions that touch a chosen province, or the twenty largest between provinces."""
    if option != REGIONS:
        return flows(filters)
    rows = exchange.between(chosen(filters), region_of())
    names = {f"item_{lang}": [_route(item, lang) for item in rows["item"]] for lang in LANGUAGES}
    return _named_ends(told(rows.assign(**names), filters, "table-7", *MATRIX["of_all"]))


def _route(item: str, lang: str) -> str:
    return " → ".join(region_names(lang)[end] for end in item.split(">"))


@store.per_snapshot
def region_of() -> dict[str, str]:
    """Give the region of every province as Theil's split has it: one each, `REST` for those of none."""
    return dict(zip(geography().codes, geography().groups, strict=True))


def region_names(lang: str) -> dict[str, str]:
    """Give the regions' names by slug, that of all other provinces too."""
    rows = store.regions()
    return {**dict(zip(rows["slug"], rows[f"name_{lang}"], strict=True)), REST: t("flows.others", lang)}


def select_balance(filters: Filters, _option: str) -> pd.DataFrame:
    """Give the balance of every province with the others; chosen ones are shown, and change no number."""
    rows = exchange.balance(chosen(filters.without("provinces")))
    return keep_items(told(rows, filters, "table-7", "flow_balance", "percent"), filters.provinces)
