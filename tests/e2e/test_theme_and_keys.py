"""Dark and light, and a reader without a pointer."""

import pytest
from playwright.sync_api import Page, expect

from components.shell import path_of
from tests.e2e.barriers import SCHEME
from tests.e2e.steps import LANGUAGES, settled, visit, wait_for_query
from tests.e2e.test_explorer import settle

BAR = "getComputedStyle(document.querySelector('#card-technologies .bars path')).fill"
PAPER = "getComputedStyle(document.body).backgroundColor"
INSIDE = "(selector) => !!document.activeElement.closest(selector)"
OUTLINE = "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + ' ' + s.outlineWidth; }"

MOVING = """() => [...document.querySelectorAll('body, body *')].filter((one) => {
  const style = getComputedStyle(one);
  return style.transitionDuration.split(', ').some((time) => parseFloat(time)) || style.animationName !== 'none';
}).map((one) => one.className)"""


@pytest.mark.parametrize("lang", ["zh"])
def test_toggle_turns_dark_and_stays(page: Page, lang: str) -> None:
    visit(page, path_of("technology", lang))
    assert page.evaluate(SCHEME) == "light"
    bar, paper = page.evaluate(BAR), page.evaluate(PAPER)
    page.locator("#theme-toggle").click()
    assert page.evaluate(SCHEME) == "dark"
    page.wait_for_function(f"([bar, paper]) => {BAR} !== bar && {PAPER} !== paper", arg=[bar, paper])
    dark = page.evaluate(BAR)
    page.reload()
    settled(page)
    assert (page.evaluate(SCHEME), page.evaluate(BAR)) == ("dark", dark)
    page.locator("#theme-toggle").click()
    page.wait_for_function(f"(bar) => {BAR} === bar", arg=bar)
    assert page.evaluate(SCHEME) == "light"


def test_toggled_and_loaded_in_the_dark_look_alike(page: Page) -> None:
    fills = "[...document.querySelectorAll('.main-svg path')].map((path) => getComputedStyle(path).fill)"
    look = f"() => [...new Set({fills})].sort()"
    visit(page, "/zh/space?province=11,44")
    page.locator("#theme-toggle").click()
    toggled = f"{SCHEME} === 'dark' && JSON.stringify(({look})())"
    page.wait_for_timeout(500)
    found = page.evaluate(toggled)
    page.reload()
    settled(page)
    assert page.evaluate(toggled) == found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_skip_link_is_first_and_skips(page: Page, lang: str) -> None:
    visit(page, path_of("space", lang))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate(INSIDE, "#content")


def tab_to(page: Page, place: str, key: str = "Tab") -> None:
    """Press Tab until the focus is in `place`."""
    for _ in range(80):
        page.keyboard.press(key)
        if page.evaluate(INSIDE, place):
            return
    raise AssertionError(f"Tab never reached {place}")


def test_chart_becomes_table_by_keys_alone(page: Page) -> None:
    visit(page, "/zh/technology")
    toggle = "#card-technologies .tool-toggle"
    tab_to(page, toggle)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#card-technologies .data-table")).to_be_visible()
    wait_for_query(page, {"table": "technologies"})
    assert page.evaluate(INSIDE, toggle), "the switch lost the focus"
    page.keyboard.press("ArrowLeft")
    wait_for_query(page, {})
    settled(page)


def test_focus_can_be_seen(page: Page) -> None:
    visit(page, "/en/space")
    unseen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        tag, width = page.evaluate("document.activeElement.tagName"), page.evaluate(OUTLINE)
        if tag in ("A", "BUTTON", "SUMMARY") and width in ("none 0px", "none 3px"):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert unseen == []


def test_picture_by_keys(page: Page) -> None:
    visit(page, "/zh/technology")
    page.locator("#card-technologies [data-action=svg]").focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "technologies-zh.svg"


def test_chip_by_keys(page: Page) -> None:
    visit(page, "/zh/space?province=11,44")
    page.locator("#chips .chip").first.focus()
    page.keyboard.press("Enter")
    wait_for_query(page, {"province": "44"})


def test_nothing_moves_for_readers_who_ask_for_that(page: Page) -> None:
    visit(page, "/zh/space")
    assert page.evaluate(MOVING), "nothing moves anyway: the test would see nothing"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []


def test_the_explorer_by_keys_alone(page: Page) -> None:
    page.goto("/en/explorer?view=near&node=tencent")
    settle(page)
    tab_to(page, ".explorer-find[data-name=node] input")
    page.keyboard.press("Control+A")
    page.keyboard.type("Huawei")
    expect(page.locator("#found-node li").first).to_contain_text("Huawei")
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-title")).to_contain_text("Huawei")
    settle(page)
    tab_to(page, "#explorer-nodes button")
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-node h3")).not_to_be_empty()
    tab_to(page, "#explorer-node .acts button", "Shift+Tab")
    page.keyboard.press("Enter")
    settle(page)
    assert "view=near" in page.url and "node=" in page.url
