"""Pages' contents are kept as they were sent, and never for another question."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import pytest

from analytics import store
from components import page_cache
from components.shell import route_of
from tests.wire.calls import CALL, page_call


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[OrderedDict[Any, Any]]:
    """An empty cache."""
    empty: OrderedDict[Any, Any] = OrderedDict()
    monkeypatch.setattr(page_cache, "_kept", empty)
    yield empty


def test_a_page_is_made_once_for_each_way_to_send_it(reader: Any, kept: OrderedDict[Any, Any]) -> None:
    call = page_call(reader, route_of("space", "en"), "?province=11")
    for encoding in ("br", "gzip", ""):
        first = reader.post(CALL, json=call, headers={"Accept-Encoding": encoding})
        again = reader.post(CALL, json=call, headers={"Accept-Encoding": encoding})
        assert again.status_code == 200 and again.data == first.data
        assert again.headers.get("Content-Encoding", "") == first.headers.get("Content-Encoding", "") == encoding
        assert "Accept-Encoding" in again.headers["Vary"]
        assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
        assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    assert len(kept) == 3


def test_other_questions_have_other_answers(reader: Any, kept: OrderedDict[Any, Any]) -> None:
    asked = [("space", "en", ""), ("space", "zh", ""), ("space", "en", "?province=44"), ("firms", "en", "")]
    found = {reader.post(CALL, json=page_call(reader, route_of(page, lang), said)).data for page, lang, said in asked}
    assert len(found) == len(kept) == len(asked)


def test_another_snapshot_is_another_question(
    reader: Any, kept: OrderedDict[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = page_call(reader, route_of("data", "en"))
    reader.post(CALL, json=call)
    real = store.snapshot()
    other = type("Other", (), {**vars(real), "name": "another"})()
    monkeypatch.setattr(page_cache.store, "snapshot", lambda data="": other if not data else real)
    reader.post(CALL, json=call)
    assert [key[-1] for key in kept] == [real.name, "another"]


@pytest.mark.parametrize(
    ("path", "search"), [("/en/nowhere", ""), ("/en/space", "?data=abc"), ("/en/space", "?q=" + "a" * 3000)]
)
def test_what_may_change_or_has_no_end_is_not_kept(
    reader: Any, kept: OrderedDict[Any, Any], path: str, search: str
) -> None:
    assert reader.post(CALL, json=page_call(reader, path, search)).status_code == 200
    assert not kept


def test_few_are_kept(reader: Any, kept: OrderedDict[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "MOST_KEPT", 2)
    for province in ("11", "44", "31"):
        reader.post(CALL, json=page_call(reader, route_of("firm", "en"), f"?province={province}"))
    assert len(kept) == 2
