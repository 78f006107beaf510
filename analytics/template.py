"""Empty tables to fill in: the headers of the contract and one example row each."""

import csv
from pathlib import Path

from openpyxl import Workbook

from analytics.contract import TABLES, Table
from analytics.errors import BuildError

CSV, XLSX = "csv", "xlsx"
FORMS = (CSV, XLSX)
WORKBOOK = "template.xlsx"
# The rows belong together: the relation joins the firm and the organization.
EXAMPLES: dict[str, dict[str, str | int | float]] = {
    "firms": {
        "id": "F0001",
        "name_zh": "示例企业",
        "name_en": "Example firm",
        "founded_year": 2015,
        "province": "北京",
        "city": "北京",
        "layer": "technology",
        "employees": 120,
        "listed": "否",
        "revenue_cny": 35_000_000.5,
        "rd_cost_cny": 9_000_000,
        "patents": 14,
        "sample_since": 2018,
    },
    "organizations": {
        "id": "O0001",
        "name_zh": "示例大学",
        "name_en": "Example university",
        "kind": "university",
        "province": "天津",
        "sample_since": 2019,
        "sample_until": 2021,
    },
    "relations": {
        "source": "O0001",
        "target": "F0001",
        "source_province": "天津",
        "target_province": "北京",
        "year": 2020,
        "technology": "internet_of_things",
        "application": "smart_city",
        "industry": "C39",
        "count": 1,
    },
}


def write_template(folder: Path, form: str = CSV) -> list[Path]:
    """Write the tables of the contract with their headers and one example row each.

    Parameters
    ----------
    folder : Path
        Made if it is not there. Files of the same names in it are never replaced.
    form : str
        ``csv``: one file a table, UTF-8 with a mark of byte order, so that spreadsheets show
        Chinese right. ``xlsx``: one workbook, one sheet a table.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    BuildError
        Another form, or a file is there already: it may hold somebody's data.
    """
    if form not in FORMS:
        raise BuildError(f"There is no template of the form {form!r}. Use one of {', '.join(FORMS)}.")
    names = [WORKBOOK] if form == XLSX else [f"{table.name}.csv" for table in TABLES]
    paths = [folder / name for name in names]
    if there := [path.name for path in paths if path.exists()]:
        raise BuildError(f"{', '.join(there)} is already in {folder}. Move it away, or name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    _write_workbook(paths[0]) if form == XLSX else _write_files(paths)
    return paths


def _write_files(paths: list[Path]) -> None:
    for path, table in zip(paths, TABLES, strict=True):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_rows(table))


def _write_workbook(path: Path) -> None:
    book = Workbook(write_only=True)
    for table in TABLES:
        sheet = book.create_sheet(table.name)
        for row in _rows(table):
            sheet.append(row)
    book.save(path)


def _rows(table: Table) -> list[list[str | int | float]]:
    return [list(table.names()), [EXAMPLES[table.name][name] for name in table.names()]]
