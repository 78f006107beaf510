"""The small data set, built once as a reader's own."""

from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics import store
from analytics.build import build_snapshot
from analytics.makers import OwnData

MINI = "mini-data-set-of-tests"  # 22 characters, as ids have


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the id of the small data set; the store forgets it afterwards."""
    root = tmp_path_factory.mktemp("uploads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIM_UPLOADS", str(root))
        patch.setattr(store, "_cached", OrderedDict())
        tables = Path(__file__).parents[1] / "mini"
        build_snapshot(root / MINI, maker=OwnData(tables), say=lambda _: None)
        yield MINI
