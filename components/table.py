"""A chart's rows as a table: what the picture shows, in words and figures."""

import pandas as pd
from dash import html

from components.i18n import t
from components.numbers import write_value
from components.sources import place_of

COLUMNS = ("item", "measure", "year", "value", "reported", "unit", "status", "note")
PLAIN_UNITS = ("percent", "rank")  # a percentage carries its sign, a rank has none


def rows_table(rows: pd.DataFrame, lang: str) -> html.Table:
    """Tabulate a chart's rows; columns without content are left out."""
    columns = [column for column in COLUMNS if column in rows and _has(rows, column)]
    return table(columns, [_cells(row, columns, lang) for row in rows.itertuples()], lang)


def facts_table(rows: pd.DataFrame, lang: str) -> html.Table:
    """Tabulate facts of several sources, the source first."""
    columns = ["source", *(column for column in COLUMNS if column in rows)]
    return table(columns, [_cells(row, columns, lang) for row in rows.itertuples()], lang)


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
    return "num" if column in ("value", "reported") else f"cell-{column}"


def _cells(row: object, columns: list[str], lang: str) -> list[str]:
    return [_cell(row, column, lang) for column in columns]


def _cell(row: object, column: str, lang: str) -> str:
    if column == "item":
        return str(getattr(row, f"item_{lang}"))
    if column == "value":
        return write_value(row.value, row.unit, row.printed)  # type: ignore[attr-defined]
    if column == "source":
        return place_of(row.source, lang)  # type: ignore[attr-defined]
    value = getattr(row, column)
    if column == "reported" and value:
        return write_value(float(value), row.unit, value)  # type: ignore[attr-defined]
    if column in ("measure", "unit", "status"):
        return t(f"{column}.{value}", lang)
    return "" if pd.isna(value) else str(value)
