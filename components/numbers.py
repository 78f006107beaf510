"""How a number is written on the screen: as printed where it was printed."""

import pandas as pd

from analytics import store

COUNTED = ("people", "patents", "yuan_100m", "km")  # means and medians of these need no third decimal


def write_value(value: float, unit: str, printed: str = "") -> str:
    """Write one value with its unit sign; `printed` keeps the report's own decimals.

    >>> write_value(42.7, "percent", "42.70"), write_value(7052, "degree"), write_value(3.287, "coefficient")
    ('42.70%', '7,052', '3.287')
    """
    if pd.isna(value):
        return "–"
    if unit == "percent":
        return f"{printed or f'{value:.2f}'}%"
    if unit in COUNTED and not printed:
        return f"{value:,.0f}" if value >= 100 or float(value).is_integer() else f"{value:,.1f}"
    if float(value).is_integer() and not (printed and "." in printed):
        return f"{int(value):,}"
    return printed or f"{value:,.3f}"


@store.per_snapshot
def fact_text(reference: str) -> str:
    """Write the fact that `source/measure/item` or `source/measure/item/year` names.

    Raises
    ------
    KeyError
        No such fact, or more than one.
    """
    source, measure, item, *year = reference.split("/")
    facts = store.facts()
    keep = (facts["source"] == source) & (facts["measure"] == measure) & (facts["item"] == item)
    found = facts[keep & (facts["year"] == int(year[0]))] if year else facts[keep]
    if len(found) != 1:
        raise KeyError(f"{reference}: {len(found)} facts")
    row = found.iloc[0]
    return write_value(row["value"], row["unit"], row["printed"])
