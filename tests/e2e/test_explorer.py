"""The explorer in the browser: find, draw, open, go back, share, read as a list, save."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import LANGUAGES

NAMES = {"zh": ("华为", "腾讯"), "en": ("Huawei", "Tencent")}
COUNT = "() => document.getElementById('explorer-graph')._cyreg.cy.nodes().length"


def settle(page: Page) -> None:
    page.wait_for_function(
        """() => {
          const title = document.querySelector('#explorer-title');
          return title && title.textContent && !document.documentElement.dataset.drawing;
        }"""
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_name_to_a_chain_and_back(page: Page, lang: str) -> None:
    one, other = NAMES[lang]
    page.goto(f"/{lang}/explorer")
    settle(page)
    page.locator(".explorer-select[data-name=view] select").select_option("near")
    page.locator(".explorer-find[data-name=node] input").fill(one)
    expect(page.locator("#found-node li").first).to_contain_text(one)
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-title")).to_contain_text(one)
    settle(page)
    assert page.evaluate(COUNT) == 300 and "node=huawei" in page.url
    page.locator(".explorer-select[data-name=view] select").select_option("chain")
    page.locator(".explorer-find[data-name=other] input").fill(other)
    expect(page.locator("#found-other li").first).to_contain_text(other)
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-title")).to_contain_text(other)
    settle(page)
    title = page.locator("#explorer-title").inner_text()
    page.reload()
    settle(page)
    assert page.locator("#explorer-title").inner_text() == title
    page.go_back()
    page.go_back()
    expect(page.locator(".explorer-select[data-name=view] select")).to_have_value("near")
    assert "other=" not in page.url


def test_a_click_on_a_province_opens_it_and_its_nodes_are_listed(page: Page) -> None:
    page.goto("/en/explorer?view=provinces")
    settle(page)
    page.locator("#explorer-nodes button").first.click()
    page.wait_for_function("() => location.search.includes('group=province')")
    settle(page)
    assert page.evaluate(COUNT) > 50
    page.locator("#explorer-nodes button").nth(2).click()
    expect(page.locator("#explorer-node h3")).not_to_be_empty()
    page.locator("#explorer-node .acts button").first.click()
    page.wait_for_function("() => location.search.includes('view=near')")


def test_partners_are_opened_and_closed(page: Page) -> None:
    page.goto("/en/explorer?node=zte&top=50")
    settle(page)
    page.locator("#explorer-nodes button").nth(4).click()
    page.locator("#explorer-node .acts button").nth(1).click()
    page.wait_for_function("() => location.search.includes('open=')")
    settle(page)
    page.go_back()
    settle(page)
    assert "open=" not in page.url


def test_words_for_a_node_that_is_not_there(page: Page) -> None:
    page.goto("/en/explorer?node=%3Cimg%20src%3Dx%3E")
    expect(page.locator("#explorer-said")).to_contain_text("no node called “<img src=x>”")
    assert page.locator("#explorer-said img").count() == 0


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_picture_is_saved(page: Page, form: str) -> None:
    page.goto("/zh/explorer?node=tencent&top=50")
    settle(page)
    with page.expect_download() as waiting:
        page.locator(f"[data-picture={form}]").click()
    content = waiting.value.path().read_bytes()
    assert len(content) > 5_000
    if form == "svg":
        text = content.decode()
        assert "腾讯" in text and "模型重构" in text and text.count("<circle") >= 50


def test_a_phone_shows_the_same(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/zh/explorer?node=huawei&top=50")
    settle(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(page.locator("#explorer-nodes tbody tr")).to_have_count(50)
