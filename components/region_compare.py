"""Two to four places side by side, every row on one scale."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from analytics.region_counts import STANDING, WITHIN
from analytics.regions import MOST_PLACES, Chapter, Place, asked_of, places
from components.chart_card import badge
from components.firm_table import badge_of_data
from components.firm_words import name_code, name_of
from components.i18n import t
from components.region_chapter import choices, way_back
from components.region_chart import compared_chart
from components.region_names import SPECIAL, changes, listed, name_topic, points, share, short_rank
from components.region_sections import source
from components.region_tables import bar, place_link, printed_of, records
from components.region_words import say_opening
from components.shell import link_to
from components.view import View

Row = tuple[str, list[float], Callable[[float], str]]
TOPICS, NAMED = 5, 3  # topics compared, and names in a cell


def heading(found: tuple[Place, ...], whole: bool, view: View) -> list[Any]:
    """Give the way back, the title, the places with what takes them away, and those that can be added."""
    lang, keys = view.lang, [place.key for place in found]
    names = listed([place.name(lang) for place in found], lang)
    title = t("compare.title", lang, names=names) if found else t("compare.title_none", lang)
    ignored = [] if whole else [html.P(t("compare.ignored", lang, n=MOST_PLACES), className="notice", role="status")]
    few = [] if len(found) > 1 else [html.P(t("compare.few", lang), className="lead")]
    return [
        html.P(way_back(view), className="profile-back"),
        html.H1(title),
        *ignored,
        *few,
        html.Div([_chip(place, keys, view) for place in found], className="chips"),
        _chooser(keys, view),
        source(view),
        choices("compare", view, ",".join(keys)),
    ]


def _link(keys: list[str], view: View) -> str:
    return link_to("compare", view.lang, asked_of(view.filters), **({"place": ",".join(keys)} if keys else {}))


def _chip(place: Place, keys: list[str], view: View) -> html.A:
    left, name = [key for key in keys if key != place.key], place.name(view.lang)
    label = {"aria-label": t("filter.remove", view.lang, name=name)}
    return html.A([name, " ×"], href=_link(left, view), className="chip", **label)


def _chooser(keys: list[str], view: View) -> Any:
    if len(keys) >= MOST_PLACES:
        return html.P(t("compare.full", view.lang, n=MOST_PLACES), className="card-note")
    others = [place for place in places().values() if place.key not in keys]
    links = [html.Li(html.A(place.name(view.lang), href=_link([*keys, place.key], view))) for place in others]
    inside = [html.Summary(t("compare.add", view.lang)), html.Ul(links, className="region-index")]
    return html.Details(inside, className="region-add", open=len(keys) < 2)


def panels(chapters: list[Chapter], view: View) -> html.Div:
    """Give the sections of the comparison."""
    lang = view.lang
    made = {
        "opening": [_words_table([("opening", [say_opening(one, lang) for one in chapters])], chapters, view)],
        "standing": [_numbers(_standing(chapters, lang), chapters, view), _ranks(chapters, view)],
        "firms": [_numbers(_firms(chapters, lang), chapters, view)],
        "hubs": [_words_table([("hubs", [_hubs(one, lang) for one in chapters])], chapters, view)],
        "partners": [_numbers(_within(chapters, lang), chapters, view), _partners(chapters, view)],
        "topics": [_numbers(_topics(chapters, topic, lang), chapters, view) for topic in ("technology", "industry")],
        "dependence": [_numbers(_dependence(chapters, lang), chapters, view), _enablers(chapters, view)],
        "peers": [_numbers(_alike(chapters, lang), chapters, view)],
        "years": [_course(chapters, name, lang) for name in ("enabling", "input", "within")],
    }
    printed = any(printed_of(one, name, view.filters)[0] for one in chapters for name in STANDING)
    return html.Div([_panel(name, inside, printed, view) for name, inside in made.items()])


def _panel(name: str, inside: list[Any], printed: bool, view: View) -> html.Section:
    lang, marks = view.lang, [badge(badge_of_data(view), view.lang)]
    if name == "standing" and printed:
        marks.append(badge("published", lang))
    title = t("compare.opening" if name == "opening" else f"chapter.{name}_title", lang)
    head = html.Div([html.H2(title), html.Span(marks)], className="card-head")
    note = [] if name == "opening" else [html.P(t(f"chapter.{name}_note", lang), className="card-note")]
    return html.Section([head, *inside, *note], className="panel region-section", id=f"compare-part-{name}")


def _numbers(rows: list[Row], chapters: list[Chapter], view: View) -> html.Div:
    """Tabulate numbers, a place a column; bars of one row have one scale."""
    lines: list[tuple[str, list[Any]]] = []
    for name, values, write in rows:
        most = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
        if write is _year:  # years have no zero that a bar could begin at
            lines.append((name, [write(value) for value in values]))
            continue
        cells = [[html.Span(write(value)), bar(value, most, "input" if value < 0 else "enabling")] for value in values]
        lines.append((name, cells))
    return _table(lines, chapters, view)


def _words_table(rows: list[tuple[str, list[Any]]], chapters: list[Chapter], view: View) -> html.Div:
    return _table([(t(f"compare.row_{name}", view.lang), cells) for name, cells in rows], chapters, view)


def _table(lines: list[tuple[str, list[Any]]], chapters: list[Chapter], view: View) -> html.Div:
    heads = [html.Th(place_link(one.place.key, one.place.name(view.lang), view), scope="col") for one in chapters]
    top = html.Tr([html.Th(t("chapter.head_item", view.lang), scope="col"), *heads])
    body = [html.Tr([html.Th(name, scope="row"), *map(html.Td, cells)]) for name, cells in lines]
    inside = html.Table([html.Thead(top), html.Tbody(body)], className=f"data-table region-compare of-{len(chapters)}")
    return html.Div(inside, className="region-scroll", tabIndex=0)


def _standing(chapters: list[Chapter], lang: str) -> list[Row]:
    rows: list[Row] = []
    for name in STANDING:
        write = points if name == "net" else share
        rows.append((t(f"chapter.{name}", lang), [one.standing[name] for one in chapters], write))
    moved = [changes(one) for one in chapters]
    for name in STANDING:
        rows.append((t(f"compare.change_{name}", lang), [one[name] for one in moved], points))
    return rows


def _ranks(chapters: list[Chapter], view: View) -> html.Div:
    """Tabulate ranks, which need no bars, and what the report prints."""
    lang, lines = view.lang, []
    for name in STANDING:
        label = t("compare.rank", lang, name=t(f"chapter.{name}", lang))
        lines.append((label, [short_rank(one, name, lang) for one in chapters]))
        printed = [printed_of(one, name, view.filters)[0] for one in chapters]
        if any(printed):
            label = t("compare.printed", lang, name=t(f"chapter.{name}", lang))
            lines.append((label, [f"◇ {text}" if text else "–" for text in printed]))
    return _table(lines, chapters, view)


def _firms(chapters: list[Chapter], lang: str) -> list[Row]:
    layers = list(dict.fromkeys(item for one in chapters for item in one.firms["layers"]["item"]))
    rows: list[Row] = [
        (t("compare.n_firms", lang), [one.firms["n"] for one in chapters], lambda n: f"{n:,.0f}"),
        *((name_code("layers", layer, lang), [_share(one.firms["layers"], layer) for one in chapters], share)
          for layer in layers),
        (t("compare.listed", lang), [one.firms["listed"] for one in chapters], share),
        (t("compare.large", lang), [_share(one.firms["sizes"], "employees_gt_1000") for one in chapters], share),
    ]  # fmt: skip
    years = [float(one.firms["median"] or math.nan) for one in chapters]
    return [*rows, (t("compare.median", lang), years, _year)]


def _year(year: float) -> str:
    return "–" if math.isnan(year) else f"{year:.0f}"


def _share(rows: pd.DataFrame, item: str) -> float:
    """Give an item's share; 0 where others have one, nan where there is nothing to share."""
    return float(rows.loc[rows["item"].eq(item), "value"].sum()) if len(rows) else math.nan


def _hubs(chapter: Chapter, lang: str) -> html.Ol | str:
    rows = records(chapter.hubs.head(NAMED))
    return html.Ol([html.Li(f"{name_of(row, lang)} {int(row['degree']):,}") for row in rows]) if rows else "–"


def _within(chapters: list[Chapter], lang: str) -> list[Row]:
    return [
        (t(f"compare.within_{end}", lang), [_share(one.partners[end], WITHIN) for one in chapters], share)
        for end in ("source", "target")
    ]


def _partners(chapters: list[Chapter], view: View) -> html.Div:
    ends = ("source", "target")
    return _words_table([(end, [_outside(one, end, view.lang) for one in chapters]) for end in ends], chapters, view)


def _outside(chapter: Chapter, end: str, lang: str) -> html.Ol | str:
    rows = chapter.partners[end]
    kept = rows[~rows["item"].isin(SPECIAL)].head(NAMED)
    lines = [html.Li(f"{name_code('provinces', row.item, lang)} {share(row.value)}") for row in kept.itertuples()]
    return html.Ol(lines) if lines else "–"


def _topics(chapters: list[Chapter], topic: str, lang: str) -> list[Row]:
    found = pd.concat([one.topics[topic] for one in chapters])
    leading = found.groupby("item", sort=False)["value"].max().sort_values(ascending=False, kind="stable").head(TOPICS)
    return [
        (name_topic(topic, item, lang), [_share(one.topics[topic], item) for one in chapters], share)
        for item in leading.index
    ]


def _dependence(chapters: list[Chapter], lang: str) -> list[Row]:
    tops = [one.enablers["value"] for one in chapters]
    return [
        (t("compare.core", lang), [one.core for one in chapters], share),
        (t("compare.first", lang), [float(top.iloc[0]) if len(top) else math.nan for top in tops], share),
        (t("compare.five", lang), [float(top.sum()) if len(top) else math.nan for top in tops], share),
    ]


def _enablers(chapters: list[Chapter], view: View) -> html.Div:
    cells = [
        html.Ol(
            [html.Li(f"{name_of(row, view.lang)} {share(row['value'])}") for row in records(one.enablers.head(NAMED))]
        )
        if len(one.enablers)
        else "–"
        for one in chapters
    ]
    return _words_table([("enablers", cells)], chapters, view)


def _alike(chapters: list[Chapter], lang: str) -> list[Row]:
    """Give the similarity of each place to each other one of its kind; a place is wholly like itself."""
    return [
        (t("compare.alike", lang, name=other.place.name(lang)), [_cosine(one, other) for one in chapters], _written)
        for other in chapters
    ]


def _cosine(one: Chapter, other: Chapter) -> float:
    if one.place == other.place:
        return 1.0 if len(one.peers) else math.nan
    found = one.peers.loc[one.peers["item"].eq(other.place.key), "value"]
    return float(found.iloc[0]) if len(found) else math.nan


def _written(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def _course(chapters: list[Chapter], name: str, lang: str) -> html.Div:
    title = t("compare.course", lang, name=t(f"chapter.head_{name}", lang))
    return html.Div([html.H3(title), compared_chart(chapters, name, lang)])
