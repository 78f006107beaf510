"""Fixtures: a private copy of the committed data, and a folder for snapshots."""

import shutil
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics import store
from analytics.build import build_snapshot
from analytics.published import read_facts
from analytics.taxonomy import Taxonomy, read_taxonomy
from tests.mini_maker import Mini

COMMITTED = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the committed data that a test may spoil."""
    for name in ("published", "taxonomy"):
        shutil.copytree(COMMITTED / name, tmp_path / "data" / name)
    return tmp_path / "data"


@pytest.fixture
def facts() -> pd.DataFrame:
    return read_facts(COMMITTED / "published" / "facts.csv")


@pytest.fixture
def taxonomy() -> Taxonomy:
    return read_taxonomy(COMMITTED / "taxonomy")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty snapshot folder that the store reads too, and a store that remembers nothing."""
    folder = tmp_path / "snapshots"
    monkeypatch.setenv("AIM_SNAPSHOTS", str(folder))
    monkeypatch.delenv("AIM_BOUNDARIES", raising=False)
    monkeypatch.setattr(store, "_cached", OrderedDict())
    yield folder


@pytest.fixture
def build(root: Path, data: Path) -> Callable[..., dict[str, Any]]:
    """Build `data` into `root` with a map of one word, quietly."""

    def run(word: str = "first", **options: Any) -> dict[str, Any]:
        options = {"build_map": lambda _: {"word": word}, "say": lambda _: None, "maker": Mini()} | options
        return build_snapshot(root, data, **options)

    return run


@pytest.fixture(autouse=True)
def look_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests change snapshots faster than the store looks."""
    monkeypatch.setattr("analytics.store.CHECK_EVERY", 0.0)
