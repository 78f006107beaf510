"""The two makers of data sets: the reconstruction of the report's, and a reader's own files."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analytics.contract import TABLES as CONTRACT
from analytics.dataset import COLUMNS, OWN, RECONSTRUCTION, Made, Say, Tables
from analytics.ingest import NO_LIMITS, Limits, ingest
from analytics.ingest.ledger import COLUMNS as LEDGER_COLUMNS
from analytics.ingest.ledger import COUNTS as LEDGER_COUNTS
from analytics.snapshot import TAXONOMY, file_checksum, table_file

SEED = 2024
LEDGER_FILES = (LEDGER_COUNTS, LEDGER_COLUMNS)


@dataclass(frozen=True)
class Reconstruction:
    """Makes synthetic firms and relations that add up to what the report prints."""

    seed: int = SEED
    kind: str = RECONSTRUCTION

    def inputs(self) -> dict[str, str]:
        """Give the seed."""
        return {"seed": str(self.seed)}

    def make(self, folder: Path, facts: pd.DataFrame, taxonomy: Tables, say: Say) -> Made:
        """Write the reconstructed tables."""
        # Here, not above: reading a reader's own data must not wait for these kernels.
        from analytics.reconstruct import reconstruct

        found = reconstruct(facts, dict(taxonomy), self.seed, say)
        for name, frame in found.tables.items():
            frame.to_parquet(folder / table_file(name), index=False)
        return Made(columns=columns_of(found.tables))


def columns_of(tables: Tables) -> pd.DataFrame:
    """Say which columns of the contract hold anything."""
    rows = [
        (table.name, column, "present" if tables[table.name][column].notna().any() else "empty", column)
        for table in CONTRACT
        for column in table.names()
        if column in tables[table.name]
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


@dataclass(frozen=True)
class OwnData:
    """Reads a reader's own tables through the contract.

    Attributes
    ----------
    source : Path
        A folder of tables, a workbook or an edge list.
    limits : Limits
        What reading may cost; none for the command line.
    mapping : Path, optional
        CSV of headers that the contract does not know.
    """

    source: Path
    limits: Limits = NO_LIMITS
    mapping: Path | None = None
    kind: str = OWN

    def inputs(self) -> dict[str, str]:
        """Give the checksums of the files."""
        files = [self.source] if self.source.is_file() else sorted(p for p in self.source.iterdir() if p.is_file())
        return {path.name: file_checksum(path) for path in (*files, *([self.mapping] if self.mapping else []))}

    def make(self, folder: Path, _facts: pd.DataFrame, taxonomy: Tables, say: Say) -> Made:
        """Read, clean and write the tables; the ledger's list of rows stays beside them."""
        classes = {name: frame for name, frame in taxonomy.items() if name in TAXONOMY}
        ledger = ingest(self.source, folder, classes, self.limits, self.mapping, say)
        for name in LEDGER_FILES:
            (folder / name).unlink()  # the snapshot's own tables hold them
        return Made(ledger=ledger.counts, columns=ledger.columns)
