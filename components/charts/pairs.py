"""Who enables whom: pairs of provinces cut, related to their ends, summed up by region, and balanced."""

import numpy as np
import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.measures.topics import FEWEST_EXPECTED
from components.charts.select import flows, keep_items
from components.i18n import LANGUAGES, t

# Option -> how many flows, from the largest.
CUTS = {"flows_20": 20, "flows_50": 50, "flows_100": 100}
OVER = "over_1"  # the option of the flows that hold at least one percent each
MOST_SIDES = 20  # provinces along a side of the matrix: more leave no room for numbers
FEWEST = 20  # relations with other provinces from which on a balance says something
OTHERS = "other_provinces"
MATRIX = ("of_all", "of_giver", "of_taker", "expected")
MEASURES = {"of_giver": "share_of_giver", "of_taker": "share_of_taker", "expected": "flow_ratio"}


def cut(filters: Filters, option: str) -> pd.DataFrame:
    """Give the largest flows, as many as the option says; see `flows`."""
    rows = flows(filters, most=0 if option == OVER else CUTS[option])
    return rows[rows["value"].ge(1.0)].reset_index(drop=True) if option == OVER else rows


def select_matrix(filters: Filters, option: str) -> pd.DataFrame:
    """Give the pairs of the provinces with the most relations, with what the option relates them to.

    Returns
    -------
    DataFrame
        As of `flows`; `value` is percent of all relations, of the giver's or the taker's located ones, or
        the ratio to what both ends' sizes let expect, blank where fewer than `FEWEST_EXPECTED` are expected.
    """
    every = flows(filters.without("provinces"), most=0)
    gives, takes = _sums(every)
    kept = gives.add(takes, fill_value=0).nlargest(MOST_SIDES).index
    rows = every[every["source_province"].isin(kept) & every["target_province"].isin(kept)]
    if filters.provinces:
        rows = rows[rows[["source_province", "target_province"]].isin(filters.provinces).any(axis=1)]
    return _related(rows, option, gives, takes).reset_index(drop=True)


def _sums(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Count what provinces give, and what they take."""
    n = rows["n"].astype(float)
    return n.groupby(rows["source_province"]).sum(), n.groupby(rows["target_province"]).sum()


def _related(rows: pd.DataFrame, option: str, gives: pd.Series, takes: pd.Series) -> pd.DataFrame:
    if option not in MEASURES or rows.empty:
        return rows
    n, total = rows["n"].astype(float), float(gives.sum())
    giver, taker = rows["source_province"].map(gives), rows["target_province"].map(takes)
    expected = giver * taker / (total or 1.0)
    values = {
        "of_giver": n * 100 / giver,
        "of_taker": n * 100 / taker,
        "expected": (n / expected).where(expected >= FEWEST_EXPECTED),
    }
    unit = "coefficient" if option == "expected" else "percent"
    told = {"measure": MEASURES[option], "unit": unit, "printed": "", "reported": ""}
    return rows.assign(value=values[option].astype(float), **told)


def select_sankey(filters: Filters, option: str) -> pd.DataFrame:
    """Give the flows between regions, or the twenty largest between provinces."""
    if option == "provinces":
        return flows(filters)
    rows = flows(filters, most=0)
    if rows.empty:
        return rows
    ends = {f"{end}_province": rows[f"{end}_province"].map(region_of()).fillna(OTHERS) for end in ("source", "target")}
    sums = rows.assign(**ends).groupby(list(ends), as_index=False)[["value", "n"]].sum()
    first = rows.iloc[0][["unit", "status", "source", "page", "year"]].to_dict()
    items = sums["source_province"] + ">" + sums["target_province"]
    named = {f"item_{lang}": [_route(item, lang) for item in items] for lang in LANGUAGES}
    told = {"measure": "share_flow", "printed": "", "note": "", "reported": ""}
    found = sums.assign(item=items, **named, **first, **told)
    ordered = found.sort_values("value", ascending=False, ignore_index=True)
    return ordered[rows.columns].astype({"n": rows["n"].dtype, "year": rows["year"].dtype})


def _route(item: str, lang: str) -> str:
    return " → ".join(region_names(lang)[end] for end in item.split(">"))


def region_of() -> dict[str, str]:
    """Give the slug of a province's region of the report's chapters, by code."""
    chapters = store.regions().loc[lambda rows: rows["kind"].eq("chapter")]
    return {code: str(row.slug) for row in chapters.itertuples() for code in str(row.provinces).split(";")}


def region_names(lang: str) -> dict[str, str]:
    """Give the regions' names by slug, that of all other provinces too."""
    rows = store.regions()
    return {**dict(zip(rows["slug"], rows[f"name_{lang}"], strict=True)), OTHERS: t("flows.others", lang)}


def select_balance(filters: Filters, _option: str) -> pd.DataFrame:
    """Give what a province gives to others less what it takes from them, in percent of both together.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`, `n` (relations with other provinces, both ways, at least `FEWEST`).
        Grain: province, the largest giver first.
    """
    rows = flows(filters.without("provinces"), most=0)
    apart = rows[rows["source_province"].ne(rows["target_province"])]
    gives, takes = _sums(apart)
    both = gives.add(takes, fill_value=0)
    share = (gives.sub(takes, fill_value=0) * 100 / both)[both.ge(FEWEST)].sort_values(ascending=False)
    first = {name: rows[name].iloc[0] if len(rows) else "" for name in ("status", "source", "page")}
    names = store.provinces().set_index("code")
    found = pd.DataFrame({"item": share.index, "value": share.to_numpy(), "n": both[share.index].to_numpy()}).assign(
        item_zh=names["fullname_zh"].reindex(share.index).to_numpy(),
        item_en=names["name_en"].reindex(share.index).to_numpy(),
        year=pd.Series(pd.NA, index=np.arange(len(share)), dtype="Int64"),
        measure="flow_balance",
        unit="percent",
        printed="",
        note="",
        reported="",
        **first,
    )
    return keep_items(
        found.astype({"n": "Int64"})[[*rows.columns.drop(["source_province", "target_province"])]], filters.provinces
    )
