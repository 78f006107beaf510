"""The printed numbers beside those computed from a data set."""

import pandas as pd

from analytics.audit.book import half_digit
from analytics.errors import DataError, raise_all

KEY = ["source", "measure", "item", "year"]
COLUMNS = (*KEY, "unit", "printed", "computed", "deviation", "within_rounding")


def compare(facts: pd.DataFrame, computed: pd.DataFrame) -> pd.DataFrame:
    """Put the computed value beside every printed one.

    Parameters
    ----------
    facts : DataFrame
        As `analytics.published.clean_facts` gives it; derived rows are left out.
    computed : DataFrame
        `source`, `measure`, `item`, `year`, `value`, in the facts' units; no row twice. Rows for
        derived facts are left out; facts without a row have no computed value.

    Returns
    -------
    DataFrame
        One row a printed fact, in their order and with their index: the key, `unit`, `printed`
        (text), `computed` and `deviation` (computed less printed; float64, NaN where nothing is
        computed), `within_rounding` (boolean, <NA> there): the deviation is at most half a unit of
        the last printed digit.

    Raises
    ------
    DataErrors
        `computed` names a key twice, or one that the facts do not have.
    """
    values = computed.assign(key=_keys(computed))
    raise_all([*_unknown(values, set(_keys(facts))), *_twice(values)])
    rows = facts[facts["status"] == "printed"]
    found = _keys(rows).map(values.set_index("key")["value"]).astype("float64")
    deviation = found - rows["value"]
    limits = rows["printed"].map(lambda text: float(half_digit(text)))
    # A hundredth of the limit more, since neither 2.345 nor 0.005 is exact in binary.
    within = (deviation.abs() <= limits * 1.01).astype("boolean").mask(found.isna())
    return rows.assign(computed=found, deviation=deviation, within_rounding=within)[list(COLUMNS)]


def _keys(rows: pd.DataFrame) -> pd.Series:
    cells = rows[KEY].itertuples(index=False, name=None)
    return pd.Series(["/".join("" if pd.isna(cell) else str(cell) for cell in key) for key in cells], rows.index)


def _unknown(values: pd.DataFrame, known: set[str]) -> list[DataError]:
    remedy = "Leave the row out, or add the fact."
    strange = values.loc[~values["key"].isin(known), "key"]
    return [DataError("computed", None, "key", key, "a key of the facts", remedy) for key in strange]


def _twice(values: pd.DataFrame) -> list[DataError]:
    remedy = "Compute each fact once."
    doubled = values.loc[values["key"].duplicated(), "key"]
    return [DataError("computed", None, "key", key, "one row for each key", remedy) for key in doubled]
