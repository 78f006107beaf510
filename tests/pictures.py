"""Pictures of the running app: those of the README, in both languages, and any chart's as a file.

python -m tests.pictures                        the README's, into docs/
python -m tests.pictures --to DIR LINK [LINK…]  the files that links like
                                                /en/space?embed=1&card=flow_map&picture=svg give
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.bench.browser import FLAGS
from tests.bench.server import serving
from tests.e2e.steps import LANGUAGES, UNDRAWN

DOCS = Path(__file__).parents[1] / "docs"
# Name of the file -> page and query, and what stands at the top edge of the picture.
SHOWN = {
    "overview": ("", ""),
    "space": ("space", "#card-flow_map"),
    "network": ("network", ".galaxy"),
    "index": ("index", ""),
}
SIZE: ViewportSize = {"width": 1280, "height": 920}
STILL = "() => !document.documentElement.dataset.drawing"
PAUSE = 1500  # ms for what is drawn after the charts: light of the network, names on the map


def picture_name(name: str, lang: str) -> str:
    """Give a picture's file name; English ones have no suffix, as README.md has none."""
    return f"{name}.png" if lang == "en" else f"{name}.{lang}.png"


def take(browser: Browser, site: str, to: Path) -> list[Path]:
    """Take every picture in every language."""
    made = []
    for lang in LANGUAGES:
        context = browser.new_context(viewport=SIZE, base_url=site, locale=lang, color_scheme="light")
        context.add_init_script("localStorage.setItem('aimap-toured', 'yes')")
        page = context.new_page()
        for name, (path, top) in SHOWN.items():
            made.append(to / picture_name(name, lang))
            _shoot(page, f"/{lang}/{path}", top, made[-1])
        context.close()
    return made


def _shoot(page: Page, path: str, top: str, file: Path) -> None:
    page.goto(path)
    page.wait_for_selector("h1")
    page.wait_for_function(f"() => !({UNDRAWN})().length")
    if top:
        page.evaluate("(top) => document.querySelector(top).scrollIntoView()", top)
    page.wait_for_timeout(PAUSE)
    page.wait_for_function(STILL)
    page.screenshot(path=file)


def save(browser: Browser, site: str, links: list[str], to: Path) -> list[Path]:
    """Save the files that links with `picture=svg` or `picture=png` give."""
    made = []
    for link in links:
        page = browser.new_page(viewport=SIZE, base_url=site)
        with page.expect_download() as file:
            page.goto(link)
        made.append(to / file.value.suggested_filename)
        file.value.save_as(made[-1])
        page.close()
    return made


def main() -> None:
    """Read the command line, serve the app, and take the pictures."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("links", nargs="*")
    reader.add_argument("--to", type=Path, default=DOCS)
    asked = reader.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    with serving() as (site, _process), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        made = save(browser, site, asked.links, asked.to) if asked.links else take(browser, site, asked.to)
        browser.close()
    for file in made:
        print(f"{file}  {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
