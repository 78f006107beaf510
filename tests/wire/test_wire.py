"""The app over its wire: pages, calls, files; crafted ones get an answer, never a 500."""

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.filters import Filters
from app import server, title_of
from components.charts import CHARTS
from components.shell import PAGES, path_of
from components.sources import shown_rows
from tests.wire.calls import cards_link

CALL = "/_dash-update-component"


@pytest.fixture
def client() -> Any:
    return server.test_client()


def page(client: Any, path: str, search: str = "") -> Any:
    """Ask for a page's content as the browser does."""
    output = ".._pages_content.children..._pages_store.data.."
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    values = {"pathname": path, "search": search}
    inputs = [{"id": "_pages_location", "property": key, "value": value} for key, value in values.items()]
    call = {"output": output, "outputs": outputs, "inputs": inputs, "changedPropIds": ["_pages_location.pathname"]}
    return client.post(CALL, json=call)


def said(answer: Any) -> str:
    """Give an answer's words, Chinese as itself."""
    return json.dumps(answer.json, ensure_ascii=False)


BADGES = {"earlier_editions": "press"}  # where neither the report nor a data set is the source


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_pages(client: Any, name: str, lang: str) -> None:
    frame = client.get(path_of(name, lang))
    assert frame.status_code == 200 and f'lang="{"zh-CN" if lang == "zh" else "en"}"' in frame.text
    assert "{%" not in frame.text
    assert page(client, path_of(name, lang)).status_code == 200


def test_root_answers_in_the_readers_language(client: Any) -> None:
    for accept, lang in (("en-GB,en", "en"), ("zh-CN", "zh"), ("", "zh")):
        answer = client.get("/", headers={"Accept-Language": accept})
        assert answer.status_code == 200 and f"<title>{title_of(f'/{lang}/')}</title>" in answer.text
        assert "Accept-Language" in answer.vary


def test_unknown_path_is_404_with_a_way_back(client: Any) -> None:
    assert client.get("/en/nope").status_code == 404
    answer = page(client, "/en/nope")
    assert answer.status_code == 200 and "Back to the overview" in answer.text
    assert "回到总览" in said(page(client, "/zh/nope"))


@pytest.mark.parametrize(
    "search",
    [
        "?province=99",
        "?province=11&province=31",
        "?from=abc&to=1",
        "?lang=en&page=x&view=1",
        "?table=x&province_map=q",
        "?" + "x" * 10_000,
        "?%00=%ff",
        "?filters=1&self=2&query=3&f=1&lang=1&path=1&path_template=1&layout=2",
    ],
)
def test_crafted_links_give_a_page(client: Any, search: str) -> None:
    answer = page(client, "/zh/space", search)
    assert answer.status_code == 200 and "province_map" in answer.text


def test_a_stale_link_says_what_it_ignored(client: Any) -> None:
    assert "链接中有些筛选条件无法识别" in said(page(client, "/zh/space", "?province=99"))
    assert "链接中有些筛选条件无法识别" not in said(page(client, "/zh/space", "?province=11"))


@pytest.mark.parametrize("chart", CHARTS)
def test_redraw(client: Any, chart: str) -> None:
    found = client.get(cards_link(chart, province="11")).json["cards"][chart]
    assert found["figure"] or found["empty"]


def test_two_readers_never_see_each_other(client: Any) -> None:
    other = server.test_client()
    for _ in range(3):
        ours, theirs = (
            one.get(cards_link("province_ranks", province=code)).text for one, code in ((client, "11"), (other, "44"))
        )
        assert '"11"' in ours and '"44"' not in ours
        assert '"44"' in theirs and '"11"' not in theirs


@pytest.mark.parametrize("chart", CHARTS)
def test_files_hold_the_same_rows_as_the_picture(client: Any, chart: str) -> None:
    rows = shown_rows(CHARTS[chart].rows(Filters(), CHARTS[chart].options[0]))
    table = pd.read_csv(io.BytesIO(client.get(f"/data/{chart}.csv").data), dtype={"item": str})
    answer = client.get(f"/data/{chart}.json?lang=en").json
    assert table["item"].tolist() == rows["item"].tolist() == [row["item"] for row in answer["rows"]]
    assert table["value"].tolist() == pytest.approx(rows["value"].tolist())
    assert answer["badge"] == BADGES.get(chart, "modelled" if "data" in CHARTS[chart].uses else "published")
    assert answer["source"].startswith("Source: ")


def test_file_follows_filters_and_option(client: Any) -> None:
    answer = client.get("/data/province_map.json?province=11,44&option=input&junk=1").json
    assert [row["item"] for row in answer["rows"]] == ["11", "44"]
    assert {row["measure"] for row in answer["rows"]} == {"share_input"}


def test_unknown_files_are_404_in_the_readers_language(client: Any) -> None:
    assert "没有名为" in client.get("/data/nope.csv?lang=zh").text
    assert client.get("/data/nope.csv?lang=en").text.startswith("There is no chart called")
    assert client.get("/data/founding.exe?lang=en").status_code == 404
    assert "[[x]]" in client.get("/data/[[x]].csv?lang=en").text and "{0}" in client.get("/data/{0}.csv?lang=en").text
    assert client.get("/data/founding.csv?province=%00&province=" + "9" * 10_000).status_code == 200


def test_index_lists_every_chart(client: Any) -> None:
    listed = client.get("/data/index.json").json["charts"]
    assert [one["id"] for one in listed] == list(CHARTS)
    assert all(client.get(one["csv"]).status_code == 200 for one in listed)


def test_all_facts(client: Any) -> None:
    table = pd.read_csv(io.BytesIO(client.get("/data/facts.csv").data))
    printed = pd.read_csv(Path(__file__).parents[2] / "data" / "published" / "facts.csv")
    assert len(table) == len(printed) > 500


def test_named_scripts_are_kept_for_a_year_and_compressed(client: Any) -> None:
    for _ in range(2):
        answer = client.get("/assets/vendor/plotly.min.js?m=1", headers={"Accept-Encoding": "br"})
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "br" and len(answer.data) < 600_000
    assert "max-age" not in client.get("/zh/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("broken", ["missing", "damaged"])
def test_without_data_every_answer_says_so(client: Any, broken: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("AIM_SNAPSHOTS", str(tmp_path))
    monkeypatch.setattr("analytics.store.CHECK_EVERY", 0.0)
    if broken == "damaged":
        (tmp_path / "current").write_text("nonsense")
    for path in ("/data/founding.csv?lang=en", "/data/index.json?lang=en", "/en/?lang=en"):
        answer = client.get(path)
        assert answer.status_code == 503 and "The data are not ready" in answer.text, path
    assert page(client, "/en/").status_code in (200, 503)
    assert client.get(cards_link("founding")).status_code == 503
