"""Reads a snapshot from its folder and verifies every file of it."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.errors import SnapshotError
from analytics.measures.coding import HELD, coded
from analytics.snapshot import (
    BULK,
    CURRENT,
    FOLDER,
    MANIFEST,
    MAP,
    ORIGIN,
    SCHEMA_VERSION,
    TABLES,
    checksum,
    file_checksum,
    output_files,
    table_file,
)

REMEDY = "Run `python -m analytics build`."

# What tells one state of the folder from another: root, name, (size, time, inode) by file.
Signature = tuple[Path, str, tuple[tuple[int, int, int], ...]]


@dataclass(frozen=True)
class Snapshot:
    """A whole snapshot in memory but for the bulk tables, every file of it verified."""

    name: str
    folder: Path
    tables: dict[str, pd.DataFrame]
    origin: dict[str, Any]
    map_json: bytes
    manifest: dict[str, Any]


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


def _current(root: Path) -> str:
    path = root / CURRENT
    try:
        name = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError("There is no snapshot", path, REMEDY) from error
    if not FOLDER.fullmatch(name):
        raise SnapshotError("The file names no snapshot", path, REMEDY)
    return name


def signature(root: Path) -> Signature:
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
    sums = manifest["outputs"]
    files = {name: _verified(folder / name, sums) for name in (*map(table_file, TABLES), ORIGIN, MAP)}
    for table in BULK:
        _check_bulk(folder / table_file(table), sums)
    tables = {name: coded(name, _frame(files[table_file(name)], HELD.get(name))) for name in TABLES}
    return Snapshot(folder.name, folder, tables, json.loads(files[ORIGIN]), files[MAP], manifest)


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


def _check_bulk(path: Path, sums: dict[str, str]) -> None:
    try:
        found = file_checksum(path)
    except OSError as error:
        raise SnapshotError("A file of the snapshot is missing", path, REMEDY) from error
    if found != sums.get(path.name):
        raise SnapshotError("A file of the snapshot is damaged", path, REMEDY)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SnapshotError("A file of the snapshot is missing", path, REMEDY) from error


def _frame(content: bytes, columns: tuple[str, ...] | None) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(content), engine="pyarrow", columns=list(columns) if columns else None)
