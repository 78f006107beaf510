"""Readers' own data sets through the app: loaded, shown to whoever has the link, deleted."""

import io
import resource
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from analytics import store, uploads
from analytics.loading import load
from app import server

pytestmark = pytest.mark.slow

MINI = Path(__file__).parents[1] / "mini"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client whose uploads go to a folder of their own and are built before the answer."""
    monkeypatch.setenv("AIM_UPLOADS", str(tmp_path))
    monkeypatch.setattr(store, "_cached", OrderedDict())
    monkeypatch.setattr(uploads, "start", load)
    yield server.test_client()


def send(client: Any, files: dict[str, bytes], **headers: str) -> Any:
    parts = [(io.BytesIO(content), name) for name, content in files.items()]
    form = {"files": parts}
    return client.post("/upload?lang=en", data=form, content_type="multipart/form-data", headers=headers)


def mini() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in MINI.glob("*.csv")}


def test_a_data_set_is_loaded_shown_and_deleted(client: Any) -> None:
    data = send(client, mini()).json["id"]
    found = client.get(f"/upload/{data}.json?lang=en").json
    assert found["state"] == "done" and found["line"].startswith("20 firms")
    own = client.get(f"/data/firm_provinces.json?data={data}").json
    assert own["badge"] == "own" and own["filters"] == {"data": data}
    assert client.get("/data/firm_provinces.json").json["badge"] == "modelled"
    assert client.get(f"/data/{data}/ledger.csv").status_code == 200
    assert client.post(f"/upload/{data}/delete").status_code == 200
    assert client.get(f"/upload/{data}.json").status_code == 404
    assert client.get(f"/data/firm_provinces.json?data={data}").json["ignored"] == ["data"]


def test_the_index_counts_a_readers_own_data(client: Any) -> None:
    data = send(client, mini()).json["id"]
    found = client.get(f"/index/view.json?lang=en&data={data}").json
    assert found["badge"] == "own" and "that you loaded" in found["source"]
    heads = found["table"]["heads"]
    assert (
        "Printed rank" not in heads and "Printed rank" in client.get("/index/view.json?lang=en").json["table"]["heads"]
    )
    ties = send(client, {"relations.csv": b"source_province,target_province,count\n11,44,7\n"}).json["id"]
    found = client.get(f"/index/view.json?lang=en&data={ties}").json
    assert found["filled"] == ["linking"] and "Only one pillar counts" in found["finding"]["index_ranks"]
    empty = send(client, {"relations.csv": b"source,target\na,b\n"}).json["id"]
    assert "No pillar that has a weight" in client.get(f"/index/view.json?lang=en&data={empty}").json["none"]


def test_two_readers_do_not_see_each_others_data(client: Any) -> None:
    one = send(client, {"relations.csv": b"source,target\na,b\n"}).json["id"]
    two = send(client, {"relations.csv": b"source_province,target_province,count\n11,44,7\n"}).json["id"]
    flows = {data: client.get(f"/data/flow_ranks.json?data={data}").json["rows"] for data in (one, two)}
    assert one != two and flows[one] == []
    assert [(row["item"], row["value"]) for row in flows[two]] == [("11>44", 100.0)]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"relations.csv": b"a,b\n1,2\n"}, "source"),
        ({"relations.xlsx": b"PK\x03\x04nonsense"}, "relations"),
        ({"relations.csv": b"\x00\x01\x02\x03" * 50}, "relations"),
    ],
)
def test_bad_files_are_answered_with_what_is_wrong(client: Any, files: dict[str, bytes], said: str) -> None:
    data = send(client, files).json["id"]
    found = client.get(f"/upload/{data}.json?lang=en").json
    assert found["state"] == "failed" and any(said in line for line in found["problems"])
    assert not store.exists(data)


def test_nothing_sent_is_nothing_kept(client: Any, tmp_path: Path) -> None:
    assert send(client, {}).status_code == 400
    assert list(tmp_path.iterdir()) == []


def test_too_much_is_refused(client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIM_UPLOAD_BYTES", "1000")
    assert send(client, {"relations.csv": b"x" * 2000}).status_code == 413
    assert send(client, {"relations.csv": b"x" * 500_000}).status_code == 413
    assert list(tmp_path.iterdir()) == []


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Let writing fail as on a full disk once a file holds so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_no_room_for_the_files_is_told(client: Any, tmp_path: Path) -> None:
    with no_file_beyond(100):
        answer = send(client, mini())
    assert answer.status_code == 507 and "no room" in answer.json["text"]
    assert list(tmp_path.iterdir()) == []
    assert send(client, mini()).status_code == 200


def test_no_room_for_the_tables_is_told(client: Any, tmp_path: Path) -> None:
    with no_file_beyond(10_000):  # the files have fewer bytes, the map has more
        data = send(client, mini()).json["id"]
    found = client.get(f"/upload/{data}.json?lang=en").json
    assert found["state"] == "failed" and "The server could not finish" in found["text"]
    assert [path.name for path in (tmp_path / data).iterdir() if not path.name.startswith(".")] == ["status.json"]
    assert client.get(f"/data/firm_provinces.json?data={data}").json["ignored"] == ["data"]


def test_it_can_be_switched_off(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIM_UPLOAD", "off")
    assert send(client, mini()).status_code == 403


def test_another_site_can_neither_load_nor_delete(client: Any) -> None:
    assert send(client, mini(), Origin="https://elsewhere.example").status_code == 403
    data = send(client, {"relations.csv": b"source,target\na,b\n"}).json["id"]
    answer = client.post(f"/upload/{data}/delete", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 404 and store.exists(data)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\relations.csv", "/relations.csv", "a\x00b.csv", ""])
def test_a_name_cannot_leave_its_folder(name: str) -> None:
    safe = uploads.safe_name(name, 0)
    assert "/" not in safe and "\\" not in safe and "\x00" not in safe and not safe.startswith(".")


def test_the_oldest_goes_when_there_are_too_many(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIM_UPLOAD_KEPT", "2")
    made = []
    for _ in range(3):
        made.append(send(client, {"relations.csv": b"source,target\na,b\n"}).json["id"])
        time.sleep(0.01)
    assert [store.exists(data) for data in made] == [False, True, True]


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", ""])
def test_a_wrong_setting_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIM_UPLOAD_ROWS", value)
    with pytest.raises(ValueError, match="AIM_UPLOAD_ROWS"):
        uploads.settings()


@pytest.mark.parametrize("data", ["x", "../../x", "x" * 22, "%2e%2e", "x" * 5000])
def test_an_id_of_nobody_is_404(client: Any, data: str) -> None:
    assert client.get(f"/upload/{data}.json").status_code == 404
    assert client.get(f"/data/{data}/ledger.csv").status_code == 404
    assert client.get(f"/data/layers.json?data={data}").json["ignored"] == ["data"]
