"""Fixtures: readers of the one app, and a server that has lost its data."""

from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest

from analytics import store
from app import server


@pytest.fixture
def reader() -> Any:
    return server.test_client()


@pytest.fixture(params=["missing", "nameless", "emptied", "cut"])
def no_data(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A snapshot folder that is empty, names nothing, names an empty folder, or holds a broken file."""
    how, folder = request.param, tmp_path / store.snapshot().name
    if how != "missing":
        (tmp_path / "current").write_text("nonsense\n" if how == "nameless" else f"{folder.name}\n")
    if how in ("emptied", "cut"):
        folder.mkdir()
    if how == "cut":
        for path in (store.snapshots_root() / folder.name).iterdir():
            (folder / path.name).write_bytes(path.read_bytes()[:-1])
    monkeypatch.setenv("AIM_SNAPSHOTS", str(tmp_path))
    monkeypatch.setattr(store, "_cached", OrderedDict())
    monkeypatch.setattr(store, "CHECK_EVERY", 0.0)
    return how
