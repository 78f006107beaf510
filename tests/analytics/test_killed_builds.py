"""Builds of a reader's tables that are killed, or meet another: what is served stays whole."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analytics.errors import SnapshotError
from analytics.ingest import ingest
from analytics.snapshot import CURRENT, ENVIRONMENT, FOLDER, table_file
from analytics.snapshot_files import TEMPORARY
from analytics.snapshot_reading import Snapshot, read_snapshot

REPOSITORY = Path(__file__).resolve().parents[2]
MINI = REPOSITORY / "tests" / "mini"
OTHER = "source,target,year,count\na,b,2015,1\nb,c,2016,2\n"
# `python -m analytics`, but the process kills itself when the function is called for the nth time.
KILLED = """
import importlib, os, runpy, signal, sys
module, name, nth = sys.argv[1], sys.argv[2], int(sys.argv[3])
sys.argv = ["analytics", *sys.argv[4:]]
found = importlib.import_module(module)
whole, calls = getattr(found, name), []
def killing(*given, **named):
    calls.append(name)
    if len(calls) == nth:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*given, **named)
setattr(found, name, killing)
runpy.run_module("analytics", run_name="__main__")
"""
# What the build is about to do when it is killed, and how many finished snapshots stand beside the half-made one.
MOMENTS = {
    "read the tables": ("analytics.ingest", "find_tables", 1, 1),
    "clean the tables": ("analytics.ingest", "start_cleaning", 1, 1),
    "move the clean tables": ("pathlib", "Path.replace", 2, 1),
}
