"""The sections of a chapter: each a sentence, then its tables."""

from typing import Any

import pandas as pd
from dash import html

from analytics.explorer.arcs import too_many
from analytics.regions import Chapter, asked_of, places
from components.chart_card import badge
from components.charts.needs import too_many_said
from components.filter_bar import name_selection
from components.firm_table import badge_of_data
from components.i18n import t
from components.region_tables import (
    enablers_table,
    hubs_table,
    partners_table,
    peers_table,
    printed_of,
    share_table,
    standing_table,
    topics_table,
    years_table,
)
from components.region_words import SAY
from components.view import View

SECTIONS = tuple(SAY)


def sections(chapter: Chapter, view: View, drawn: list[Any]) -> list[html.Section]:
    """Give the sections under the opening; `drawn` is the chart of the last one, over its table."""
    return [section(name, chapter, view, drawn) for name in SECTIONS]


def section(name: str, chapter: Chapter, view: View, drawn: list[Any]) -> html.Section:
    """Give one section: heading, badge, sentence, tables, note."""
    lang = view.lang
    marks = [badge(badge_of_data(view), lang)]
    if name == "standing" and any(printed_of(chapter, one, view.filters)[0] for one in ("firms", "enabling")):
        marks.append(badge("published", lang))
    head = html.Div([html.H2(t(f"chapter.{name}_title", lang)), html.Span(marks)], className="card-head")
    said = html.P(SAY[name](chapter, lang), className="region-sentence")
    note = html.P(t(f"chapter.{name}_note", lang), className="card-note")
    return html.Section(
        [head, said, *_content(name, chapter, view, drawn), note], className="panel region-section", id=f"region-{name}"
    )


def _content(name: str, chapter: Chapter, view: View, drawn: list[Any]) -> list[Any]:
    if name == "standing":
        return [standing_table(chapter, view)]
    if name == "hubs":
        return _if(chapter.hubs, lambda: [hubs_table(chapter, view)])
    if name == "dependence" and too_many(view.filters.data):
        return [html.P(too_many_said(view.lang))]
    if name == "dependence":
        return _if(chapter.enablers, lambda: [enablers_table(chapter, view)])
    if name == "peers":
        return _if(chapter.peers, lambda: [peers_table(chapter, view, lambda key: places()[key].name(view.lang))])
    if name == "years":
        return _if(chapter.years, lambda: [*drawn, years_table(chapter, view.lang)])
    return [html.Div(_pairs(name, chapter, view), className="region-pair")]


def _if(rows: pd.DataFrame, make: Any) -> list[Any]:
    """Make a table where there is something to tabulate; the sentence has said so where there is not."""
    return make() if len(rows) else []


def _pairs(name: str, chapter: Chapter, view: View) -> list[Any]:
    if name == "firms":
        found = chapter.firms
        pairs = [("layers", "figure-9"), ("sizes", "figure-4")]
        return [_part(key, share_table(found[key], source, view), view) for key, source in pairs if len(found[key])]
    if name == "partners":
        sides = [end for end in ("source", "target") if len(chapter.partners[end])]
        return [_part(end, partners_table(chapter, end, view), view) for end in sides]
    kinds = [topic for topic, rows in chapter.topics.items() if len(rows)]
    return [_part(topic, topics_table(chapter, topic, view), view) for topic in kinds]


def _part(key: str, content: Any, view: View) -> html.Div:
    return html.Div([html.H3(t(f"chapter.part_{key}", view.lang)), content])


def source(view: View) -> html.P:
    """Say what the numbers are and of which selection."""
    lang, filters = view.lang, asked_of(view.filters)
    chosen = t("chapter.selection", lang, name=name_selection(filters, lang))
    return html.P([chosen, " ", t(f"chapter.source_{badge_of_data(view)}", lang)], className="region-source")
