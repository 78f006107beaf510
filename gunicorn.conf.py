"""How gunicorn serves the app; the settings are described in docs/settings.md."""

import os
import shutil
import sys
from pathlib import Path

from analytics.settings import SettingError, check_settings, value

try:
    check_settings()
except SettingError as error:
    sys.exit(f"The settings are wrong:\n{error}")

bind = f"{value('AIM_HOST')}:{value('AIM_PORT')}"
workers = value("AIM_WORKERS")
threads = value("AIM_THREADS")
timeout = value("AIM_TIMEOUT")
loglevel = value("AIM_LOG_LEVEL")
worker_class = "gthread"
preload_app = True  # the processes share the snapshot and the modules in memory
graceful_timeout = 8  # seconds for calls in flight; container engines kill after ten
# A folder in memory: gunicorn's heartbeat must not wait for a disk, and the root may be read-only.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
worker_tmp_dir = MEMORY

# The image brings compiled kernels; numba only takes them from a folder that it can write.
KERNELS, CACHE = Path(__file__).parent / "kernels", os.environ.get("NUMBA_CACHE_DIR", "")
if CACHE and KERNELS.is_dir() and not Path(CACHE).exists():
    shutil.copytree(KERNELS, CACHE)
