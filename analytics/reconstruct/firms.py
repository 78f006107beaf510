"""Attributes of the synthetic firms: every class of figures 1 and 4 to 10 to the nearest firm.

What the report prints is met exactly; how attributes go together is assumed (see `ASSUMPTIONS`).
"""

import numpy as np
import pandas as pd

from analytics.classes import EMPLOYEES
from analytics.measures.firms import BOOM, PEAK
from analytics.reconstruct.finance import money
from analytics.reconstruct.patents import patents
from analytics.reconstruct.printed import Printed
from analytics.reconstruct.rounding import Floats, Ints, whole

# Codes of sentences in the locales.
ASSUMPTIONS = (
    "size_and_degree",
    "size_and_patents",
    "layers_by_province",
    "listed_are_large",
    "topics_independent",
    "partners_by_degree",
)
NOISE = 1.0  # standard deviation of an attribute around the firm's size, in standard deviations of size
KNOWN = 4.0  # standard deviations that a named firm is larger: all of them are giants
# Where a layer is more frequent than elsewhere: hardware in the coastal provinces, methods in Beijing.
LEANINGS = {"base": ("44", "31", "32"), "technology": ("11", "33")}
LEANING = 0.5  # added to a draw of standard deviation 1.3
FIRST_FOUNDED, LAST_FOUNDED = 1980, 2023
LARGEST_STAFF = 200_000


def firm_attributes(rng: np.random.Generator, printed: Printed, firms: pd.DataFrame) -> pd.DataFrame:
    """Give every firm its attributes.

    Parameters
    ----------
    firms : DataFrame
        One row a firm: `province`, `degree`, `joined` (year), `listed` and `founded` (text, empty
        where not public).

    Returns
    -------
    DataFrame
        Index as `firms`: `founded_year`, `layer`, `employees`, `listed`, `revenue_cny`,
        `rd_cost_cny`, `patents`.
    """
    size = _standard(np.log(firms["degree"].to_numpy(float)) + rng.normal(0, NOISE, len(firms)))
    size += KNOWN * firms["founded"].ne("").to_numpy()
    found = pd.DataFrame(index=firms.index)
    found["layer"] = _layers(rng, printed, firms["province"])
    found["founded_year"] = _founded(rng, printed, firms)
    found["employees"] = _employees(rng, printed, _near(rng, size))
    found["listed"] = _listed(printed, firms["listed"], _near(rng, size))
    cost = money(rng, printed, found["listed"].to_numpy(), _near(rng, size))
    found["revenue_cny"], found["rd_cost_cny"] = cost
    found["patents"] = patents(rng, printed, firms["province"], found["layer"], _near(rng, size))
    return found


def _standard(values: Floats) -> Floats:
    return (values - values.mean()) / values.std()


def _near(rng: np.random.Generator, size: Floats) -> Floats:
    return size + rng.normal(0, NOISE, len(size))


def _layers(rng: np.random.Generator, printed: Printed, provinces: pd.Series) -> "np.ndarray":
    """Draw layers with the printed counts; a province leans to the layers that `LEANINGS` say."""
    counts = printed.share("figure-9", "n_firms").astype(int)
    layers = np.full(len(provinces), "", dtype=object)
    for layer in counts.sort_values().index[:-1]:
        score = rng.gumbel(size=len(provinces)) + LEANING * provinces.isin(LEANINGS.get(str(layer), ())).to_numpy()
        score[layers != ""] = -np.inf
        layers[np.argsort(-score, kind="stable")[: counts[layer]]] = layer
    layers[layers == ""] = counts.idxmax()
    return layers


def founding_years(printed: Printed) -> "pd.Series[int]":
    """Count firms by founding year: the printed sums, a smooth rise before them and a fall after."""
    total = printed.n_firms
    boom = round(printed.value("figure-1", "share_firms", "founded_2012_2018") * total / 100)
    peak = round(printed.value("figure-1", "share_firms", f"founded_{PEAK}") * total / 100)
    inner = [year for year in BOOM if year != PEAK]
    outer = [year for year in range(FIRST_FOUNDED, LAST_FOUNDED + 1) if year not in BOOM]
    rise = [1.12 ** (year - FIRST_FOUNDED) if year < PEAK else 14 * 0.6 ** (year - max(BOOM)) for year in outer]
    near = [1 / (1 + 0.12 * abs(year - PEAK)) for year in inner]
    found = dict(zip(inner, whole(np.array(near), boom - peak), strict=True))
    found |= dict(zip(outer, whole(np.array(rise), total - boom), strict=True))
    return pd.Series({**found, PEAK: peak}).sort_index()


def _founded(rng: np.random.Generator, printed: Printed, firms: pd.DataFrame) -> Ints:
    """Deal the founding years, none after the firm joined the network; public ones stand."""
    left = founding_years(printed)
    founded = pd.to_numeric(firms["founded"]).fillna(0).astype(np.int64).to_numpy().copy()
    left = left.sub(pd.Series(founded[founded > 0]).value_counts(), fill_value=0).astype(np.int64)
    for year in sorted(firms["joined"].unique()):
        group = np.flatnonzero((firms["joined"].to_numpy() == year) & (founded == 0))
        pool = rng.permutation(np.repeat(left.index[left.index <= year], left[left.index <= year]))
        founded[group] = pool[: len(group)]
        left = left.sub(pd.Series(pool[: len(group)]).value_counts(), fill_value=0).astype(np.int64)
    return founded


def _employees(rng: np.random.Generator, printed: Printed, size: Floats) -> Ints:
    counts = printed.counts("figure-4", "share_firms", len(size))
    values = np.empty(len(size), np.int64)
    order = np.argsort(size, kind="stable")
    lows, highs = (
        (5, *(int(e) for e in EMPLOYEES.edges[:-1]), 1001),
        (*(int(e) - 1 for e in EMPLOYEES.edges[:-1]), 1000),
    )
    for at, group in enumerate(np.split(order, np.cumsum(counts.to_numpy())[:-1])):
        if at < len(highs):
            drawn = np.exp(rng.uniform(np.log(lows[at]), np.log(highs[at] + 1), len(group)))
            values[group] = np.clip(drawn, lows[at], highs[at]).astype(np.int64)
        else:
            drawn = lows[at] * (1 - rng.random(len(group))) ** (-1 / 1.1)
            values[group] = np.sort(np.minimum(drawn, LARGEST_STAFF)).astype(np.int64)
    return values


def _listed(printed: Printed, public: pd.Series, size: Floats) -> "np.ndarray":
    """List the printed number of firms, the larger first; what is public stands."""
    score = np.where(public.eq("true"), np.inf, np.where(public.eq("false"), -np.inf, size))
    listed = np.zeros(len(size), bool)
    n_listed = int(printed.value("figure-5", "n_firms", "listed"))
    listed[np.argsort(-score, kind="stable")[:n_listed]] = True
    return listed
