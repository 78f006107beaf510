"""The printed numbers that the reconstruction is held to, read from the facts."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.reconstruct.rounding import Ints, whole


@dataclass(frozen=True)
class Printed:
    """Access to the published facts, and to counts that follow from their shares."""

    facts: pd.DataFrame

    def share(self, source: str, measure: str) -> "pd.Series[float]":
        """Give printed and derived values of a measure by item, in the report's order."""
        rows = self.facts[self.facts["source"].eq(source) & self.facts["measure"].eq(measure)]
        return rows.set_index("item")["value"]

    def value(self, source: str, measure: str, item: str) -> float:
        """Give one fact."""
        return float(self.share(source, measure)[item])

    def counts(self, source: str, measure: str, total: int) -> "pd.Series[int]":
        """Turn shares that make up a whole into counts that sum to `total`."""
        shares = self.share(source, measure)
        return pd.Series(whole(shares.to_numpy(float), total), index=shares.index)

    @cached_property
    def n_firms(self) -> int:
        """Number of sample firms."""
        return int(self.value("text", "n_firms", "sample_2024_report"))

    @cached_property
    def years(self) -> pd.DataFrame:
        """Give table 1; index: year, columns: measures."""
        rows = self.facts[self.facts["source"].eq("table-1")]
        return rows.pivot(index="year", columns="measure", values="value").sort_index()

    @cached_property
    def n_nodes(self) -> int:
        """Number of nodes in the last year."""
        return int(self.years["n_nodes"].iloc[-1])

    @cached_property
    def n_relations(self) -> int:
        """Number of relations in the last year."""
        return int(self.years["n_relations"].iloc[-1])

    def degrees(self, source: str) -> pd.DataFrame:
        """Give in- and out-degree of table 2 or 3; index: slug."""
        return pd.DataFrame({m: self.share(source, m).astype(np.int64) for m in ("in_degree", "out_degree")})

    def names(self, source: str) -> pd.DataFrame:
        """Give names of table 2's or 3's nodes; index: slug."""
        rows = self.facts[self.facts["source"].eq(source) & self.facts["measure"].eq("degree")]
        return rows.set_index("item")[["item_zh", "item_en"]]


def new_each_year(cumulated: "pd.Series[int]") -> Ints:
    """Give what each year adds to a running total."""
    return np.diff(cumulated.to_numpy(np.int64), prepend=0)
