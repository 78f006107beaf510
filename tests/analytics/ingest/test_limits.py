"""The watch over time: a query is ended from outside, and the reader is told why."""

import math
from threading import Event
from types import SimpleNamespace

import pytest

from analytics.errors import DataError
from analytics.ingest.limits import NO_LIMITS, Limits, Watch

PATIENCE = 60  # seconds until a test that waits in vain gives up


class Engine:
    """Stands for an engine at a long query."""

    def __init__(self) -> None:
        self.interrupted = Event()
        self.con = SimpleNamespace(interrupt=self.interrupted.set)

    def query(self) -> None:
        assert self.interrupted.wait(PATIENCE)
        raise RuntimeError("INTERRUPT Error: Interrupted!")


def test_a_query_is_ended_when_the_time_is_over() -> None:
    engine, watch = Engine(), Watch(Limits(seconds=3600))
    with pytest.raises(DataError, match="at most 3600 seconds"), watch.ending(engine):
        watch.started = -math.inf
        engine.query()


def test_a_run_that_ends_too_late_is_refused() -> None:
    watch = Watch(Limits(seconds=3600))
    with pytest.raises(DataError, match="at most 3600 seconds"), watch.ending(Engine()):
        watch.started = -math.inf


@pytest.mark.parametrize("limits", [Limits(), NO_LIMITS])
def test_another_error_is_told_as_it_is(limits: Limits) -> None:
    engine = Engine()
    with pytest.raises(RuntimeError, match="of its own"), Watch(limits).ending(engine):
        raise RuntimeError("of its own")
    assert not engine.interrupted.is_set()


def test_no_limits_lifts_every_limit_of_size() -> None:
    watch = Watch(NO_LIMITS, started=-math.inf)
    for name in ("bytes", "unpacked_bytes", "workbook_bytes", "files", "rows", "columns", "cells", "characters"):
        assert getattr(Limits(), name) is not None
        watch.allow(name, 10**15, "x")
    watch.check_time()
