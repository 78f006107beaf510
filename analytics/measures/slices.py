"""The part of a data set's small tables that the reader's filters leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from analytics.contract import NONE
from analytics.cubes import CUBES, FIRM_FIELDS, NO_YEAR
from analytics.measures.coding import count

# What a relation is about -> the cube that counts flows by it.
BY_TOPIC = {topics[0]: cube for cube, topics in CUBES.items() if len(topics) == 1}


class Choice(Protocol):
    """What a slice needs to know of `analytics.filters.Filters`; `topic` and those of `FIRM_FIELDS` may lack."""

    @property
    def provinces(self) -> tuple[str, ...]: ...
    @property
    def layers(self) -> tuple[str, ...]: ...
    @property
    def years(self) -> tuple[int, int]: ...
    @property
    def end(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Everything:
    """The choice that leaves nothing out."""

    provinces: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    years: tuple[int, int] = (0, 9999)
    end: str = ""


@dataclass(frozen=True)
class Slice:
    """Tables of `analytics.rollup.rollup` and taxonomies by name, under some filters.

    Parameters
    ----------
    tables : mapping of str to DataFrame
    choice : Choice
        Empty provinces or layers mean all; the full span of years keeps undated relations too.
    """

    tables: Mapping[str, pd.DataFrame]
    choice: Choice

    def firms(self, *ignore: str) -> np.ndarray:
        """Tell of every firm of `firm_values` whether it is chosen; `ignore` names fields left open."""
        rows = self.tables["firm_values"]
        keep = np.ones(len(rows), dtype=bool)
        for field, column in FIRM_FIELDS.items():
            chosen = getattr(self.choice, field, ())
            if chosen and field not in ignore:
                keep &= rows[column].isin(chosen).to_numpy()
        return keep

    def count_firms(self, field: str, weight: str = "", ignore: tuple[str, ...] = ()) -> pd.Series:
        """Count the chosen firms, or sum their `weight`, by what a field filters by.

        A field does not filter its own counts, so a reader sees what else there is to choose. Firms
        of which it is not known are left out.
        """
        counts = count(self.tables["firm_values"], self.firms(field, *ignore), (FIRM_FIELDS[field],), weight)
        return counts.drop([NONE, NO_YEAR], errors="ignore")

    def relations(self, cube: str, *ignore: str) -> np.ndarray:
        """Tell of every row of a cube whether a chosen end is chosen, and the year.

        An end is chosen when its province and its layer both are. `choice.end` says which of the two
        ends must be: `source`, `target`, or empty for either.
        """
        rows = self.tables[cube]
        keep = self._years(rows["year"])
        if any(getattr(self.choice, field) for field in ("provinces", "layers") if field not in ignore):
            ends = [self.choice.end] if self.choice.end else ["source", "target"]
            keep = keep & np.logical_or.reduce([self._end(rows, end, ignore) for end in ends])
        return keep

    def count_relations(self, cube: str, by: tuple[str, ...], ignore: tuple[str, ...] = ()) -> pd.Series:
        """Sum up the chosen relations of a cube by some of its dimensions.

        A topic, where one is chosen, is asked of flows only: the other cubes are about topics themselves.
        """
        dimension, _, code = (getattr(self.choice, "topic", "") if cube == "flows" else "").partition(".")
        cube = BY_TOPIC.get(dimension, cube)
        keep = self.relations(cube, *ignore)
        if dimension:
            keep &= self.tables[cube][dimension].isin(self._inside(dimension, code)).to_numpy()
        return count(self.tables[cube], keep, by, "n_relations")

    def _inside(self, dimension: str, code: str) -> list[str]:
        """Give a code with the divisions of GB/T 4754 inside it, where it is a section."""
        divisions = self.tables["divisions"] if dimension == "industry" else None
        inside = [] if divisions is None else divisions.loc[divisions["section"].eq(code), "code"].tolist()
        return [code, *inside]

    def nodes(self) -> pd.DataFrame:
        """Give the chosen nodes with their degrees in the chosen years; grain: node."""
        nodes = self.tables["nodes"]
        kept = nodes[self._node(nodes)]
        if self.all_years():
            return kept
        years = self.tables["node_years"]
        part = years[self._years(years["year"])].groupby("id")[["in_degree", "out_degree"]].sum()
        part["degree"] = part["in_degree"] + part["out_degree"]
        return kept.drop(columns=list(part.columns)).merge(part.reset_index(), on="id")

    def chosen_nodes(self, nodes: pd.DataFrame) -> np.ndarray:
        """Tell which nodes lie in the chosen provinces and layers."""
        return self._node(nodes).to_numpy(bool)

    def all_years(self) -> bool:
        """Tell whether the choice holds every year of the data set; undated relations count then."""
        years = self.tables["network_years"]["year"]
        first, last = self.choice.years
        return not len(years) or bool(first <= years.min() and last >= years.max())

    def _years(self, years: pd.Series) -> np.ndarray:
        if self.all_years():
            return np.ones(len(years), dtype=bool)
        return years.between(*self.choice.years).to_numpy(bool)

    def _end(self, rows: pd.DataFrame, end: str, ignore: tuple[str, ...]) -> np.ndarray:
        keep = np.ones(len(rows), dtype=bool)
        for field, column in (("provinces", "province"), ("layers", "layer")):
            chosen = () if field in ignore else getattr(self.choice, field)
            if chosen:
                keep &= rows[f"{end}_{column}"].isin(chosen).to_numpy()
        return keep

    def _node(self, nodes: pd.DataFrame) -> pd.Series:
        keep = pd.Series(True, index=nodes.index)
        if self.choice.provinces:
            keep &= nodes["province"].isin(self.choice.provinces)
        if self.choice.layers:
            keep &= nodes["layer"].isin(self.choice.layers)
        return keep


def shares(counts: pd.Series) -> pd.DataFrame:
    """Give counts by item as percent of their sum, largest first; an empty sum gives no rows.

    Returns
    -------
    DataFrame
        `item`, `value` (percent), `n` (the count).
    """
    whole = counts.sum()
    ordered = counts[counts > 0].sort_values(ascending=False, kind="stable")
    values = ordered.to_numpy(dtype=float) * 100 / (whole or 1)
    return pd.DataFrame({"item": ordered.index.astype(str), "value": values, "n": ordered.to_numpy()})


def with_total(rows: pd.DataFrame, item: str, parts: list[str], rest: str = "") -> pd.DataFrame:
    """Add the row `item`, the sum of the rows `parts`, and, if named, `rest` for all others."""
    inside = rows["item"].isin(parts)
    new = [{"item": item, **rows.loc[inside, ["value", "n"]].sum().to_dict()}] if item else []
    new += [{"item": rest, **rows.loc[~inside, ["value", "n"]].sum().to_dict()}] if rest else []
    return pd.concat([rows, pd.DataFrame(new)], ignore_index=True) if len(rows) else rows


def ranks(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the place of every item, 1 for the largest; equal values share the better place."""
    return rows.assign(value=rows["value"].rank(ascending=False, method="min"))
