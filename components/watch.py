"""Counts, times and logs every call; nothing of it tells who asked or what a link's query said."""

import logging
import os
import re
import time
from collections.abc import Iterable
from uuid import uuid4

from flask import Flask, Response, g, request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from components.charts import CHARTS
from components.log_lines import FIELDS

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # set by gunicorn.conf.py: the processes' counts lie there
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
OWN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
SEVERAL = "several"
LONGEST_PATH = 200
LOG = logging.getLogger("aim.calls")

REQUESTS = Counter("aim_requests", "Answers by route, method and status", ("route", "method", "status"))
SECONDS = Histogram("aim_request_seconds", "Seconds to an answer by route", ("route",), buckets=BOUNDS)
CHART_SECONDS = Histogram("aim_chart_seconds", "Seconds to an answer by chart", ("chart",), buckets=BOUNDS)
CARDS = Counter("aim_cards", "Cards that were asked for, and made as no cache held them", ("how",))
ERRORS = Counter("aim_errors", "Answers with a status of 500 and above by route", ("route",))


def watch(server: Flask) -> None:
    """Count and log the calls of a server; call it before other things answer first."""
    server.before_request(_begin)
    server.after_request(_end)


def _begin() -> None:
    g.begun = time.perf_counter()
    asked = request.headers.get("X-Request-ID", "")
    g.request_id = asked if OWN_ID.fullmatch(asked) else uuid4().hex


def _end(answer: Response) -> Response:
    seconds, route = time.perf_counter() - g.begun, route_of_call()
    method = request.method if request.method in METHODS else "other"
    answer.headers["X-Request-ID"] = g.request_id
    _count(route, method, answer.status_code, seconds)
    fields = {
        "request_id": g.request_id,
        "method": method,
        "path": path_of_call(),
        "status": answer.status_code,
        "ms": round(seconds * 1e3, 1),
    }
    LOG.info("call", extra={FIELDS: fields})
    return answer


def _count(route: str, method: str, status: int, seconds: float) -> None:
    REQUESTS.labels(route, method, status).inc()
    SECONDS.labels(route).observe(seconds)
    if status >= 500:
        ERRORS.labels(route).inc()
    if chart := chart_of_call():
        CHART_SECONDS.labels(chart).observe(seconds)


def route_of_call() -> str:
    """Give the rule that answers: strangers cannot make new ones up."""
    return request.url_rule.rule if request.url_rule else "none"


def path_of_call() -> str:
    """Give the path without its query; the id of a reader's data set is a key to it and stays out."""
    secret = (request.view_args or {}).get("data")
    path = request.path.replace(secret, "<data>") if secret else request.path
    return path[:LONGEST_PATH]


def chart_of_call() -> str:
    """Name the chart that a call asks for; `several` for more than one, nothing for none."""
    one = (request.view_args or {}).get("chart", "")
    asked = {one, *request.args.get("charts", "").split(",")} & CHARTS.keys()
    return asked.pop() if len(asked) == 1 else SEVERAL if asked else ""


def _registry() -> CollectorRegistry:
    if FOLDER not in os.environ:
        return REGISTRY
    summed = CollectorRegistry()
    MultiProcessCollector(summed)  # type: ignore[no-untyped-call]
    return summed


def metrics_text() -> bytes:
    """Write all counts in Prometheus' text format, summed over the processes."""
    return generate_latest(_registry())


def measured() -> Iterable[Metric]:
    """Give all counts, summed over the processes."""
    return _registry().collect()
