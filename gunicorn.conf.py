"""How gunicorn serves the app; the settings are described in docs/settings.md."""

import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path
from threading import Thread
from typing import Any

# Before anything takes memory: one heap for all threads and for Arrow's columns, as several of them keep what one
# has freed (measured: 370 MB instead of 500 after thousands of different cards).
M_ARENA_MAX = -8
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
if limit := getattr(ctypes.CDLL(None), "mallopt", None):  # glibc has it, musl does not
    limit(M_ARENA_MAX, 2)

from analytics.settings import SettingError, check_settings, value  # noqa: E402
from components.log_lines import log_settings  # noqa: E402

try:
    check_settings()
except SettingError as error:
    sys.exit(f"The settings are wrong:\n{error}")

bind = f"{value('AIM_HOST')}:{value('AIM_PORT')}"
workers = value("AIM_WORKERS")
threads = value("AIM_THREADS")
timeout = value("AIM_TIMEOUT")
loglevel = value("AIM_LOG_LEVEL")
logconfig_dict = log_settings(loglevel)
worker_class = "gthread"
preload_app = True  # the processes share the snapshot and the modules in memory
control_socket_disable = True  # a signal is enough, and the root may be read-only
graceful_timeout = 8  # seconds for calls in flight; container engines kill after ten
# A folder in memory: gunicorn's heartbeat must not wait for a disk, and the root may be read-only.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
worker_tmp_dir = MEMORY

# The image brings compiled kernels; numba only takes them from a folder that it can write.
KERNELS, CACHE = Path(__file__).parent / "kernels", os.environ.get("NUMBA_CACHE_DIR", "")
if CACHE and KERNELS.is_dir() and not Path(CACHE).exists():
    shutil.copytree(KERNELS, CACHE)

# Counts of all processes; set before the app, and so the library that counts, is loaded.
COUNTS = tempfile.mkdtemp(prefix="aim-counts-", dir=MEMORY)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = COUNTS


def post_worker_init(_worker: Any) -> None:
    """Let a new process answer at once, and prepare the pages meanwhile."""
    from app import warm

    Thread(target=warm, daemon=True).start()


def child_exit(_server: Any, worker: Any) -> None:
    """Take a process that has ended out of the gauges; its counts stay."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(COUNTS, ignore_errors=True)
