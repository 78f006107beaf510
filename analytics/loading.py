"""Reads and builds one reader's data set: `python -m analytics.loading ID`, started by the app."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from analytics.build import build_snapshot
from analytics.errors import BuildError, DataError, DataErrors
from analytics.makers import OwnData
from analytics.snapshot import root_of
from analytics.uploads import DONE, FAILED, INCOMING, count_problems, problems_of, say, settings

NICER = 10  # readers of the pages come first


def load(data: str) -> bool:
    """Build a data set's snapshot and write down how it went; tell whether it did."""
    try:
        outcome = _build(data)
    finally:
        # Before the outcome is written: a full disk has room for it again.
        shutil.rmtree(root_of(data) / INCOMING, ignore_errors=True)
    say(data, **outcome)
    return bool(outcome["state"] == DONE)


def _build(data: str) -> dict[str, Any]:
    """Build, and give what the status shall say."""
    try:
        maker = OwnData(_tables(data), settings().limits())
        build_snapshot(root_of(data), maker=maker, say=lambda line: say(data, line=line))
        return {"state": DONE, "line": ""}
    except (DataError, DataErrors) as error:
        problems = {"problems": problems_of(error), "n_problems": count_problems(error)}
        return {"state": FAILED, "reason": "data", **problems}
    except (BuildError, OSError, MemoryError) as error:
        print(f"data set not built: {type(error).__name__}: {_without_names(error)}", file=sys.stderr)
        return {"state": FAILED, "reason": "machine", "problems": []}


def _without_names(error: Exception) -> str:
    """Say what went wrong without a file's name: it holds the data set's id, which is a key to it."""
    return (error.strerror or "") if isinstance(error, OSError) else str(error)


def _tables(data: str) -> Path:
    """Give what to read: the only file by itself, so that it may have any name, else the folder."""
    folder = root_of(data) / INCOMING
    files = list(folder.iterdir())
    return files[0] if len(files) == 1 else folder


if __name__ == "__main__":
    os.nice(NICER)
    sys.exit(0 if load(sys.argv[1]) else 1)
