"""The tables of a chapter: numbers with bars, made of plain HTML so that page, print and file show the same."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from analytics import store
from analytics.filters import Filters
from analytics.region_counts import SHARES, STANDING
from analytics.regions import Chapter, asked_of
from components.charts.names import names_of
from components.firm_words import name_code, name_of, write_cell
from components.i18n import t
from components.numbers import write_value
from components.region_names import SPECIAL, changes, name_item, name_topic, points, share, short_rank
from components.shell import link_to
from components.view import View

ROWS = 6  # of a table; more are not read
# Measure -> where the report prints it of a province, and its rank.
PRINTED = {
    "firms": ("figure-3", "share_firms", "rank_firms"),
    "enabling": ("table-6", "share_enabling", "rank_enabling"),
    "input": ("table-6", "share_input", "rank_input"),
    "net": ("table-6", "share_net", ""),
}
NEAR = "region-near"  # class of links that stand beside a name
WORDY = ("item", "name", "rank", "layer", "province")


def table(columns: tuple[str, ...], lines: list[list[Any]], lang: str) -> html.Div:
    """Give a table; all columns but those of words stand to the right."""
    kinds = ["" if name in WORDY else "bar" if name == "bar" else "num" for name in columns]
    heads = [
        html.Th(t(f"chapter.head_{name}", lang) if name != "bar" else None, className=kind, scope="col")
        for name, kind in zip(columns, kinds, strict=True)
    ]
    body = [html.Tr([html.Td(cell, className=kind) for cell, kind in zip(line, kinds, strict=True)]) for line in lines]
    inside = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table")
    return html.Div(inside, className="region-scroll", tabIndex=0)


def bar(value: float, most: float, kind: str = "enabling") -> html.Div:
    """Give a bar as long as `value` is of `most`; what the number beside it says, so not read aloud."""
    length = 0 if math.isnan(value) or most <= 0 else min(100.0, abs(value) * 100 / most)
    fill = html.Div(className=f"region-fill region-{kind}", style={"width": f"{length:.1f}%"})
    return html.Div(fill, className="region-bar", **{"aria-hidden": "true"})


def printed_of(chapter: Chapter, name: str, filters: Filters) -> tuple[str, str]:
    """Give the printed share and rank of a place, each empty where the report has none or means another selection."""
    kind = store.snapshot(filters.data).manifest["dataset"]["kind"]
    if kind != "reconstruction" or asked_of(filters) != Filters():
        return "", ""
    source, measure, rank = PRINTED[name]
    alone = chapter.place.codes[0] if len(chapter.place.codes) == 1 else ""
    value = _fact(source, measure, alone)
    if chapter.place.is_region and name == "firms":
        value = _fact("figure-2", measure, chapter.place.key) or value
    if name == "net":
        value = value.removesuffix("%").replace("-", "−")
    # Ranks are among provinces, so a region has none.
    return value, "" if chapter.place.is_region else _fact(source, rank, alone)


def _fact(source: str, measure: str, item: str) -> str:
    facts = store.facts()
    found = facts[facts["source"].eq(source) & facts["measure"].eq(measure) & facts["item"].eq(item)]
    if found.empty:
        return ""
    row = found.iloc[0]
    return write_value(row["value"], row["unit"], row["printed"])


def mark(text: str) -> Any:
    """Give a printed value with its mark, or nothing."""
    return [html.Span("◇ ", **{"aria-hidden": "true"}), text] if text else None


def standing_table(chapter: Chapter, view: View) -> html.Div:
    """Tabulate shares, counts, ranks, changes and what the report prints."""
    lang, row, moved = view.lang, chapter.standing, changes(chapter)
    most = max((row[name] for name in SHARES if not math.isnan(row[name])), default=0.0)
    lines = []
    for name in STANDING:
        value, rank = printed_of(chapter, name, view.filters)
        both = t("chapter.printed_rank", lang, value=value, rank=rank) if value and rank else value or rank
        said = points(row[name]) if name == "net" else share(row[name])
        # Sources and targets of unknown place differ in number, so the counts' difference is not the shares'.
        count = "–" if name == "net" else f"{int(row[f'n_{name}']):,}"
        kind = "input" if name == "input" or (name == "net" and row[name] < 0) else "enabling"
        shown = bar(row[name], most, kind)
        place = short_rank(chapter, name, lang)
        lines.append([t(f"chapter.{name}", lang), shown, said, count, place, points(moved[name]), mark(both)])
    return table(("item", "bar", "value", "n", "rank", "change", "printed"), lines, lang)


def share_table(rows: pd.DataFrame, source: str, view: View) -> html.Div:
    """Tabulate shares of firms beside those of all firms; `source` is the figure that names the items."""
    lang, most = view.lang, float(rows[["value", "base"]].max().max())
    facts = store.facts()
    names = names_of(rows["item"], source, facts[facts["source"].eq(source)], view.filters.data)[f"item_{lang}"]
    lines = [
        [name, bar(row.value, most), share(row.value), f"{row.n:,}", share(row.base)]
        for name, row in zip(names, rows.itertuples(), strict=True)
    ]
    return table(("item", "bar", "value", "n", "base"), lines, lang)


def hubs_table(chapter: Chapter, view: View) -> html.Div:
    """Tabulate the best connected nodes, each with its profile and its network."""
    lines = []
    for row in records(chapter.hubs):
        near = link_to("explorer", view.lang, asked_of(view.filters), view="near", node=row["id"])
        degrees = [f"{int(row[name]):,}" for name in ("degree", "out_degree", "in_degree")]
        name = [_profile(row, view), html.A(t("chapter.explore", view.lang), href=near, className=NEAR)]
        lines.append([name, write_cell("layer", row["layer"], view.lang), *degrees, share(row["share"])])
    return table(("name", "layer", "degree", "out_degree", "in_degree", "held"), lines, view.lang)


def _profile(row: dict[str, Any], view: View) -> html.A:
    return html.A(name_of(row, view.lang), href=link_to("firm", view.lang, asked_of(view.filters), id=row["id"]))


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as dicts, cells that are not known as empty text."""
    plain = rows.astype(object).where(rows.notna(), "")
    return [dict(zip(map(str, plain.columns), row, strict=True)) for row in plain.itertuples(index=False)]


def partners_table(chapter: Chapter, end: str, view: View) -> html.Div:
    """Tabulate the largest partners, those outside China's provinces and the place itself among them."""
    rows, lang = chapter.partners[end], view.lang
    kept = pd.concat([rows.head(ROWS), rows.iloc[ROWS:].loc[lambda rest: rest["item"].isin(SPECIAL)]])
    kind = "enabling" if end == "source" else "input"
    most = float(kept["value"].max())
    lines = [
        [_partner(row.item, chapter, view), bar(row.value, most, kind), share(row.value), f"{row.n:,}"]
        for row in kept.itertuples()
    ]
    rest = rows.drop(kept.index)
    if len(rest):
        name = t("chapter.others", lang, n=len(rest))
        lines.append([name, bar(rest["value"].sum(), most, kind), share(rest["value"].sum()), f"{rest['n'].sum():,}"])
    return table(("item", "bar", "value", "n"), lines, lang)


def _partner(item: str, chapter: Chapter, view: View) -> Any:
    name = name_item(item, chapter.place, view.lang)
    return name if item in SPECIAL else place_link(item, name, view)


def place_link(key: str, name: str, view: View) -> html.A:
    """Give the link to another place's chapter under the same filters."""
    return html.A(name, href=link_to("region", view.lang, asked_of(view.filters), place=key))


def topics_table(chapter: Chapter, topic: str, view: View) -> html.Div:
    """Tabulate the most frequent topics with their share in all relations and the quotient of the two."""
    rows = chapter.topics[topic].head(ROWS)
    most = float(rows[["value", "base"]].max().max())
    lines = [
        [
            name_topic(topic, row.item, view.lang),
            bar(row.value, most),
            share(row.value),
            f"{row.n:,}",
            share(row.base),
            "–" if pd.isna(row.lq) else f"{row.lq:.2f}",
        ]
        for row in rows.itertuples()
    ]
    return table(("item", "bar", "value", "n", "base", "lq"), lines, view.lang)


def enablers_table(chapter: Chapter, view: View) -> html.Div:
    """Tabulate the nodes that give the most to the place."""
    rows, most = records(chapter.enablers), float(chapter.enablers["value"].max())
    lines = [
        [
            _profile(row, view),
            name_code("provinces", row["province"], view.lang),
            bar(row["value"], most, "input"),
            share(row["value"]),
            f"{row['n']:,}",
        ]
        for row in rows
    ]
    return table(("name", "province", "bar", "value", "n"), lines, view.lang)


def peers_table(chapter: Chapter, view: View, name: Callable[[str], str]) -> html.Div:
    """Tabulate the most similar places."""
    lines = [
        [place_link(row.item, name(row.item), view), bar(row.value, 1.0), f"{row.value:.3f}"]
        for row in chapter.peers.head(ROWS).itertuples()
    ]
    return table(("item", "bar", "cosine"), lines, view.lang)


def years_table(chapter: Chapter, lang: str) -> html.Div:
    """Tabulate the shares of every year."""
    lines = [
        [str(row.year), share(row.enabling), share(row.input), f"{row.n_enabling:,}", f"{row.n_input:,}",
         share(row.within)]
        for row in chapter.years.itertuples()
    ]  # fmt: skip
    return table(("item", "enabling", "input", "n_enabling", "n_input", "within"), lines, lang)
