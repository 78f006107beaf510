"""Serves the snapshot in force: read-only, cached, and never stale.

Looks whether `current` or a file of the snapshot has changed (a handful of `stat` calls), at most
every `CHECK_EVERY` seconds, and reads anew only then. A failure is not remembered: as soon as the snapshot is mended,
the next call succeeds.
"""

import io
import json
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from analytics.errors import SnapshotError
from analytics.snapshot import (
    CURRENT,
    FACTS,
    FOLDER,
    MANIFEST,
    MAP,
    ORIGIN,
    SCHEMA_VERSION,
    TABLES,
    checksum,
    output_files,
    snapshots_root,
    table_file,
)

REMEDY = "Run `python -m analytics build`."


@dataclass(frozen=True)
class Snapshot:
    """A whole snapshot in memory, every file of it verified."""

    name: str
    tables: dict[str, pd.DataFrame]
    origin: dict[str, Any]
    map_json: bytes
    manifest: dict[str, Any]


# What tells one state of the folder from another: root, name, (size, time, inode) by file.
Signature = tuple[Path, str, tuple[tuple[int, int, int], ...]]

# Seconds; one answer asks for tables a dozen times, and the look costs more than the answer.
CHECK_EVERY = 0.02
Made = TypeVar("Made")

_lock = threading.Lock()
_checked = 0.0
_cached: tuple[Signature, Snapshot] | None = None


def facts() -> pd.DataFrame:
    """Give the published numbers, one row a printed or derived number.

    Returns
    -------
    DataFrame
        `source`, `page`, `measure`, `item`, `item_zh`, `item_en`, `year` (Int64, <NA> where the
        report states none), `unit`, `value` (float64, in `unit`; percent is 0..100), `status`
        (printed or derived), `note`, `printed` (the value as printed). Strings are never NaN.
        Key: source, measure, item, year.

    Raises
    ------
    SnapshotError
        No snapshot, or a damaged one; so for every function of this module.
    """
    return _table(FACTS)


def provinces() -> pd.DataFrame:
    """Give the 34 provinces: `code` (GB/T 2260), `adcode`, `name_zh`, `fullname_zh`, `name_en`."""
    return _table("provinces")


def regions() -> pd.DataFrame:
    """Give the report's regions: `slug`, `name_zh`, `name_en`, `provinces` (`11;12;13`), `kind`."""
    return _table("regions")


def layers() -> pd.DataFrame:
    """Give the three technology layers: `slug`, `name_zh`, `name_en`."""
    return _table("layers")


def technologies() -> pd.DataFrame:
    """Give the 24 technologies: `slug`, `name_zh`, `name_en`, `active_2023` (bool)."""
    return _table("technologies")


def applications() -> pd.DataFrame:
    """Give the 20 applications: `slug`, `name_zh`, `name_en`."""
    return _table("applications")


def sections() -> pd.DataFrame:
    """Give the sections of GB/T 4754-2017: `code`, `industry`, `name_zh`, `name_en`."""
    return _table("sections")


def divisions() -> pd.DataFrame:
    """Give the manufacturing divisions of GB/T 4754-2017: `code`, `section`, two names."""
    return _table("divisions")


def origin() -> dict[str, Any]:
    """Give titles, publishers, dates (ISO text), citation and licence of the published numbers."""
    return json.loads(json.dumps(snapshot().origin))  # a copy, so the cache stays as it is


def manifest() -> dict[str, Any]:
    """Give `schema_version`, `version`, `built_at`, `inputs`, `outputs`, `rows`, `packages`."""
    return json.loads(json.dumps(snapshot().manifest))  # a copy, so the cache stays as it is


def map_json() -> bytes:
    """Give the map as UTF-8 JSON, ready to be sent."""
    return snapshot().map_json


def snapshot() -> Snapshot:
    """Give the snapshot in force, from the cache unless a file has changed."""
    global _cached, _checked
    found = _cached  # read once: another thread may be changing it
    if found is not None and time.monotonic() - _checked < CHECK_EVERY:
        return found[1]
    root = snapshots_root()
    with _lock:
        signature = _signature(root)
        if _cached is None or _cached[0] != signature:
            _cached = (signature, read_snapshot(root))
        _checked = time.monotonic()
        return _cached[1]


def per_snapshot(make: Callable[..., Made]) -> Callable[..., Made]:
    """Remember what `make` gives until the snapshot changes; for few, hashable arguments only."""
    kept: tuple[Snapshot | None, dict[Hashable, Made]] = (None, {})

    @wraps(make)
    def remembered(*args: Hashable) -> Made:
        nonlocal kept
        now = snapshot()
        of, made = kept  # read once: another thread may be changing it
        if of is not now:
            kept = (now, made := {})
        if args not in made:
            made[args] = make(*args)
        return made[args]

    return remembered


def read_snapshot(root: Path) -> Snapshot:
    """Read and verify the snapshot in force in `root`, without the cache.

    Raises
    ------
    SnapshotError
        `current` or a file is missing, a checksum differs, or the schema is another one.
    """
    name = _current(root)
    try:
        return _load(root / name)
    except SnapshotError:
        # A build may have switched over, and cleared this folder, between the two reads.
        later = _current(root)
        if later == name:
            raise
        return _load(root / later)


def _table(name: str) -> pd.DataFrame:
    # Shallow: pandas copies on write, so a caller that changes its frame changes nothing here.
    return snapshot().tables[name].copy(deep=False)


def _current(root: Path) -> str:
    path = root / CURRENT
    try:
        name = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError("There is no snapshot", path, REMEDY) from error
    if not FOLDER.fullmatch(name):
        raise SnapshotError("The file names no snapshot", path, REMEDY)
    return name


def _signature(root: Path) -> Signature:
    name = _current(root)
    return root, name, tuple(_state(root / name / file) for file in (MANIFEST, *output_files()))


def _state(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (-1, -1, -1)  # the reading that follows says what is missing
    return found.st_size, found.st_mtime_ns, found.st_ino


def _load(folder: Path) -> Snapshot:
    manifest = _read_manifest(folder)
    files = {name: _verified(folder / name, manifest["outputs"]) for name in output_files()}
    tables = {name: _frame(files[table_file(name)]) for name in TABLES}
    return Snapshot(folder.name, tables, json.loads(files[ORIGIN]), files[MAP], manifest)


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(_read(path))
        found, _ = manifest["schema_version"], dict(manifest["outputs"])
    except (ValueError, KeyError, TypeError) as error:
        raise SnapshotError("The snapshot's manifest is damaged", path, REMEDY) from error
    if found != SCHEMA_VERSION:
        reason = f"The snapshot has schema {found}, this program reads {SCHEMA_VERSION}"
        raise SnapshotError(reason, path, REMEDY)
    return manifest


def _verified(path: Path, sums: dict[str, str]) -> bytes:
    content = _read(path)
    if checksum(content) != sums.get(path.name):
        raise SnapshotError("A file of the snapshot is damaged", path, REMEDY)
    return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SnapshotError("A file of the snapshot is missing", path, REMEDY) from error


def _frame(content: bytes) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(content), engine="pyarrow")
