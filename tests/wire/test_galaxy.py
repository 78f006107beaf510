"""The picture of the whole network over the wire."""

import struct

import pytest

from analytics import store
from app import server

CLIENT = server.test_client()


def test_bytes_hold_every_node_and_arc() -> None:
    name = store.snapshot().name
    info = CLIENT.get(f"/galaxy/{name}.json?lang=en").json
    answer = CLIENT.get(f"/galaxy/{name}.bin")
    nodes = store.tables()["nodes"]
    assert (info["nodes"], info["arcs"]) == (len(nodes), 91_158)
    assert len(answer.data) == info["nodes"] * 12 + info["arcs"] * 10
    assert "immutable" in answer.headers["Cache-Control"]
    row, id_, name_, _, degree, named = info["hubs"][0]
    assert (id_, name_, degree, named) == ("huawei", "Huawei", 7052, 1) and nodes["id"].iloc[row] == id_
    assert struct.unpack_from("<H", answer.data, info["nodes"] * 4 + row * 2)[0] == 7052


def test_another_version_is_answered_but_not_kept() -> None:
    assert "immutable" not in CLIENT.get("/galaxy/old.bin").headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("row", "status"), [("0", 200), ("-1", 404), ("99999999", 404), ("x", 404), ("", 404), ("9" * 40, 404)]
)
def test_a_node_by_its_row(row: str, status: int) -> None:
    answer = CLIENT.get(f"/galaxy/node.json?lang=zh&row={row}")
    assert answer.status_code == status
    assert (answer.json[0] == 0) if status == 200 else answer.text.strip() == "没有这个节点。"


@pytest.mark.parametrize("data", ["nope", "..", "x" * 22, "\x00"])
def test_an_unknown_data_set_is_said_to_be_unknown(data: str) -> None:
    answer = CLIENT.get("/galaxy/x.json", query_string={"data": data, "lang": "en"})
    assert (answer.status_code, answer.text) == (404, "There is no such data set.\n")
