"""A real standalone Spark cluster on loopback, started from the pyspark package."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds for a process to answer
MEMORY = "2g"  # of a worker


@dataclass
class Cluster:
    """A running cluster: its address, its workers' processes, and what a build needs in its environment."""

    master: str
    workers: list[subprocess.Popen[bytes]]
    environment: dict[str, str]


@contextmanager
def standalone(folder: Path, workers: int = 2, cores: int = 1, memory: str = MEMORY) -> Iterator[Cluster]:
    """Start a master and workers, and end them afterwards; `folder` takes their logs and scratch files."""
    port, page = _free_port(), _free_port()
    environment = _environment(folder, memory)
    master = f"spark://{HOST}:{port}"
    started = [_start(folder, "master", environment, "--host", HOST, "--port", str(port), "--webui-port", str(page))]
    try:
        _wait_for(port)
        given = ("--host", HOST, "-c", str(cores), "-m", memory, "--webui-port", "0", "-d", str(folder), master)
        hands = [_start(folder, "worker", environment, *given, number=number) for number in range(workers)]
        started += hands
        _wait_for_workers(folder, workers)
        yield Cluster(master, hands, environment)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(PATIENCE)


def _environment(folder: Path, memory: str) -> dict[str, str]:
    settings = folder / "conf"
    settings.mkdir()
    lines = [f"spark.executor.memory {memory}", f"spark.driver.host {HOST}", "spark.driver.memory 2g"]
    (settings / "spark-defaults.conf").write_text("\n".join(lines) + "\n")
    return {**os.environ, "SPARK_CONF_DIR": str(settings), "SPARK_LOCAL_IP": HOST}


def _start(
    folder: Path, kind: str, environment: dict[str, str], *given: str, number: int = 0
) -> subprocess.Popen[bytes]:
    found = find_spec("pyspark")
    assert found is not None and found.origin is not None
    command = [str(Path(found.origin).parent / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}.{kind.title()}"]
    with (folder / f"{kind}-{number}.log").open("wb") as log:
        return subprocess.Popen([*command, *given], env=environment, stdout=log, stderr=log)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection((HOST, port), 1).close()
            return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError("the master does not answer")


def _wait_for_workers(folder: Path, workers: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (folder / "master-0.log").read_text(errors="replace").count("Registering worker") >= workers:
            return
        time.sleep(0.3)
    raise TimeoutError("the workers do not register")
