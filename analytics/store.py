"""Serves the snapshot in force: read-only, cached, and never stale.

Looks whether `current` or a file of the snapshot has changed (a handful of `stat` calls), at most
every `CHECK_EVERY` seconds, and reads anew only then. A failure is not remembered: as soon as the snapshot is mended,
the next call succeeds.
"""

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar

import pandas as pd

from analytics.snapshot import CURRENT, EDITIONS, FACTS, root_of, snapshots_root
from analytics.snapshot_reading import Signature, Snapshot, read_snapshot, signature

__all__ = ["Snapshot", "read_snapshot", "snapshots_root"]

# Seconds; one answer asks for tables a dozen times, and the look costs more than the answer.
CHECK_EVERY = 0.2
REPORT_YEARS = (2014, 2023)  # table 1 covers these
MOST_CACHED = 4  # data sets of readers, some 20 MB each, beside the one in use for all
Made = TypeVar("Made")

_lock = threading.Lock()
# By data set: when it was looked at, what its folder was like, what it held.
_cached: OrderedDict[str, tuple[float, Signature, Snapshot]] = OrderedDict()


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


def editions() -> pd.DataFrame:
    """Give what the press quoted of earlier editions, see `analytics.editions.clean_editions`."""
    return _table(EDITIONS)


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


def snapshot(data: str = "") -> Snapshot:
    """Give a data set's snapshot in force, from the cache unless a file has changed.

    Parameters
    ----------
    data : str
        Id of a reader's data set; empty for the one in use for all.
    """
    found = _cached.get(data)  # read once: another thread may be changing it
    if found is not None and time.monotonic() - found[0] < CHECK_EVERY:
        return found[2]
    root = root_of(data)
    with _lock:
        seen, held = signature(root), _cached.get(data)
        now = held[2] if held is not None and held[1] == seen else read_snapshot(root)
        _cached[data] = (time.monotonic(), seen, now)
        _cached.move_to_end(data)
        _forget()
        return now


def exists(data: str) -> bool:
    """Tell whether a reader's data set is there."""
    try:
        return bool(data) and (root_of(data) / CURRENT).is_file()
    except ValueError:
        return False


def tables(data: str = "") -> dict[str, pd.DataFrame]:
    """Give the small tables of a data set, see `analytics.rollup`, and the taxonomies."""
    return snapshot(data).tables


def span(data: str = "") -> tuple[int, int]:
    """Give the first and last year of a data set's relations, those of the report where it has none."""
    return _span(data, snapshot(data).name)


@lru_cache(maxsize=64)  # asked for a dozen times a card
def _span(data: str, _snapshot: str) -> tuple[int, int]:
    years = snapshot(data).tables["network_years"]["year"]
    return (int(years.min()), int(years.max())) if len(years) else REPORT_YEARS


def _forget() -> None:
    while len(_cached) > MOST_CACHED + 1:
        _cached.pop(next(name for name in _cached if name))


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


def _table(name: str) -> pd.DataFrame:
    # Shallow: pandas copies on write, so a caller that changes its frame changes nothing here.
    return snapshot().tables[name].copy(deep=False)
