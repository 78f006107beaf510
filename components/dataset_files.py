"""Files about data sets: takes a reader's, says how far they are, forgets them; contract, template, ledger."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from analytics import store, uploads
from analytics.contract import describe_contract
from analytics.errors import SnapshotError, UploadError
from analytics.snapshot import LEDGER_ROWS
from components.address import at
from components.files import as_csv, reader_language
from components.i18n import t
from components.problems import say_errors
from components.shell import path_of

FIELD = "files"
ROOM = 100_000  # bytes of a form beside its files
MOST_FILES = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSED = {"off": 403, "busy": 429, "empty": 400, "large": 413, "full": 507}

LOG = logging.getLogger("aim.uploads")

dataset_files = Blueprint("dataset_files", __name__)


@dataset_files.post("/upload")
def upload() -> Response:
    """Take the files of a form and start reading them."""
    now = uploads.settings()
    if not _is_ours():
        return _refuse("off")
    request.max_content_length = now.bytes + ROOM
    try:
        files = [(one.filename or "", one.stream) for one in request.files.getlist(FIELD)[:MOST_FILES] if one.filename]
        data = uploads.receive(files, now)
    except RequestEntityTooLarge:
        return _refuse("large")
    except UploadError as error:
        return _refuse(error.reason)
    except OSError as error:
        LOG.error("an upload was not kept: %s", error.strerror)  # its file name would hold the id, which is a key
        return _refuse("full")
    uploads.start(data)
    return jsonify({"id": data, "status": at(f"/upload/{data}.json")})


@dataset_files.get("/upload/<data>.json")
def how_far(data: str) -> Response:
    """Say how far a data set is, in the reader's language."""
    lang, found = reader_language(), uploads.status(data)
    if found is None:
        return _refuse("gone", 404)
    return jsonify({"state": found["state"], "text": _text(found, lang), **_outcome(data, found, lang)})


@dataset_files.post("/upload/<data>/delete")
def forget(data: str) -> Response:
    """Delete a data set for everybody."""
    if not _is_ours() or not uploads.delete(data):
        return _refuse("gone", 404)
    return jsonify({"state": "gone", "text": t("upload.deleted", reader_language())})


@dataset_files.get("/data/<data>/ledger.csv")
def ledger_rows(data: str) -> Response:
    """Send every row that was dropped or merged and every cell that was emptied."""
    path = store.snapshot(data).folder / LEDGER_ROWS if store.exists(data) else None
    if path is None or not path.exists():
        return _refuse("gone", 404)
    answer = Response(path.read_bytes(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    return answer


@dataset_files.get("/data/constraints.csv")
def constraints() -> Response:
    """Send what the reconstruction is held to, and what it reached."""
    return as_csv("constraints", store.tables()["constraints"])


@dataset_files.get("/data/contract.json")
def contract() -> Response:
    """Send the contract for a machine."""
    return jsonify(describe_contract())


@dataset_files.get("/data/template.xlsx")
def template() -> Response:
    """Send an empty workbook with headers and one example row a table."""
    # Here, not above: few ask for it, and what writes workbooks takes 20 MB of every worker.
    from analytics.template import write_template

    with TemporaryDirectory() as folder:
        content = write_template(Path(folder), "xlsx")[0].read_bytes()
    answer = Response(content, mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="template.xlsx"'
    return answer


def _is_ours() -> bool:
    """Tell whether a form was sent from a page of ours: another site must not load or delete."""
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def _refuse(reason: str, status: int | None = None) -> Response:
    megabytes = uploads.settings().bytes // 1_000_000
    text = t(f"upload.refused_{reason}", reader_language(), size=megabytes)
    answer = jsonify({"state": "refused", "text": text})
    answer.status_code = status or REFUSED[reason]
    return answer


def _text(found: dict[str, Any], lang: str) -> str:
    if found["state"] == uploads.FAILED:
        return t(f"upload.failed_{found['reason']}", lang)
    return t(f"upload.{found['state']}", lang)


def _outcome(data: str, found: dict[str, Any], lang: str) -> dict[str, Any]:
    """Give what the page shows beside the text: problems, or the way to the result."""
    if found["state"] == uploads.FAILED:
        return {"problems": say_errors(found["problems"], found.get("n_problems", 0), lang)}
    if found["state"] != uploads.DONE:
        return {"line": found.get("line", "")}
    try:
        rows = store.snapshot(data).manifest["dataset"]["rows"]
    except SnapshotError:
        return {}
    counts = t(
        "upload.counts", lang, firms=rows["firms"], organizations=rows["organizations"], relations=rows["relations"]
    )
    return {"line": counts, "open": f"{path_of('data', lang)}?data={data}", "delete": at(f"/upload/{data}/delete")}
