"""The index over the wire: ranking, files, the reader's table; whatever is sent, never a 500."""

import csv
import io
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.index.choice import METHODS
from analytics.index.indicators import PILLARS
from app import server
from components.i18n import LANGUAGES

CLIENT = server.test_client()
TABLE = "province,venture capital\nBeijing,812\n广东,655.5\n31,590"
ZERO = dict.fromkeys(PILLARS, "0")
SLOWEST = 0.030  # seconds of a ranking with its 1,000 weightings


def view(body: Any = None, **query: Any) -> Any:
    query = {"lang": "en", **query}
    link = "/index/view.json"
    answer = CLIENT.get(link, query_string=query) if body is None else CLIENT.post(link, query_string=query, json=body)
    assert answer.status_code == 200, answer.text[:300]
    return answer.json


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ranking_says_what_it_is(lang: str) -> None:
    found = view(lang=lang)
    assert found["badge"] == "modelled" and found["source"] and found["subtitle"]
    assert found["filled"] == ["academic", "enterprise", "linking", "openness"]
    bars = [one for one in found["figures"]["index_scores"]["data"] if one["type"] == "bar"]
    assert len(bars) == 4 and all(len(one["x"]) == 34 for one in bars)
    note = " ".join(found["notes"])
    assert ("Capital environment and Government response" if lang == "en" else "资本环境") in note
    assert ("not the report" if lang == "en" else "不是报告的") in note


def test_printed_ranks_stand_beside() -> None:
    diamonds = view()["figures"]["index_ranks"]["data"][-1]
    assert diamonds["x"] and sorted(diamonds["x"]) == [1, 2, 3, 4, 5]


def test_weights_change_the_ranking_and_a_bad_one_is_told() -> None:
    assert view()["table"] != view(openness=0)["table"]
    found = view(openness="abc", sum="maximum")
    assert "openness, sum" in found["ignored"] and found["table"] == view()["table"]


def test_filters_of_the_link_are_told_to_have_no_effect() -> None:
    found = view(province="11", **{"from": "2016"})
    assert "(province and year) have no effect" in found["ignored"]
    assert found["table"] == view()["table"] and view()["ignored"] == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (ZERO, "All weights are 0"),
        ({**ZERO, "capital": "3"}, "No pillar that has a weight has an indicator"),
        ({"norm": "zscore", "sum": "geometric"}, "z-scores can be negative"),
    ],
)
def test_no_ranking_says_why(query: dict[str, str], said: str) -> None:
    assert said in view(**query)["none"]
    answer = CLIENT.get("/index/ranking.csv", query_string={**query, "lang": "en"})
    assert answer.status_code == 400 and said in answer.text


def test_an_own_table_fills_a_pillar_and_says_who_is_left_out() -> None:
    found = view({"table": TABLE, "columns": {"venture capital": {"pillar": "capital"}}})
    assert found["problems"] == [] and "capital" in found["filled"] and found["badge"] == "modelled"
    note = " ".join(found["notes"])
    assert "Without a rank, as an indicator is missing (31)" in note and "venture capital" in note
    only = view({"table": TABLE}, **{**ZERO, "capital": "5"})
    assert only["badge"] == "own" and "Beijing leads with a score of 100.0" in only["finding"]["index_scores"]
    assert (
        "Of the first 5" in view()["finding"]["index_scores"]
        and "Of the first 5" not in only["finding"]["index_scores"]
    )
    less = view({"table": TABLE, "columns": {"venture capital": {"less": True}}}, **{**ZERO, "capital": "5"})
    assert "Shanghai leads" in less["finding"]["index_scores"]


def test_a_bad_table_is_told_and_left_out() -> None:
    found = view({"table": "province,x\nNarnia,1\n11,<b>"})
    assert found["own"] == [] and found["table"] == view()["table"]
    assert found["problems"] == [
        "Your table, row 2, column “province”: “Narnia” is no province-level unit of China. "
        "Write a two-digit code, a short name, a full name or an English name.",
        "Your table, row 3, column “x”: found “<b>”, expected a number. Write digits only, as 1234.5, without a unit.",
    ]


def test_names_of_a_reader_are_escaped() -> None:
    found = view({"table": "province,<img src=x>\n11,1\n44,2"})
    assert "<img" not in found["fill"] and "&lt;img" in found["fill"]


def test_the_file_holds_what_is_shown() -> None:
    answer = CLIENT.post("/index/ranking.csv?lang=en", json={"table": TABLE})
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["name_en"] for row in rows if row["rank"] == "1"] == ["Beijing"] and len(rows) == 3
    assert {"score_capital", "part_capital", "rank_p5", "rank_p95", "reported_rank", "status"} <= rows[0].keys()
    for row in rows:
        parts = sum(float(value) for key, value in row.items() if key.startswith("part_"))
        assert parts == pytest.approx(float(row["score"]))
    whole = CLIENT.get("/index/ranking.json?lang=en").json
    assert len(whole["rows"]) == 34 and whole["badge"] == "modelled" and "Handbook" in whole["citation"][1]


def test_the_template_lists_all_provinces() -> None:
    rows = list(csv.reader(io.StringIO(CLIENT.get("/index/template.csv?lang=zh").data.decode("utf-8-sig"))))
    assert len(rows) == 35 and rows[0][0] == "省份"


@pytest.mark.parametrize("form", ["xlsx", "<b>", "csv.exe"])
def test_other_forms_are_refused(form: str) -> None:
    assert CLIENT.get(f"/index/ranking.{form}").status_code == 404


def test_a_ranking_takes_its_time_and_no_more() -> None:
    view()
    times = []
    for weight in range(11):
        begun = time.perf_counter()
        view(enterprise=weight)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[5] < 3 * SLOWEST  # the machine of the tests does other things as well


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from([*PILLARS, *METHODS, "lang", "data", "x"])
cells = st.text(alphabet='12,.;\t\n"北京x-+eE%', max_size=80)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(keys, st.text(max_size=12)), anything)
def test_crafted_links_and_bodies(query: dict[str, str], body: Any) -> None:
    assert CLIENT.post("/index/view.json", query_string=query, json=body).status_code == 200
    assert CLIENT.post("/index/ranking.json", query_string=query, json=body).status_code in (200, 400)


@settings(max_examples=80, deadline=None)
@given(cells, anything)
def test_crafted_tables(text: str, columns: Any) -> None:
    found = view({"table": f"p,x\n11,1\n{text}", "columns": columns})
    assert found["problems"] or found["own"]
