"""The profile of a firm or an organization, part by part."""

from typing import Any

import pandas as pd
from dash import html

from analytics.profiles import MOST_PARTNERS, MOST_TOPICS, SIDES, Profile, Rank
from components.charts.names import taxonomy_names
from components.firm_chart import degree_chart
from components.firm_table import badge_of_data
from components.firm_words import UNKNOWN, name_code, name_of, write_cell
from components.i18n import t
from components.shell import link_to
from components.view import View

FIRM_ROWS = ("province", "city", "layer", "founded_year", "listed", "employees",
             "revenue_cny", "rd_cost_cny", "intensity", "patents")  # fmt: skip
TOPIC_TABLES = {
    "technology": ("technologies",),
    "application": ("applications",),
    "industry": ("sections", "divisions"),
}


def heading(profile: Profile, view: View) -> list[Any]:
    """Give the way back, both names, and what the numbers are."""
    lang, other = view.lang, "en" if view.lang == "zh" else "zh"
    name, second = name_of(profile.node, lang), profile.node[f"name_{other}"]
    badge = badge_of_data(view)
    mark = html.Span(t(f"badge.{badge}", lang), className=f"badge badge-{badge}")
    return [
        html.P(way_back(view), className="profile-back"),
        html.Div([html.H1(name), mark], className="profile-name"),
        html.P(second if second != name else None, className="lead profile-second"),
        html.P([_what(profile, view), " ", _ego_network(profile, view)], className="profile-what"),
    ]


def way_back(view: View) -> html.A:
    """Give the link to the table of firms, with the reader's filters."""
    return html.A(t("profile.back", view.lang), href=f"{link_to('firms', view.lang, view.filters)}#table")


def parts(profile: Profile, view: View) -> html.Div:
    """Give the panels under the heading."""
    lang = view.lang
    years = [*degree_chart(profile, lang), html.P(_years_note(profile, lang), className="card-note")]
    panels = [
        _panel("facts", 5, [_attributes(profile, view)], view),
        _panel("ranks", 7, [_ranks(profile, view)], view),
        _panel("years", 12, years, view),
        *(_panel(topic, 4, [_topics(rows, topic, lang)], view) for topic, rows in profile.topics.items()),
        *(_panel(f"partners_{side}", 6, _partners(profile, side, view), view) for side in SIDES),
    ]
    return html.Div(panels, className="grid profile")


def _panel(name: str, span: int, content: list[Any], view: View) -> html.Section:
    head = html.Div(html.H2(t(f"profile.{name}", view.lang)), className="card-head")
    return html.Section([head, *content], className=f"panel span-{span}")


def _what(profile: Profile, view: View) -> str:
    """Say what the page's numbers are."""
    if badge_of_data(view) == "own":
        return t("profile.what_own", view.lang)
    sort = "firm" if profile.node["is_firm"] else "organization"
    sort = f"named_{sort}" if profile.printed else sort
    return t(f"profile.what_{sort}", view.lang)


def _ego_network(profile: Profile, view: View) -> html.A:
    """Give the link to the network around the node."""
    href = link_to("explorer", view.lang, view.filters, view="near", node=profile.node["id"])
    return html.A(t("profile.network", view.lang), href=href, className="profile-network")


def _attributes(profile: Profile, view: View) -> html.Dl:
    lang, node = view.lang, profile.node
    if node["is_firm"]:
        shown = {name: _known(profile.values, name) for name in FIRM_ROWS}
        rows = [(t(f"firms.column.{name}", lang), write_cell(name, value, lang)) for name, value in shown.items()]
    else:
        kind = name_kind(node["kind"], lang)
        place = write_cell("province", node["province"], lang)
        rows = [(t("profile.kind", lang), kind), (t("firms.column.province", lang), place)]
    rows.append((t("profile.id", lang), node["id"]))
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows], className="profile-facts")


def name_kind(kind: str, lang: str) -> str:
    """Name a kind of organizations, see `analytics.contract.KINDS`."""
    return t(f"kind.{kind}", lang) if kind else UNKNOWN


def _known(values: dict[str, Any], name: str) -> Any:
    value = values.get(name)
    return None if name == "founded_year" and not value else value


def _ranks(profile: Profile, view: View) -> html.Table:
    lang = view.lang
    heads = [html.Th(t(f"profile.head_{name}", lang), scope="col") for name in ("by", "within", "place")]
    lines = [
        [
            html.Td(t(f"profile.by_{rank.by}", lang)),
            html.Td(_within(rank, profile, lang)),
            html.Td(t("profile.rank", lang, place=f"{rank.place:,}", of=f"{rank.of:,}"), className="num"),
        ]
        for rank in profile.ranks
    ]
    heads[-1].className = "num"
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(list(map(html.Tr, lines)))], className="data-table")


def _within(rank: Rank, profile: Profile, lang: str) -> str:
    node = profile.node
    if rank.within == "all":
        sort = "firms" if node["is_firm"] else "organizations"
        return t(f"profile.within_{sort}", lang)
    if rank.within == "kind":
        return name_kind(node["kind"], lang)
    table = "provinces" if rank.within == "province" else "layers"
    return name_code(table, node[rank.within], lang)


def _years_note(profile: Profile, lang: str) -> str | None:
    """Say which of the chart's numbers are printed, or whom it leaves out."""
    if profile.printed:
        return t("profile.years_printed", lang, year=int(profile.years["year"].iloc[-1]))
    return t("profile.undated", lang, n=f"{profile.undated:,}") if profile.undated else None


def _topics(rows: pd.DataFrame, topic: str, lang: str) -> Any:
    if rows.empty:
        return html.P(t("profile.none", lang), className="card-note")
    names = {code: name for table in TOPIC_TABLES[topic] for code, name in taxonomy_names(table, lang).items()}
    counts = zip(rows["item"], rows["source"], rows["target"], strict=True)
    lines = [[names.get(item, item), f"{gives:,}", f"{takes:,}"] for item, gives, takes in counts]
    table = _table(("item", "as_source", "as_target"), lines, lang)
    return html.Div([table, html.P(t("profile.topics_note", lang, n=MOST_TOPICS), className="card-note")])


def _partners(profile: Profile, side: str, view: View) -> list[Any]:
    lang, rows = view.lang, profile.partners[side]
    if not rows:
        return [html.P(t("profile.none", lang), className="card-note")]
    lines = [
        [_node_link(row, view), write_cell("province", row["province"], lang), f"{row['n_relations']:,}"]
        for row in rows
    ]
    of = profile.node["out_degree" if side == "source" else "in_degree"]
    note = t("profile.partners_note", lang, n=f"{min(MOST_PARTNERS, len(rows)):,}", all=f"{of:,}")
    return [_table(("partner", "province", "n_relations"), lines, lang), html.P(note, className="card-note")]


def _node_link(row: dict[str, Any], view: View) -> html.A:
    return html.A(name_of(row, view.lang), href=link_to("firm", view.lang, view.filters, id=row["id"]))


def _table(columns: tuple[str, ...], lines: list[list[Any]], lang: str) -> html.Table:
    """Give a table whose first columns are words and whose counts stand to the right."""
    kinds = ["num" if name in ("as_source", "as_target", "n_relations") else "" for name in columns]
    heads = [
        html.Th(t(f"profile.head_{name}", lang), className=kind, scope="col")
        for name, kind in zip(columns, kinds, strict=True)
    ]
    body = [html.Tr([html.Td(cell, className=kind) for cell, kind in zip(line, kinds, strict=True)]) for line in lines]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table")
