"""The index's page: sliders and method, the two cards, the reader's own table, what fills each pillar, the method.

Its script asks for the ranking whenever a control or the link changes, and fills what is empty here.
"""

from typing import Any

from dash import dcc, html

from analytics.index.choice import EVEN, METHODS, MOST
from analytics.index.indicators import PILLARS
from analytics.index.method import DRAWS
from components.address import at
from components.chart_card import report_button
from components.i18n import t
from components.shell import path_of
from components.view import View

COLOURS = dict(zip(PILLARS, ("c1", "c2", "c3", "c4", "c5", "c6"), strict=True))
CARDS = {"index_scores": 7, "index_ranks": 5}
SAID = ("lost", "own_pillar", "own_less", "own_none", "own_hint", "own_label", "own_file", "own_kept")
HANDBOOK = "https://doi.org/10.1787/9789264043466-en"


def index_page(view: View) -> list[Any]:
    """Give the page's parts."""
    lang = view.lang
    said = {f"data-{key.replace('_', '-')}": t(f"index.{key}", lang) for key in SAID}
    names = "|".join(f"{name}={t(f'index.pillar_{name}', lang)}" for name in PILLARS)
    parts = [_controls(lang), html.Div([_card(name, span, lang) for name, span in CARDS.items()], className="grid")]
    return [
        html.Section(
            [*parts, _table(lang), _own(lang), _filled(lang), _method(lang)],
            id="index",
            className="index",
            **{"data-lang": lang, "data-even": EVEN, "data-most": MOST, "data-pillars": names, **said},
        )
    ]


def to_index(view: View) -> html.A:
    """Give the way to the index from the page of space."""
    return html.A(
        t("index.enter", view.lang), href=path_of("index", view.lang), className="button to-explorer keep-query"
    )


def _controls(lang: str) -> html.Div:
    sliders = [
        html.Div(className="index-weight", **{"data-pillar": name, "data-colour": COLOURS[name]}) for name in PILLARS
    ]
    selects = [
        html.Label(
            [html.Span(t(f"index.{key}_label", lang), className="filter-label"), _select(key, known, lang)],
            className="explorer-field",
        )
        for key, known in METHODS.items()
    ]
    reset = html.Button(t("index.reset", lang), type="button", className="tool index-reset")
    return html.Div(
        [
            html.H2(t("index.weights", lang), className="sr-only"),
            html.Div(sliders, className="index-weights"),
            html.Div([*selects, reset], className="index-method"),
            html.Div(className="index-ignored", role="status"),
        ],
        className="panel index-bar",
    )


def _select(key: str, known: tuple[str, ...], lang: str) -> html.Div:
    words = "|".join(f"{value}={t(f'index.{key}_{value}', lang)}" for value in known)
    return html.Div(className="index-select", **{"data-name": key, "data-choices": words})


def _card(name: str, span: int, lang: str) -> html.Figure:
    """Give a card as `components.chart_card` does, its contents left to the script."""
    graph = dcc.Graph(
        id=f"{name}-graph",
        figure={"data": [], "layout": {}},
        config={"displayModeBar": False, "responsive": True},
        style={"height": 760},
    )
    head = html.Header(
        [
            html.Div(
                [
                    html.H2(t(f"index.{name}_title", lang), className="card-title"),
                    html.P(className="card-subtitle"),
                ]
            ),
            html.Div(html.Span(className="badge index-badge"), className="card-badge"),
        ],
        className="card-head",
    )
    body = html.Div(
        [
            html.Div(graph, className="card-plot", **{"aria-hidden": "true"}),
            html.Div(className="card-empty", role="status"),
            html.P(className="card-alt sr-only"),
        ],
        className="card-body",
    )
    return html.Figure(
        [head, html.P(className="card-finding", **{"aria-live": "polite"}), body, _foot(name, lang)],
        id=f"card-{name}",
        className=f"card span-{span}",
        **{"data-kind": "index", "data-lang": lang, "data-chart": name},
    )


def _foot(name: str, lang: str) -> html.Figcaption:
    definition = html.Details(
        [
            html.Summary(t("action.definition", lang)),
            html.P(t(f"index.{name}_definition", lang, draws=f"{DRAWS:,}")),
            html.P(className="card-source"),
            report_button(lang),
        ],
        className="card-definition",
    )
    done = {"data-done": t("action.link_done", lang), "data-fail": t("action.fail", lang)}
    buttons = [
        html.Button(words, type="button", className="tool", **{"data-action": action, **done})
        for action, words in (
            ("png", "PNG"),
            ("svg", "SVG"),
            ("link", t("action.link", lang)),
            ("full", t("action.full", lang)),
        )
    ]
    files = [
        html.A(form.upper(), className="tool index-file", download=True, **{"data-form": form})
        for form in ("csv", "json")
    ]
    status = html.Span(className="tool-status", role="status", **{"aria-live": "polite"})
    tools = html.Div([*buttons[:2], *files, *buttons[2:], status], className="card-tools")
    return html.Figcaption([html.P(className="card-note"), definition, tools], className="card-foot")


def _table(lang: str) -> html.Details:
    return html.Details(
        [
            html.Summary(t("index.table", lang)),
            html.Div(id="index-table", className="table-page", tabIndex=0),
        ],
        className="panel index-panel",
        open=True,
    )


def _own(lang: str) -> html.Section:
    template = html.A(
        t("index.own_template", lang), href=at(f"/index/template.csv?lang={lang}"), className="tool", download=True
    )
    return html.Section(
        [
            html.H2(t("index.own_title", lang)),
            html.P([t("index.own_text", lang), " ", template]),
            html.Div(id="index-own", className="index-own"),
            html.Div(
                [
                    html.Button(t("index.own_use", lang), type="button", className="button", id="index-own-use"),
                    html.Button(t("index.own_drop", lang), type="button", className="tool", id="index-own-drop"),
                    html.Span(id="index-own-file"),
                ],
                className="index-own-bar",
            ),
            html.Div(id="index-own-status", className="index-own-status", role="status"),
            html.Div(id="index-own-columns"),
        ],
        className="panel index-panel",
    )


def _filled(lang: str) -> html.Section:
    return html.Section(
        [
            html.H2(t("index.fill_title", lang)),
            html.P(t("index.fill_text", lang)),
            html.Div(id="index-fill", className="table-page", tabIndex=0),
        ],
        className="panel index-panel",
    )


def _method(lang: str) -> html.Section:
    steps = ("data", "treat", "norm", "pillar", "sum", "firm", "limits")
    lines = [html.Li(t(f"index.step_{step}", lang, draws=f"{DRAWS:,}")) for step in steps]
    source = [t("index.handbook", lang), " ", html.A("doi:10.1787/9789264043466-en", href=HANDBOOK, rel="noreferrer")]
    return html.Section(
        [html.H2(t("index.method", lang)), html.Ol(lines), html.P(source)], className="panel prose index-panel"
    )
