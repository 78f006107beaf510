"""The one card that every chart lives in, and what of it changes with the filters."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import dcc, html

from analytics import store
from analytics.explorer.arcs import too_many
from analytics.filters import KEYS, Filters, choices_of
from components.charts import CHARTS
from components.charts.needs import missing, too_many_said
from components.charts.spec import ChartSpec
from components.findings import finding
from components.i18n import t
from components.markup import to_html
from components.numbers import write_value
from components.sources import badge_of, data_link, origin_line, shown_rows
from components.table import rows_table
from components.view import View
from components.watch import CARDS

ID = dict[str, str]
MARKED = ("bars", "columns", "lines", "stacked")  # kinds of chart that draw the printed value as a mark
PLAYED = ("map", "flows")  # kinds of chart that play year by year
MOST_KEPT = 512  # contents of cards, 20 kB each: what readers look at most


def part(kind: str, chart: str) -> ID:
    """Give the id of a card's part."""
    return {"part": kind, "chart": chart}


def chart_card(chart: str, view: View, span: int = 6) -> html.Figure:
    """Give the card of a chart as the view asks for it."""
    spec, lang = CHARTS[chart], view.lang
    option = spec.option(view.options.get(chart))
    as_table = chart in view.tables
    parts = contents(spec, view.filters, option, lang, as_table)
    return html.Figure(
        [
            _head(parts),
            html.P(parts["finding"], className="card-finding"),
            _options(spec, option, lang),
            _play(spec, view),
            _body(spec, parts, as_table),
            _foot(spec, parts, as_table, lang),
        ],
        id=f"card-{chart}",
        className=f"card span-{span}",
        **{
            "data-chart": chart,
            "data-kind": spec.kind,
            "data-lang": lang,
            "data-unmapped": t("state.no_map", lang),
            "data-lost": t("state.lost", lang),
            "data-key": KEYS[spec.field],
            "data-picks": ",".join(choices_of(spec.field, view.filters.data)),
        },
    )


def contents(spec: ChartSpec, filters: Filters, option: str, lang: str, as_table: bool) -> dict[str, Any]:
    """Give everything in a card that changes with the filters, made from one frame."""
    CARDS.labels("asked").inc()
    return made(spec.id, filters, option, lang, as_table, store.snapshot().name)


@lru_cache(maxsize=MOST_KEPT)
def made(chart: str, filters: Filters, option: str, lang: str, as_table: bool, _snapshot: str) -> dict[str, Any]:
    """Make a card's contents; the snapshot's name is there so that nothing outlives its data."""
    CARDS.labels("made").inc()
    spec = CHARTS[chart]
    rows = spec.rows(filters, option)
    shown = shown_rows(rows)
    title, subtitle = heading(spec, filters, lang)
    said = finding(shown, filters, lang)
    return {
        "title": title,
        "subtitle": subtitle,
        "finding": said,
        "badge": badge(badge_of(shown), lang) if len(shown) else None,
        "figure": spec.draw(rows, lang, option) if len(shown) else None,
        "table": rows_table(shown, lang) if as_table and len(shown) else None,
        "empty": None if len(shown) else empty(spec, filters, option, lang),
        "note": " ".join(filter(None, notes(spec, shown, filters, lang))),
        "source": origin_line(spec, filters, lang),
        "alt": alt_text(spec, shown, said, lang),
        "csv": data_link(spec, "csv", filters, option, lang),
        "json": data_link(spec, "json", filters, option, lang),
    }


def badge(kind: str, lang: str) -> html.Span:
    """Give the badge that says what a number is."""
    return html.Span(t(f"badge.{kind}", lang), className=f"badge badge-{kind}")


def heading(spec: ChartSpec, filters: Filters, lang: str) -> tuple[str, str]:
    """Give title and subtitle: the report's finding over its own data, elsewhere what is shown."""
    subtitle = t(f"chart.{spec.id}.subtitle", lang)
    kind = store.snapshot(filters.data).manifest["dataset"]["kind"]
    of_report = filters.only(spec.uses) == Filters() and (kind == "reconstruction" or "data" not in spec.uses)
    return (t(f"chart.{spec.id}.title", lang), subtitle) if of_report else (subtitle, "")


def notes(spec: ChartSpec, rows: pd.DataFrame, filters: Filters, lang: str) -> tuple[str, ...]:
    """Give what a reader must know beside the picture; empty texts among it."""
    return diamonds(spec, rows, lang), spec.remark(filters, lang), unaffected(spec, filters, lang)


def diamonds(spec: ChartSpec, rows: pd.DataFrame, lang: str) -> str:
    """Explain the mark of printed values where there is one."""
    marked = spec.kind in MARKED and "reported" in rows and rows["reported"].ne("").any()
    return t("state.diamond", lang) if marked else ""


def empty(spec: ChartSpec, filters: Filters, option: str, lang: str) -> list[Any]:
    """Say why nothing is shown, and the ways out."""
    lacking = missing(spec, filters.data)
    if lacking:
        names = t("filter.or", lang).join(lacking)
        return [
            html.P(t("state.no_column", lang, columns=names)),
            html.P(t("state.no_column_way", lang), className="way-out"),
        ]
    if spec.walks and too_many(filters.data):
        return [html.P(too_many_said(lang))]
    ways = [_way_out(field, lang) for field in emptying(spec, filters, option)]
    return [html.P(t("state.empty", lang)), *(ways or [html.P(t("state.empty_way", lang), className="way-out")])]


def emptying(spec: ChartSpec, filters: Filters, option: str) -> list[str]:
    """Name the fields without whose choice there would be something to show."""
    asked = [field for field in filters.active() if field in spec.uses and field != "data"]
    return [field for field in asked if len(shown_rows(spec.rows(filters.without(field), option)))]


def _way_out(field: str, lang: str) -> html.Button:
    words = t("state.drop", lang, field=t(f"filter.field_{field}", lang))
    key = "years" if field == "years" else KEYS[field]
    return html.Button(words, type="button", className="way-out", **{"data-chip": f"{key}:"})


def unaffected(spec: ChartSpec, filters: Filters, lang: str) -> str:
    """Name the active filters that this chart cannot answer to, or nothing."""
    if filters.data and "data" not in spec.uses:
        return t("filter.not_own", lang)
    deaf = [t(f"filter.field_{field}", lang) for field in filters.active() if field not in (*spec.uses, "pin")]
    return t("filter.unaffected", lang, fields=t("filter.and", lang).join(deaf)) if deaf else ""


def alt_text(spec: ChartSpec, rows: pd.DataFrame, found: str, lang: str) -> str:
    """Give what is shown, the finding and the rows in words, for those who do not see the picture."""
    colon, comma = ("：", "；") if lang == "zh" else (": ", "; ")
    said = [_said(row, lang) for row in rows.head(12).itertuples()]
    title = t(f"chart.{spec.id}.subtitle", lang)
    return f"{title}{colon}{found} {comma.join(said)}" if said else t("state.empty", lang)


def _said(row: Any, lang: str) -> str:
    year = "" if pd.isna(row.year) else f" {row.year}"
    return f"{getattr(row, f'item_{lang}')}{year} {write_value(row.value, row.unit, row.printed)}"


def _head(parts: dict[str, Any]) -> html.Header:
    words = html.Div(
        [
            html.H2(parts["title"], className="card-title"),
            html.P(parts["subtitle"], className="card-subtitle"),
        ]
    )
    return html.Header([words, html.Div(parts["badge"], className="card-badge")], className="card-head")


def _options(spec: ChartSpec, option: str, lang: str) -> html.Div:
    choices = [name for name in spec.options if name]
    controls = [_segments(choices or [""], option.partition(".")[0], part("option", spec.id), lang)]
    for at, (group, chosen) in enumerate(zip(spec.styles, spec.styled(option), strict=True)):
        controls.append(_segments(group, chosen, {**part("style", spec.id), "group": str(at)}, lang))
    return html.Div(controls, className="card-options", hidden=not (choices or spec.styles))


def _play(spec: ChartSpec, view: View) -> html.Div | None:
    """Give the place of the years' slider, which the browser builds; only maps have one."""
    if spec.kind not in PLAYED:
        return None
    first, last = store.span(view.filters.data)
    words = {f"data-{name}": t(f"play.{name}", view.lang) for name in ("play", "pause", "whole", "label")}
    return html.Div(className="card-play", **{"data-first": first, "data-last": last, **words})


def _segments(names: Sequence[str], chosen: str, id_: ID, lang: str) -> dmc.SegmentedControl:
    data = [{"value": name, "label": t(f"option.{name}", lang) if name else ""} for name in names]
    return dmc.SegmentedControl(data=data, value=chosen, size="xs", id=id_)


def _body(spec: ChartSpec, parts: dict[str, Any], as_table: bool) -> html.Div:
    blank: dict[str, Any] = {"data": [], "layout": {}}
    graph = dcc.Graph(
        figure=parts["figure"] or blank,
        id=part("graph", spec.id),
        style={"height": spec.height},
        config={"displayModeBar": False, "responsive": True},
    )
    hidden = as_table or parts["empty"] is not None
    return html.Div(
        [
            html.Div(graph, className="card-plot", hidden=hidden, **{"aria-hidden": "true"}),
            html.Div(parts["table"], className="card-table", tabIndex=0 if as_table else -1),
            html.Div(parts["empty"], className="card-empty", role="status"),
            html.P(parts["alt"], className="card-alt sr-only"),
        ],
        className="card-body",
    )


def _foot(spec: ChartSpec, parts: dict[str, Any], as_table: bool, lang: str) -> html.Figcaption:
    return html.Figcaption(
        [
            html.P(parts["note"], className="card-note"),
            html.Details(
                [
                    html.Summary(t("action.definition", lang)),
                    html.P(t(f"chart.{spec.id}.definition", lang)),
                    html.P(parts["source"], className="card-source"),
                    report_button(lang),
                ],
                className="card-definition",
            ),
            _tools(spec, parts, as_table, lang),
        ],
        className="card-foot",
    )


def report_button(lang: str) -> html.Button:
    """Give the button that opens the help where a text to report a problem stands."""
    return html.Button(t("help.report", lang), type="button", className="tool help-open", **{"data-part": "report"})


def _tools(spec: ChartSpec, parts: dict[str, Any], as_table: bool, lang: str) -> html.Div:
    view = dmc.SegmentedControl(
        data=[{"value": name, "label": t(f"action.{name}", lang)} for name in ("chart", "table")],
        value="table" if as_table else "chart",
        size="xs",
        id=part("view", spec.id),
    )
    status = html.Span(className="tool-status", role="status", **{"aria-live": "polite"})
    return html.Div(
        [
            html.Div(view, className="tool-toggle"),
            _button("png", "PNG", lang),
            _button("svg", "SVG", lang),
            html.A("CSV", href=parts["csv"], className="tool tool-csv", download=True),
            html.A("JSON", href=parts["json"], className="tool tool-json", target="_blank"),
            _button("link", t("action.link", lang), lang),
            _button("full", t("action.full", lang), lang),
            status,
        ],
        className="card-tools",
    )


def _button(action: str, label: str, lang: str) -> html.Button:
    said = {"data-done": t("action.link_done", lang), "data-fail": t("action.fail", lang)}
    return html.Button(label, className="tool", type="button", **{"data-action": action, **said})


def redrawn(chart: str, view: View) -> dict[str, Any]:
    """Give what of a card changes with the filters: text, HTML, and the figure."""
    spec = CHARTS[chart]
    parts = contents(spec, view.filters, spec.option(view.options.get(chart)), view.lang, chart in view.tables)
    return {**parts, **{name: to_html(parts[name]) for name in ("badge", "table", "empty")}}
