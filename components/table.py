"""A chart's rows as a table: what the picture shows, in words and figures."""

from typing import Any

import pandas as pd
from dash import html

from components.i18n import t
from components.numbers import write_value
from components.sources import place_of

COLUMNS = ("item", "measure", "year", "value", "base", "difference", "reported", "unit", "status", "note")
MOST_LINES = 100  # a browser stands still for minutes when a table grows by five hundred
PLAIN_UNITS = ("percent", "rank")  # a percentage carries its sign, a rank has none


def rows_table(rows: pd.DataFrame, lang: str) -> html.Table:
    """Tabulate a chart's rows; columns without content are left out."""
    if "base" in rows:
        rows = rows.assign(difference=rows["value"] - rows["base"])
    columns = [column for column in COLUMNS if column in rows and _has(rows, column)]
    return table(columns, [_cells(row, columns, lang) for row in rows.itertuples()], lang)


def facts_table(rows: pd.DataFrame, lang: str) -> list[Any]:
    """Tabulate the first facts of several sources, the source first, and say how many there are."""
    columns = ["source", *(column for column in COLUMNS if column in rows)]
    lines = [_cells(row, columns, lang) for row in rows.head(MOST_LINES).itertuples()]
    return [table(columns, lines, lang), *more(len(rows), lang)]


def more(count: int, lang: str) -> list[html.P]:
    """Say that a long table is cut, and the way to its other rows."""
    return (
        [html.P(t("table.more", lang, shown=MOST_LINES, all=count), className="card-note")]
        if count > MOST_LINES
        else []
    )


def table(columns: list[str], lines: list[list[str]], lang: str) -> html.Table:
    """Give a table whose values stand to the right."""
    heads = [html.Th(t(f"column.{name}", lang), className=_class(name), scope="col") for name in columns]
    body = [
        html.Tr([html.Td(cell, className=_class(name)) for name, cell in zip(columns, line, strict=True)])
        for line in lines
    ]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table")


def _has(rows: pd.DataFrame, column: str) -> bool:
    if column == "measure":
        return rows["measure"].nunique() > 1
    if column == "unit":
        return not rows["unit"].isin(PLAIN_UNITS).all()
    return bool(rows[column].notna().any() and rows[column].astype(str).str.strip().ne("").any())


def _class(column: str) -> str:
    return {"value": "num", "base": "num-base", "difference": "num-difference", "reported": "num-printed"}.get(
        column, f"cell-{column}"
    )


def _cells(row: object, columns: list[str], lang: str) -> list[str]:
    return [_cell(row, column, lang) for column in columns]


def _cell(row: object, column: str, lang: str) -> str:
    if column == "item":
        return str(getattr(row, f"item_{lang}"))
    if column == "value":
        return write_value(row.value, row.unit, row.printed)  # type: ignore[attr-defined]
    if column == "base":
        return write_value(row.base, row.unit)  # type: ignore[attr-defined]
    if column == "difference":
        return _signed(row.difference, row.unit)  # type: ignore[attr-defined]
    if column == "source":
        return place_of(row.source, lang)  # type: ignore[attr-defined]
    value = getattr(row, column)
    if column == "reported" and value:
        return write_value(float(value), row.unit, value)  # type: ignore[attr-defined]
    if column in ("measure", "unit", "status"):
        return t(f"{column}.{value}", lang)
    return "" if pd.isna(value) else str(value)


def _signed(value: float, unit: str) -> str:
    """Write a difference with its sign, of percentages in percentage points."""
    if pd.isna(value):
        return ""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{write_value(abs(float(value)), unit).rstrip('%')}"
