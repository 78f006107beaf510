"""Where a chart's numbers come from: badge, source line, and rows for table and files."""

import json
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from analytics import store
from analytics.filters import KEYS, Filters
from components.address import at
from components.charts.spec import ChartSpec
from components.i18n import t

# Spreadsheets run a cell that starts with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def badge_of(rows: pd.DataFrame) -> str:
    """Name the badge of a frame: that of its only status, mixed where printed and derived numbers meet.

    A number computed from a data set is the weaker claim, so it names the whole; so does one that the press quoted.
    """
    found = frozenset(rows["status"].dropna())
    names = {frozenset(): "none", frozenset({"printed"}): "published", frozenset({"derived"}): "derived"}
    computed = found & {"modelled", "own", "press"}
    return min(computed) if computed else names.get(found, "mixed")


@store.per_snapshot
def source_line(spec: ChartSpec, lang: str) -> str:
    """Write figures, tables and pages that a chart's rows are printed in."""
    facts = store.facts()
    pages = facts.loc[facts["source"].isin(spec.sources), "page"].unique()
    places = ("、" if lang == "zh" else ", ").join(place_of(source, lang) for source in spec.sources)
    values = {"title": store.origin()[f"title_{lang}"].split("：" if lang == "zh" else ":")[0], "places": places}
    if spec.sources == ("text",):
        return t("source.line_unpaged", lang, **values)
    return t("source.line", lang, pages="–".join(dict.fromkeys((pages[0], pages[-1]))), **values)


def origin_line(spec: ChartSpec, filters: Filters, lang: str) -> str:
    """Write where a chart's numbers come from: the report, the reconstruction, or a reader's data."""
    kind = store.snapshot(filters.data).manifest["dataset"]["kind"]
    if "data" not in spec.uses:
        return source_line(spec, lang)
    return t(f"source.{kind}", lang, line=source_line(spec, lang))


def place_of(source: str, lang: str) -> str:
    """Name `figure-7`, `table-6` or `text` in a language."""
    kind, _, number = source.partition("-")
    return t(f"source.{kind}", lang, number=number)


def data_link(spec: ChartSpec, form: str, filters: Filters, option: str, lang: str) -> str:
    """Give the path of a chart's file, relative to the site's root."""
    query = {name: value for name, value in filters.to_query().items() if name in keys_of(spec)}
    if option != spec.options[0]:
        query["option"] = option
    return at(f"/data/{spec.id}.{form}?{urlencode({**query, 'lang': lang})}")


def keys_of(spec: ChartSpec) -> set[str]:
    """Give the link keys that a chart answers to."""
    fields = {*spec.uses, "pin"} if spec.uses else set()
    years = {"from", "to"} if "years" in fields else set()
    return years | {key for field, key in KEYS.items() if field in fields}


def shown_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop rows that the picture shows without a value, and those that a filter takes out."""
    kept = rows["value"].notna()
    if "state" in rows:
        kept &= rows["state"].ne("filtered_out")
    return rows[kept].reset_index(drop=True)


def write_csv(rows: pd.DataFrame) -> bytes:
    """Write UTF-8 CSV with BOM, so that spreadsheets read the Chinese; formula cells get a quote."""
    safe = rows.copy()
    for column in safe.columns[~safe.dtypes.map(pd.api.types.is_numeric_dtype)]:
        safe[column] = [_safe(cell) for cell in safe[column]]
    return ("\ufeff" + safe.to_csv(index=False, lineterminator="\r\n")).encode()


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def write_json(spec: ChartSpec, rows: pd.DataFrame, filters: Filters, option: str, lang: str) -> dict[str, Any]:
    """Give a chart's rows with what is needed to cite them."""
    return {
        **describe(spec, lang),
        "filters": filters.to_query(),
        "option": option,
        "badge": badge_of(rows),
        "data_version": store.manifest()["version"],
        "citation": store.origin()["citation"][lang],
        "rows": json.loads(rows.to_json(orient="records", force_ascii=False, double_precision=15)),
    }


def describe(spec: ChartSpec, lang: str) -> dict[str, Any]:
    """Describe a chart for a machine."""
    return {
        "id": spec.id,
        "kind": spec.kind,
        "sources": list(spec.sources),
        "uses": sorted(keys_of(spec)),
        "options": [option for option in spec.options if option],
        "styles": [list(group) for group in spec.styles],
        "title": t(f"chart.{spec.id}.title", lang),
        "definition": t(f"chart.{spec.id}.definition", lang),
        "source": source_line(spec, lang),
        "csv": at(f"/data/{spec.id}.csv"),
        "json": at(f"/data/{spec.id}.json"),
    }
