"""How much a data set may cost; None lifts a limit."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

import ibis

from analytics.engines import interrupt
from analytics.errors import DataError

MEGABYTE = 1_000_000
CHECK_EVERY = 0.1  # seconds between two looks at the clock


@dataclass(frozen=True)
class Limits:
    """The most that one data set may hold; the defaults suit files from strangers.

    Attributes
    ----------
    bytes : int or None
        All files together, as they are.
    unpacked_bytes : int or None
        All cells together that are read, as text, whatever they were packed in.
    workbook_bytes : int or None
        One workbook when unpacked. Lower, as its texts are held in memory all at once.
    files, rows, columns, cells : int or None
        Files in a folder; rows and columns of one table; rows times columns of one table.
    characters : int or None
        Of one cell.
    seconds : float or None
        From the first look to the last file written.
    memory : str or None
        What the engine may hold before it spills to disk.
    mapping_bytes : int
        Of the mapping file; a few lines, read at once.
    """

    bytes: int | None = 200 * MEGABYTE
    unpacked_bytes: int | None = 1_000 * MEGABYTE
    workbook_bytes: int | None = 200 * MEGABYTE
    files: int | None = 50
    rows: int | None = 2_000_000
    columns: int | None = 200
    cells: int | None = 40_000_000
    characters: int | None = 4_000
    seconds: float | None = 120.0
    memory: str | None = "1GB"
    # Below the longest cell that the reader of CSV takes, so that no cell can be too long for it.
    mapping_bytes: int = 100_000


NO_LIMITS = Limits(None, None, None, None, None, None, None, None, None, None)
# (what is counted, how to be within it), by field of `Limits`.
WORDS = {
    "bytes": ("bytes in all files", "Load a smaller data set"),
    "unpacked_bytes": ("bytes when unpacked", "Load a smaller data set"),
    "workbook_bytes": ("bytes in an unpacked workbook", "Save its sheets as CSV"),
    "files": ("files in the folder", "Leave only the tables there"),
    "rows": ("rows in a table", "Load fewer rows"),
    "columns": ("columns in a table", "Remove the columns that the contract does not name"),
    "cells": ("cells in a table", "Load fewer rows or columns"),
    "mapping_bytes": ("bytes of a mapping", "Leave only the lines that are needed"),
    "characters": ("characters in a cell", "Shorten the cell"),
}


@dataclass
class Watch:
    """Holds what a data set has cost so far against its limits."""

    limits: Limits
    started: float = field(default_factory=time.monotonic)
    text_bytes: int = 0

    def allow(self, limit: str, found: int, file: str, row: int | None = None) -> None:
        """Raise `DataError` if `found` is more than the limit of that name allows."""
        most = getattr(self.limits, limit)
        if most is not None and found > most:
            what, remedy = WORDS[limit]
            expected = f"at most {most} {what}"
            raise DataError(file, row, None, found, expected, f"{remedy}, or use the command line, which has no limit.")

    def add_text(self, n_bytes: int, file: str) -> None:
        """Count text that was read, over all files: a small file may unpack to any size."""
        self.text_bytes += n_bytes
        self.allow("unpacked_bytes", self.text_bytes, file)

    def check_time(self) -> None:
        """Raise `DataError` if the time is over."""
        if self.is_over():
            remedy = "Load a smaller data set, or use the command line, which has no limit."
            raise DataError("data set", None, None, "too slow", f"at most {self.limits.seconds:g} seconds", remedy)

    def is_over(self) -> bool:
        """Whether the time is over."""
        return self.limits.seconds is not None and time.monotonic() - self.started >= self.limits.seconds

    @contextmanager
    def ending(self, engine: ibis.BaseBackend) -> Iterator[None]:
        """End the engine's query when the time is over, and say so as `check_time` does."""
        self.check_time()
        done = Event()
        guard = Thread(target=self._interrupt, args=(engine, done), daemon=True)
        guard.start()
        try:
            yield
            self.check_time()
        except Exception:
            # The engine says "interrupted"; the reason is ours to tell.
            self.check_time()
            raise
        finally:
            done.set()
            guard.join()

    def _interrupt(self, engine: ibis.BaseBackend, done: Event) -> None:
        # Again and again: an interrupt between two queries stops neither.
        while not done.wait(CHECK_EVERY):
            if self.is_over():
                interrupt(engine)
