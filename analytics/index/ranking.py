"""From a choice and indicators to ranked provinces, or the reason why there is no rank."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.index.choice import Choice
from analytics.index.indicators import PILLARS
from analytics.index.method import (
    Firmness,
    aggregate,
    average,
    contributions,
    draw_in,
    find_skewed,
    normalise,
    rank,
    shake_weights,
)

NO_WEIGHT, NO_DATA, TOO_FEW, NEGATIVE = "no_weight", "no_data", "too_few", "negative"
FEWEST = 2  # places that can be compared


class NoRanking(Exception):
    """Why nothing can be ranked: `reason` is no_weight, no_data, too_few or negative."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Column:
    """An indicator as the index takes it in.

    Attributes
    ----------
    name, pillar : str
    values : Series
        Index: codes of provinces; those that are not there have no value.
    own : bool
        Whether the reader brought it.
    less : bool
        Whether less of it is better.
    """

    name: str
    pillar: str
    values: pd.Series
    own: bool = False
    less: bool = False


@dataclass(frozen=True)
class Ranking:
    """Ranked provinces.

    Attributes
    ----------
    rows : DataFrame
        Grain: province, best first. `code`, `rank`, `score`, `held` (0 to 1), `low`, `high` (ranks),
        for every pillar of `pillars` its score, and what it adds to the total under `<pillar>_part`.
    pillars : tuple of str
        Those that count: they have a weight and an indicator.
    unfilled : tuple of str
        Those that have a weight and no indicator.
    skewed : tuple of str
        Indicators whose logarithm was taken.
    left_out : tuple of str
        Codes of provinces that lack an indicator.
    """

    rows: pd.DataFrame
    pillars: tuple[str, ...]
    unfilled: tuple[str, ...]
    skewed: tuple[str, ...]
    left_out: tuple[str, ...]


def rank_provinces(columns: list[Column], provinces: list[str], choice: Choice) -> Ranking:
    """Rank provinces by the indicators of the pillars that have a weight.

    A pillar without an indicator is left out, and the other weights keep their proportion. A
    province that lacks an indicator of a pillar that counts has no rank: nothing is imputed.

    Raises
    ------
    NoRanking
        All weights are zero; no pillar that has a weight has an indicator; fewer than two
        provinces have all of them; or z-scores, which can be negative, meet a geometric mean.
    """
    weighted = [name for name, weight in zip(PILLARS, choice.weights, strict=True) if weight]
    if not weighted:
        raise NoRanking(NO_WEIGHT)
    if choice.norm == "zscore" and choice.sum == "geometric":
        raise NoRanking(NEGATIVE)
    used = [one for one in columns if one.pillar in weighted]
    pillars = tuple(name for name in weighted if any(one.pillar == name for one in used))
    if not pillars:
        raise NoRanking(NO_DATA)
    table = pd.DataFrame({at: one.values.reindex(provinces) for at, one in enumerate(used)}, index=provinces)
    whole = table.dropna()
    if len(whole) < FEWEST:
        raise NoRanking(TOO_FEW)
    scores, skewed = _scores(whole.to_numpy(float), used, pillars, choice)
    weights = np.array([choice.weights[PILLARS.index(name)] for name in pillars], dtype=float)
    return Ranking(
        _rows(whole.index, scores, weights, pillars, choice),
        pillars,
        tuple(name for name in weighted if name not in pillars),
        tuple(one.name for one, is_skewed in zip(used, skewed, strict=True) if is_skewed),
        tuple(code for code in provinces if code not in whole.index),
    )


def _scores(
    values: np.ndarray, used: list[Column], pillars: tuple[str, ...], choice: Choice
) -> tuple[np.ndarray, np.ndarray]:
    treated = choice.treat == "log" and choice.norm != "rank"  # ranks have no outliers
    skewed = find_skewed(values) if treated else np.zeros(values.shape[1], dtype=bool)
    better = np.where([one.less for one in used], -1.0, 1.0)
    scores = normalise(draw_in(values, skewed) * better, choice.norm)
    pillar_of = np.array([pillars.index(one.pillar) for one in used])
    return average(scores, pillar_of, len(pillars)), skewed


def _rows(
    codes: pd.Index, scores: np.ndarray, weights: np.ndarray, pillars: tuple[str, ...], choice: Choice
) -> pd.DataFrame:
    totals = aggregate(scores, weights, choice.sum)
    places = rank(totals)
    firm: Firmness = shake_weights(scores, choice.sum, places)
    parts = contributions(scores, weights, choice.sum)
    frame = {"code": codes, "rank": places, "score": totals, "held": firm.held, "low": firm.low, "high": firm.high}
    frame |= {name: scores[:, at] for at, name in enumerate(pillars)}
    frame |= {f"{name}_part": parts[:, at] for at, name in enumerate(pillars)}
    return pd.DataFrame(frame).sort_values(["rank", "code"], ignore_index=True)
