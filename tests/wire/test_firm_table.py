"""The table of firms and the profiles over the wire: rows, files, crafted links, and whose pages load the grid."""

import io
import json
import re
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from analytics import store
from analytics.filters import KEYS, parse
from analytics.firm_table import COLUMNS, MOST_ROWS, SORTED
from analytics.measures import Slice
from app import server
from components import firm_files
from components.i18n import LANGUAGES, t
from components.shell import PAGES, SUBPAGES, path_of
from tests.wire.calls import CALL, page_call

READER = server.test_client()
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
QUERIES: list[dict[str, str]] = [
    {},
    {"province": "11,44", "layer": "base"},
    {"search": "华", "sort": "-patents"},
    {"search": "FIRM-00", "sort": "name", "firm_listed": "listed"},
    {"province": "11", "firm_founded": "2015", "firm_size": "employees_gt_1000"},
    {"search": "nobody is called so"},
]
CODES = {"id": str, "province": str}


def rows(**query: Any) -> dict[str, Any]:
    answer = READER.get(f"/firms.json?{urlencode(query)}")
    assert answer.status_code == 200
    return answer.json


def csv_of(link: str) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(READER.get(link).data), dtype=CODES)


def words(answer: Any) -> str:
    return json.dumps(answer.json["response"], ensure_ascii=False)


def profile(lang: str, query: str) -> str:
    answer = READER.post(CALL, json=page_call(READER, f"/{lang}/firm", query))
    assert answer.status_code == 200
    return words(answer)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_table_and_files_hold_the_same_firms_in_the_same_order(query: dict[str, str]) -> None:
    found = rows(**query, lang="en", start=0, end=MOST_ROWS)
    table = csv_of(found["csv"])
    book = load_workbook(io.BytesIO(READER.get(found["xlsx"]).data), read_only=True)["firms"]
    head, *lines = book.iter_rows(values_only=True)
    ids = [re.search(r"id=([^&]+)", row["href"])[1] for row in found["rows"]]  # type: ignore[index]
    assert len(table) == len(lines) == found["count"]
    assert table["id"].tolist()[:MOST_ROWS] == ids and table["id"].tolist() == [line[0] for line in lines]
    assert table.columns.tolist() == list(head) and set(COLUMNS) < set(head)


@pytest.mark.parametrize("query", QUERIES[:2] + QUERIES[4:5], ids=str)
def test_as_many_firms_as_the_cards_count(query: dict[str, str]) -> None:
    chosen = Slice(store.tables(), parse(query).filters).firms()
    found = rows(**query, lang="en")
    assert found["count"] == chosen.sum()
    assert found["said"] == f"{chosen.sum():,} of {len(chosen):,} firms"


def test_files_say_what_their_numbers_are_and_what_codes_mean() -> None:
    table = csv_of("/firms.csv?search=huawei&lang=zh").iloc[0]
    assert (table["province"], table["province_name"], table["layer_name"]) == ("44", "广东", "基础层")
    assert table["status"] == "modelled" and table["degree"] == 7052 and table["founded_year"] == 1987
    assert csv_of("/firms.csv?search=huawei&lang=en")["province_name"].tolist()[0] == "Guangdong"


def test_files_are_named_and_typed() -> None:
    for form, kind in (("csv", "text/csv; charset=utf-8"), ("xlsx", firm_files.XLSX)):
        answer = READER.get(f"/firms.{form}?search=huawei")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="firms.{form}"'
        assert answer.content_type == kind
    assert READER.get("/firms.csv").data.startswith(b"\xef\xbb\xbf")


def test_a_file_in_pieces_is_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = READER.get("/firms.csv?province=44").data
    monkeypatch.setattr("analytics.firm_table.CHUNK", 100)
    assert READER.get("/firms.csv?province=44").data == whole


def test_no_cell_is_run_as_a_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = pd.DataFrame({"id": ["=1+1", "@x", "-2", "\tx", "plain\x0b"], "n": [-1.5, 2, None, 4, 5]})
    monkeypatch.setattr(firm_files, "_pieces", lambda _: iter([odd]))
    book = load_workbook(io.BytesIO(READER.get("/firms.xlsx").data))["firms"]
    cells = [[cell.value for cell in row] for row in book.iter_rows(min_row=2)]
    assert cells == [["'=1+1", -1.5], ["'@x", 2], ["'-2", None], ["'\tx", 4], ["plain", 5]]
    assert all(cell.data_type != "f" for row in book.iter_rows() for cell in row)
    assert "'=1+1,-1.5" in READER.get("/firms.csv").text


def test_a_workbook_that_would_be_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firm_files, "MOST_SHEET", 10)
    answer = READER.get("/firms.xlsx?lang=en")
    assert answer.status_code == 413 and answer.text.startswith("A workbook holds at most 10 rows")
    assert READER.get("/firms.xlsx?search=huawei").status_code == 200


def test_a_row_leads_to_the_profile_and_keeps_the_filters() -> None:
    found = rows(province="44", search="huawei", lang="en")
    assert found["rows"][0]["href"] == "/en/firm?id=huawei&province=44"
    assert found["csv"] == "/firms.csv?province=44&search=huawei&lang=en"


JUNK = [
    "start=-1", "end=-5", "start=9&end=1", "start=0&end=999999999999", "start=" + "9" * 40, "start=1e3", "start=²",
    "sort=nope", "sort=--degree", "sort=-", "sort=1;drop", "sort=degree&sort=name", "search=%00", "search=%FF",
    "search=" + "x" * 10_240, "search='; --", "search=%25", "search=[[x]]", "search={0}", "lang=xx", "lang=[[x]]",
    "province=99", "firm_founded=abc", "data=../../etc", "data=" + "x" * 22, "&&&", "=", "%", "__class__=1",
]  # fmt: skip


@pytest.mark.parametrize("query", JUNK, ids=lambda query: query[:24])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_junk_query_is_answered_all_the_same(form: str, query: str) -> None:
    assert READER.get(f"/firms.{form}?{query}").status_code == 200


@given(
    query=st.dictionaries(
        st.sampled_from([*KEYS.values(), "from", "to", "search", "sort", "start", "end", "lang"]),
        st.text(max_size=12) | st.sampled_from(["11,44", "base", *SORTED, "-name", "listed", "0", "200", "-7", "1e9"]),
        max_size=6,
    )
)
@settings(max_examples=80)
def test_any_query_for_rows(query: dict[str, str]) -> None:
    found = rows(**query)
    assert len(found["rows"]) <= min(MOST_ROWS, found["count"])


@pytest.mark.parametrize("path", ["/firms.json", "/firms.csv", "/firms.xlsx", "/zh/firm?id=huawei"])
def test_without_data_the_table_says_so(reader: Any, no_data: str, path: str) -> None:
    answer = reader.get(path, headers={"Accept-Language": "zh"})
    assert answer.status_code == 503 and "数据尚未就绪" in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_named_firms_profile_says_what_is_printed_and_what_is_modelled(lang: str) -> None:
    said = profile(lang, "?id=huawei&province=44")
    for part in ("华为", "Huawei", "7052", t("profile.what_named_firm", lang), t("badge.modelled", lang)):
        assert json.dumps(part, ensure_ascii=False)[1:-1] in said
    assert f'"/{lang}/firms?province=44#table"' in said and t("profile.what_firm", lang) not in said
    assert '"symbol": "diamond"' in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_synthetic_firms_profile_says_that_it_is_none(lang: str) -> None:
    said = profile(lang, "?id=firm-0628")
    assert t("profile.what_firm", lang) in said and '"symbol": "diamond"' not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_organizations_profile(lang: str) -> None:
    said = profile(lang, "?id=tsinghua_university")
    assert t("profile.what_named_organization", lang) in said and t("kind.university", lang) in said
    assert t("firms.column.revenue_cny", lang) not in said
    assert t("profile.what_organization", lang) in profile(lang, "?id=node-00021")


def test_the_other_language_keeps_the_node_and_other_pages_do_not() -> None:
    said = profile("zh", "?id=huawei&province=44&from=2016")
    assert '"/en/firm?id=huawei&province=44&from=2016"' in said
    assert '"/zh/network?province=44&from=2016"' in said and "/zh/network?id" not in said


@pytest.mark.parametrize(
    "query", ["", "?id=", "?id=nope", "?id=%00", "?id=" + "x" * 10_240, "?id=a&id=b", "?id=[[x]]", "?id=<b>x", "?id='"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_node_says_so_and_leads_back(lang: str, query: str) -> None:
    said = profile(lang, query)
    assert t("profile.unknown", lang) in said and f'"/{lang}/firms#table"' in said
    assert READER.get(f"/{lang}/firm{query}").status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", [*PAGES, *SUBPAGES])
def test_no_page_loads_the_grids_script_with_itself(page: str, lang: str) -> None:
    assert "/dash_ag_grid/" not in READER.get(path_of(page, lang)).text


@pytest.mark.parametrize("page", PAGES)
def test_only_the_page_of_the_table_names_the_grids_script(page: str) -> None:
    said = words(READER.post(CALL, json=page_call(READER, path_of(page, "en"))))
    assert ("dash_ag_grid" in said) == (page == "firms")


def test_the_grids_script_and_its_part_are_served() -> None:
    said = words(READER.post(CALL, json=page_call(READER, "/en/firms")))
    link = re.search(r'"(/_dash-component-suites/dash_ag_grid/dash_ag_grid\.v[^"]+\.min\.js)"', said)
    assert link is not None
    for path in (link[1], "/_dash-component-suites/dash_ag_grid/async-community.js"):
        answer = READER.get(path, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200 and len(answer.data) > 100_000
