"""A connection to the engine that reads big tables, by name; everything else is written in Ibis."""

from pathlib import Path
from typing import Any

import ibis

from analytics.errors import BuildError

DUCKDB, SPARK = "duckdb", "spark"
ENGINES = (DUCKDB, SPARK)
# An engine that fetches an extension from the network would be a request that leaves the machine.
OFFLINE = {"autoinstall_known_extensions": False, "allow_community_extensions": False}


def connect(
    engine: str = DUCKDB,
    memory_limit: str | None = None,
    threads: int | None = None,
    temp_folder: Path | None = None,
    master: str | None = None,
) -> ibis.BaseBackend:
    """Open an engine of one's own, which forgets everything when it is disconnected.

    Parameters
    ----------
    engine : str
        ``duckdb``, which runs inside this process, or ``spark``, a cluster.
    memory_limit : str, optional
        Such as ``"2GB"``; more is spilled to `temp_folder`. By default the engine's own limit. A cluster's
        memory is set where its workers start.
    threads : int, optional
        By default one for each core.
    temp_folder : Path, optional
        Where the engine spills to.
    master : str, optional
        Where the cluster is, such as ``spark://host:7077``; for ``spark`` only.

    Raises
    ------
    BuildError
        The engine is unknown, not part of this installation, or does not answer.
    """
    if engine == SPARK:
        # Here, not above: what serves pages has no cluster.
        from analytics.scale.cluster import connect_cluster

        return connect_cluster(master, temp_folder)
    if engine != DUCKDB:
        raise BuildError(f"There is no engine {engine!r}. Use one of {', '.join(ENGINES)}.")
    if master:
        raise BuildError("A master is the address of a Spark cluster: give --engine spark as well, or leave it out.")
    settings = {"memory_limit": memory_limit, "threads": threads, "temp_directory": temp_folder and str(temp_folder)}
    given: dict[str, Any] = {name: value for name, value in settings.items() if value is not None}
    return ibis.duckdb.connect(**OFFLINE, **given)


def interrupt(engine: ibis.BaseBackend) -> None:
    """End the query that an engine of another thread is at; that query then raises."""
    engine.con.interrupt()
