"""Every page and its states by axe-core, in both languages and themes, on a desktop, at 200 % and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from components.shell import PAGES, ROUTES
from tests.e2e.barriers import WIDER, barriers, barriers_in_both_themes
from tests.e2e.steps import LANGUAGES, settled, visit

NONE = {"light": [], "dark": []}
STATES = (
    "firm?id=huawei",
    "explorer",
    "explorer?view=near&node=huawei",
    "explorer?view=provinces",
    "index",
    "region?place=11",
    "region?place=northwest",
    "compare?place=11,44",
    "space?province=64,99&table=province_map",  # a notice, a chip, a table, empty cards
    "firms?layer=base",
    "space?embed=1&card=flow_ranks",
)
EVERY = (*(ROUTES[name] for name in PAGES), *STATES)
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 700, "height": 450}  # what a desktop shows at 200 %: half as many pixels of CSS


@pytest.mark.parametrize("path", ["/zh/", "/en/space"])
def test_a_page_of_charts(page: Page, path: str) -> None:
    visit(page, path)
    assert barriers_in_both_themes(page) == NONE


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", EVERY)
def test_every_page_and_state(page: Page, path: str, lang: str) -> None:
    visit(page, f"/{lang}/{path}")
    page.wait_for_load_state("networkidle")
    if "embed" in path:  # it has no switch
        assert barriers(page) == []
    else:
        assert barriers_in_both_themes(page) == NONE


@pytest.mark.long
@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "zoomed"])
@pytest.mark.parametrize("path", EVERY)
def test_small_windows(page: Page, path: str, size: dict[str, int]) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    visit(page, f"/zh/{path}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(WIDER) is None
    assert barriers(page) == []


@pytest.mark.long
def test_the_rules_of_the_audit_open(page: Page) -> None:
    visit(page, "/zh/audit")
    page.locator(".audit-rules summary").click()
    assert barriers_in_both_themes(page) == NONE


@pytest.mark.long
def test_the_table_of_firms_in_sight(page: Page) -> None:
    visit(page, "/en/firms")
    page.locator("#table").scroll_into_view_if_needed()
    expect(page.locator("#table .ag-row a").first).to_be_visible(timeout=15_000)
    assert barriers_in_both_themes(page) == NONE


def test_the_open_list_of_provinces(page: Page) -> None:
    visit(page, "/zh/firms")
    page.locator("#f-province").click()
    expect(page.get_by_role("option")).to_have_count(34)
    # The arrow keys move and scroll the list while the field keeps the focus (test_links.py); axe cannot see that.
    assert [one for one in barriers(page) if not one.startswith("scrollable-region-focusable")] == []


def test_a_page_that_is_not_there(page: Page) -> None:
    visit(page, "/zh/region?place=nowhere")
    settled(page)
    assert barriers(page) == []
