"""Reads a user's tables of any form, cleans them by stated rules, and counts what it did.

Forms are CSV, Parquet and XLSX; a bare edge list or a table between provinces is enough.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.contract import TABLES
from analytics.engines import DUCKDB, connect
from analytics.ingest.cleaning import start_cleaning
from analytics.ingest.files import find_tables, mapping_beside
from analytics.ingest.headers import read_mapping
from analytics.ingest.ledger import Ledger, read_ledger
from analytics.ingest.limits import NO_LIMITS, Limits, Watch
from analytics.ingest.raw import Raw, read_raw
from analytics.ingest.rules import RULES, Rule
from analytics.taxonomy import Taxonomy

__all__ = ["NO_LIMITS", "RULES", "Ledger", "Limits", "Rule", "ingest", "read_ledger"]

Say = Callable[[str], None]
DEFAULT_LIMITS = Limits()


def ingest(
    source: Path,
    out: Path,
    taxonomy: Taxonomy,
    limits: Limits = DEFAULT_LIMITS,
    mapping: Path | None = None,
    say: Say = print,
    engine: str = DUCKDB,
    this_year: int | None = None,
) -> Ledger:
    """Read a data set, clean it and write it with a ledger of what was done.

    Parameters
    ----------
    source : Path
        A folder of files named after their tables, a workbook, or a single edge list.
    out : Path
        Receives `firms.parquet`, `organizations.parquet`, `relations.parquet` (all columns of the
        contract; text and codes str, years Int32, other integers Int64, money float64, missing is
        null; ordered by key), `ledger.parquet`, `ledger_columns.parquet` and `ledger_rows.csv`. It
        is made if it is not there. Files are moved there only when all are complete; whoever needs
        them to change all at once gives a folder of his own and renames that.
    taxonomy : dict of str to DataFrame
        As `analytics.taxonomy.read_taxonomy` gives it.
    limits : Limits
        The most that it may cost; `NO_LIMITS` for one's own files.
    mapping : Path, optional
        CSV of `table,header,column` for headers that the contract does not know; by default the
        file `mapping.csv` beside the tables, if there is one.
    say : callable
        Takes one line of progress.
    engine : str
        As `analytics.engines.connect` takes it.
    this_year : int, optional
        A founding or a relation of a later year is a slip; by default the year in UTC.

    Returns
    -------
    Ledger
        Its rules are those of `RULES`.

    Raises
    ------
    DataError, DataErrors
        The data cannot be read or are not to be trusted; nothing is written into `out` then.
    BuildError
        The engine is not there, or the taxonomy is ambiguous.
    """
    watch = Watch(limits)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".ingest-", dir=out) as name:
        work, made = Path(name) / "work", Path(name) / "made"
        work.mkdir()
        made.mkdir()
        raws = _read_all(source, mapping or mapping_beside(source), work, watch, say)
        year = this_year or datetime.now(UTC).year
        ledger = _clean_all(raws, taxonomy, made, watch, engine, year)
        for path in sorted(made.iterdir()):
            path.replace(out / path.name)
    for table, row in ledger.totals().iterrows():
        say(f"{table:<14} {', '.join(f'{number} {done}' for done, number in row.items() if number)}")
    return ledger


def _read_all(source: Path, mapping: Path | None, work: Path, watch: Watch, say: Say) -> dict[str, Raw]:
    words = read_mapping(mapping, watch)
    tables = {table.name: table for table in TABLES}
    raws = {}
    for found in find_tables(source, watch):
        raws[found.table] = read_raw(found, tables[found.table], words, work, watch)
        say(f"{found.label} read as {found.table}: {raws[found.table].n_rows} rows")
    return raws


def _clean_all(
    raws: dict[str, Raw], taxonomy: Taxonomy, made: Path, watch: Watch, engine: str, this_year: int
) -> Ledger:
    # What is spilled goes beside the raw tables, and with them when all is done.
    connection = connect(engine, watch.limits.memory, temp_folder=made.parent / "spill")
    try:
        with watch.ending(connection):
            return start_cleaning(connection, raws, taxonomy, this_year).write(made)
    finally:
        connection.disconnect()
