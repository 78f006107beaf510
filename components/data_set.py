"""The data page's parts about data sets: what is loaded, how near it comes, load your own, the contract."""

from typing import Any

import pandas as pd
from dash import html

from analytics import store, uploads
from analytics.contract import TABLES, Column, Table
from components.address import at
from components.charts.names import names_of
from components.i18n import t
from components.numbers import write_value
from components.sources import place_of
from components.table import MOST_LINES, more
from components.view import View

SHOWN = ("firms", "organizations", "relations")
ACCEPTED = ".csv,.tsv,.txt,.parquet,.xlsx"
# As in `analytics.reconstruct`, which the web does not load: its kernels take 100 MB.
ASSUMPTIONS = (
    "size_and_degree",
    "size_and_patents",
    "layers_by_province",
    "listed_are_large",
    "topics_independent",
    "partners_by_degree",
)


def loaded(view: View) -> html.Section:
    """Say which data set is shown, how large it is, and how near it comes to the report."""
    lang, snapshot = view.lang, store.snapshot(view.filters.data)
    about = snapshot.manifest["dataset"]
    size = t("upload.counts", lang, **{name: f"{about['rows'][name]:,}" for name in SHOWN})
    parts = [html.H2(t("dataset.loaded", lang)), html.P(t(f"dataset.{about['kind']}", lang)), html.P(size)]
    parts += _constraints(snapshot.tables["constraints"], lang) + _ledger(snapshot.tables["ledger"], view)
    return html.Section(parts, className="panel", id="loaded")


def _constraints(rows: pd.DataFrame, lang: str) -> list[Any]:
    """Tabulate what the reconstruction is held to, the worst first."""
    if rows.empty:
        return []
    ranked = rows.assign(part=(rows["deviation"].abs() / rows["tolerance"].clip(lower=1e-9)))
    lines = [
        _constraint(row, lang) for row in ranked.sort_values("part", ascending=False).head(MOST_LINES).itertuples()
    ]
    names = ("place", "measure", "item", "year", "rule", "printed", "reached", "deviation")
    met = t("dataset.met", lang, met=int(rows["met"].sum()), all=len(rows))
    link = html.A(t("dataset.constraints_csv", lang), href=at("/data/constraints.csv"), className="tool", download=True)
    head = html.Thead(html.Tr([html.Th(t(f"constraint.{name}", lang), scope="col") for name in names]))
    body = html.Table([head, html.Tbody(lines)], className="data-table")
    return [
        html.H3(t("dataset.constraints", lang)),
        html.P([met, " ", link]),
        _page([body, *more(len(rows), lang)]),
        *_assumptions(lang),
    ]


def _assumptions(lang: str) -> list[Any]:
    lines = [html.Li(t(f"assumption.{name}", lang)) for name in ASSUMPTIONS]
    return [html.H3(t("dataset.assumptions", lang)), html.P(t("dataset.method", lang)), html.Ul(lines)]


def _constraint(row: Any, lang: str) -> html.Tr:
    name = _item_names(row.source, lang)[row.item]
    near = t(f"constraint.rule_{row.rule}", lang)
    year = "" if pd.isna(row.year) else str(row.year)
    numbers = [write_value(value, row.unit) for value in (row.printed, row.reached, row.deviation)]
    cells = [place_of(row.source, lang), t(f"measure.{row.measure}", lang), name, year, near]
    return html.Tr([*(html.Td(cell) for cell in cells), *(html.Td(cell, className="num") for cell in numbers)])


@store.per_snapshot
def _item_names(source: str, lang: str) -> dict[str, str]:
    """Give the names of a source's constrained items."""
    facts, rows = store.facts(), store.tables()["constraints"]
    items = rows.loc[rows["source"].eq(source), "item"].drop_duplicates().reset_index(drop=True)
    names = names_of(items, source, facts[facts["source"].eq(source)], "")
    return dict(zip(items, names[f"item_{lang}"], strict=True))


def _ledger(rows: pd.DataFrame, view: View) -> list[Any]:
    """Tabulate what was read, kept, merged, dropped, emptied and inferred."""
    if rows.empty:
        return []
    lang = view.lang
    lines = [[row.file, t(f"ingest.rule.{row.rule}", lang), f"{row.n_rows:,}"] for row in rows.itertuples()]
    head = html.Thead(html.Tr([html.Th(t(f"ledger.{name}", lang), scope="col") for name in ("file", "rule", "n")]))
    body = html.Tbody([html.Tr([html.Td(cell) for cell in line]) for line in lines])
    tools: list[Any] = []
    if view.filters.data:
        tools = [_every_row(view), _forget(view)]
    return [
        html.H3(t("ledger.title", lang)),
        html.P(t("ledger.text", lang)),
        *tools,
        _page(html.Table([head, body], className="data-table")),
    ]


def _every_row(view: View) -> html.A:
    return html.A(
        t("ledger.rows", view.lang), href=at(f"/data/{view.filters.data}/ledger.csv"), className="tool", download=True
    )


def _forget(view: View) -> html.Button:
    data = {
        "data-url": at(f"/upload/{view.filters.data}/delete"),
        "data-sure": t("upload.sure", view.lang),
        "data-lang": view.lang,
    }
    return html.Button(t("upload.forget", view.lang), type="button", className="tool forget", **data)


def _page(content: Any) -> html.Div:
    return html.Div(content, className="table-page", tabIndex=0)


def load_your_own(lang: str) -> html.Section:
    """Give the form that loads a data set, or say that it is switched off."""
    now = uploads.settings()
    head = [html.H2(t("upload.title", lang))]
    if not now.enabled:
        return html.Section([*head, html.P(t("upload.refused_off", lang))], className="panel prose")
    limits = t("upload.limits", lang, size=now.bytes // 1_000_000, rows=f"{now.rows:,}", kept=now.kept)
    words = {f"data-{name}": t(f"upload.{name}", lang) for name in ("open", "lost")}
    words["data-sending"] = t("upload.sending", lang, part="{part}")
    chosen = html.Div(className="upload-files", **{"data-accept": ACCEPTED, "data-none": t("upload.none", lang)})
    # The browser fills the second part with a plain file input: Dash's own would send a file inside a call.
    choose = html.Label(
        [html.Span(t("upload.choose", lang), className="tool upload-pick"), chosen], className="upload-choose"
    )
    button = html.Button(t("upload.send", lang), type="submit", className="button")
    answer = html.Div(className="upload-status", role="status", **{"aria-live": "polite"})
    form = html.Form(
        [choose, button, answer],
        action=at("/upload"),
        method="post",
        encType="multipart/form-data",
        className="upload",
        **{**words, "data-lang": lang},
    )
    link = html.A(t("upload.template", lang), href=at("/data/template.xlsx"), className="tool", download=True)
    text = [html.P(t("upload.text", lang)), html.P([t("upload.least", lang), " ", link]), html.P(limits)]
    return html.Section([*head, *text, form], className="panel prose", id="load")


def contract(lang: str) -> html.Section:
    """Tabulate what a data set may hold, from the contract itself."""
    parts = [
        part for one in TABLES for part in (html.H3(t(f"contract.table.{one.name}", lang)), _page(_columns(one, lang)))
    ]
    link = html.A("JSON", href=at("/data/contract.json"), className="tool", target="_blank")
    return html.Section(
        [html.H2(t("contract.title", lang)), html.P([t("contract.text", lang), " ", link]), *parts],
        className="panel",
        id="contract",
    )


def _columns(one: Table, lang: str) -> html.Table:
    heads = html.Thead(
        html.Tr(
            [
                html.Th(t(f"contract.head_{name}", lang), scope="col")
                for name in ("column", "type", "meaning", "without")
            ]
        )
    )
    return html.Table(
        [heads, html.Tbody([_column(one, column, lang) for column in one.columns])], className="data-table"
    )


def _column(one: Table, column: Column, lang: str) -> html.Tr:
    known = html.Small(" · ".join(column.headers))
    kind = t(f"contract.type.{column.type}", lang) + (f" · {column.unit}" if column.unit else "")
    meaning = t(f"contract.column.{one.name}.{column.name}", lang)
    return html.Tr(
        [
            html.Td([html.Code(column.name), html.Br(), known]),
            html.Td(kind),
            html.Td(meaning),
            html.Td(_without(column, lang)),
        ]
    )


def _without(column: Column, lang: str) -> str:
    """Say what is switched off where the column is not there; a table without ids is none."""
    return "" if column.name == "id" else t(f"ingest.feeds.{column.name}", lang)
