"""One sentence over each chart: what its rows say, whatever was filtered."""

import math
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.measures.topics import standouts
from components.i18n import t
from components.numbers import write_value
from components.polarization_words import verdict

SMALLEST = 0.05  # percentage points that are worth a word
SUMMED_UP = "(?:^|>)other_"  # items that stand for several
TEN = 10  # relations from which on a node counts as well connected in a sentence
MOST_TIED = 3  # names of equals that are said; more are counted


def finding(rows: pd.DataFrame, filters: Filters, lang: str) -> str:
    """Say what a chart's rows show, in one sentence.

    Parameters
    ----------
    rows : DataFrame
        The columns of a fact; `base` where the selection is compared with another.

    Returns
    -------
    str
        Empty for no rows.
    """
    if rows.empty:
        return ""
    if "q25" in rows:
        return _spread(rows.iloc[0], lang)
    if "x" in rows:
        return _curve(rows, lang)
    if rows["measure"].eq("polarization_change").all():
        return verdict(rows, lang)
    if rows["measure"].eq("location_quotient").all():
        return _standout(rows, lang)
    if rows["year"].notna().any() and rows["year"].nunique() > 1:
        return _course(rows, lang)
    named = rows[~rows["item"].str.contains(SUMMED_UP) & rows["measure"].eq(_main(rows))]
    named = named if len(named) else rows
    said = [_leaders(named, lang), _difference(named, filters, lang)]
    found = ("" if lang == "zh" else " ").join(filter(None, said))
    return t("finding.of_measure", lang, measure=_of_two(rows, lang), said=found) if _of_two(rows, lang) else found


def _of_two(rows: pd.DataFrame, lang: str) -> str:
    """Name the measure of the sentence where two shares are shown side by side."""
    both = set(rows["measure"]) == {"share_enabling", "share_input"}
    return t(f"measure.{_main(rows)}", lang) if both else ""


def _spread(row: Any, lang: str) -> str:
    values = {name: write_value(float(row[name]), row["unit"]) for name in ("value", "q25", "q75")}
    unit = row["unit"]
    unit = "" if unit == "percent" else t(f"unit.{unit}", lang)
    return t("finding.spread", lang, name=_name(row, lang), unit=unit, n=f"{int(row['n']):,}", **values)


def _curve(rows: pd.DataFrame, lang: str) -> str:
    """Say where a curve stands at the point that the report speaks of, or at ten relations."""
    if rows["measure"].iloc[0] == "share_degree":
        return t("finding.lorenz", lang, value=write_value(float(np.interp(20, rows["x"], rows["value"])), "percent"))
    part = rows[rows["measure"].eq(rows["measure"].iloc[0]) & (rows["x"] >= TEN)]
    share = float(part["value"].iloc[0]) if len(part) else 0.0
    return t("finding.tail", lang, degree=TEN, value=write_value(share, "percent"), most=f"{int(rows['x'].max()):,}")


def _standout(rows: pd.DataFrame, lang: str) -> str:
    """Say which pair meets most clearly above expectation; the highest of many quotients may be chance."""
    found = standouts(rows)
    if found.empty:
        return t("finding.chance", lang)
    row = found.iloc[0]
    return t("finding.standout", lang, name=_name(row, lang), n=f"{int(row['n']):,}", lq=f"{row['lq']:.2f}")


def _main(rows: pd.DataFrame) -> str:
    """Name the measure that a sentence is about: of degrees the whole, else the last that is drawn."""
    measures = rows["measure"].unique()
    return "degree" if "degree" in measures else str(measures[-1])


def _leaders(rows: pd.DataFrame, lang: str) -> str:
    # In numpy: of a hundred rows two or three are named.
    values = rows["value"].to_numpy(float).round(6)
    first = np.flatnonzero(values == np.nanmax(values))
    names = [_name(rows.iloc[at], lang) for at in first[: MOST_TIED + 1]]
    said = _value(rows.iloc[first[0]])
    if len(rows) == 1:
        return t("finding.single", lang, name=names[0], value=said)
    if len(first) > MOST_TIED:
        return t("finding.level", lang, count=len(first), value=said)
    if len(names) > 1:
        return t("finding.tied", lang, names=t("filter.and", lang).join(names), value=said)
    second = rows.iloc[int(np.nanargmax(np.where(values < values[first[0]], values, np.nan)))]
    return t("finding.leader", lang, name=names[0], value=said, second=_name(second, lang), next=_value(second))


def _difference(rows: pd.DataFrame, filters: Filters, lang: str) -> str:
    """Say which item differs most from what the selection is compared with."""
    if "base" not in rows or rows["unit"].iloc[0] != "percent":
        return ""
    gaps = (rows["value"] - rows["base"]).to_numpy(float)
    if np.isnan(gaps).all() or np.nanmax(np.abs(gaps)) < SMALLEST:
        return t("finding.alike", lang)
    at = int(np.nanargmax(np.abs(gaps)))
    row, points = rows.iloc[at], f"{abs(gaps[at]):.2f}"
    side = "more" if gaps[at] > 0 else "less"
    other = t("finding.pinned" if filters.pin else "finding.whole", lang)
    return t(f"finding.{side}", lang, name=_name(row, lang), points=points, other=other)


def _course(rows: pd.DataFrame, lang: str) -> str:
    """Say how the first measures went from the first year to the last."""
    parts = [_went(part, lang) for _, part in islice(rows.groupby(["measure", "item"], sort=False), MOST_TIED)]
    return t("finding.stop", lang, text=t("finding.comma", lang).join(parts))


def _went(rows: pd.DataFrame, lang: str) -> str:
    years = rows["year"].to_numpy(float)
    first, last = rows.iloc[int(years.argmin())], rows.iloc[int(years.argmax())]
    one_thing = rows["item"].iloc[0] in ("network", "")
    measure = first["measure"]
    name = t(f"measure.{measure}", lang) if one_thing else _name(first, lang)
    if first["year"] == last["year"]:
        return t("finding.one_year", lang, name=name, year=first["year"], value=_value(first))
    before, after = float(first["value"]), float(last["value"])
    way = "same" if math.isclose(before, after) else "rose" if after > before else "fell"
    # The first place is the highest: a rank that grows has not risen.
    way = {"same": "stayed"}.get(way, "moved") if first["unit"] == "rank" else way
    words = {"since": first["year"], "until": last["year"], "before": _value(first), "after": _value(last)}
    return t(f"finding.{way}", lang, name=name, **words)


def _name(row: Any, lang: str) -> str:
    return str(getattr(row, f"item_{lang}"))


def _value(row: Any) -> str:
    return write_value(row["value"], row["unit"], row["printed"])
