"""How firms' numbers spread within groups: what classes of size hide is the tail."""

import numpy as np
import pandas as pd

from analytics.classes import YUAN_100M
from analytics.contract import NONE
from analytics.cubes import FIRM_FIELDS
from analytics.measures.slices import Slice

QUANTILES = {"q10": 0.1, "q25": 0.25, "value": 0.5, "q75": 0.75, "q90": 0.9}
# Number of a firm -> what one of the unit it is told in is in the unit of the contract, and that unit.
SCALES = {
    "employees": (1.0, "people"),
    "revenue_cny": (YUAN_100M, "yuan_100m"),
    "rd_cost_cny": (YUAN_100M, "yuan_100m"),
    "intensity": (0.01, "percent"),
    "patents": (1.0, "patents"),
}
EVERY_FIRM = "all_firms"


def spread(part: Slice, number: str, field: str) -> pd.DataFrame:
    """Give deciles, quartiles and median of a number of firms by group.

    Parameters
    ----------
    number : str
        A key of `SCALES`.
    field : str
        The field of the filters that the groups are of (`layers`, `provinces`), which does not
        filter them; empty for one group of all chosen firms.

    Returns
    -------
    DataFrame
        `item`, `value` (median), `q10`, `q25`, `q75`, `q90` in the unit of `SCALES`, `n` (firms whose
        number is known); largest group first.
    """
    rows = part.tables["firm_values"]
    values = rows[number].to_numpy(float) / SCALES[number][0]
    keep = part.firms(*([field] if field else [])) & ~np.isnan(values)
    if not field:
        return _frame([(EVERY_FIRM, values[keep])])
    groups = rows[FIRM_FIELDS[field]].array
    codes, known = groups.codes[keep], values[keep]
    order = np.argsort(codes, kind="stable")
    found = np.split(known[order], np.cumsum(np.bincount(codes, minlength=len(groups.categories)))[:-1])
    pairs = [(str(item), part) for item, part in zip(groups.categories, found, strict=True) if item != NONE]
    return _frame(pairs).sort_values("n", ascending=False, kind="stable", ignore_index=True)


def _frame(groups: list[tuple[str, np.ndarray]]) -> pd.DataFrame:
    there = [(item, values) for item, values in groups if len(values)]
    rows = [(item, *np.quantile(values, list(QUANTILES.values())), len(values)) for item, values in there]
    return pd.DataFrame(rows, columns=["item", *QUANTILES, "n"])


def per_firm(part: Slice) -> pd.DataFrame:
    """Give patents by firm, on average, of each layer; grain: layer. A layer without firms has no row."""
    firms, patents = part.count_firms("layers"), part.count_firms("layers", "patents")
    mean = (patents.reindex(firms.index, fill_value=0) / firms).sort_values(ascending=False)
    return pd.DataFrame({"item": mean.index.astype(str), "value": mean.to_numpy(), "n": firms[mean.index].to_numpy()})
