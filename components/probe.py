"""Asks a server on this machine whether it is alive, without curl: `python -m components.probe`."""

import sys
import urllib.error
import urllib.request

from analytics.settings import value

PATIENCE = 4  # seconds; an engine that asks waits five


def is_alive(port: int) -> bool:
    """Tell whether `/health` answers 200."""
    # No proxy of the environment stands between a server and itself.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/health", timeout=PATIENCE) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_alive(value("AIM_PORT")) else 1)
