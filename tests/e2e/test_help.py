"""The tour, the help's window, single keys, and a card that stands alone, in the browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from components.i18n import t
from tests.e2e.barriers import barriers
from tests.e2e.steps import LANGUAGES, settled, visit, wait_for_query

pytestmark = pytest.mark.long


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tour_runs_by_keys_and_is_not_offered_again(page: Page, lang: str) -> None:
    visit(page, f"/{lang}/")
    expect(page.locator(".tour-invite")).to_be_visible()
    page.locator(".tour-start").focus()
    page.keyboard.press("Enter")
    for name in ("numbers", "filters", "badge", "tools", "pages", "help"):
        expect(page.locator("#tour-title")).to_have_text(t(f"tour.{name}_title", lang))
        expect(page.locator("#tour-title")).to_be_focused()
        expect(page.locator(".tour-box")).to_be_in_viewport(ratio=1)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#tour-title")).to_have_text(t("tour.pages_title", lang))
    page.keyboard.press("Escape")
    expect(page.locator(".tour-box")).to_have_count(0)
    expect(page.locator(".tour-invite")).to_be_hidden()
    page.reload()
    settled(page)
    expect(page.locator(".tour-invite")).to_be_hidden()


def test_the_tour_can_be_declined_and_skipped(page: Page) -> None:
    visit(page, "/en/")
    page.locator(".tour-start").click()
    page.locator(".tour-box button", has_text=t("tour.skip", "en")).click()
    expect(page.locator(".tour-light")).to_have_count(0)
    page.evaluate("localStorage.clear()")
    visit(page, "/en/")
    page.locator(".tour-dismiss").click()
    expect(page.locator(".tour-invite")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('aimap-toured')") == "yes"


@pytest.mark.parametrize("width", [390, 1400])
def test_tour_and_help_are_accessible(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, "/zh/")
    page.locator(".tour-start").click()
    expect(page.locator("#tour-title")).to_be_focused()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.locator("#help-toggle").click()
    expect(page.locator("#help")).to_be_visible()
    page.evaluate("document.querySelectorAll('#help details').forEach((one) => { one.open = true; })")
    assert barriers(page) == []
    assert page.evaluate("document.getElementById('help').scrollWidth <= document.getElementById('help').clientWidth")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_opens_by_key_and_its_texts_are_copied(page: Page, lang: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, f"/{lang}/technology?province=11#card-technologies")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.locator("#help-report summary").click()
    page.locator("#help-report .help-copy").click()
    expect(page.locator("#help-report .help-copy")).to_have_text(t("help.copied", lang))
    text = page.evaluate("navigator.clipboard.readText()")
    version = page.evaluate("document.documentElement.dataset.version")
    assert page.url in text and version in text and "(technologies)" in text
    page.locator("#help-cite summary").click()
    assert page.url in page.locator("#help-cite pre").nth(1).inner_text()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_a_card_reports_itself_and_the_data_page_is_cited(page: Page) -> None:
    visit(page, "/en/technology")
    page.locator("#card-applications .card-definition summary").click()
    page.locator("#card-applications .help-open").click()
    expect(page.locator("#help-report pre")).to_be_visible()
    assert "(applications)" in page.locator("#help-report pre").inner_text()
    page.keyboard.press("Escape")
    expect(page.locator("#card-applications .help-open")).to_be_focused()
    visit(page, "/en/data")
    page.locator(".help-open[data-part=cite]").click()
    expect(page.locator("#help-cite pre").last).to_contain_text("@techreport")


def test_single_keys_do_what_they_say_and_can_be_switched_off(page: Page) -> None:
    visit(page, "/en/technology")
    scheme = "document.documentElement.getAttribute('data-mantine-color-scheme')"
    page.keyboard.press("t")
    assert page.evaluate(scheme) == "dark"
    page.keyboard.press("/")
    expect(page.locator("#f-province")).to_be_focused()
    page.keyboard.type("t2")  # typed into the field, not taken for keys
    assert page.evaluate(scheme) == "dark" and "/technology" in page.url
    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator(".keys-toggle").click()
    expect(page.locator(".keys-toggle")).to_have_text(t("help.keys_on", "en"))
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.evaluate(scheme) == "dark"
    page.evaluate("localStorage.removeItem('aimap-keys-off')")
    page.keyboard.press("2")
    page.wait_for_url("**/en/firms")


def test_a_card_stands_alone_and_answers_to_its_filters(page: Page) -> None:
    visit(page, "/en/space?embed=1&card=flow_ranks&province=11,44")
    assert page.locator(".card").count() == 1 and page.locator(".topbar").count() == 0
    assert barriers(page) == []
    page.locator("#chips .chip").first.click()
    wait_for_query(page, {"embed": "1", "card": "flow_ranks", "province": "44"})
    expect(page.locator(".embedded-way a")).to_have_attribute("href", re.compile(r"/en/space\?province=44$"))


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_link_gives_a_picture(page: Page, form: str) -> None:
    with page.expect_download() as file:
        page.goto(f"/en/technology?embed=1&card=technologies&picture={form}")
    content = file.value.path().read_bytes()
    assert file.value.suggested_filename == f"technologies-en.{form}" and len(content) > 10_000
    if form == "svg":  # the picture's link leads to the whole page
        assert b"/en/technology#card-technologies" in content and b"embed=1" not in content
    assert content.startswith(b"\x89PNG" if form == "png" else b"<svg")
