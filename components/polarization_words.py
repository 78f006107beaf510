"""The verdict in words: whether a selection polarizes or spreads, since when, and by which numbers."""

import pandas as pd

from analytics.measures.verdict import Verdict, judge
from components.i18n import t

TOLD = ("first_4_source", "gini_source", "core_share")  # measures whose values the sentence gives


def verdict(rows: pd.DataFrame, lang: str) -> str:
    """Say what the rule of `analytics.measures.verdict` finds in the changes of measures.

    Parameters
    ----------
    rows : DataFrame
        `item`, `year`, `value`, `before`, `after`, `since`, `item_zh`, `item_en`.

    Returns
    -------
    str
        Empty where there is no change to judge.
    """
    found = judge(rows)
    if found is None:
        return ""
    last = rows[rows["year"].eq(found.last)]
    told = found.up + found.down + found.still
    moved = {"up": found.up, "down": found.down, "still": found.still}
    counts = {
        "from": int(last["since"].min()),
        "last": found.last,
        "told": told,
        **moved,
    }
    said = [t(f"polar.{found.way}", lang, **counts), _since(found, lang), _values(last, lang)]
    return ("" if lang == "zh" else " ").join(filter(None, said))


def _since(found: Verdict, lang: str) -> str:
    if found.first == found.last:
        return t("polar.only_year", lang)
    if found.since == found.last:
        return t("polar.since_now", lang)
    return t("polar.since_first" if found.since == found.first else "polar.since", lang, since=found.since)


def _values(rows: pd.DataFrame, lang: str) -> str:
    """Give the values behind the verdict, on their own scales."""
    told = rows[rows["item"].isin(TOLD)]
    parts = [_went(row, lang) for _, row in told.iterrows()]
    return t("finding.stop", lang, text=t("finding.comma", lang).join(parts)) if parts else ""


def _went(row: pd.Series, lang: str) -> str:
    def write(value: float) -> str:
        return f"{value:.3f}" if str(row["item"]).startswith("gini") else f"{value:.2f}%"

    return t("polar.went", lang, name=row[f"item_{lang}"], before=write(row["before"]), after=write(row["after"]))
