"""Answers to plain links: the findings, and the printed numbers beside the computed ones, as CSV or JSON."""

from typing import Any

import pandas as pd
from flask import Blueprint, Response, jsonify, request

from analytics import store
from analytics.audit.reports import records
from analytics.filters import parse
from components.audit_data import comparison, findings
from components.audit_words import sentence
from components.files import reader_language
from components.i18n import t
from components.sources import write_csv

audit_files = Blueprint("audit_files", __name__)


@audit_files.get("/data/audit_findings.csv")
def findings_csv() -> Response:
    """Send what the report does not bear out, one row a finding."""
    return _csv("audit_findings", _findings(reader_language()))


@audit_files.get("/data/audit_findings.json")
def findings_json() -> Response:
    """Send the same rows with what is needed to cite them."""
    return _json(_findings(reader_language()))


@audit_files.get("/data/audit.csv")
def comparison_csv() -> Response:
    """Send every printed number beside the computed one."""
    return _csv("audit", comparison(_data()))


@audit_files.get("/data/audit.json")
def comparison_json() -> Response:
    """Send the same rows with what is needed to cite them."""
    data = _data()
    return _json(comparison(data), dataset=store.snapshot(data).manifest["dataset"])


def _findings(lang: str) -> pd.DataFrame:
    rows = findings().drop(columns="holds")
    said = [sentence(row, lang) for row in rows.to_dict("records")]
    rules = rows["rule"].map({rule: t(f"rule.{rule}", lang) for rule in rows["rule"].unique()})
    return rows.assign(sentence=said, rule_text=rules)


def _data() -> str:
    """Give the id of the data set that the link names, the one in use for all where it names none."""
    return parse(request.args.to_dict(flat=False)).filters.data


def _csv(name: str, rows: pd.DataFrame) -> Response:
    answer = Response(write_csv(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _json(rows: pd.DataFrame, **more: Any) -> Response:
    lang = reader_language()
    cited = {"data_version": store.manifest()["version"], "citation": store.origin()["citation"][lang]}
    return jsonify({**cited, **more, "rows": records(rows)})
