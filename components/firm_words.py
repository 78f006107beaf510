"""How the values of a firm are written in the table and in its profile."""

from typing import Any

from analytics import store
from analytics.contract import OUTSIDE
from components.i18n import t

UNKNOWN = "–"
YUAN_100M = 1e8
COUNTS = ("employees", "patents", "in_degree", "out_degree", "degree")
MONEY = ("revenue_cny", "rd_cost_cny")
CODES = {"province": "provinces", "layer": "layers"}


def write_cell(column: str, value: Any, lang: str) -> str:
    """Write one value of `firm_values`, in the unit that the column's head names.

    >>> write_cell("revenue_cny", 12_345_678_900.0, "en"), write_cell("intensity", 0.0174, "en")
    ('123.46', '1.74')
    """
    if value is None or value == "":
        return UNKNOWN
    if column in CODES:
        return name_code(CODES[column], str(value), lang).removesuffix(" layer")  # which the column's head says
    if column == "listed":
        return t(f"firms.{value}", lang)
    if column in COUNTS:
        return f"{value:,.0f}"
    if column in MONEY:
        return f"{value / YUAN_100M:,.2f}"
    return f"{value * 100:,.2f}" if column == "intensity" else str(value)


def name_code(table: str, code: str, lang: str) -> str:
    """Name a province or a layer, a place outside China too; what is none is written as it is."""
    return t("firms.abroad", lang) if code == OUTSIDE else code_names(table, lang).get(code, code)


@store.per_snapshot
def code_names(table: str, lang: str) -> dict[str, str]:
    """Give the short names of a classification's codes."""
    rows = store.tables()[table]
    return dict(zip(rows.iloc[:, 0].astype(str), rows[f"name_{lang}"], strict=True))


def name_of(row: dict[str, Any], lang: str) -> str:
    """Give the name of a firm or an organization, in the other language where it has none, else its id."""
    other = "en" if lang == "zh" else "zh"
    return str(row[f"name_{lang}"] or row[f"name_{other}"] or row["id"])
