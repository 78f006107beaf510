"""The same charts in other tools, each served from the environment that only the bench has."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from analytics import store
from analytics.snapshot import repository
from tests.bench.server import wait_for

PEERS = Path(__file__).parent / "peers"
PEER_PYTHON = repository() / ".venv-bench" / "bin" / "python"
NOT_MEASURED = "  peers                             not measured: `make bench` sets up .venv-bench for them"


class Peer(NamedTuple):
    """A tool: what starts it, with `{port}` filled in, and what chooses a layer in its page."""

    name: str
    command: tuple[str, ...]
    selector: str


ALL = (
    Peer(
        "Streamlit",
        ("-m", "streamlit", "run", "streamlit_app.py", "--server.headless=true", "--server.port={port}"),
        "[data-testid=stRadio] input",
    ),
    Peer("Vizro", ("vizro_app.py", "{port}"), ".form-check-input"),
    Peer("Panel", ("-m", "panel", "serve", "panel_app.py", "--port={port}", "--index=panel_app"), "input[type=radio]"),
)
CHOICES = (1, 2, 3)  # of the layers, after "all"


@contextmanager
def peer(tool: Peer, charts: int) -> Iterator[str]:
    """Serve a peer with so many charts of the firms in use; the server ends with the block."""
    port = free_port()
    firms = store.snapshot().folder / "firm_values.parquet"
    environment = {**os.environ, "BENCH_FIRMS": str(firms), "BENCH_CHARTS": str(charts)}
    command = [str(PEER_PYTHON), *(part.format(port=port) for part in tool.command)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=PEERS, env=environment, **quiet)  # type: ignore[call-overload]
    try:
        wait_for(f"http://localhost:{port}/", 60)
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """Give a port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
