"""The rest of `make bench-load`: a worker killed again and again under load, and memory over many calls."""

import os
import random
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import cycle

from components.charts import CHARTS
from components.i18n import LANGUAGES
from components.shell import ROUTES, route_of
from tests.bench.load import PROVINCES, children, links, resident
from tests.bench.server import serving

KILL_EVERY = 10.0  # seconds
READERS = 8
LOOKS = 10  # times that memory is taken
Failure = tuple[float, str]  # when a call failed, and how


def ask(url: str, paths: list[str], end: float, calls: list[int], failed: list[Failure]) -> None:
    """Ask one path after the other until `end`, and write down what fails."""
    for path in cycle(paths):
        if time.monotonic() > end:
            return
        calls.append(1)
        try:
            urllib.request.urlopen(url + path, timeout=30).read()
        except (urllib.error.URLError, OSError) as error:
            failed.append((time.monotonic(), f"{path}: {error}"))


def killed_workers(seconds: float) -> str:
    """Kill a worker every ten seconds; tell how many calls were lost, and end where others than those in flight were.

    A process serves several calls at once: no kill may cost more than the readers that there are, and nothing may
    fail later than two seconds after one, when another process has long taken over.
    """
    calls, failed, kills = list[int](), list[Failure](), list[float]()
    with serving(AIM_WORKERS="2") as (url, master):
        end = time.monotonic() + seconds
        asked = links(200)
        work = [(url, asked[at * 25 :] + asked[: at * 25], end, calls, failed) for at in range(READERS)]
        threads = [threading.Thread(target=ask, args=one) for one in work]
        for one in threads:
            one.start()
        while time.monotonic() < end - KILL_EVERY:
            time.sleep(KILL_EVERY)
            kills.append(time.monotonic())
            os.kill(random.choice(children(master)), signal.SIGKILL)
        for one in threads:
            one.join()
    late = [how for when, how in failed if not any(0 <= when - kill < 2 for kill in kills)]
    if late or len(failed) > READERS * len(kills):
        raise SystemExit(f"calls were lost beside those in flight: {late[:5]} {failed[:5]}")
    return f"{len(kills)} workers killed under load: {len(calls)} calls, {len(failed)} lost, all in flight"


def memory_over(count: int) -> Iterator[str]:
    """Give the memory of the largest worker while calls of every kind go on, over pages, cards and files."""
    asked = _endless([route_of(page, lang) for page in ROUTES for lang in LANGUAGES])
    with serving(AIM_WORKERS="2") as (url, master):
        for look in range(1, LOOKS + 1):
            paths = [next(asked) for _ in range(count // LOOKS)]
            threads = [threading.Thread(target=_read, args=(url, paths[at::READERS])) for at in range(READERS)]
            for one in threads:
                one.start()
            for one in threads:
                one.join()
            yield f"memory of a worker after {look * count // LOOKS:>6} calls {resident(master) / 2**20:6.0f} MiB"


def _endless(pages: list[str]) -> Iterator[str]:
    """Give pages, cards and files by filters drawn at random: more than any cache holds."""
    draw = random.Random(1)
    while True:
        chart, lang = draw.choice(list(CHARTS)), draw.choice(LANGUAGES)
        chosen = ",".join(draw.sample(PROVINCES, draw.randint(0, 4)))
        query = f"province={chosen}&from={draw.randint(2013, 2016)}&to={draw.randint(2017, 2023)}"
        yield draw.choice((f"{draw.choice(pages)}?{query}", f"/data/{chart}.csv?{query}&lang={lang}"))
        yield f"/cards/{lang}.json?charts={chart}&{query}"


def _read(url: str, paths: list[str]) -> None:
    for path in paths:
        urllib.request.urlopen(url + path, timeout=60).read()


def main() -> None:
    """Print the figures; READERS=8 SECONDS=30 CALLS=5000 asks less."""
    print(killed_workers(float(os.environ.get("KILLS_SECONDS", "60"))), flush=True)
    for line in memory_over(int(os.environ.get("CALLS", "50000"))):
        print(line, flush=True)


if __name__ == "__main__":
    main()
