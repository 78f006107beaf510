"""The audit over the wire: its files, its page without data, and calls that no page of ours makes."""

import copy
import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import server
from components.audit_data import comparison, findings
from components.i18n import LANGUAGES, t
from tests.wire.calls import CALL, page_call

READER = server.test_client()
FILES = ("audit_findings.csv", "audit_findings.json", "audit.csv", "audit.json")
JUNK: list[Any] = [
    None, True, 0, -1, 2.5, 1e308, "", "x" * 10_240, [], [None], [["within"]], {}, {"a": 1},
    "\ud800", "[[x]]", "{", "\x00",
]  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)


def narrow_call(
    query: Any = "", source: Any = "all", state: Any = "all", lang: Any = "zh", data: Any = ""
) -> dict[str, Any]:
    """Narrow the table of printed and computed numbers down."""
    inputs = {"audit-search": query, "audit-source": source, "audit-state": state}
    states = {"lang": lang, "dataset": data}
    return {
        "output": "audit-table.children",
        "outputs": {"id": "audit-table", "property": "children"},
        "inputs": [{"id": id_, "property": "value", "value": value} for id_, value in inputs.items()],
        "state": [{"id": id_, "property": "data", "value": value} for id_, value in states.items()],
        "changedPropIds": ["audit-search.value"],
    }


def read(answer: Any) -> list[dict[str, str]]:
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_findings_as_files(reader: Any, lang: str) -> None:
    table = read(reader.get(f"/data/audit_findings.csv?lang={lang}"))
    found = reader.get(f"/data/audit_findings.json?lang={lang}").json
    assert [row["id"] for row in table] == [row["id"] for row in found["rows"]] == findings()["id"].tolist()
    first = found["rows"][0]
    assert first["printed"] == "3.287" and first["difference"] == pytest.approx(0.732)
    assert ("平均度" if lang == "zh" else "Average degree") in first["sentence"]
    assert found["data_version"] and found["citation"]
    words = next(row for row in found["rows"] if row["rule"] == "term")
    assert words["difference"] is None


def test_the_comparison_as_files(reader: Any) -> None:
    table, found = read(reader.get("/data/audit.csv")), reader.get("/data/audit.json").json
    assert len(table) == len(found["rows"]) == len(comparison(""))
    absent = [row for row in found["rows"] if row["agreement"] == "absent"]
    assert all(row["computed"] is None and row["within_rounding"] is None for row in absent)
    assert found["dataset"]["kind"] == "reconstruction"
    # As printed: no decimal lost on the way.
    assert {row["printed"] for row in table} >= {"42.70", "8.00", "30.6"}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "query", ["data=nope", "data=../..", "data=a&data=b", "lang=fr", "%ff=%ff", "x" * 10_000, "data="]
)
def test_a_link_that_is_bent_gives_the_file_in_use_for_all(reader: Any, name: str, query: str) -> None:
    answer = reader.get(f"/data/{name}?{query}")
    assert answer.status_code == 200 and len(answer.data) > 1000


@pytest.mark.parametrize("name", ["audit.xml", "audit_findings.xlsx", "audit_finding.csv"])
def test_a_file_that_is_none_is_404(reader: Any, name: str) -> None:
    assert reader.get(f"/data/{name}").status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_files_without_data_say_so(reader: Any, no_data: str, name: str) -> None:
    assert reader.get(f"/data/{name}").status_code == 503


def test_the_table_without_data_says_so(reader: Any, no_data: str) -> None:
    assert reader.post(CALL, json=narrow_call()).status_code == 503


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_list_table_and_files(reader: Any, lang: str) -> None:
    text = reader.post(CALL, json=page_call(reader, f"/{lang}/audit")).text
    assert all(f"{name}?lang={lang}" in text for name in FILES)
    assert text.count('"audit-finding"') == len(findings())


def test_the_table_is_narrowed(reader: Any) -> None:
    whole, some = (reader.post(CALL, json=narrow_call(source=source)).text for source in ("all", "table-6"))
    assert some.count('"type":"Tr"') == (comparison("")["source"] == "table-6").sum() + 1 < whole.count('"type":"Tr"')
    nothing = reader.post(CALL, json=narrow_call("no such number", lang="en"))
    assert t("audit.no_match", "en") in nothing.text


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: str(junk)[:24].encode("ascii", "replace").decode())
def test_junk_for_any_value(reader: Any, junk: Any) -> None:
    for part in ("inputs", "state"):
        for at in range(len(narrow_call()[part])):
            call = copy.deepcopy(narrow_call())
            call[part][at]["value"] = junk
            assert reader.post(CALL, json=call).status_code == 200


@given(query=anything, source=anything, state=anything, lang=anything, data=anything)
@settings(max_examples=25)
def test_any_json_for_all_values(query: Any, source: Any, state: Any, lang: Any, data: Any) -> None:
    assert READER.post(CALL, json=narrow_call(query, source, state, lang, data)).status_code == 200


@pytest.mark.parametrize("key", ["output", "outputs", "inputs", "state"])
@pytest.mark.parametrize("junk", JUNK[:13], ids=str)
def test_junk_for_any_part_of_a_call(reader: Any, key: str, junk: Any) -> None:
    assert reader.post(CALL, json={**narrow_call(), key: junk}).status_code == 400
