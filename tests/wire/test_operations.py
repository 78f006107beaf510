"""What operators rely on: headers, health, readiness, counts, log lines; nothing tells who asked."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from analytics.snapshot import repository
from app import server
from components import watch
from components.chart_card import made
from components.log_lines import JsonLines, log_settings
from components.protection import content_policy

READER = server.test_client()
PAGES = ("/zh/", "/en/explorer", "/data/index.json", "/nothing/here", "/health", "/status")


def policy(path: str) -> dict[str, str]:
    said = READER.get(path).headers["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in said.split("; "))


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_protected(path: str) -> None:
    answer, parts = READER.get(path), policy(path)
    assert "unsafe" not in parts["script-src"] and "http" not in parts["script-src"]
    assert parts["default-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["X-Frame-Options"] == "DENY"
    assert {"Referrer-Policy", "Permissions-Policy", "X-Request-ID"} <= set(answer.headers.keys())
    assert "Strict-Transport-Security" not in answer.headers


def test_tls_is_remembered_by_browsers() -> None:
    assert "max-age=" in READER.get("/zh/", base_url="https://a.example").headers["Strict-Transport-Security"]


def test_a_stranger_cannot_claim_tls() -> None:
    answer = READER.get("/zh/", headers={"X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" not in answer.headers


def test_frames_of_named_sites() -> None:
    assert content_policy([], "https://a.example").endswith("frame-ancestors https://a.example")


def test_health_and_readiness(no_data: str) -> None:
    assert READER.get("/health").status_code == 200, "a bad build must not restart the server"
    answer = READER.get("/ready")
    assert answer.status_code == 503 and answer.json["remedy"]


def test_ready() -> None:
    assert READER.get("/ready").json["status"] == "ready"


def test_counts_by_route_and_chart() -> None:
    made.cache_clear()
    answers = [READER.get("/cards/en.json?charts=founding&province=11") for _ in range(2)]
    assert [one.status_code for one in (*answers, READER.get("/no/such/page"))] == [200, 200, 404]
    text = READER.get("/metrics").text
    found = {one.name: one for one in text_string_to_metric_families(text)}
    assert {"aim_requests", "aim_request_seconds", "aim_chart_seconds", "aim_datasets"} <= found.keys()
    cards = {one.labels["how"]: one.value for one in found["aim_cards"].samples if one.name == "aim_cards_total"}
    assert cards["asked"] > cards["made"] > 0
    assert [one for one in found["aim_chart_seconds"].samples if one.labels["chart"] == "founding"]
    assert "no/such/page" not in text and "province=" not in text


def test_metrics_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIM_METRICS", "off")
    assert [READER.get(path).status_code for path in ("/metrics", "/status")] == [404, 404]


def test_a_line_of_the_log_says_no_more_than_it_should(caplog: pytest.LogCaptureFixture) -> None:
    secret = "A" * 22
    with caplog.at_level(logging.INFO, logger="aim.calls"):
        READER.get(f"/upload/{secret}.json?lang=en&name=me", headers={"User-Agent": "mine"}, environ_base=ADDRESS)
    line = JsonLines().format(caplog.records[-1])
    said = json.loads(line)
    assert said["path"] == "/upload/<data>.json" and said["status"] == 404 and said["method"] == "GET"
    assert {"time", "level", "logger", "message", "request_id", "ms"} <= said.keys()
    assert not [one for one in (secret, "name=me", "mine", ADDRESS["REMOTE_ADDR"]) if one in line]


ADDRESS = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.mark.parametrize("given", ["x", "a b c d e f", "<script>1</script>", "a" * 65])
def test_a_request_id_is_taken_only_in_its_form(given: str) -> None:
    assert READER.get("/health", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given
    assert READER.get("/health", headers={"X-Request-ID": "0123abcd"}).headers["X-Request-ID"] == "0123abcd"


def test_gunicorns_own_lines_of_calls_are_off() -> None:
    assert log_settings("info")["loggers"]["gunicorn.access"]["level"] == "CRITICAL"


def test_no_trace_reaches_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bytes:
        raise RuntimeError("inside /etc/secret")

    monkeypatch.setattr("components.operations.metrics_text", fail)
    answer = READER.get("/metrics")
    assert answer.status_code == 500 and "secret" not in answer.text and "Traceback" not in answer.text


def test_a_wrong_setting_stops_the_start() -> None:
    command = [sys.executable, "-m", "gunicorn", "app:server", "--config", "gunicorn.conf.py"]
    done = subprocess.run(
        command, cwd=repository(), env={"AIM_PORT": "x", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert done.returncode != 0 and "AIM_PORT is 'x'; it must be a whole number from 1 to 65535" in done.stderr


def test_counts_are_summed_where_the_processes_leave_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(watch.FOLDER, str(tmp_path))
    assert watch.metrics_text() == b""
