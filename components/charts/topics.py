"""What the charts of crossed topics share: their names, long and short, and the columns of a fact."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, TypeVar

import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.measures import Everything, Slice
from components.charts.maps import short_names
from components.charts.names import names_of, taxonomy_names
from components.charts.select import COLUMNS, STATUS, rows_of
from components.i18n import LANGUAGES, t, words

Made = TypeVar("Made")
NOTHING_PRINTED = pd.DataFrame({"item": [], "item_zh": [], "item_en": []}, dtype=str)


def chosen(filters: Filters) -> Slice:
    """Give what the filters leave of a data set."""
    return Slice(store.tables(filters.data), replace(filters, pin=""))


def order_of(make: Callable[..., Made], filters: Filters, *args: Hashable) -> Made:
    """Give what `make` finds in all of a data set, remembered: it is the same under every filter."""
    return _remembered(make, filters.data, store.snapshot(filters.data).name, *args)


@store.per_snapshot
def _remembered(make: Callable[..., Any], data: str, _snapshot: str, *args: Hashable) -> Any:
    return make(Slice(store.tables(data), Everything()), *args)


def is_modelled(filters: Filters) -> bool:
    """Tell whether the reconstruction is shown, and no data of a reader's own."""
    return bool(store.snapshot(filters.data).manifest["dataset"]["kind"] == "reconstruction")


def told(rows: pd.DataFrame, filters: Filters, source: str, measure: str, unit: str) -> pd.DataFrame:
    """Give rows that no figure prints the columns of a fact; other columns stay, behind those.

    Parameters
    ----------
    rows : DataFrame
        `item`, `value`; `n`, `year`, `note`, and `item_zh` and `item_en` where there are any.
    source : str
        The figure that prints what is nearest: its page is named, and items without names are called as there.
    measure, unit : str
        As in the words.

    Returns
    -------
    DataFrame
        `COLUMNS`, `reported` (nothing is), `n` and the others.
    """
    status = STATUS[store.snapshot(filters.data).manifest["dataset"]["kind"]]
    same = {"measure": measure, "unit": unit, "printed": "", "status": status, "source": source, "reported": ""}
    names = {} if "item_zh" in rows else names_of(rows["item"].astype(str), source, NOTHING_PRINTED, filters.data)
    full = rows.assign(**same, **names, page=_page(source), note=rows.get("note", ""))
    for name in ("year", "n"):
        full[name] = pd.Series(rows.get(name, pd.NA), index=rows.index, dtype="Int64")
    extra = [name for name in full if name not in (*COLUMNS, "reported", "n")]
    return full[[*COLUMNS, "reported", "n", *extra]].reset_index(drop=True)


def _page(source: str) -> str:
    facts = store.facts()
    return str(facts.loc[facts["source"].eq(source), "page"].iloc[0])


def names_in(topic: str, lang: str) -> dict[str, str]:
    """Give the names of a classification's codes; `industries` are the three of figure 17."""
    if topic != "industries":
        return taxonomy_names(topic, lang)
    facts = rows_of("figure-17", "share_relations")
    return dict(zip(facts["item"], facts[f"item_{lang}"], strict=True))


def named(items: pd.Series, topic: str) -> dict[str, pd.Series]:
    """Give `item_zh` and `item_en` of a classification's codes."""
    return {f"item_{lang}": items.map(names_in(topic, lang)).fillna(items) for lang in LANGUAGES}


def short_name(code: str, topic: str, lang: str) -> str:
    """Give a name that fits beside a row or over a column; the full one stands in the hover."""
    if topic == "provinces":
        return short_names(lang).get(code, code)
    return words(lang).get(f"short.{code}") or names_in(topic, lang).get(code, code)


def remark_independent(filters: Filters, lang: str) -> str:
    """Say that the reconstruction knows of no ties between topics, so that nobody reads chance as a finding."""
    return t("topics.independent", lang) if is_modelled(filters) else ""


def remark_technologies(filters: Filters, lang: str) -> str:
    """Say which technologies' rise the reconstruction assumes."""
    return t("topics.assumed_technologies", lang) if is_modelled(filters) else ""


def remark_industries(filters: Filters, lang: str) -> str:
    """Say which industry's rise the reconstruction assumes."""
    return t("topics.assumed_industries", lang) if is_modelled(filters) else ""


def remark_changes(filters: Filters, lang: str) -> str:
    """Say that one year cannot change, and what the reconstruction assumes."""
    one = t("topics.one_year", lang, year=filters.years[0]) if filters.years[0] == filters.years[1] else ""
    return " ".join(filter(None, (one, remark_technologies(filters, lang))))
