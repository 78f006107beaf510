"""Answers to plain links: a chart's rows as CSV or JSON, the list of charts, the map."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from analytics import store
from analytics.errors import SnapshotError, TooManyRelations
from analytics.filters import parse
from analytics.settings import value
from components.chart_card import redrawn
from components.charts import CHARTS
from components.charts.needs import too_many_said
from components.filter_bar import chips_html
from components.i18n import LANGUAGES, t
from components.sources import describe, keys_of, shown_rows, write_csv, write_json
from components.view import read_view

YEAR = 31_536_000  # seconds: the link holds the data version, so what it names never changes

files = Blueprint("files", __name__)


def reader_language() -> str:
    """Give the language that a request asks for: the path's or the link's, else the browser's."""
    first = request.path.split("/")[1]
    asked = first if first in LANGUAGES else request.args.get("lang", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or value("AIM_LANGUAGE")


@files.get("/data/index.json")
def index() -> Response:
    """List every chart with its sources, filters, options and links."""
    lang = reader_language()
    charts = [describe(spec, lang) for spec in CHARTS.values()]
    return jsonify({"data_version": store.manifest()["version"], "charts": charts})


@files.get("/data/facts.csv")
def facts() -> Response:
    """Send all published and derived numbers."""
    return as_csv("facts", store.facts().drop(columns="value").rename(columns={"printed": "value"}))


@files.get("/data/<chart>.<form>")
def chart_file(chart: str, form: str) -> Response:
    """Send the rows of one chart, the same as in the picture."""
    lang, spec = reader_language(), CHARTS.get(chart)
    if spec is None:
        return _refuse(404, t("state.no_chart", lang, chart=chart[:80]))
    if form not in ("csv", "json"):
        return _refuse(404, t("state.no_format", lang, format=form[:20]))
    filters, ignored = parse(request.args.to_dict(flat=False))
    option = spec.option(request.args.get("option"))
    used = filters.only((*spec.uses, "pin"))
    rows = shown_rows(spec.rows(used, option))
    if form == "csv":
        return as_csv(chart, rows)
    if request.args.get("option", option) != option:
        ignored = (*ignored, "option")
    ignored = (*ignored, *(key for key in filters.to_query() if key not in keys_of(spec)))
    return jsonify({**write_json(spec, rows, used, option, lang), "ignored": list(ignored)})


@files.get("/cards/<lang>.json")
def cards(lang: str) -> Response:
    """Send what changes in some cards of a page: `charts` names them, the rest of the query is the page's own."""
    lang = lang if lang in LANGUAGES else reader_language()
    view = read_view(lang, "", request.args)
    asked = dict.fromkeys(chart for chart in request.args.get("charts", "").split(",") if chart in CHARTS)
    return jsonify(
        {
            "cards": {chart: redrawn(chart, view) for chart in asked},
            "chips": chips_html(view.filters, lang),
            "query": view.filters.to_query(),
        }
    )


@files.get("/map/<version>.json")
def map_file(version: str) -> Response:
    """Send the map's shapes; `version` only makes the link change when the data does."""
    answer = Response(store.map_json(), mimetype="application/json")
    if version == store.manifest()["version"]:
        answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


@files.app_errorhandler(TooManyRelations)
def too_many(_error: TooManyRelations) -> Response:
    """Say in the reader's language that the data set is too large for this question."""
    return Response(f"{too_many_said(reader_language())}\n", 422, mimetype="text/plain")


@files.app_errorhandler(SnapshotError)
def no_snapshot(_error: SnapshotError) -> Response:
    """Say in the reader's language that the data are not ready; 503, as it will be mended."""
    lang = reader_language()
    return _refuse(503, f"{t('state.no_snapshot', lang)}. {t('state.no_snapshot_text', lang)}")


def as_csv(name: str, rows: Any) -> Response:
    """Send rows as a CSV file of that name."""
    answer = Response(write_csv(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _refuse(status: int, text: str) -> Response:
    return Response(text + "\n", status=status, mimetype="text/plain")
