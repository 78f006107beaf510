"""A reader's table of indicators: what is read, and what is said of a bad one."""

import re

import pytest

from analytics import store
from analytics.errors import DataErrors, ErrorInfo
from analytics.index.own_table import MOST_CHARACTERS, read_own_table
from components.i18n import LANGUAGES
from components.problems import say_problem


def read(text: str) -> dict[str, dict[str, float]]:
    return read_own_table(text, store.provinces()).values.to_dict()


def problems(text: str) -> list[ErrorInfo]:
    with pytest.raises(DataErrors) as found:
        read(text)
    return [one.info for one in found.value]


@pytest.mark.parametrize("word", ["11", "110000", "北京", "北京市", "Beijing", " beijing ", "１１"])
def test_a_province_goes_by_any_of_its_names(word: str) -> None:
    assert read(f"place,x\n{word},1\n44,2") == {"x": {"11": 1.0, "44": 2.0}}


@pytest.mark.parametrize("mark", [",", "\t", ";", "，"])
def test_any_usual_delimiter(mark: str) -> None:
    text = "\ufeff省份,甲,乙\n北京,1,2\n\n广东,3.5,-4e1\n".replace(",", mark)
    assert read(text) == {"甲": {"11": 1.0, "44": 3.5}, "乙": {"11": 2.0, "44": -40.0}}


@pytest.mark.parametrize(("cell", "value"), [('"1,234.5"', 1234.5), ("１２", 12.0), ("−3", -3.0), ("0", 0.0)])
def test_numbers_as_people_write_them(cell: str, value: float) -> None:
    assert read(f"p,x\n11,{cell}") == {"x": {"11": value}}


@pytest.mark.parametrize("cell", ["12%", "1.2.3", "nan", "inf", "1e99", "abc", '"1,5"', "=1+1", "十"])
def test_what_is_no_number_is_named(cell: str) -> None:
    (found,) = problems(f"p,x\n11,1\n44,{cell}")
    assert (found.row, found.column, found.value, found.expected) == (3, "x", cell.strip('"'), "a number")


def test_all_problems_come_at_once_in_the_order_of_the_rows() -> None:
    found = problems("p,x\nNarnia,1\n11,\n北京,2\n44,1,2")
    assert [(one.row, one.column, one.value) for one in found] == [
        (2, "p", "Narnia"),
        (3, "x", ""),
        (4, "p", "北京"),
        (5, None, "3 cells"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "p,x", "p\n11", "p,x,x\n11,1,2", "p,\n11,1", '"p,x\n11,1', "p,x\n", "x" * (MOST_CHARACTERS + 1), "p,x\n" * 60],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_that_is_none_is_said_in_the_readers_language(text: str, lang: str) -> None:
    for one in problems(text):
        said = say_problem(one, lang)
        assert said and one.remedy
        letters = re.sub(r"CSV|“[^”]*”", "", said)
        assert lang == "en" or not re.search("[a-z]", letters), said
