"""The index in the browser: weights into the link and back, no weight at all, a table of one's own, files, a phone."""

import pytest
from playwright.sync_api import Page, expect

from components.i18n import t
from tests.e2e.barriers import WIDER
from tests.e2e.steps import LANGUAGES, query, rows_of, visit

pytestmark = pytest.mark.long

FIRST = "#index-table tbody tr:first-child td"
ROWS = "#index-table tbody tr"
PILLARS = ("enterprise", "academic", "openness", "linking")


def opened(page: Page, path: str) -> None:
    page.goto(path)
    still(page)


def still(page: Page) -> None:
    page.wait_for_timeout(100)  # longer than the script waits for the hand to rest
    page.wait_for_function(
        "() => document.querySelector('#index-fill table') && !document.documentElement.dataset.drawing"
    )


def weigh(page: Page, pillar: str, weight: int) -> None:
    page.locator(f"#weight-{pillar}").fill(str(weight))
    still(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_weights_are_in_the_link_and_come_back(page: Page, lang: str) -> None:
    visit(page, f"/{lang}/space")
    page.locator("a.to-explorer").click()
    page.wait_for_url(f"**/{lang}/index")
    still(page)
    expect(page.locator("h1")).to_have_text(t("page.index.title", lang))
    before = page.locator("#card-index_scores .card-finding").inner_text()
    weigh(page, "enterprise", 0)
    page.locator(".index-select[data-name=sum] select").select_option("geometric")
    still(page)
    assert query(page) == {"enterprise": "0", "sum": "geometric"}
    after = page.locator("#card-index_scores .card-finding").inner_text()
    assert after != before and t("index.sum_geometric", lang) in page.locator(".card-subtitle").first.inner_text()
    page.reload()
    still(page)
    assert page.locator("#card-index_scores .card-finding").inner_text() == after
    expect(page.locator("#weight-enterprise")).to_have_value("0")
    page.locator(".index-reset").click()
    still(page)
    assert query(page) == {} and page.locator("#card-index_scores .card-finding").inner_text() == before


def test_no_weight_at_all_says_so_and_leads_back(page: Page) -> None:
    opened(page, "/en/index")
    for pillar in PILLARS:
        weigh(page, pillar, 0)
    expect(page.locator("#card-index_scores .card-empty")).to_have_text(t("index.none_no_data", "en"))
    expect(page.locator("#card-index_scores .card-plot")).to_be_hidden()
    page.locator(".index-reset").click()
    still(page)
    expect(page.locator(ROWS)).to_have_count(34)


def test_a_table_of_ones_own_stays_in_the_tab(page: Page) -> None:
    opened(page, "/zh/index")
    assert page.locator("#weight-capital").is_disabled()
    page.locator("#index-own-text").fill("省份,风投\n北京,1\n天堂,2")
    page.locator("#index-own-use").click()
    expect(page.locator(".index-problem")).to_have_count(1)
    expect(page.locator(".index-problem")).to_contain_text("第 3 行")
    page.locator("#index-own-text").fill("省份,风投\n北京,1\n上海,2\n44,3")
    page.locator("#index-own-use").click()
    expect(page.locator(".index-own-column")).to_have_count(1)
    expect(page.locator(ROWS)).to_have_count(3)
    assert query(page) == {} and page.locator("#weight-capital").is_enabled()
    page.locator(".index-own-column select").select_option("response")
    still(page)
    page.reload()
    still(page)
    expect(page.locator(".index-own-column select")).to_have_value("response")
    with page.expect_download() as file:
        page.locator("#card-index_scores .index-file[data-form=csv]").click()
    rows = rows_of(file.value.path().read_bytes())
    assert len(rows) == 3 and "score_response" in rows[0]
    page.locator("#index-own-drop").click()
    expect(page.locator(ROWS)).to_have_count(34)
    assert page.evaluate("sessionStorage.getItem('aimap-index-table')") == '{"table":"","columns":{}}'


def test_the_picture_is_saved_with_its_note(page: Page) -> None:
    opened(page, "/en/index?openness=9")
    with page.expect_download() as file:
        page.locator("#card-index_scores [data-action=svg]").click()
    text = file.value.path().read_text("utf-8")
    assert "not the report" in text and "openness=9" in text and "Modelled" in text


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_phone_and_desktop(page: Page, lang: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, f"/{lang}/index")
    assert page.evaluate(WIDER) is None
    page.set_viewport_size({"width": 1400, "height": 900})
    still(page)
    assert page.evaluate(WIDER) is None
