"""Builds a snapshot: checks the committed data, writes it beside the old one, then switches over.

A build that fails or is killed leaves the snapshot in force as it was.
"""

import io
import json
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.audit import check, read_statements
from analytics.dataset import VERSION_DIGITS, Maker, dataset_version, write_dataset
from analytics.editions import check_editions, clean_editions, read_editions
from analytics.engines import connect
from analytics.errors import BuildError, SnapshotError
from analytics.makers import Reconstruction
from analytics.published import check_facts, clean_facts, read_facts, read_origin
from analytics.settings import value
from analytics.snapshot import (
    BULK,
    CHECKS,
    CURRENT,
    EDITIONS,
    FACTS,
    LEDGER_ROWS,
    LEDGER_TABLE,
    MANIFEST,
    MAP,
    ORIGIN,
    ROLLED_UP,
    SCHEMA_VERSION,
    TAXONOMY,
    checksum,
    file_checksum,
    repository,
    snapshots_root,
    table_file,
)
from analytics.snapshot_files import (
    build_lock,
    put_in_force,
    remove_old,
    temporary_folder,
    write_file,
)
from analytics.snapshot_reading import Snapshot, read_snapshot
from analytics.taxonomy import read_taxonomy

PACKAGES = ("pandas", "pyarrow", "ibis-framework", "duckdb", "numba", "scipy")
BOUNDARIES = "AIM_BOUNDARIES"  # setting: a boundary file of the deployer's own
MEMORY = "AIM_BUILD_MEMORY"  # setting: what the engine may hold
LOCK_TIMEOUT = 120.0  # seconds; a build of the reconstruction takes under sixty

STATEMENTS = "statements.csv"
EARLIER = "earlier_editions.csv"
SPILL = ".spill"  # where the engine puts what does not fit into memory
MapBuilder = Callable[[Path | None], dict[str, Any]]


@dataclass(frozen=True)
class Inputs:
    """The checked data in memory: tables by name, the origin, checksums by input file."""

    tables: dict[str, pd.DataFrame]
    origin: dict[str, Any]
    checksums: dict[str, str]


def read_inputs(data: Path, boundaries: Path | None = None) -> Inputs:
    """Read and check everything that a snapshot is made of.

    Parameters
    ----------
    data : Path
        Holds `published/`, `taxonomy/` and, for the map, `geo/`.
    boundaries : Path, optional
        A file of boundaries to draw instead of those in `geo/`; by default the one that the
        setting AIM_BOUNDARIES names, if any. It counts as an input.

    Raises
    ------
    DataErrors
        With every problem of the first table that has any.
    """
    taxonomy = read_taxonomy(data / "taxonomy")
    facts = read_facts(data / "published" / "facts.csv")
    check_facts(facts, taxonomy)
    origin = read_origin(data / "published" / "origin.toml", len(facts))
    statements = read_statements(data / "published" / STATEMENTS)
    clean = clean_facts(facts)
    editions = read_editions(data / "published" / EARLIER)
    check_editions(editions, clean)
    tables = {FACTS: clean, EDITIONS: clean_editions(editions), **taxonomy, CHECKS: check(clean, taxonomy, statements)}
    return Inputs(tables, origin, _input_checksums(data, boundaries))


def build_snapshot(
    root: Path | None = None,
    data: Path | None = None,
    boundaries: Path | None = None,
    build_map: MapBuilder | None = None,
    maker: Maker | None = None,
    say: Callable[[str], None] = print,
    lock_timeout: float = LOCK_TIMEOUT,
) -> dict[str, Any]:
    """Check the data and put a new snapshot in force.

    Parameters
    ----------
    root : Path, optional
        Folder of the snapshots; by default `analytics.snapshot.snapshots_root()`.
    data : Path, optional
        Folder of the committed data; by default `data/` of the repository.
    boundaries : Path, optional
        Handed to the map's builder.
    build_map : callable, optional
        Boundaries or None -> JSON-able dict; by default `analytics.neighbours.build_map`.
    maker : Maker, optional
        Makes the data set; by default the reconstruction.
    say : callable
        Takes one line of progress.
    lock_timeout : float
        Seconds to wait for another build.

    Returns
    -------
    dict
        The manifest of the snapshot in force afterwards. When the data and every output are
        the same as in the intact snapshot in force, that one stays.

    Raises
    ------
    DataErrors
        The data is not right; the old snapshot stays in force.
    BuildError
        Another build holds the lock, or there is no map builder.
    """
    root, data = root or snapshots_root(), data or repository() / "data"
    with build_lock(root, lock_timeout), temporary_folder(root) as folder:
        with _step("read and check", say) as note:
            inputs = read_inputs(data, boundaries)
            note(f"{len(inputs.tables)} tables")
        rows = _write_tables(folder, inputs.tables, say)
        with _step("map", say) as note:
            drawn = (build_map or _default_map_builder())(boundaries)
            write_file(folder / MAP, _json(drawn, indent=None))
        write_file(folder / ORIGIN, _json(inputs.origin))
        about = _put_dataset(root, folder, inputs, maker or Reconstruction(), say)
        manifest = _manifest(folder, inputs, rows, about)
        return _switch(root, folder, manifest, say)


def _put_dataset(root: Path, folder: Path, inputs: Inputs, maker: Maker, say: Callable[[str], None]) -> dict[str, Any]:
    """Write the data set's tables, or take over those in force when they would come out the same."""
    version = dataset_version(maker, inputs.checksums)
    old = _intact(root)
    if old is not None and old.manifest["dataset"]["version"] == version:
        for name in (*map(table_file, (*ROLLED_UP, *BULK)), LEDGER_ROWS, LEDGER_TABLE):
            if (old.folder / name).exists():
                shutil.copyfile(old.folder / name, folder / name)
        say(f"data set {version} is unchanged")
        return dict(old.manifest["dataset"])
    with _step("data set", say):
        made = maker.make(folder, inputs.tables[FACTS], inputs.tables, say)
    with _step("roll up", say) as note:
        engine = connect(memory_limit=value(MEMORY), temp_folder=folder / SPILL)
        written = write_dataset(folder, engine, made, inputs.tables, maker.kind)
        note(f"{written.rows['relations']} relations")
    shutil.rmtree(folder / SPILL, ignore_errors=True)
    about = {"engine": made.engine, "network": written.network, "rows": written.rows}
    return {"version": version, "kind": maker.kind, "settings": maker.inputs(), **about}


def _write_tables(folder: Path, tables: dict[str, pd.DataFrame], say: Callable[[str], None]) -> dict[str, int]:
    for name, frame in tables.items():
        with _step(table_file(name), say) as note:
            write_file(folder / table_file(name), _parquet(frame))
            note(f"{len(frame)} rows")
    return {name: len(frame) for name, frame in tables.items()}


def _switch(root: Path, folder: Path, manifest: dict[str, Any], say: Callable[[str], None]) -> dict[str, Any]:
    old = _intact(root)
    in_force = old.manifest if old else None
    if in_force and all(in_force[k] == manifest[k] for k in ("version", "outputs")):
        say(f"unchanged: {in_force['version']} stays in force")
        return in_force
    write_file(folder / MANIFEST, _json(manifest))
    stamp = datetime.fromisoformat(manifest["built_at"]).strftime("%Y%m%dT%H%M%S%fZ")
    name = f"{stamp}-{manifest['version']}"
    with _step("switch", say) as note:
        put_in_force(folder, root / name)
        note(f"{CURRENT} is {name}")
    for gone in remove_old(root, name):
        say(f"removed old snapshot {gone}")
    return manifest


def _intact(root: Path) -> Snapshot | None:
    try:
        return read_snapshot(root)
    except SnapshotError:
        return None


def _manifest(folder: Path, inputs: Inputs, rows: dict[str, int], dataset: dict[str, Any]) -> dict[str, Any]:
    outputs = {path.name: file_checksum(path) for path in sorted(folder.iterdir())}
    return {
        "schema_version": SCHEMA_VERSION,
        "version": _version(inputs, dataset),
        "built_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "inputs": inputs.checksums,
        "outputs": outputs,
        "dataset": dataset,
        "rows": {**rows, **dataset["rows"]},
        "packages": {"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
    }


def _version(inputs: Inputs, dataset: dict[str, Any]) -> str:
    """Give the data version: the same inputs, code and schema give the same twelve hex digits."""
    text = json.dumps([SCHEMA_VERSION, inputs.checksums, dataset["version"]], sort_keys=True)
    return checksum(text.encode())[:VERSION_DIGITS]


def _input_checksums(data: Path, boundaries: Path | None) -> dict[str, str]:
    files = [data / "taxonomy" / f"{table}.csv" for table in TAXONOMY]
    files += [data / "published" / name for name in ("facts.csv", STATEMENTS, EARLIER, "origin.toml")]
    files += sorted(path for path in (data / "geo").glob("**/*") if path.is_file())
    sums = {path.relative_to(data).as_posix(): checksum(path.read_bytes()) for path in files}
    # The map's builder turns to the same setting when it is given None.
    chosen = boundaries or value(BOUNDARIES)
    if chosen:
        sums["boundaries"] = checksum(Path(chosen).read_bytes())
    return sums


def _default_map_builder() -> MapBuilder:
    try:
        # Here, not above: checking the numbers must not need the map's code.
        from analytics.neighbours import build_map
    except ImportError as error:
        raise BuildError(
            f"The map cannot be built: {error}. Restore analytics/geo.py and analytics/neighbours.py."
        ) from error
    return build_map


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, engine="pyarrow", index=False)
    return buffer.getvalue()


def _json(content: dict[str, Any], indent: int | None = 2) -> bytes:
    separators = None if indent else (",", ":")
    # NaN is not JSON: a browser would refuse the whole file.
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return text.encode("utf-8")


@contextmanager
def _step(name: str, say: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    started = time.perf_counter()
    notes: list[str] = []
    yield notes.append
    seconds = time.perf_counter() - started
    say(f"{name:<22} {seconds:6.2f} s  {' '.join(notes)}".rstrip())
