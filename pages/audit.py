"""Where does the report contradict itself, and how far is every printed number from the computed one?"""

from typing import Any
from urllib.parse import urlencode

from dash import Input, Output, State, callback, html

from analytics.filters import parse
from components.audit_data import comparison
from components.audit_list import grades, summary
from components.audit_table import chosen, compared, narrowed
from components.i18n import t
from components.shell import shell
from components.view import View


def layout(view: View) -> html.Div:
    """Give the page as the view asks for it."""
    lang, data = view.lang, view.filters.data
    return shell(view, [summary(lang), *grades(lang), compared(data, lang), _files(data, lang)])


def _files(data: str, lang: str) -> html.Section:
    query = urlencode({"lang": lang, **({"data": data} if data else {})})
    said = {"audit_findings": t("audit.findings_file", lang), "audit": t("audit.comparison_file", lang)}
    lines = [
        html.Li([words, *(_link(f"/data/{name}.{form}?{query}", form) for form in ("csv", "json"))])
        for name, words in said.items()
    ]
    return html.Section(
        [html.H2(t("audit.download", lang)), html.Ul(lines, className="audit-files")], className="panel"
    )


def _link(href: str, form: str) -> html.A:
    way = {"download": True} if form == "csv" else {"target": "_blank"}
    return html.A(form.upper(), href=href, className="tool", **way)


@callback(
    Output("audit-table", "children"),
    Input("audit-search", "value"),
    Input("audit-source", "value"),
    Input("audit-state", "value"),
    State("lang", "data"),
    State("dataset", "data"),
    prevent_initial_call=True,
)
def narrow(query: Any, source: Any, state: Any, lang: Any, dataset: Any) -> Any:
    """Show the printed numbers of a place and an outcome that hold the words asked for."""
    lang = lang if lang in ("zh", "en") else "zh"
    data = parse({"data": dataset}).filters.data
    return narrowed(chosen(comparison(data), query, source, state, lang), data, lang)
