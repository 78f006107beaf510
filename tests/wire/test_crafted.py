"""Calls and links that no page of ours makes; whatever they hold, the app never breaks."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.filters import KEYS
from app import server
from components.charts import CHARTS
from components.i18n import LANGUAGES
from tests.wire.calls import CALL, cards_link, page_call, search_call

pytestmark = pytest.mark.slow

READER = server.test_client()
JUNK: list[Any] = [
    None, True, 0, -1, 2.5, 1e308, "", "x", "x" * 10_240, [], [None], [[1]], ["11", "11"], {}, {"a": 1},
    {"province": {"a": 1}}, {"province": ["11", "31"]}, {"from": 2016}, {"layer": "base" * 3000},
    [2014], [2023, 2014], ["a", "b"], [None, None],
]  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def status(call: Any) -> int:
    """Post a call and give the answer's status, its words when the app broke."""
    answer = READER.post(CALL, json=call)
    assert answer.status_code < 500, f"{answer.status_code} for {json.dumps(call)[:400]}"
    return answer.status_code


GOOD = {
    "page": page_call(READER, "/zh/space", "?province=11"),
    "search": search_call("北京"),
}


@pytest.mark.parametrize("name", GOOD)
def test_the_calls_that_are_bent_below_are_good(name: str) -> None:
    assert status(GOOD[name]) == 200


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: str(junk)[:24])
@pytest.mark.parametrize("name", GOOD)
def test_junk_for_any_value(name: str, junk: Any) -> None:
    for part in ("inputs", "state"):
        for at in range(len(GOOD[name].get(part, []))):
            call = copy.deepcopy(GOOD[name])
            if isinstance(call[part][at], dict):
                call[part][at]["value"] = junk
                status(call)


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: str(junk)[:24])
@pytest.mark.parametrize("name", GOOD)
def test_junk_for_any_part_of_a_call(name: str, junk: Any) -> None:
    for key in GOOD[name]:
        status({**GOOD[name], key: junk})
        status({other: value for other, value in GOOD[name].items() if other != key})
    assert status({**GOOD[name], "junk": junk}) == 200


@pytest.mark.parametrize("name", GOOD)
def test_junk_for_any_place(name: str) -> None:
    """An id or a property of the wrong kind, a place put twice, nested or left out."""
    for part in ("inputs", "state", "outputs"):
        places = GOOD[name].get(part, [])
        for at in range(len(places) if isinstance(places, list) else 0):
            for junk in (*JUNK, places[0], [places[0]], {"id": {"a": [1]}, "property": "x"}):
                call = copy.deepcopy(GOOD[name])
                call[part][at] = junk
                status(call)


@pytest.mark.parametrize("name", GOOD)
@given(value=anything)
@settings(max_examples=60)
def test_any_json_for_the_first_value(name: str, value: Any) -> None:
    call = copy.deepcopy(GOOD[name])
    call["inputs"][0]["value"] = value
    status(call)


@given(call=anything)
@settings(max_examples=100)
def test_any_json_for_a_call(call: Any) -> None:
    assert status(call) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"NaN",
        b'{"output": NaN}',
        b"1e999",
        b'"' + b"x" * 10_240,
        b"[" * 5000,
        b'{"a":' * 100_000,
    ],
    ids=lambda body: str(body[:16]),
)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/json; charset=utf-16", None])
def test_a_body_that_is_no_call(body: bytes, kind: str | None) -> None:
    answer = READER.post(CALL, data=body, content_type=kind)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "changed", ["{bad}.n_clicks", '{"region":"yrd".n_clicks', "{}.x", "[1].x", "null.x", ".", "a.b.c"]
)
def test_a_trigger_that_is_none(changed: str) -> None:
    for call in (GOOD["search"], GOOD["page"]):
        status({**call, "changedPropIds": [changed]})


@pytest.mark.parametrize("chart", ["nope", "", "__class__", "x" * 10_240, ",,,", "founding;", "\x00"])
def test_an_unknown_chart_is_not_drawn(chart: str) -> None:
    answer = READER.get(cards_link(chart))
    assert answer.status_code == 200 and answer.json["cards"] == {}


@given(
    query=st.dictionaries(
        st.sampled_from([*KEYS.values(), "from", "to", "table"]) | st.sampled_from(sorted(CHARTS)),
        st.text(max_size=12)
        | st.sampled_from(["11,44", "base", "2016", "source", "province=11", "all", "log", "pin=pin=all", "listed"]),
        max_size=5,
    )
)
@settings(max_examples=80)
def test_any_query_for_cards(query: dict[str, str]) -> None:
    answer = READER.get(cards_link("founding,listed,firm_spread,technologies,province_map,sample_hubs", "en", **query))
    assert answer.status_code == 200 and len(answer.json["cards"]) == 6


@pytest.mark.parametrize("lang", ["fr", "..", "x" * 10_240])
def test_cards_in_an_unknown_language_are_in_the_readers(lang: str) -> None:
    found, zh = (READER.get(cards_link("layers", one), headers={"Accept-Language": "zh"}) for one in (lang, "zh"))
    assert found.status_code == 200 and found.json == zh.json


@pytest.mark.parametrize("lang", [None, 7, "fr", ["en"], {"en": 1}, "x" * 10_240])
def test_an_unknown_language_is_read_as_chinese(lang: Any) -> None:
    junk, zh, en = (READER.post(CALL, json=search_call("base", said)) for said in (lang, "zh", "en"))
    assert junk.status_code == 200
    assert junk.json == zh.json != en.json


@pytest.mark.parametrize(
    "query", ["[[x]]", "[[table-1/diameter/network]]", "{query}", "{0}", "{", "\x00", "\ud800", "x" * 10_240]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_search_for_anything(query: str, lang: str) -> None:
    assert status(search_call(query, lang)) == 200


def test_a_search_without_a_match_says_back_what_was_typed_and_not_more() -> None:
    typed = "[[text/n_firms/sample_2024_report]] zzz"
    assert typed in str(READER.post(CALL, json=search_call(typed)).json)
    assert len(READER.post(CALL, json=search_call("z" * 10_240)).text) < 2000


@pytest.mark.parametrize("raw", ["%ff", "province=%ff11", "%ff=%ff", "%", "%0d%0aX-Y:%20z", "%00", "&" * 10_240])
@pytest.mark.parametrize(
    "path", ["/", "/zh/", "/data/founding.csv", "/data/founding.json", "/assets/10_look.css", "/health"]
)
def test_a_link_with_odd_bytes(path: str, raw: str) -> None:
    """Raw bytes beyond ASCII are not tried: gunicorn answers those itself, with 400."""
    answer = READER.get(path, environ_overrides={"QUERY_STRING": raw})
    answer.close()
    assert answer.status_code < 500
    assert "X-Y" not in answer.headers


@pytest.mark.parametrize("path", ["", "en/firms", "x" * 10_240, 7, [], ["/zh/"], {"a": 1}, True, None])
def test_a_path_that_is_none(path: Any) -> None:
    status(page_call(READER, path))


@pytest.mark.parametrize(
    "search", ["x", 7, ["?a"], {"a": 1}, "?" + "province=11&" * 2000, "?table=layers&table=layers", "?\ud800=1"]
)
def test_a_query_that_is_none(search: Any) -> None:
    status(page_call(READER, "/zh/space", search))


@pytest.mark.parametrize(
    "path", ["nope/x.js", "dash/nope.js", "dash/../../app.py", "dash/deps/react@0.0.0.v1m1.min.js"]
)
def test_a_script_that_is_none(path: str) -> None:
    assert READER.get(f"/_dash-component-suites/{path}").status_code in (400, 404)
