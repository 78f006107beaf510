"""Every page under the path of a proxy and under the strict content policy: all is found, nothing is refused."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from components.i18n import LANGUAGES
from components.shell import ROUTES, route_of
from tests.bench.server import serving
from tests.e2e.conftest import watch
from tests.e2e.steps import settled

pytestmark = pytest.mark.long

PREFIX = "/atlas"
# What draws late on its page, and only with scripts, data or files of its own: where to scroll, what then stands there.
LATE = {
    "explorer": [("#explorer-title", "#explorer-title:not(:empty)")],
    "firms": [("#table", ".firm-table .ag-row")],
    "network": [("#galaxy", "#galaxy[data-painted]"), ("#statistics-body", "#statistics-body table")],
    "data": [("form.upload", "form.upload input[type=file]")],
    "index": [("h1", ".index table tbody tr")],
}


@pytest.fixture(scope="module")
def under(snapshot: object) -> Iterator[str]:
    with serving(AIM_PREFIX=PREFIX) as (url, _process):
        yield url


@pytest.fixture
def strict(browser: Browser, under: str) -> Iterator[Page]:
    """A page that may log no error, be refused nothing, and ask for nothing outside the path."""
    context = browser.new_context(base_url=under, viewport={"width": 1400, "height": 900})
    page, wrong = context.new_page(), list[str]()
    watch(page, under, "", wrong)
    page.on("response", lambda answer: answer.status < 400 or wrong.append(f"{answer.url} answers {answer.status}"))
    page.on("request", lambda asked: _inside(asked.url) or wrong.append(f"asked outside: {asked.url}"))
    yield page
    context.close()
    assert not wrong, wrong


def _inside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme != "http" or parts.path == PREFIX or parts.path.startswith(f"{PREFIX}/")


# One language a page, in turn: paths are made alike in both.
@pytest.mark.parametrize(("name", "lang"), [(name, LANGUAGES[at % 2]) for at, name in enumerate(sorted(ROUTES))])
def test_every_page_works_and_leads_nowhere_else(strict: Page, name: str, lang: str) -> None:
    # A firm's page needs a firm; the table of the page of firms leads to it below.
    strict.goto(PREFIX + route_of(name, lang))
    settled(strict)
    for place, late in LATE.get(name, []):
        strict.locator(place).scroll_into_view_if_needed()
        strict.wait_for_selector(late, timeout=20_000, state="attached")
    links = strict.eval_on_selector_all(
        "a[href], [data-info], [data-points], form[action]",
        "all => all.flatMap((one) => [one.getAttribute('href'), one.dataset.info, one.dataset.points,"
        " one.getAttribute('action')]).filter((text) => text && text.startsWith('/'))",
    )
    assert links and not [link for link in links if not link.startswith(f"{PREFIX}/")]


def test_a_filter_redraws_and_a_link_leads_on(strict: Page) -> None:
    strict.goto(f"{PREFIX}/en/space?province=11")
    settled(strict)
    with strict.expect_response(lambda answer: f"{PREFIX}/cards/en.json" in answer.url and answer.ok):
        strict.locator(".chip, .chips button").first.click()
    strict.locator(".rail-link[href*='network']").click()
    strict.wait_for_url(f"**{PREFIX}/en/network*")
    settled(strict)


def test_the_first_page_is_found_without_a_slash(strict: Page) -> None:
    strict.goto(PREFIX)
    strict.wait_for_url(f"**{PREFIX}/*/")
