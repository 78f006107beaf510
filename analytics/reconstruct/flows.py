"""Relations between provinces: tables 6 and 7 brought as close together as they can be.

The two tables contradict each other on one base (see the audit). Relations with an end outside
China, or at a place unknown, are the way out: table 7 is a share of all relations, table 6 of those
whose own end is located.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, eye_array, hstack, vstack

from analytics.reconstruct.printed import Printed
from analytics.reconstruct.rounding import Floats, Ints, fit

Bools = NDArray[np.bool_]
Wanted = list[tuple[Floats, Bools, Floats]]  # shares, which are printed, what named nodes need of all relations
SIDES = (("share_enabling", "out_degree"), ("share_input", "in_degree"))

AWAY = "away"  # the pseudo-province of ends that are not located
HALF_DIGIT = 0.005  # percentage points: half of the last printed digit
SLACK = 0.04  # percentage points a printed flow may yield; 0.05 is allowed, the rest is for rounding
# Shares of relations whose source, target is located that are tried; the report prints neither.
SOURCES_LOCATED = (0.80, 0.82, 0.84, 0.85, 0.86, 0.87, 0.88, 0.90, 0.95)
TARGETS_LOCATED = (0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)
LEAST = 0.012  # percent, some ten relations: every province takes part
UNPRINTED = 0.079  # percent: an unprinted province stays below table 6's twentieth, 0.08
ROOM = 1.14  # of what named nodes need, so that other nodes have a place too
ROOM_PRINTED = 1.08  # where table 6 prints a share, room must not push it away from that
FAINT = 0.001  # weight of an unprinted province's sum, against 1 of a printed one


@dataclass(frozen=True)
class Flows:
    """Relations by province of both ends.

    Attributes
    ----------
    provinces : list of str
        Codes, then `AWAY`.
    counts : ndarray of int64, shape (n, n)
        From the row's to the column's province.
    deviation : float
        Sum of absolute deviations from table 6, percentage points.
    """

    provinces: list[str]
    counts: Ints
    deviation: float


def plan_flows(printed: Printed, provinces: list[str], needs: pd.DataFrame) -> Flows:
    """Find the flows that keep table 7 and deviate least from table 6, then round them.

    Method: a linear program for each pair of bases gives the least deviation and the sums by
    province; iterative proportional fitting then spreads the unprinted flows as evenly as
    a gravity prior allows, none above the smallest printed one.

    Parameters
    ----------
    needs : DataFrame
        `out_degree` and `in_degree` of the named nodes, summed by province (the index).
    """
    codes = [*provinces, AWAY]
    wanted = [_table_6(printed, measure, provinces, needs[degree]) for measure, degree in SIDES]
    known, cap = _table_7(printed, codes)
    found = [
        (solution, out, into)
        for out in SOURCES_LOCATED
        for into in TARGETS_LOCATED
        if (solution := _least_deviation(known, cap, wanted, out, into)) is not None
    ]
    (_, table), _, _ = min(found, key=lambda one: (round(one[0][0], 6), -one[1] - one[2]))
    counts = _round(_spread(table, known, cap), printed.n_relations, np.isfinite(known))
    return Flows(codes, counts, _deviation(counts, wanted))


def _deviation(counts: Ints, wanted: Wanted) -> float:
    """Sum what the located ends of the finished flows miss of table 6, percentage points."""
    total = 0.0
    for axis, (shares, printed, _) in zip((1, 0), wanted, strict=True):
        located = counts.sum(axis=axis)[:-1]
        total += float(np.abs(located * 100 / located.sum() - shares)[printed].sum())
    return total


def _table_6(
    printed: Printed, measure: str, provinces: list[str], needs: "pd.Series[int]"
) -> tuple[Floats, Bools, Floats]:
    """Give each province's share and whether it is printed; the others get equal parts of the rest.

    The third is the least share of all relations, which the named nodes of a province need.
    """
    shares = printed.share("table-6", measure)
    found = shares.reindex(provinces)
    room = np.where(found.notna(), ROOM_PRINTED, ROOM)
    need = needs.reindex(provinces, fill_value=0).to_numpy(float) * room * 100 / printed.n_relations
    even = np.maximum(float(shares["other_provinces"]) / found.isna().sum(), need)
    filled = np.where(found.notna(), found, even)
    return filled, found.notna().to_numpy(), need


def _table_7(printed: Printed, codes: list[str]) -> tuple[Floats, Floats]:
    """Give printed flows (NaN elsewhere) and the cap of every flow, percent of all relations."""
    flows = printed.share("table-7", "share_flow")
    flows = flows[flows.index.str.contains(">", regex=False)]
    known = pd.DataFrame(np.nan, index=codes, columns=codes)
    for pair, share in flows.items():
        known.loc[tuple(str(pair).split(">"))] = share
    cap = np.full(known.shape, float(flows.min()) - 2 * HALF_DIGIT)
    cap[-1, :] = cap[:, -1] = 100.0
    cap[-1, -1] = 0.0  # one end at least is a sample firm, and those are located
    return known.to_numpy(), cap


def _least_deviation(
    known: Floats, cap: Floats, wanted: Wanted, out: float, into: float
) -> tuple[float, Floats] | None:
    """Solve for flows with given bases; give the deviation from table 6 and the flows, or None.

    Variables are the flows, then what each province's sum falls short of table 6 and exceeds it.
    """
    n = len(known)
    targets = np.concatenate([out * wanted[0][0], into * wanted[1][0]])
    printed = np.concatenate([mask for _, mask, _ in wanted])
    least = np.maximum(np.concatenate([need for _, _, need in wanted]), LEAST)
    targets = np.maximum(targets, least)
    ceiling = np.where(printed, 100.0, np.repeat([out, into], n - 1) * UNPRINTED - targets)
    weight = np.where(printed, 1.0, FAINT) / np.repeat([out, into], n - 1)
    sums = [_sums(n, axis) for axis in (0, 1)]
    slack = eye_array(2 * (n - 1))
    equal = vstack(
        [
            hstack([vstack([one[:-1] for one in sums]), slack, -slack]),
            hstack([vstack([np.ones((1, n * n)), sums[0][-1:], sums[1][-1:]]), csr_array((3, 4 * (n - 1)))]),
        ]
    )
    low = np.where(np.isfinite(known), known - SLACK, 0.0).ravel()
    high = np.where(np.isfinite(known), known + SLACK, cap).ravel()
    solved = linprog(
        np.concatenate([np.zeros(n * n), weight, weight]),
        A_eq=equal,
        b_eq=np.concatenate([targets, [100.0, 100 * (1 - out), 100 * (1 - into)]]),
        bounds=np.column_stack(
            [np.r_[low, 0 * targets, 0 * targets], np.r_[high, targets - least, np.maximum(ceiling, 0.0)]]
        ),
        method="highs",
    )
    if solved.status != 0:
        return None
    misses = solved.x[n * n :].reshape(2, -1).sum(axis=0) * weight
    return float(misses[printed].sum()), solved.x[: n * n].reshape(n, n)


def _sums(n: int, axis: int) -> csr_array:
    """Give the matrix that sums a flattened table over one axis: 0 gives sums of rows."""
    cells = np.arange(n * n)
    place = cells // n if axis == 0 else cells % n
    return coo_array((np.ones(n * n), (place, cells)), shape=(n, n * n)).tocsr()


def _spread(table: Floats, known: Floats, cap: Floats) -> Floats:
    """Spread the unprinted part of a solution evenly, its sums of rows and columns kept."""
    fixed = np.where(np.isfinite(known), table, 0.0)
    rows, columns = (table - fixed).sum(axis=1), (table - fixed).sum(axis=0)
    prior = np.outer(rows, columns) + 1e-9
    prior[np.diag_indices_from(prior)] *= 3  # neighbours first
    prior[np.isfinite(known)] = 0.0
    prior[-1, -1] = 0.0
    return fixed + fit(prior, rows, columns, np.where(np.isfinite(known), 0.0, cap))


def _round(shares: Floats, total: int, printed: Bools) -> Ints:
    """Round to whole relations; what rounding leaves over goes to the largest unprinted flows."""
    counts = np.rint(shares / 100 * total).astype(np.int64)
    order = np.argsort(-np.where(printed, 0, shares), axis=None, kind="stable")
    left = total - int(counts.sum())
    flat = counts.ravel()
    flat[order[: abs(left)]] += np.sign(left)
    return flat.reshape(counts.shape)
