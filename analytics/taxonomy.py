"""The classifications: provinces, regions, layers, technologies, applications, industries.

Provinces follow GB/T 2260 (two digits), sections and divisions GB/T 4754-2017; layers,
technologies, applications and regions follow the report, in its order.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analytics.errors import DataError, raise_all
from analytics.tables import line_of, read_text_table

# Table -> columns; the first column is the key.
COLUMNS: dict[str, tuple[str, ...]] = {
    "provinces": ("code", "adcode", "name_zh", "fullname_zh", "name_en"),
    "regions": ("slug", "name_zh", "name_en", "provinces", "kind"),
    "layers": ("slug", "name_zh", "name_en"),
    "technologies": ("slug", "name_zh", "name_en", "active_2023"),
    "applications": ("slug", "name_zh", "name_en"),
    "sections": ("code", "industry", "name_zh", "name_en"),
    "divisions": ("code", "section", "name_zh", "name_en"),
}
INDUSTRIES = ("primary", "secondary", "tertiary")
N_PROVINCES = 34  # all province-level units of GB/T 2260

# (table, column) -> the pattern that every cell matches.
PATTERNS: dict[tuple[str, str], str] = {
    ("provinces", "code"): r"\d{2}",
    ("provinces", "adcode"): r"\d{2}0000",
    ("regions", "slug"): r"[a-z0-9_]+",
    ("regions", "provinces"): r"\d{2}(;\d{2})*",
    ("regions", "kind"): r"chapter|group",
    ("layers", "slug"): r"[a-z0-9_]+",
    ("technologies", "slug"): r"[a-z0-9_]+",
    ("technologies", "active_2023"): r"true|false",
    ("applications", "slug"): r"[a-z0-9_]+",
    ("sections", "code"): r"[A-T]",
    ("sections", "industry"): "|".join(INDUSTRIES),
    ("divisions", "code"): r"\d{2}",
    ("divisions", "section"): r"[A-T]",
}

Taxonomy = dict[str, pd.DataFrame]


def read_taxonomy(folder: Path) -> Taxonomy:
    """Read and check the classification tables.

    Parameters
    ----------
    folder : Path
        Holds one `<table>.csv` for each table of `COLUMNS`.

    Returns
    -------
    dict of str to DataFrame
        Every table of `COLUMNS` in file order; all columns `str` except
        `technologies.active_2023`, which is bool. Codes keep their leading zeros.

    Raises
    ------
    DataErrors
        A missing file or column, a blank or malformed cell, a key that comes twice, a region
        with an unknown province, or another number of provinces than 34.
    """
    tables = {name: read_text_table(folder / f"{name}.csv", COLUMNS[name]) for name in COLUMNS}
    check_taxonomy(tables)
    active = tables["technologies"]["active_2023"] == "true"
    tables["technologies"] = tables["technologies"].assign(active_2023=active)
    return tables


def check_taxonomy(tables: Taxonomy) -> None:
    """Raise `DataErrors` with every problem of the text tables that `read_text_table` gave."""
    problems = [p for name, frame in tables.items() for p in _cell_problems(name, frame)]
    problems += [p for name, frame in tables.items() for p in _key_problems(name, frame)]
    problems += _province_problems(tables["provinces"])
    problems += _region_problems(tables["regions"], set(tables["provinces"]["code"]))
    raise_all(problems)


def _cell_problems(name: str, frame: pd.DataFrame) -> Iterator[DataError]:
    for column in frame.columns:
        pattern = PATTERNS.get((name, column), r"\S(.*\S)?")
        for index, cell in enumerate(frame[column]):
            if not re.fullmatch(pattern, cell):
                remedy = "Correct the cell."
                expected = f"text that matches {pattern}"
                yield DataError(f"{name}.csv", line_of(index), column, cell, expected, remedy)


def _key_problems(name: str, frame: pd.DataFrame) -> Iterator[DataError]:
    key = frame.columns[0]
    for column in [c for c in frame.columns if c == key or c.startswith(("name", "adcode"))]:
        for index in frame.index[frame[column].duplicated()]:
            cell, remedy = frame.at[index, column], "Remove or correct one of the two rows."
            expected = "a value that comes once"
            yield DataError(f"{name}.csv", line_of(index), column, cell, expected, remedy)


def _province_problems(frame: pd.DataFrame) -> Iterator[DataError]:
    if len(frame) != N_PROVINCES:
        remedy = "Restore the missing rows or remove the extra ones."
        yield DataError("provinces.csv", None, None, f"{len(frame)} rows", f"{N_PROVINCES} rows", remedy)
    for index, (code, adcode) in enumerate(zip(frame["code"], frame["adcode"], strict=True)):
        if adcode != code + "0000":
            remedy = "Correct the code or the adcode."
            expected = f"{code}0000"
            yield DataError("provinces.csv", line_of(index), "adcode", adcode, expected, remedy)


def _region_problems(frame: pd.DataFrame, known: set[str]) -> Iterator[DataError]:
    for index, members in enumerate(frame["provinces"]):
        for code in members.split(";"):
            if code not in known:
                remedy = "Use the codes of provinces.csv."
                expected = "a known province code"
                yield DataError("regions.csv", line_of(index), "provinces", code, expected, remedy)
