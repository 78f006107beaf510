"""The layout of a snapshot: which files it holds, where it stands, how a file is summed.

A root folder holds `<built_at>-<version>/` folders and the text file `current`, which names the
one in force. The writer (`build`) and the reader (`store`) share nothing but this module.
"""

import hashlib
import re
from pathlib import Path

from analytics.settings import value

SCHEMA_VERSION = 6  # raise it when a table, a column or a unit changes its meaning
CURRENT = "current"
MANIFEST = "manifest.json"
ORIGIN = "origin.json"
MAP = "map.json"
FACTS = "facts"
EDITIONS = "editions"  # what the press quoted of earlier editions: see `analytics.editions`
TAXONOMY = (
    "provinces", "regions", "layers", "technologies", "applications", "sections", "divisions",
)  # fmt: skip
# What a data set is to its readers: see `analytics.rollup` and `analytics.dataset`.
ROLLED_UP = (
    "nodes", "node_years", "network_years", "firm_values",
    "flows", "technologies_by_end", "applications_by_end", "industries_by_end",
    "technology_applications", "technology_industries", "application_industries",
    "layout", "node_values", "network_values", "ledger", "columns", "constraints",
)  # fmt: skip
BULK = ("firms", "organizations", "relations")  # the clean tables: queried where they lie, never held in memory
LEDGER_ROWS = "ledger_rows.csv"  # of a reader's data: every row dropped or merged, every cell emptied
LEDGER_TABLE = "ledger_rows.parquet"  # of a big data set: the same in full, of which the list holds examples
CHECKS = "checks"  # the report against itself: see `analytics.audit.check`
TABLES = (FACTS, EDITIONS, *TAXONOMY, CHECKS, *ROLLED_UP)
UPLOADS = "AIM_UPLOADS"  # setting: the folder of the data sets that readers load
DATASET = re.compile(r"[A-Za-z0-9_-]{22}")  # the unguessable id of one: 128 bits
# Names sort by time: 20240620T080000123456Z-0123456789ab
FOLDER = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{12}")
ENVIRONMENT = "AIM_SNAPSHOTS"


def repository() -> Path:
    """Give the folder that holds `analytics/` and `data/`."""
    return Path(__file__).resolve().parent.parent


def snapshots_root() -> Path:
    """Give the folder of the snapshots: `AIM_SNAPSHOTS`, or `data/snapshots` by default."""
    return value(ENVIRONMENT) or repository() / "data" / "snapshots"


def uploads_root() -> Path:
    """Give the folder of the readers' data sets: `AIM_UPLOADS`, or `data/uploads` by default."""
    return value(UPLOADS) or repository() / "data" / "uploads"


def root_of(data: str) -> Path:
    """Give the root of a data set's snapshots; the empty id is the data set in use for all.

    Raises
    ------
    ValueError
        `data` has not the form of an id, so it must not become part of a path.
    """
    if not data:
        return snapshots_root()
    if not DATASET.fullmatch(data):
        raise ValueError("not the id of a data set")
    return uploads_root() / data


def table_file(table: str) -> str:
    """Give the file name of a table inside a snapshot."""
    return f"{table}.parquet"


def output_files() -> tuple[str, ...]:
    """Name every file of a complete snapshot but the manifest, which lists them."""
    return (*(table_file(table) for table in (*TABLES, *BULK)), ORIGIN, MAP)


def checksum(content: bytes) -> str:
    """Give the SHA-256 of some bytes as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def file_checksum(path: Path) -> str:
    """Give the SHA-256 of a file of any size as 64 hex digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
