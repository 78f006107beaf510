"""The sentence over a chart against frames made by hand: empty, single, tied, filtered, over years."""

from typing import Any

import pandas as pd
import pytest

from analytics.filters import Filters
from components.findings import finding

NAMES = {"a": "甲", "b": "乙", "c": "丙", "d": "丁", "other_x": "其他"}


def frame(*rows: tuple[str, float], **more: list[Any]) -> pd.DataFrame:
    items = [item for item, _ in rows]
    return pd.DataFrame(
        {
            "item": items,
            "item_zh": [NAMES[item] for item in items],
            "item_en": [item.upper() for item in items],
            "measure": "share_firms",
            "year": pd.array([pd.NA] * len(rows), dtype="Int64"),
            "unit": "percent",
            "value": [value for _, value in rows],
            "printed": "",
            **more,
        }
    )


@pytest.mark.parametrize(
    ("rows", "zh", "en"),
    [
        (frame(), "", ""),
        (frame(("a", 100.0)), "只有一项：甲，100.00%。", "Only A: 100.00%."),
        (
            frame(("b", 30.0), ("a", 70.0)),
            "最高：甲，70.00%；其次：乙，30.00%。",
            "Highest: A with 70.00%; next: B with 30.00%.",
        ),
        (
            frame(("a", 50.0), ("b", 50.0)),
            "并列最高：甲和乙，均为 50.00%。", "Highest, level with each other: A and B with 50.00%.",
        ),
        (
            frame(("a", 25.0), ("b", 25.0), ("c", 25.0), ("d", 25.0)),
            "4 项并列最高，均为 25.00%。",
            "4 items are level at the highest value, 25.00%.",
        ),
        (
            frame(("other_x", 90.0), ("a", 6.0), ("b", 4.0)),
            "最高：甲，6.00%；其次：乙，4.00%。",
            "Highest: A with 6.00%; next: B with 4.00%.",
        ),
        (frame(("other_x", 100.0)), "只有一项：其他，100.00%。", "Only OTHER_X: 100.00%."),
    ],
)  # fmt: skip
def test_the_highest_is_named(rows: pd.DataFrame, zh: str, en: str) -> None:
    assert finding(rows, Filters(), "zh") == zh
    assert finding(rows, Filters(), "en") == en


@pytest.mark.parametrize(
    ("base", "pin", "said"),
    [
        ([60.0, 40.0], "", "Compared with all data, the widest gap is A: 10.00 points more."),
        ([75.0, 25.0], "all", "Compared with the pinned selection, the widest gap is A: 5.00 points less."),
        ([70.04, 29.96], "", "Nearly the same as what it is compared with."),
        ([float("nan"), float("nan")], "", "Nearly the same as what it is compared with."),
    ],
)
def test_the_widest_gap_is_named(base: list[float], pin: str, said: str) -> None:
    rows = frame(("a", 70.0), ("b", 30.0), base=base)
    assert finding(rows, Filters(pin=pin), "en").endswith(f"30.00%. {said}")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([3.0, 4.5], "A rose from 3.00% in 2014 to 4.50% in 2015."),
        ([4.5, 3.0], "A fell from 4.50% in 2014 to 3.00% in 2015."),
        ([3.0, 3.0], "A was 3.00% in both 2014 and 2015."),
    ],
)
def test_a_course_goes_from_the_first_year_to_the_last(values: list[float], said: str) -> None:
    rows = frame(("a", values[1]), ("a", values[0])).assign(year=pd.array([2015, 2014], dtype="Int64"))
    assert finding(rows, Filters(), "en") == said


def test_a_course_of_one_year_is_that_years_value() -> None:
    rows = frame(("a", 3.0), ("b", 2.0), ("b", 1.0)).assign(year=pd.array([2014, 2014, 2015], dtype="Int64"))
    assert finding(rows, Filters(), "zh") == "甲在 2014 年为 3.00%；乙从 2014 年的 2.00% 降至 2015 年的 1.00%。"
