"""A session on a Spark cluster, after a look whether there is one."""

import re
import shutil
import socket
import subprocess
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ibis

from analytics.errors import BuildError

LOCAL = re.compile(r"local(\[(\d+|\*)\])?")
STANDALONE = re.compile(r"spark://(.+)")
OTHERS = ("yarn", "k8s://")  # what these need is for their own configuration to say
PORT, PATIENCE = 7077, 5.0  # of a master; seconds until it is taken for dead
OLDEST_JAVA = 17
PARTITIONS, PARTS_A_CORE = "spark.sql.shuffle.partitions", 4
NEEDS = "Install requirements-spark.lock and Java 17 (docs/scale.md), or leave --engine out to use DuckDB."
# What must be so for the same words to mean the same as for DuckDB; everything else is the cluster's own to set.
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.compression.codec": "zstd",
}


def connect_cluster(master: str | None, folder: Path | None) -> ibis.BaseBackend:
    """Open a session on a cluster.

    Parameters
    ----------
    master : str
        ``local[2]``, ``spark://host:7077``, ``yarn`` or ``k8s://…``.
    folder : Path, optional
        Where the session may keep what it needs of its own.

    Raises
    ------
    BuildError
        pyspark or Java is missing, the address is none, or nobody answers there.
    """
    check_cluster(master)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(str(master)).appName("AI Innovation Map")
    own = {"spark.sql.warehouse.dir": str(folder)} if folder else {}
    for name, value in {**SETTINGS, **own}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        _set_partitions(session)
        return ibis.pyspark.connect(session)
    except Exception as error:
        raise BuildError(f"No session on {master}: {str(error).splitlines()[0]}") from error


def _set_partitions(session: Any) -> None:
    """Cut shuffles by the cluster's cores: Spark's own 200 parts cost more than their rows on a small one."""
    if not session.sparkContext.getConf().contains(PARTITIONS):
        session.conf.set(PARTITIONS, str(PARTS_A_CORE * session.sparkContext.defaultParallelism))


def check_cluster(master: str | None) -> None:
    """Refuse, before any work, what could not work; errors as `connect_cluster`."""
    if find_spec("pyspark") is None:
        raise BuildError(f"The engine spark needs the package pyspark, which is not installed. {NEEDS}")
    _check_java()
    if not master:
        raise BuildError("The engine spark needs --master, such as spark://host:7077 or local[2].")
    standalone = STANDALONE.fullmatch(master)
    if standalone:
        _check_answers(master, standalone.group(1).split(","))
    elif not LOCAL.fullmatch(master) and not master.startswith(OTHERS):
        raise BuildError(f"{master!r} is no master: use spark://host:7077, local[2], yarn or k8s://host.")


def _check_java() -> None:
    java = shutil.which("java")
    if java is None:
        raise BuildError(f"The engine spark needs Java {OLDEST_JAVA}, and there is no java. {NEEDS}")
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    if not found or int(found.group(1)) < OLDEST_JAVA:
        words = (told.splitlines() or ["java"])[0]
        raise BuildError(f"The engine spark needs Java {OLDEST_JAVA} or newer, and this is {words}. {NEEDS}")


def _check_answers(master: str, hosts: list[str]) -> None:
    """Tell a dead master at once: Spark itself would try for minutes."""
    for one in hosts:
        host, _, port = one.partition(":")
        with suppress(OSError, ValueError), socket.create_connection((host, int(port or PORT)), PATIENCE):
            return
    raise BuildError(f"No Spark master answers at {master}. Start it, or correct --master.")
