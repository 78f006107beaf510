"""Readers' own data sets: kept behind an unguessable id, built in a process of their own, deletable.

A data set's folder holds the files as they came (until they are read), `status.json`, and then
snapshots like any other root.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from analytics.errors import DataError, UploadError
from analytics.settings import value
from analytics.snapshot import DATASET, repository, root_of, uploads_root
from analytics.snapshot_files import write_file

if TYPE_CHECKING:
    from analytics.ingest import Limits

INCOMING, STATUS = "incoming", "status.json"
RUNNING, DONE, FAILED = "running", "done", "failed"
MOST_AT_ONCE = 2  # builds; a third reader is asked to wait
GRACE = 60.0  # seconds past the limit after which a build that says nothing is taken for dead
CHUNK = 1 << 20
SUFFIXES = (".csv", ".txt", ".tsv", ".parquet", ".xlsx")
LONGEST_NAME = 80
LONGEST_CELL = 2_000  # characters of a bad cell that are kept
NUMBERS = ("bytes", "rows", "seconds", "kept")


@dataclass(frozen=True)
class Settings:
    """What readers may load, from the environment.

    Attributes
    ----------
    enabled : bool
        AIM_UPLOAD, `on` or `off`.
    bytes, rows, seconds : int
        AIM_UPLOAD_BYTES, AIM_UPLOAD_ROWS, AIM_UPLOAD_SECONDS.
    kept : int
        AIM_UPLOAD_KEPT: data sets; the oldest goes when one more comes.
    """

    enabled: bool
    bytes: int
    rows: int
    seconds: int
    kept: int

    def limits(self) -> "Limits":
        """Give what reading the files may cost."""
        # Here, not above: the web's own processes never read tables, and the engine is 60 MB.
        from analytics.ingest import Limits

        return Limits(bytes=self.bytes, rows=self.rows, seconds=float(self.seconds))


def settings() -> Settings:
    """Read the settings.

    Raises
    ------
    ValueError
        A variable holds what it must not; the text names it.
    """
    return Settings(value("AIM_UPLOAD"), **{name: value(f"AIM_UPLOAD_{name.upper()}") for name in NUMBERS})


def receive(files: Iterable[tuple[str, IO[bytes]]], now: Settings) -> str:
    """Keep what a reader sends and give its id; nothing is kept when anything is wrong.

    Raises
    ------
    UploadError
        `off`, `busy`, `empty` or `large`.
    OSError
        The disk is full, or cannot be written.
    """
    if not now.enabled:
        raise UploadError("off")
    if len(_running(now)) >= MOST_AT_ONCE:
        raise UploadError("busy")
    data = secrets.token_urlsafe(16)
    folder = root_of(data) / INCOMING
    folder.mkdir(parents=True)
    try:
        if _keep(files, folder, now.bytes) == 0:
            raise UploadError("empty")
        say(data, state=RUNNING, started=time.time(), line="")
    except BaseException:
        shutil.rmtree(root_of(data), ignore_errors=True)
        raise
    _clear_old(now.kept, data)
    return data


def _keep(files: Iterable[tuple[str, IO[bytes]]], folder: Path, most: int) -> int:
    count, left = 0, most
    for name, stream in files:
        path = folder / safe_name(name, count)
        with open(path, "xb") as handle:
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise UploadError("large")
                handle.write(chunk)
        count += 1
    return count


def safe_name(name: str, number: int) -> str:
    """Give a file name that cannot leave its folder; the stem stays, as it tells the table."""
    stem, suffix = os.path.splitext(name.replace("\\", "/").rpartition("/")[2])
    suffix = suffix.lower() if suffix.lower() in SUFFIXES else ".csv"
    kept = "".join(letter for letter in stem if letter.isalnum() or letter in " -_")[:LONGEST_NAME].strip()
    return f"{kept or f'table{number}'}{suffix}"


def start(data: str) -> None:
    """Read and build a data set in a process of its own."""
    command = [sys.executable, "-m", "analytics.loading", data]
    subprocess.Popen(command, cwd=repository(), stdin=subprocess.DEVNULL, start_new_session=True)


def say(data: str, **words: Any) -> None:
    """Write down how far a data set is; readers of the file see the old or the new words."""
    path = root_of(data) / STATUS
    old = json.loads(path.read_text("utf-8")) if path.exists() else {}
    fresh = path.with_name(f".{STATUS}.{os.getpid()}")
    write_file(fresh, json.dumps({**old, **words}, ensure_ascii=False).encode())
    os.replace(fresh, path)


def status(data: str) -> dict[str, Any] | None:
    """Give how far a data set is, or None where there is none."""
    if not DATASET.fullmatch(data):
        return None
    try:
        found = dict(json.loads((root_of(data) / STATUS).read_text("utf-8")))
    except (OSError, ValueError):
        return None
    late = found["state"] == RUNNING and time.time() - found["started"] > settings().seconds + GRACE
    return {**found, "state": FAILED, "problems": [], "reason": "lost"} if late else found


def states() -> dict[str, int]:
    """Count the data sets that are kept by the state of their build."""
    found = [(status(path.name) or {}).get("state") for path in _all()]
    return {state: found.count(state) for state in (RUNNING, DONE, FAILED)}


def delete(data: str) -> bool:
    """Delete a data set for good; tell whether there was one."""
    if not DATASET.fullmatch(data) or not root_of(data).is_dir():
        return False
    shutil.rmtree(root_of(data), ignore_errors=True)
    return True


def problems_of(error: Exception) -> list[list[Any]]:
    """Give what is wrong with the files as JSON-able lists: see `analytics.errors.ErrorInfo`.

    Of each cell no more than can be said: one of fifty megabytes must not come back as a status.
    """
    found = [error] if isinstance(error, DataError) else list(getattr(error, "problems", ()))
    return [list(one.info._replace(value=one.info.value and one.info.value[:LONGEST_CELL])) for one in found]


def count_problems(error: Exception) -> int:
    """Count what is wrong with the files, more than are kept among it."""
    return int(getattr(error, "n_problems", 1))


def _all() -> list[Path]:
    root = uploads_root()
    return [path for path in root.iterdir() if DATASET.fullmatch(path.name)] if root.is_dir() else []


def _running(now: Settings) -> list[str]:
    return [path.name for path in _all() if (status(path.name) or {}).get("state") == RUNNING]


def _clear_old(kept: int, newest: str) -> None:
    paths = sorted(_all(), key=lambda path: (path.name == newest, path.stat().st_mtime), reverse=True)
    for path in paths[kept:]:
        delete(path.name)
