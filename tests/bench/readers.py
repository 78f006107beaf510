"""`make bench-load`: readers on loopback for a bounded time; errors and the 99th percentile of chart calls.

A reader looks at an answer for a while before the next: `THINK` seconds on average, 0 for none.
"""

import json
import os
import random
import sys
import threading
import time
import urllib.error
import urllib.request
from itertools import cycle, islice
from statistics import quantiles

from app import server
from components.i18n import LANGUAGES
from components.shell import ROUTES, route_of
from tests.bench.load import links
from tests.bench.server import serving
from tests.wire.calls import CALL, page_call

THINK = float(os.environ.get("THINK", "1"))

ARRIVE = 30.0  # seconds in which all readers come, to a server that has just started
Ask = tuple[str, bytes | None]  # a link, and what is posted there


def read(url: str, asked: list[Ask], end: float, took: dict[str, list[float]], wrong: list[str]) -> None:
    """Ask one thing after the other until `end`."""
    for path, body in cycle(asked):
        if time.monotonic() > end:
            return
        start = time.perf_counter()
        try:
            _answer(url + path, body)
        except (urllib.error.URLError, OSError) as error:
            wrong.append(f"{path}: {error}")
        took["charts" if path.startswith("/cards/") else "pages"].append(time.perf_counter() - start)
        if THINK and path != CALL:
            time.sleep(random.expovariate(1 / THINK))


def _answer(url: str, body: bytes | None) -> None:
    call = urllib.request.Request(url, body, {"Content-Type": "application/json"} if body else {})
    urllib.request.urlopen(call, timeout=30).read()


def what_readers_ask() -> list[list[Ask]]:
    """Give steps: a page, asked for as a frame and with its contents as browsers do, and a filter on a chart."""
    client = server.test_client()
    routes = [route_of(page, lang) for page in ROUTES for lang in LANGUAGES]
    bodies = {route: json.dumps(page_call(client, route)).encode() for route in routes}
    steps: list[list[Ask]] = []
    for route, link in zip(islice(cycle(routes), 400), links(400), strict=True):
        steps += [[(CALL, bodies[route]), (route, None)], [(link, None)]]
    return steps


def main() -> None:
    """Print the figures; any error ends with a status of 1."""
    readers, seconds = int(os.environ.get("READERS", "64")), int(os.environ.get("SECONDS", "300"))
    steps, took, wrong = what_readers_ask(), {"charts": list[float](), "pages": list[float]()}, list[str]()
    with serving() as (url, _process):
        end = time.monotonic() + seconds
        turns = [[one for step in steps[at * 12 :] + steps[: at * 12] for one in step] for at in range(readers)]
        threads = [threading.Thread(target=read, args=(url, turn, end, took, wrong)) for turn in turns]
        for one in threads:
            one.start()
            time.sleep(ARRIVE / readers)
        for one in threads:
            one.join()
    print(f"{readers} readers who come within {ARRIVE:g} s and think for {THINK:g} s, {seconds} s, {len(wrong)} errors")
    for kind, target in (("charts", " (target 250)"), ("pages", "")):
        found = quantiles(took[kind], n=100)
        middle, tail = found[49] * 1e3, found[-1] * 1e3
        print(f"  {len(took[kind])} calls of {kind}: p50 {middle:.0f} ms, p99 {tail:.0f} ms{target}")
    sys.exit("\n".join(wrong[:5]) if wrong else 0)


if __name__ == "__main__":
    main()
