"""What keeps readers out of a page, as axe-core finds it, and what sticks out of a window."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

IMPACTS = ("moderate", "serious", "critical")  # of minor ones, axe's own authors leave the choice to the page's
SCHEME = "document.documentElement.getAttribute('data-mantine-color-scheme')"
FADE = 300  # ms that colours take to change

WIDER = """() => {
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  if (wide <= 0) return null;
  const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth);
  return `${wide} px too wide at ${innerWidth}: ` + out.slice(0, 5).map((one) => one.tagName + '.' + one.className);
}"""


def barriers(page: Page) -> list[str]:
    """Name what axe finds of the impacts above, with its places."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    kept = [one for one in found if one["impact"] in IMPACTS]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in kept]


def barriers_in_both_themes(page: Page) -> dict[str, list[str]]:
    """Look at a page as it is, and then in the other theme."""
    found = {}
    for _ in range(2):
        found[page.evaluate(SCHEME)] = barriers(page)
        page.locator("#theme-toggle").click()
        page.wait_for_timeout(FADE)
    return found
