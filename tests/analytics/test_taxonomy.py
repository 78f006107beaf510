"""The classification tables: complete, and every rule on them bites."""

import re
from pathlib import Path

import pytest

from analytics.errors import DataErrors
from analytics.taxonomy import Taxonomy, read_taxonomy


def test_sizes(taxonomy: Taxonomy) -> None:
    sizes = {name: len(frame) for name, frame in taxonomy.items()}
    assert sizes == {
        "provinces": 34,
        "regions": 8,
        "layers": 3,
        "technologies": 24,
        "applications": 20,
        "sections": 20,
        "divisions": 31,
    }
    assert taxonomy["technologies"]["active_2023"].sum() == 7
    assert "".join(taxonomy["sections"]["code"]) == "ABCDEFGHIJKLMNOPQRST"
    assert list(taxonomy["divisions"]["code"]) == [str(n) for n in range(13, 44)]


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("provinces", "11,110000", "1,110000", r"matches \d{2}"),
        ("provinces", "11,110000", "11,120000", "expected 110000"),
        ("provinces", "12,120000", "11,110000", "comes once"),
        ("provinces", "82,820000,澳门,澳门特别行政区,Macao\n", "", "34 rows"),
        ("provinces", "Hebei", "Hubei", "comes once"),
        ("regions", "50;51", "50;59", "a known province code"),
        ("regions", "50;51", "50, 51", "found '6 cells', expected 5 cells"),
        ("technologies", "blockchain", "Block chain", "matches"),
        ("technologies", "false", "no", "matches true|false"),
        ("sections", "A,primary", "A,first", "matches primary|"),
        ("applications", "Smart home", "", "matches"),
    ],
)
def test_spoilt_table(data: Path, table: str, old: str, new: str, expected: str) -> None:
    path = data / "taxonomy" / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataErrors, match=f"{table}.csv.*{re.escape(expected)}"):
        read_taxonomy(data / "taxonomy")
