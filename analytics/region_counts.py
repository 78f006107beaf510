"""What a chapter about a place counts: pure functions on the part of a data set that the filters leave."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analytics.classes import EMPLOYEES
from analytics.contract import NONE, OUTSIDE
from analytics.cubes import NO_YEAR
from analytics.explorer.arcs import Arcs
from analytics.measures.firms import by_class, by_layer, founding
from analytics.measures.relations import by_end, by_industry, by_topic
from analytics.measures.slices import Slice
from analytics.measures.topics import FEWEST_EXPECTED, standouts

Codes = tuple[str, ...]
SHARES = ("firms", "enabling", "input")
STANDING = (*SHARES, "net")
WITHIN, ABROAD, UNKNOWN = "within", "abroad", "unknown"
TOPICS = ("technology", "application", "industry")


def within(part: Slice, codes: Codes) -> Slice:
    """Give the slice of the firms, nodes and relations (either end) of some provinces."""
    choice: Any = part.choice
    return Slice(part.tables, replace(choice, provinces=tuple(codes)))


def standing(part: Slice, places: Mapping[str, Codes]) -> pd.DataFrame:
    """Give every place's shares and its rank among the places.

    Returns
    -------
    DataFrame
        Index: key of `places`. `n_<s>` (counts, not for net), `<s>` (percent of those located in China; `net`: enabling
        less input, in points; empty where there is nothing to share), `rank_<s>` (1 for the highest, equal
        values share the better place), `tied_<s>` (how many places hold that rank) for s of `STANDING`.
    """
    counts = {
        "firms": part.count_firms("provinces"),
        "enabling": by_end(part, "source").set_index("item")["n"],
        "input": by_end(part, "target").set_index("item")["n"],
    }
    rows = pd.DataFrame(index=pd.Index(list(places), dtype=object))
    for name, found in counts.items():
        known = found.drop([OUTSIDE], errors="ignore")
        sums = [int(known.reindex(list(codes)).fillna(0).sum()) for codes in places.values()]
        whole = int(known.sum())
        rows[f"n_{name}"] = sums
        rows[name] = [n * 100 / whole if whole else np.nan for n in sums]
    rows["net"] = rows["enabling"] - rows["input"]
    for name in STANDING:
        # Sums of shares differ in their last bits though they are equal.
        rank = rows[name].round(9).rank(ascending=False, method="min")
        rows[f"rank_{name}"], rows[f"tied_{name}"] = rank, rank.groupby(rank).transform("size")
    return rows


def yearly(part: Slice, codes: Codes) -> pd.DataFrame:
    """Give a place's shares of the relations that began in each year.

    Returns
    -------
    DataFrame
        `year`, `n_enabling`, `n_input`, `n_within` (relations), `enabling`, `input` (percent of the year's
        relations whose source, or target, lies in a province), `within` (percent of `n_enabling`), in order
        of the years; every year that has a relation. Undated relations are left out.
    """
    rows = part.tables["flows"]
    rows = rows[part.relations("flows", "provinces") & rows["year"].ne(NO_YEAR).to_numpy(bool)]
    n, elsewhere = rows["n_relations"], [NONE, OUTSIDE]
    ends = {name: rows[f"{end}_province"] for name, end in (("enabling", "source"), ("input", "target"))}
    mine = {name: end.isin(codes) for name, end in ends.items()}
    found = pd.DataFrame({f"n_{name}": n.where(mask, 0) for name, mask in mine.items()})
    found["n_within"] = n.where(mine["enabling"] & mine["input"], 0)
    for name, end in ends.items():
        found[f"whole_{name}"] = n.where(~end.isin(elsewhere), 0)
    years = found.groupby(rows["year"].to_numpy()).sum().rename_axis("year").reset_index()
    for name, whole in (("enabling", "whole_enabling"), ("input", "whole_input"), ("within", "n_enabling")):
        years[name] = percent(years[f"n_{name}"], years[whole])
    return years[["year", "n_enabling", "n_input", "n_within", "enabling", "input", "within"]]


def partners(part: Slice, codes: Codes, end: str) -> pd.DataFrame:
    """Give where the relations go that a place gives (`end` source) or come from that it takes (target).

    Returns
    -------
    DataFrame
        `item` (GB/T 2260 of a province outside the place, `within`, `abroad` or `unknown`), `n`, `value`
        (percent of all relations with that end in the place); the most first, equal ones by item.
    """
    other = "target" if end == "source" else "source"
    pairs = part.count_relations("flows", (f"{end}_province", f"{other}_province"), ("provinces",))
    special = {NONE: UNKNOWN, OUTSIDE: ABROAD, **dict.fromkeys(codes, WITHIN)}
    kept = [
        (special.get(there, there), int(n))
        for (here, there), n in zip(list(pairs.index), pairs, strict=True)
        if here in codes
    ]
    rows = pd.DataFrame(kept, columns=["item", "n"]).astype({"item": str, "n": "int64"})
    sums = rows.groupby("item")["n"].sum().reset_index()
    return sums.assign(value=percent(sums["n"], sums["n"].sum())).sort_values(
        ["n", "item"], ascending=[False, True], ignore_index=True
    )


def firms(part: Slice, codes: Codes) -> dict[str, Any]:
    """Give what firms a place has.

    Returns
    -------
    dict
        `n`; `layers`, `sizes`: frames of `item`, `value` (percent), `n`, `base` (percent among all chosen
        firms); `early` (percent of all firms founded until the first chosen year; nan where none is known);
        `median` (year of founding, the earlier of two in the middle; 0 where none is known), `listed`
        (percent of those of which it is known; nan where it is of none).
    """
    mine = within(part, codes)
    founded = {name: _founded_until(one, part.choice.years[0]) for name, one in (("mine", mine), ("all", part))}
    listed = mine.count_firms("listed")
    return {
        "n": int(mine.firms().sum()),
        "layers": _beside(by_layer(mine), by_layer(part)),
        "sizes": _beside(by_class(mine, "employees", EMPLOYEES), by_class(part, "employees", EMPLOYEES)),
        "early": float(percent(founded["mine"], founded["all"])),
        "median": median_year(founding(mine)),
        "listed": float(percent(listed.get("listed", 0), listed.sum())),
    }


def _founded_until(part: Slice, year: int) -> int:
    counts = part.count_firms("founded")
    return int(sum(n for founded, n in zip(counts.index, counts, strict=True) if int(founded) <= year))


def median_year(rows: pd.DataFrame) -> int:
    """Give the year by which half of the firms were founded; `rows` as `measures.firms.founding` gives them."""
    if rows.empty:
        return 0
    reached = rows["n"].cumsum().to_numpy() * 2 >= rows["n"].sum()
    return int(rows["item"].iloc[int(reached.argmax())].removeprefix("founded_"))


def _beside(rows: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    base = rows["item"].map(dict(zip(whole["item"], whole["value"], strict=True)))
    return rows.assign(base=base.astype(float))


def topics(part: Slice, codes: Codes, topic: str) -> pd.DataFrame:
    """Give what a place's relations are about, and what they are more often about than all relations.

    Parameters
    ----------
    topic : str
        One of `TOPICS`; industries are summed up to sections.

    Returns
    -------
    DataFrame
        `item`, `value` (percent of the place's relations that have one; either end lies there), `n`, `base`
        (percent of all), `lq` (location quotient, `value` by `base`; empty where fewer than
        `FEWEST_EXPECTED` relations are expected), `clear` (whether it stands out beyond chance, see
        `analytics.measures.topics.standouts`), the most first.
    """
    rows = _beside(_topic(within(part, codes), topic), _topic(part, topic))
    expected = rows["base"] / 100 * rows["n"].sum()
    rows = rows.assign(expected=expected, lq=(rows["value"] / rows["base"]).where(expected >= FEWEST_EXPECTED))
    above = standouts(rows[rows["lq"].notna()])
    return rows.assign(clear=rows["item"].isin(above["item"])).drop(columns="expected")


def _topic(part: Slice, topic: str) -> pd.DataFrame:
    if topic == "industry":
        return by_industry(part, "section")
    return by_topic(part, f"{topic.removesuffix('y')}ies_by_end" if topic[-1] == "y" else f"{topic}s_by_end", topic)


def hubs(part: Slice, codes: Codes, count: int) -> pd.DataFrame:
    """Give a place's nodes of the highest degree: rows of `nodes`, and `share` (percent of its degrees)."""
    nodes = within(part, codes).nodes()
    found = nodes[nodes["degree"] > 0].sort_values(["degree", "id"], ascending=[False, True]).head(count)
    return found.assign(share=percent(found["degree"], nodes["degree"].sum()))


def enablers(arcs: Arcs, provinces: np.ndarray, codes: Codes, count: int) -> pd.DataFrame:
    """Give the single nodes on which a place's input hangs.

    Parameters
    ----------
    arcs : Arcs
    provinces : ndarray of str
        Of every node.

    Returns
    -------
    DataFrame
        `row` (of the node), `n` (relations that it gives to the place), `value` (percent of the place's input);
        the most first, equal ones in the nodes' order.
    """
    here = np.isin(provinces.astype(str), list(codes))[arcs.target]
    sums = np.bincount(arcs.source[here], arcs.weight[here], minlength=arcs.n_nodes).astype(np.int64)
    first = np.argsort(-sums, kind="stable")[:count]
    first = first[sums[first] > 0]
    return pd.DataFrame({"row": first, "n": sums[first], "value": percent(sums[first], sums.sum())})


def mixes(part: Slice, places: Mapping[str, Codes]) -> pd.DataFrame:
    """Count each place's relations (either end) by technology and industry; index: places, columns: the pairs."""
    rows = part.tables["technology_industries"]
    known = rows["technology"].ne(NONE).to_numpy(bool) & rows["industry"].ne(NONE).to_numpy(bool)
    keep = part.relations("technology_industries", "provinces") & known
    pairs = [rows[name].cat.codes.to_numpy(np.int64)[keep] for name in ("technology", "industry")]
    width = len(rows["industry"].cat.categories)
    at, n = pairs[0] * width + pairs[1], rows["n_relations"].to_numpy(float)[keep]
    ends = [rows[f"{end}_province"].array for end in ("source", "target")]
    size = len(rows["technology"].cat.categories) * width
    found = {}
    for key, codes in places.items():
        mine = np.logical_or(*(end.categories.isin(codes)[end.codes][keep] for end in ends))
        found[key] = np.bincount(at[mine], n[mine], minlength=size)
    return pd.DataFrame.from_dict(found, orient="index")


def similar(counts: pd.DataFrame, key: str) -> pd.DataFrame:
    """Give the cosine between a place's mix and every other's: `item`, `value` (0 to 1), the most similar first.

    A place without relations is like none, and none is like it.
    """
    sizes = np.linalg.norm(counts.to_numpy(), axis=1)
    units = counts[sizes > 0].div(sizes[sizes > 0], axis=0)
    if key not in units.index:
        return pd.DataFrame({"item": pd.Series(dtype=str), "value": pd.Series(dtype=float)})
    cosines = units.drop(index=key) @ units.loc[key]
    rows = pd.DataFrame({"item": cosines.index.astype(str), "value": cosines.to_numpy(float)})
    return rows.sort_values(["value", "item"], ascending=[False, True], ignore_index=True)


def percent(part: Any, whole: Any) -> Any:
    """Give `part` as percent of `whole`, nan where the whole is nothing."""
    whole = np.asarray(whole, dtype=float)
    return np.asarray(part, dtype=float) * 100 / np.where(whole > 0, whole, np.nan)
