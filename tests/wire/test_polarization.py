"""The cards of polarization over the wire: files under filters, and junk that must not break them."""

import pytest

from app import server

CLIENT = server.test_client()
CHARTS = ("polarization_verdict", "concentration_years", "structure_years", "reach_years", "earlier_editions")


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize(
    "query",
    [{}, {"province": "82", "layer": "base"}, {"from": "2014", "to": "2014"}, {"option": "<b>"}, {"province": "xx,99"}],
)
def test_files_answer_whatever_is_asked(chart: str, query: dict[str, str]) -> None:
    for form in ("csv", "json"):
        answer = CLIENT.get(f"/data/{chart}.{form}", query_string=query)
        assert answer.status_code < 500, answer.text[:300]


def test_what_is_quoted_says_so_in_the_file() -> None:
    answer = CLIENT.get("/data/earlier_editions.json").json
    assert answer["badge"] == "press" and {row["status"] for row in answer["rows"]} == {"press", "printed"}
