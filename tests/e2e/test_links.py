"""A choice becomes chips and a link, and the link gives the same view again."""

import pytest
from playwright.sync_api import Page, expect

from components.i18n import t
from components.shell import path_of
from tests.e2e.conftest import OpenPage
from tests.e2e.steps import (
    LANGUAGES,
    chips,
    choose,
    query,
    seen,
    settled,
    switch,
    visit,
    wait_for_chips,
    wait_for_query,
)

NAMES = {"zh": ("北京", "上海", "广东", "浙江"), "en": ("Beijing", "Shanghai", "Guangdong", "Zhejiang")}


@pytest.mark.parametrize("lang", ["en"])
def test_province_by_keyboard_makes_chip_and_link(page: Page, lang: str) -> None:
    visit(page, path_of("space", lang))
    expect(page.locator(".notice")).to_be_hidden()
    beijing, _, guangdong, _ = NAMES[lang]
    for typed in (beijing, guangdong):
        page.locator("#f-province").fill(typed)
        expect(page.get_by_role("option")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    wait_for_query(page, {"province": "11,44"})
    wait_for_chips(page, [beijing, guangdong])
    page.keyboard.press("Escape")
    before = seen(page)
    page.reload()
    settled(page)
    assert query(page) == {"province": "11,44"}
    assert seen(page) == before


@pytest.mark.parametrize("lang", ["zh"])
def test_region_chip_and_reset(page: Page, lang: str) -> None:
    visit(page, path_of("overview", lang))
    whole = seen(page)
    page.get_by_role("button", name=t("region.core_four", lang), exact=True).click()
    wait_for_query(page, {"province": "11,31,33,44"})
    beijing, shanghai, guangdong, zhejiang = NAMES[lang]
    wait_for_chips(page, [beijing, shanghai, zhejiang, guangdong])
    page.get_by_role("button", name=t("filter.remove", lang, name=shanghai), exact=True).click()
    wait_for_query(page, {"province": "11,33,44"})
    wait_for_chips(page, [beijing, zhejiang, guangdong])
    page.locator(".reset").click()
    wait_for_query(page, {})
    wait_for_chips(page, [])
    expect(page.locator(".reset")).to_have_count(0)
    page.wait_for_function("() => !document.querySelector('#card-province_map .card-plot').hidden")
    page.reload()
    settled(page)
    assert seen(page) == whole


def test_layer_stays_when_the_provinces_go(page: Page) -> None:
    visit(page, "/en/firms?province=11")
    label = page.locator(".filter-layers label").first
    name = label.inner_text()
    label.click()
    wait_for_query(page, {"province": "11", "layer": "base"})
    wait_for_chips(page, ["Beijing", name])
    page.get_by_role("button", name=t("filter.all", "en"), exact=True).click()
    wait_for_query(page, {"layer": "base"})
    page.reload()
    settled(page)
    wait_for_chips(page, [name])
    expect(page.locator(".filter-layers input").first).to_be_checked()


@pytest.mark.parametrize("lang", ["zh"])
def test_years_by_keyboard(page: Page, lang: str) -> None:
    visit(page, path_of("network", lang))
    page.get_by_role("slider", name=t("filter.key_from", lang), exact=True).press("ArrowRight")
    wait_for_query(page, {"from": "2015"})
    page.get_by_role("slider", name=t("filter.key_to", lang), exact=True).press("ArrowLeft")
    wait_for_query(page, {"from": "2015", "to": "2022"})
    wait_for_chips(page, ["2015–2022"])
    said = page.locator("#card-network_path .sr-only")
    expect(said).not_to_contain_text("2014")
    expect(said).to_contain_text("2015")
    before = seen(page)
    page.reload()
    settled(page)
    assert seen(page) == before


@pytest.mark.parametrize(("lang", "other"), [("zh", "en")])
def test_language_link_keeps_the_view(page: Page, lang: str, other: str) -> None:
    visit(page, path_of("space", lang))
    page.get_by_role("button", name=t("region.pearl_river_delta", lang), exact=True).click()
    wait_for_query(page, {"province": "44"})
    choose(page, "province_map", "input")
    switch(page, "flow_ranks", "table")
    expected = {"province": "44", "province_map": "input", "table": "flow_ranks"}
    wait_for_query(page, expected)
    page.locator(".lang-link").click()
    page.wait_for_url(f"**{path_of('space', other)}?*")
    settled(page)
    assert query(page) == expected
    assert chips(page) == [NAMES[other][2]]
    expect(page.locator("#card-flow_ranks .data-table")).to_be_visible()


def test_other_pages_keep_the_filters_and_back_returns(page: Page) -> None:
    visit(page, "/zh/space?province=51")
    page.locator(".rail-link", has_text=t("nav.firms", "zh")).click()
    page.wait_for_url("**/zh/firms?province=51")
    settled(page)
    wait_for_chips(page, ["四川"])
    page.locator(".chip").click()
    wait_for_query(page, {})
    page.go_back()
    page.wait_for_url("**/zh/space?province=51")
    settled(page)
    wait_for_chips(page, ["四川"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_stale_link_is_explained_and_put_right(page: Page, lang: str) -> None:
    visit(page, f"{path_of('space', lang)}?province=99&from=abc")
    comma = "、" if lang == "zh" else ", "
    keys = comma.join(t(f"filter.key_{key}", lang) for key in ("province", "from"))
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator(".notice")).to_have_text(t("filter.ignored", lang, keys=keys))
    wait_for_query(page, {})
    assert chips(page) == []


def test_half_stale_link_keeps_the_good_half(page: Page) -> None:
    visit(page, "/en/space?province=11,99&province_map=nonsense&table=nonsense")
    expect(page.locator(".notice")).to_be_visible()
    wait_for_query(page, {"province": "11"})
    wait_for_chips(page, ["Beijing"])


def test_empty_cards_say_so_and_recover(page: Page) -> None:
    visit(page, "/zh/space?province=81")
    empty = page.locator("#card-index_provinces .card-empty")
    expect(empty).to_contain_text(t("state.empty", "zh"))
    expect(page.locator("#card-index_provinces .card-plot")).to_be_hidden()
    page.locator(".reset").click()
    expect(page.locator("#card-index_provinces .card-plot")).to_be_visible()
    expect(empty).to_be_empty()
    settled(page)


@pytest.mark.long
def test_two_readers_do_not_meet(open_page: OpenPage) -> None:
    one, two = open_page(), open_page()
    visit(one, "/zh/space?province=11")
    visit(two, "/zh/space?province=44")
    one.get_by_role("button", name=t("region.yangtze_river_delta", "zh"), exact=True).click()
    choose(two, "province_map", "net")
    wait_for_query(one, {"province": "31,32,33,34"})
    wait_for_query(two, {"province": "44", "province_map": "net"})
    wait_for_chips(one, ["上海", "江苏", "浙江", "安徽"])
    wait_for_chips(two, ["广东"])
    before = [seen(one), seen(two)]
    for reader in (two, one):
        reader.reload()
        settled(reader)
    assert [seen(one), seen(two)] == before


def test_second_choice_does_not_undo_the_first(page: Page) -> None:
    """On a slow line a reader takes two chips away before the first answer is back."""
    visit(page, "/zh/space?province=11,31,44")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", slow)
    try:
        for name in ("北京", "广东"):
            page.get_by_role("button", name=t("filter.remove", "zh", name=name), exact=True).dispatch_event("click")
        wait_for_query(page, {"province": "31"})
    finally:
        network.send("Network.emulateNetworkConditions", {**slow, "latency": 0})
        network.detach()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bare_address_names_its_language_and_keeps_the_link(open_page: OpenPage, lang: str) -> None:
    page = open_page(locale={"zh": "zh-CN", "en": "en-GB"}[lang])
    visit(page, "/?province=44")
    assert page.url.endswith(f"/{lang}/?province=44")
    wait_for_chips(page, [NAMES[lang][2]])
