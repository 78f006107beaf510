"""The audit over the wire: its files, bent links, its page with all its rows."""

import csv
import io
from typing import Any

import pytest

from components.audit_data import comparison, findings
from components.i18n import LANGUAGES
from tests.wire.calls import CALL, page_call

FILES = ("audit_findings.csv", "audit_findings.json", "audit.csv", "audit.json")


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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_list_table_and_files(reader: Any, lang: str) -> None:
    text = reader.post(CALL, json=page_call(reader, f"/{lang}/audit")).text
    assert all(f"{name}?lang={lang}" in text for name in FILES)
    assert text.count('"audit-finding"') == len(findings())


def test_the_page_goes_out_with_every_row(reader: Any) -> None:
    """The browser narrows the table down, so no call of a reader can."""
    text = reader.post(CALL, json=page_call(reader, "/en/audit")).text
    assert text.count('"agreement":') == len(comparison(""))
    listed = [one["output"] for one in reader.get("/_dash-dependencies").json if "audit" in one["output"]]
    assert listed == ["audit-shown.children"]
