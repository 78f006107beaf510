"""The main paths of every page as a reader takes them, in both languages."""

import pytest
from playwright.sync_api import Page, expect

from components.shell import path_of

LANGUAGES = ("zh", "en")
DRAWN = "[...document.querySelectorAll('.card-plot:not([hidden]) .js-plotly-plot')]"
ALL_DRAWN = f"() => {DRAWN}.length && {DRAWN}.every(p => p.querySelector('.main-svg') && p._fullLayout)"


def ready(page: Page, path: str) -> None:
    """Open a path and wait until its charts are drawn."""
    page.goto(path)
    page.wait_for_selector("h1")
    if page.locator(".card").count():
        page.wait_for_function(ALL_DRAWN)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_filter_chip_link_reload(page: Page, lang: str) -> None:
    ready(page, path_of("space", lang))
    page.locator(".region").nth(2).click()
    expect(page.locator("#chips .chip")).to_have_count(4)
    page.wait_for_function("location.search === '?province=31,32,33,34'")
    page.locator("#chips .chip").first.click()
    expect(page.locator("#chips .chip")).to_have_count(3)
    page.wait_for_function("location.search === '?province=32,33,34'")
    said = page.locator("#card-province_ranks .sr-only")
    expect(said).not_to_contain_text("上海" if lang == "zh" else "Shanghai")
    before = said.inner_text()
    ready(page, page.url)
    expect(page.locator("#chips .chip")).to_have_count(3)
    assert page.locator("#card-province_ranks .sr-only").inner_text() == before
    assert "province=32,33,34" in (page.locator(".lang-link").get_attribute("href") or "").replace("%2C", ",")
    page.locator(".reset").click()
    page.wait_for_function("location.search === ''")


def test_search_among_the_facts(page: Page) -> None:
    ready(page, "/zh/data")
    page.locator("#facts-search").fill("华为云")
    expect(page.locator("#facts-table tbody tr")).to_have_count(3)
    page.locator("#facts-search").fill("绝无此物")
    expect(page.locator("#facts-table")).to_contain_text("没有符合")
