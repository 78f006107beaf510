"""The audit page as a reader uses it: from a grade to its findings, the table narrowed, a file kept."""

import csv

import pytest
from playwright.sync_api import Page, expect

from components.audit_data import AGREEMENTS, comparison, findings
from components.i18n import t
from tests.e2e.steps import LANGUAGES, visit


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
    shown, said = page.locator("#audit-body tr"), page.locator("#audit-shown")
    expect(shown).to_have_count(len(rows))
    state = page.locator("#audit-state")
    for name in AGREEMENTS:
        state.get_by_text(t(f"agreement.{name}", lang), exact=True).click()
        expect(shown).to_have_count(int((rows["agreement"] == name).sum()))
        expect(said).to_contain_text(str((rows["agreement"] == name).sum()))
    state.get_by_text(t("agreement.all", lang), exact=True).click()
    expect(shown).to_have_count(len(rows))
    page.locator("#audit-search").fill("zzz")
    expect(said).to_have_text(t("audit.no_match", lang))
    expect(page.locator("#audit-scroll")).to_be_hidden()
    page.locator("#audit-search").fill("")
    expect(shown).to_have_count(len(rows))


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "SHANDONG enabling"), ("zh", "山东省 赋能"), ("en", "山东省  enabling ")]
)
def test_all_words_are_searched_for_in_both_languages(page: Page, lang: str, words: str) -> None:
    visit(page, f"/{lang}/audit")
    page.locator("#audit-search").fill(words)
    # Share and rank of one province in table 6.
    expect(page.locator("#audit-body tr")).to_have_count(2)
    expect(page.locator("#audit-body")).to_contain_text("2.03%")


def test_a_place_is_chosen(page: Page) -> None:
    visit(page, "/en/audit")
    page.locator("#audit-source").click()
    page.get_by_role("option", name="Table 7", exact=True).click()
    expect(page.locator("#audit-body tr")).to_have_count(int((comparison("")["source"] == "table-7").sum()))


def test_words_of_a_reader_stay_words(page: Page) -> None:
    visit(page, "/en/audit")
    page.locator("#audit-search").fill("<img src=x onerror=alert(1)> [ ( \\ *")
    expect(page.locator("#audit-shown")).to_have_text(t("audit.no_match", "en"))


def test_the_findings_are_kept_as_a_file(page: Page) -> None:
    visit(page, "/en/audit")
    with page.expect_download() as waiting:
        page.locator(".audit-files a", has_text="CSV").first.click()
    assert waiting.value.suggested_filename == "audit_findings.csv"
    with open(waiting.value.path(), encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == findings()["id"].tolist()


def test_a_phone_names_the_numbers_of_each_row(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, "/zh/audit")
    cells = page.locator("#audit-body tr").first.locator(".num")
    heads = cells.evaluate_all("cells => cells.map((one) => getComputedStyle(one, '::before').content)")
    badges = page.locator("#audit-scroll thead .badge")
    expect(badges).to_have_text([t("badge.published", "zh"), t("badge.modelled", "zh")])
    expect(badges.last).to_be_visible()
    assert heads == [f'"{t(f"column.{name}", "zh")}"' for name in ("printed", "computed", "deviation")]
