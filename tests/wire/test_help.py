"""Help, tour and embedded cards over the wire."""

import json
import re
from typing import Any

import pytest

from analytics import store
from app import server
from components.charts import CHARTS
from components.help import TERMS, authors, bibtex
from components.i18n import LANGUAGES, t
from components.view import read_view
from tests.wire.calls import CALL, page_call

CLIENT = server.test_client()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_window_holds_glossary_citation_and_report(lang: str) -> None:
    answer = CLIENT.get(f"/help/window.html?lang={lang}")
    assert answer.status_code == 200 and answer.mimetype == "text/html"
    assert all(t(f"glossary.{term}", lang) in answer.text for term in TERMS)
    assert store.manifest()["version"] in answer.text and "@techreport" in answer.text
    assert "{version}" not in answer.text and "{link}" in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tour_has_words(lang: str) -> None:
    found = CLIENT.get(f"/help/tour.json?lang={lang}").json
    assert len(found["steps"]) == 6 and all(one["target"] and one["title"] and one["text"] for one in found["steps"])


def test_another_language_is_the_readers_own() -> None:
    for path in ("/help/window.html", "/help/tour.json"):
        answer = CLIENT.get(path, query_string={"lang": "<b>"}, headers={"Accept-Language": "en"})
        assert answer.status_code == 200 and t("tour.start", "en") in (
            answer.text if "html" in path else "One-minute tour"
        )


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Liu G, Liu J, Zheng F, et al. ", "en", "Liu, G and Liu, J and Zheng, F and others"),
        ("刘刚, 刘捷, 郑凤阳, 等. ", "zh", "刘刚 and 刘捷 and 郑凤阳 and others"),
        ("Knuth D. ", "en", "Knuth, D"),
        ("A B, C D. ", "en", "A, B and C, D"),
    ],
)
def test_authors_as_bibtex_wants_them(text: str, lang: str, names: str) -> None:
    assert authors(text, lang) == names


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bibtex_is_well_formed(lang: str) -> None:
    text = bibtex(lang)
    assert text.count("{") == text.count("}") and len(re.findall(r"^@\w+\{\w+,$", text, re.M)) == 2
    fields = re.findall(r"^  (\w+) = \{.+\},$", text, re.M)
    assert {"author", "title", "institution", "address", "year", "note", "howpublished"} <= set(fields)
    assert "others}" in text


def embedded(query: str, path: str = "/en/space") -> str:
    answer = CLIENT.post(CALL, json=page_call(CLIENT, path, query))
    assert answer.status_code == 200
    return json.dumps(answer.json["response"], ensure_ascii=False)


def test_an_embedded_card_stands_alone() -> None:
    said = embedded("?embed=1&card=flow_map&province=11")
    assert '"card-flow_map"' in said and '"card-province_map"' not in said and "topbar" not in said
    assert '{"province": "11"}' in said
    assert len(said) < len(embedded("?province=11")) / 2


@pytest.mark.parametrize("card", ["", "nope", "founding", "%00", "x" * 5000])
def test_a_card_that_the_page_does_not_have_is_its_first(card: str) -> None:
    assert '"card-province_map"' in embedded(f"?embed=1&card={card}")


@pytest.mark.parametrize("value", ["0", "true", "", "2"])
def test_only_embed_1_takes_the_frame_away(value: str) -> None:
    assert "topbar" in embedded(f"?embed={value}&card=flow_map")


@pytest.mark.parametrize("value", [None, 7, [], {}, ["1"], "flow_map"])
def test_any_query_gives_a_view(value: Any) -> None:
    view = read_view("en", "space", {"embed": value, "card": value})
    assert view.embed is False and view.card in ("", *CHARTS)
