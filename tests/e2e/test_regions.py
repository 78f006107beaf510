"""Chapters in a browser: from the space page to a chapter, a partner, the comparison, paper and file."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import LANGUAGES, visit

WIDER = "document.scrollingElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_index_to_a_chapter_and_its_partner(page: Page, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, f"/{lang}/space")
    page.locator("#regions a", has_text="西北" if lang == "zh" else "Northwest").click()
    page.wait_for_url(f"**/{lang}/region?place=northwest")
    expect(page.locator(".region-section")).to_have_count(8)
    assert page.evaluate(WIDER) <= 0
    page.locator("#region-partners td a").first.click()
    page.wait_for_url(f"**/{lang}/region?place=11")
    with page.expect_download() as waiting:
        page.locator(".region-ways .button").click()
    assert waiting.value.suggested_filename == f"chapter-11-{lang}.html"


def test_paper_has_no_navigation(page: Page) -> None:
    visit(page, "/en/region?place=44")
    page.emulate_media(media="print")
    for part in (".rail", ".region-ways", ".region-choices"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".region-opening")).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_places_are_added_and_taken_away(page: Page, lang: str) -> None:
    visit(page, f"/{lang}/compare?place=11,44")
    page.locator(".region-add summary").click()
    page.locator(".region-add a").first.click()
    expect(page.locator("#compare-part-standing thead").first.locator("th")).to_have_count(4)
    page.locator("a.chip").first.click()
    expect(page.locator("a.chip")).to_have_count(2)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate(WIDER) <= 0
