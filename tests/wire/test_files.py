"""Files over the wire: the same rows as the picture, clear refusals, and what caches may keep."""

import gzip
import io
import json
import re
from typing import Any

import pandas as pd
import pytest

from analytics import store
from analytics.filters import Filters
from components.charts import CHARTS
from components.i18n import LANGUAGES
from components.sources import keys_of, shown_rows
from tests.wire.calls import CALL, cards_link, page_call, search_call

CASES = [(chart, option) for chart, spec in CHARTS.items() for option in spec.options]
QUERY = "province=11,44&layer=base&from=2016&to=2020"
CHOSEN = Filters(("11", "44"), ("base",), (2016, 2020))
TEXT = {"item": str, "printed": str, "page": str, "source_province": str, "target_province": str}


@pytest.mark.parametrize(("query", "filters"), [("", Filters()), (QUERY, CHOSEN), ("province=81", Filters(("81",)))])
@pytest.mark.parametrize(("chart", "option"), CASES)
def test_files_hold_the_rows_of_the_picture(reader: Any, chart: str, option: str, query: str, filters: Filters) -> None:
    rows = shown_rows(CHARTS[chart].rows(filters, option))
    link = f"/data/{chart}.%s?{query}&option={option}&lang=en"
    table = pd.read_csv(io.BytesIO(reader.get(link % "csv").data), dtype=TEXT)
    found = reader.get(link % "json").json
    assert table.columns.tolist() == rows.columns.tolist()
    assert table["item"].tolist() == [row["item"] for row in found["rows"]] == rows["item"].tolist()
    assert table["value"].tolist() == pytest.approx(rows["value"].tolist(), abs=1e-12)
    assert [row["value"] for row in found["rows"]] == pytest.approx(rows["value"].tolist(), abs=1e-9)
    assert found["option"] == option
    assert found["filters"] == {
        key: value for key, value in filters.to_query().items() if key in keys_of(CHARTS[chart])
    }


JUNK = [
    "province=99", "province=%00", "province=%FF", "province=" + "9" * 10_240, "province=11&province=31",
    "from=abc", "from=-1", "from=2023&to=2014", "option=nope", "option=a&option=b",
    "lang=xx", "lang=zh&lang=en", "lang=" + "x" * 10_240, "lang=[[x]]", "&&&", "=", "%", "%ZZ", "=".join("ab" * 2000),
    "layer=[[x]]", "province={0}", "[[x]]=1", "__class__=1",
]  # fmt: skip


@pytest.mark.parametrize("query", JUNK, ids=lambda query: query[:24])
@pytest.mark.parametrize("file", ["founding.csv", "province_map.json", "network_size.json", "index.json", "facts.csv"])
def test_a_junk_query_gives_the_file_all_the_same(reader: Any, file: str, query: str) -> None:
    assert reader.get(f"/data/{file}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("province=99", {"province"}),
        ("from=2023&to=2014", {"from"}),
        ("province=11&province=31", {"province"}),
        ("layer=nope", {"layer"}),
        ("from=2016&layer=base&data=x", {"data"}),
        ("option=nope", {"option"}),
        ("", set()),
    ],
)
def test_json_says_what_it_ignored(reader: Any, query: str, ignored: set[str]) -> None:
    found = reader.get(f"/data/province_map.json?{query}").json
    assert set(found["ignored"]) == ignored


@pytest.mark.parametrize(
    "name", ["nope", "FOUNDING", "facts.x", "[[x]]", "{0}", "{chart}", "x" * 5000, "%00", "%ff", "京", "__class__"]
)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_unknown_chart_is_404_in_the_readers_language(reader: Any, name: str, form: str) -> None:
    zh, en = (reader.get(f"/data/{name}.{form}", headers={"Accept-Language": lang}) for lang in LANGUAGES)
    assert zh.status_code == en.status_code == 404 and zh.mimetype == en.mimetype == "text/plain"
    assert zh.text.startswith("没有名为“") and en.text.startswith("There is no chart called “")
    assert len(zh.text) < 200
    assert reader.get(f"/data/{name}.{form}?lang=en", headers={"Accept-Language": "zh"}).text == en.text


@pytest.mark.parametrize("form", ["xlsx", "CSV", "csv%00", "[[x]]", "{0}", "x" * 5000])
def test_an_unknown_format_is_404_in_the_readers_language(reader: Any, form: str) -> None:
    answer = reader.get(f"/data/founding.{form}?lang=en")
    assert answer.status_code == 404 and answer.text.startswith("There is no format “") and len(answer.text) < 120


@pytest.mark.parametrize("path", ["/data/<img src=x onerror=alert(1)>.csv", "/data/founding.<b>x"])
def test_markup_in_a_name_is_sent_as_text(reader: Any, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404 and answer.mimetype == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_index_describes_every_chart_in_the_readers_language(reader: Any) -> None:
    for lang in LANGUAGES:
        found = reader.get(f"/data/index.json?lang={lang}").json
        assert found["data_version"] == store.manifest()["version"]
        assert [one["id"] for one in found["charts"]] == list(CHARTS)
        for one in found["charts"]:
            assert set(one["uses"]) == keys_of(CHARTS[one["id"]]) and one["title"] and one["source"]
            assert bool(re.search("[\u4e00-\u9fff]", one["title"])) == (lang == "zh")


def test_map_and_health(reader: Any) -> None:
    version = store.manifest()["version"]
    assert reader.get("/ready").json == {"status": "ready", "data_version": version}
    answer = reader.get(f"/map/{version}.json")
    assert len(answer.json["provinces"]) == 34 and "immutable" in answer.headers["Cache-Control"]
    stale = reader.get("/map/nope.json")
    assert stale.data == answer.data and "immutable" not in stale.headers.get("Cache-Control", "")


def test_downloads_are_named_and_typed(reader: Any) -> None:
    answer = reader.get("/data/founding.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="founding.csv"'
    assert answer.content_type == "text/csv; charset=utf-8" and answer.data.startswith(b"\xef\xbb\xbf")
    assert reader.get("/data/founding.json").content_type.startswith("application/json")


def test_scripts_and_styles_of_a_page_are_kept_for_a_year(reader: Any) -> None:
    links = re.findall(r'(?:src|href)="(/(?:assets|_dash-component-suites)/[^"]+)"', reader.get("/zh/").text)
    assert len(links) > 5
    for link in links:
        answer = reader.get(link.replace("&amp;", "&"), headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200, link
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", link
        assert answer.headers["Content-Encoding"] == "br" or len(answer.data) < 500, link


@pytest.mark.parametrize("path", ["/zh/", "/data/founding.csv", "/data/index.json", "/health", "/assets/10_look.css"])
def test_what_may_change_is_not_kept(reader: Any, path: str) -> None:
    answer = reader.get(path)
    answer.close()
    assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "path", ["/zh/", "/data/facts.csv", "/data/index.json", "/map/x.json", "/assets/view/card.js?m=1"]
)
def test_compression_is_what_the_reader_takes(reader: Any, path: str) -> None:
    plain = reader.get(path, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers and "Accept-Encoding" in plain.headers["Vary"]
    squeezed = reader.get(path, headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(squeezed.data)) == pytest.approx(
        len(plain.data), rel=0.05
    )  # the page's config has a random part
    assert reader.get(path, headers={"Accept-Encoding": "gzip, br"}).headers["Content-Encoding"] == "br"


def test_a_reader_who_refuses_brotli_gets_none(reader: Any) -> None:
    answer = reader.get("/data/index.json", headers={"Accept-Encoding": "gzip, br;q=0"})
    assert answer.headers.get("Content-Encoding") != "br"


@pytest.mark.parametrize(
    "path",
    [
        "/data/founding.csv",
        "/data/nope.csv",
        "/data/index.json",
        "/data/facts.csv",
        "/map/x.json",
        "/zh/",
        "/en/space",
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_data_files_and_pages_say_so(reader: Any, no_data: str, path: str, lang: str) -> None:
    answer = reader.get(path, headers={"Accept-Language": lang})
    if path == "/data/nope.csv":
        assert answer.status_code == 404  # there is no such chart, with or without data
        return
    said = {"zh": "数据尚未就绪", "en": "The data are not ready"}
    language = path.split("/")[1] if path.startswith(("/zh", "/en")) else lang
    assert answer.status_code == 503
    assert said[language] in answer.text and "python -m analytics build" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["", "space", "data", "nope"])
def test_without_data_a_pages_content_says_so(reader: Any, no_data: str, page: str, lang: str) -> None:
    answer = reader.post(CALL, json=page_call(reader, f"/{lang}/{page}", "?province=11"))
    assert answer.status_code == 200
    said = json.dumps(answer.json, ensure_ascii=False)
    assert {"zh": "数据尚未就绪", "en": "The data are not ready"}[lang] in said


def test_without_data_a_call_is_answered_503(reader: Any, no_data: str) -> None:
    for answer in (reader.post(CALL, json=search_call("x")), reader.get(cards_link("founding", province="11"))):
        assert answer.status_code == 503 and answer.mimetype == "text/plain"


def test_data_that_come_back_are_served_at_once(reader: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    with monkeypatch.context() as lost:
        lost.setenv("AIM_SNAPSHOTS", str(tmp_path))
        lost.setattr(store, "CHECK_EVERY", 0.0)
        assert reader.get("/ready").status_code == 503
    monkeypatch.setattr(store, "CHECK_EVERY", 0.0)
    assert reader.get("/ready").status_code == 200
