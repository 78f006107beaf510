"""How polarized the network is, year by year: concentration, structure, reach, and a verdict."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.geography import Geography, geography
from analytics.measures import Slice
from analytics.measures import polarization as measures
from analytics.measures.province_years import ProvinceYears, count_years, new_pairs
from analytics.measures.verdict import changes, measure_years
from components.charts.courses import draw_changes, draw_courses, draw_structure
from components.charts.select import COLUMNS, Select, rows_of
from components.charts.spec import ChartSpec, Draw
from components.charts.topics import is_modelled, told
from components.i18n import LANGUAGES, t

ENDS = ("provinces", "layers", "years", "data")
SIDES = {"source": "share_enabling", "target": "share_input"}  # end of a relation -> the report's word
FIRST = {"first_1": 1, "first_4": 4, "first_10": 10}
COEFFICIENTS: dict[str, Callable[[np.ndarray], float]] = {
    "gini": measures.gini,
    "herfindahl": measures.herfindahl,
    "entropy": measures.entropy,
}
CONCENTRATION = ("first_4", "first_1", "first_10", *COEFFICIENTS, "theil", "moran")
REACH = {"pairs": "pairs", "new_pairs": "pairs", "distance": "km"}  # option -> unit
NAMED_INSIDE = ("11", "44")  # the two provinces whose own relations the report speaks of
MOST_KEPT = 32  # selections, 200 kB each
Row = tuple[str, int, float, int, str]  # item, year, value, relations behind it, note


@lru_cache(maxsize=MOST_KEPT)
def _counted(choice: Filters, _snapshot: str) -> tuple[ProvinceYears, ProvinceYears]:
    """Give the relations up to each year, and those of each year alone."""
    yearly = count_years(Slice(store.tables(choice.data), choice), geography().codes)
    return yearly.up_to(), yearly


def counted(filters: Filters) -> tuple[ProvinceYears, ProvinceYears]:
    """Give the chosen relations up to each year, and of each year, of all years: a later one knows the earlier."""
    choice = replace(filters, years=store.span(filters.data), pin="")
    return _counted(choice, store.snapshot(filters.data).name)


def select_concentration(filters: Filters, option: str) -> pd.DataFrame:
    """Give one measure of concentration of enabling and input by year.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`, `n` (relations behind the value); `item` is `source` or
        `target` for all relations up to the year, with `_year` for those of the year alone, with
        `_between` for Theil's part between regions.
    """
    stock, yearly = counted(filters)
    place = geography()
    rows = [
        row
        for reading, counts in (("", stock), ("_year", yearly))
        for end, by_year in _ends(counts)
        if not (reading and option in ("theil", "moran"))
        for row in _concentration(option, f"{end}{reading}", counts.years, by_year, place)
    ]
    unit = "percent" if option in FIRST else "coefficient"
    found = _facts(rows, filters, "concentration", unit, f"option.{option}")
    return found.assign(reported=_printed(found, filters, option))


def _ends(counts: ProvinceYears) -> list[tuple[str, np.ndarray]]:
    return [("source", counts.enabling), ("target", counts.input)]


def _concentration(option: str, item: str, years: tuple[int, ...], by_year: np.ndarray, place: Geography) -> list[Row]:
    found: list[Row] = []
    for year, counts in zip(years, by_year, strict=True):
        n, note = int(counts.sum()), ""
        if option == "theil":
            split = measures.theil(counts, place.groups)
            found.append((f"{item}_between", year, split.between, n, ""))
            value = split.total
        elif option == "moran":
            value, p = measures.moran(counts, place.weights)
            note = f"p = {p:.3f}"
        else:
            value = measures.share_of_first(counts, FIRST[option]) if option in FIRST else COEFFICIENTS[option](counts)
        found.append((item, year, value, n, note))
    return found


def select_structure(filters: Filters, option: str) -> pd.DataFrame:
    """Give the shares of relations within provinces, between core ones, to and from the others, by year.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`, `n` (relations); `item` is a key of `measures.parts`, and
        `inside_11`, `inside_44` for the relations within the two provinces that the report names.
    """
    counts = counted(filters)[0 if option == "stock" else 1]
    place, rows = geography(), []
    wholes = counts.flows.sum(axis=(1, 2))
    for at, year in enumerate(counts.years):
        whole = int(wholes[at])
        values = measures.parts(counts.located[at], place.core, int(counts.elsewhere[at]))
        inside = np.diag(counts.located[at]) * 100 / (whole or 1)
        values |= {f"inside_{code}": float(inside[place.codes.index(code)]) for code in NAMED_INSIDE}
        rows += [(item, year, value, round(value * whole / 100), "") for item, value in values.items() if whole]
    order = {item: at for at, item in enumerate(dict.fromkeys(item for item, *_ in rows))}
    rows = sorted(rows, key=lambda row: order[row[0]])
    found = _facts(rows, filters, "structure", "percent")
    return found.assign(reported=_printed(found, filters, option))


def select_reach(filters: Filters, option: str) -> pd.DataFrame:
    """Give the pairs of provinces with relations, those new in a year, or the mean distance, by year."""
    stock, yearly = counted(filters)
    if option == "new_pairs":
        rows = [
            ("new_pairs", year, float(pairs), int(flows.sum()), "")
            for year, pairs, flows in zip(yearly.years, new_pairs(yearly.located), yearly.located, strict=True)
        ]
    else:
        readings = ((option, stock), (f"{option}_year", yearly))
        rows = [row for item, counts in readings for row in _reach(option, item, counts)]
    return _facts(rows, filters, "reach", REACH[option])


def _reach(option: str, item: str, counts: ProvinceYears) -> list[Row]:
    far = geography().distances
    values = [
        measures.mean_distance(flows, far) if option == "distance" else float(measures.active_pairs(flows))
        for flows in counts.located
    ]
    totals = [int(flows.sum()) for flows in counts.located]
    return [(item, year, value, n, "") for year, value, n in zip(counts.years, values, totals, strict=True)]


def select_changes(filters: Filters, option: str) -> pd.DataFrame:
    """Give the changes that the verdict is made of; grain: measure and year.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`, `n` (empty), `before`, `after`, `since`; `value` in percent of the
        value three years before, positive towards polarization.
    """
    place = geography()
    counts = counted(filters)[0 if option == "stock" else 1]
    found = changes(measure_years(counts, place.core, place.distances))
    found = found[found["year"].between(*filters.years)].reset_index(drop=True)
    note = [f"{row.since}: {row.before:.4g} → {row.year}: {row.after:.4g}" for row in found.itertuples()]
    names = _named(found["item"])
    rows = told(found.assign(note=note, n=0, **names), filters, "table-6", "polarization_change", "percent")
    return rows.assign(n=pd.array([pd.NA] * len(rows), dtype="Int64"))


def _facts(rows: list[Row], filters: Filters, measure: str, unit: str, before: str = "") -> pd.DataFrame:
    """Give rows the columns of a fact, named `before · item`; years outside the chosen ones are left out."""
    found = pd.DataFrame(rows, columns=["item", "year", "value", "n", "note"])
    found = found.astype({"item": str, "year": "int64", "value": float, "n": "int64", "note": str})
    found = found[found["value"].notna() & found["year"].between(*filters.years)].reset_index(drop=True)
    names = _named(found["item"], before)
    full = told(found.assign(**names), filters, "table-6", measure, unit)
    return full[[*COLUMNS, "reported", "n"]]


def _named(items: pd.Series, before: str = "") -> dict[str, pd.Series]:
    """Give `item_zh` and `item_en`; a few items stand in many rows."""
    each = items.unique()
    return {f"item_{lang}": items.map({item: _name(item, before, lang) for item in each}) for lang in LANGUAGES}


def _name(item: str, before: str, lang: str) -> str:
    said = t(f"polar.{item}", lang)
    return f"{t(before, lang)}{'·' if lang == 'zh' else ' · '}{said}" if before else said


def _printed(rows: pd.DataFrame, filters: Filters, option: str) -> list[str]:
    """Give what the report prints of all relations up to its last year, on the rows of that; else nothing."""
    if rows.empty or replace(filters, pin="") != Filters() or not is_modelled(filters):
        return [""] * len(rows)
    last = max(rows["year"])
    known = {item: text for item, text in _statements(option).items() if text}
    return [known.get(row.item, "") if row.year == last else "" for row in rows.itertuples()]


def _statements(option: str) -> dict[str, str]:
    """Give what the report says in print about the items of an option."""
    if option == "first_4":
        return {end: _fact("text", measure, "core_four") for end, measure in SIDES.items()}
    if option == "first_1":
        return {end: _fact("table-6", measure, "11") for end, measure in SIDES.items()}
    if option == "stock":
        return {f"inside_{code}": _fact("table-7", "share_flow", f"{code}>{code}") for code in NAMED_INSIDE}
    return {}


def _fact(source: str, measure: str, item: str) -> str:
    rows = rows_of(source, measure)
    return str(rows.loc[rows["item"].eq(item), "printed"].iloc[0])


def remark_years(filters: Filters, lang: str) -> str:
    """Say that the reconstruction draws its years without regard to place, so that nobody reads them as found."""
    return t("polar.assumed_years", lang) if is_modelled(filters) else ""


def _spec(chart: str, kind: str, select: Select, draw: Draw, options: tuple[str, ...], height: int) -> ChartSpec:
    sources = ("table-6", "table-7", "table-1")  # its years are those of table 1
    return ChartSpec(chart, kind, sources, ENDS, select, draw, options, height, remark=remark_years)


POLARIZATION = (
    _spec("polarization_verdict", "matrix", select_changes, draw_changes, ("stock", "new"), 380),
    _spec("concentration_years", "lines", select_concentration, draw_courses, CONCENTRATION, 320),
    _spec("structure_years", "stacked", select_structure, draw_structure, ("stock", "new"), 360),
    _spec("reach_years", "lines", select_reach, draw_courses, tuple(REACH), 300),
)
