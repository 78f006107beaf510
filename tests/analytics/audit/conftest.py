"""The committed facts, statements and classifications as the audit takes them, and a way to misprint."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analytics.audit import find, read_statements
from analytics.published import clean_facts, read_facts
from analytics.taxonomy import Taxonomy

COMMITTED = Path(__file__).resolve().parents[3] / "data"
Misprint = Callable[..., pd.DataFrame]


@pytest.fixture
def clean(facts: pd.DataFrame) -> pd.DataFrame:
    return clean_facts(facts)


@pytest.fixture
def statements() -> pd.DataFrame:
    return read_statements(COMMITTED / "published" / "statements.csv")


@pytest.fixture
def misprint(taxonomy: Taxonomy, statements: pd.DataFrame) -> Misprint:
    """Find what the audit says when facts or statements are printed otherwise."""

    def run(changes: dict[str, str] | None = None, words: dict[str, dict[str, str]] | None = None) -> pd.DataFrame:
        raw = read_facts(COMMITTED / "published" / "facts.csv")
        keys = ["/".join(part for part in key if part) for key in raw[["source", "measure", "item", "year"]].to_numpy()]
        for key, text in (changes or {}).items():
            raw.loc[keys.index(key), "value"] = text
        said = statements.copy()
        for name, cells in (words or {}).items():
            said.loc[said["id"] == name, list(cells)] = list(cells.values())
        return find(clean_facts(raw), taxonomy, said)

    return run
