"""Every printed number beside the computed one, as a table that can be narrowed down."""

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import dcc, html

from components.audit_data import AGREEMENTS, comparison, status_of
from components.audit_words import NONE, number, points
from components.i18n import t
from components.numbers import write_value
from components.sources import place_of
from components.table import MOST_LINES, more

LONGEST_SEARCH = 80
HEADS = ("source", "item", "measure", "year", "printed", "computed", "deviation", "agreement")
NUMBERS = ("printed", "computed", "deviation")
ALL = "all"
RANKED = ("deviates", "within", "absent")  # what does not agree comes first


def compared(data: str, lang: str) -> html.Section:
    """Give the section with its controls, the whole table at first."""
    rows = comparison(data)
    return html.Section(
        [
            html.H2(t("audit.compared", lang)),
            html.P(_about(rows, data, lang)),
            _controls(rows, lang),
            html.Div(narrowed(rows, data, lang), id="audit-table", className="audit-compared"),
        ],
        className="panel",
        id="audit-compared",
    )


def _about(rows: pd.DataFrame, data: str, lang: str) -> str:
    counts = rows["agreement"].value_counts()
    if counts.get("absent", 0) == len(rows):
        return t("audit.no_dataset", lang)
    said = t(
        "audit.compared_text",
        lang,
        n_printed=len(rows),
        n_computed=len(rows) - counts.get("absent", 0),
        n_within=counts.get("within", 0),
        n_deviates=counts.get("deviates", 0),
    )
    return f"{said}{'' if lang == 'zh' else ' '}{t(f'compared.{status_of(data)}', lang)}"


def _controls(rows: pd.DataFrame, lang: str) -> html.Div:
    sources = [{"value": ALL, "label": t("audit.all_sources", lang)}]
    sources += [{"value": source, "label": _capital(place_of(source, lang))} for source in rows["source"].unique()]
    states = [{"value": name, "label": t(f"agreement.{name}", lang)} for name in (ALL, *AGREEMENTS)]
    search = dcc.Input(
        id="audit-search",
        type="search",
        debounce=0.3,
        className="search",
        placeholder=t("audit.search", lang),
        maxLength=LONGEST_SEARCH,
        value="",
    )
    place = dmc.Select(
        id="audit-source",
        data=sources,
        value=ALL,
        allowDeselect=False,
        size="xs",
        w=140,
        **{"aria-label": t("audit.source_label", lang)},
    )
    state = dmc.SegmentedControl(id="audit-state", data=states, value=ALL, size="xs")
    label = {"role": "group", "aria-label": t("audit.state_label", lang)}
    return html.Div([search, place, html.Div(state, **label)], className="table-bar audit-bar")


def chosen(rows: pd.DataFrame, query: Any, source: Any, state: Any, lang: str) -> pd.DataFrame:
    """Give the rows of a place and an outcome that hold all words asked for; what is no choice narrows nothing."""
    known = source in set(rows["source"]) if isinstance(source, str) else False
    found = rows[rows["source"] == source] if known else rows
    found = found[found["agreement"] == state] if isinstance(state, str) and state in AGREEMENTS else found
    measures = found["measure"].map({name: t(f"measure.{name}", lang) for name in found["measure"].unique()})
    text = (found["item_zh"] + " " + found["item_en"] + " " + measures.astype("str")).str.casefold()
    for word in typed(query).casefold().split():
        text = text[text.str.contains(word, regex=False)]
    return found.loc[text.index]


def typed(query: Any) -> str:
    """Give what was typed, cut to a search's length; half a character is none."""
    return str(query or "")[:LONGEST_SEARCH].encode("utf-8", "ignore").decode()


def narrowed(rows: pd.DataFrame, data: str, lang: str) -> list[Any]:
    """Give the table of some rows of the comparison, and how many they are."""
    if rows.empty:
        return [html.P(t("audit.no_match", lang), className="card-empty", role="status")]
    count = html.P(t("audit.shown", lang, n_shown=len(rows)), className="audit-shown")
    said = html.Div(more(len(rows), lang) or count, role="status")
    ranked = rows.iloc[rows["agreement"].map(RANKED.index).argsort(kind="stable")]
    lines = [_line(row, lang) for row in ranked.head(MOST_LINES).to_dict("records")]
    whole = html.Table([html.Thead(html.Tr(_heads(data, lang))), html.Tbody(lines)], className="data-table audit-rows")
    return [said, html.Div(whole, className="table-page", tabIndex=0)]


def _heads(data: str, lang: str) -> list[html.Th]:
    badges = {"printed": "published", "computed": status_of(data)}
    heads = []
    for name in HEADS:
        badge = badges.get(name)
        words = [html.Span(t(f"badge.{badge}", lang), className=f"badge badge-{badge}")] if badge else []
        heads.append(html.Th([t(f"column.{name}", lang), " ", *words], className=_class(name), scope="col"))
    return heads


def _class(name: str) -> str:
    return "num" if name in NUMBERS else f"cell-{name}"


def _line(row: Mapping[Any, Any], lang: str) -> html.Tr:
    measure, agreement = row["measure"], row["agreement"]
    cells = {
        "source": _capital(place_of(row["source"], lang)),
        "item": row[f"item_{lang}"],
        "measure": t(f"measure.{measure}", lang),
        "year": "" if pd.isna(row["year"]) else str(row["year"]),
        "printed": write_value(float(row["printed"]), row["unit"], row["printed"]),
        "computed": number(_rounded(row["computed"], row), row["unit"]),
        "deviation": points(_rounded(row["deviation"], row), row["unit"], lang),
        "agreement": html.Span(t(f"agreement.{agreement}", lang), className=f"audit-state audit-state-{agreement}"),
    }
    # A phone shows each row as a block, where the heads stand beside the numbers.
    heads = {name: {"data-head": t(f"column.{name}", lang)} if name in NUMBERS else {} for name in HEADS}
    return html.Tr([html.Td(cells[name], className=_class(name), **heads[name]) for name in HEADS])


def _rounded(value: float, row: Mapping[Any, Any]) -> str:
    """Round a computed number to the printed one's decimals; a dash where there is none."""
    return NONE if pd.isna(value) else f"{value:.{len(row['printed'].partition('.')[2])}f}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
