"""The main paths of every page as a reader takes them, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from components.shell import PAGES, path_of

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


def serious(page: Page) -> list[object]:
    """Name what axe finds that keeps readers out."""
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], [node["target"] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


# One language a page, in turn: both are built alike.
@pytest.mark.parametrize(("name", "lang"), [(name, LANGUAGES[at % 2]) for at, name in enumerate(PAGES)])
def test_accessible_in_both_themes(page: Page, name: str, lang: str) -> None:
    ready(page, path_of(name, lang))
    found = {}
    for _ in range(2):
        theme = page.evaluate("document.documentElement.getAttribute('data-mantine-color-scheme')")
        found[theme] = serious(page)
        page.locator("#theme-toggle").click()
        page.wait_for_timeout(300)  # colours fade
    assert found == {"light": [], "dark": []}


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
