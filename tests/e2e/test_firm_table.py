"""The table of firms as a reader uses it: search, sort, columns, filters, and the way to a profile and back."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from analytics.filters import parse
from analytics.firm_table import Question, count_firms, page_of
from components.i18n import t
from tests.e2e.barriers import WIDER
from tests.e2e.steps import HTML_LANG, fetched, settled, visit, wait_for_query

FIRST = "#table .ag-center-cols-container .ag-row[row-index='0']"
NAMES = "#table .ag-row a"


def open_table(page: Page, path: str) -> None:
    """Open a page of firms and go down to its table."""
    visit(page, path)
    page.locator("#table").scroll_into_view_if_needed()
    expect(page.locator(NAMES).first).to_be_visible(timeout=15000)


def wait_for_firms(page: Page, question: Question) -> None:
    """Wait until the table shows what is asked for."""
    lang, count = question.lang, count_firms(question)
    expect(page.locator("#firm-count")).to_contain_text(f"{count:,}")
    first = page_of(question, 0, 3)
    for at, row in enumerate(first):
        expect(page.locator(f"#table .ag-row[row-index='{at}'] a")).to_have_text(row[f"name_{lang}"])


@pytest.mark.parametrize("lang", ["en"])
def test_search_sort_and_files(page: Page, site: str, lang: str) -> None:
    open_table(page, f"/{lang}/firms?province=11,44")
    filters = parse({"province": "11,44"}).filters
    wait_for_firms(page, Question(filters, lang=lang))
    page.locator("#firm-search").fill("firm-0")
    wait_for_firms(page, Question(filters, "firm-0", lang=lang))
    page.locator("#table .ag-header-cell[col-id=patents]").click()
    question = Question(filters, "firm-0", "-patents", lang)
    wait_for_firms(page, question)
    rows = fetched(site + str(page.locator("#firm-csv").get_attribute("href")))
    assert len(rows) == count_firms(question)
    assert [row["id"] for row in rows[:50]] == [row["id"] for row in page_of(question, 0, 50)]
    page.locator("#table .ag-header-cell[col-id=patents]").click()
    wait_for_firms(page, Question(filters, "firm-0", "patents", lang))
    page.locator("#firm-search").fill("zzzz")
    expect(page.locator("#table .ag-overlay")).to_contain_text(t("firms.none", lang))
    page.locator("#firm-search").fill("")
    wait_for_firms(page, Question(filters, "", "patents", lang))


def test_the_table_follows_the_filters(page: Page) -> None:
    open_table(page, "/en/firms")
    wait_for_firms(page, Question(parse({}).filters, lang="en"))
    page.locator(".region").nth(2).click()
    wait_for_firms(page, Question(parse({"province": "31,32,33,34"}).filters, lang="en"))
    page.locator(".reset").click()
    wait_for_firms(page, Question(parse({}).filters, lang="en"))


def test_the_table_scrolls_to_its_end(page: Page) -> None:
    open_table(page, "/en/firms?layer=base")
    question = Question(parse({"layer": "base"}).filters, lang="en")
    last = count_firms(question) - 1
    page.locator("#table .ag-body-viewport").evaluate("body => { body.scrollTop = body.scrollHeight; }")
    row = page.locator(f"#table .ag-row[row-index='{last}'] a")
    expect(row).to_have_text(page_of(question, last, 1)[0]["name_en"], timeout=15000)


def test_columns_can_be_chosen(page: Page) -> None:
    open_table(page, "/zh/firms")
    heads = page.locator("#table .ag-header-cell")
    assert page.locator("#table .ag-header-cell[col-id=city]").count() == 0  # the data set has no cities
    before = heads.count()
    page.locator("#firm-columns").click()
    page.get_by_role("option", name="城市").click()
    expect(page.locator("#table .ag-header-cell[col-id=city]")).to_have_count(1)
    page.get_by_role("option", name="专利数").click()
    expect(page.locator("#table .ag-header-cell[col-id=patents]")).to_have_count(0)
    assert heads.count() == before


@pytest.mark.parametrize("lang", ["zh"])
def test_a_row_opens_the_profile_and_the_way_leads_back(page: Page, lang: str) -> None:
    other = "en" if lang == "zh" else "zh"
    open_table(page, f"/{lang}/firms?province=44")
    page.locator(f"{FIRST} [col-id=employees]").click()
    page.wait_for_url(f"**/{lang}/firm?id=huawei&province=44")
    settled(page)
    expect(page.locator("h1")).to_have_text({"zh": "华为", "en": "Huawei"}[lang])
    expect(page.locator(".profile-what")).to_contain_text(t("profile.what_named_firm", lang))
    assert page.evaluate(WIDER) is None
    page.locator(".lang-link").click()
    page.wait_for_url(f"**/{other}/firm?id=huawei&province=44")
    settled(page)
    expect(page.locator("h1")).to_have_text({"zh": "华为", "en": "Huawei"}[other])
    assert page.evaluate("document.documentElement.lang") == HTML_LANG[other]
    page.locator(".profile-back a").click()
    page.wait_for_url(re.compile(f"/{other}/firms\\?province=44#table"))
    settled(page)
    wait_for_query(page, {"province": "44"})
    expect(page.locator("#table h2")).to_be_in_viewport(timeout=10000)


def test_the_name_is_a_link_and_enter_opens_a_row(page: Page) -> None:
    open_table(page, "/en/firms")
    assert page.locator(NAMES).first.get_attribute("href") == "/en/firm?id=huawei"
    page.locator(f"{FIRST} [col-id=province]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/firm?id=huawei")


def test_profiles_lead_from_partner_to_partner(page: Page) -> None:
    visit(page, "/zh/firm?id=firm-0628")
    expect(page.locator("h1")).to_have_text("样本企业 0628")
    expect(page.locator(".profile-what")).to_contain_text(t("profile.what_firm", "zh"))
    page.wait_for_selector("#profile-years .main-svg .trace path")
    partner = page.locator(".profile .data-table a").last
    name, link = partner.inner_text(), str(partner.get_attribute("href"))
    partner.click()
    page.wait_for_url(f"**{unquote(link)}")
    expect(page.locator("h1")).to_have_text(name)
    page.locator(".profile-network").click()
    page.wait_for_url("**/zh/explorer?**")
    settled(page)


def test_an_unknown_node_leads_back(page: Page) -> None:
    visit(page, "/en/firm?id=nope")
    expect(page.locator("h1")).to_have_text(t("profile.unknown", "en"))
    page.locator(".not-found a").click()
    page.wait_for_url("**/en/firms#table")


def test_on_a_phone_the_table_scrolls_inside_itself(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_table(page, "/zh/firms")
    assert page.evaluate(WIDER) is None
    assert page.locator("#table .ag-pinned-left-cols-container .ag-row").count() == 0
    page.locator("#table .ag-center-cols-viewport").evaluate("body => { body.scrollLeft = 5000; }")
    expect(page.locator("#table .ag-header-cell[col-id=degree]")).to_be_in_viewport()
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(page.locator("#table .ag-pinned-left-cols-container .ag-row").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/zh/firm?id=huawei")
    settled(page)
    assert page.evaluate(WIDER) is None


def test_the_grids_script_comes_with_the_table_only(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/zh/", "/zh/technology", "/zh/firm?id=huawei", "/zh/firms"):
        visit(page, path)
        page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "dash_ag_grid" in url]
    page.locator("#table").scroll_into_view_if_needed()
    expect(page.locator(NAMES).first).to_be_visible(timeout=15000)
    assert len([url for url in asked if "dash_ag_grid" in url]) == 2


def test_a_server_that_does_not_answer_is_told_and_asked_again(page: Page) -> None:
    open_table(page, "/en/firms")
    page.route("**/firms.json*", lambda route: route.fulfill(body="busy"))
    page.locator("#firm-search").fill("huawei")
    expect(page.locator("#firm-count")).to_have_text(t("firms.lost", "en"))
    page.unroute("**/firms.json*")
    page.locator("#firm-search").fill("tencent")
    wait_for_firms(page, Question(parse({}).filters, "tencent", lang="en"))
