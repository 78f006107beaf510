"""Tables that are computed once and kept as files which the engine and this process both read."""

from collections.abc import Iterator
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

BATCH_ROWS = 131_072


class Shelf:
    """Keeps tables of one build.

    Parameters
    ----------
    engine : BaseBackend
    folder : Path
        On a cluster, one that the driver and all workers see.
    """

    def __init__(self, engine: ibis.BaseBackend, folder: Path) -> None:
        self.engine, self.folder = engine, folder
        self.is_cluster = engine.name == "pyspark"
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, table: ir.Table) -> ir.Table:
        """Compute a table and give what was computed."""
        self.write(self._path(name), table)
        # An engine may keep a sum of whole numbers as something wider; all are below 2**53.
        return self.open(name).cast(table.schema())

    def open(self, name: str) -> ir.Table:
        """Give a table that was put here."""
        return self.engine.read_parquet(str(self._path(name)))

    def write(self, path: Path, table: ir.Table) -> None:
        """Compute a table into a file; a cluster writes a folder of files."""
        if self.is_cluster:
            self.engine.to_parquet(table, path, mode="overwrite")
        else:
            self.engine.to_parquet(table, path, compression="zstd", compression_level=1)

    def fetch(self, name: str, table: ir.Table) -> pa.Table:
        """Compute a table and bring it here, its rows ordered by all columns, text by its bytes."""
        schema = self.put(name, table).schema().to_pyarrow()
        found = ds.dataset(self._path(name), format="parquet").to_table().cast(_nullable(schema))
        return found.sort_by([(column, "ascending") for column in found.column_names]).combine_chunks()

    def batches(self, name: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
        """Bring some columns of a table here in pieces, in no order."""
        yield from ds.dataset(self._path(name), format="parquet").to_batches(columns=columns, batch_size=BATCH_ROWS)

    def count(self, name: str) -> int:
        """Give the number of rows of a table that was put here."""
        return ds.dataset(self._path(name), format="parquet").count_rows()

    def move(self, name: str, path: Path, schema: pa.Schema) -> None:
        """Give a table as one file at `path`, piece by piece; it is no longer here afterwards."""
        place = self._path(name)
        if place.is_file() and pq.read_schema(place).remove_metadata().equals(schema):
            place.replace(path)
            return
        found = ds.dataset(place, format="parquet")
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in found.to_batches(columns=schema.names, batch_size=BATCH_ROWS):
                if batch.num_rows:
                    writer.write_batch(batch.cast(schema))
        self.drop(name)

    def drop(self, name: str) -> None:
        """Free the place of a table."""
        path = self._path(name)
        if path.is_dir():
            for part in path.iterdir():
                part.unlink()
            path.rmdir()
        else:
            path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


def _nullable(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in schema])
