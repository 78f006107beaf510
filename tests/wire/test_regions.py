"""Chapters and comparisons over the wire: whatever a link names, an answer with clear words."""

import json
import re
from urllib.parse import quote

import pytest

from app import server
from components.i18n import LANGUAGES, t
from tests.wire.calls import CALL, page_call

READER = server.test_client()
CRAFTED = ["", "nope", "99", "11,44", "core_four", "\x00", "<b>x", "[[x]]", "{0}", "x" * 10_000, "44;DROP", "../11"]


def page(path: str, query: str) -> str:
    answer = READER.post(CALL, json=page_call(READER, path, query))
    assert answer.status_code == 200
    return json.dumps(answer.json, ensure_ascii=False)


@pytest.mark.parametrize("place", CRAFTED)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chapter_of_no_place_says_so_and_lists_all(lang: str, place: str) -> None:
    query = f"?place={quote(place)}"
    assert READER.get(f"/{lang}/region{query}").status_code == 200
    said = page(f"/{lang}/region", query)
    assert t("chapter.unknown", lang) in said and "place=northwest" in said


def test_a_place_named_twice_is_no_chapter() -> None:
    assert t("chapter.unknown", "en") in page("/en/region", "?place=11&place=44")


@pytest.mark.parametrize("place", CRAFTED)
def test_a_crafted_comparison_is_answered(place: str) -> None:
    said = page("/en/compare", f"?place={quote(place)}")
    alone = place != "11,44"
    assert (t("compare.few", "en") in said) == alone
    assert (t("compare.ignored", "en", n=4) in said) == (alone and place != "")


def test_five_places_are_four() -> None:
    said = page("/zh/compare", "?place=11,12,13,14,15")
    assert t("compare.ignored", "zh", n=4) in said and t("compare.full", "zh", n=4) in said


def test_the_twin_in_the_other_language_keeps_place_and_years() -> None:
    assert "/zh/region?place=44&from=2016" in page("/en/region", "?place=44&from=2016")


def test_printed_values_stand_only_where_the_selection_is_theirs() -> None:
    assert t("badge.published", "en") in page("/en/region", "?place=44")
    assert t("badge.published", "en") not in page("/en/region", "?place=44&from=2016")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["44", "81", "northwest"])
def test_the_file_needs_nothing_else_and_holds_its_data(lang: str, key: str) -> None:
    answer = READER.get(f"/region/{lang}/{key}.html?from=2015")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    assert not re.search(r"(?:src|href)=|@import|url\(|https?://", answer.text.partition("<script")[0])
    held = re.search(r'<script type="application/json" id="data">(.*?)</script>', answer.text, re.DOTALL)
    assert held is not None
    data = json.loads(held[1])
    assert data["place"]["key"] == key and data["filters"] == {"from": "2015"} and data["status"] == "modelled"
    assert f"{data['standing']['n_firms']:,.0f}" in answer.text
    assert data["sentences"]["opening"] in answer.text.replace("&#x27;", "'")


@pytest.mark.parametrize("path", ["xx/44", "zh/nope", "zh/11,44", "en/" + "x" * 2000, "en/%00", "zh/44%22"])
def test_a_file_of_no_place_is_not_found(path: str) -> None:
    assert READER.get(f"/region/{path}.html").status_code == 404


@pytest.mark.parametrize("query", ["from=x", "layer=nope", "data=" + "x" * 22, "from=2020&to=2015", "from=1&from=2"])
def test_a_file_with_crafted_filters_is_answered(query: str) -> None:
    assert READER.get(f"/region/en/44.html?{query}").status_code == 200
