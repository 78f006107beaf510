"""From flows between provinces to relations between nodes.

A configuration model with fixed degrees (Newman 2010, Networks, chapter 13), dealt province by
province, so that flows, degrees and the rule "one end at least is a sample node" hold exactly.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.reconstruct.flows import Flows
from analytics.reconstruct.rounding import Floats, Ints, heavy_tail, whole

FIRM_END = 0.53  # share of located ends that are sample nodes: what is found to fit table 1's shape
FIRM_SLOPE, NODE_SLOPE = 1.8, 1.65  # tails of degree: the same
TWO_RELATIONS = 0.35  # of the firms that came last; the others have one
MOST_SWAPS = 200  # rounds of mending; a dozen is usual


@dataclass(frozen=True)
class Nodes:
    """Nodes in the order of their numbers: firms first, the named ones first of their kind.

    Attributes
    ----------
    table : DataFrame
        `id` (slug of a named node, else empty), `is_firm`, `province`, `out_degree`, `in_degree`.
    n_firms : int
    """

    table: pd.DataFrame
    n_firms: int


@dataclass(frozen=True)
class Deal:
    """How many relations of each kind run between two provinces, and the stubs that this takes.

    Attributes
    ----------
    firm_firm, firm_node, node_firm : ndarray of int64, shape (n, n)
        By the roles of source and target; their sum is the flow.
    """

    firm_firm: Ints
    firm_node: Ints
    node_firm: Ints

    def stubs(self, is_firm: bool) -> tuple[Ints, Ints]:
        """Give out- and in-stubs by province of firms, or of other nodes."""
        if is_firm:
            return (self.firm_firm + self.firm_node).sum(axis=1), (self.firm_firm + self.node_firm).sum(axis=0)
        return self.node_firm.sum(axis=1), self.firm_node.sum(axis=0)


def split_roles(flows: Flows, named: pd.DataFrame, firms: Ints) -> Deal:
    """Split every flow by the roles of its ends.

    Parameters
    ----------
    firms : ndarray of int64
        Firms by province, in the order of `flows.provinces`.
    """
    counts = flows.counts
    out, into = (
        _firm_ends(named, flows.provinces, column, counts.sum(axis=axis), firms)
        for axis, column in ((1, "out_degree"), (0, "in_degree"))
    )
    # Rounded along the sums that must hold: cell by cell, small flows would all round one way.
    node_firm = np.minimum(_round_running(counts * (1 - out)[:, None], axis=1), counts)
    firm_node = np.minimum(_round_running(counts * (1 - into)[None, :], axis=0), counts)
    node_firm[-1, :], firm_node[-1, :] = counts[-1, :], 0
    node_firm[:, -1], firm_node[:, -1] = 0, counts[:, -1]
    # Rounding, and named nodes of small provinces, may ask for more than there is.
    needy = (into < FIRM_END)[None, :] & (firms > 0)[:, None]
    node_firm = np.where(needy, np.minimum(node_firm, counts - firm_node), node_firm)
    firm_node = np.minimum(firm_node, counts - node_firm)
    return Deal(counts - node_firm - firm_node, firm_node, node_firm)


def _round_running(parts: Floats, axis: int) -> Ints:
    return np.diff(np.rint(parts.cumsum(axis=axis)).astype(np.int64), axis=axis, prepend=0)


def _firm_ends(named: pd.DataFrame, provinces: list[str], column: str, ends: Ints, firms: Ints) -> Floats:
    """Give the share of a province's ends that are firms: the usual one, within what named nodes need."""
    need, other = (_need(named[named["is_firm"].eq(kind)], provinces, column) for kind in (True, False))
    some = np.maximum(ends, 1)
    low, high = (need + firms * 2 // 3) / some, 1 - other / some
    return np.where(firms > 0, np.clip(np.minimum(np.maximum(FIRM_END, low), high), 0.0, 0.97), 0.0)


def _need(named: pd.DataFrame, provinces: list[str], column: str) -> Ints:
    return named.groupby("province")[column].sum().reindex(provinces, fill_value=0).to_numpy(np.int64)


def make_nodes(
    rng: np.random.Generator,
    deal: Deal,
    provinces: list[str],
    named: pd.DataFrame,
    firms: Ints,
    n_nodes: int,
    late: float,
) -> Nodes:
    """Give every node its province and its degrees; the named ones keep theirs.

    Parameters
    ----------
    late : float
        Share of firms that joined the sample in its last year: the sample doubled then while
        relations grew by a twelfth, so they have one or two each.
    """
    others = _count_others(deal, provinces, named[~named["is_firm"]], n_nodes - int(firms.sum()))
    parts = []
    for is_firm, counts, slope, new in ((True, firms, FIRM_SLOPE, late), (False, others, NODE_SLOPE, 0.0)):
        kind = named[named["is_firm"].eq(is_firm)]
        highest = int((kind["in_degree"] + kind["out_degree"]).min()) - 1
        stubs = deal.stubs(is_firm)
        drawn = [
            _draw(rng, kind, province, int(counts[at]), int(stubs[0][at]), int(stubs[1][at]), highest, slope, new)
            for at, province in enumerate(provinces)
        ]
        known = kind[["province", "out_degree", "in_degree"]].rename_axis("id").reset_index()
        parts.append(pd.concat([known, *drawn], ignore_index=True).assign(is_firm=is_firm))
    return Nodes(pd.concat(parts, ignore_index=True).fillna({"id": ""}), int(firms.sum()))


def _degrees(rng: np.random.Generator, n: int, total: int, highest: int, slope: float, late: float) -> Ints:
    few = 1 + (rng.random(int(n * late)) < TWO_RELATIONS)
    rest = n - len(few)
    if not late or total - few.sum() < 2 * rest:  # in a small province there is no room for two kinds
        return heavy_tail(rng, n, total, 1, highest, slope)
    return np.concatenate([heavy_tail(rng, rest, total - int(few.sum()), 2, highest, slope), few])


def _count_others(deal: Deal, provinces: list[str], named: pd.DataFrame, total: int) -> Ints:
    """Give the number of relation nodes by province, as the stubs that the named ones leave."""
    known = named.groupby("province").size().reindex(provinces, fill_value=0).to_numpy(np.int64)
    taken = sum(_need(named, provinces, column) for column in ("out_degree", "in_degree"))
    left = sum(deal.stubs(is_firm=False)) - taken
    return known + whole(np.maximum(left, 0), total - int(known.sum()))


def _draw(
    rng: np.random.Generator,
    named: pd.DataFrame,
    province: str,
    count: int,
    out: int,
    into: int,
    highest: int,
    slope: float,
    late: float,
) -> pd.DataFrame:
    """Give degrees to the nodes of a province that are not named."""
    here = named[named["province"].eq(province)]
    out, into = out - int(here["out_degree"].sum()), into - int(here["in_degree"].sum())
    n = count - len(here)
    if min(n, out, into) < 0:
        raise ValueError(f"province {province} has no room for its named nodes")
    degrees = _degrees(rng, n, out + into, highest, slope, late)
    stubs = rng.permutation(np.repeat(np.arange(n), degrees))
    outs = np.bincount(stubs[:out], minlength=n)
    return pd.DataFrame({"province": province, "out_degree": outs, "in_degree": degrees - outs})


def wire(rng: np.random.Generator, deal: Deal, provinces: list[str], nodes: Nodes) -> tuple[Ints, Ints]:
    """Match the stubs of all nodes; give source and target by relation.

    Raises
    ------
    ValueError
        Loops or parallel relations are left after `MOST_SWAPS` rounds.
    """
    cells = [(table, source, target) for table, source, target in _kinds(deal)]
    start, end = np.divmod(np.arange(len(provinces) ** 2), len(provinces))
    origin = np.concatenate([np.repeat(start, table.ravel()) for table, _, _ in cells])
    destination = np.concatenate([np.repeat(end, table.ravel()) for table, _, _ in cells])
    giver = np.concatenate([np.full(table.sum(), source) for table, source, _ in cells])
    taker = np.concatenate([np.full(table.sum(), target) for table, _, target in cells])
    source = _deal(rng, origin, giver, nodes, provinces, "out_degree")
    target = _deal(rng, destination, taker, nodes, provinces, "in_degree")
    return _mend(rng, (source, target), (origin * 2 + giver, destination * 2 + taker), len(nodes.table))


def _kinds(deal: Deal) -> list[tuple[Ints, bool, bool]]:
    return [(deal.firm_firm, True, True), (deal.firm_node, True, False), (deal.node_firm, False, True)]


def _deal(rng: np.random.Generator, places: Ints, firm: Ints, nodes: Nodes, provinces: list[str], column: str) -> Ints:
    """Deal the stubs of each province and role to the relations that start, or end, there."""
    found = np.empty(len(places), np.int64)
    table = nodes.table
    for at, province in enumerate(provinces):
        for is_firm in (True, False):
            rows = table[table["province"].eq(province) & table["is_firm"].eq(is_firm)]
            stubs = np.repeat(rows.index.to_numpy(), rows[column])
            found[(places == at) & (firm == is_firm)] = rng.permutation(stubs)
    return found


def _mend(rng: np.random.Generator, ends: tuple[Ints, Ints], groups: tuple[Ints, Ints], n: int) -> tuple[Ints, Ints]:
    """Swap ends within a group (same province, same role) until no loop and no parallel is left.

    Targets and sources take turns: a hub may fill a small province's whole group of targets.
    """
    both = (ends[0].copy(), ends[1].copy())
    for turn in range(MOST_SWAPS):
        bad = _bad(*both, n)
        if not len(bad):
            return both
        end, group = both[(turn + 1) % 2], groups[(turn + 1) % 2]
        order = np.argsort(group, kind="stable")
        first, size = np.searchsorted(group[order], group[bad]), np.bincount(group)[group[bad]]
        partners = order[first + (rng.random(len(bad)) * size).astype(np.int64)]
        for one, other in zip(bad, partners, strict=True):
            end[one], end[other] = end[other], end[one]
    raise ValueError("relations are left that run twice or in a loop")


def _bad(source: Ints, target: Ints, n: int) -> Ints:
    keys = source * n + target
    order = np.argsort(keys, kind="stable")
    again = order[1:][keys[order][1:] == keys[order][:-1]]
    return np.union1d(again, np.flatnonzero(source == target))
