"""`make bench-load`: readers on loopback for a bounded time; errors and the 99th percentile of chart calls.

A reader looks at an answer for a while before the next: `THINK` seconds on average, 0 for none.
"""

import os
import random
import sys
import threading
import time
import urllib.error
import urllib.request
from itertools import cycle, islice
from statistics import quantiles

from components.i18n import LANGUAGES
from components.shell import ROUTES, route_of
from tests.bench.load import links
from tests.bench.server import serving

THINK = float(os.environ.get("THINK", "1"))


def read(url: str, paths: list[str], end: float, took: list[float], wrong: list[str]) -> None:
    """Ask one path after the other until `end`."""
    for path in cycle(paths):
        if time.monotonic() > end:
            return
        start = time.perf_counter()
        try:
            urllib.request.urlopen(url + path, timeout=30).read()
        except (urllib.error.URLError, OSError) as error:
            wrong.append(f"{path}: {error}")
        if path.startswith("/cards/"):
            took.append(time.perf_counter() - start)
        if THINK:
            time.sleep(random.expovariate(1 / THINK))


def main() -> None:
    """Print the figures; any error ends with a status of 1."""
    readers, seconds = int(os.environ.get("READERS", "64")), int(os.environ.get("SECONDS", "300"))
    pages = [route_of(page, lang) for page in ROUTES for lang in LANGUAGES]
    asked = [path for pair in zip(islice(cycle(pages), 400), links(400), strict=True) for path in pair]
    took, wrong = list[float](), list[str]()
    with serving() as (url, _process):
        end = time.monotonic() + seconds
        work = [(url, asked[at * 12 :] + asked[: at * 12], end, took, wrong) for at in range(readers)]
        threads = [threading.Thread(target=read, args=one) for one in work]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    tail = quantiles(took, n=100)[-1] * 1e3
    who = f"{readers} readers who think for {THINK:g} s, {seconds} s"
    print(f"{who}: {len(took)} chart calls, {len(wrong)} errors, p99 {tail:.0f} ms (target 250)")
    sys.exit("\n".join(wrong[:5]) if wrong else 0)


if __name__ == "__main__":
    main()
