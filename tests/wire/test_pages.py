"""Pages over the wire: language, status, ways back, and readers who never see each other's choices."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest

from analytics.filters import Filters
from app import server
from components.charts import CHARTS
from components.i18n import HTML_LANG, LANGUAGES, t
from components.shell import PAGES, path_of
from components.sources import shown_rows
from tests.wire.calls import CALL, cards_link, page_call

EVERY = list(product(PAGES, LANGUAGES))


def words(answer: Any) -> str:
    """Give an answer's words, Chinese as itself."""
    return json.dumps(answer.json["response"], ensure_ascii=False)


@pytest.mark.parametrize(("page", "lang"), EVERY)
def test_a_page_is_there_with_and_without_its_last_slash(reader: Any, page: str, lang: str) -> None:
    for path in {path_of(page, lang), path_of(page, lang).rstrip("/"), f"{path_of(page, lang).rstrip('/')}/"}:
        answer = reader.get(path)
        assert answer.status_code == 200 and answer.mimetype == "text/html"
        assert re.search('<html lang="([^"]+)"', answer.text)[1] == HTML_LANG[lang]  # type: ignore[index]
        assert f"<title>{t(f'page.{page}.title', lang)}" in answer.text
        assert t("app.loading", lang) in answer.text


@pytest.mark.parametrize(("page", "lang"), EVERY)
def test_a_pages_content(reader: Any, page: str, lang: str) -> None:
    answer = reader.post(CALL, json=page_call(reader, path_of(page, lang)))
    assert answer.status_code == 200
    said = words(answer)
    assert json.dumps(t(f"page.{page}.title", lang), ensure_ascii=False) in said
    assert json.dumps(t("app.skip", lang), ensure_ascii=False) in said
    other = "en" if lang == "zh" else "zh"
    assert path_of(page, other) in said and json.dumps(t("app.skip", other), ensure_ascii=False) not in said
    assert answer.json["response"]["_pages_store"]["data"]["title"].startswith(t(f"page.{page}.title", lang))


@pytest.mark.parametrize(("page", "lang"), EVERY)
def test_a_page_shows_the_filters_of_its_link(reader: Any, page: str, lang: str) -> None:
    call = page_call(reader, path_of(page, lang), "?province=81&from=2016")
    said = words(reader.post(CALL, json=call))
    assert '{"province": "81", "from": "2016"}' in said


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("en", "en"), ("en-GB,en;q=0.9", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("zh-TW", "zh"), ("fr", "zh"),
        ("fr,en;q=0.5", "en"), ("zh;q=0.1,en;q=0.9", "en"), ("", "zh"), (";;;", "zh"), ("*", "zh"),
        ("x" * 10_240, "zh"),
    ],
)  # fmt: skip
def test_root_answers_in_the_readers_language(reader: Any, accept: str, lang: str) -> None:
    answer = reader.get("/?province=11&x=%E4%BA%AC", headers={"Accept-Language": accept})
    assert answer.status_code == 200 and f'<html lang="{HTML_LANG[lang]}"' in answer.text


def test_root_never_leads_to_another_site(reader: Any) -> None:
    for path in ("//evil.example/", "/?next=//evil.example", "/%2F/evil.example", "/\\evil.example"):
        location = reader.get(path).location or "/"
        assert location.startswith(("/zh/", "/en/", "/")) and not location.startswith("//"), path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["nope", "firms/nope", "Firms", "%00", "..", "x" * 5000, "firms.html", "京"])
def test_an_unknown_path_is_404_with_a_way_back(reader: Any, path: str, lang: str) -> None:
    answer = reader.get(f"/{lang}/{path}")
    assert answer.status_code == 404 and f'lang="{HTML_LANG[lang]}"' in answer.text
    answer = reader.post(CALL, json=page_call(reader, f"/{lang}/{path}"))
    assert answer.status_code == 200
    assert t("state.back_home", lang) in words(answer) and f'"/{lang}/"' in words(answer)


@pytest.mark.parametrize("path", ["/_not_found", "/healthx", "/data/", "/data/founding", "/map/x", "/assets", "/_x"])
def test_a_path_beside_our_files_is_404_too(reader: Any, path: str) -> None:
    """A robot or a monitor that asks for /healthx must not read 200."""
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/zh/firms", "/zh/firms/", "/zh/firms//", "/zh//firms", "/zh/firms/x", "/ZH/firms", "/zh"]
)
def test_a_paths_status_agrees_with_its_content(reader: Any, path: str) -> None:
    said = words(reader.post(CALL, json=page_call(reader, path)))
    assert (reader.get(path).status_code == 404) == ("回到总览" in said)


def test_a_path_without_a_language_takes_the_readers(reader: Any) -> None:
    for accept, lang in (("en", "en"), ("zh", "zh")):
        said = words(reader.post(CALL, json=page_call(reader, "/nope"), headers={"Accept-Language": accept}))
        assert t("state.back_home", lang) in said


def test_an_answer_that_depends_on_the_readers_language_says_so(reader: Any) -> None:
    """Else a shared cache gives one reader's language to all."""
    for path in ("/", "/nope", "/data/index.json", "/data/founding.json", "/data/nope.csv"):
        vary = reader.get(path, headers={"Accept-Language": "en"}).headers.get("Vary", "")
        assert "Accept-Language" in vary, path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS)
def test_a_redrawn_card_equals_the_card_of_a_page(reader: Any, chart: str, lang: str) -> None:
    query = {"province": "11", "layer": "base", "from": "2020"}
    found = reader.get(cards_link(chart, lang, **query)).json["cards"][chart]
    rows = shown_rows(CHARTS[chart].rows(Filters(("11",), ("base",), (2020, 2023)), CHARTS[chart].options[0]))
    assert found["alt"].startswith(t(f"chart.{chart}.subtitle", lang))
    assert str(rows[f"item_{lang}"].iloc[0]) in found["alt"]
    assert reader.get(found["csv"]).text.count("\r\n") == len(rows) + 1


def test_a_card_without_rows_says_so_and_how_to_get_some(reader: Any) -> None:
    query = {"firm_listed": "unlisted", "firm_revenue": "revenue_lt_20"}
    found = reader.get(cards_link("founding", "en", **query)).json["cards"]["founding"]
    assert found["figure"] is None and "There are no data for this selection." in found["empty"]
    assert 'data-chip="firm_listed:"' in found["empty"] and 'data-chip="firm_revenue:"' in found["empty"]


def test_many_readers_at_once_get_their_own_filters() -> None:
    """Twelve readers in turn, on four threads, each with a province of their own."""
    codes = ["11", "44", "33", "31", "32", "37", "34", "35", "42", "51", "12", "21"] * 4

    def ask(code: str) -> tuple[str, str]:
        found = server.test_client().get(cards_link("province_map", "en", province=code)).json
        return found["cards"]["province_map"]["csv"], found["query"]["province"]

    with ThreadPoolExecutor(4) as pool:
        for code, (link, province) in zip(codes, pool.map(ask, codes), strict=True):
            assert f"province={code}&" in link and province == code


def test_one_readers_filters_leave_nothing_behind(reader: Any) -> None:
    plain = page_call(reader, "/zh/space")
    before = reader.post(CALL, json=plain).json
    reader.post(CALL, json=page_call(reader, "/zh/space", "?province=11&province_map=net&table=flow_map"))
    reader.get(cards_link("province_map", province="44", table="province_map"))
    assert server.test_client().post(CALL, json=plain).json == before
    assert not reader.get("/zh/").headers.getlist("Set-Cookie")
