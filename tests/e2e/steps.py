"""What a reader does and sees, for the browser tests."""

import csv
import io
import urllib.request
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

LANGUAGES = ("zh", "en")
HTML_LANG = {"zh": "zh-CN", "en": "en"}

# Cards that show a picture whose marks (a path or an image that has a size) are not there yet.
UNDRAWN = """
() => [...document.querySelectorAll('.card')].filter((card) => {
  if (!card.querySelector('.card-plot') || card.querySelector('.card-plot').hidden) return false;
  const big = (one) => { const box = one.getBoundingClientRect(); return box.width > 1 && box.height > 1; };
  const svg = card.querySelector('svg.main-svg');
  const marks = [...card.querySelectorAll('.main-svg path, .main-svg image')];
  return !svg || !big(svg) || !marks.some(big);
}).map((card) => card.id)
"""


def charts_of(page: str) -> list[str]:
    """Give the charts of a page in their order; the page of the data has none."""
    return list(getattr(import_module(f"pages.{page}"), "SPANS", {}))


def visit(page: Page, path: str) -> None:
    """Open a path and wait until its charts are drawn and its link is composed."""
    page.goto(path)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page that is being opened has its charts drawn."""
    page.wait_for_selector("h1")
    page.wait_for_function(f"() => !({UNDRAWN})().length")


def query(page: Page) -> dict[str, str]:
    """Give the query of the link in the address bar."""
    return {key: values[-1] for key, values in parse_qs(urlsplit(page.url).query).items()}


def wait_for_query(page: Page, expected: dict[str, str]) -> None:
    """Wait until the link says `expected` and nothing else."""
    code = """(expected) => {
      const found = Object.fromEntries(new URLSearchParams(location.search));
      const text = (one) => JSON.stringify(Object.entries(one).sort());
      return text(found) === text(expected);
    }"""
    try:
        page.wait_for_function(code, arg=expected, timeout=20_000)
    except Exception as error:
        raise AssertionError(f"the link says {query(page)}, not {expected}") from error


def chips(page: Page) -> list[str]:
    """Give the names on the chips."""
    return page.locator("#chips .chip span:first-child").all_inner_texts()


def wait_for_chips(page: Page, names: list[str]) -> None:
    """Wait until the chips are these."""
    expect(page.locator("#chips .chip span:first-child")).to_have_text(names, timeout=20_000)


# All that must be the same again after a reload; answers only when it has stood still for a moment.
SEEN = """async () => {
  const hash = (text) => [...text].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) | 0, text.length);
  const look = () => JSON.stringify([...document.querySelectorAll('.card')].map((card) => [card.id, [
    card.querySelector('.sr-only').textContent,
    card.querySelector('.card-note').textContent,
    card.querySelector('.card-table').innerText,
    card.querySelector('.card-plot').hidden,
    [...card.querySelectorAll('input:checked')].map((one) => one.value),
    card.querySelector('.card-plot').hidden ? 0 : hash(JSON.stringify(card.querySelector('.js-plotly-plot').data)),
    [...card.querySelectorAll('a.tool')].map((one) => one.getAttribute('href')),
  ]]));
  let now = look();
  for (let still = 0; still < 3;) {
    await new Promise((go) => setTimeout(go, 50));
    const next = look();
    const busy = document.documentElement.dataset.drawing || document.querySelector('[data-dash-is-loading=true]');
    still = next === now && !busy ? still + 1 : 0;
    now = next;
  }
  return Object.fromEntries(JSON.parse(now));
}"""


def seen(page: Page) -> dict[str, Any]:
    """Give everything that must be the same again after a reload."""
    page.wait_for_function(f"() => !({UNDRAWN})().length")
    cards = page.evaluate(SEEN)
    return {"chips": chips(page), **cards}


def fetched(url: str) -> list[dict[str, str]]:
    """Read a CSV link."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return rows_of(answer.read())


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a CSV file as a spreadsheet does."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table_of(page: Page, chart: str) -> tuple[list[str], list[list[str]]]:
    """Give the kinds of columns and the cells of a card's table."""
    code = """(card) => [
      [...card.querySelectorAll('.data-table th')].map((one) => one.className.replace('cell-', '')),
      [...card.querySelectorAll('.data-table tbody tr')].map((row) => [...row.cells].map((one) => one.textContent)),
    ]"""
    kinds, lines = page.locator(f"#card-{chart}").evaluate(code)
    return kinds, lines


def switch(page: Page, chart: str, name: str) -> None:
    """Choose `chart` or `table` in a card, as a pointer does."""
    page.locator(f"#card-{chart} .tool-toggle input[value={name}] + label").click()


def choose(page: Page, chart: str, name: str) -> None:
    """Choose an option of a card, as a pointer does."""
    page.locator(f"#card-{chart} .card-options input[value={name}] + label").click()
