"""Every page in both languages: all its cards drawn, nothing sticks out, the way back from nowhere."""

import pytest
from playwright.sync_api import Page, expect

from components.i18n import t
from components.shell import PAGES, path_of
from tests.e2e.barriers import WIDER, barriers
from tests.e2e.conftest import OpenPage
from tests.e2e.steps import HTML_LANG, LANGUAGES, UNDRAWN, charts_of, settled, visit


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole_on_a_phone_and_a_desktop(page: Page, name: str, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, path_of(name, lang))
    expect(page.locator("h1")).to_have_text([t(f"page.{name}.title", lang)])
    assert page.evaluate("document.documentElement.lang") == HTML_LANG[lang]
    assert page.title() == f"{t(f'page.{name}.title', lang)} · {t('app.name', lang)}"
    assert page.locator(".card").evaluate_all("cards => cards.map(c => c.dataset.chart)") == charts_of(name)
    assert page.evaluate(WIDER) is None
    page.set_viewport_size({"width": 1400, "height": 900})
    page.wait_for_function(
        "() => [...document.querySelectorAll('.card-plot')].every(p => !p.querySelector('.main-svg') || "
        "Math.abs(p.querySelector('.main-svg').getBoundingClientRect().width - p.clientWidth) < 2)"
    )
    assert page.evaluate(WIDER) is None
    assert page.evaluate(UNDRAWN) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unknown_path_says_so_and_leads_back(open_page: OpenPage, lang: str) -> None:
    path = f"/{lang}/nope"
    page = open_page(missing=path)
    answer = page.goto(path)
    assert answer is not None and answer.status == 404
    settled(page)
    assert barriers(page) == []
    expect(page.locator("h1")).to_have_text(t("page.not_found.title", lang))
    assert page.evaluate("document.documentElement.lang") == HTML_LANG[lang]
    assert page.evaluate(WIDER) is None
    page.locator(".way-back").click()
    page.wait_for_url(f"**{path_of('overview', lang)}")
    settled(page)
    expect(page.locator("h1")).to_have_text(t("page.overview.title", lang))


@pytest.mark.parametrize(("lang", "locale"), [("en", "en-GB")])
def test_root_leads_to_the_language_of_the_browser(open_page: OpenPage, lang: str, locale: str) -> None:
    page = open_page(locale=locale)
    page.goto("/?province=11")
    page.wait_for_url(f"**{path_of('overview', lang)}?province=11")
    settled(page)
    assert page.evaluate("document.documentElement.lang") == HTML_LANG[lang]


def test_printed_table_is_whole(page: Page) -> None:
    visit(page, "/zh/data")
    page.emulate_media(media="print")
    cut = page.locator(".table-page").evaluate_all(
        "all => all.filter(e => e.scrollHeight > e.clientHeight + 1).map(e => [e.id, e.clientHeight, e.scrollHeight])"
    )
    assert cut == [], "(id, shown, whole height in px)"


def test_a_phones_filters_open_at_a_touch(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, "/zh/space")
    expect(page.locator(".filter-provinces").first).to_be_hidden()
    page.locator(".filterbar-more summary").click()
    expect(page.locator(".filter-provinces").first).to_be_visible()
