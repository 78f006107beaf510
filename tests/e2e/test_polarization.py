"""The cards of polarization in a browser: the verdict is that of the selection in the link."""

from playwright.sync_api import Page, expect

from components.i18n import t
from components.shell import path_of
from tests.e2e.steps import visit


def test_the_verdict_is_of_the_selection(page: Page) -> None:
    said = page.locator("#card-polarization_verdict .card-finding")
    visit(page, path_of("space", "zh"))
    expect(said).to_contain_text("10 项测度")
    expect(page.locator("#card-earlier_editions .badge-press")).to_have_text(t("badge.press", "zh"))
    whole = said.inner_text()
    visit(page, path_of("space", "zh") + "?province=65")
    expect(said).to_contain_text("项测度")
    assert said.inner_text() != whole
