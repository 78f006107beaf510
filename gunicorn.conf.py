"""How gunicorn serves the app; the settings are described in docs/settings.md."""

import sys

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
