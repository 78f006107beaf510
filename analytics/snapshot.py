"""The layout of a snapshot: which files it holds, where it stands, how a file is summed.

A root folder holds `<built_at>-<version>/` folders and the text file `current`, which names the
one in force. The writer (`build`) and the reader (`store`) share nothing but this module.
"""

import hashlib
import os
import re
from pathlib import Path

SCHEMA_VERSION = 1  # raise it when a table, a column or a unit changes its meaning
CURRENT = "current"
MANIFEST = "manifest.json"
ORIGIN = "origin.json"
MAP = "map.json"
FACTS = "facts"
TAXONOMY = (
    "provinces", "regions", "layers", "technologies", "applications", "sections", "divisions",
)  # fmt: skip
TABLES = (FACTS, *TAXONOMY)
# Names sort by time: 20240620T080000123456Z-0123456789ab
FOLDER = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{12}")
ENVIRONMENT = "AIM_SNAPSHOTS"


def repository() -> Path:
    """Give the folder that holds `analytics/` and `data/`."""
    return Path(__file__).resolve().parent.parent


def snapshots_root() -> Path:
    """Give the folder of the snapshots: `AIM_SNAPSHOTS`, or `data/snapshots` by default."""
    chosen = os.environ.get(ENVIRONMENT)
    return Path(chosen) if chosen else repository() / "data" / "snapshots"


def table_file(table: str) -> str:
    """Give the file name of a table inside a snapshot."""
    return f"{table}.parquet"


def output_files() -> tuple[str, ...]:
    """Name every file of a complete snapshot but the manifest, which lists them."""
    return (*(table_file(table) for table in TABLES), ORIGIN, MAP)


def checksum(content: bytes) -> str:
    """Give the SHA-256 of some bytes as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()
