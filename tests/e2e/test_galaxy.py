"""The picture of the whole network in the browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import LANGUAGES, visit

PAINTED = "(year) => (document.querySelector('#galaxy') || {dataset: {}}).dataset.painted === year"
INKS = """() => {
  const canvas = document.querySelector('.galaxy-frame canvas');
  const bytes = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  for (let at = 0; at < bytes.length; at += 4 * 97) seen.add(`${bytes[at]},${bytes[at + 1]},${bytes[at + 2]}`);
  return seen.size;
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_network_is_drawn_for_any_year_and_saved(page: Page, lang: str) -> None:
    visit(page, f"/{lang}/network")
    page.locator("#galaxy").scroll_into_view_if_needed()
    page.wait_for_function(PAINTED, arg="2023")
    many = page.evaluate(INKS)
    assert many > 50
    page.locator(".galaxy-year input").fill("2014")
    page.wait_for_function(PAINTED, arg="2014")
    expect(page.locator(".galaxy-year output")).to_have_text("2014")
    page.locator(".galaxy-colour[data-colour=kind]").click()
    expect(page.locator(".galaxy-legend span")).to_have_count(7)
    page.locator(".galaxy-list summary").click()
    expect(page.locator(".galaxy-list a").first).to_have_text("华为" if lang == "zh" else "Huawei")
    with page.expect_download() as waiting:
        page.locator(".galaxy-save").click()
    assert waiting.value.path().read_bytes()[:4] == b"\x89PNG"


def test_the_statistics_stand_below(page: Page) -> None:
    visit(page, "/en/network?province=65")
    expect(page.locator("#statistics-body table")).to_contain_text("35,672", timeout=20_000)


def test_a_hub_is_told_of_and_opens_the_explorer(page: Page) -> None:
    visit(page, "/en/network")
    page.locator("#galaxy").scroll_into_view_if_needed()
    page.wait_for_function(PAINTED, arg="2023")
    name = page.evaluate("document.querySelector('#galaxy').dataset.info")
    row = page.request.get(name).json()["hubs"][0][0]
    page.locator(".galaxy-stage").scroll_into_view_if_needed()
    spot = page.evaluate("(row) => window.aimap.galaxy.spot(row)", row)
    page.mouse.move(*spot)
    expect(page.locator(".galaxy-tip")).to_contain_text("Huawei")
    page.mouse.click(*spot)
    page.wait_for_url("**/en/explorer?**node=huawei**")
