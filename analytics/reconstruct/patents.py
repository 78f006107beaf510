"""Patents: classes to the nearest firm (figure 10), sums by province and layer (figures 11 and 12)."""

import numpy as np
import pandas as pd

from analytics.classes import PATENTS
from analytics.reconstruct.printed import Printed
from analytics.reconstruct.rounding import Floats, Ints, fit, whole

TOP_MEAN = 5000  # patents of a firm with more than 1,000, on average; no sum is printed
FALL = 0.8  # from one province to the next among the sixth to the tenth, whose order alone is printed
NAMED_PLACES = 10  # the report ranks so many provinces
TILT = 1.2  # how strongly a province's or layer's share of patents lifts its firms' classes


def patents(rng: np.random.Generator, printed: Printed, province: pd.Series, layer: pd.Series, size: Floats) -> Ints:
    """Give every firm its patents.

    Classes go by size, lifted where a province or layer holds more patents than firms; the open
    class takes up what the sums by province and layer ask for (iterative proportional fitting).
    """
    wanted = province_shares(printed, province)
    layers = printed.share("figure-12", "share_patents")
    lift = sum(
        np.log((shares / of.value_counts(normalize=True)).reindex(of).to_numpy(float))
        for shares, of in ((wanted, province), (layers, layer))
    )
    order = np.argsort(size + TILT * lift, kind="stable")
    groups = np.split(order, np.cumsum(printed.counts("figure-10", "share_firms", len(order)).to_numpy())[:-1])
    found = _inside(rng, groups, len(order))
    top = groups[-1]
    total = int(found.sum()) + (TOP_MEAN - int(PATENTS.edges[-1])) * len(top)
    cells = pd.DataFrame({"province": province.to_numpy(), "layer": layer.to_numpy(), "n": found})
    extra = _extra(cells, top, wanted / wanted.sum() * total, layers / layers.sum() * total)
    weights = np.exp(size[top]) * rng.pareto(2.0, len(top))
    for key, members in cells.iloc[top].groupby(["province", "layer"]).groups.items():
        mine = np.isin(top, members)
        found[top[mine]] += whole(weights[mine], int(extra.at[key]))
    return found


def province_shares(printed: Printed, province: pd.Series) -> "pd.Series[float]":
    """Give each province's share of patents: printed, in the printed order, or by number of firms."""
    shares = printed.share("figure-11", "share_patents")
    known = shares[shares.index.str.fullmatch(r"\d\d")]
    ranked = printed.share("figure-11", "rank_patents").sort_values().index[len(known) :]
    steps = FALL ** np.arange(len(ranked))
    next_five = pd.Series(steps / steps.sum() * float(shares["other_top_10"]), index=ranked)
    firms = province.value_counts().drop([*known.index, *ranked])
    return pd.concat([known, next_five, firms / firms.sum() * float(shares["other_provinces"])])


def _inside(rng: np.random.Generator, groups: "list[np.ndarray]", n: int) -> Ints:
    """Draw numbers inside the closed classes; the open one starts just above its edge."""
    found = np.empty(n, np.int64)
    lows = (1, *(int(edge) for edge in PATENTS.edges))
    for low, high, group in zip(lows, PATENTS.edges, groups, strict=False):
        found[group] = np.exp(rng.uniform(np.log(low), np.log(high), len(group))).astype(np.int64)
    found[groups[-1]] = lows[-1] + 1
    return found


def _extra(cells: pd.DataFrame, top: Ints, rows: pd.Series, columns: pd.Series) -> pd.DataFrame:
    """Give what the firms of the open class add in every cell of province and layer."""
    have = cells.pivot_table(index="province", columns="layer", values="n", aggfunc="sum", fill_value=0)
    firms = cells.iloc[top].pivot_table(index="province", columns="layer", values="n", aggfunc="size", fill_value=0)
    firms = firms.reindex(index=have.index, columns=have.columns, fill_value=0)
    left = (rows.reindex(have.index) - have.sum(axis=1)).clip(lower=0)
    below = (columns.reindex(have.columns) - have.sum(axis=0)).clip(lower=0)
    # What a small province without such a firm cannot hold, its like take over.
    small = rows.reindex(have.index) < rows.nlargest(NAMED_PLACES).min()
    able = firms.sum(axis=1) > 0
    lost = float(left[small & ~able].sum())
    left = left.where(able, 0.0)
    left[small] *= 1 + lost / float(left[small].sum())
    table = fit(firms.to_numpy(float), (left / left.sum() * below.sum()).to_numpy(), below.to_numpy())
    return pd.DataFrame(np.rint(table), index=have.index, columns=have.columns)
