"""Workbooks, Parquet files, single edge lists, tables of provinces: all are data sets."""

import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from analytics.errors import DataError, DataErrors


def save_workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


FIRMS = [
    ["id", "成立年份", "是否上市", "营业收入"],
    ["a", 2010, True, 1.5e9],
    ["b", datetime.date(2012, 5, 1), "否", 12.25],
]


def test_a_workbook_holds_a_sheet_for_each_table(read, tmp_path: Path) -> None:
    relations = [["source", "target", "count"], ["a", "b", 2.0], [None, None, None], ["b", "c", "1"]]
    path = save_workbook(tmp_path / "all.xlsx", 企业=FIRMS, relations=relations, 说明=[["nothing here"]])
    result = read(path)
    firms = [(row["id"], row["founded_year"], row["listed"], row["revenue_cny"]) for row in result.rows("firms")]
    assert firms == [("a", 2010, True, 1.5e9), ("b", 2012, False, 12.25)]
    assert [(row["source"], row["target"], row["count"]) for row in result.rows("relations")] == [
        ("a", "b", 2),
        ("b", "c", 1),
    ]
    assert result.events()[["file", "row", "rule"]].to_numpy().tolist() == [["all.xlsx[relations]", "3", "blank_row"]]


def test_a_folder_may_mix_forms(read, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    save_workbook(source / "firms.xlsx", Sheet1=FIRMS)
    pq.write_table(pa.table({"source": ["a"], "target": ["b"]}), source / "关系.parquet")
    (source / "notes.pdf").write_bytes(b"%PDF")
    result = read(source)
    assert (result.rules("firms")["kept"], result.rules("relations")["kept"]) == (2, 1)


def test_formulas_and_errors_are_emptied_and_told(read, tmp_path: Path) -> None:
    rows = [["id", "patents", "city"], ["a", "=1+1", "=cmd|' /C calc'!A0"], ["=A2", 1, "x"], ["c", "#N/A", "y"]]
    result = read(save_workbook(tmp_path / "firms.xlsx", firms=rows))
    assert [(row["id"], row["patents"], row["city"]) for row in result.rows("firms")] == [
        ("a", None, None),
        ("c", None, "y"),
    ]
    assert result.rules("firms") == {"read": 3, "kept": 2, "missing_id": 1, "formula_cell": 4}
    told = result.events().query("rule == 'formula_cell'")
    assert sorted(told["value"]) == ["#N/A", "'=1+1", "'=A2", "'=cmd|' /C calc'!A0"]


def test_a_formula_for_a_count_drops_the_relation(read, tmp_path: Path) -> None:
    rows = [["source", "target", "count"], ["a", "b", "=1+1"]]
    assert read(save_workbook(tmp_path / "edges.xlsx", Sheet=rows)).rules("relations")["count_not_a_number"] == 1


def test_what_stands_beside_the_headers_is_no_column(read, tmp_path: Path) -> None:
    rows = [["id", "city"], ["a", "x", "a note"], ["b"]]
    result = read(save_workbook(tmp_path / "firms.xlsx", firms=rows))
    assert [row["city"] for row in result.rows("firms")] == ["x", None]


def test_a_workbook_of_other_sheets_is_refused(read, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="sheets named after tables"):
        read(save_workbook(tmp_path / "x.xlsx", one=[["a"]], two=[["b"]]))


def test_a_workbook_without_any_cell_is_refused(read, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no sheet with rows"):
        read(save_workbook(tmp_path / "x.xlsx", firms=[]))


def test_parquet_of_many_types(read, tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2], pa.int32()),
            "name": pa.array(["x", None]).dictionary_encode(),
            "founded": pa.array([datetime.datetime(2010, 5, 1), None], pa.timestamp("us")),
            "province": pa.array([11.0, float("nan")]),
            "listed": [True, False],
            "revenue": pa.array([Decimal("1.50"), None], pa.decimal128(9, 2)),
            "employees": pa.array([1e6, 2.5]),
            "other": pa.array([[1], [2]]),
        }
    )
    pq.write_table(table, tmp_path / "firms.parquet")
    result = read(tmp_path / "firms.parquet")
    first, second = result.rows("firms")
    assert [first[name] for name in ("id", "name_zh", "founded_year", "province")] == ["1", "x", 2010, "11"]
    assert [first[name] for name in ("listed", "revenue_cny", "employees")] == [True, 1.5, 1_000_000]
    assert [second[name] for name in ("name_zh", "founded_year", "province", "employees")] == [None] * 4
    assert result.rules("firms") == {"read": 2, "kept": 2, "not_whole": 1}


@pytest.mark.parametrize(
    "cells", [pa.array([[1]]), pa.array([{"x": 1}]), pa.array([b"\xff"])], ids=["list", "struct", "binary"]
)
def test_parquet_of_nested_or_binary_cells_is_refused(read, tmp_path: Path, cells: pa.Array) -> None:
    pq.write_table(pa.table({"id": ["a"], "city": cells}), tmp_path / "firms.parquet")
    with pytest.raises(DataError, match="column city"):
        read(tmp_path / "firms.parquet")


@pytest.mark.parametrize("name", ["my edges.csv", "关系 2023.tsv", "x"])
def test_a_single_file_of_any_name_is_an_edge_list(read, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("source,target\na,b\n", "utf-8")
    result = read(tmp_path / name)
    assert result.rules("relations") == {"read": 1, "kept": 1, "inferred_node": 2}
    assert result.rows("firms") == []
    assert result.rows("organizations")[0] == {
        "id": "a", "name_zh": None, "name_en": None, "kind": None, "province": None, "sample_since": None,
        "sample_until": None,
    }  # fmt: skip


def test_a_table_of_provinces_makes_each_a_node(read) -> None:
    text = "技术赋能地,输入省份,数量\n北京,广东省,5\n44,110000,2\nBeijing,北京,7\n火星,北京,1\n北京,44,1\n"
    result = read(tables={"relations": text})
    found = [(row["source"], row["target"], row["source_province"], row["count"]) for row in result.rows("relations")]
    # A flow within Beijing is between nodes of Beijing: no self-loop.
    assert found == [("11", "11", "11", 7), ("11", "44", "11", 6), ("44", "11", "44", 2)]
    assert [
        (row["id"], row["kind"], row["name_zh"], row["name_en"], row["province"])
        for row in result.rows("organizations")
    ] == [
        ("11", "province", "北京", "Beijing", "11"),
        ("44", "province", "广东", "Guangdong", "44"),
    ]
    assert result.rules("relations") == {
        "read": 5, "kept": 3, "missing_end": 1, "parallel": 1, "unknown_province": 1, "inferred_node": 2,
    }  # fmt: skip


def test_a_table_of_provinces_beside_nodes_keeps_both(read) -> None:
    tables = {
        "firms": "id\na\n",
        "organizations": "id\nb\n",
        "relations": "source_province,target_province\n北京,上海\n",
    }
    result = read(tables=tables)
    assert [row["id"] for row in result.rows("organizations")] == ["11", "31", "b"]
    assert result.rules("relations")["kept"] == 1


def test_two_files_for_one_table_are_refused(read, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"firms\.csv as well"):
        read(tables={"firms": "id\na\n", "企业": "id\na\n"})


def test_a_file_of_an_unknown_name_among_others_is_refused(read) -> None:
    with pytest.raises(DataError, match="a file named after its table"):
        read(tables={"firms": "id\na\n", "relations_2023": "source,target\na,b\n"})


def test_a_folder_without_tables_is_refused(read) -> None:
    with pytest.raises(DataError, match="no table"):
        read(tables={})


def test_what_is_not_there_is_refused(read, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="to exist"):
        read(tmp_path / "nowhere")


def test_a_failed_run_leaves_what_was_there(read, tmp_path: Path) -> None:
    before = {
        path.name: path.read_bytes() for path in read(tables={"relations": "source,target\na,b\n"}).folder.iterdir()
    }
    with pytest.raises(DataErrors):
        read(tables={"relations": "source\na\n"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_progress_is_told(read) -> None:
    said: list[str] = []
    read(tables={"relations": "source,target\na,b\n"}, say=said.append)
    assert said == ["relations.csv read as relations: 1 rows", "relations      1 read, 1 kept, 2 inferred"]
