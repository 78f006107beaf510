"""Reads and builds one reader's data set: `python -m analytics.loading ID`, started by the app."""

import os
import shutil
import sys
from pathlib import Path

from analytics.build import build_snapshot
from analytics.errors import BuildError, DataError, DataErrors
from analytics.makers import OwnData
from analytics.snapshot import root_of
from analytics.uploads import DONE, FAILED, INCOMING, count_problems, problems_of, say, settings

NICER = 10  # readers of the pages come first


def load(data: str) -> bool:
    """Build a data set's snapshot and write down how it went; tell whether it did."""
    root = root_of(data)
    try:
        maker = OwnData(_tables(data), settings().limits())
        build_snapshot(root, maker=maker, say=lambda line: say(data, line=line))
        say(data, state=DONE, line="")
        return True
    except (DataError, DataErrors) as error:
        say(data, state=FAILED, reason="data", problems=problems_of(error), n_problems=count_problems(error))
    except (BuildError, OSError, MemoryError) as error:
        say(data, state=FAILED, reason="machine", problems=[])
        print(f"data set not built: {type(error).__name__}: {error}", file=sys.stderr)
    finally:
        shutil.rmtree(root / INCOMING, ignore_errors=True)
    return False


def _tables(data: str) -> Path:
    """Give what to read: the only file by itself, so that it may have any name, else the folder."""
    folder = root_of(data) / INCOMING
    files = list(folder.iterdir())
    return files[0] if len(files) == 1 else folder


if __name__ == "__main__":
    os.nice(NICER)
    sys.exit(0 if load(sys.argv[1]) else 1)
