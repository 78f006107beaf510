"""What is loaded, how is it defined, and how is it cited? Every number, to search and download."""

from typing import Any

from dash import Input, Output, State, callback, dcc, html

from analytics import store
from components.address import at
from components.charts import CHARTS
from components.data_set import contract, load_your_own, loaded
from components.i18n import t
from components.shell import shell
from components.sources import source_line
from components.table import facts_table
from components.view import View

DEFINITIONS = ("sample_node", "relation_node", "enabling", "input", "degree", "path", "clustering", "codes", "badges")


def layout(view: View) -> html.Div:
    """Give the page as the view asks for it."""
    lang = view.lang
    parts = [load_your_own(lang), loaded(view), _facts(lang), _charts(lang), contract(lang), _definitions(lang)]
    return shell(view, [*parts, _citation(lang)])


def _facts(lang: str) -> html.Section:
    rows = store.facts()
    search = dcc.Input(
        id="facts-search",
        type="search",
        debounce=0.3,
        className="search",
        placeholder=t("data.search", lang),
        maxLength=80,
        value="",
    )
    download = html.A(t("data.download_facts", lang), href=at("/data/facts.csv"), className="tool", download=True)
    return html.Section(
        [
            html.H2(t("data.facts", lang)),
            html.P(t("data.facts_text", lang, rows=len(rows))),
            html.Div([search, download], className="table-bar"),
            html.Div(facts_table(rows, lang), id="facts-table", className="table-page", tabIndex=0),
        ],
        className="panel",
    )


def _charts(lang: str) -> html.Section:
    index = html.A(at("/data/index.json"), href=at("/data/index.json"), target="_blank")
    lines = [
        html.Tr(
            [
                html.Td(t(f"chart.{chart}.title", lang)),
                html.Td(source_line(spec, lang)),
                html.Td([_link(chart, "csv", lang), " ", _link(chart, "json", lang)]),
            ]
        )
        for chart, spec in CHARTS.items()
    ]
    return html.Section(
        [
            html.H2(t("data.charts", lang)),
            html.P([t("data.charts_text", lang), " ", index]),
            html.Div(html.Table(html.Tbody(lines), className="data-table"), className="table-page", tabIndex=0),
        ],
        className="panel",
    )


def _link(chart: str, form: str, lang: str) -> html.A:
    return html.A(form.upper(), href=at(f"/data/{chart}.{form}?lang={lang}"), className="tool", target="_blank")


def _definitions(lang: str) -> html.Section:
    lines = [html.Li(t(f"definition.{name}", lang)) for name in DEFINITIONS]
    return html.Section(
        [
            html.H2(t("data.definitions", lang)),
            html.Ul(lines),
            html.H3(t("data.transcribed", lang)),
            html.P(store.origin()["transcription"][lang]),
            html.H3(t("data.boundaries", lang)),
            html.P(t("data.boundaries_text", lang)),
        ],
        className="panel prose",
    )


def _citation(lang: str) -> html.Section:
    origin = store.origin()
    return html.Section(
        [
            html.H2(t("data.cite", lang)),
            html.P(t("data.cite_text", lang)),
            html.Pre(
                f"{origin['citation'][lang]}\n{t('app.version', lang, version=store.manifest()['version'])}",
                className="citation",
            ),
            html.Button(t("help.cite_open", lang), type="button", className="tool help-open", **{"data-part": "cite"}),
            html.H3(t("data.licence", lang)),
            html.P(origin["licence"][lang]),
        ],
        className="panel prose",
    )


def _typed(query: Any) -> str:
    """Give what was typed, cut to a search's length; half a character is none."""
    return str(query or "")[:80].encode("utf-8", "ignore").decode()


@callback(
    Output("facts-table", "children"), Input("facts-search", "value"), State("lang", "data"), prevent_initial_call=True
)
def search_facts(query: Any, lang: Any) -> Any:
    """Show the facts that hold the words asked for, in either language."""
    lang, words = lang if lang in ("zh", "en") else "zh", _typed(query).casefold().split()
    rows = store.facts()
    text = (
        rows["source"]
        + " "
        + rows["item"]
        + " "
        + rows["item_zh"]
        + " "
        + rows["item_en"]
        + " "
        + [t(f"measure.{m}", lang) for m in rows["measure"]]
    ).str.casefold()
    for word in words:
        text = text[text.str.contains(word, regex=False)]
    found = rows.loc[text.index]
    return (
        facts_table(found, lang)
        if len(found)
        else html.P(t("data.no_match", lang, query=_typed(query)), className="card-empty")
    )
