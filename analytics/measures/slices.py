"""The part of a data set's small tables that the reader's filters leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pandas as pd


class Choice(Protocol):
    """What a slice needs to know of `analytics.filters.Filters`."""

    @property
    def provinces(self) -> tuple[str, ...]: ...
    @property
    def layers(self) -> tuple[str, ...]: ...
    @property
    def years(self) -> tuple[int, int]: ...


@dataclass(frozen=True, slots=True)
class Everything:
    """The choice that leaves nothing out."""

    provinces: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    years: tuple[int, int] = (0, 9999)


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

    def firms(self, *ignore: str) -> pd.DataFrame:
        """Give the firm classes of the chosen provinces and layers; `ignore` names fields left open."""
        rows = self.tables["firm_classes"]
        keep = pd.Series(True, index=rows.index)
        for field, column in (("provinces", "province"), ("layers", "layer")):
            chosen = () if field in ignore else getattr(self.choice, field)
            keep &= rows[column].isin(chosen) if chosen else True
        return rows[keep]

    def relations(self, cube: str, *ignore: str) -> pd.DataFrame:
        """Give the relations of which either end is chosen, begun in the chosen years.

        An end is chosen when its province and its layer both are.
        """
        rows = self.tables[cube]
        keep = self._years(rows["year"])
        if any(getattr(self.choice, field) for field in ("provinces", "layers") if field not in ignore):
            keep &= self._end(rows, "source", ignore) | self._end(rows, "target", ignore)
        return rows[keep]

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

    def all_years(self) -> bool:
        """Tell whether the choice holds every year of the data set; undated relations count then."""
        years = self.tables["network_years"]["year"]
        first, last = self.choice.years
        return not len(years) or bool(first <= years.min() and last >= years.max())

    def _years(self, years: pd.Series) -> pd.Series:
        if self.all_years():
            return pd.Series(True, index=years.index)
        return years.between(*self.choice.years)

    def _end(self, rows: pd.DataFrame, end: str, ignore: tuple[str, ...]) -> pd.Series:
        keep = pd.Series(True, index=rows.index)
        for field, column in (("provinces", "province"), ("layers", "layer")):
            chosen = () if field in ignore else getattr(self.choice, field)
            keep &= rows[f"{end}_{column}"].isin(chosen) if chosen else True
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
