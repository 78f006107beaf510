"""What the reconstruction is held to: every printed number it must meet, how near, and what it reached."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.measures import Choice, compute_facts

COLUMNS = (
    "source", "measure", "item", "year", "unit", "rule", "printed", "reached", "deviation", "tolerance", "met",
)  # fmt: skip
KEY = ["source", "measure", "item", "year"]
DERIVED_TOO = ("figure-6",)  # the class that the report leaves out follows from the others


@dataclass(frozen=True, slots=True)
class Rule:
    """How near a number must come.

    Attributes
    ----------
    code : str
        exact, nearest_firm, points, share, absolute.
    tolerance : float
        In the number's unit; for `share` a part of the printed number.
    """

    code: str
    tolerance: float


EXACT = Rule("exact", 0.0)
# Half a firm, and half of the last printed digit: of 4,311 firms, of 672 listed ones.
NEAREST, NEAREST_LISTED = Rule("nearest_firm", 0.5 / 43.11 + 0.005), Rule("nearest_firm", 0.5 / 6.72 + 0.005)
POINTS = Rule("points", 0.05)
HALF_POINT, TWO_POINTS = Rule("points", 0.5), Rule("points", 2.0)
HALF_DIGIT = Rule("points", 0.005)

RULES: dict[tuple[str, str], Rule] = {
    **{(f"figure-{n}", "share_firms"): NEAREST for n in (1, 2, 3, 4, 5, 9, 10)},
    **{(f"figure-{n}", "share_firms"): NEAREST_LISTED for n in (6, 7, 8)},
    **{(f"figure-{n}", "n_firms"): EXACT for n in (5, 9)},
    ("figure-3", "rank_firms"): EXACT,
    ("figure-11", "rank_patents"): EXACT,
    **{(f"figure-{n}", "share_patents"): HALF_POINT for n in (11, 12)},
    **{("table-1", name): EXACT for name in ("n_sample_nodes", "n_relation_nodes", "n_nodes", "n_relations")},
    **{(f"table-{n}", name): EXACT for n in (2, 3) for name in ("in_degree", "out_degree", "degree")},
    ("figure-14", "share_degree"): TWO_POINTS,
    **{(f"figure-{n}", "share_relations"): POINTS for n in (15, 16, 17)},
    ("figure-18", "share_tertiary"): POINTS,
    ("figure-19", "share_secondary"): POINTS,
    ("figure-20", "share_manufacturing"): POINTS,
    ("table-6", "share_enabling"): POINTS,
    ("table-6", "share_input"): POINTS,
    ("table-7", "share_flow"): POINTS,
    ("text", "n_firms"): EXACT,
    ("text", "growth_rate"): HALF_DIGIT,
}
# The shape of table 1: its last year closer than those before.
SHAPE = {
    "average_path_length": (Rule("share", 0.05), Rule("share", 0.10)),
    "clustering": (Rule("absolute", 0.02), Rule("absolute", 0.02)),
    "diameter": (Rule("absolute", 2.0), Rule("absolute", 3.0)),
}
LAST_YEAR = 2023


def check_constraints(facts: pd.DataFrame, tables: Mapping[str, pd.DataFrame], choice: Choice) -> pd.DataFrame:
    """Hold the reconstruction's tables against the printed numbers.

    Returns
    -------
    DataFrame
        `COLUMNS`; one row a printed number that a rule is about, in the order of the facts.
        `printed`, `reached`, `deviation` (reached less printed) in `unit`; `met` is whether the
        deviation is within `tolerance`.
    """
    rows = facts.merge(compute_facts(facts, tables, choice).rename(columns={"value": "reached"}), on=KEY)
    rules = [_rule(row.source, row.measure, row.year) for row in rows.itertuples()]
    ruled = pd.Series([rule is not None for rule in rules], index=rows.index, dtype=bool)
    held = rows[ruled & (rows["status"].eq("printed") | rows["source"].isin(DERIVED_TOO))]
    kept = [rules[at] or EXACT for at in held.index]
    shares = np.array([rule.code == "share" for rule in kept])
    bounds = np.array([rule.tolerance for rule in kept]) * np.where(shares, held["value"].abs(), 1.0)
    deviation = held["reached"] - held["value"]
    found = held.rename(columns={"value": "printed_value"}).assign(
        rule=[rule.code for rule in kept],
        deviation=deviation,
        tolerance=bounds,
        met=deviation.abs() <= bounds + 1e-9,
    )
    return (
        found.drop(columns="printed").rename(columns={"printed_value": "printed"})[list(COLUMNS)].reset_index(drop=True)
    )


def _rule(source: str, measure: str, year: object) -> Rule | None:
    if source == "table-1" and measure in SHAPE:
        return SHAPE[measure][0 if year == LAST_YEAR else 1]
    return RULES.get((source, measure))
