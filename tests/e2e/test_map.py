"""The map answers to the pointer: every province under it is the one that is filtered."""

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from components.i18n import t
from components.shell import path_of
from tests.e2e.conftest import OpenPage
from tests.e2e.steps import LANGUAGES, settled, visit, wait_for_chips, wait_for_query

PLOT = "document.querySelector('#card-province_map .js-plotly-plot')"
PLACE = f"""([x, y]) => {{
  const gd = {PLOT};
  gd.scrollIntoView({{ block: 'center' }});
  const box = gd.getBoundingClientRect(), {{ xaxis, yaxis }} = gd._fullLayout;
  return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}}"""
FILL = f"(code) => {PLOT}.data.find((one) => one.meta && one.meta.province === code).fillcolor"
# Takes the app's own listener away, so that no click changes the page under the pointer.
LISTEN = f"""() => {{
  const gd = {PLOT};
  gd.removeAllListeners('plotly_click');
  const province = (one) => gd.data[one.curveNumber].meta?.province ?? [one.customdata].flat()[0];
  gd.on('plotly_click', (event) => window.clicked.push(event.points.map(province)));
}}"""


def geometry(page: Page) -> dict[str, Any]:
    """Give the shapes as the browser got them."""
    href = page.evaluate("new URL(document.documentElement.dataset.map, location.href).href")
    with urllib.request.urlopen(href, timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


@pytest.mark.parametrize("lang", ["en"])
def test_click_filters_and_a_second_takes_it_back(page: Page, lang: str) -> None:
    visit(page, path_of("space", lang))
    sichuan = geometry(page)["centroids"]["51"]
    colours = [page.evaluate(FILL, code) for code in ("51", "31")]
    page.mouse.click(*page.evaluate(PLACE, sichuan))
    wait_for_query(page, {"province": "51"})
    wait_for_chips(page, ["四川" if lang == "zh" else "Sichuan"])
    expect(page.locator("#card-province_ranks .sr-only")).to_contain_text("四川" if lang == "zh" else "Sichuan")
    page.wait_for_function(f"(colour) => ({FILL})('31') !== colour", arg=colours[1])
    assert page.evaluate(FILL, "51") == colours[0]
    page.mouse.click(*page.evaluate(PLACE, sichuan))
    wait_for_query(page, {})
    page.mouse.click(*page.evaluate(PLACE, sichuan))
    wait_for_query(page, {"province": "51"})
    page.locator("#chips .chip").click()
    wait_for_query(page, {})
    page.mouse.click(*page.evaluate(PLACE, sichuan))
    wait_for_query(page, {"province": "51"})


def test_every_province_answers_at_its_centroid(page: Page) -> None:
    visit(page, "/zh/space")
    page.evaluate(LISTEN)
    wrong = {}
    for code, place in geometry(page)["centroids"].items():
        page.evaluate("window.clicked = []")
        there = page.evaluate(PLACE, place)
        page.mouse.move(*there)
        page.wait_for_timeout(60)  # Plotly looks under the pointer every 50 ms
        page.mouse.click(*there)
        found = page.evaluate("window.clicked")
        if found != [[code]]:
            wrong[code] = found
    assert wrong == {}


def test_tap_on_a_phone_filters(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    visit(page, "/zh/space")
    page.touchscreen.tap(*page.evaluate(PLACE, geometry(page)["centroids"]["51"]))
    wait_for_query(page, {"province": "51"})


def test_bar_filters_and_a_second_click_takes_it_back(page: Page) -> None:
    visit(page, "/zh/firms")
    bar = page.locator("#card-firm_provinces .bars path").first
    bar.scroll_into_view_if_needed()
    for expected in ({"province": "11"}, {}):
        box = bar.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        wait_for_query(page, expected)
        settled(page)


def test_a_map_without_shapes_says_so(browser: Browser, site: str) -> None:
    """Opened beside the watched page, as a failed request is what is asked for."""
    context = browser.new_context(base_url=site)
    shown = context.new_page()
    shown.route("**/map/*.json", lambda route: route.abort())
    shown.goto("/en/space")
    expect(shown.locator("#card-province_map .tool-status")).to_have_text(t("state.no_map", "en"), timeout=20_000)
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_styles_of_the_map_go_into_the_link_and_back(page: Page, lang: str) -> None:
    visit(page, path_of("space", lang))
    switches = page.locator("#card-province_map .card-options")
    for name in ("tiles", "quantile", "both"):
        switches.get_by_text(t(f"option.{name}", lang), exact=True).click()
    wait_for_query(page, {"province_map": "both.tiles.quantile"})
    page.reload()
    settled(page)
    assert page.evaluate(f"{PLOT}.data.filter((one) => one.customdata && one.fill).length") == 34
    switches.get_by_text(t("option.map", lang), exact=True).click()
    wait_for_query(page, {"province_map": "both.quantile"})


def test_the_years_play_and_leave_the_link_alone(page: Page) -> None:
    visit(page, path_of("space", "en"))
    box = page.locator("#card-province_map .card-play")
    box.locator("input").fill("1")
    expect(box.locator("output")).to_have_text("2014")
    page.wait_for_function("() => document.querySelector('#card-province_map .tool-csv').href.includes('to=2014')")
    box.locator("button").click()
    expect(box.locator("output")).to_have_text("2023", timeout=30_000)
    expect(box.locator("button")).to_have_attribute("aria-label", t("play.play", "en"))
    assert "from" not in page.url
    page.locator("#f-province").fill("Beijing")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for_query(page, {"province": "11"})
    expect(box.locator("output")).to_have_text(t("play.whole", "en"))


@pytest.mark.parametrize(("lang", "name"), [("zh", "智慧城市"), ("en", "Smart city")])
def test_a_topic_is_chosen_by_name_and_taken_back(page: Page, lang: str, name: str) -> None:
    visit(page, path_of("space", lang))
    page.locator("#f-topic").fill(name)
    page.get_by_role("option", name=name, exact=True).click()
    wait_for_query(page, {"topic": "application.smart_city"})
    wait_for_chips(page, [name])
    page.locator("#chips .chip").click()
    wait_for_query(page, {})
    expect(page.locator("#f-topic")).to_have_value("")
