"""The audit page as a reader uses it: from a grade to its findings, the table narrowed, a file kept."""

import csv

import pytest
from playwright.sync_api import Page, expect

from components.audit_data import comparison, findings
from components.i18n import t
from components.table import MOST_LINES
from tests.e2e.steps import LANGUAGES, visit
from tests.e2e.test_every_page import WIDER, serious


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_grade_leads_to_its_findings(page: Page, lang: str) -> None:
    visit(page, f"/{lang}/audit")
    expect(page.locator(".audit-finding")).to_have_count(len(findings()))
    page.locator(".audit-tile.audit-change_of_base").click()
    expect(page.locator("#audit-change_of_base h2")).to_be_in_viewport()
    top = page.locator("#audit-change_of_base").bounding_box()
    assert top is not None and 52 <= top["y"] < 100, "under the bar, not behind it"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_is_narrowed_and_widened_again(page: Page, lang: str) -> None:
    rows = comparison("")
    visit(page, f"/{lang}/audit")
    shown = page.locator("#audit-table tbody tr")
    expect(shown).to_have_count(MOST_LINES)
    page.locator("#audit-state").get_by_text(t("agreement.absent", lang), exact=True).click()
    expect(shown).to_have_count(int((rows["agreement"] == "absent").sum()))
    page.locator("#audit-state").get_by_text(t("agreement.all", lang), exact=True).click()
    page.locator("#audit-search").fill("Shandong" if lang == "en" else "山东省")
    expect(page.locator("#audit-table tbody tr").first).to_contain_text("Shandong" if lang == "en" else "山东省")
    page.locator("#audit-search").fill("zzz")
    expect(page.locator("#audit-table .card-empty")).to_have_text(t("audit.no_match", lang))
    page.locator("#audit-search").fill("")
    expect(shown).to_have_count(MOST_LINES)


def test_the_findings_are_kept_as_a_file(page: Page) -> None:
    visit(page, "/en/audit")
    with page.expect_download() as waiting:
        page.locator(".audit-files a", has_text="CSV").first.click()
    assert waiting.value.suggested_filename == "audit_findings.csv"
    with open(waiting.value.path(), encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == findings()["id"].tolist()


@pytest.mark.parametrize(
    "size", [{"width": 390, "height": 844}, {"width": 1400, "height": 900}], ids=["phone", "desktop"]
)
def test_the_page_is_accessible_in_both_themes(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    visit(page, "/zh/audit")
    page.locator(".audit-rules summary").click()
    assert page.evaluate(WIDER) is None
    light = serious(page)
    page.locator("#theme-toggle").click()
    page.wait_for_timeout(300)  # colours fade
    assert {"light": light, "dark": serious(page)} == {"light": [], "dark": []}


def test_a_phone_names_the_numbers_of_each_row(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, "/zh/audit")
    cells = page.locator("#audit-table tbody tr").first.locator(".num")
    heads = cells.evaluate_all("cells => cells.map((one) => getComputedStyle(one, '::before').content)")
    badges = page.locator("#audit-table thead .badge")
    expect(badges).to_have_text([t("badge.published", "zh"), t("badge.modelled", "zh")])
    expect(badges.last).to_be_visible()
    assert heads == [f'"{t(f"column.{name}", "zh")}"' for name in ("printed", "computed", "deviation")]
