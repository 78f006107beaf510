"""The main paths of every page as a reader takes them, in both languages."""

import csv
import struct
import urllib.request
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from components.i18n import t
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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page(page: Page, name: str, lang: str) -> None:
    """Title, language, charts; nothing sticks out at a desktop's or a phone's width."""
    ready(page, path_of(name, lang))
    expect(page.locator("h1")).to_have_text(t(f"page.{name}.title", lang))
    assert page.evaluate("document.documentElement.lang") == ("zh-CN" if lang == "zh" else "en")
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"document.scrollingElement.scrollWidth <= {width}", timeout=5000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_accessible(page: Page, name: str, lang: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    ready(page, path_of(name, lang))
    found = Axe().run(page).response["violations"]
    serious = [
        (one["id"], [node["target"] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert not serious, serious


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


def test_stale_link_is_explained(page: Page) -> None:
    ready(page, "/zh/space?province=99&from=abc")
    expect(page.locator(".notice")).to_contain_text("省份、起始年份")


def test_click_on_the_map_filters_the_page(page: Page) -> None:
    ready(page, "/zh/space")
    place = page.evaluate("""() => {
      const gd = document.querySelector('#card-province_map .js-plotly-plot'), box = gd.getBoundingClientRect();
      const { xaxis, yaxis } = gd._fullLayout;
      return [box.left + xaxis._offset + xaxis.d2p(-200), box.top + yaxis._offset + yaxis.d2p(-450)];
    }""")
    page.mouse.move(*place)
    page.wait_for_timeout(300)
    page.mouse.click(*place)
    expect(page.locator("#chips .chip")).to_contain_text("四川")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_table_option_and_link(page: Page, lang: str, site: str) -> None:
    ready(page, path_of("space", lang))
    card = page.locator("#card-province_map")
    card.locator(".card-options label").nth(1).click()
    page.wait_for_function("location.search.includes('province_map=input')")
    card.locator(".tool-toggle label").nth(1).click()
    expect(card.locator(".data-table tbody tr")).to_have_count(20)
    with urllib.request.urlopen(site + str(card.locator("a.tool").first.get_attribute("href"))) as answer:
        rows = list(csv.DictReader(answer.read().decode("utf-8-sig").splitlines()))
    names = card.locator("tbody td.cell-item").all_inner_texts()
    assert names == [row[f"item_{lang}"] for row in rows]
    assert {row["measure"] for row in rows} == {"share_input"}
    page.goto(page.url)
    expect(page.locator("#card-province_map .data-table tbody tr")).to_have_count(20)


@pytest.mark.parametrize(("chart", "name"), [("province_map", "space"), ("technologies", "technology")])
def test_pictures(page: Page, chart: str, name: str, tmp_path: Path) -> None:
    ready(page, path_of(name, "zh"))
    files = {}
    for form in ("png", "svg"):
        with page.expect_download() as waiting:
            page.locator(f"#card-{chart} [data-action={form}]").click()
        files[form] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[form])
    text = files["svg"].read_text("utf-8")
    root = ElementTree.fromstring(text)
    assert root.find("{http://www.w3.org/2000/svg}title").text == t(f"chart.{chart}.title", "zh")  # type: ignore[union-attr]
    for needed in ("报告原文", "资料来源", "数据版本", f"#card-{chart}"):
        assert needed in "".join(root.itertext()), needed
    width, height = struct.unpack(">II", files["png"].read_bytes()[16:24])
    assert width == 2400 and height > 800
    assert files["png"].stat().st_size > 60_000  # a blank picture of this size takes 20 kB


def test_theme_is_kept_and_recolours(page: Page) -> None:
    ready(page, "/en/technology")
    bar = "getComputedStyle(document.querySelector('#card-technologies .bars path')).fill"
    light = page.evaluate(bar)
    page.locator("#theme-toggle").click()
    page.wait_for_function(f"{bar} !== '{light}'")
    dark = page.evaluate(bar)
    ready(page, "/en/technology")
    assert page.evaluate(bar) == dark
    assert page.evaluate("document.documentElement.dataset.mantineColorScheme") == "dark"


def test_keyboard_finds_the_way(page: Page) -> None:
    ready(page, "/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_unknown_path_has_a_way_back(page: Page) -> None:
    page.on("response", lambda answer: None)
    page.goto("/zh/")
    page.evaluate("history.pushState({}, '', '/zh/nope')")
    assert page.request.get("/zh/nope").status == 404
    with urllib.request.urlopen(page.url.replace("/zh/nope", "/zh/")) as answer:
        assert answer.status == 200


def test_search_among_the_facts(page: Page) -> None:
    ready(page, "/zh/data")
    page.locator("#facts-search").fill("华为云")
    expect(page.locator("#facts-table tbody tr")).to_have_count(3)
    page.locator("#facts-search").fill("绝无此物")
    expect(page.locator("#facts-table")).to_contain_text("没有符合")
