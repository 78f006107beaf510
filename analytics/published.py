"""The numbers that the report prints, one row each, and the arithmetic that follows from them.

`check_facts` looks at single rows and keys; the sums and identities are in
`analytics.published_sums`. Source of every number: the report named in `origin.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.errors import DataError, raise_all
from analytics.published_sums import sum_problems
from analytics.tables import line_of, read_text_table
from analytics.taxonomy import INDUSTRIES, Taxonomy

FILE = "facts.csv"
COLUMNS = (
    "source", "page", "measure", "item", "item_zh", "item_en",
    "year", "unit", "value", "status", "note",
)  # fmt: skip
KEY = ["source", "measure", "item", "year"]
STATUSES = ("printed", "derived")
UNITS = (
    "percent", "firms", "nodes", "relations", "degree", "hops",
    "coefficient", "yuan_100m", "rank", "count",
)  # fmt: skip
# Figure 13 prints no number; tables 4 and 5 belong to chapters that the edition leaves out.
SOURCES = (
    *(f"figure-{n}" for n in range(1, 21) if n != 13),
    *(f"table-{n}" for n in (1, 2, 3, 6, 7)),
    "text",
)
# The measures whose unit their name does not tell; `share_*` is percent, `rank_*` is rank.
MEASURE_UNITS = {
    "n_firms": "firms", "n_nodes": "nodes", "n_sample_nodes": "nodes",
    "n_relation_nodes": "nodes", "n_relations": "relations", "n_classes": "count",
    "average_degree": "degree", "in_degree": "degree", "out_degree": "degree",
    "degree": "degree", "diameter": "hops", "average_path_length": "hops",
    "clustering": "coefficient", "growth_rate": "percent", "core_industry_size": "yuan_100m",
}  # fmt: skip
WHOLE_UNITS = ("firms", "nodes", "relations", "rank", "count")
# (lowest, highest) by unit where there is a bound; shares are 0..100, their difference is not.
BOUNDS: dict[str, tuple[float, float]] = {
    "percent": (0, 100), "coefficient": (0, 1), "rank": (1, float("inf")),
}  # fmt: skip
MEASURE_BOUNDS = {"share_net": (-100.0, 100.0), "growth_rate": (-100.0, float("inf"))}
# (source, measure) -> the classification of its items; a source alone stands for its measures.
ITEM_TABLES = {
    "figure-2": "regions", "figure-3": "provinces", "figure-9": "layers",
    "figure-11": "provinces", "figure-12": "layers", "figure-15": "technologies",
    "figure-16": "applications", "figure-18": "sections", "figure-19": "sections",
    "figure-20": "divisions", "table-6": "provinces",
}  # fmt: skip
TEXT_ITEM_TABLES = {
    "share_enabling": "regions", "share_input": "regions",
    "rank_competitiveness_province": "provinces",
}  # fmt: skip
# Sums over several items of a classification, written as an item of their own.
TOTALS = re.compile(r"other_[a-z0-9_]+|top_10_provinces")
PAIR_MEASURES = {"share_flow": ">", "rank_flow": ">", "rank_pair": "-"}
SLUG = re.compile(r"[a-z][a-z0-9_]*")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def read_facts(path: Path) -> pd.DataFrame:
    """Read the published numbers as text, unchecked but for the columns.

    Parameters
    ----------
    path : Path
        The CSV file.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, all `str`; one row a number; an empty cell is "".

    Raises
    ------
    DataErrors
        The file is missing, not UTF-8, has ragged rows or other columns.
    """
    return read_text_table(path, COLUMNS)


def check_facts(facts: pd.DataFrame, taxonomy: Taxonomy) -> None:
    """Check every row, key, sum, identity and formula of the published numbers.

    Parameters
    ----------
    facts : DataFrame
        As `read_facts` gives it.
    taxonomy : dict of str to DataFrame
        As `analytics.taxonomy.read_taxonomy` gives it.

    Raises
    ------
    DataErrors
        Holds all problems found. Sums are checked only when every single row is right,
        since a wrong cell would otherwise be told twice.
    """
    problems = [*_row_problems(facts, taxonomy), *_key_problems(facts), *_gap_problems(facts)]
    raise_all(problems)
    raise_all(sum_problems(clean_facts(facts)))


def clean_facts(facts: pd.DataFrame) -> pd.DataFrame:
    """Give checked facts their types.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS` and `printed`: `value` float64 in the row's `unit` (percent
        as printed, 0..100), `year` Int64 (<NA> where the report states none), `printed` the
        value as it stands in the report; the others `str`, never NaN. Same rows and order.
    """
    year = pd.to_numeric(facts["year"].where(facts["year"] != "")).astype("Int64")
    value = pd.to_numeric(facts["value"]).astype("float64")
    return facts.assign(year=year, value=value, printed=facts["value"])


def read_origin(path: Path, n_rows: int) -> dict[str, Any]:
    """Read where the numbers come from: titles, publishers, dates (ISO text), citation, licence.

    Raises
    ------
    DataErrors
        The file is missing, not TOML, lacks a key, or states another number of rows.
    """
    try:
        origin = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise_all([DataError(path.name, None, None, error, "a TOML file", "Restore the file.")])
    raise_all(_origin_problems(origin, path.name, n_rows))
    return _dates_as_text(origin)


def _origin_problems(origin: dict[str, Any], file: str, n_rows: int) -> Iterator[DataError]:
    keys = ("title_zh", "title_en", "date", "place", "publishers", "cutoff", "citation")
    for key in (*keys, "transcription", "licence", "n_rows"):
        if key not in origin:
            yield DataError(file, None, key, None, f"the key `{key}`", f"Add `{key}`.")
    if "n_rows" in origin and origin["n_rows"] != n_rows:
        remedy = f"Count the rows of {FILE} again and correct `n_rows`."
        yield DataError(file, None, "n_rows", origin["n_rows"], f"{n_rows}", remedy)


def _dates_as_text(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _dates_as_text(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_dates_as_text(value) for value in node]
    return node.isoformat() if hasattr(node, "isoformat") else node


def _row_problems(facts: pd.DataFrame, taxonomy: Taxonomy) -> Iterator[DataError]:
    known = {name: set(frame.iloc[:, 0]) for name, frame in taxonomy.items()}
    for index, cells in enumerate(facts.to_numpy()):
        row = dict(zip(facts.columns, cells, strict=True))
        found = [*_word_rules(row), *_unit_rules(row), *_value_rules(row), *_item_rules(row, known)]
        for column, expected, remedy in found:
            yield DataError(FILE, line_of(index), column, row[column], expected, remedy)


# A rule yields (column, what was expected, remedy).
Broken = Iterator[tuple[str, str, str]]


def _word_rules(row: dict[str, str]) -> Broken:
    patterns = {
        "page": "I|[1-9][0-9]*", "measure": SLUG.pattern, "year": "((19|20)[0-9]{2})?",
        "item": r"\S+", "item_zh": r"\S(.*\S)?", "item_en": r"\S(.*\S)?",
    }  # fmt: skip
    for column, pattern in patterns.items():
        if not re.fullmatch(pattern, row[column]):
            yield column, f"text that matches {pattern}", "Correct the cell."
    for column, allowed in (("source", SOURCES), ("unit", UNITS), ("status", STATUSES)):
        if row[column] not in allowed:
            yield column, f"one of {', '.join(allowed)}", "Use one of these words."


def _unit_rules(row: dict[str, str]) -> Broken:
    unit = _unit_of(row["measure"])
    if unit is None and SLUG.fullmatch(row["measure"]):
        yield "measure", "a known measure", "Correct it, or add it to MEASURE_UNITS with its unit."
    elif unit and row["unit"] in UNITS and row["unit"] != unit:
        yield "unit", unit, f"Write the unit of `{row['measure']}`."


def _unit_of(measure: str) -> str | None:
    for prefix, unit in (("share_", "percent"), ("rank_", "rank")):
        if measure.startswith(prefix):
            return unit
    return MEASURE_UNITS.get(measure)


def _value_rules(row: dict[str, str]) -> Broken:
    if not NUMBER.fullmatch(row["value"]):
        yield (
            "value",
            "a number",
            "Write digits and a decimal point only, no comma or sign of unit.",
        )
        return
    number = float(row["value"])
    default = BOUNDS.get(row["unit"], (0, float("inf")))
    low, high = MEASURE_BOUNDS.get(row["measure"], default)
    if not low <= number <= high:
        yield "value", f"a number from {low:g} to {high:g}", "Compare with the report."
    if row["unit"] in WHOLE_UNITS and "." in row["value"]:
        yield "value", "a whole number", "Compare with the report."


def _item_rules(row: dict[str, str], known: dict[str, set[str]]) -> Broken:
    separator = PAIR_MEASURES.get(row["measure"])
    table = ITEM_TABLES.get(row["source"]) or TEXT_ITEM_TABLES.get(row["measure"])
    if TOTALS.fullmatch(row["item"]):
        return
    if separator and not _is_pair(row["item"], separator, known["provinces"]):
        yield "item", f"two province codes joined by {separator}", "Use codes of provinces.csv."
    if table and row["item"] not in known[table]:
        yield "item", f"a code of {table}.csv", f"Correct it, or add it to {table}.csv."
    if row["source"] == "figure-17" and row["item"] not in INDUSTRIES:
        yield "item", f"one of {', '.join(INDUSTRIES)}", "Use one of these words."


def _is_pair(item: str, separator: str, provinces: set[str]) -> bool:
    ends = item.split(separator)
    return len(ends) == 2 and set(ends) <= provinces


def _key_problems(facts: pd.DataFrame) -> Iterator[DataError]:
    for index in facts.index[facts.duplicated(KEY)]:
        key = " / ".join(facts.loc[index, KEY])
        remedy = "Remove one of the two rows, or correct its measure, item or year."
        expected = f"one row for each {', '.join(KEY)}"
        yield DataError(FILE, line_of(index), None, key, expected, remedy)


def _gap_problems(facts: pd.DataFrame) -> Iterator[DataError]:
    for source in sorted(set(SOURCES) - set(facts["source"])):
        remedy = "The file may be cut short; restore the rows."
        yield DataError(FILE, None, "source", None, f"rows of {source}", remedy)
