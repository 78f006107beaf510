"""Files and the line that says where numbers come from."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import store
from analytics.filters import Filters, parse
from components.chart_card import alt_text, unaffected
from components.charts import CHARTS
from components.i18n import LANGUAGES, t
from components.sources import (
    FORMULA_STARTS,
    badge_of,
    data_link,
    describe,
    keys_of,
    place_of,
    shown_rows,
    source_line,
    write_csv,
    write_json,
)

# What OWASP lists as the starts that a spreadsheet takes for a formula.
STARTS = ["=", "+", "-", "@", "\t", "\r"]
# A lone carriage return ends a line for some readers and not for others; CSV leaves that open.
cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r\n"), max_size=20)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_a_mark_for_spreadsheets_and_their_line_ends() -> None:
    content = write_csv(pd.DataFrame({"name": ["北京", "two words"], "value": [1.5, 2.0]}))
    assert content == "\ufeffname,value\r\n北京,1.5\r\ntwo words,2.0\r\n".encode()


def test_csv_of_no_rows_keeps_its_header() -> None:
    assert write_csv(pd.DataFrame({"a": [], "b": []})) == b"\xef\xbb\xbfa,b\r\n"


@pytest.mark.parametrize("start", STARTS)
def test_no_text_cell_starts_a_formula(start: str) -> None:
    assert start in FORMULA_STARTS
    rows = pd.DataFrame(
        {"name": [f"{start}cmd|' /C calc'!A0", f"a{start}b", "", None], "value": [-1.0, 2.0, 0.0, None]}
    )
    found = read(write_csv(rows))[1:]
    assert [row[0] for row in found] == [f"'{start}cmd|' /C calc'!A0", f"a{start}b", "", ""]
    assert [row[1] for row in found] == ["-1.0", "2.0", "0.0", ""]  # a number is no formula


@given(st.lists(cells, min_size=1, max_size=5))
def test_csv_keeps_every_text_up_to_the_guarding_quote(names: list[str]) -> None:
    found = [row[0] if row else "" for row in read(write_csv(pd.DataFrame({"name": names, "value": 1.0})))[1:]]
    assert [cell.removeprefix("'") for cell in found] == [name.removeprefix("'") for name in names]
    assert not any(cell.startswith(tuple(STARTS)) for cell in found)


def test_writing_leaves_the_frame_alone() -> None:
    rows = pd.DataFrame({"name": ["=1"], "value": [1.0]})
    write_csv(rows)
    assert rows["name"].tolist() == ["=1"]


@pytest.mark.parametrize(
    ("status", "badge"),
    [
        ([], "none"),
        (["printed"], "published"),
        (["derived"] * 2, "derived"),
        (["printed", "derived"], "mixed"),
        (["printed", "modelled"], "modelled"),
        (["own"], "own"),
    ],
)
def test_badge(status: list[str], badge: str) -> None:
    assert badge_of(pd.DataFrame({"status": status})) == badge
    assert badge_of(pd.DataFrame({"status": [*status, None]})) == badge  # an unprinted province has no status


@pytest.mark.parametrize(
    ("chart", "lang", "line"),
    [
        ("founding", "zh", "资料来源：《中国新一代人工智能科技产业发展报告·2024》图 1，所在节始于第 1 页"),
        ("sample_hubs", "zh", "资料来源：《中国新一代人工智能科技产业发展报告·2024》表 2，所在节始于第 8 页"),
        ("index_cities", "zh", "资料来源：《中国新一代人工智能科技产业发展报告·2024》正文"),
        ("flow_map", "en", "table 7, in the section from p. 15"),
        ("industry_tree", "en", "figure 17, figure 18, figure 19, figure 20, in the section from p. 12"),
        ("index_cities", "en", "Development Report 2024, text"),
    ],
)
def test_source_line(chart: str, lang: str, line: str) -> None:
    assert source_line(CHARTS[chart], lang).endswith(line)


# Their rows lie between several figures and name the first.
CROSSED = (
    *("technology_by_application", "technology_by_industry", "province_technologies", "topic_sankey"),
    *("polarization_verdict", "concentration_years", "structure_years", "reach_years"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS)
def test_every_source_line_names_every_place_of_its_rows(chart: str, lang: str) -> None:
    spec, said = CHARTS[chart], source_line(CHARTS[chart], lang)
    sources = {one for option in spec.options for one in shown_rows(spec.rows(Filters(), option))["source"]}
    assert sources == ({spec.sources[0]} if chart in CROSSED else set(spec.sources))
    assert all(place_of(source, lang) in said for source in spec.sources)
    assert not re.search(r"nan|None|\{|\[\[|–$", said)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_link_holds_what_the_chart_answers_to_and_nothing_else(chart: str) -> None:
    spec = CHARTS[chart]
    link = data_link(spec, "csv", Filters(("11", "31"), ("base",), (2015, 2020)), spec.options[-1], "en")
    path, _, query = link.partition("?")
    found = dict(part.split("=") for part in query.split("&"))
    assert path == f"/data/{chart}.csv" and found.pop("lang") == "en"
    assert found.pop("option", spec.options[0]) == spec.options[-1]
    assert set(found) == keys_of(spec) & {"province", "layer", "from", "to"}
    assert parse({key: value.replace("%2C", ",") for key, value in found.items()}).ignored == ()


def test_shown_rows_leave_out_what_has_no_value_or_is_filtered_away() -> None:
    rows = CHARTS["province_map"].rows(Filters(("11",)), "enabling")
    assert len(rows) == 34
    assert shown_rows(rows)["item"].tolist() == ["11"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_json_says_how_to_cite(lang: str) -> None:
    spec = CHARTS["layers"]
    rows = spec.rows(Filters(), "")
    found = write_json(spec, rows, Filters(layers=("base",)), "", lang)
    assert found["filters"] == {"layer": "base"} and found["data_version"] == store.manifest()["version"]
    assert ("刘刚" if lang == "zh" else "Liu G") in found["citation"]
    assert [row["value"] for row in found["rows"]] == rows["value"].tolist()
    assert describe(spec, lang).items() <= found.items()


@pytest.mark.parametrize("chart", CHARTS)
def test_alt_text_of_one_row_and_of_none(chart: str) -> None:
    spec = CHARTS[chart]
    rows = shown_rows(spec.rows(Filters(), spec.options[0]))
    said = alt_text(spec, rows.iloc[:1], Filters(), "en").removeprefix(t(f"chart.{chart}.subtitle", "en"))
    assert str(rows["item_en"].iloc[0]) in said
    assert said.count("; ") <= str(rows["item_en"].iloc[0]).count("; ")
    assert alt_text(spec, rows.iloc[:0], Filters(), "zh") == "所选条件下没有数据。"


def test_a_chart_says_which_filters_it_cannot_answer_to() -> None:
    every = Filters(("11",), ("base",), (2015, 2020))
    assert "province and technology layer and year" in unaffected(CHARTS["index_cities"], every, "en")
    assert "province" not in unaffected(CHARTS["flow_map"], every, "en")
    assert unaffected(CHARTS["flow_map"], Filters(("11",)), "zh") == ""
