"""The audit of the published numbers, and their comparison with a data set, kept until either changes."""

from functools import lru_cache

import pandas as pd

from analytics import store
from analytics.audit import compare
from analytics.filters import Filters
from analytics.measures import compute_facts

STATUS = {"reconstruction": "modelled", "own": "own"}
AGREEMENTS = ("within", "deviates", "absent")
MOST_COMPARED = 4  # data sets; half a second and half a megabyte each
NOTHING = pd.DataFrame(columns=["source", "measure", "item", "year", "value"])


@store.per_snapshot
def checks() -> pd.DataFrame:
    """Give every check of the report against itself, see `analytics.audit.check`; the build made them."""
    return store.tables()["checks"]


def findings() -> pd.DataFrame:
    """Give the checks that do not hold."""
    found = checks()
    return found[~found["holds"]].reset_index(drop=True)


@store.per_snapshot
def names() -> dict[str, dict[str, str]]:
    """Give what every fact is about in either language, and what is printed, by its key."""
    rows = store.facts()
    years = rows["year"].map(lambda year: "" if pd.isna(year) else f"/{year}")
    keys = rows["source"] + "/" + rows["measure"] + "/" + rows["item"] + years
    said = rows[["item_zh", "item_en", "printed"]].rename(columns={"item_zh": "zh", "item_en": "en"})
    return dict(zip(keys, said.to_dict("records"), strict=True))


def comparison(data: str) -> pd.DataFrame:
    """Put every printed number beside the one that a data set gives.

    Returns
    -------
    DataFrame
        The columns of `analytics.audit.compare`, and `page`, `item_zh`, `item_en`, `status` (what the
        computed number is: modelled or own) and `agreement` (one of `AGREEMENTS`).
    """
    return _comparison(data, store.snapshot(data).name)


@lru_cache(maxsize=MOST_COMPARED)
def _comparison(data: str, _snapshot: str) -> pd.DataFrame:
    facts = store.facts()
    found = compare(facts, _computed(facts, data))
    said = facts.loc[found.index, ["page", "item_zh", "item_en"]]
    agreement = found["within_rounding"].map({True: "within", False: "deviates"}).astype("object").fillna("absent")
    return found.join(said).assign(status=status_of(data), agreement=agreement.astype("str"))


def _computed(facts: pd.DataFrame, data: str) -> pd.DataFrame:
    """Compute what can be; a data set without a single node gives nothing."""
    tables = store.tables(data)
    if tables.get("nodes", NOTHING).empty:
        return NOTHING
    return compute_facts(facts, tables, Filters(years=store.span(data), data=data))


def status_of(data: str) -> str:
    """Name what numbers computed from a data set are: modelled or own."""
    return STATUS[store.snapshot(data).manifest["dataset"]["kind"]]
