"""Templates, the contract's own words, and the engines by name."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from analytics.contract import KINDS, TABLES, describe_contract
from analytics.engines import connect
from analytics.errors import BuildError
from analytics.ingest import RULES
from analytics.template import EXAMPLES, write_template

pytestmark = pytest.mark.slow

LOCALES = Path(__file__).resolve().parents[3] / "components" / "locales"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_is_a_data_set_that_breaks_no_rule(read, tmp_path: Path, form: str) -> None:
    paths = write_template(tmp_path / "template", form)
    result = read(tmp_path / "template")
    assert [path.exists() for path in paths] == [True] * (3 if form == "csv" else 1)
    assert set(result.ledger.counts["rule"]) == {"read", "kept"}
    assert result.ledger.columns["state"].unique().tolist() == ["present"]
    assert [result.rules(table.name)["kept"] for table in TABLES] == [1, 1, 1]
    (firm,), (relation,) = result.rows("firms"), result.rows("relations")
    assert (firm["revenue_cny"], firm["listed"], firm["name_zh"]) == (35_000_000.5, False, "示例企业")
    assert (relation["source_province"], relation["industry"], relation["count"]) == ("12", "39", 1)


def test_an_example_fills_every_column() -> None:
    assert {name: tuple(row) for name, row in EXAMPLES.items()} == {table.name: table.names() for table in TABLES}


def test_a_template_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "firms.csv").write_text("mine", "utf-8")
    with pytest.raises(BuildError, match=r"firms\.csv is already"):
        write_template(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["firms.csv"]
    assert (tmp_path / "firms.csv").read_text("utf-8") == "mine"


def test_a_template_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="csv, xlsx"):
        write_template(tmp_path / "new", "pdf")
    assert not (tmp_path / "new").exists()


def test_the_contract_describes_itself_as_json() -> None:
    found = describe_contract()
    assert json.loads(json.dumps(found)) == found
    assert [(table["name"], len(table["columns"])) for table in found] == [
        (table.name, len(table.columns)) for table in TABLES
    ]
    kind = next(column for column in found[1]["columns"] if column["name"] == "kind")
    assert (kind["allowed"], kind["values"]) == ("kinds", list(KINDS))


def test_no_two_columns_of_a_table_share_a_header() -> None:
    for table in TABLES:
        headers = [header for column in table.columns for header in (column.name, *column.headers)]
        assert len(headers) == len(set(headers)), table.name


@pytest.mark.parametrize(("engine", "words"), [("spark", "pyspark"), ("sqlite", "There is no engine 'sqlite'")])
def test_an_engine_that_is_not_there_is_told(read, engine: str, words: str) -> None:
    with pytest.raises(BuildError, match=words):
        connect(engine)
    with pytest.raises(BuildError, match=words):
        read(tables={"firms": "id\na\n"}, engine=engine)


def test_settings_of_the_engine_are_those_given(tmp_path: Path) -> None:
    engine = connect(memory_limit="512MiB", threads=1, temp_folder=tmp_path)
    names = ("memory_limit", "threads", "temp_directory", "autoinstall_known_extensions")
    found = engine.con.execute(f"select {', '.join(f'current_setting({name!r})' for name in names)}").fetchone()
    engine.disconnect()
    assert found == ("512.0 MiB", 1, str(tmp_path), False)


def keys(lang: str) -> set[str]:
    return flat(tomllib.loads((LOCALES / f"ingest.{lang}.toml").read_text("utf-8")), "")


def flat(node: dict, prefix: str) -> set[str]:
    found = set()
    for name, value in node.items():
        found |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}"}
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_column_type_and_rule_has_words(lang: str) -> None:
    columns = [(table.name, column) for table in TABLES for column in table.columns]
    wanted = {f"contract.table.{table.name}" for table in TABLES}
    wanted |= {f"contract.column.{table}.{column.name}" for table, column in columns}
    wanted |= {f"contract.type.{column.type}" for _, column in columns}
    wanted |= {f"ingest.feeds.{column.name}" for _, column in columns if column.name != "id"}
    wanted |= {f"ingest.rule.{code}" for code in ("read", "kept", *RULES)}
    assert keys(lang) == wanted


def test_both_languages_have_the_same_holes_and_no_bracket_astray() -> None:
    for lang in ("zh", "en"):
        text = (LOCALES / f"ingest.{lang}.toml").read_text("utf-8")
        assert not re.search(r"[{}]|\[\[", text)
