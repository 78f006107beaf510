"""What operators ask: is it alive, is it ready, how is it doing. Plain English pages, no reader sees them."""

from html import escape

from flask import Blueprint, Response, abort, jsonify

from analytics import store, uploads
from analytics.errors import SnapshotError
from analytics.settings import value
from analytics.snapshot import SCHEMA_VERSION
from components.watch import measured, metrics_text

operations = Blueprint("operations", __name__)
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@operations.get("/health")
def health() -> Response:
    """Say that the process answers; no data are looked at, so that a bad build does not restart it for ever."""
    return _fresh(jsonify({"status": "ok"}))


@operations.get("/ready")
def ready() -> Response:
    """Say whether the snapshot can be read; 503 where it cannot, and a proxy should not send readers here."""
    try:
        version = store.manifest()["version"]
    except SnapshotError as error:
        answer = _fresh(jsonify({"status": "not ready", "reason": error.reason, "remedy": error.remedy}))
        answer.status_code = 503
        return answer
    return _fresh(jsonify({"status": "ready", "data_version": version}))


@operations.get("/metrics")
def metrics() -> Response:
    """Send counts and times to Prometheus."""
    _refuse_when_off()
    states = "".join(f'aim_datasets{{state="{state}"}} {count}\n' for state, count in uploads.states().items())
    told = f"# HELP aim_datasets Readers' data sets by the state of their build\n# TYPE aim_datasets gauge\n{states}"
    return _fresh(Response(metrics_text() + told.encode(), content_type=TEXT))


@operations.get("/status")
def status() -> Response:
    """Show versions, data sets, and calls by route."""
    _refuse_when_off()
    rows = [*_snapshot_rows(), *((f"data sets, {state}", str(count)) for state, count in uploads.states().items())]
    parts = [_table(("what", "value"), rows), _table(("route", "answers", "errors", "mean ms"), _route_rows())]
    page = f'<!DOCTYPE html><html lang="en"><title>Status</title><h1>Status</h1>{"".join(parts)}</html>'
    return _fresh(Response(page, mimetype="text/html"))


def _snapshot_rows() -> list[tuple[str, str]]:
    try:
        manifest = store.manifest()
    except SnapshotError as error:
        return [("snapshot", str(error))]
    told = {"data version": manifest["version"], "built": manifest["built_at"], "schema": SCHEMA_VERSION}
    return [(name, str(one)) for name, one in told.items()]


def _route_rows() -> list[tuple[str, ...]]:
    """Sum the counts by route, the most asked first."""
    found: dict[str, dict[str, float]] = {}
    for metric in measured():
        for sample in metric.samples:
            if (route := sample.labels.get("route")) is not None:
                row = found.setdefault(route, {})
                row[sample.name] = row.get(sample.name, 0) + sample.value
    ranked = sorted(found.items(), key=lambda item: -item[1].get("aim_request_seconds_count", 0))
    return [(route, *_cells(row)) for route, row in ranked]


def _cells(row: dict[str, float]) -> tuple[str, str, str]:
    count = row.get("aim_request_seconds_count", 0)
    mean = row.get("aim_request_seconds_sum", 0) / count * 1e3 if count else 0.0
    return f"{count:.0f}", f"{row.get('aim_errors_total', 0):.0f}", f"{mean:.1f}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows]
    return f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>{''.join(lines)}</table>"


def _refuse_when_off() -> None:
    if not value("AIM_METRICS"):
        abort(404)


def _fresh(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
