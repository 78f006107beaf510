"""What the loaded data say of every province, pillar by pillar."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.classes import YUAN_100M
from analytics.contract import OUTSIDE

# First-level indicators as the report names them, in its order.
PILLARS = ("enterprise", "academic", "capital", "openness", "linking", "response")
SCIENCE = ("university", "research_institute")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of every province; more is better.

    Attributes
    ----------
    name : str
        Its words are in the locales.
    pillar : str
        One of `PILLARS`.
    unit : str
        firms, yuan_100m, patents, nodes, partners, relations or provinces.
    """

    name: str
    pillar: str
    unit: str


INDICATORS = (
    Indicator("firms", "enterprise", "firms"),
    Indicator("rd_cost", "enterprise", "yuan_100m"),
    Indicator("patents", "enterprise", "patents"),
    Indicator("listed_firms", "enterprise", "firms"),
    Indicator("enabling_degree", "enterprise", "partners"),
    Indicator("universities", "academic", "nodes"),
    Indicator("research_institutes", "academic", "nodes"),
    Indicator("science_enabling", "academic", "partners"),
    Indicator("abroad_relations", "openness", "relations"),
    Indicator("abroad_partners", "openness", "partners"),
    Indicator("enabling_elsewhere", "linking", "relations"),
    Indicator("input_elsewhere", "linking", "relations"),
    Indicator("partners_elsewhere", "linking", "partners"),
    Indicator("provinces_linked", "linking", "provinces"),
)


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of every arc as rows of the table of nodes."""

    source: np.ndarray
    target: np.ndarray


def count_indicators(tables: Mapping[str, pd.DataFrame], ends: Ends | None, provinces: list[str]) -> pd.DataFrame:
    """Count every indicator of `INDICATORS` that a data set can tell.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        `nodes`, `firm_values` and `flows` as `analytics.rollup.rollup` gives them.
    ends : Ends or None
        Distinct pairs of partners, rows of `nodes`; without them partners are not counted.
    provinces : list of str
        Two-digit GB/T 2260 codes.

    Returns
    -------
    DataFrame
        Index: `provinces`; a column for each indicator that the data tell, in the order of
        `INDICATORS`. A count of nothing is 0; an indicator that no province has is not there.
    """
    found = {
        **_firms(tables["firm_values"]),
        **_enabling(tables["nodes"]),
        **_flows(tables["flows"]),
        **({} if ends is None else _partners(tables["nodes"], ends)),
    }
    kept = {one.name: found[one.name].reindex(provinces).fillna(0.0) for one in INDICATORS if one.name in found}
    return pd.DataFrame({name: values.astype(float) for name, values in kept.items() if values.any()}, index=provinces)


def _firms(firms: pd.DataFrame) -> dict[str, pd.Series]:
    place = firms["province"].astype(str)
    return {
        "firms": firms.groupby(place).size(),
        "rd_cost": firms["rd_cost_cny"].groupby(place).sum() / YUAN_100M,
        "patents": firms["patents"].groupby(place).sum(),
        "listed_firms": firms["listed"].astype(str).eq("listed").groupby(place).sum(),
    }


def _enabling(nodes: pd.DataFrame) -> dict[str, pd.Series]:
    """Count universities and institutes that have partners, and the partners that they and the firms enable."""
    place, kind, active = nodes["province"].astype(str), nodes["kind"].astype(str), nodes["degree"].gt(0)
    university, institute = (place[active & kind.eq(one)].value_counts() for one in SCIENCE)
    science, firm = kind.isin(SCIENCE), nodes["is_firm"].astype(bool)
    enabling = [nodes.loc[keep, "out_degree"].groupby(place[keep]).sum() for keep in (firm, science)]
    return {
        "enabling_degree": enabling[0],
        "universities": university,
        "research_institutes": institute,
        "science_enabling": enabling[1],
    }


def _flows(flows: pd.DataFrame) -> dict[str, pd.Series]:
    """Sum up the relations that cross a province's border; those of unknown place are left out."""
    rows = flows[["source_province", "target_province", "n_relations"]].astype({"n_relations": float})
    source, target = rows["source_province"].astype(str), rows["target_province"].astype(str)
    known = source.ne("") & target.ne("") & source.ne(target)
    inside, n = known & source.ne(OUTSIDE) & target.ne(OUTSIDE), rows["n_relations"]
    gives, takes = n[inside].groupby(source[inside]).sum(), n[inside].groupby(target[inside]).sum()
    out, back = known & target.eq(OUTSIDE), known & source.eq(OUTSIDE)
    abroad = n[out].groupby(source[out]).sum().add(n[back].groupby(target[back]).sum(), fill_value=0)
    pairs = pd.concat([_pair(source[inside], target[inside]), _pair(target[inside], source[inside])])
    linked = pairs.drop_duplicates().groupby("province").size()
    return {
        "enabling_elsewhere": gives,
        "input_elsewhere": takes,
        "abroad_relations": abroad,
        "provinces_linked": linked,
    }


def _pair(province: pd.Series, other: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"province": province.to_numpy(), "other": other.to_numpy()})


def _partners(nodes: pd.DataFrame, ends: Ends) -> dict[str, pd.Series]:
    """Count the distinct nodes of other provinces, and of abroad, that a province's nodes have as partners."""
    places = nodes["province"].astype("category")
    codes, names = places.cat.codes.to_numpy(np.int64), places.cat.categories.astype(str)
    mine = np.concatenate([codes[ends.source], codes[ends.target]])
    other = np.concatenate([ends.target, ends.source])
    kept = mine != codes[other]
    pairs = np.unique(mine[kept] * len(nodes) + other[kept])
    province, at = pairs // max(len(nodes), 1), codes[pairs % max(len(nodes), 1)]
    abroad = names.isin([OUTSIDE])
    known = np.flatnonzero(~abroad & (names != ""))
    return {
        "abroad_partners": _count(province[abroad[at]], names),
        "partners_elsewhere": _count(province[np.isin(at, known)], names),
    }


def _count(codes: np.ndarray, names: pd.Index) -> pd.Series:
    return pd.Series(np.bincount(codes, minlength=len(names)), index=names)
