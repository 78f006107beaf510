"""Where does the report contradict itself, and how far is every printed number from the computed one?"""

from urllib.parse import urlencode

from dash import html

from components.address import at
from components.audit_list import grades, summary
from components.audit_table import compared
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
        html.Li([words, *(_link(at(f"/data/{name}.{form}?{query}"), form) for form in ("csv", "json"))])
        for name, words in said.items()
    ]
    return html.Section(
        [html.H2(t("audit.download", lang)), html.Ul(lines, className="audit-files")], className="panel"
    )


def _link(href: str, form: str) -> html.A:
    way = {"download": True} if form == "csv" else {"target": "_blank"}
    return html.A(form.upper(), href=href, className="tool", **way)
