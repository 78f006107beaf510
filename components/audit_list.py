"""The findings as a list to read, grouped by grade, and the rules that made them."""

from typing import Any

import pandas as pd
from dash import html

from analytics.audit import GRADES
from components.audit_data import checks, findings
from components.audit_words import (
    SIGNED,
    badge_of_counterpart,
    badge_of_print,
    number,
    places,
    sentence,
    signed_difference,
)
from components.i18n import t
from components.table import table


def summary(lang: str) -> html.Section:
    """Give how much was checked and how much does not hold, a tile for each grade."""
    rows, every = findings(), checks()
    counts = {
        "n_rules": every["rule"].nunique(),
        "n_checks": f"{len(every):,}",
        "n_held": f"{len(every) - len(rows):,}",
        "n_findings": len(rows),
    }
    tiles = [_tile(grade, int((rows["grade"] == grade).sum()), lang) for grade in GRADES]
    return html.Section(
        [
            html.Nav(tiles, className="audit-tiles", **{"aria-label": t("page.audit.title", lang)}),
            html.P(t("audit.summary", lang, **counts), className="audit-summary"),
            html.P(t("audit.scope", lang), className="audit-scope"),
            _rules(every, lang),
        ]
    )


def _tile(grade: str, count: int, lang: str) -> html.A:
    return html.A(
        [
            html.Strong(str(count), className="audit-count"),
            html.Span(t(f"grade.{grade}", lang), className="audit-grade-name"),
            html.Em(t(f"grade_text.{grade}", lang), className="kpi-note"),
        ],
        href=f"#audit-{grade}",
        className=f"audit-tile audit-{grade}",
    )


def _rules(every: pd.DataFrame, lang: str) -> html.Details:
    counted = every.groupby("rule", sort=False)["holds"].agg(["size", "sum"])
    lines = [
        [t(f"rule.{rule}", lang), f"{size:,}", f"{size - held:,}" if size > held else "–"]
        for rule, size, held in counted.itertuples(name=None)
    ]
    found = table(["rule", "n_checks", "n_findings"], lines, lang)
    inside = html.Div(found, className="table-page", tabIndex=0)
    return html.Details([html.Summary(t("audit.rules", lang)), inside], className="audit-rules")


def grades(lang: str) -> list[html.Section]:
    """Give one section for each grade that has findings."""
    rows = findings()
    groups = {grade: rows[rows["grade"] == grade] for grade in GRADES}
    return [_grade(grade, group, lang) for grade, group in groups.items() if len(group)]


def _grade(grade: str, rows: pd.DataFrame, lang: str) -> html.Section:
    heading = html.H2([t(f"grade.{grade}", lang), " ", html.Span(str(len(rows)), className="audit-number-of")])
    entries = [_finding(row, lang) for row in rows.to_dict("records")]
    return html.Section(
        [heading, html.P(t(f"grade_text.{grade}", lang)), html.Ol(entries, className="audit-list")],
        className="panel audit-panel",
        id=f"audit-{grade}",
    )


def _finding(row: dict[Any, Any], lang: str) -> html.Li:
    grade = row["grade"]
    badge = html.Span(t(f"grade.{grade}", lang), className=f"audit-badge audit-{grade}")
    where = html.Div([badge, html.Span(places(row, lang), className="audit-place")], className="audit-where")
    return html.Li([where, _said(row, lang), _numbers(row, lang)], className="audit-finding", id=row["id"])


def _said(row: dict[Any, Any], lang: str) -> html.Div:
    """Say what does not hold, in the report's words where it is about words, and by which rule."""
    rule, said, words = row["rule"], sentence(row, lang), row["quote_zh"]
    quote = [html.Q(words, lang="zh-CN", className="audit-quote")] if words and words not in said else []
    made = html.P(
        [t("audit.by_rule", lang, rule=t(f"rule.{rule}", lang)), html.Code(row["formula"], className="audit-formula")],
        className="audit-rule",
    )
    return html.Div([html.P(said, className="audit-sentence"), *quote, made])


def _numbers(row: dict[Any, Any], lang: str) -> html.Dl:
    signed = row["rule"] in SIGNED
    printed, computed = (number(row[name], row["unit"], signed) for name in ("printed", "computed"))
    pairs = [
        _pair(t("audit.as_printed", lang), badge_of_print(row), printed, lang),
        _pair(t("audit.held_against", lang), badge_of_counterpart(row), computed, lang),
    ]
    if difference := signed_difference(row, lang):
        label = html.Dt(t("audit.difference", lang))
        pairs.append(html.Div([label, html.Dd(difference)], className="audit-pair"))
    return html.Dl(pairs, className="audit-numbers")


def _pair(label: str, badge: str, text: str, lang: str) -> html.Div:
    mark = html.Span(t(f"badge.{badge}", lang), className=f"badge badge-{badge}")
    return html.Div([html.Dt([label, " ", mark]), html.Dd(text)], className="audit-pair")
